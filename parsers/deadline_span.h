#ifndef PARSERS_DEADLINE_SPAN_H
#define PARSERS_DEADLINE_SPAN_H

#include <stdbool.h>
#include <stddef.h>

struct lingo;
struct words;

/* "10 ngày kể từ ngày ký": a term that counts from another day. */
struct deadline_span {
	int	days;
	bool	is_working;  /* working days, which need a calendar */
	bool	from_issue;  /* from the letter's own day */
};

/*
 * A span whose number is word i. Returns how many words it covers, 0 when
 * none is there.
 */
size_t deadline_span_at(const struct words *ws, size_t i,
    const struct lingo *g, struct deadline_span *out);

#endif
