#ifndef DAEMON_CAMPAIGN_H
#define DAEMON_CAMPAIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "daemon/localtime.h"
#include "daemon/plan.h"
#include "parsers/letter.h"
#include "parsers/lexicon.h"
#include "parsers/outline.h"

struct arena;
struct calendar;
struct problems;
struct roster;
struct strbuf;

enum campaign_state {
	CAMPAIGN_DRAFT = 0,	/* sends nothing, counts nothing */
	CAMPAIGN_OPEN = 1,
	CAMPAIGN_PAUSED = 2,	/* counts, sends nothing unasked */
	CAMPAIGN_CLOSED = 3	/* late reports are filed, nothing mailed */
};

enum tolerance_kind {
	TOLERANCE_NONE = 0,
	TOLERANCE_NAMED_DAY = 1, /* the day in the letter still counts */
	TOLERANCE_UNTIL = 2	/* tolerance_until */
};

enum supplement_policy {
	SUPPLEMENT_ASK = 0,
	SUPPLEMENT_AUTO = 1,
	SUPPLEMENT_NEVER = 2
};

/* One Kính gửi line. */
struct recipient_line {
	const char	*text;	/* as in the letter */
	const char	*selectors; /* "kind:mttq tag:su-nghiep +CODE -CODE" */
	unsigned	 line;	/* in campaign.conf */
	const int	*units;	/* roster indexes, in roster order */
	size_t		 n_units;
};

/*
 * What units of one kind owe; "all" where a kind has no line. With a tag,
 * what units of the kind that have it owe besides.
 */
struct required_kind {
	const char	*kind;
	const char	*tag;	/* required.agency+y-te = …; else "" */
	const char	**ids;
	int		*nodes;	/* indexes into the outline */
	size_t		 n;
};

/* A round of reporting (đợt báo cáo). Strings are never NULL. */
struct campaign {
	struct arena	*arena;
	const char	*dir;	/* its folder, "" when not loaded from one */
	const char	*id;
	enum campaign_state state;
	bool		 no_number; /* opened without number or date */

	const char	*issuer;
	const char	*number; /* "" while blank */
	const char	*date;	/* ISO, "2026-05" while the day is blank, "" */
	const char	*subject;
	const char	*short_name;
	const char	*report_to;

	time_t		 from;	/* mail from then on may belong to it */
	time_t		 close;	/* 0 = not yet known */

	long		 deadline_day; /* DAY_NONE while the letter has none */
	enum deadline_reading reading;
	int		 deadline_minute; /* with READING_AT_TIME */
	int		 office_close; /* minute of the day, -1 = 24:00 */
	enum tolerance_kind tolerance;
	time_t		 tolerance_until;
	bool		 roll;	/* a day off: next working day */

	enum supplement_policy supplement;
	struct recipient_line *recipients;
	size_t		 n_recipients;
	struct required_kind *required;
	size_t		 n_required;
	struct plan	 plan;
	struct outline	*outline; /* never NULL */
	const char	**headings; /* of its nodes, as text_headings() */

	/* by roster index: number of the Kính gửi line, 0 = not on it */
	int		*line_of;
	size_t		 n_units; /* length of line_of */

	/* where they stand in campaign.conf, 0 = nowhere */
	unsigned	 number_line;
	unsigned	 date_line;
	unsigned	 deadline_line;
};

const char *campaign_state_name(enum campaign_state s);
/* At that moment: after `close` an open campaign is closed. */
enum campaign_state campaign_state_at(const struct campaign *c, time_t now);
const char *supplement_name(enum supplement_policy s);

/* When a unit must have reported. */
struct term {
	time_t	due;		/* last moment of the term */
	time_t	tolerated_until; /* >= due */
	long	last_day;	/* day of due */
	long	named_day;	/* what overdue steps count from */
	bool	is_extended;
};
/*
 * extension: the day until which this unit may report, or DAY_NONE; one that
 * ends before everybody's term is none.
 * Without a deadline due is 0 (and nobody is late).
 */
struct term campaign_term(const struct campaign *c,
    const struct calendar *cal, long extension);

/* Does mail received then belong to its window? */
bool	 campaign_takes(const struct campaign *c, time_t received);
/* 1.. number of the unit's Kính gửi line, 0 when it is not on the list. */
int	 campaign_line_of(const struct campaign *c, int unit);
/*
 * Outline nodes that the unit owes, in outline order, before any excuse;
 * the count.
 */
size_t	 campaign_required(const struct campaign *c,
    const struct roster *r, int unit, struct arena *arena, int **nodes);

/*
 * DIR/campaign.conf and DIR/outline.txt. Every mistake to problems; NULL
 * when there were any. The roster is borrowed for the call; without one
 * (NULL) nothing is said of selectors, and no line has units.
 * campaign_free() accepts NULL.
 */
struct campaign	*campaign_load(const char *dir, const struct roster *r,
    struct problems *problems);
struct campaign	*campaign_parse(const char *conf, const char *outline,
    const char *dir, const struct roster *r, struct problems *problems);
void		 campaign_free(struct campaign *c);

#endif
