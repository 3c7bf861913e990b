/*
 * Reads a campaign's folder: campaign.conf and outline.txt.
 */
#include "daemon/campaign.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/campaign_propose.h"
#include "daemon/inifile.h"
#include "parsers/limits.h"
#include "daemon/problems.h"
#include "daemon/roster.h"
#include "daemon/text.h"
#include "daemon/textfile.h"
#include "parsers/arena.h"
#include "parsers/text.h"

static const struct ini_known known[] = {
	{ "campaign", "state" }, { "campaign", "no_number" },
	{ "campaign", "issuer" }, { "campaign", "number" },
	{ "campaign", "date" }, { "campaign", "subject" },
	{ "campaign", "short_name" }, { "campaign", "report_to" },
	{ "campaign", "from" }, { "campaign", "close" },
	{ "campaign", "supplement" },
	{ "deadline", "day" }, { "deadline", "reading" },
	{ "deadline", "time" }, { "deadline", "office_close" },
	{ "deadline", "tolerance" }, { "deadline", "roll" },
	{ "recipients", "recipients.*" },
	{ "required", "required.*" },
	{ "plan", "step.*" },
	{ NULL, NULL }
};

struct reader {
	struct campaign	*c;
	const struct inifile *ini;
	const struct roster *roster;
	struct problems	*problems;
	bool		 has_outline; /* what refers to it can be judged */
};

static void __attribute__((format(printf, 3, 4)))
wrong(struct reader *r, unsigned line, const char *fmt, ...)
{
	va_list	 ap;
	char	*text;
	int	 len;

	va_start(ap, fmt);
	len = vasprintf(&text, fmt, ap);
	va_end(ap);
	if (len == -1)
		abort();
	problems_add(r->problems, r->ini->file, line, "%s", text);
	free(text);
}

/* NULL when it is not there or empty. */
static const struct ini_entry *
entry(const struct reader *r, const char *section, const char *key)
{
	const struct ini_entry	*e = inifile_find(r->ini, section, key);

	return e == NULL || *e->value == '\0' ? NULL : e;
}

static const char *
read_text(struct reader *r, const char *key)
{
	const struct ini_entry	*e = entry(r, "campaign", key);

	return e == NULL ? "" : text_clean(e->value, r->c->arena);
}

/* Index of the value in a NULL-ended list; usual when there is none. */
static int
read_choice(struct reader *r, const char *section, const char *key,
    const char *const *list, int usual)
{
	const struct ini_entry	*e = entry(r, section, key);
	const char		*nearest, *all = "";
	int			 i;

	if (e == NULL)
		return usual;
	for (i = 0; list[i] != NULL; i++)
		if (strcmp(list[i], e->value) == 0)
			return i;
	nearest = problems_nearest(e->value, list);
	for (i = 0; list[i] != NULL; i++)
		all = arena_printf(r->c->arena, "%s%s%s", all,
		    i == 0 ? "" : list[i + 1] == NULL ? " or " : ", ",
		    list[i]);
	wrong(r, e->line, "%s: \"%s\" is not known; write %s", key, e->value,
	    nearest != NULL ? nearest : all);
	return usual;
}

static bool
read_yes(struct reader *r, const char *section, const char *key, bool usual)
{
	static const char *const	words[] = { "no", "yes", NULL };

	return read_choice(r, section, key, words, usual) == 1;
}

/* An instant; a day alone is its end when at_end, else its start. */
static time_t
read_instant(struct reader *r, const char *section, const char *key,
    bool at_end)
{
	const struct ini_entry	*e = entry(r, section, key);
	time_t			 t;
	long			 day;

	if (e == NULL)
		return 0;
	if (day_parse(e->value, &day) == 0)
		return at_end ? day_end(day) : day_start(day);
	if (local_parse(e->value, &t) == 0)
		return t;
	wrong(r, e->line, "%s: \"%s\" is no day; write one like 2026-05-14",
	    key, e->value);
	return 0;
}

/* ---- [campaign] */

/* A letter's date: whole, or without its day. */
static void
read_date(struct reader *r)
{
	const struct ini_entry	*e = inifile_find(r->ini, "campaign", "date");
	struct campaign		*c = r->c;
	char			*whole;
	long			 day;

	c->date = "";
	if (e == NULL)
		return;
	c->date_line = e->line;
	if (*e->value == '\0')
		return;
	if (day_parse(e->value, &day) == 0) {
		c->date = day_iso(day, c->arena);
		return;
	}
	whole = arena_printf(c->arena, "%s-01", e->value);
	if (strlen(whole) == 10 && day_parse(whole, &day) == 0)
		c->date = arena_strdup(c->arena, e->value);
	else
		wrong(r, e->line, "date: \"%s\" is no date; write one like "
		    "2026-05-05, or 2026-05 while the day is blank",
		    e->value);
}

static void
read_campaign(struct reader *r)
{
	static const char *const	 states[] = { "draft", "open",
	    "paused", "closed", NULL };
	static const char *const	 policies[] = { "ask", "auto",
	    "never", NULL };
	const struct ini_entry		*e;
	struct campaign			*c = r->c;

	c->state = (enum campaign_state)read_choice(r, "campaign", "state",
	    states, CAMPAIGN_DRAFT);
	c->supplement = (enum supplement_policy)read_choice(r, "campaign",
	    "supplement", policies, SUPPLEMENT_ASK);
	c->no_number = read_yes(r, "campaign", "no_number", false);
	c->issuer = read_text(r, "issuer");
	c->number = read_text(r, "number");
	c->subject = read_text(r, "subject");
	c->short_name = read_text(r, "short_name");
	c->report_to = read_text(r, "report_to");
	e = inifile_find(r->ini, "campaign", "number");
	c->number_line = e == NULL ? 0 : e->line;
	read_date(r);
	if (*c->subject == '\0')
		wrong(r, 0, "subject in [campaign] is missing; write what "
		    "the letter asks a report on");
	if (*c->short_name == '\0')
		c->short_name = c->subject;
	c->from = read_instant(r, "campaign", "from", false);
	c->close = read_instant(r, "campaign", "close", true);
	e = entry(r, "campaign", "from");
	if (e == NULL)
		wrong(r, 0, "from in [campaign] is missing; write the day "
		    "from which mail may belong to it");
	else if (c->close != 0 && c->close < c->from)
		wrong(r, e->line, "from lies after close; let it begin "
		    "before it ends");
}

/* ---- [deadline] */

static int
read_minute(struct reader *r, const char *key, int usual)
{
	const struct ini_entry	*e = entry(r, "deadline", key);
	int			 minute;

	if (e == NULL)
		return usual;
	if (local_parse_minute(e->value, &minute) == 0)
		return minute;
	wrong(r, e->line, "%s: \"%s\" is no time of day; write one like "
	    "16:30", key, e->value);
	return usual;
}

static void
read_tolerance(struct reader *r)
{
	const struct ini_entry	*e = entry(r, "deadline", "tolerance");
	struct campaign		*c = r->c;
	time_t			 t;
	long			 day;

	c->tolerance = c->reading == READING_BEFORE_DAY ?
	    TOLERANCE_NAMED_DAY : TOLERANCE_NONE;
	if (e == NULL)
		return;
	if (strcmp(e->value, "none") == 0) {
		c->tolerance = TOLERANCE_NONE;
	} else if (strcmp(e->value, "named-day") == 0) {
		c->tolerance = TOLERANCE_NAMED_DAY;
	} else if (day_parse(e->value, &day) == 0) {
		c->tolerance = TOLERANCE_UNTIL;
		c->tolerance_until = day_end(day);
	} else if (local_parse(e->value, &t) == 0) {
		c->tolerance = TOLERANCE_UNTIL;
		c->tolerance_until = t;
	} else {
		wrong(r, e->line, "tolerance: \"%s\" is not known; write "
		    "none, named-day, or a day like 2026-05-15", e->value);
	}
}

static void
read_deadline(struct reader *r)
{
	static const char *const	 readings[] = { "before-day",
	    "by-day", "at-time", NULL };
	const struct ini_entry		*e;
	struct campaign			*c = r->c;

	c->deadline_day = DAY_NONE;
	e = inifile_find(r->ini, "deadline", "day");
	c->deadline_line = e == NULL ? 0 : e->line;
	if (e != NULL && *e->value != '\0' &&
	    day_parse(e->value, &c->deadline_day) == -1)
		wrong(r, e->line, "day: \"%s\" is no day; write one like "
		    "2026-05-14", e->value);
	c->reading = (enum deadline_reading)read_choice(r, "deadline",
	    "reading", readings, READING_BEFORE_DAY);
	c->deadline_minute = read_minute(r, "time", -1);
	c->office_close = read_minute(r, "office_close", -1);
	c->roll = read_yes(r, "deadline", "roll", true);
	e = inifile_find(r->ini, "deadline", "reading");
	if (c->reading == READING_AT_TIME && c->deadline_minute == -1)
		wrong(r, e == NULL ? 0 : e->line, "the reading at-time wants "
		    "a time; write time = 16:30");
	read_tolerance(r);
}

/* ---- [recipients] */

/* "recipients.12" is 12; 0 when it is none, *is_text for "….12.text". */
static unsigned long
line_number(const char *key, bool *is_text)
{
	const char	*digits = key + strlen("recipients.");
	char		*end;
	unsigned long	 n;

	if (*digits < '1' || *digits > '9')
		return 0;
	n = strtoul(digits, &end, 10);
	*is_text = strcmp(end, ".text") == 0;
	return (*end == '\0' || *is_text) && n <= LIMIT_RECIPIENTS ? n : 0;
}

static void
read_line(struct reader *r, struct recipient_line *line,
    const struct ini_entry *e)
{
	const char	*why;
	int		*units;
	long		 n;

	line->line = e->line;
	line->selectors = e->value;
	if (r->roster == NULL)
		return;
	n = campaign_select(e->value, r->roster, r->c->arena, &units, &why);
	if (n == -1) {
		wrong(r, e->line, "%s: %s", e->key, why);
		return;
	}
	line->units = units;
	line->n_units = (size_t)n;
}

/* Number the units by the first line that has them. */
static void
number_units(struct campaign *c, const struct roster *roster)
{
	size_t	i, k;
	int	u;

	c->n_units = roster->n;
	c->line_of = arena_calloc(c->arena, roster->n, sizeof(*c->line_of));
	for (i = 0; i < c->n_recipients; i++)
		for (k = 0; k < c->recipients[i].n_units; k++) {
			u = c->recipients[i].units[k];
			if (c->line_of[u] == 0)
				c->line_of[u] = (int)i + 1;
		}
}

static void
read_recipients(struct reader *r)
{
	const struct ini_entry	*e;
	struct campaign		*c = r->c;
	unsigned long		 n;
	size_t			 i;
	bool			 is_text = false;

	c->recipients = arena_calloc(c->arena, LIMIT_RECIPIENTS,
	    sizeof(*c->recipients));
	for (i = 0; i < LIMIT_RECIPIENTS; i++)
		c->recipients[i].text = c->recipients[i].selectors = "";
	for (e = r->ini->entries; e < r->ini->entries + r->ini->n; e++) {
		if (strcmp(e->section, "recipients") != 0)
			continue;
		n = line_number(e->key, &is_text);
		if (n == 0) {
			wrong(r, e->line, "\"%s\" has no number; write "
			    "recipients.1, recipients.2, …", e->key);
			continue;
		}
		if (n > c->n_recipients)
			c->n_recipients = n;
		if (is_text)
			c->recipients[n - 1].text = text_clean(e->value,
			    c->arena);
		else
			read_line(r, &c->recipients[n - 1], e);
	}
	for (i = 0; i < c->n_recipients; i++)
		if (c->recipients[i].line == 0 &&
		    *c->recipients[i].text == '\0')
			wrong(r, 0, "recipients.%zu is missing; number the "
			    "lines without a gap", i + 1);
	if (r->roster != NULL)
		number_units(c, r->roster);
}

/* ---- [required] */

static const char *
nearest_id(struct reader *r, const char *id)
{
	const struct outline	*o = r->c->outline;
	const char		**list;
	size_t			  i, n = 0;

	list = arena_calloc(r->c->arena, o->n + 1, sizeof(*list));
	for (i = 0; i < o->n; i++)
		if (o->nodes[i].kind != NODE_GUIDANCE)
			list[n++] = o->nodes[i].id;
	return problems_nearest(id, list);
}

static void
read_id(struct reader *r, const struct ini_entry *e, const char *id,
    struct required_kind *q)
{
	const char	*nearest;
	int		 node = outline_find(r->c->outline, id);

	if (node == -1 && !r->has_outline)
		return;
	if (node == -1) {
		nearest = nearest_id(r, id);
		if (nearest != NULL)
			wrong(r, e->line, "%s: the outline has no \"%s\"; "
			    "did you mean %s?", e->key, id, nearest);
		else
			wrong(r, e->line, "%s: the outline has no \"%s\"; "
			    "see outline.txt", e->key, id);
		return;
	}
	if (r->c->outline->nodes[node].kind == NODE_GUIDANCE) {
		wrong(r, e->line, "%s: \"%s\" is guidance; only a heading or "
		    "subheading can be required", e->key, id);
		return;
	}
	q->ids[q->n] = id;
	q->nodes[q->n++] = node;
}

static void
read_required_line(struct reader *r, const struct ini_entry *e)
{
	struct arena		*arena = r->c->arena;
	struct required_kind	*q = &r->c->required[r->c->n_required++];
	const char		*s = e->value;
	char			*kind, *plus;
	size_t			 len, most = strlen(s) / 2 + 1;

	kind = arena_strdup(arena, e->key + strlen("required."));
	plus = strchr(kind, '+');
	if (plus != NULL)
		*plus++ = '\0';
	q->kind = kind;
	q->tag = plus == NULL ? "" : plus;
	q->ids = arena_calloc(arena, most, sizeof(*q->ids));
	q->nodes = arena_calloc(arena, most, sizeof(*q->nodes));
	if (plus != NULL && (*plus == '\0' || *kind == '\0' ||
	    strcmp(kind, "all") == 0))
		wrong(r, e->line, "%s names no kind with a tag; write "
		    "required.KIND+TAG", e->key);
	while (*(s += strspn(s, " \t,")) != '\0') {
		len = strcspn(s, " \t,");
		read_id(r, e, arena_strndup(arena, s, len), q);
		s += len;
	}
}

static void
read_required(struct reader *r)
{
	const struct ini_entry	*e;
	struct campaign		*c = r->c;

	c->required = arena_calloc(c->arena, r->ini->n,
	    sizeof(*c->required));
	for (e = r->ini->entries; e < r->ini->entries + r->ini->n; e++)
		if (strcmp(e->section, "required") == 0)
			read_required_line(r, e);
}

/* ---- [plan] */

/* Without the section the usual plan holds; `step.none =` means none. */
static void
read_plan(struct reader *r)
{
	const struct ini_entry	*e;
	struct campaign		*c = r->c;
	const char		*why;
	size_t			 seen = 0;

	c->plan.steps = arena_calloc(c->arena, r->ini->n,
	    sizeof(*c->plan.steps));
	for (e = r->ini->entries; e < r->ini->entries + r->ini->n; e++) {
		if (strcmp(e->section, "plan") != 0)
			continue;
		seen++;
		if (*e->value == '\0')
			continue;
		if (plan_parse_step(e->key + strlen("step."), e->value,
		    c->arena, &c->plan.steps[c->plan.n], &why) == -1)
			wrong(r, e->line, "%s %s", e->key, why);
		else
			c->plan.n++;
	}
	if (seen == 0)
		c->plan = *plan_default();
}

/* ---- the folder */

static void
read_outline(struct reader *r, const char *text)
{
	const char	*why, *file;
	int		 line;

	line = outline_parse(text, r->c->arena, &r->c->outline, &why);
	r->has_outline = line == 0;
	if (!r->has_outline) {
		file = arena_printf(r->c->arena, "%s/outline.txt", r->c->dir);
		problems_add(r->problems, file, (unsigned)line, "%s", why);
		r->c->outline = arena_alloc(r->c->arena,
		    sizeof(*r->c->outline));
	}
}

static const char *
base_name(const char *dir)
{
	const char	*slash = strrchr(dir, '/');

	return slash == NULL ? dir : slash + 1;
}

struct campaign *
campaign_parse(const char *conf, const char *outline, const char *dir,
    const struct roster *roster, struct problems *problems)
{
	struct arena	*arena = arena_new(0);
	struct reader	 r = { .roster = roster, .problems = problems };
	size_t		 before = problems->n;

	r.c = arena_alloc(arena, sizeof(*r.c));
	r.c->arena = arena;
	r.c->dir = arena_strdup(arena, dir);
	r.c->id = base_name(r.c->dir);
	r.ini = inifile_parse(conf, arena_printf(arena, "%s/campaign.conf",
	    dir), known, arena, problems);
	read_outline(&r, outline);
	read_campaign(&r);
	read_deadline(&r);
	read_recipients(&r);
	r.c->headings = text_headings(r.c, roster);
	read_required(&r);
	read_plan(&r);
	if (problems->n == before)
		return r.c;
	arena_free(arena);
	return NULL;
}

struct campaign *
campaign_load(const char *dir, const struct roster *roster,
    struct problems *problems)
{
	struct arena	*arena = arena_new(0);
	struct campaign	*c = NULL;
	char		*conf, *outline;

	conf = textfile_read(arena_printf(arena, "%s/campaign.conf", dir),
	    arena, problems);
	outline = textfile_read(arena_printf(arena, "%s/outline.txt", dir),
	    arena, problems);
	if (conf != NULL && outline != NULL)
		c = campaign_parse(conf, outline, dir, roster, problems);
	arena_free(arena);
	return c;
}
