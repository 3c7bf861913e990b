#ifndef DAEMON_POST_H
#define DAEMON_POST_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct office;

/*
 * Mails of ours: what is due is decided and entered as rows, then sent
 * through tiepnhan-send. A row and its Message-ID are on disk before the
 * first try.
 */
struct post;

struct post	*post_new(struct office *o);
void		 post_free(struct post *p); /* ends its worker */

/*
 * Enter what is due now: reminders, summary, call list, and so on.
 * is_read: nothing that was fetched is still unread. 0 or -1.
 */
int		 post_decide(struct post *p, bool is_read, time_t now);
/*
 * Send what is due. Starts a worker when there is something and none
 * runs. True when something was done.
 */
bool		 post_turn(struct post *p, bool is_read, time_t now);
/*
 * The same between the mails of one round: only whole batches, and nothing
 * that unread mail could make untrue.
 */
void		 post_meanwhile(struct post *p, time_t now);
/* For poll(2); -1 while nothing runs. */
int		 post_fd(const struct post *p);
bool		 post_is_running(const struct post *p);
/* When the server is tried again after trouble; 0: nothing waits for it. */
time_t		 post_due(const struct post *p);
/* For one round: until nothing is due. How many are left for later. */
int		 post_run(struct post *p, bool is_read, time_t now);

#endif
