/*
 * What in a document is no place for headings: the letterhead before the
 * title, the title itself, the tail with recipients and signature, annexes,
 * tables of figures. The words that mark these places are the same in every
 * Vietnamese office paper; they are compared on bare keys (ASCII).
 */
#include "parsers/heading_skip.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/heading_table.h"
#include "parsers/label.h"
#include "parsers/text.h"

#define HEAD_LOOK 80		/* paragraphs looked through for a title */
#define PLAIN_TITLE_LOOK 15	/* … for one that does not stand out */
#define PLAIN_TITLE_WORDS 30
#define SUBJECT_LINES 6
#define SHORT_BYTES 200		/* a longer line is never a mark of a zone */
#define DATE_BYTES 100
#define TAIL_LINES 60		/* most lines of Nơi nhận and signature */
#define SIGNER_LINES 3		/* offices above a signer's name */
#define SECOND_BODY 3		/* labels that make a first body real */
#define CLOSING_WORDS 30
#define ANNEX_TITLE_LINES 3

/* Kinds of papers, as they stand alone in the title's line. */
static const char *const title_words[] = {
	"bao cao", "to trinh", "ke hoach", "thong bao", "bien ban",
	"chuong trinh", "de cuong", "ban bao cao", "nghi quyet", "huong dan",
};

/* Lines that stand only above the title. */
static const char *const head_words[] = {
	"dang cong san viet nam", "cong hoa xa hoi chu nghia viet nam",
	"doc lap tu do hanh phuc",
};

/* Powers and offices of signers, at the start of a line in capitals. */
static const char *const signer_words[] = {
	"tm ", "t m ", "kt ", "k t ", "tl ", "t l ", "tuq ", "t uq ",
	"bi thu", "pho bi thu", "chu tich", "pho chu tich", "hieu truong",
	"pho hieu truong", "giam doc", "pho giam doc", "truong ban",
	"pho truong ban", "tram truong", "pho tram truong", "to truong",
	"chi huy truong", "chinh tri vien", "thu truong", "truong cong an",
	"pho truong cong an", "chanh van phong", "tong giam doc",
	"chu nhiem", "truong don vi", "nguoi bao cao", "nguoi lap bao cao",
	"nguoi viet bao cao", "nguoi lap bieu", "nguoi lap",
};

/* A letter or digit; E2 and EF lead dashes, dots, quotes, bullets. */
static bool
begins_word(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || (c >= 0xC3 && c != 0xE2 && c != 0xEF);
}

static const char *
next_word(const char *s, const char *end)
{
	while (s < end && !begins_word((unsigned char)*s))
		s++;
	return s;
}

uint32_t
heading_words(const char *s, size_t len)
{
	const char	*end = s + len;
	uint32_t	 n = 0;

	for (;;) {
		s = next_word(s, end);
		if (s == end)
			return n;
		n++;
		s = memchr(s, ' ', (size_t)(end - s));
		if (s == NULL)
			return n;
	}
}

static uint32_t
words_of(const struct paragraph *p)
{
	return heading_words(p->text, strlen(p->text));
}

/* The bare key of a short line, "" for a long one. */
static const char *
short_key(const struct paragraph *p, struct arena *arena)
{
	if (strnlen(p->text, SHORT_BYTES + 1) > SHORT_BYTES)
		return "";
	return text_key(p->text, TEXT_KEY_BARE, arena);
}

static bool
begins(const char *key, const char *words)
{
	return strncmp(key, words, strlen(words)) == 0;
}

static bool
stands_out(const struct paragraph *p)
{
	return p->bold >= 60 || p->caps >= 80 || p->centred || p->is_title;
}

/* A line of signs only: "-----", "*", "____". */
static bool
is_rule(const struct paragraph *p)
{
	const char	*end = p->text + strlen(p->text);

	return end > p->text && next_word(p->text, end) == end;
}

/* The line that names the kind of paper. */
static bool
is_title_line(const struct paragraph *p, const char *key)
{
	size_t	i, len;

	if (!stands_out(p) || p->number[0] != '\0')
		return false;
	for (i = 0; i < sizeof(title_words) / sizeof(title_words[0]); i++) {
		len = strlen(title_words[i]);
		if (!begins(key, title_words[i]))
			continue;
		if (key[len] == '\0')
			return true;
		/* "BÁO CÁO KẾT QUẢ …" in one line */
		if (key[len] == ' ' && i == 0 && (p->caps >= 80 ||
		    p->centred || p->is_title || (p->n_breaks > 0 &&
		    p->bold >= 60)))
			return true;
	}
	return false;
}

/* "Thủy Nguyên, ngày 12 tháng 5 năm 2026", days and months maybe blank. */
static bool
is_date_line(const char *key)
{
	const char	*day = strstr(key, " ngay"), *month;

	if (day == NULL || day - key > 40)
		return false;
	month = strstr(day, " thang");
	return month != NULL && month - day < 12 &&
	    strstr(month, " nam") != NULL && strlen(month) < 24;
}

/* "Số 08-BC/CB", "Số: /BC-UBND" */
static bool
is_number_line(const struct paragraph *p, const char *key)
{
	return (begins(key, "so ") || strcmp(key, "so") == 0) &&
	    strpbrk(p->text, "/-") != NULL && words_of(p) <= 5;
}

static bool
is_head_line(const struct paragraph *p, const char *key)
{
	size_t	i;

	for (i = 0; i < sizeof(head_words) / sizeof(head_words[0]); i++)
		if (begins(key, head_words[i]))
			return true;
	return is_date_line(key) || is_number_line(p, key);
}

static bool
is_signer_line(const struct paragraph *p, const char *key)
{
	size_t	i;

	if (p->caps < 70 || p->number[0] != '\0' || words_of(p) > 12)
		return false;
	for (i = 0; i < sizeof(signer_words) / sizeof(signer_words[0]); i++)
		if (begins(key, signer_words[i]))
			return true;
	return false;
}

static bool
is_recipients_line(const char *key)
{
	return begins(key, "noi nhan") && strlen(key) < 40;
}

/* "Trên đây là báo cáo của …": the end, no text of the last section. */
static bool
is_closing_line(const struct paragraph *p, const char *key)
{
	return begins(key, "tren day la ") && p->number[0] == '\0' &&
	    words_of(p) <= CLOSING_WORDS;
}

static bool
is_annex_line(const struct paragraph *p, const char *key)
{
	struct label	l;

	if (!stands_out(p) || p->number[0] != '\0' || words_of(p) > 14 ||
	    label_parse(p->text, &l))
		return false;
	return begins(key, "phu luc") || begins(key, "bieu so") ||
	    begins(key, "bieu mau");
}

/* ---- the head */

/* "Báo cáo kết quả …" as plain as the rest, above everything numbered. */
static bool
is_plain_title(const struct paragraph *p, const char *key)
{
	return begins(key, "bao cao ") && p->number[0] == '\0' &&
	    words_of(p) <= PLAIN_TITLE_WORDS &&
	    p->text[strlen(p->text) - 1] != '.' &&
	    p->text[strlen(p->text) - 1] != ':';
}

/* Index of the title's line, SIZE_MAX when there is none. */
static size_t
find_title(const struct document *doc, size_t from, struct arena *arena)
{
	size_t		 i, seen = 0, plain_title = SIZE_MAX;
	struct label	 l;
	const char	*key;

	for (i = from; i < doc->n && seen < HEAD_LOOK; i++) {
		if (doc->paragraphs[i].text[0] == '\0')
			continue;
		seen++;
		key = short_key(&doc->paragraphs[i], arena);
		if (is_title_line(&doc->paragraphs[i], key))
			return i;
		/* a plain one only where the body has not begun */
		if (label_parse(doc->paragraphs[i].text, &l) &&
		    l.kind != LABEL_BULLET)
			seen = HEAD_LOOK;
		else if (plain_title == SIZE_MAX && seen <= PLAIN_TITLE_LOOK &&
		    is_plain_title(&doc->paragraphs[i], key))
			plain_title = i;
	}
	return plain_title;
}

static bool
begins_small(const char *s)
{
	return (*s >= 'a' && *s <= 'z') || strncmp(s, "đ", 2) == 0;
}

/* May the line belong to the subject under the title? first: the first. */
static bool
is_subject_line(const struct paragraph *p, const struct paragraph *title,
    bool first, const char *key)
{
	struct label	l;

	if (p->is_title)
		return true;
	if (p->number[0] != '\0' || p->style_level > 0 ||
	    label_parse(p->text, &l) || words_of(p) > 60 ||
	    begins(key, "kinh gui"))
		return false;
	if (p->table != title->table && p->row_cells > 1)
		return false;
	if (title->centred && !p->centred && !first && p->table == 0)
		return false;
	if (p->centred || p->bold >= 60 || p->italic >= 60)
		return true;
	return first && (begins_small(p->text) || begins(key, "v v ") ||
	    begins(key, "ve "));
}

/* Marks the subject lines under the title at t; returns the line behind. */
static size_t
mark_subject(const struct document *doc, size_t t, uint8_t *zone,
    struct arena *arena)
{
	const struct paragraph	*p;
	size_t			 i, lines = 0;
	bool			 gap = false;

	for (i = t + 1; i < doc->n && lines < SUBJECT_LINES; i++) {
		p = &doc->paragraphs[i];
		if (p->text[0] == '\0') {
			gap = lines > 0;
			continue;
		}
		if (is_rule(p)) {
			zone[i] = ZONE_MARK;
			return i + 1;
		}
		/* small capitals after large ones: another kind of line */
		if (gap || !is_subject_line(p, &doc->paragraphs[t],
		    lines == 0, short_key(p, arena)) ||
		    (lines > 0 && p->caps >= 80 &&
		    doc->paragraphs[i - 1].caps < 80))
			break;
		zone[i] = ZONE_TITLE;
		lines++;
	}
	return i;
}

/* "Kính gửi:" and the lines under it. Returns the line behind. */
static size_t
mark_addressees(const struct document *doc, size_t i, uint8_t *zone,
    struct arena *arena)
{
	const struct paragraph	*p;
	struct label		 l;
	const char		*key;

	while (i < doc->n && doc->paragraphs[i].text[0] == '\0')
		i++;
	if (i >= doc->n)
		return i;
	key = short_key(&doc->paragraphs[i], arena);
	if (!begins(key, "kinh gui"))
		return i;
	for (zone[i++] = ZONE_HEAD; i < doc->n; i++) {
		p = &doc->paragraphs[i];
		if (p->text[0] != '\0' && !p->is_bullet &&
		    !(label_parse(p->text, &l) && l.kind == LABEL_BULLET))
			break;
		if (p->text[0] != '\0' && words_of(p) > 20)
			break;
		zone[i] = ZONE_HEAD;
	}
	return i;
}

/* Without a title: the head ends with its last known line. */
static size_t
mark_untitled_head(const struct document *doc, uint8_t *zone,
    struct arena *arena)
{
	size_t	i, end = 0, seen = 0;

	for (i = 0; i < doc->n && seen < 25; i++) {
		if (doc->paragraphs[i].text[0] == '\0')
			continue;
		seen++;
		if (is_head_line(&doc->paragraphs[i],
		    short_key(&doc->paragraphs[i], arena)))
			end = i + 1;
	}
	/* the whole table that the letterhead stands in */
	while (end > 0 && end < doc->n && doc->paragraphs[end].table > 0 &&
	    doc->paragraphs[end].table == doc->paragraphs[end - 1].table &&
	    words_of(&doc->paragraphs[end]) <= HEADING_LONG_CELL)
		end++;
	memset(zone, ZONE_HEAD, end);
	return end;
}

/* Head, title and subject from paragraph `from` on; the body's start. */
static size_t
mark_head(const struct document *doc, size_t from, uint8_t *zone,
    struct arena *arena)
{
	size_t	t = find_title(doc, from, arena), i;

	if (t == SIZE_MAX)
		return from > 0 ? from : mark_addressees(doc,
		    mark_untitled_head(doc, zone, arena), zone, arena);
	memset(zone + from, ZONE_HEAD, t - from);
	zone[t] = ZONE_TITLE;
	i = mark_subject(doc, t, zone, arena);
	return mark_addressees(doc, i, zone, arena);
}

/* ---- the tail */

/* A line that speaks for a body still going on. */
static bool
is_strong_label(const struct paragraph *p)
{
	struct label	l;

	if (p->style_level > 0)
		return true;
	if (p->number[0] != '\0' && !p->is_bullet)
		return p->bold >= 60;
	return label_parse(p->text, &l) && l.kind != LABEL_BULLET &&
	    (l.kind == LABEL_ROMAN || l.kind == LABEL_PART ||
	    p->bold >= 60) && p->text[l.title] != '\0';
}

/* Does from i on nothing follow but a tail, up to an annex or the end? */
static bool
is_tail(const struct document *doc, size_t i, struct arena *arena)
{
	const struct paragraph	*p;
	const char		*key;
	size_t			 lines = 0;

	for (; i < doc->n; i++) {
		p = &doc->paragraphs[i];
		if (p->text[0] == '\0')
			continue;
		key = short_key(p, arena);
		if (is_annex_line(p, key) || is_title_line(p, key))
			return true;
		if (++lines > TAIL_LINES || is_strong_label(p))
			return false;
	}
	return true;
}

/* Annex at i: its title's lines are titles, the rest annex. */
static void
mark_annex_title(const struct document *doc, size_t i, uint8_t *zone)
{
	size_t	lines = 0;

	for (; i < doc->n && lines <= ANNEX_TITLE_LINES; i++) {
		if (doc->paragraphs[i].text[0] == '\0')
			continue;
		if (!stands_out(&doc->paragraphs[i]) ||
		    doc->paragraphs[i].table > 0)
			return;
		zone[i] = ZONE_TITLE;
		lines++;
	}
}

/*
 * Is it worth making a key of? A title, an annex, a signer stands out;
 * "Nơi nhận", "Trên đây là …" and the line of place and date are short.
 */
static bool
may_mark(const struct paragraph *p)
{
	return stands_out(p) || p->text[0] == 'N' || p->text[0] == 'n' ||
	    (p->text[0] == 'T' && p->text[1] == 'r') ||
	    (strnlen(p->text, DATE_BYTES + 1) <= DATE_BYTES &&
	    strstr(p->text, "ngày") != NULL);
}

/* One walk over the body, told what has begun so far. */
struct walk {
	const struct document *doc;
	uint8_t		*zone;
	struct arena	*arena;
	size_t		 labels; /* strong ones seen in the body */
	enum zone	 now;
};

/* Takes paragraph i; returns the next to take. */
static size_t
walk_step(struct walk *w, size_t i)
{
	const struct paragraph	*p = &w->doc->paragraphs[i];
	const char		*key;

	if (p->text[0] == '\0')
		return i + 1;
	if (w->now == ZONE_BODY && is_strong_label(p))
		w->labels++;
	if (is_rule(p) && w->now == ZONE_BODY) {
		w->zone[i] = ZONE_MARK;
		return i + 1;
	}
	key = may_mark(p) ? short_key(p, w->arena) : "";
	if (is_title_line(p, key) && w->now != ZONE_BODY) {
		if (w->labels >= SECOND_BODY) {
			w->now = ZONE_ANNEX;
		} else {
			w->now = ZONE_BODY;
			return mark_head(w->doc, i, w->zone, w->arena);
		}
	}
	if (is_annex_line(p, key) && w->labels > 0) {
		w->now = ZONE_ANNEX;
		w->zone[i] = ZONE_ANNEX;
		mark_annex_title(w->doc, i, w->zone);
		return i + 1;
	}
	if (w->now == ZONE_BODY && is_closing_line(p, key) &&
	    is_tail(w->doc, i + 1, w->arena)) {
		w->zone[i] = ZONE_CLOSING;
		return i + 1;
	}
	if (w->now != ZONE_TAIL && *key != '\0' && (is_recipients_line(key) ||
	    is_signer_line(p, key) || is_date_line(key))) {
		if (is_tail(w->doc, i + 1, w->arena))
			w->now = ZONE_TAIL;
		else if (!is_signer_line(p, key) && words_of(p) <= 12)
			w->zone[i] = ZONE_TAIL;
	}
	if (w->now != ZONE_BODY && w->zone[i] != ZONE_TITLE)
		w->zone[i] = (uint8_t)w->now;
	return i + 1;
}

/* "Trần Thị B": two to six words, each with a capital, none all capitals. */
static bool
is_name(const struct paragraph *p)
{
	const char	*s;
	uint32_t	 n = words_of(p);

	if (n < 2 || n > 6 || p->caps >= 80 || p->number[0] != '\0' ||
	    strpbrk(p->text, ":;0123456789") != NULL)
		return false;
	for (s = p->text; s != NULL && *s != '\0'; s = strchr(s, ' ')) {
		s += *s == ' ';
		if (*s >= 'a' && *s <= 'z')
			return false;
	}
	return true;
}

/* Does the line name an office, in capitals or by words on the list? */
static bool
is_office(const struct paragraph *p, struct arena *arena)
{
	struct label	 l;
	const char	*key;
	size_t		 i;

	if (words_of(p) > 10 || p->number[0] != '\0' ||
	    p->style_level > 0 || label_parse(p->text, &l))
		return false;
	if (p->caps >= 70)
		return true;
	key = short_key(p, arena);
	for (i = 0; i < sizeof(signer_words) / sizeof(signer_words[0]); i++)
		if (begins(key, signer_words[i]))
			return true;
	return false;
}

/*
 * A signer whose office is on no list, or not in capitals: the last line of
 * the body is a name, and the ones before it are offices.
 */
static void
mark_signer(const struct document *doc, size_t body, uint8_t *zone,
    struct arena *arena)
{
	size_t	i, lines = 0, name = doc->n;

	for (i = doc->n; i-- > body && lines <= SIGNER_LINES;) {
		if (zone[i] != ZONE_BODY ||
		    doc->paragraphs[i].text[0] == '\0')
			continue;
		if (lines == 0 && !is_name(&doc->paragraphs[i]))
			return;
		if (lines == 0)
			name = i;
		else if (is_office(&doc->paragraphs[i], arena))
			zone[name] = zone[i] = ZONE_TAIL;
		else
			return;
		lines++;
	}
}

uint8_t *
heading_zones(const struct document *doc, struct arena *arena)
{
	struct walk	w = { .doc = doc, .arena = arena };
	size_t		i, body;

	w.zone = arena_calloc(arena, doc->n + 1, sizeof(*w.zone));
	body = mark_head(doc, 0, w.zone, arena);
	heading_mark_tables(doc, body, w.zone, arena);
	for (i = body; i < doc->n;)
		i = walk_step(&w, i);
	mark_signer(doc, body, w.zone, arena);
	return w.zone;
}
