/*
 * Foreign charsets to UTF-8. iconv() keeps the last letter of Vietnamese
 * code pages back, to compose it with a tone mark that may follow: it must
 * be flushed at the end.
 */
#include "parsers/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include <unistr.h>

#include "parsers/arena.h"
#include "parsers/strbuf.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define REPLACEMENT "\xEF\xBF\xBD"
#define PIECE_BYTES 4096

/* Spellings that iconv does not know, and supersets that senders mean. */
static const struct {
	const char	*label;
	const char	*meant;
} aliases[] = {
	{ "utf8", "UTF-8" },
	{ "unicode-1-1-utf-7", "UTF-7" },
	{ "us-ascii", "windows-1252" },
	{ "ascii", "windows-1252" },
	{ "iso-8859-1", "windows-1252" },
	{ "iso8859-1", "windows-1252" },
	{ "latin1", "windows-1252" },
	{ "iso-8859-9", "windows-1254" },
	{ "iso-8859-11", "windows-874" },
	{ "tis-620", "windows-874" },
	{ "gb2312", "GBK" },
	{ "x-gbk", "GBK" },
	{ "ks_c_5601-1987", "CP949" },
	{ "ks_c_5601", "CP949" },
	{ "euc-kr", "CP949" },
	{ "x-sjis", "SHIFT_JIS" },
	{ "big5-hkscs", "BIG5" },
	{ "cp-850", "IBM850" },
	{ "x-viet-tcvn", "TCVN5712-1" },
	{ "x-viet-tcvn5712", "TCVN5712-1" },
	{ "tcvn", "TCVN5712-1" },
	{ "tcvn-5712", "TCVN5712-1" },
	{ "tcvn5712", "TCVN5712-1" },
	{ "tcvn5712-1:1993", "TCVN5712-1" },
	{ "x-viet-viscii", "VISCII" },
	{ "viscii1.1-1", "VISCII" },
	{ "x-windows-1258", "windows-1258" },
	{ "win-1258", "windows-1258" },
};

/* Labels that mailers put on UTF-8 text as well. */
static const char *const loose[] = { "windows-1252", "windows-1258",
    "UTF-8", "" };

static const char *
meaning_of(const char *label)
{
	size_t	i;

	for (i = 0; i < COUNT(aliases); i++)
		if (strcasecmp(label, aliases[i].label) == 0)
			return aliases[i].meant;
	return label;
}

static bool
is_loose(const char *label)
{
	size_t	i;

	for (i = 0; i < COUNT(loose); i++)
		if (strcasecmp(label, loose[i]) == 0)
			return true;
	return false;
}

/* Add UTF-8 text; what is not UTF-8, and NUL, as U+FFFD. */
static void
add_utf8(struct strbuf *out, struct bytes text)
{
	const uint8_t	*at = text.data, *end = text.data + text.len, *stop;
	const uint8_t	*nul;

	while (at < end) {
		stop = u8_check(at, (size_t)(end - at));
		if (stop == NULL)
			stop = end;
		nul = memchr(at, '\0', (size_t)(stop - at));
		if (nul != NULL)
			stop = nul;
		strbuf_add(out, at, (size_t)(stop - at));
		if (stop == end)
			break;
		strbuf_adds(out, REPLACEMENT);
		at = stop + 1;
	}
}

/* Take the converted piece over; a NUL in it came from the sender. */
static void
add_piece(struct strbuf *out, const char *piece, size_t len)
{
	add_utf8(out, (struct bytes){ (const uint8_t *)piece, len });
}

static void
convert(iconv_t cd, struct bytes text, struct strbuf *out)
{
	char	 piece[PIECE_BYTES];
	char	*in = (char *)(uintptr_t)text.data, *to;
	size_t	 in_left = text.len, room, failed;
	bool	 at_end = false;

	while (!at_end) {
		to = piece;
		room = sizeof(piece);
		at_end = in_left == 0;
		/* with no input left: what the converter still holds */
		failed = iconv(cd, at_end ? NULL : &in,
		    at_end ? NULL : &in_left, &to, &room);
		add_piece(out, piece, sizeof(piece) - room);
		if (failed != (size_t)-1 || errno == E2BIG || at_end)
			continue;
		/* EILSEQ, or EINVAL: cut in the middle of a character */
		strbuf_adds(out, REPLACEMENT);
		in++;
		in_left--;
	}
}

char *
charset_import(struct bytes text, const char *label, struct arena *arena)
{
	struct strbuf	 out = { 0 };
	iconv_t		 cd;
	char		*imported;

	label = meaning_of(label);
	if (text.len > 0 && is_loose(label) &&
	    u8_check(text.data, text.len) == NULL) {
		add_utf8(&out, text);
		goto done;
	}
	if (strcasecmp(label, "UTF-8") == 0) {
		add_utf8(&out, text);
		goto done;
	}
	cd = (iconv_t)-1;
	if (label[0] != '\0')
		cd = iconv_open("UTF-8", label);
	if (cd == (iconv_t)-1) {
		/* nothing is known: UTF-8 if it can be */
		if (text.len == 0 || u8_check(text.data, text.len) == NULL) {
			add_utf8(&out, text);
			goto done;
		}
		cd = iconv_open("UTF-8", CHARSET_UNKNOWN);
	}
	if (cd == (iconv_t)-1) {
		add_utf8(&out, text);
		goto done;
	}
	convert(cd, text, &out);
	iconv_close(cd);
done:
	imported = arena_strndup(arena, strbuf_get(&out), out.len);
	strbuf_clear(&out);
	return imported;
}
