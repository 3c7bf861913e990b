#ifndef SPOOL_FILES_H
#define SPOOL_FILES_H

#include <stddef.h>
#include <stdint.h>

struct store;

/*
 * The spool on disk, below the state folder:
 *   spool/tmp/               being written by a worker
 *   spool/incoming/<sha>.eml whole and synced, waiting for arrival_take()
 *   spool/<sha>.eml          a mail as received; never changed
 *   spool/<sha>.file         a bare file entered by the clerk
 * <sha> is the SHA-256 of the bytes, 64 hex digits. Folders 0700, files
 * 0600.
 */
enum files_form { FILES_MAIL = 0, FILES_BARE = 1 };

/* Full path of the folder that holds tmp/ and incoming/; borrowed. */
const char *files_path(const struct store *st);
/* A descriptor of the spool's folder, borrowed. */
int	 files_dir_fd(const struct store *st);

/* "<sha>.eml" or "<sha>.file". */
#define FILES_NAME 72
void	 files_name(const char *sha256, enum files_form form,
    char name[FILES_NAME]);
/* The reverse: 0 with both set, -1 when it is no such name. */
int	 files_name_parse(const char *name, char sha256[65],
    enum files_form *form);

/* Open a stored file for reading. A descriptor, or -1. */
int	 files_open(struct store *st, const char *sha256,
    enum files_form form);
/*
 * Put bytes into incoming/ (through tmp/, synced), as a worker would, for
 * inject and add: then call arrival_take(). sha256 gets 64 digits and NUL.
 */
int	 files_write(struct store *st, const void *p, size_t len,
    enum files_form form, char sha256[65]);
/* The same from a readable descriptor, to its end. */
int	 files_copy(struct store *st, int fd, enum files_form form,
    char sha256[65], uint64_t *size);

#endif
