/*
 * Parameters of MIME headers as they are really sent (RFC 2045 §5.1,
 * RFC 2231, RFC 2047), and file names out of them. GMime's own parser
 * loses names that lack a semicolon and encoded words chopped over
 * continuations, so the raw header value is read here.
 */
#include "parsers/mime_name.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <unistr.h>

#include "parsers/arena.h"
#include "parsers/charset.h"
#include "parsers/encoded_word.h"
#include "parsers/limits.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

/* RFC 2231 puts no limit on continuations; nobody sends more. */
#define PIECES_MOST 256
#define EXTENSION_BYTES_MOST 12
#define REPLACEMENT "\xEF\xBF\xBD"

/* One "name=value" of a header, or a numbered piece of one. */
struct piece {
	const char	*value; /* raw, without quotes */
	bool		 is_extended; /* name ended in '*' */
	bool		 is_numbered;
	unsigned	 number;
};

struct pieces {
	struct piece	 p[PIECES_MOST];
	size_t		 n;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static const char *
skip_blanks(const char *s)
{
	while (is_blank(*s))
		s++;
	return s;
}

static bool
is_name_char(char c)
{
	return c > ' ' && c != '=' && c != ';' && c != '"' && c != 127;
}

/* What may follow a value whose semicolon was forgotten. */
static const char *const known_names[] = { "name", "filename", "size",
    "charset", "format", "type", "boundary", "creation-date",
    "modification-date", "read-date", "x-unix-mode", "x-mac-type",
    "x-mac-creator" };

static bool
is_parameter_start(const char *s)
{
	size_t	i, len;

	for (i = 0; i < sizeof(known_names) / sizeof(known_names[0]); i++) {
		len = strlen(known_names[i]);
		if (strncasecmp(s, known_names[i], len) == 0 &&
		    (s[len] == '=' || s[len] == '*'))
			return true;
	}
	return false;
}

/* A quoted string from its opening quote; sets *end behind it. */
static const char *
quoted_value(const char *s, const char **end, struct arena *arena)
{
	struct strbuf	 b = { 0 };
	char		*value;

	for (s++; *s != '\0' && *s != '"'; s++) {
		/* folding is not content; a lone backslash is Windows' own */
		if (*s == '\r' || *s == '\n')
			continue;
		if (s[0] == '\\' && (s[1] == '"' || s[1] == '\\'))
			s++;
		strbuf_addc(&b, *s);
	}
	*end = *s == '"' ? s + 1 : s;
	value = arena_strndup(arena, strbuf_get(&b), b.len);
	strbuf_clear(&b);
	return value;
}

/* A value without quotes, which may hold blanks all the same. */
static const char *
bare_value(const char *s, const char **end, struct arena *arena)
{
	struct strbuf	 b = { 0 };
	char		*value;

	while (*s != '\0' && *s != ';') {
		if (is_blank(*s) && is_parameter_start(skip_blanks(s)))
			break;
		if (*s != '\r' && *s != '\n')
			strbuf_addc(&b, *s);
		s++;
	}
	*end = s;
	while (b.len > 0 && is_blank(b.s[b.len - 1]))
		b.s[--b.len] = '\0';
	value = arena_strndup(arena, strbuf_get(&b), b.len);
	strbuf_clear(&b);
	return value;
}

/*
 * Read "NAME", "NAME*", "NAME*N" or "NAME*N*" at s, up to the '='.
 * Returns what follows the '=', NULL when this is no parameter; *is_ours
 * says whether it is the one wanted.
 */
static const char *
parameter_name(const char *s, const char *wanted, struct piece *piece,
    bool *is_ours)
{
	const char	*p, *star;
	size_t		 len;
	char		*end;

	memset(piece, 0, sizeof(*piece));
	for (p = s; is_name_char(*p); p++)
		;
	star = memchr(s, '*', (size_t)(p - s));
	len = (size_t)((star == NULL ? p : star) - s);
	*is_ours = len == strlen(wanted) && strncasecmp(s, wanted, len) == 0;
	if (star != NULL && star[1] >= '0' && star[1] <= '9') {
		piece->is_numbered = true;
		piece->number = (unsigned)strtoul(star + 1, &end, 10);
		piece->is_extended = *end == '*';
	} else if (star != NULL) {
		piece->is_extended = true;
	}
	p = skip_blanks(p);
	return *p == '=' ? skip_blanks(p + 1) : NULL;
}

/* Collect every piece of the parameter in the header. */
static void
collect(const char *header, const char *wanted, struct pieces *out,
    struct arena *arena)
{
	const char	*s, *after;
	struct piece	 piece;
	bool		 is_ours;

	out->n = 0;
	s = header;
	while (*s != '\0') {
		s = skip_blanks(s);
		if (*s == ';') {
			s++;
			continue;
		}
		after = parameter_name(s, wanted, &piece, &is_ours);
		if (after == NULL) {
			/* the type itself, or junk: one word on */
			while (*s != '\0' && *s != ';' && !is_blank(*s))
				s++;
			continue;
		}
		piece.value = *after == '"' ?
		    quoted_value(after, &s, arena) :
		    bare_value(after, &s, arena);
		if (is_ours && out->n < PIECES_MOST)
			out->p[out->n++] = piece;
	}
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 32;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void
add_unescaped(struct strbuf *out, const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == '%' && hex_digit(s[1]) >= 0 &&
		    hex_digit(s[2]) >= 0) {
			strbuf_addc(out, (char)(hex_digit(s[1]) * 16 +
			    hex_digit(s[2])));
			s += 2;
		} else {
			strbuf_addc(out, *s);
		}
	}
}

/*
 * charset'language'text: what follows the two; NULL when it does not begin
 * so. A plain value needs more proof than one that says it is extended:
 * "O'Brien's.docx" is none.
 */
static const char *
after_language(const char *s, bool is_plain, const char **charset,
    struct arena *arena)
{
	static const char	letters[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:";
	size_t			len, language;

	len = strspn(s, letters);
	if (s[len] != '\'')
		return NULL;
	language = strspn(s + len + 1, letters);
	if (s[len + 1 + language] != '\'')
		return NULL;
	if (is_plain && (strchr(s, '%') == NULL ||
	    memchr(s, '-', len) == NULL))
		return NULL;
	*charset = arena_strndup(arena, s, len);
	return s + len + language + 2;
}

static const char *
import(const struct strbuf *b, const char *charset, struct arena *arena)
{
	return charset_import((struct bytes){
	    (const uint8_t *)strbuf_get(b), b->len }, charset, arena);
}

/*
 * A plain value that some mailers fill with what belongs into an extended
 * one: "utf-8''B%C3%A1o", "B%C3%A1o%20c%C3%A1o.docx".
 */
static const char *
decode_plain(const char *s, struct arena *arena)
{
	struct strbuf	 b = { 0 };
	const char	*text, *charset, *decoded;
	size_t		 i;
	bool		 is_foreign;

	text = after_language(s, true, &charset, arena);
	if (text == NULL && strchr(s, '%') == NULL)
		return encoded_word_decode(s, arena);
	add_unescaped(&b, text == NULL ? s : text);
	if (text != NULL) {
		decoded = import(&b, charset, arena);
		strbuf_clear(&b);
		return decoded;
	}
	/* "50%.docx" stays; only whole UTF-8 letters count as escapes */
	is_foreign = false;
	for (i = 0; i < b.len; i++)
		is_foreign |= (b.s[i] & 0x80) != 0;
	if (is_foreign && b.len < strlen(s) &&
	    u8_check((const uint8_t *)b.s, b.len) == NULL)
		decoded = import(&b, "UTF-8", arena);
	else
		decoded = encoded_word_decode(s, arena);
	strbuf_clear(&b);
	return decoded;
}

static int
by_number(const void *a, const void *b)
{
	const struct piece	*x = a, *y = b;

	return (x->number > y->number) - (x->number < y->number);
}

/* Continuations put together; extended and plain ones may be mixed. */
static const char *
join_pieces(struct pieces *list, struct arena *arena)
{
	struct strbuf	 b = { 0 };
	const char	*charset = NULL, *value, *rest;
	size_t		 i;
	bool		 is_extended = false;

	qsort(list->p, list->n, sizeof(list->p[0]), by_number);
	for (i = 0; i < list->n; i++) {
		if (i > 0 && list->p[i].number == list->p[i - 1].number)
			continue;
		value = list->p[i].value;
		if (!list->p[i].is_extended) {
			strbuf_adds(&b, value);
			continue;
		}
		is_extended = true;
		if (i == 0) {
			rest = after_language(value, false, &charset,
			    arena);
			if (rest != NULL)
				value = rest;
		}
		add_unescaped(&b, value);
	}
	value = is_extended && (charset != NULL ||
	    strstr(strbuf_get(&b), "=?") == NULL) ?
	    import(&b, charset == NULL ? "" : charset, arena) :
	    decode_plain(strbuf_get(&b), arena);
	strbuf_clear(&b);
	return value;
}

static const char *
decode_extended(const char *value, struct arena *arena)
{
	struct strbuf	 b = { 0 };
	const char	*charset = "", *rest;

	rest = after_language(value, false, &charset, arena);
	if (rest == NULL && strstr(value, "=?") != NULL)
		return encoded_word_decode(value, arena);
	add_unescaped(&b, rest == NULL ? value : rest);
	value = import(&b, charset, arena);
	strbuf_clear(&b);
	return value;
}

/* The value of each kind that the header has: extended, joined, plain. */
static size_t
decode_all(const char *header, const char *name, const char *out[3],
    struct arena *arena)
{
	struct pieces	 all, numbered;
	const char	*plain = NULL;
	size_t		 i, n = 0;

	numbered.n = 0;
	collect(header, name, &all, arena);
	for (i = 0; i < all.n; i++) {
		if (all.p[i].is_numbered)
			numbered.p[numbered.n++] = all.p[i];
		else if (all.p[i].is_extended && n == 0)
			out[n++] = decode_extended(all.p[i].value, arena);
		else if (!all.p[i].is_extended && plain == NULL)
			plain = decode_plain(all.p[i].value, arena);
	}
	if (numbered.n > 0)
		out[n++] = join_pieces(&numbered, arena);
	if (plain != NULL)
		out[n++] = plain;
	return n;
}

const char *
mime_parameter(const char *header, const char *name, struct arena *arena)
{
	const char	*values[3];

	return decode_all(header, name, values, arena) == 0 ? NULL :
	    values[0];
}

const char *
mime_name_clean(const char *name, struct arena *arena)
{
	const char	*p, *last, *dot;
	char		*clean;
	size_t		 len, kept, extension;

	clean = text_clean(name, arena);
	last = clean;
	for (p = clean; *p != '\0'; p++)
		if ((*p == '/' || *p == '\\') && p[1] != '\0')
			last = p + 1;
	clean = arena_strdup(arena, last);
	len = strlen(clean);
	while (len > 0 && strchr("/\\ ", clean[len - 1]) != NULL)
		clean[--len] = '\0';
	if (strcmp(clean, ".") == 0 || strcmp(clean, "..") == 0)
		return "";
	if (len <= LIMIT_NAME_BYTES)
		return clean;
	dot = strrchr(clean, '.');
	extension = dot == NULL ? 0 : strlen(dot);
	if (extension > EXTENSION_BYTES_MOST)
		extension = 0;
	kept = LIMIT_NAME_BYTES - extension;
	/* not within a letter */
	while (kept > 0 && ((unsigned char)clean[kept] & 0xC0) == 0x80)
		kept--;
	memmove(clean + kept, clean + len - extension, extension + 1);
	return clean;
}

static bool
is_mangled(const char *name)
{
	return name[0] == '\0' || strchr(name, '?') != NULL ||
	    strstr(name, REPLACEMENT) != NULL || strstr(name, "=?") != NULL;
}

const char *
mime_name(const char *disposition, const char *type, struct arena *arena)
{
	const char	*candidates[6], *best;
	size_t		 i, n = 0;

	if (disposition != NULL)
		n += decode_all(disposition, "filename", candidates, arena);
	if (type != NULL)
		n += decode_all(type, "name", candidates + n, arena);
	best = "";
	for (i = 0; i < n; i++) {
		candidates[i] = mime_name_clean(candidates[i], arena);
		if (!is_mangled(candidates[i]))
			return candidates[i];
		if (best[0] == '\0')
			best = candidates[i];
	}
	return best;
}
