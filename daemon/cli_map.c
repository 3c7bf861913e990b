/*
 * `tiepnhan outline` and `tiepnhan map`: the headings of a report, and
 * which sections of a letter's outline they answer.
 */
#include <stdio.h>
#include <string.h>

#include "daemon/cli.h"
#include "daemon/cli_json.h"
#include "daemon/cli_read.h"
#include "daemon/cli_verbs.h"
#include "daemon/fit.h"
#include "daemon/reason.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/coverage.h"
#include "parsers/letter.h"
#include "parsers/message.h"
#include "parsers/required.h"
#include "parsers/text.h"

#define EXCERPT_COLUMNS 60

/* A report, and how it was mapped; letter and coverage may be NULL. */
struct mapping {
	const struct attachment *file;
	const struct report *report;
	const struct letter *letter;
	const struct coverage *coverage;
	const struct lexicon *lexicon;
	const struct audience *unit;	/* NULL: not said */
};

/* ---- warnings */

struct warning {
	const char	*code;
	const char	*text;
};

#define WARNINGS_MAX 8

static size_t
find_warnings(const struct mapping *m, struct warning *w)
{
	static const struct {
		unsigned	 remark;
		const char	*code;
		enum word	 word;
	} remarks[] = {
		{ REMARK_TRACKED_CHANGES, "tracked-changes",
		  WORD_WARN_TRACKED },
		{ REMARK_EMBEDDED_NOT_READ, "embedded-not-read",
		  WORD_WARN_EMBEDDED },
		{ REMARK_LEGACY_TEXT, "legacy-text", WORD_WARN_LEGACY },
		{ REMARK_FROM_CONVERTER, "other", WORD_WARN_CONVERTED }
	};
	const struct facts	*f = m->report->facts;
	const char		*about;
	size_t			 i, n = 0;

	if (f->secret)
		w[n++] = (struct warning){ "secret",
		    reason_text(REASON_SECRET) };
	if (m->coverage != NULL && m->coverage->is_unfilled_outline)
		w[n++] = (struct warning){ "unfilled-outline",
		    reason_text(REASON_UNFILLED_OUTLINE) };
	about = *f->subject != '\0' ? f->subject : f->period;
	if (m->letter != NULL && *about != '\0') {
		if (period_compare(m->letter->subject, about) == PERIOD_OTHER)
			w[n++] = (struct warning){ "last-period",
			    reason_text(REASON_OTHER_PERIOD) };
		else if (*f->subject != '\0' && subject_fit(m->lexicon,
		    m->letter->subject, f->subject) < FIT_SAME_SUBJECT)
			w[n++] = (struct warning){ "other-campaign",
			    reason_text(REASON_OTHER_SUBJECT) };
	}
	for (i = 0; i < sizeof(remarks) / sizeof(*remarks); i++)
		if (m->report->remarks & remarks[i].remark)
			w[n++] = (struct warning){ remarks[i].code,
			    text_word(remarks[i].word) };
	return n;
}

/* A unit is told what it lacks only of what it owes. */
static bool
is_told(const struct mapping *m, const struct section_cover *s)
{
	return s->state != SECTION_MISSING || m->unit == NULL ||
	    outline_required(m->letter->outline, m->lexicon, m->unit,
	    s->node);
}

/* ---- JSON */

static json_t *
heading_json(const struct heading *h, const struct heading_match *match,
    const struct outline *o)
{
	json_t	*j = json_object(), *ids = json_array();
	double	 score = h->confidence / 100.0;
	size_t	 i;

	json_put_text(j, "text", h->text);
	json_put_text(j, "label", h->label);
	json_put(j, "level", json_integer(h->level));
	for (i = 0; match != NULL && i < match->n_sections; i++)
		json_push(ids, json_text(o->nodes[match->sections[i]].id));
	if (match != NULL && match->n_sections > 0)
		score = match->score;
	json_put(j, "sections", ids);
	/* two figures are enough to compare by */
	json_put(j, "score", json_real((double)(long)(score * 100 + 0.5) /
	    100));
	return j;
}

static json_t *
headings_json(const struct mapping *m)
{
	const struct headings	*hs = m->report->headings;
	const struct heading_match *match;
	json_t			*list = json_array();
	size_t			 i;

	if (m->coverage == NULL) {
		for (i = 0; i < hs->n; i++)
			if (hs->h[i].confidence >= HEADING_CONFIDENT)
				json_push(list, heading_json(&hs->h[i], NULL,
				    NULL));
		return list;
	}
	for (i = 0; i < m->coverage->n_matches; i++) {
		match = &m->coverage->matches[i];
		json_push(list, heading_json(&hs->h[match->heading], match,
		    m->letter->outline));
	}
	return list;
}

static json_t *
sections_json(const struct mapping *m)
{
	const struct section_cover	*s;
	const bool			 is_secret = m->report->facts->secret;
	json_t				*list = json_array(), *j;
	size_t				 i;

	for (i = 0; m->coverage != NULL && i < m->coverage->n_sections;
	    i++) {
		s = &m->coverage->sections[i];
		j = json_object();
		json_put_text(j, "id", m->letter->outline->nodes[s->node].id);
		json_put_text(j, "state", section_state_name(s->state));
		json_put(j, "sure", json_boolean(s->sure && is_told(m, s)));
		json_put(j, "words", json_integer(s->words));
		json_put_text(j, "evidence", is_secret ? "" : s->evidence);
		json_push(list, j);
	}
	return list;
}

/* The kind of paper and what it is about, as the two stand in the title. */
static json_t *
title_json(const struct facts *f)
{
	if (*f->title == '\0' || *f->subject == '\0')
		return json_text(*f->title == '\0' ? f->subject : f->title);
	return json_sprintf("%s %s", f->title, f->subject);
}

static json_t *
mapping_json(const struct mapping *m)
{
	const struct facts	*f = m->report->facts;
	struct warning		 w[WARNINGS_MAX];
	json_t			*j = json_object(), *d = json_object();
	json_t			*list = json_array(), *one;
	size_t			 i, n = find_warnings(m, w);

	json_put(j, "headings", headings_json(m));
	json_put(j, "sections", sections_json(m));
	json_put_text(d, "issuer", f->issuer);
	json_put_text(d, "number", f->number);
	json_put_text(d, "date", f->date);
	json_put(d, "title", title_json(f));
	json_put_text(d, "period", f->period);
	json_put(d, "signed", json_boolean(f->signed_part));
	json_put(d, "secret", json_boolean(f->secret));
	json_put(j, "document", d);
	for (i = 0; i < n; i++) {
		one = json_object();
		json_put_text(one, "code", w[i].code);
		json_put_text(one, "text", w[i].text);
		json_push(list, one);
	}
	json_put(j, "warnings", list);
	return j;
}

/* ---- for people */

static void
print_heading(const struct heading *h, const struct heading_match *match,
    const struct outline *o)
{
	size_t	i;

	printf("%*s%s", 2 * h->level, "", h->text);
	for (i = 0; match != NULL && i < match->n_sections; i++)
		printf("%s%s", i == 0 ? "   → " : ", ",
		    o->nodes[match->sections[i]].id);
	if (match != NULL && match->n_sections > 0)
		printf(" (%.2f)", match->score);
	putchar('\n');
}

static void
print_headings(const struct mapping *m)
{
	const struct headings	*hs = m->report->headings;
	size_t			 i;

	printf("\n%s:\n", text_word(WORD_CLI_HEADINGS));
	if (m->coverage == NULL) {
		for (i = 0; i < hs->n; i++)
			if (hs->h[i].confidence >= HEADING_CONFIDENT)
				print_heading(&hs->h[i], NULL, NULL);
		return;
	}
	for (i = 0; i < m->coverage->n_matches; i++)
		print_heading(&hs->h[m->coverage->matches[i].heading],
		    &m->coverage->matches[i], m->letter->outline);
}

static void
print_sections(struct cli *c, const struct mapping *m)
{
	static const enum word words[] = {
		[SECTION_MISSING] = WORD_SECTION_MISSING,
		[SECTION_EMPTY] = WORD_SECTION_EMPTY,
		[SECTION_FILLED] = WORD_SECTION_FILLED
	};
	const struct section_cover	*s;
	size_t				 i;

	if (m->coverage == NULL)
		return;
	printf("\n%s:\n", text_word(WORD_PAGE_OUTLINE));
	for (i = 0; i < m->coverage->n_sections; i++) {
		s = &m->coverage->sections[i];
		printf("  %-10s %s%s", m->letter->outline->nodes[s->node].id,
		    text_word(words[s->state]), s->sure && is_told(m, s) ?
		    "" : " (?)");
		if (s->words > 0)
			printf(", %u %s", s->words,
			    text_word(WORD_CLI_WORDS));
		if (*s->evidence != '\0' && !m->report->facts->secret)
			printf(": %s", text_cut(s->evidence, EXCERPT_COLUMNS,
			    c->arena));
		putchar('\n');
	}
}

static void
print_mapping(struct cli *c, const struct mapping *m)
{
	const struct facts	*f = m->report->facts;
	const struct {
		enum word	 word;
		const char	*value;
	} rows[] = {
		{ WORD_CLI_ISSUER, f->issuer },
		{ WORD_COL_DOC_NUMBER, f->number },
		{ WORD_COL_DOC_DATE, text_document_date(f->date, c->arena) },
		{ WORD_CLI_TITLE, f->title },
		{ WORD_CLI_SUBJECT, f->subject },
		{ WORD_CLI_PERIOD, f->period }
	};
	struct warning		 w[WARNINGS_MAX];
	size_t			 i, n = find_warnings(m, w);

	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		printf("%s: %s\n", text_word(rows[i].word),
		    *rows[i].value != '\0' ? rows[i].value :
		    text_word(WORD_CLI_BLANK));
	for (i = 0; i < n; i++)
		printf("! %s\n", w[i].text);
	print_headings(m);
	print_sections(c, m);
}

/* ---- the verbs */

static int
finish(struct cli *c, const struct mapping *m)
{
	if (cli_given(&c->args, OPT_JSON))
		return json_print(mapping_json(m));
	print_mapping(c, m);
	return 0;
}

int
cli_outline(struct cli *c)
{
	struct mapping	m = { 0 };
	int		rc;

	rc = cli_read_report(c, c->inputs[0], c->args.words[0], &m.file);
	if (rc != 0)
		return rc;
	m.report = m.file->report;
	return finish(c, &m);
}

/* "agency+y-te+su-nghiep" */
static const struct audience *
audience_of(struct cli *c)
{
	const char	*text = cli_value(&c->args, OPT_KIND, NULL);
	struct audience	*a;
	const char	**tags;
	char		*rest, *tag;
	size_t		 n = 0;

	if (text == NULL)
		return NULL;
	a = arena_alloc(c->arena, sizeof(*a));
	tags = arena_calloc(c->arena, strlen(text) + 1, sizeof(*tags));
	rest = arena_strdup(c->arena, text);
	a->kind = strsep(&rest, "+");
	while ((tag = strsep(&rest, "+")) != NULL)
		tags[n++] = tag;
	a->tags = tags;
	a->n_tags = n;
	return a;
}

int
cli_map(struct cli *c)
{
	struct mapping	 m = { 0 };
	struct letter	*letter;
	struct lexicon	*lexicon;
	int		 rc;

	rc = cli_read_lexicon(c, &lexicon);
	if (rc == 0)
		rc = cli_read_letter(c, c->inputs[0], c->args.words[0],
		    &letter);
	if (rc == 0)
		rc = cli_read_report(c, c->inputs[1], c->args.words[1],
		    &m.file);
	if (rc != 0)
		return rc;
	if (letter->outline->n == 0)
		return cli_fail(c, EX_DATAERR, "%s: %s", c->args.words[0],
		    text_word(WORD_CLI_NO_OUTLINE));
	m.report = m.file->report;
	m.letter = letter;
	m.lexicon = lexicon;
	m.unit = audience_of(c);
	m.coverage = matcher_cover(matcher_new(letter->outline, lexicon,
	    c->arena), m.report->headings, m.unit, c->arena);
	return finish(c, &m);
}
