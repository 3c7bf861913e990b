/*
 * The office's mail texts: {variables} from a closed list, inserted once.
 * What a value holds is never read as template again.
 */
#include "daemon/template.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <uninorm.h>

#include "daemon/config.h"
#include "daemon/problems.h"
#include "daemon/textfile.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

#define SUBJECT_MARK "Tiêu đề:"
#define NO_ITEMS "- không có"
#define FOREIGN_COLUMNS 80

static const char *const names[TEMPLATE_COUNT + 1] = {
	"receipt", "reminder-first", "reminder-last", "overdue",
	"incomplete", "unreadable", "signoff", "unknown-sender",
	"supplement-list", "daily-summary", "preview", "call-list",
	"escalation", "campaign-understood", "decision-done",
	"fetch-trouble", "fetch-recovered", "follow-up", "decision-ask",
	"decision-refused", "clerk-answer", "forward-understood",
	"returned", NULL
};

static const char *const vars[VAR_COUNT + 1] = {
	"don_vi", "ds_don_vi", "office", "receiver", "contact_name",
	"contact_phone", "hop_thu", "so_cong_van", "trich_yeu", "ten_ngan",
	"report_to", "han_viet", "ngay_cuoi", "thu", "n", "gio", "ngay",
	"ds_tep", "ma", "tinh_trang", "muc_co", "muc_thieu", "muc_trong",
	"han_bo_sung", "ten_tep", "ly_do", "ds_nhac", "ds_can_xem", "ds_moi",
	"ds_tra_lai", "su_co", "dong_lanh_dao", "lien_ket", "ngay_moi",
	"chan_thu", NULL
};

struct templates {
	struct arena	*arena;
	const char	*subject[TEMPLATE_COUNT];
	const char	*body[TEMPLATE_COUNT];
};

const char *
template_name(enum template_id id)
{
	return names[id];
}

static bool
is_list(enum template_var v)
{
	return strncmp(vars[v], "ds_", 3) == 0;
}

/* ---- reading */

struct reader {
	struct arena	*arena;
	const char	*file;
	unsigned	 line;
	bool		 is_signoff;
	struct problems	*problems;
};

static int
find_var(const char *s, size_t len)
{
	int	i;

	for (i = 0; i < VAR_COUNT; i++)
		if (strlen(vars[i]) == len && strncmp(vars[i], s, len) == 0)
			return i;
	return -1;
}

static void
unknown_var(struct reader *r, const char *name)
{
	const char	*nearest = problems_nearest(name, vars);

	if (nearest != NULL)
		problems_add(r->problems, r->file, r->line, "{%s} is no "
		    "variable; did you mean {%s}?", name, nearest);
	else
		problems_add(r->problems, r->file, r->line, "{%s} is no "
		    "variable; see README.md beside the templates", name);
}

static void
check_line(struct reader *r, const char *s, size_t len)
{
	const char	*end = s + len, *close;
	int		 var;

	while ((s = memchr(s, '{', (size_t)(end - s))) != NULL) {
		close = memchr(s, '}', (size_t)(end - s));
		if (close == NULL) {
			problems_add(r->problems, r->file, r->line, "has a { "
			    "without }; write {variable}");
			return;
		}
		var = find_var(s + 1, (size_t)(close - s - 1));
		if (var == -1)
			unknown_var(r, arena_strndup(r->arena, s + 1,
			    (size_t)(close - s - 1)));
		else if (var == VAR_CHAN_THU && r->is_signoff)
			problems_add(r->problems, r->file, r->line,
			    "{chan_thu} is this text itself; take it out");
		s = close + 1;
	}
}

static char *
to_nfc(const char *s, struct arena *arena)
{
	size_t	 len = 0;
	uint8_t	*u;
	char	*out;

	if (*s == '\0')
		return arena_strdup(arena, "");
	u = u8_normalize(UNINORM_NFC, (const uint8_t *)s, strlen(s), NULL,
	    &len);
	if (u == NULL)
		abort();
	out = arena_strndup(arena, (const char *)u, len);
	free(u);
	return out;
}

/* Line ends to LF, white space at line ends off. */
static char *
tidy_lines(const char *s, struct arena *arena)
{
	struct strbuf	 b = {0};
	size_t		 len, keep;
	char		*out;

	if (strncmp(s, "\xEF\xBB\xBF", 3) == 0)
		s += 3;
	for (; *s != '\0'; s += len + (s[len] == '\n')) {
		len = keep = strcspn(s, "\n");
		while (keep > 0 && strchr(" \t\r", s[keep - 1]) != NULL)
			keep--;
		strbuf_add(&b, s, keep);
		strbuf_addc(&b, '\n');
	}
	out = arena_strdup(arena, strbuf_get(&b));
	strbuf_clear(&b);
	return out;
}

static void
read_text(struct templates *t, enum template_id id, struct reader *r,
    const char *raw)
{
	const char	*s = to_nfc(tidy_lines(raw, r->arena), r->arena), *p;
	size_t		 len;

	r->is_signoff = id == TEMPLATE_SIGNOFF;
	for (p = s; *p != '\0'; p += len + (p[len] == '\n')) {
		r->line++;
		len = strcspn(p, "\n");
		check_line(r, p, len);
	}
	if (!r->is_signoff) {
		len = strlen(SUBJECT_MARK);
		if (strncmp(s, SUBJECT_MARK, len) != 0) {
			problems_add(r->problems, r->file, 1, "has no "
			    "subject; begin with \"%s …\"", SUBJECT_MARK);
			return;
		}
		s += len + strspn(s + len, " ");
		len = strcspn(s, "\n");
		t->subject[id] = arena_strndup(t->arena, s, len);
		s += len;
	} else {
		t->subject[id] = "";
	}
	t->body[id] = s + strspn(s, "\n");
	if (*t->body[id] == '\0')
		problems_add(r->problems, r->file, 0, "has no text below "
		    "the subject");
}

/* A misspelt file would be silently without effect. */
static void
check_names(const char *folder, struct problems *problems)
{
	const char	*nearest;
	struct dirent	*e;
	char		*name;
	size_t		 i, len;
	DIR		*d = opendir(folder);

	if (d == NULL) {
		problems_add(problems, folder, 0, "the templates cannot be "
		    "read: %s", strerror(errno));
		return;
	}
	while ((e = readdir(d)) != NULL) {
		len = strlen(e->d_name);
		if (e->d_name[0] == '.' || len < 5 ||
		    strcmp(e->d_name + len - 4, ".txt") != 0)
			continue;
		name = strndup(e->d_name, len - 4);
		if (name == NULL)
			abort();
		for (i = 0; i < TEMPLATE_COUNT; i++)
			if (strcmp(names[i], name) == 0)
				break;
		nearest = problems_nearest(name, names);
		if (i == TEMPLATE_COUNT)
			problems_add(problems, folder, 0, "%s is no "
			    "template%s%s%s", e->d_name, nearest != NULL ?
			    "; did you mean " : "; take it out",
			    nearest != NULL ? nearest : "",
			    nearest != NULL ? ".txt?" : "");
		free(name);
	}
	closedir(d);
}

struct templates *
templates_load(const char *folder, const char *fallback,
    struct problems *problems)
{
	struct arena		*arena = arena_new(0);
	struct templates	*t = arena_alloc(arena, sizeof(*t));
	size_t			 before = problems->n;
	char			*raw;
	int			 id;

	t->arena = arena;
	check_names(folder, problems);
	for (id = 0; id < TEMPLATE_COUNT; id++) {
		struct reader	r = { .arena = arena, .problems = problems };

		r.file = arena_printf(arena, "%s/%s.txt", folder, names[id]);
		if (access(r.file, F_OK) == -1)
			r.file = arena_printf(arena, "%s/%s.txt", fallback,
			    names[id]);
		raw = textfile_read(r.file, arena, problems);
		if (raw != NULL)
			read_text(t, (enum template_id)id, &r, raw);
	}
	if (problems->n == before)
		return t;
	arena_free(arena);
	return NULL;
}

void
templates_free(struct templates *t)
{
	if (t != NULL)
		arena_free(t->arena);
}

/* ---- values */

struct values {
	struct arena	*arena;
	struct strbuf	 text[VAR_COUNT]; /* items with \n between */
	size_t		 items[VAR_COUNT];
};

struct values *
values_new(void)
{
	struct values	*v = calloc(1, sizeof(*v));

	if (v == NULL)
		abort();
	v->arena = arena_new(0);
	return v;
}

void
values_free(struct values *v)
{
	int	i;

	if (v == NULL)
		return;
	for (i = 0; i < VAR_COUNT; i++)
		strbuf_clear(&v->text[i]);
	arena_free(v->arena);
	free(v);
}

void
values_add(struct values *v, enum template_var var, const char *item)
{
	const char	*clean = text_clean(item, v->arena);

	if (*clean == '\0')
		return;
	if (v->items[var]++ > 0)
		strbuf_addc(&v->text[var], '\n');
	strbuf_adds(&v->text[var], clean);
}

void
values_set(struct values *v, enum template_var var, const char *text)
{
	strbuf_reset(&v->text[var]);
	v->items[var] = 0;
	values_add(v, var, text);
}

bool
values_is_empty(const struct values *v, enum template_var var)
{
	return v->items[var] == 0;
}

void
values_defang(struct values *v, enum template_var var)
{
	values_set(v, var, template_defang(strbuf_get(&v->text[var]),
	    v->arena));
}

void
values_set_office(struct values *v, const struct config *c)
{
	values_set(v, VAR_OFFICE, c->office_name);
	values_set(v, VAR_RECEIVER, c->receiver);
	values_set(v, VAR_CONTACT_NAME, c->contact_name);
	values_set(v, VAR_CONTACT_PHONE, c->contact_phone);
	values_set(v, VAR_HOP_THU, c->from_address);
}

/* ---- filling */

struct filling {
	const struct templates *templates;
	const struct values *values;
};

static void	fill_body(const struct filling *, enum template_id,
		    struct strbuf *);

static void
add_list(const struct filling *f, enum template_var var,
    struct strbuf *out)
{
	const char	*s = strbuf_get(&f->values->text[var]);
	size_t		 len, n = f->values->items[var];

	if (n == 0) {
		strbuf_adds(out, NO_ITEMS);
		return;
	}
	if (var == VAR_DS_DON_VI && n == 1) {
		strbuf_adds(out, s);
		return;
	}
	for (; *s != '\0'; s += len + (s[len] == '\n')) {
		len = strcspn(s, "\n");
		strbuf_addf(out, "- %.*s%s", (int)len, s, s[len] == '\n' ?
		    "\n" : "");
	}
}

/* The value of one variable; false when it is empty. */
static bool
add_value(const struct filling *f, enum template_var var,
    struct strbuf *out)
{
	struct strbuf	signoff = {0};

	if (var == VAR_CHAN_THU) {
		fill_body(f, TEMPLATE_SIGNOFF, &signoff);
		while (signoff.len > 0 && signoff.s[signoff.len - 1] == '\n')
			signoff.s[--signoff.len] = '\0';
		strbuf_adds(out, strbuf_get(&signoff));
		strbuf_clear(&signoff);
		return true;
	}
	if (is_list(var)) {
		add_list(f, var, out);
		return true;
	}
	strbuf_adds(out, strbuf_get(&f->values->text[var]));
	return f->values->text[var].len > 0;
}

/* One line with its values; false when one of them is empty. */
static bool
fill_line(const struct filling *f, const char *s, size_t len,
    struct strbuf *out)
{
	const char	*end = s + len, *open, *close;
	bool		 is_full = true;

	while ((open = memchr(s, '{', (size_t)(end - s))) != NULL) {
		close = memchr(open, '}', (size_t)(end - open));
		strbuf_add(out, s, (size_t)(open - s));
		/* templates_load() saw to it that the name is known */
		if (!add_value(f, (enum template_var)find_var(open + 1,
		    (size_t)(close - open - 1)), out))
			is_full = false;
		s = close + 1;
	}
	strbuf_add(out, s, (size_t)(end - s));
	return is_full;
}

static void
fill_body(const struct filling *f, enum template_id id, struct strbuf *out)
{
	const char	*s = f->templates->body[id];
	struct strbuf	 line = {0};
	size_t		 len;
	bool		 was_blank = true;

	for (; *s != '\0'; s += len + (s[len] == '\n')) {
		len = strcspn(s, "\n");
		strbuf_reset(&line);
		if (!fill_line(f, s, len, &line))
			continue;
		if (line.len == 0 && was_blank)
			continue;
		was_blank = line.len == 0;
		strbuf_addf(out, "%s\n", strbuf_get(&line));
	}
	strbuf_clear(&line);
}

void
template_fill(const struct templates *t, enum template_id id,
    const struct values *v, struct strbuf *subject, struct strbuf *body)
{
	struct filling	 f = { t, v };
	struct strbuf	 line = {0};
	struct arena	*arena = arena_new(0);

	(void)fill_line(&f, t->subject[id], strlen(t->subject[id]), &line);
	strbuf_adds(subject, text_clean(strbuf_get(&line), arena));
	fill_body(&f, id, body);
	while (body->len > 1 && strcmp(body->s + body->len - 2, "\n\n") == 0)
		body->s[--body->len] = '\0';
	strbuf_clear(&line);
	arena_free(arena);
}

/* ---- text from outside */

/* What mail programs make links of, and how it reads broken up. */
static const char *const links[][2] = {
	{ "://", " : // " }, { "www.", "www . " }, { "mailto:", "mailto : " },
	{ "<", "(" }, { ">", ")" },
};

const char *
template_defang(const char *foreign, struct arena *arena)
{
	const char	*s = text_clean(foreign, arena), *out;
	struct strbuf	 b = {0};
	size_t		 i, n = sizeof(links) / sizeof(links[0]);

	for (; *s != '\0'; s++) {
		for (i = 0; i < n; i++)
			if (strncasecmp(s, links[i][0],
			    strlen(links[i][0])) == 0)
				break;
		if (i < n) {
			strbuf_adds(&b, links[i][1]);
			s += strlen(links[i][0]) - 1;
		} else if (*s == '/' && b.len > 0 && s[1] != '\0' &&
		    strchr(" /0123456789", s[1]) == NULL &&
		    memchr(b.s, '.', b.len) != NULL) {
			/* "host.example/path" is a link too */
			strbuf_adds(&b, " / ");
		} else {
			strbuf_addc(&b, *s);
		}
	}
	out = text_cut(text_clean(strbuf_get(&b), arena), FOREIGN_COLUMNS,
	    arena);
	strbuf_clear(&b);
	return out;
}
