#ifndef DAEMON_INCOMING_H
#define DAEMON_INCOMING_H

#include <stddef.h>
#include <stdint.h>

/*
 * One mail on its way into the spool: streamed into tmp/ under a random
 * name, hashed while it is written, synced, then renamed to
 * incoming/<sha256>.eml. The daemon takes it from there.
 */
struct incoming;

/* tmp_fd, incoming_fd: the two folders, borrowed. NULL with errno. */
struct incoming *incoming_new(int tmp_fd, int incoming_fd);
/* 0, or -1 with errno (kept: later calls fail too). */
int	 incoming_write(struct incoming *in, const void *p, size_t len);
uint64_t incoming_size(const struct incoming *in);
/*
 * A number that stands for the From field as written, 0 when there is none:
 * it only tells senders apart, so that many mails of one wait behind the
 * others' before anything was parsed. To be asked before incoming_finish().
 */
uint64_t incoming_sender(struct incoming *in);
/*
 * All is written; hex gets the SHA-256 of the bytes. 0, or -1 with errno:
 * then nothing is left behind and `in` is freed. Afterwards only
 * incoming_keep() may follow.
 */
int	 incoming_finish(struct incoming *in, char hex[65]);
/*
 * Sync and rename. Frees `in` in every case. 0, or -1 with errno and
 * nothing left behind. Different mails may be kept by different threads
 * at the same time.
 */
int	 incoming_keep(struct incoming *in);
/* Throw away what was written. Accepts NULL. */
void	 incoming_drop(struct incoming *in);

#endif
