/*
 * The bodies that may owe a report: rows become units, every row checked.
 */
#include "daemon/roster.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "daemon/config.h"
#include "daemon/limits.h"
#include "daemon/problems.h"
#include "daemon/roster_index.h"
#include "daemon/roster_row.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

#define CODE_BYTES 32
#define COLUMNS 10

enum column {
	COL_CODE, COL_NAME, COL_GROUP, COL_KIND, COL_TAGS, COL_ALIASES,
	COL_EMAILS, COL_PHONE, COL_ROLE, COL_NO_MAIL
};

const char *const roster_columns[COLUMNS + 1] = {
	"code", "name", "group", "kind", "tags", "aliases", "emails",
	"phone", "contact_role", "no_mail", NULL
};

struct roster_reader {
	struct roster	*roster;
	size_t		 cap;
	const char	*file;
	struct problems	*problems;
	size_t		 before;    /* problems that are not ours */
	int		*column_of; /* by cell; -1 = unknown */
	size_t		 n_cells;
	unsigned	 line;
	bool		 has_header;
	void		*codes;	   /* trees of twin, see tsearch(3) */
	void		*names;
};

/* A code or name, and where it stood first. */
struct twin {
	const char	*text;
	const char	*code;
	unsigned	 line;
};

struct roster_reader *
roster_reader_new(const char *file, struct problems *problems)
{
	struct arena		*arena = arena_new(0);
	struct roster_reader	*r = arena_alloc(arena, sizeof(*r));

	r->roster = arena_alloc(arena, sizeof(*r->roster));
	r->roster->arena = arena;
	r->file = arena_strdup(arena, file);
	r->problems = problems;
	r->before = problems->n;
	return r;
}

/* ---- the header */

static int
find_column(const char *name)
{
	int	i;

	for (i = 0; i < COLUMNS; i++)
		if (strcasecmp(roster_columns[i], name) == 0)
			return i;
	return -1;
}

static void
unknown_column(struct roster_reader *r, const char *name)
{
	const char	*nearest = problems_nearest(name, roster_columns);

	if (nearest != NULL)
		problems_add(r->problems, r->file, r->line, "column \"%s\" "
		    "is not known; did you mean \"%s\"?", name, nearest);
	else
		problems_add(r->problems, r->file, r->line, "column \"%s\" "
		    "is not known; the columns are code, name, group, kind, "
		    "tags, aliases, emails, phone, contact_role, no_mail",
		    name);
}

static void
read_header(struct roster_reader *r, const char *const *cells, size_t n)
{
	struct arena	*arena = r->roster->arena;
	bool		 seen[COLUMNS] = {0};
	const char	*name;
	size_t		 i;
	int		 c;

	r->has_header = true;
	r->n_cells = n;
	r->column_of = arena_calloc(arena, n, sizeof(*r->column_of));
	for (i = 0; i < n; i++) {
		name = text_clean(cells[i] == NULL ? "" : cells[i], arena);
		r->column_of[i] = c = find_column(name);
		if (c == -1 && *name != '\0')
			unknown_column(r, name);
		else if (c != -1 && seen[c])
			problems_add(r->problems, r->file, r->line, "column "
			    "\"%s\" stands twice; keep one", name);
		if (c != -1)
			seen[c] = true;
	}
	for (c = 0; c < COLUMNS; c++)
		if (!seen[c] && (c == COL_CODE || c == COL_NAME ||
		    c == COL_KIND))
			problems_add(r->problems, r->file, r->line, "column "
			    "\"%s\" is missing in the header line",
			    roster_columns[c]);
}

/* ---- rows */

/* tdestroy(3) wants a function; what hangs in the trees is the arena's. */
static void
leave(void *twin)
{
	(void)twin;
}

/* The parts of a cell between semicolons, cleaned, no empty ones. */
static const char *const *
split_list(const char *cell, struct arena *arena, size_t *n)
{
	const char	**list = NULL, *part;
	size_t		  cap = 0, len;

	for (*n = 0; *cell != '\0'; cell += len + (cell[len] == ';')) {
		len = strcspn(cell, ";");
		part = text_clean(arena_strndup(arena, cell, len), arena);
		if (*part == '\0')
			continue;
		list = arena_grow(arena, list, *n, &cap, sizeof(*list));
		list[(*n)++] = part;
	}
	return list;
}

static bool
is_word(const char *s, bool capitals)
{
	const char	*c;

	for (c = s; *c != '\0'; c++)
		if (!(*c >= 'a' && *c <= 'z') && !(*c >= '0' && *c <= '9') &&
		    *c != '-' && *c != '_' && *c != '.' &&
		    !(capitals && *c >= 'A' && *c <= 'Z'))
			return false;
	return *s != '\0' && *s != '-' && *s != '.';
}

static void
read_emails(struct roster_reader *r, struct unit *u, const char *cell)
{
	struct arena		*arena = r->roster->arena;
	const char *const	*list;
	const char		**out, *name, *address;
	size_t			 i, k, n;

	list = split_list(cell, arena, &n);
	out = arena_calloc(arena, n, sizeof(*out));
	for (i = 0; i < n; i++) {
		if (config_address(list[i], arena, &name, &address) == -1) {
			problems_add(r->problems, r->file, r->line,
			    "\"%s\" is no mail address; write box@host, "
			    "several with ; between", list[i]);
			continue;
		}
		for (k = 0; k < u->n_emails; k++)
			if (strcmp(out[k], address) == 0)
				break;
		if (k == u->n_emails)
			out[u->n_emails++] = address;
	}
	u->emails = out;
}

/* The unit of a row's cleaned cells, by column. */
static void
fill_unit(struct roster_reader *r, struct unit *u,
    const char *const cells[COLUMNS])
{
	struct arena	*arena = r->roster->arena;
	const char	*no_mail = cells[COL_NO_MAIL];

	u->line = r->line;
	u->code = cells[COL_CODE];
	u->name = cells[COL_NAME];
	u->group = cells[COL_GROUP];
	u->kind = cells[COL_KIND];
	u->phone = cells[COL_PHONE];
	u->contact_role = cells[COL_ROLE];
	u->tags = split_list(cells[COL_TAGS], arena, &u->n_tags);
	u->aliases = split_list(cells[COL_ALIASES], arena, &u->n_aliases);
	u->no_mail = strcasecmp(no_mail, "yes") == 0;
	if (!u->no_mail && *no_mail != '\0')
		problems_add(r->problems, r->file, r->line, "no_mail is "
		    "\"%s\"; write yes, or leave it empty", no_mail);
	read_emails(r, u, cells[COL_EMAILS]);
}

static void
check_unit(struct roster_reader *r, const struct unit *u)
{
	size_t	i;

	if (!is_word(u->code, true) || strlen(u->code) > CODE_BYTES)
		problems_add(r->problems, r->file, r->line, "\"%s\" is no "
		    "code; use up to %d of the letters A-Z, digits, - and _",
		    u->code, CODE_BYTES);
	if (*u->name == '\0')
		problems_add(r->problems, r->file, r->line, "%s has no name; "
		    "fill the column name", u->code);
	if (!is_word(u->kind, false))
		problems_add(r->problems, r->file, r->line, "\"%s\" is no "
		    "kind; use one lower-case word like school or tdp",
		    u->kind);
	for (i = 0; i < u->n_tags; i++)
		if (!is_word(u->tags[i], false))
			problems_add(r->problems, r->file, r->line, "\"%s\" "
			    "is no tag; use lower-case letters without "
			    "accents, digits and -", u->tags[i]);
}

static int
compare_codes(const void *a, const void *b)
{
	const struct twin	*x = a, *y = b;

	return strcasecmp(x->text, y->text);
}

static int
compare_names(const void *a, const void *b)
{
	const struct twin	*x = a, *y = b;

	return strcmp(x->text, y->text);
}

/* Who had this text before; NULL when u is the first. */
static const struct twin *
twin_of(struct roster_reader *r, void **tree, const struct unit *u,
    const char *text, int (*compare)(const void *, const void *))
{
	struct twin	*t = arena_alloc(r->roster->arena, sizeof(*t));
	struct twin	**found;

	t->text = text;
	t->code = u->code;
	t->line = u->line;
	found = tsearch(t, tree, compare);
	if (found == NULL)
		abort();
	return *found == t ? NULL : *found;
}

/* The same code or the same name must not stand twice. */
static void
check_twins(struct roster_reader *r, const struct unit *u)
{
	const struct twin	*code, *name = NULL;

	code = twin_of(r, &r->codes, u, u->code, compare_codes);
	if (*u->name != '\0')
		name = twin_of(r, &r->names, u, u->name, compare_names);
	if (code != NULL)
		problems_add(r->problems, r->file, r->line,
		    "code \"%s\" stands already in line %u; give "
		    "each unit its own", u->code, code->line);
	if (name != NULL && (code == NULL || name->line != code->line))
		problems_add(r->problems, r->file, r->line,
		    "\"%s\" stands already in line %u as %s; give "
		    "each unit its own name", u->name, name->line,
		    name->code);
}

static void
read_row(struct roster_reader *r, const char *const *cells, size_t n)
{
	struct roster	*roster = r->roster;
	const char	*by_column[COLUMNS], *cell;
	struct unit	 u = {0};
	bool		 is_blank = true;
	size_t		 i;

	for (i = 0; i < COLUMNS; i++)
		by_column[i] = "";
	for (i = 0; i < n; i++) {
		cell = text_clean(cells[i] == NULL ? "" : cells[i],
		    roster->arena);
		is_blank = is_blank && *cell == '\0';
		if (i < r->n_cells && r->column_of[i] != -1)
			by_column[r->column_of[i]] = cell;
		else if (i >= r->n_cells && *cell != '\0') {
			problems_add(r->problems, r->file, r->line, "has %zu "
			    "cells under %zu columns; put a cell that holds "
			    "a comma into \"quotes\"", n, r->n_cells);
			return;
		}
	}
	if (is_blank)
		return;
	fill_unit(r, &u, by_column);
	check_unit(r, &u);
	check_twins(r, &u);
	roster->units = arena_grow(roster->arena, roster->units, roster->n,
	    &r->cap, sizeof(u));
	roster->units[roster->n++] = u;
}

static bool
has_text(const char *const *cells, size_t n)
{
	size_t	i;

	for (i = 0; i < n; i++)
		if (cells[i] != NULL && *cells[i] != '\0')
			return true;
	return false;
}

void
roster_reader_row(struct roster_reader *r, const char *const *cells,
    size_t n, unsigned line)
{
	r->line = line;
	/* empty rows may stand above the header, too */
	if (!has_text(cells, n))
		return;
	if (!r->has_header) {
		read_header(r, cells, n);
		return;
	}
	if (r->roster->n == ROSTER_UNITS) {
		problems_add(r->problems, r->file, line, "is one unit too "
		    "many; %d is the limit", ROSTER_UNITS);
		return;
	}
	read_row(r, cells, n);
}

struct roster *
roster_reader_finish(struct roster_reader *r)
{
	struct roster	*roster = r->roster;

	tdestroy(r->codes, leave);
	tdestroy(r->names, leave);
	if (r->problems->n == r->before && roster->n == 0)
		problems_add(r->problems, r->file, 0, "names no unit; "
		    "tiepnhan units import FILE.xlsx makes it from the "
		    "office's own list");
	if (r->problems->n > r->before) {
		arena_free(roster->arena);
		return NULL;
	}
	roster->names = name_index_new(roster);
	return roster;
}

struct roster *
roster_from_rows(const char *const *const *rows, const size_t *n_cells,
    size_t n_rows, const char *file, struct problems *problems)
{
	struct roster_reader	*r = roster_reader_new(file, problems);
	size_t			 i;

	for (i = 0; i < n_rows; i++)
		roster_reader_row(r, rows[i], n_cells[i], (unsigned)i + 1);
	return roster_reader_finish(r);
}

void
roster_free(struct roster *r)
{
	if (r != NULL)
		arena_free(r->arena);
}

/* ---- looking up */

struct audience
roster_audience(const struct unit *u)
{
	struct audience	a = { u->kind, u->tags, u->n_tags };

	return a;
}

int
roster_find(const struct roster *r, const char *code)
{
	size_t	i;

	for (i = 0; i < r->n; i++)
		if (strcasecmp(r->units[i].code, code) == 0)
			return (int)i;
	return -1;
}

#define CODES_SHOWN 5

/* A whole name or alias, however it is written. */
static bool
is_named(const struct unit *u, const char *key, struct arena *arena)
{
	size_t	i;
	bool	found;

	found = strcmp(text_key(u->name, TEXT_KEY, arena), key) == 0;
	for (i = 0; i < u->n_aliases && !found; i++)
		found = strcmp(text_key(u->aliases[i], TEXT_KEY, arena),
		    key) == 0;
	return found;
}

/* One word is a code, and a slip in it must not find a name. */
static int
find_named(const struct roster *r, const char *name, struct arena *arena)
{
	const char	*key = text_key(name, TEXT_KEY, arena);
	size_t		 i, n = 0;
	int		 found = -1;

	for (i = 0; i < r->n && strchr(name, ' ') != NULL; i++)
		if (is_named(&r->units[i], key, arena)) {
			found = (int)i;
			n++;
		}
	return n == 1 ? found : -1;
}

/* One more code of a list that is shown, "…" for those past the end. */
static void
show_code(struct strbuf *b, size_t *n, const char *code)
{
	if (*n <= CODES_SHOWN)
		strbuf_addf(b, "%s%s", *n > 0 ? ", " : "",
		    *n < CODES_SHOWN ? code : "…");
	(*n)++;
}

/* The codes that a slip of the pen may have meant, as near as the nearest. */
static const char *
nearest_codes(const struct roster *r, const char *code, struct arena *arena)
{
	struct strbuf	 b = {0};
	const char	*shown;
	size_t		 i, n = 0, d, best = strlen(code) / 3 + 1;

	for (i = 0; i < r->n; i++) {
		d = problems_distance(code, r->units[i].code);
		if (d < best)
			best = d;
	}
	for (i = 0; i < r->n && best <= strlen(code) / 3; i++)
		if (problems_distance(code, r->units[i].code) == best)
			show_code(&b, &n, r->units[i].code);
	shown = arena_strdup(arena, strbuf_get(&b));
	strbuf_clear(&b);
	return shown;
}

int
roster_find_short(const struct roster *r, const char *code,
    struct arena *arena, const char **near)
{
	struct strbuf	 b = {0};
	size_t		 i, n = 0;
	int		 found = roster_find(r, code);

	*near = "";
	if (found != -1 || (found = find_named(r, code, arena)) != -1)
		return found;
	for (i = 0; i < r->n && *code != '\0'; i++) {
		if (strncasecmp(r->units[i].code, code, strlen(code)) != 0)
			continue;
		found = (int)i;
		show_code(&b, &n, r->units[i].code);
	}
	if (n > 1) {
		*near = arena_strdup(arena, strbuf_get(&b));
		found = -2;
	} else if (n == 0)
		*near = nearest_codes(r, code, arena);
	strbuf_clear(&b);
	return found;
}

size_t
roster_find_address(const struct roster *r, const char *address,
    struct arena *arena, int **units)
{
	int	*list = arena_calloc(arena, r->n, sizeof(*list));
	size_t	 i, k, n = 0;

	for (i = 0; i < r->n; i++)
		for (k = 0; k < r->units[i].n_emails; k++)
			if (strcasecmp(r->units[i].emails[k], address) == 0) {
				list[n++] = (int)i;
				break;
			}
	*units = list;
	return n;
}
