/* `tiepnhan units`: check, list, import; and `tiepnhan config show`. */
#include <sys/stat.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/cli.h"
#include "daemon/cli_json.h"
#include "daemon/cli_read.h"
#include "daemon/cli_verbs.h"
#include "daemon/config.h"
#include "daemon/problems.h"
#include "daemon/roster.h"
#include "daemon/text.h"
#include "daemon/textfile.h"
#include "parsers/arena.h"
#include "parsers/sheet.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

#define CODE_COLUMNS 10
#define KIND_COLUMNS 8

/* The configuration alone; 0 or an exit code. The caller frees it. */
static int
load_config(struct cli *c, struct config **out)
{
	struct problems	problems;
	int		rc;

	rc = cli_check_config(c);
	if (rc != 0)
		return rc;
	problems_init(&problems);
	*out = config_load(c->config_file, &problems);
	if (*out == NULL)
		rc = cli_problems(&problems);
	problems_clear(&problems);
	return rc;
}

int
cli_config_show(struct cli *c)
{
	struct config	*config;
	struct strbuf	 out = { 0 };
	int		 rc;

	rc = load_config(c, &config);
	if (rc != 0)
		return rc;
	config_print(config, &out);
	fputs(strbuf_get(&out), stdout);
	strbuf_clear(&out);
	config_free(config);
	return 0;
}

/* The roster in force; 0 or an exit code. The caller frees it. */
static int
load_roster(struct cli *c, struct roster **out)
{
	struct problems	 problems;
	struct config	*config;
	int		 rc;

	*out = NULL;
	rc = load_config(c, &config);
	if (rc != 0)
		return rc;
	if (access(config->units, R_OK) == -1 && errno == EACCES)
		rc = cli_not_allowed(c, CLI_SERVICE_USER);
	else {
		problems_init(&problems);
		*out = roster_load(config->units, &problems);
		if (*out == NULL)
			rc = cli_problems(&problems);
		problems_clear(&problems);
	}
	config_free(config);
	return rc == 0 && *out == NULL ? EX_CONFIG : rc;
}

int
cli_units_check(struct cli *c)
{
	struct roster	*r;
	size_t		 i, no_mail = 0;
	int		 rc;

	rc = load_roster(c, &r);
	if (rc != 0)
		return rc;
	for (i = 0; i < r->n; i++)
		no_mail += r->units[i].n_emails == 0;
	printf("%zu %s", r->n, text_word(WORD_PAGE_OF_UNITS));
	if (no_mail > 0)
		printf(" (%zu %s)", no_mail, text_word(WORD_NO_EMAIL));
	putchar('\n');
	roster_free(r);
	return 0;
}

static json_t *
unit_json(const struct unit *u)
{
	json_t	*j = json_object();

	json_put_text(j, "code", u->code);
	json_put_text(j, "name", u->name);
	json_put_text(j, "group", u->group);
	json_put_text(j, "kind", u->kind);
	json_put(j, "tags", json_texts(u->tags, u->n_tags));
	json_put(j, "aliases", json_texts(u->aliases, u->n_aliases));
	json_put(j, "emails", json_texts(u->emails, u->n_emails));
	json_put_text(j, "phone", u->phone);
	json_put_text(j, "contact_role", u->contact_role);
	json_put(j, "no_mail", json_boolean(u->no_mail));
	return j;
}

static void
print_unit(const struct unit *u)
{
	size_t	i;

	printf("%-*s %-*s %s", CODE_COLUMNS, u->code, KIND_COLUMNS, u->kind,
	    u->name);
	for (i = 0; i < u->n_emails; i++)
		printf("%s%s", i == 0 ? " <" : ", ", u->emails[i]);
	printf("%s%s%s\n", u->n_emails > 0 ? ">" : "",
	    *u->phone != '\0' ? " " : "", u->phone);
}

int
cli_units_list(struct cli *c)
{
	struct roster	*r;
	json_t		*list;
	size_t		 i;
	int		 rc;

	rc = load_roster(c, &r);
	if (rc != 0)
		return rc;
	if (cli_given(&c->args, OPT_JSON)) {
		list = json_array();
		for (i = 0; i < r->n; i++)
			json_push(list, unit_json(&r->units[i]));
		json_print(list);
	} else
		for (i = 0; i < r->n; i++)
			print_unit(&r->units[i]);
	roster_free(r);
	return 0;
}

/* ---- import */

/* Rows by their number, so that mistakes name the row that Excel shows. */
static struct roster *
from_sheet(struct cli *c, const struct sheet *s, const char *name,
    struct problems *problems)
{
	const char *const **rows;
	size_t		*n_cells, i, n;

	n = s->n == 0 ? 0 : s->rows[s->n - 1].number;
	rows = arena_calloc(c->arena, n + 1, sizeof(*rows));
	n_cells = arena_calloc(c->arena, n + 1, sizeof(*n_cells));
	for (i = 0; i < s->n; i++) {
		rows[s->rows[i].number - 1] = s->rows[i].cells;
		n_cells[s->rows[i].number - 1] = s->rows[i].n;
	}
	return roster_from_rows(rows, n_cells, n, name, problems);
}

/* A workbook by its content, else a CSV. */
static int
read_import(struct cli *c, struct roster **out)
{
	const char	*name = c->args.words[0];
	struct problems	 problems;
	struct sheet	*sheet;
	struct bytes	 b;
	int		 rc = 0;

	if (!cli_slurp(c, c->inputs[0], &b))
		return cli_fail(c, EX_NOINPUT, "%s: cannot be read", name);
	problems_init(&problems);
	if (b.len > 4 && memcmp(b.data, "PK\003\004", 4) == 0) {
		rc = cli_read_sheet(c, c->inputs[0], name, &sheet);
		if (rc == 0)
			*out = from_sheet(c, sheet, name, &problems);
	} else if (textfile_is_text(b, name, &problems))
		*out = roster_parse((const char *)b.data, b.len, name,
		    &problems);
	if (rc == 0 && *out == NULL) {
		cli_problems(&problems);
		rc = EX_DATAERR;
	}
	problems_clear(&problems);
	return rc;
}

static void
say(const char *sign, const struct unit *u)
{
	printf("%s %-*s %s\n", sign, CODE_COLUMNS, u->code, u->name);
}

static bool
same_unit(const struct unit *a, const struct unit *b)
{
	json_t	*x = unit_json(a), *y = unit_json(b);
	bool	 same = json_equal(x, y);

	json_decref(x);
	json_decref(y);
	return same;
}

/* What would be new, other, gone. was may be NULL. */
static size_t
compare(const struct roster *was, const struct roster *now)
{
	size_t	i, n = 0;
	int	at;

	/* a file with problems has been left before
	 * NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
	for (i = 0; i < now->n; i++) {
		at = was == NULL ? -1 : roster_find(was, now->units[i].code);
		if (at >= 0 && same_unit(&was->units[at], &now->units[i]))
			continue;
		say(at < 0 ? "+" : "~", &now->units[i]);
		n++;
	}
	for (i = 0; was != NULL && i < was->n; i++)
		if (roster_find(now, was->units[i].code) == -1) {
			say("-", &was->units[i]);
			n++;
		}
	return n;
}

static int
write_roster(struct cli *c, const char *path, const struct roster *r)
{
	struct strbuf	 csv = { 0 };
	const char	*slash = strrchr(path, '/');
	struct stat	 st;
	bool		 was_there = stat(path, &st) == 0;
	int		 rc;

	roster_write_csv(r, &csv);
	rc = textfile_replace(arena_strndup(c->arena, path,
	    (size_t)(slash - path)), slash + 1, csv.s, csv.len);
	strbuf_clear(&csv);
	if (rc == -1 && (errno == EACCES || errno == EPERM))
		return cli_not_allowed(c, "root");
	if (rc == -1)
		return cli_fail(c, EX_TEMPFAIL, "%s: %s", path,
		    strerror(errno));
	/* the file keeps its owner: the daemon must be able to read it */
	if (was_there && (chown(path, st.st_uid, st.st_gid) == -1 ||
	    chmod(path, st.st_mode & 07777) == -1))
		return cli_fail(c, EX_TEMPFAIL, "%s: %s", path,
		    strerror(errno));
	return 0;
}

int
cli_units_import(struct cli *c)
{
	struct problems	 problems;
	struct config	*config;
	struct roster	*was, *now = NULL;
	size_t		 n;
	int		 rc;

	rc = load_config(c, &config);
	if (rc != 0)
		return rc;
	rc = read_import(c, &now);
	if (rc == 0) {
		/* a broken or missing old file is no reason not to import */
		problems_init(&problems);
		was = roster_load(config->units, &problems);
		problems_clear(&problems);
		n = compare(was, now);
		roster_free(was);
		if (n > 0 && !c->is_dry)
			rc = write_roster(c, config->units, now);
		if (rc == 0)
			printf("%s: %zu %s, %s: %zu%s\n", config->units,
			    now->n, text_word(WORD_PAGE_OF_UNITS),
			    text_word(WORD_CLI_CHANGES), n,
			    cli_rehearsed(c));
	}
	roster_free(now);
	config_free(config);
	return rc;
}
