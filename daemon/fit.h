#ifndef DAEMON_FIT_H
#define DAEMON_FIT_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

struct arena;
struct coverage;
struct office;
struct office_campaign;
struct report;

/* How well a document goes with a campaign; better is more. */
enum fit_kind {
	FIT_NONE = 0,		/* no report at all */
	FIT_OTHER_SUBJECT,	/* a report about something else */
	FIT_OTHER_PERIOD,
	FIT_UNFILLED,		/* the outline sent back */
	FIT_UNSURE,		/* by its name only, or by few headings */
	FIT_NO_TITLE,		/* by its headings alone */
	FIT_UNREADABLE,		/* cannot be read; its mail speaks for it */
	FIT_GOOD
};

struct fit {
	enum fit_kind	 kind;
	struct office_campaign *campaign; /* NULL with FIT_NONE */
	struct coverage	*coverage; /* NULL when it was not read */
	size_t		 fitting;  /* headings that answer the outline */
	bool		 is_listed; /* the unit is on its list */
	double		 score;	   /* to choose among documents */
};

/*
 * This many fitting headings make a report even without a title; of a
 * short outline half of its main headings do.
 */
#define FIT_HEADINGS 3
/* Share of the campaign subject's telling words that makes it the same. */
#define FIT_SAME_SUBJECT 0.34

struct fit_request {
	const struct office *office;
	time_t		 received; /* only campaigns whose window takes it */
	int		 unit;	   /* roster index, or -1 */
	bool		 is_answer; /* answers a mail of ours */
	struct office_campaign *only; /* this campaign, whatever its
					 window; NULL = all */
};

/* The campaign that fits a document best. Pure. */
void	 fit_document(const struct fit_request *rq, const struct report *rep,
    struct arena *arena, struct fit *out);
/*
 * The campaign for something that cannot be read: text is the subject of
 * its mail, the name of the file and the like.
 */
void	 fit_text(const struct fit_request *rq, const char *text,
    struct arena *arena, struct fit *out);

/* Does somebody ask about reports, letters, outlines or terms? */
bool	 fit_asks(const char *text, struct arena *arena);

#endif
