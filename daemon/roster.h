#ifndef DAEMON_ROSTER_H
#define DAEMON_ROSTER_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/lexicon.h"

struct arena;
struct problems;
struct strbuf;

/* One body that may owe a report. Strings are never NULL. */
struct unit {
	const char	*code;
	const char	*name;
	const char	*group;
	const char	*kind;
	const char *const *tags;
	size_t		 n_tags;
	const char *const *aliases;
	size_t		 n_aliases;
	const char *const *emails; /* lower case */
	size_t		 n_emails;
	const char	*phone;
	const char	*contact_role;
	bool		 no_mail; /* no unasked mail: the clerk calls */
	unsigned	 line;	/* in units.csv */
};

struct name_index;
struct roster {
	struct arena	*arena;
	struct unit	*units;	/* in file order */
	size_t		 n;
	struct name_index *names; /* for roster_find_names() */
};

/*
 * units.csv: all mistakes to problems, by line. NULL when there were any.
 * Cells are parted by commas, or by ; or tabs where the header line has no
 * comma (as Excel writes it here). roster_free() accepts NULL.
 */
struct roster	*roster_load(const char *file, struct problems *problems);
struct roster	*roster_parse(const char *text, size_t len, const char *file,
    struct problems *problems);
/*
 * From rows of cells (a spreadsheet): row 0 holds the column names; cells
 * may be NULL. file and row numbers are for the problems.
 */
struct roster	*roster_from_rows(const char *const *const *rows,
    const size_t *n_cells, size_t n_rows, const char *file,
    struct problems *problems);
void		 roster_free(struct roster *r);
/* As units.csv, UTF-8 with BOM, CRLF. */
void		 roster_write_csv(const struct roster *r, struct strbuf *out);

/* The unit as the outline addresses it. */
struct audience	 roster_audience(const struct unit *u);

/* Index of the unit with exactly this code (case folded), or -1. */
int	 roster_find(const struct roster *r, const char *code);
/*
 * A code or its beginning while unique, or a whole name or alias. Returns
 * the index, -1 none, -2 several. *near then lists the codes that it may
 * mean, "TDP05, TDP15" (in the arena); "" when none is near.
 */
int	 roster_find_short(const struct roster *r, const char *code,
    struct arena *arena, const char **near);
/* Units that have this address, compared in lower case; count. */
size_t	 roster_find_address(const struct roster *r, const char *address,
    struct arena *arena, int **units);

/* What finding names rests on. */
struct name_search {
	const struct roster *roster;
	const struct lexicon *lexicon; /* for abbreviations; may be NULL */
	struct arena	*arena;
};

/* A unit's name or alias seen in a text. */
struct name_match {
	int		 unit;	/* index */
	const char	*alias;	/* the name or alias that was found */
	double		 score;	/* 0..1: more words and accents, more */
	bool		 is_bare; /* only without accents */
	size_t		 words;	/* words it covers */
};
/*
 * Units whose name or alias stands in a text (subject, file name, display
 * name, signature), best first, each unit once. Whole words only, numbers
 * compared as numbers; a name that lies within a longer found name of
 * another unit is left out. Two units with the same score at the head mean
 * that the text does not tell them apart.
 * Returns the count; *out in the arena.
 */
size_t	 roster_find_names(const struct name_search *s, const char *text,
    struct name_match **out);
/*
 * The one unit the text names, or -1: none, or several. A name that is two
 * words longer than any other found beats them ("Công đoàn Trường Mầm non
 * Hoa Sen" is the school's). *out, when not NULL, is set with the unit.
 */
int	 roster_find_name(const struct name_search *s, const char *text,
    struct name_match *out);
/*
 * The unit of a letterhead: the issuer's line, and the upper body's where
 * the issuer is only an organ of it ("CÔNG TY A / CHI BỘ - CÔNG ĐOÀN").
 */
int	 roster_find_letterhead(const struct name_search *s,
    const char *parent, const char *issuer, struct name_match *out);

#endif
