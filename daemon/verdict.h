#ifndef DAEMON_VERDICT_H
#define DAEMON_VERDICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "daemon/campaign.h"
#include "parsers/coverage.h"

struct arena;
struct calendar;
struct roster;

/* Stored as numbers: append only. */
enum channel {
	CHANNEL_EMAIL = 0,
	CHANNEL_PAPER = 1,
	CHANNEL_USB = 2,
	CHANNEL_ZALO = 3,
	CHANNEL_OTHER = 4
};

/* What stands of one version of a report. Stored: append only. */
enum standing {
	STANDING_COUNTED = 0,	/* counts; content judged by its sections */
	STANDING_REVIEW = 1,	/* counts, but the clerk must look */
	STANDING_ACCEPTED = 2,	/* the clerk accepted it as complete */
	STANDING_RETURNED = 3,	/* the clerk sent it back: does not count */
	STANDING_NOT_COUNTED = 4 /* waits for the clerk, or no report */
};

/* One version that a unit handed in. */
struct version_facts {
	const char	*id;	/* submission, as shown */
	time_t		 received;
	enum channel	 channel;
	enum standing	 standing;
	bool		 is_readable; /* false: no sections to judge by */
	bool		 is_supplement; /* adds to the version before */
	bool		 is_purged; /* the clerk has had its text deleted */
	const struct coverage *coverage; /* NULL: not read, or outdone by a
				   later one that counts and adds to none */
	const char	*number; /* of the document; "" */
	const char	*date;	/* of the document, ISO; "" or NULL */
	const char	*file;	/* safe to show; "" when quarantined */
	const char	*note;	/* shown to the clerk; "" */
};

/* All that is known of one unit in one campaign. Zeroed = nothing. */
struct unit_facts {
	struct version_facts *versions; /* in order of receipt */
	size_t		 n_versions;
	bool		 is_excused;
	const char *const *waived; /* section ids excused for this unit */
	size_t		 n_waived;
	bool		 has_extension;
	long		 extension; /* day, with has_extension */
	const char *const *reminders; /* names of steps that were sent */
	size_t		 n_reminders;
	const char *const *bounced; /* addresses whose mail came back */
	size_t		 n_bounced;
	const char	*note;	/* of the clerk; NULL or "" */
};

enum time_class {
	TIME_NOT_DUE = 0,
	TIME_ON_TIME = 1,
	TIME_LATE = 2,
	TIME_OVERDUE = 3,
	TIME_EXCUSED = 4
};

enum content_class {
	CONTENT_NONE = 0,
	CONTENT_COMPLETE = 1,
	CONTENT_INCOMPLETE = 2,
	CONTENT_UNREADABLE = 3,
	CONTENT_IN_REVIEW = 4
};

/* Bits of verdict.remarks. */
#define VERDICT_WITHIN_DAY 1	/* "trong ngày hạn" */
#define VERDICT_BORDERLINE 2	/* within 15 minutes of the limit */
#define VERDICT_RETURNED 4	/* the newest version was sent back */

struct verdict {
	bool		 is_submitted;
	bool		 is_excused;
	enum channel	 channel;
	enum time_class	 time;
	int		 days_late;
	unsigned	 remarks; /* VERDICT_ bits */
	enum content_class content;
	/* ids of required sections; missing and empty only when sure */
	const char *const *missing;
	size_t		 n_missing;
	const char *const *empty;
	size_t		 n_empty;
	const char *const *unsure; /* seem missing or empty, not sure */
	size_t		 n_unsure;
	/* by outline node: SECTION_… or -1 where nothing is judged */
	const int8_t	*states;
	const bool	*sure;	/* by outline node */
	const bool	*required; /* by outline node */
	time_t		 received; /* fixes the time; 0 = none */
	const struct version_facts *first; /* fixes the time; NULL */
	const struct version_facts *newest; /* fixes the content; NULL */
	size_t		 versions; /* that count */
	struct term	 term;
};

bool	 version_counts(const struct version_facts *v);
const char *channel_name(enum channel c);	/* "email", … */
int	 channel_parse(const char *s, enum channel *out); /* 0 or -1 */
const char *time_class_name(enum time_class t);	/* "not-due", … */
const char *content_class_name(enum content_class c); /* "none", … */

/* What a verdict rests on besides the unit's own facts. */
struct judging {
	const struct campaign *campaign;
	const struct roster *roster;
	const struct calendar *calendar;
	time_t		 now;
};

/* Pure. unit: roster index. Strings and arrays in the arena. */
struct verdict verdict_of(const struct judging *j, int unit,
    const struct unit_facts *facts, struct arena *arena);

/*
 * Does the unit still owe something? True with *is_incomplete: it has
 * submitted, sections are missing.
 */
bool	 verdict_still_owes(const struct verdict *v, bool *is_incomplete);

#endif
