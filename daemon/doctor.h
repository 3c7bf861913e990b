#ifndef DAEMON_DOCTOR_H
#define DAEMON_DOCTOR_H

#include <stddef.h>
#include <time.h>

struct arena;
struct config;
struct problems;

/*
 * What `tiepnhan doctor` finds out about everything outside of the
 * program, each with what to do about it. `init` uses it to try the
 * servers. Nothing here changes or sends anything.
 */
enum finding_level { FINDING_FINE, FINDING_WARN, FINDING_FAIL };

struct finding {
	const char	*check;	/* "mailbox", "disk" */
	enum finding_level level;
	int		 code;	/* sysexits, of a failure; else 0 */
	const char	*text;	/* one line */
	const char	*todo;	/* what to do; "" when nothing */
};

struct doctor {
	struct arena	*arena;	/* borrowed; holds all texts */
	time_t		 now;
	struct finding	*list;	/* in the order of the checks */
	size_t		 n, cap;
	const char	*folders; /* the server's, once it was asked; else
				     NULL; the long list is cut */
	const char	*junk;	/* the one of them that takes junk; NULL */
};

void	 doctor_fine(struct doctor *d, const char *check, const char *fmt,
    ...) __attribute__((format(printf, 3, 4)));
void	 doctor_warn(struct doctor *d, const char *check, const char *todo,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* f: check, code and todo; level and text are set here. */
void	 doctor_fail(struct doctor *d, const struct finding *f,
    const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* The code of the first failure, 0 when there is none. */
int	 doctor_code(const struct doctor *d);

/* configuration, units, calendar: the files that people write */
void	 doctor_files(struct doctor *d, const struct config *c);
/* clock, time zone, disk, secrets' modes, jail: this machine */
void	 doctor_host(struct doctor *d, const struct config *c);
/* database, spool, what waits in them, publish */
void	 doctor_state(struct doctor *d, const struct config *c);

/* The servers, through the workers; secret: "" for none. */
void	 doctor_mailbox(struct doctor *d, const struct config *c,
    const char *secret);
void	 doctor_outgoing(struct doctor *d, const struct config *c,
    const char *secret);

#endif
