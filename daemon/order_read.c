/*
 * Reading an order: a verb, then what it is about. People write as they
 * speak, so words are told by their shape (#a1b2c3, !12, 20/5/2026) and by
 * the small words before them (cho, mục, đợt, đến ngày), in any order.
 */
#include "daemon/order.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/localtime.h"
#include "daemon/order_field.h"
#include "parsers/arena.h"
#include "parsers/mail_text.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

#define WORDS_MAX 200	/* of one line */
#define ID_MIN 6	/* digits of an intake id that has no # */

struct words {
	const char	*raw[WORDS_MAX];
	const char	*key[WORDS_MAX];
	bool		 ends[WORDS_MAX]; /* a comma or semicolon follows */
	size_t		 n;
	const char	*tail[WORDS_MAX]; /* the line from there on */
};

/* Does the verb speak of units, of one mail, of a campaign by its id? */
static bool
takes_units(enum order_verb v)
{
	return v == ORDER_ASSIGN || v == ORDER_ADD || v == ORDER_EXCUSE ||
	    v == ORDER_EXTEND || v == ORDER_HOLD || v == ORDER_SUPPLEMENT;
}

static bool
takes_mail(enum order_verb v)
{
	return (v >= ORDER_ASSIGN && v <= ORDER_ADD) || v == ORDER_OPEN;
}

static bool
takes_campaign(enum order_verb v)
{
	return v >= ORDER_OPEN && v <= ORDER_CLOSE;
}

/* ---- words */

static void
split(const char *line, struct arena *arena, struct words *w)
{
	static const char blanks[] = " \t\"(";
	char	*quote;
	size_t	 len, keep;

	line = quote = arena_strdup(arena, line);
	while ((quote = strpbrk(quote, "\xe2")) != NULL) {
		if (strncmp(quote, "“", 3) == 0 || strncmp(quote, "”", 3) == 0)
			memset(quote, ' ', 3);
		quote++;
	}

	w->n = 0;
	for (line += strspn(line, blanks); *line != '\0' &&
	    w->n < WORDS_MAX; line += len + strspn(line + len, blanks)) {
		len = keep = strcspn(line, blanks);
		w->ends[w->n] = false;
		while (keep > 0 && strchr(",;.:)?", line[keep - 1]) != NULL)
			w->ends[w->n] |= strchr(",;", line[--keep]) != NULL;
		if (keep == 0) {
			if (w->n > 0)
				w->ends[w->n - 1] = true;
			continue;
		}
		w->raw[w->n] = arena_strndup(arena, line, keep);
		w->key[w->n] = text_key(w->raw[w->n], TEXT_KEY_BARE, arena);
		w->tail[w->n++] = line;
	}
}

static bool
is_word(const struct words *w, size_t i, const char *key)
{
	return i < w->n && strcmp(w->key[i], key) == 0;
}

static bool
is_one_of(const struct words *w, size_t i, const char *const *keys, size_t n)
{
	while (n-- > 0)
		if (is_word(w, i, keys[n]))
			return true;
	return false;
}
#define IS_ONE_OF(w, i, keys) \
	is_one_of((w), (i), (keys), sizeof(keys) / sizeof((keys)[0]))

/* "#a1b2c3", or as many digits without the sign. */
static const char *
mail_id(const char *raw)
{
	bool	 is_marked = *raw == '#';
	size_t	 len;

	raw += is_marked;
	len = strspn(raw, "0123456789abcdefABCDEF");
	return len <= 64 && raw[len] == '\0' &&
	    len >= (is_marked ? 1 : ID_MIN) ? raw : NULL;
}

/* "!12", "!12-17" (with any dash), or plain numbers. */
static bool
event_range(const char *raw, long long *first, long long *last)
{
	char	*end;

	raw += *raw == '!';
	*first = *last = strtoll(raw, &end, 10);
	if (end == raw || *first <= 0)
		return false;
	if (*end == '-' || strncmp(end, "–", 3) == 0) {
		end += *end == '-' ? 1 : 3;
		end += *end == '!';
		*last = strtoll(end, &end, 10);
	}
	return *end == '\0' && *last >= *first;
}

/* ---- what a word says */

struct reading {
	struct order	*o;
	struct arena	*arena;
	struct words	 w;
	struct strbuf	 units;
	struct strbuf	 stray;
	bool		 in_units; /* every other word names a unit */
};

static void
add_word(struct strbuf *out, const struct words *w, size_t i)
{
	strbuf_addf(out, "%s%s%s", out->len > 0 ? " " : "", w->raw[i],
	    w->ends[i] ? "," : "");
}

/* "20 tháng 5 năm 2026", with or without accents. */
static bool
is_spelled_day(struct reading *r, size_t i, long *day)
{
	const struct words *w = &r->w;

	return i + 4 < w->n && is_word(w, i + 1, "thang") &&
	    is_word(w, i + 3, "nam") && day_parse(arena_printf(r->arena,
	    "%s/%s/%s", w->raw[i], w->raw[i + 2], w->raw[i + 4]), day) == 0;
}

/* "đến hết ngày 20/5/2026", "trước ngày …", a day alone. Words used. */
static size_t
take_day(struct reading *r, size_t i)
{
	static const char *const before[] = { "den", "truoc", "het", "ngay",
		"han", "cham", "nhat", "vao", "nhan" };
	size_t	 k = i;
	long	 day;

	while (IS_ONE_OF(&r->w, k, before))
		k++;
	if (k == r->w.n)
		return 0;
	if (is_spelled_day(r, k, &day))
		k += 4;
	else if (day_parse(r->w.raw[k], &day) == -1)
		return 0;
	r->o->day = day;
	return k - i + 1;
}

/* "mục II.1": ids are ASCII without blanks. */
static size_t
take_named(struct reading *r, size_t i, const char *key, const char **out)
{
	const char	*p;

	if (!is_word(&r->w, i, key) || i + 1 == r->w.n)
		return 0;
	for (p = r->w.raw[i + 1]; *p != '\0'; p++)
		if (!isalnum((unsigned char)*p) && strchr(".-_", *p) == NULL)
			return 0;
	*out = r->w.raw[i + 1];
	return 2;
}

/* "ghi nhớ địa chỉ", "lý do …", "vì …". */
static size_t
take_phrase(struct reading *r, size_t i)
{
	const struct words *w = &r->w;
	const char	*tail;
	size_t		 n;

	if (is_word(w, i, "ghi") && is_word(w, i + 1, "nho")) {
		r->o->remember = true;
		return is_word(w, i + 2, "dia") && is_word(w, i + 3, "chi") ?
		    4 : 2;
	}
	n = is_word(w, i, "ban") && is_word(w, i + 1, "giay") ? 2 :
	    is_word(w, i, "giay");
	if (n > 0 && r->o->verb == ORDER_ADD && !r->o->is_paper) {
		r->o->is_paper = true;
		return n;
	}
	/* keys have i for y */
	n = is_word(w, i, "li") && is_word(w, i + 1, "do") ? 2 :
	    is_word(w, i, "vi") && r->o->verb == ORDER_RETURN ? 1 : 0;
	if (n == 0 || i + n == w->n)
		return n;
	tail = w->tail[i + n];
	r->o->reason = arena_strdup(r->arena, tail);
	return w->n - i;
}

static size_t
take_object(struct reading *r, size_t i)
{
	struct order	*o = r->o;
	const struct words *w = &r->w;
	const char	*id = mail_id(w->raw[i]);

	if (o->verb == ORDER_UNDO && o->event == 0 &&
	    event_range(w->raw[i], &o->event, &o->event_last))
		return 1;
	if (takes_mail(o->verb) && o->mail[0] == '\0' && id != NULL) {
		o->mail = id;
		return 1;
	}
	return 0;
}

static size_t
take_marked(struct reading *r, size_t i)
{
	struct order	*o = r->o;
	size_t		 used = take_day(r, i);

	if (used == 0)
		used = take_phrase(r, i);
	if (used == 0)
		used = take_named(r, i, "muc", &o->section);
	if (used == 0 && o->verb == ORDER_HOLD)
		used = take_named(r, i, "buoc", &o->step);
	if (used == 0)
		used = take_named(r, i, "dot", &o->campaign);
	return used;
}

/* Words that carry nothing where no unit's name has begun. */
static bool
is_filler(const struct words *w, size_t i)
{
	static const char *const fillers[] = { "thu", "ma", "bao", "cao",
		"theo", "nhac", "cua", "don", "vi", "va", "gui", "lai", "nop",
		"dot", "tat", "ca", "dia", "chi", "su", "kien", "viec", "nay",
		"nhe", "voi", "doi", "muc", "con", "thieu" };

	return IS_ONE_OF(w, i, fillers);
}

static size_t
take_rest(struct reading *r, size_t i)
{
	struct order	*o = r->o;
	const struct words *w = &r->w;

	if (is_word(w, i, "cho") && takes_units(o->verb) &&
	    r->units.len == 0) {
		r->in_units = true;
		i++;
		return 1 + (is_word(w, i, "don") && is_word(w, i + 1, "vi") ?
		    2 : 0);
	}
	if (!r->in_units && is_filler(w, i))
		return 1;
	if (takes_units(o->verb) && (!takes_mail(o->verb) || o->is_paper ||
	    o->mail[0] != '\0')) {
		r->in_units = true;
		add_word(&r->units, w, i);
	} else if (takes_campaign(o->verb) && o->campaign[0] == '\0' &&
	    w->raw[i][strspn(w->raw[i], "abcdefghijklmnopqrstuvwxyz"
	    "0123456789-_.")] == '\0') {
		o->campaign = w->raw[i];
	} else {
		add_word(&r->stray, w, i);
	}
	return 1;
}

/* ---- a line */

/* Courtesies and an id may stand before the verb. */
static size_t
find_verb(struct reading *r)
{
	static const char *const polite[] = { "de", "nghi", "xin", "kinh",
		"gui", "cho", "toi", "thu", "hay", "lam", "on" };
	const char	*id;
	size_t		 i, used;

	for (i = 0; i < r->w.n; i++) {
		r->o->verb = order_verb_find(r->w.key + i, r->w.n - i, &used);
		if (used > 0)
			return i + used;
		id = mail_id(r->w.raw[i]);
		if (id != NULL && r->w.raw[i][0] == '#')
			r->o->mail = id;
		else if (!IS_ONE_OF(&r->w, i, polite))
			return 0;
	}
	return 0;
}

static bool
read_line(const char *line, struct arena *arena, struct order *o)
{
	struct reading	*r = arena_alloc(arena, sizeof(*r));
	size_t		 i, used;

	r->o = o;
	r->arena = arena;
	split(line, arena, &r->w);
	o->mail = "";
	i = find_verb(r);
	if (i == 0)
		return false;
	for (; i < r->w.n; i += used) {
		used = take_object(r, i);
		if (used == 0)
			used = take_marked(r, i);
		if (used == 0)
			used = take_rest(r, i);
	}
	while (r->units.len > 0 && strchr(" ,", r->units.s[r->units.len - 1])
	    != NULL)
		r->units.s[--r->units.len] = '\0';
	o->units = arena_strdup(arena, strbuf_get(&r->units));
	o->stray = arena_strdup(arena, strbuf_get(&r->stray));
	strbuf_clear(&r->units);
	strbuf_clear(&r->stray);
	return true;
}

/* ---- the whole mail */

/* "Re: ", "TL: ", "[Cần xác nhận] " off; *is_answer when there was one. */
static const char *
bare_subject(const char *s, bool *is_answer)
{
	static const char *const prefixes[] = { "re:", "tl:", "trả lời:",
		"fw:", "fwd:", "v/v:", "sv:", "aw:" };
	size_t	 i, len;
	bool	 found;

	*is_answer = false;
	do {
		found = false;
		s += strspn(s, " ");
		for (i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
			len = strlen(prefixes[i]);
			if (strncasecmp(s, prefixes[i], len) == 0) {
				s += len;
				found = *is_answer = true;
			}
		}
		if (*s == '[' && strchr(s, ']') != NULL) {
			s = strchr(s, ']') + 1;
			found = *is_answer = true;
		}
	} while (found);
	return s;
}

/* The line without the token and, in brackets, the words around it. */
static const char *
without_token(const char *line, struct arena *arena)
{
	const char	*open = strrchr(line, '(');

	if (open != NULL && order_token_find(open, arena)[0] != '\0')
		return arena_strndup(arena, line, (size_t)(open - line));
	return order_token_hide(line, arena);
}

static const char *
first_line(const char *text, struct arena *arena)
{
	text += strspn(text, " \t\n");
	return arena_strndup(arena, text, strcspn(text, "\n"));
}

static bool
says_yes(const char *line, struct arena *arena)
{
	const char	*key = text_key(line, TEXT_KEY_BARE, arena);

	return strcmp(key, "dong y") == 0 || strcmp(key, "toi dong y") == 0 ||
	    strcmp(key, "dong y thuc hien") == 0;
}

bool
order_read(const char *subject, const char *body, struct arena *arena,
    struct order *out)
{
	const char	*own = mail_text_own(body, arena), *line, *first;
	bool		 is_order;

	order_init(out, ORDER_NONE);
	line = bare_subject(subject, &out->is_answer);
	out->token = order_token_find(line, arena);
	first = first_line(own, arena);
	out->says_yes = says_yes(first, arena);
	/* The subject of a mail of ours is an order again by a yes alone. */
	is_order = (!out->is_answer || (out->says_yes &&
	    out->token[0] != '\0')) &&
	    read_line(without_token(line, arena), arena, out);
	if (!is_order && read_line(without_token(first, arena), arena, out)) {
		out->token = order_token_find(first, arena);
		is_order = true;
	}
	if (is_order)
		order_fields_read(own, arena, out);
	else
		out->verb = ORDER_NONE;
	return is_order;
}
