#ifndef PARSERS_LETTER_H
#define PARSERS_LETTER_H

#include <stddef.h>

#include "parsers/document.h"
#include "parsers/outline.h"

struct arena;

enum deadline_reading {
	READING_BEFORE_DAY = 0,	/* "trước ngày D": end of the day before */
	READING_BY_DAY = 1,	/* "chậm nhất ngày D": end of that day */
	READING_AT_TIME = 2	/* "trước 16 giờ 30 ngày D" */
};

/* What a letter (công văn) says. Strings never NULL. */
struct letter {
	const char	*issuer;
	const char	*number;  /* "" while blank */
	const char	*date;	  /* ISO, "2026-05" while the day is blank */
	const char	*subject;
	const char	*deadline_date; /* ISO; "" when none was found */
	const char	*deadline_time; /* "16:30" with READING_AT_TIME */
	enum deadline_reading reading;
	const char	*deadline_text; /* the sentence it stood in */
	const char	*report_to; /* "Thường trực Đảng ủy", or "" */
	const char	*send_to;   /* mailbox or body named; "" */
	const char *const *recipients; /* Kính gửi lines */
	size_t		 n_recipients;
	struct outline	*outline; /* never NULL, may have no nodes */
	const char *const *doubts; /* what the clerk must check (English) */
	size_t		 n_doubts;
};

/* "before-day", "by-day", "at-time". */
const char *deadline_reading_name(enum deadline_reading r);

/* doc borrowed, must outlive the result. Never NULL. */
struct letter *letter_read(const struct document *doc, struct arena *arena);

#endif
