#ifndef PARSERS_LETTERHEAD_H
#define PARSERS_LETTERHEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/dates.h"
#include "parsers/lines.h"

struct arena;
struct lingo;

/*
 * The head of an office document: who issues it, number, place and date.
 * It may stand in a table of two columns, with tabs, in lines or in text
 * boxes. Strings are never NULL.
 */
struct letterhead {
	const char	*parent; /* upper body */
	const char	*issuer; /* the body that issues, its lines as one */
	const char	*number; /* "" when blank or absent */
	bool		 has_number_line; /* "Số …" is there, perhaps blank */
	const char	*place;
	struct date	 date;	/* blank parts are 0 */
	bool		 has_date_line;
	struct lines	 lines;	/* the document's first lines */
	size_t		 past;	/* its line that is past the head */
};

/* doc is borrowed and must outlive the result. Never NULL. */
struct letterhead *letterhead_read(const struct document *doc,
    const struct lingo *g, struct arena *arena);

/*
 * "BÁO CÁO", "KẾ HOẠCH" and the like, in capitals, at the start of a line:
 * the words of the kind, or 0.
 */
size_t	 title_words(const struct lingo *g, const struct line *l,
    struct arena *arena);
/* The line without the titles of the right side of a head. */
struct words letterhead_left(const struct lingo *g, const struct words *line,
    struct arena *arena);
/* "Thủy Nguyên, ngày … tháng 5 năm 2026" at the line's end. */
bool	 is_date_line(const struct words *ws, struct arena *arena);
/* "Số 08-BC/CB", "Số: …/BC-UBND" */
bool	 is_number_line(const struct words *ws, struct arena *arena);
/* The line begins with "Kính gửi", perhaps behind a dash. */
bool	 is_salutation(const struct lingo *g, const struct words *ws);
/*
 * Where the subject begins behind "V/v", "Về việc"; 0 when the line does
 * not begin that way.
 */
size_t	 subject_offset(const struct lingo *g, const struct words *ws);

#endif
