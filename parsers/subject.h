#ifndef PARSERS_SUBJECT_H
#define PARSERS_SUBJECT_H

#include <stddef.h>

struct arena;
struct letterhead;
struct lingo;
struct words;

/* What a document is about, and of what kind it is. Never NULL. */
struct subject {
	const char	*kind;	/* "BÁO CÁO", "" for a letter */
	const char	*text;	/* the lines below it, or behind "V/v" */
	size_t		 title;	/* line of the kind; h->lines.n for none */
};

/*
 * Find them in the head of a document: the lines below a kind in capitals,
 * else those that begin with "V/v". h is borrowed.
 */
struct subject subject_find(const struct letterhead *h,
    const struct lingo *g, struct arena *arena);

/*
 * The first period in a text as written: "6 tháng đầu năm 2026", "quý II",
 * "năm học 2025 - 2026", "từ ngày … đến ngày …"; "" for none. A year that
 * stands only with a later period is added.
 */
const char *period_find(const struct words *ws, struct arena *arena);

#endif
