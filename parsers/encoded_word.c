/*
 * RFC 2047 as mailers practise it: words within quotes, words that touch,
 * letters split between words, blanks within them. The bytes of a run of
 * words are collected first and converted once.
 */
#include "parsers/encoded_word.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "parsers/arena.h"
#include "parsers/charset.h"
#include "parsers/strbuf.h"

#define CHARSET_BYTES 40
/* A word should have 75; looking further would cost quadratic time. */
#define WORD_BYTES_MOST 8192

struct word {
	char		 charset[CHARSET_BYTES + 1];
	bool		 is_base64;
	const char	*text;
	size_t		 len;
	const char	*after;
};

struct decoding {
	struct strbuf	 out;
	struct strbuf	 run;	/* bytes of words of one charset */
	char		 charset[CHARSET_BYTES + 1];
	bool		 has_run;
	struct arena	*arena;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 32;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int
base64_digit(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '+' || c == '-')
		return 62;
	return c == '/' || c == '_' ? 63 : -1;
}

/* The "?=" that ends the word; a '?' before "=C3" is only a question. */
static const char *
word_end(const char *text, bool is_base64)
{
	const char	*end;
	size_t		 len;

	len = strnlen(text, WORD_BYTES_MOST);
	for (end = memmem(text, len, "?=", 2); end != NULL;
	    end = memmem(end + 1, (size_t)(text + len - end - 1), "?=", 2))
		if (is_base64 || hex_digit(end[2]) < 0 ||
		    hex_digit(end[3]) < 0)
			return end;
	return NULL;
}

/* Is there a word at s, which begins with "=?"? */
static bool
parse_word(const char *s, struct word *w)
{
	const char	*end;
	size_t		 len;

	s += 2;
	len = strcspn(s, "?*= \t");
	if (len == 0 || len > CHARSET_BYTES)
		return false;
	memcpy(w->charset, s, len);
	w->charset[len] = '\0';
	s += len;
	if (*s == '*') /* a language, RFC 2231 §5 */
		s += strcspn(s, "?= \t");
	if (s[0] != '?' || s[1] == '\0' || s[2] != '?' ||
	    strchr("bBqQ", s[1]) == NULL)
		return false;
	w->is_base64 = (s[1] | 32) == 'b';
	w->text = s + 3;
	end = word_end(w->text, w->is_base64);
	if (end == NULL)
		return false;
	w->len = (size_t)(end - w->text);
	w->after = end + 2;
	return true;
}

static void
add_base64(struct strbuf *out, const struct word *w)
{
	uint32_t	bits = 0;
	unsigned	n = 0;
	size_t		i;
	int		digit;

	for (i = 0; i < w->len; i++) {
		digit = base64_digit(w->text[i]);
		if (digit < 0) {
			/* padding ends a group, even within a word */
			if (w->text[i] == '=')
				n = 0;
			continue;
		}
		bits = bits << 6 | (uint32_t)digit;
		if (n > 0)
			strbuf_addc(out, (char)(bits >> (6 - 2 * n)));
		n = (n + 1) % 4;
	}
}

static void
add_quoted(struct strbuf *out, const struct word *w)
{
	const char	*s = w->text, *end = w->text + w->len;

	for (; s < end; s++) {
		if (*s == '_') {
			strbuf_addc(out, ' ');
		} else if (*s == '=' && end - s > 2 &&
		    hex_digit(s[1]) >= 0 && hex_digit(s[2]) >= 0) {
			strbuf_addc(out, (char)(hex_digit(s[1]) * 16 +
			    hex_digit(s[2])));
			s += 2;
		} else {
			strbuf_addc(out, *s);
		}
	}
}

static void
add_imported(struct decoding *d, const char *s, size_t len,
    const char *charset)
{
	strbuf_adds(&d->out, charset_import((struct bytes){
	    (const uint8_t *)s, len }, charset, d->arena));
}

static void
end_run(struct decoding *d)
{
	if (d->has_run)
		add_imported(d, strbuf_get(&d->run), d->run.len,
		    d->charset);
	strbuf_reset(&d->run);
	d->has_run = false;
}

static void
add_word(struct decoding *d, const struct word *w)
{
	if (d->has_run && strcasecmp(d->charset, w->charset) != 0)
		end_run(d);
	memcpy(d->charset, w->charset, sizeof(d->charset));
	d->has_run = true;
	if (w->is_base64)
		add_base64(&d->run, w);
	else
		add_quoted(&d->run, w);
}

/* Text that is no word; blanks between two words vanish. */
static void
add_plain(struct decoding *d, const char *s, size_t len, bool word_follows)
{
	size_t	i;

	for (i = 0; i < len && is_blank(s[i]); i++)
		;
	if (i == len && d->has_run && word_follows)
		return;
	end_run(d);
	add_imported(d, s, len, "");
}

const char *
encoded_word_decode(const char *raw, struct arena *arena)
{
	struct decoding	 d = { .arena = arena };
	struct word	 w;
	const char	*plain, *s, *decoded;

	plain = raw;
	for (s = strstr(raw, "=?"); s != NULL; s = strstr(s, "=?")) {
		if (!parse_word(s, &w)) {
			s += 2;
			continue;
		}
		if (s > plain)
			add_plain(&d, plain, (size_t)(s - plain), true);
		add_word(&d, &w);
		s = plain = w.after;
	}
	if (*plain != '\0')
		add_plain(&d, plain, strlen(plain), false);
	end_run(&d);
	decoded = arena_strndup(arena, strbuf_get(&d.out), d.out.len);
	strbuf_clear(&d.out);
	strbuf_clear(&d.run);
	return decoded;
}
