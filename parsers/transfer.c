/*
 * Content-Transfer-Encodings as they arrive: gateways add footers, break
 * lines and drop padding, and the report must be found all the same.
 */
#include "parsers/transfer.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "parsers/pages.h"
#include "parsers/strbuf.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
/* How documents begin in base64: zip, OLE, PDF, RTF, RAR. */
static const char *const document_starts[] = { "UEsDB", "0M8R4KGx",
    "JVBERi0", "e1xydGY", "UmFyIR" };
/* Enough lines to be sure of base64. */
#define GUESS_BYTES 1024

struct line {
	const uint8_t	*at;
	size_t		 len; /* without its end */
};

/* Where in a text we are. */
struct reader {
	struct bytes	 text;
	size_t		 at;
	struct pages	*pages; /* what the text may stand in, or NULL */
};

/* The next line; false at the end. */
static bool
next_line(struct reader *r, struct line *line)
{
	struct bytes	 rest = { r->text.data + r->at,
			    r->text.len - r->at };
	const uint8_t	*end;

	if (r->at >= r->text.len)
		return false;
	line->at = rest.data;
	end = pages_find_byte(r->pages, rest, '\n');
	line->len = end == NULL ? rest.len : (size_t)(end - line->at);
	r->at += line->len + 1;
	while (line->len > 0 && (line->at[line->len - 1] == '\r' ||
	    line->at[line->len - 1] == ' ' ||
	    line->at[line->len - 1] == '\t'))
		line->len--;
	return true;
}

enum transfer
transfer_of(const char *label)
{
	static const struct {
		const char	*label;
		enum transfer	 how;
	} labels[] = {
		{ "base64", TRANSFER_BASE64 },
		{ "base-64", TRANSFER_BASE64 },
		{ "quoted-printable", TRANSFER_QUOTED },
		{ "quoted-printeable", TRANSFER_QUOTED },
		{ "quotedprintable", TRANSFER_QUOTED },
		{ "x-uuencode", TRANSFER_UU },
		{ "x-uue", TRANSFER_UU },
		{ "uuencode", TRANSFER_UU },
	};
	size_t	i, n;

	label += strspn(label, " \t\"");
	for (i = 0; i < COUNT(labels); i++) {
		n = strlen(labels[i].label);
		if (strncasecmp(label, labels[i].label, n) == 0)
			return labels[i].how;
	}
	return TRANSFER_NONE;
}

/* One more than the digit; 0 for what is none. URL-safe ones too. */
static const uint8_t base64_digits[256] = {
	['A'] = 1, ['B'] = 2, ['C'] = 3, ['D'] = 4, ['E'] = 5, ['F'] = 6,
	['G'] = 7, ['H'] = 8, ['I'] = 9, ['J'] = 10, ['K'] = 11, ['L'] = 12,
	['M'] = 13, ['N'] = 14, ['O'] = 15, ['P'] = 16, ['Q'] = 17, ['R'] = 18,
	['S'] = 19, ['T'] = 20, ['U'] = 21, ['V'] = 22, ['W'] = 23, ['X'] = 24,
	['Y'] = 25, ['Z'] = 26, ['a'] = 27, ['b'] = 28, ['c'] = 29, ['d'] = 30,
	['e'] = 31, ['f'] = 32, ['g'] = 33, ['h'] = 34, ['i'] = 35, ['j'] = 36,
	['k'] = 37, ['l'] = 38, ['m'] = 39, ['n'] = 40, ['o'] = 41, ['p'] = 42,
	['q'] = 43, ['r'] = 44, ['s'] = 45, ['t'] = 46, ['u'] = 47, ['v'] = 48,
	['w'] = 49, ['x'] = 50, ['y'] = 51, ['z'] = 52, ['0'] = 53, ['1'] = 54,
	['2'] = 55, ['3'] = 56, ['4'] = 57, ['5'] = 58, ['6'] = 59, ['7'] = 60,
	['8'] = 61, ['9'] = 62, ['+'] = 63, ['-'] = 63, ['/'] = 64, ['_'] = 64
};

static int
base64_digit(uint8_t c)
{
	return base64_digits[c] - 1;
}

/* The front of what is left of a line; some never end. */
static bool
next_piece(struct line *rest, struct line *piece, struct pages *pages)
{
	piece->at = rest->at;
	piece->len = pages_piece(pages, rest->len);
	rest->at += piece->len;
	rest->len -= piece->len;
	pages_passed(pages, piece->len);
	return piece->len > 0;
}

/* Letters of base64 in the line, up to its padding. */
static size_t
base64_letters(const struct line *line, struct pages *pages)
{
	struct line	rest = *line, piece;
	size_t		i, n = 0;

	while (next_piece(&rest, &piece, pages))
		for (i = 0; i < piece.len; i++)
			n += base64_digit(piece.at[i]) >= 0;
	return n;
}

static bool
has_blank(const struct line *line, struct pages *pages)
{
	return pages_find_byte(pages, (struct bytes){ line->at, line->len },
	    ' ') != NULL;
}

/*
 * A line of words is no data: it has blanks inside, or too much that is
 * not in the alphabet. A stray byte in a long line is only passed over.
 */
static bool
is_base64_line(const struct line *line, struct pages *pages)
{
	size_t	padding, letters = base64_letters(line, pages);

	for (padding = 0; padding < line->len && padding < 2 &&
	    line->at[line->len - 1 - padding] == '='; padding++)
		;
	if (letters + padding == line->len)
		return true;
	return !has_blank(line, pages) &&
	    letters * 10 >= line->len * 9;
}

struct base64 {
	uint32_t	bits;
	unsigned	n; /* digits pending, 0..3 */
	bool		is_padded; /* an end has been seen */
};

static void
decode_base64_line(const struct line *line, struct base64 *state,
    struct strbuf *out)
{
	char	room[3];
	size_t	i;
	int	digit;

	for (i = 0; i < line->len; i++) {
		digit = base64_digit(line->at[i]);
		if (digit < 0) {
			if (line->at[i] == '=') {
				state->n = 0;
				state->is_padded = true;
			}
			continue;
		}
		state->bits = state->bits << 6 | (uint32_t)digit;
		if (state->n > 0) {
			room[0] = (char)(state->bits >>
			    (6 - 2 * state->n));
			strbuf_add(out, room, 1);
		}
		state->n = (state->n + 1) % 4;
	}
}

/* Whole lines without fault, the usual case, four letters at a time. */
static bool
decode_base64_fast(const struct line *line, const struct base64 *state,
    struct strbuf *out)
{
	char		room[3 * 64];
	uint32_t	bits;
	size_t		i, k, n = 0;
	int		digit;

	if (state->n != 0 || line->len % 4 != 0 || line->len > 4 * 64)
		return false;
	for (i = 0; i < line->len; i += 4) {
		bits = 0;
		for (k = 0; k < 4; k++) {
			digit = base64_digit(line->at[i + k]);
			if (digit < 0)
				return false;
			bits = bits << 6 | (uint32_t)digit;
		}
		room[n++] = (char)(bits >> 16);
		room[n++] = (char)(bits >> 8);
		room[n++] = (char)bits;
	}
	strbuf_add(out, room, n);
	return true;
}

static void
decode_base64(struct reader *r, struct strbuf *out)
{
	struct base64	state = { 0 };
	struct line	line, piece;

	while (next_line(r, &line)) {
		if (line.len == 0)
			continue;
		/* behind the end only whole lines of data are data */
		if (state.is_padded && (line.len % 4 != 0 ||
		    has_blank(&line, r->pages)))
			break;
		if (decode_base64_fast(&line, &state, out) ||
		    !is_base64_line(&line, r->pages))
			continue;
		while (next_piece(&line, &piece, r->pages))
			decode_base64_line(&piece, &state, out);
	}
}

static int
hex_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 32;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void
decode_quoted(struct reader *r, struct strbuf *out)
{
	struct line	line;
	const uint8_t	*p, *end, *plain;
	bool		is_soft;

	while (next_line(r, &line)) {
		is_soft = line.len > 0 && line.at[line.len - 1] == '=';
		end = line.at + line.len - (is_soft ? 1 : 0);
		for (p = plain = line.at; p < end; p++) {
			if (*p != '=' || end - p < 3 ||
			    hex_digit(p[1]) < 0 || hex_digit(p[2]) < 0)
				continue;
			strbuf_add(out, plain, (size_t)(p - plain));
			strbuf_addc(out, (char)(hex_digit(p[1]) * 16 +
			    hex_digit(p[2])));
			p += 2;
			plain = p + 1;
		}
		strbuf_add(out, plain, (size_t)(end - plain));
		if (!is_soft && r->at <= r->text.len)
			strbuf_addc(out, '\n');
	}
}

static bool
is_uu_begin(const struct line *line)
{
	return line->len > 10 && memcmp(line->at, "begin ", 6) == 0 &&
	    line->at[6] >= '0' && line->at[6] <= '7' &&
	    memchr(line->at + 6, ' ', line->len - 6) != NULL;
}

static bool
is_uu_end(const struct line *line)
{
	return line->len == 3 && memcmp(line->at, "end", 3) == 0;
}

static void
decode_uu_line(const struct line *line, struct strbuf *out)
{
	uint32_t	bits;
	size_t		want, i, k;
	char		byte;

	if (line->len == 0)
		return;
	want = (line->at[0] - 32U) & 63;
	/* blanks at the end may be gone: they are zeros */
	for (i = 1; want > 0; i += 4) {
		bits = 0;
		for (k = 0; k < 4; k++)
			bits = bits << 6 | (i + k < line->len ?
			    (line->at[i + k] - 32U) & 63 : 0);
		for (k = 0; k < 3 && want > 0; k++, want--) {
			byte = (char)(bits >> (16 - 8 * k));
			strbuf_add(out, &byte, 1);
		}
	}
}

static void
decode_uu(struct reader *r, struct strbuf *out)
{
	struct line	line;
	bool		is_inside = false;

	while (next_line(r, &line)) {
		if (!is_inside)
			is_inside = is_uu_begin(&line);
		else if (is_uu_end(&line))
			return;
		else
			decode_uu_line(&line, out);
	}
}

bool
transfer_find_uu(struct bytes text, size_t *at, struct bytes *name,
    struct bytes *block, struct pages *pages)
{
	struct reader	 r = { text, *at, pages };
	struct line	 line;
	const uint8_t	*blank;
	size_t		 start = 0;
	bool		 is_inside = false, is_found = false;

	while (!is_found && next_line(&r, &line)) {
		if (!is_inside && is_uu_begin(&line)) {
			is_inside = true;
			start = (size_t)(line.at - text.data);
			blank = memchr(line.at + 6, ' ', line.len - 6);
			name->data = blank + 1;
			name->len = line.len - (size_t)(blank + 1 - line.at);
		} else if (is_inside && is_uu_end(&line)) {
			block->data = text.data + start;
			block->len = (r.at < text.len ? r.at : text.len) -
			    start;
			is_found = true;
		}
	}
	*at = r.at;
	return is_found;
}

enum transfer
transfer_guess(struct bytes content, enum transfer labelled)
{
	struct bytes	start = content;
	struct reader	r = { 0 };
	struct line	line;
	size_t		i, n;

	if (labelled != TRANSFER_NONE)
		return labelled;
	while (start.len > 0 && strchr(" \t\r\n", start.data[0]) != NULL) {
		start.data++;
		start.len--;
	}
	for (i = 0; i < COUNT(document_starts); i++) {
		n = strlen(document_starts[i]);
		if (start.len > n &&
		    memcmp(start.data, document_starts[i], n) == 0)
			break;
	}
	if (i == COUNT(document_starts))
		return TRANSFER_NONE;
	if (start.len > GUESS_BYTES)
		start.len = GUESS_BYTES;
	/* the last line may be cut */
	r.text = start;
	while (next_line(&r, &line))
		if (base64_letters(&line, NULL) < line.len &&
		    r.at < start.len)
			return TRANSFER_NONE;
	return TRANSFER_BASE64;
}

void
transfer_decode(struct bytes content, enum transfer how, struct strbuf *out,
    struct pages *pages)
{
	struct reader	r = { content, 0, pages };

	switch (how) {
	case TRANSFER_BASE64:
		decode_base64(&r, out);
		break;
	case TRANSFER_QUOTED:
		decode_quoted(&r, out);
		break;
	case TRANSFER_UU:
		decode_uu(&r, out);
		break;
	case TRANSFER_NONE:
		pages_add(pages, out, content);
		break;
	}
}
