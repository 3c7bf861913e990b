/* `tiepnhan status` and `tiepnhan log`. */
#include <sys/ioctl.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/cli.h"
#include "daemon/cli_json.h"
#include "daemon/cli_paper.h"
#include "daemon/cli_verbs.h"
#include "daemon/config.h"
#include "daemon/limits.h"
#include "daemon/office.h"
#include "daemon/status.h"
#include "daemon/status_facts.h"
#include "daemon/status_json.h"
#include "daemon/status_write.h"
#include "daemon/status_xlsx.h"
#include "daemon/trouble.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "spool/logline.h"

#define COLUMNS_USUAL 80
#define LOG_LINES_USUAL "20"
#define FOLLOW_S 1

/* ---- status */

static void
fill_page(struct cli *c, struct status_page *page)
{
	const struct config	*k = c->office->config;

	page->office = k->office_name;
	page->receiver = k->receiver;
	page->mailbox = k->from_address;
	page->stale_s = STATUS_STALE_POLLS * k->poll_s;
	page->trouble = trouble_text(c->office, NULL, c->now, c->arena);
}

static int
write_text(struct cli *c, const char *path, const struct strbuf *text)
{
	struct bytes	b;

	b.data = (const uint8_t *)strbuf_get(text);
	b.len = text->len;
	return cli_write(c, path, b);
}

/* The library writes files only: one aside, taken over as bytes. */
static int
write_xlsx(struct cli *c, const struct status *s,
    const struct status_page *page, const char *path)
{
	const char	*dir = getenv("TMPDIR"), *why;
	char		*aside;
	struct bytes	 b;
	int		 fd, rc;

	aside = arena_printf(c->arena, "%s/tiepnhan-XXXXXX",
	    dir != NULL && *dir == '/' ? dir : "/tmp");
	fd = mkstemp(aside);
	if (fd == -1)
		return cli_fail(c, EX_TEMPFAIL, "%s: %s", aside,
		    strerror(errno));
	if (status_write_xlsx(s, page, aside, &why) == -1)
		rc = cli_fail(c, EX_TEMPFAIL, "%s: %s", path, why);
	else if (!cli_slurp(c, fd, &b))
		rc = cli_fail(c, EX_TEMPFAIL, "%s: %s", aside,
		    strerror(errno));
	else
		rc = cli_write(c, path, b);
	close(fd);
	unlink(aside);
	return rc;
}

static int
print_table(const struct status *s, struct strbuf *out)
{
	struct status_terminal	t = { COLUMNS_USUAL, false };
	struct winsize		size;
	const char		*term = getenv("TERM"), *off;

	if (isatty(STDOUT_FILENO)) {
		off = getenv("NO_COLOR");
		t.colours = (off == NULL || *off == '\0') && term != NULL &&
		    strcmp(term, "dumb") != 0;
		if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
		    size.ws_col > 0)
			t.columns = size.ws_col;
	}
	status_write_table(s, &t, out);
	fputs(strbuf_get(out), stdout);
	return 0;
}

/* The one form asked for; OPT_END: the table. */
static int
which_form(struct cli *c, enum cli_option *form)
{
	static const enum cli_option forms[] = { OPT_LINE, OPT_JSON, OPT_CSV,
		OPT_XLSX, OPT_HTML_FILE, OPT_ANNEX };
	size_t	i;

	*form = OPT_END;
	for (i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		if (!cli_given(&c->args, forms[i]))
			continue;
		if (*form != OPT_END)
			return cli_fail(c, EX_USAGE, "one form at a time: "
			    "--line, --json, --csv, --xlsx, --html or "
			    "--annex");
		*form = forms[i];
	}
	return 0;
}

static int
print_form(struct cli *c, const struct office_campaign *oc,
    const struct status *s, enum cli_option form)
{
	struct status_page	page;
	struct strbuf		out = { 0 };
	int			rc = 0;

	fill_page(c, &page);
	switch (form) {
	case OPT_LINE:
		status_line(s, 0, &out);
		printf("%s\n", strbuf_get(&out));
		break;
	case OPT_JSON:
		rc = json_print(status_json(s));
		break;
	case OPT_CSV:
		status_write_csv(s, &out);
		fwrite(out.s, 1, out.len, stdout);
		break;
	case OPT_XLSX:
		rc = write_xlsx(c, s, &page, c->args.value[OPT_XLSX]);
		break;
	case OPT_HTML_FILE:
		status_write_html(s, &page, &out);
		rc = write_text(c, c->args.value[OPT_HTML_FILE], &out);
		break;
	case OPT_ANNEX:
		rc = cli_write_annex(c, oc, s, c->args.value[OPT_ANNEX]);
		break;
	default:
		rc = print_table(s, &out);
		break;
	}
	strbuf_clear(&out);
	return rc;
}

int
cli_status(struct cli *c)
{
	struct office_campaign	*oc;
	const struct status	*s;
	enum cli_option		 form;
	int			 rc;

	rc = which_form(c, &form);
	if (rc == 0)
		rc = cli_campaign(c, c->args.n_words > 0 ?
		    c->args.words[0] : NULL, &oc);
	if (rc != 0)
		return rc;
	s = status_load(c->office, oc, c->now, c->arena);
	if (s == NULL)
		return cli_store_failed(c);
	return print_form(c, oc, s, form);
}

/* ---- log */

struct printing {
	size_t	skip;	/* lines that were shown before */
	size_t	seen;	/* in this walk */
};

static int
print_line(const char *line, void *arg)
{
	struct printing	*p = arg;

	if (p->seen++ >= p->skip)
		puts(line);
	return 0;
}

static int
count_line(const char *line, void *arg)
{
	(void)line;
	(*(size_t *)arg)++;
	return 0;
}

/* Until standard output is closed, or the person has enough. */
static int
follow(struct cli *c, size_t shown)
{
	struct printing	p = { shown, 0 };
	int64_t		seen = 0, now;

	for (;;) {
		if (fflush(stdout) != 0)
			return 0;
		sleep(FOLLOW_S);
		now = store_version(c->office->store);
		if (now == seen)
			continue;
		seen = now;
		if (logline_each(c->office->store, 0, print_line, &p) == -1)
			return cli_store_failed(c);
		p.skip = p.seen;
		p.seen = 0;
	}
}

int
cli_log(struct cli *c)
{
	const char	*text = cli_value(&c->args, OPT_LINES,
			    LOG_LINES_USUAL);
	char		*end;
	unsigned long	 n;
	struct printing	 p = { 0, 0 };
	size_t		 all = 0;

	n = strtoul(text, &end, 10);
	if (*end != '\0' || *text < '0' || *text > '9')
		return cli_fail(c, EX_USAGE, "-n %s: right would be a number "
		    "of lines", text);
	if (logline_each(c->office->store, 0, count_line, &all) == -1 ||
	    logline_each(c->office->store, n, print_line, &p) == -1)
		return cli_store_failed(c);
	return cli_given(&c->args, OPT_FOLLOW) ? follow(c, all) : 0;
}
