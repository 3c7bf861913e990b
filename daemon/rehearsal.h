#ifndef DAEMON_REHEARSAL_H
#define DAEMON_REHEARSAL_H

#include <stdio.h>
#include <time.h>

struct office;
struct strbuf;

/*
 * --dry-run: one round on a copy of the state that is thrown away. The
 * mailbox is read (reading changes nothing there), nothing is sent, and
 * what would be said and done is printed. Returns a sysexits code.
 */
int	 rehearse(struct office *o, time_t now, FILE *out);

/*
 * The copy itself, for whatever wants to try something on it: from
 * rehearsal_begin() on the office works on a copy of its state in the new
 * folder (0, or -1 after logging). rehearsal_end() removes it; the office
 * has no store then.
 */
int	 rehearsal_begin(struct office *o, struct strbuf *folder);
void	 rehearsal_end(struct office *o, struct strbuf *folder);

#endif
