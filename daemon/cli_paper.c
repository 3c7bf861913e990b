/*
 * Documents to be signed: `status --annex` and `remind --letter`.
 */
#include "daemon/cli_paper.h"

#include <fcntl.h>
#include <unistd.h>

#include "daemon/calendar.h"
#include "daemon/campaign.h"
#include "daemon/campaign_folder.h"
#include "daemon/cli.h"
#include "daemon/cli_read.h"
#include "daemon/config.h"
#include "daemon/limits.h"
#include "daemon/localtime.h"
#include "daemon/mail_values.h"
#include "daemon/office.h"
#include "daemon/official.h"
#include "daemon/paper.h"
#include "daemon/status.h"
#include "daemon/status_facts.h"
#include "daemon/template.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/facts.h"
#include "parsers/message.h"
#include "parsers/strbuf.h"

int
cli_write_paper(struct cli *c, struct paper *p, const char *path)
{
	struct strbuf	 out = { 0 };
	struct bytes	 b;
	const char	*why;
	int		 rc;

	if (p->kind->finish(p, &out, &why) == -1)
		rc = cli_fail(c, EX_SOFTWARE, "%s", why);
	else {
		b.data = (const uint8_t *)strbuf_get(&out);
		b.len = out.len;
		rc = cli_write(c, path, b);
	}
	p->kind->free(p);
	strbuf_clear(&out);
	return rc;
}

/* An empty paper with the properties of a document of the office's. */
static struct paper *
office_paper(struct cli *c, enum word title, const struct campaign *k)
{
	return paper_docx(arena_printf(c->arena, "%s - %s",
	    text_word(title), k->short_name), c->office->config->office_name);
}

int
cli_write_annex(struct cli *c, const struct office_campaign *oc,
    const struct status *s, const char *path)
{
	struct official	 d = { .status = s,
			    .office = c->office->config->office_name };
	struct paper	*p = office_paper(c, WORD_DOC_SUBMISSIONS,
			    oc->campaign);

	official_annex(&d, p);
	return cli_write_paper(c, p, path);
}

/* The upper body, from the letterhead of the campaign's own letter. */
static const char *
superior(struct cli *c, const struct campaign *k)
{
	const struct attachment	*letter;
	const char		*path, *name = "";
	int			 fd;

	path = arena_printf(c->arena, "%s/" CAMPAIGN_LETTER, k->dir);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd == -1)
		return "";
	if (cli_read_report(c, fd, path, &letter) == 0)
		name = letter->report->facts->parent;
	close(fd);
	return name;
}

/* The day that the letter asks for: --until, else some working days on. */
static int
asked_day(struct cli *c, long *day)
{
	if (cli_given(&c->args, OPT_UNTIL))
		return cli_day(c, c->args.value[OPT_UNTIL], day);
	*day = calendar_add_workdays(c->office->calendar, day_of(c->now),
	    SUPPLEMENT_WORKDAYS);
	return 0;
}

int
cli_write_follow_up(struct cli *c, const struct office_campaign *oc)
{
	const struct status	*s;
	struct official		 d;
	struct values		*v;
	struct paper		*p;
	long			 day;
	int			 rc;

	rc = asked_day(c, &day);
	if (rc != 0)
		return rc;
	s = status_load(c->office, oc, c->now, c->arena);
	if (s == NULL)
		return cli_store_failed(c);
	if (s->counts.not_submitted == 0)
		return cli_fail(c, EX_DATAERR, "%s: %s", oc->id,
		    text_word(WORD_DOC_NOBODY_OWES));
	v = mail_values_new(c->office, oc, &s->term);
	mail_values_time(v, c->now);
	mail_values_number(v, s->counts.not_submitted);
	values_set(v, VAR_NGAY_MOI, day_text(day, c->arena));
	d.status = s;
	d.office = c->office->config->office_name;
	d.superior = superior(c, oc->campaign);
	d.templates = c->office->templates;
	d.values = v;
	p = office_paper(c, WORD_DOC_FOLLOW_UP, oc->campaign);
	official_follow_up(&d, p);
	values_free(v);
	return cli_write_paper(c, p, c->args.value[OPT_LETTER]);
}
