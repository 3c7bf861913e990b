/*
 * `tiepnhan collate`: gathers the documents that count, each read again in
 * the jail, and has them written in the order of the outline.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/campaign.h"
#include "daemon/cli.h"
#include "daemon/cli_paper.h"
#include "daemon/cli_read.h"
#include "daemon/cli_verbs.h"
#include "daemon/collate.h"
#include "daemon/config.h"
#include "daemon/office.h"
#include "daemon/paper.h"
#include "daemon/roster.h"
#include "daemon/status.h"
#include "daemon/status_facts.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/coverage.h"
#include "parsers/document.h"
#include "parsers/heading.h"
#include "parsers/message.h"
#include "parsers/outline.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"
#include "spool/event.h"
#include "spool/filing.h"
#include "spool/mail.h"
#include "spool/submission.h"

/* One file of the store that counts for one or several units. */
struct found {
	int64_t		 mail;
	int		 attachment;
	const char	*id;
	const char	*file;
	const char	*number;
	time_t		 received;
	size_t		*units;
	size_t		 n_units, cap_units;
};

struct gathering {
	struct cli	*c;
	struct office_campaign *oc;
	const struct status *s;
	struct found	*files;
	size_t		 n, cap;
	/* of the walk over one unit's submissions: */
	size_t		 unit;
	const struct version_facts *version;
};

/* ---- which files */

static struct found *
found_of(struct gathering *g, const struct submission *s)
{
	struct arena	*arena = g->c->arena;
	struct found	*f;
	size_t		 i;

	for (i = 0; i < g->n; i++)
		if (g->files[i].mail == s->mail &&
		    g->files[i].attachment == s->attachment)
			return &g->files[i];
	g->files = arena_grow(arena, g->files, g->n, &g->cap,
	    sizeof(*g->files));
	f = &g->files[g->n++];
	memset(f, 0, sizeof(*f));
	f->mail = s->mail;
	f->attachment = s->attachment;
	f->id = g->version->id;
	f->file = arena_strdup(arena, s->name);
	f->number = arena_strdup(arena, s->number);
	f->received = s->received_utc;
	return f;
}

/* The submission that a version's facts were made of. */
static int
take_submission(const struct submission *s, void *arg)
{
	struct gathering	*g = arg;
	struct found		*f;

	if (s->mail == 0 || s->received_utc != g->version->received ||
	    strcmp(s->name, g->version->file) != 0)
		return 0;
	f = found_of(g, s);
	if (f->n_units > 0 && f->units[f->n_units - 1] == g->unit)
		return 0;
	f->units = arena_grow(g->c->arena, f->units, f->n_units,
	    &f->cap_units, sizeof(*f->units));
	f->units[f->n_units++] = g->unit;
	return 0;
}

/*
 * The newest version, and what it adds to: from the last whole report on.
 */
static int
take_unit(struct gathering *g, size_t unit)
{
	const struct status_unit	*u = &g->s->units[unit];
	const struct unit_facts		*f = u->facts;
	size_t				 i, last;

	if (!u->verdict.is_submitted || u->verdict.newest == NULL)
		return 0;
	g->unit = unit;
	last = (size_t)(u->verdict.newest - f->versions);
	for (i = last; i > 0 && f->versions[i].is_supplement; i--)
		;
	for (; i <= last; i++) {
		g->version = &f->versions[i];
		if (!g->version->is_readable || (g->version->standing !=
		    STANDING_COUNTED && g->version->standing !=
		    STANDING_REVIEW && g->version->standing !=
		    STANDING_ACCEPTED))
			continue;
		if (submission_each(g->c->office->store, g->oc->id,
		    u->unit->code, take_submission, g) == -1)
			return cli_store_failed(g->c);
	}
	return 0;
}

/* ---- reading them */

/* What the parser had made of the mail; NULL when it is not kept. */
static const struct message *
kept_message(struct cli *c, int64_t mail)
{
	const struct message *m;
	struct bytes	 blob;
	void		*kept;

	kept = mail_parsed_find(c->office->store, mail, &blob.len);
	if (kept == NULL)
		return NULL;
	blob.data = kept;
	m = message_decode(blob, c->arena);
	free(kept);
	return m;
}

/* What a converter had made the attachment's text of. */
static enum format
converted_from(struct cli *c, const struct found *f)
{
	const struct message *m = kept_message(c, f->mail);
	const struct attachment *a;

	if (m == NULL || f->attachment >= (int)m->n_attachments)
		return FORMAT_OTHER;
	a = &m->attachments[f->attachment];
	return a->report != NULL &&
	    (a->report->remarks & REMARK_FROM_CONVERTER) != 0 ? a->format :
	    FORMAT_OTHER;
}

/* A report typed into the mail: its lines as paragraphs. */
static struct document *
body_as_document(struct cli *c, int64_t mail)
{
	struct document	*d = arena_alloc(c->arena, sizeof(*d));
	const struct message *m = kept_message(c, mail);
	char		*rest, *line;
	size_t		 cap = 0;

	if (m == NULL)
		return NULL;
	rest = arena_strdup(c->arena, m->body);
	while ((line = strsep(&rest, "\n")) != NULL) {
		d->paragraphs = arena_grow(c->arena, d->paragraphs, d->n,
		    &cap, sizeof(*d->paragraphs));
		memset(&d->paragraphs[d->n], 0, sizeof(*d->paragraphs));
		d->paragraphs[d->n].text = text_clean(line, c->arena);
		d->paragraphs[d->n++].number = "";
	}
	return d;
}

/* The document of a file; *out NULL when the clerk must look instead. */
static int
read_document(struct cli *c, const struct found *f, struct document **out)
{
	struct filing	*filing = filing_find(c->office->store, f->mail);
	struct mail	*m = mail_find(c->office->store, f->mail);
	const char	*name = arena_printf(c->arena, "#%s %s", f->id,
			    f->file);
	bool		 hidden = filing != NULL && filing->is_quarantined;
	struct cli_part	 part = { .index = f->attachment, .name = name };
	int		 rc = 0;

	*out = NULL;
	if (m == NULL || hidden || m->state == MESSAGE_PURGED)
		cli_fail(c, 0, "%s: %s", name, text_word(WORD_DOC_LEFT_OUT));
	else if (f->attachment < 0)
		*out = body_as_document(c, f->mail);
	else if ((part.fd = files_open(c->office->store, m->sha256,
	    m->form)) == -1)
		rc = cli_store_failed(c);
	else {
		part.is_bare = m->form == FILES_BARE;
		part.converted_from = converted_from(c, f);
		rc = cli_read_content(c, &part, out);
		close(part.fd);
		/* said; the other reports are not held up by it */
		if (rc == EX_DATAERR)
			rc = 0;
	}
	free(filing);
	free(m);
	return rc;
}

/* Hundreds are read: of reading one, only its text and pieces are kept. */
static void
fill_source(struct gathering *g, const struct found *f, struct document *d,
    struct collate_source *s)
{
	struct arena		*scratch = arena_new(0);
	struct collate_uncut	 u = { .document = d,
				    .outline = g->oc->campaign->outline };
	struct collate_piece	*pieces;
	struct audience		 audience;

	audience = roster_audience(g->s->units[f->units[0]].unit);
	u.headings = headings_find(d, scratch);
	u.coverage = matcher_cover(g->oc->matcher, u.headings, &audience,
	    scratch);
	s->n_pieces = collate_pieces(&u, g->c->arena, &pieces);
	s->pieces = pieces;
	arena_free(scratch);
	s->units = f->units;
	s->n_units = f->n_units;
	s->document = d;
	s->id = f->id;
	s->file = f->file;
	s->number = f->number;
	s->received = f->received;
}

static int
by_first_unit(const void *a, const void *b)
{
	const struct collate_source	*x = a, *y = b;

	if (x->units[0] != y->units[0])
		return x->units[0] < y->units[0] ? -1 : 1;
	return x->received < y->received ? -1 : x->received > y->received;
}

static int
gather(struct gathering *g, struct collation *out)
{
	struct collate_source	*sources;
	struct document		*d;
	size_t			 i;
	int			 rc;

	for (i = 0; i < g->s->n_units; i++) {
		rc = take_unit(g, i);
		if (rc != 0)
			return rc;
	}
	sources = arena_calloc(g->c->arena, g->n + 1, sizeof(*sources));
	for (i = 0; i < g->n; i++) {
		rc = read_document(g->c, &g->files[i], &d);
		if (rc != 0)
			return rc;
		if (d != NULL)
			fill_source(g, &g->files[i], d,
			    &sources[out->n_sources++]);
	}
	if (out->n_sources > 1)
		qsort(sources, out->n_sources, sizeof(*sources),
		    by_first_unit);
	out->sources = sources;
	return 0;
}

/* ---- writing */

static int
write_paper(struct cli *c, const struct collation *k)
{
	const char	*title;
	struct paper	*p;

	title = arena_printf(c->arena, "%s %s", text_word(WORD_DOC_TITLE),
	    k->status->campaign->short_name);
	p = cli_given(&c->args, OPT_HTML) ? paper_html(title) :
	    paper_docx(title, k->office);
	collate_write(k, p);
	return cli_write_paper(c, p, c->args.value[OPT_OUTPUT]);
}

int
cli_collate(struct cli *c)
{
	struct gathering	 g = { .c = c };
	struct collation	 k = { .section = -1 };
	char			 head[65];
	const char		*section;
	int			 rc;

	if (!cli_given(&c->args, OPT_OUTPUT))
		return cli_fail(c, EX_USAGE, "-o FILE is wanted");
	rc = cli_campaign(c, c->args.n_words > 0 ? c->args.words[0] : NULL,
	    &g.oc);
	if (rc != 0)
		return rc;
	section = cli_value(&c->args, OPT_SECTION, NULL);
	if (section != NULL) {
		k.section = outline_find(g.oc->campaign->outline, section);
		if (k.section == -1)
			return cli_fail(c, EX_NOINPUT, "no section '%s' in "
			    "the outline (tiepnhan campaign show %s)",
			    section, g.oc->id);
	}
	g.s = status_load(c->office, g.oc, c->now, c->arena);
	if (g.s == NULL || event_head(c->office->store, head) == -1)
		return cli_store_failed(c);
	k.status = g.s;
	k.office = c->office->config->office_name;
	k.audit_head = head;
	if (cli_given(&c->args, OPT_CONCERNS))
		k.concerns = c->office->lexicon;
	rc = gather(&g, &k);
	return rc != 0 ? rc : write_paper(c, &k);
}
