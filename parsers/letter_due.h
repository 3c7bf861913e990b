#ifndef PARSERS_LETTER_DUE_H
#define PARSERS_LETTER_DUE_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/deadline.h"

struct arena;
struct lingo;

/* The deadline that a letter sets for the reports, and where they go. */
struct letter_due {
	bool		 found;
	struct deadline	 deadline;
	const char	*sentence;
	const char	*report_to; /* "" when not named */
	const char	*send_to;
	bool		 rival;	/* another date is nearly as likely */
};

/*
 * Weigh all deadlines of the texts (paragraphs of the letter's body, in
 * order) and take the one by which reports are to be sent. issuer: whose
 * letter it is.
 */
struct letter_due letter_due_find(const char *const *texts, size_t n,
    struct date issued, const char *issuer, const struct lingo *g,
    struct arena *arena);

#endif
