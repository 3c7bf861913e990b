#ifndef PARSERS_COVERAGE_H
#define PARSERS_COVERAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/heading.h"
#include "parsers/lexicon.h"
#include "parsers/outline.h"

struct arena;
struct facts;

enum section_state { SECTION_MISSING = 0, SECTION_EMPTY = 1,
	SECTION_FILLED = 2 };

/* One heading of the report and the sections that it answers. */
struct heading_match {
	uint32_t	 heading;  /* index into headings.h */
	const int	*sections; /* node indexes; may be none */
	size_t		 n_sections;
	double		 score;	   /* 0..1 of the best of them */
	const char	*why;	   /* evidence, English, one line */
};

struct section_cover {
	int		 node;	/* index into the outline */
	enum section_state state;
	bool		 sure;	/* we would tell the unit so */
	uint32_t	 words;
	const char	*evidence; /* first words of the text found */
};

struct coverage {
	struct heading_match *matches; /* headings to show, in order */
	size_t		 n_matches;
	struct section_cover *sections; /* one a heading or sub-heading node */
	size_t		 n_sections;
	size_t		 fitting; /* headings that answer some section */
	bool		 is_unfilled_outline; /* the outline sent back */
};

/* Built once per campaign outline; everything it needs lives in arena. */
struct matcher;
struct matcher *matcher_new(const struct outline *o, const struct lexicon *lx,
    struct arena *arena);

/*
 * Map a report's headings to the outline.
 * unit may be NULL (kind unknown). All output in arena. Never NULL.
 */
struct coverage *matcher_cover(const struct matcher *m,
    const struct headings *h, const struct audience *unit,
    struct arena *arena);

/* The document came through a converter: we are sure of no section. */
void	 coverage_doubt(struct coverage *c);

/*
 * Stable text form, one line a section: "ID STATE SURE WORDS", for storing
 * and comparing. Decode accepts only ids of the outline.
 */
const char *section_state_name(enum section_state s);

/* Does the report speak of this campaign? */
enum period_fit { PERIOD_SAME = 1, PERIOD_OTHER = -1, PERIOD_UNKNOWN = 0 };
enum period_fit period_compare(const char *campaign_subject,
    const char *report_subject);
/* 0..1: share of the campaign subject's telling words in the report's. */
double subject_fit(const struct lexicon *lx, const char *campaign_subject,
    const char *report_subject);

#endif
