/*
 * units.csv through libcsv: read with the line of every row, written back.
 */
#include <stdlib.h>
#include <string.h>

#include <csv.h>

#include "daemon/problems.h"
#include "daemon/roster_row.h"
#include "daemon/textfile.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

#define CELLS 256	/* more in one row are not kept */
#define BOM "\xEF\xBB\xBF"

struct rows {
	struct roster_reader *reader;
	struct arena	*arena;
	const char	*cells[CELLS];
	size_t		 n;
	unsigned	 line;	/* that is being fed */
	unsigned	 first; /* line on which the row began */
};

static void
take_cell(void *text, size_t len, void *ctx)
{
	struct rows	*rows = ctx;

	if (rows->n == 0)
		rows->first = rows->line;
	if (rows->n < CELLS)
		rows->cells[rows->n++] = arena_strndup(rows->arena, text,
		    len);
}

static void
take_row(int end, void *ctx)
{
	struct rows	*rows = ctx;

	(void)end;
	if (rows->n > 0)
		roster_reader_row(rows->reader, rows->cells, rows->n,
		    rows->first);
	rows->n = 0;
}

/* What parts the cells: seen in the header line. */
static unsigned char
delimiter(const char *text, size_t len)
{
	const char	*end;
	size_t		 line;

	for (; len > 0 && (*text == '\r' || *text == '\n'); text++)
		len--;
	end = memchr(text, '\n', len);
	line = end == NULL ? len : (size_t)(end - text);

	if (memchr(text, ',', line) != NULL)
		return ',';
	if (memchr(text, ';', line) != NULL)
		return ';';
	return memchr(text, '\t', line) != NULL ? '\t' : ',';
}

/* Feed line by line, so that each row knows where it stands. */
static int
feed(struct csv_parser *csv, const char *text, size_t len,
    struct rows *rows)
{
	const char	*end;
	size_t		 step;

	for (; len > 0; text += step, len -= step) {
		rows->line++;
		end = memchr(text, '\n', len);
		step = end == NULL ? len : (size_t)(end - text) + 1;
		if (csv_parse(csv, text, step, take_cell, take_row, rows) !=
		    step)
			return -1;
	}
	return csv_fini(csv, take_cell, take_row, rows);
}

struct roster *
roster_parse(const char *text, size_t len, const char *file,
    struct problems *problems)
{
	struct rows		 rows = { .arena = arena_new(0) };
	struct csv_parser	 csv;

	if (len >= strlen(BOM) && memcmp(text, BOM, strlen(BOM)) == 0) {
		text += strlen(BOM);
		len -= strlen(BOM);
	}
	rows.reader = roster_reader_new(file, problems);
	if (csv_init(&csv, CSV_STRICT | CSV_STRICT_FINI) != 0)
		abort();
	csv_set_delim(&csv, delimiter(text, len));
	if (feed(&csv, text, len, &rows) != 0) {
		if (csv_error(&csv) != CSV_EPARSE)
			abort(); /* out of memory */
		problems_add(problems, file, rows.n > 0 ? rows.first :
		    rows.line, "has a quote sign out of place; put the whole "
		    "cell into \"quotes\" and write a quote inside it twice");
	}
	csv_free(&csv);
	arena_free(rows.arena);
	return roster_reader_finish(rows.reader);
}

struct roster *
roster_load(const char *file, struct problems *problems)
{
	struct arena	*arena = arena_new(0);
	struct roster	*r = NULL;
	char		*text = textfile_read(file, arena, problems);

	if (text != NULL)
		r = roster_parse(text, strlen(text), file, problems);
	arena_free(arena);
	return r;
}

/* ---- writing */

static void
add_cell(struct strbuf *out, const char *s, bool is_last)
{
	const char	*c;
	bool		 quote = strpbrk(s, ",\"\r\n") != NULL || *s == ' ' ||
			    (*s != '\0' && s[strlen(s) - 1] == ' ');

	if (quote)
		strbuf_addc(out, '"');
	for (c = s; *c != '\0'; c++) {
		if (*c == '"')
			strbuf_addc(out, '"');
		strbuf_addc(out, *c);
	}
	if (quote)
		strbuf_addc(out, '"');
	strbuf_adds(out, is_last ? "\r\n" : ",");
}

static void
add_list(struct strbuf *out, const char *const *list, size_t n)
{
	struct strbuf	b = {0};
	size_t		i;

	for (i = 0; i < n; i++)
		strbuf_addf(&b, "%s%s", i > 0 ? ";" : "", list[i]);
	add_cell(out, strbuf_get(&b), false);
	strbuf_clear(&b);
}

void
roster_write_csv(const struct roster *r, struct strbuf *out)
{
	const struct unit	*u;
	size_t			 i;

	strbuf_adds(out, BOM);
	for (i = 0; roster_columns[i] != NULL; i++)
		add_cell(out, roster_columns[i],
		    roster_columns[i + 1] == NULL);
	for (u = r->units; u < r->units + r->n; u++) {
		add_cell(out, u->code, false);
		add_cell(out, u->name, false);
		add_cell(out, u->group, false);
		add_cell(out, u->kind, false);
		add_list(out, u->tags, u->n_tags);
		add_list(out, u->aliases, u->n_aliases);
		add_list(out, u->emails, u->n_emails);
		add_cell(out, u->phone, false);
		add_cell(out, u->contact_role, false);
		add_cell(out, u->no_mail ? "yes" : "", true);
	}
}
