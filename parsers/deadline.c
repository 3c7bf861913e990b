/*
 * Deadlines as letters word them: "trước ngày 14/5/2026", "chậm nhất là
 * 16 giờ 30 phút, thứ Năm, ngày 14 tháng 5", "Hạn nộp: 17h00 ngày 14/5".
 *
 * Every date is tried; the words before it, walked backwards, tell whether
 * it is a deadline and how to read it. The nearest telling word decides:
 * "chậm nhất trước ngày D" is "trước ngày D".
 */
#include "parsers/deadline.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/deadline_span.h"
#include "parsers/lingo.h"
#include "parsers/words.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))
#define WALK_WORDS 14		/* farthest a telling word may stand */
#define LOOSE_WORDS 20		/* the same for "hạn nộp … :" */
#define MINUTES_A_DAY (24 * 60)
#define KEY_DAY "ngay2"
#define KEY_HOUR "giơ2"
#define KEY_MINUTE "phut1"
#define KEY_WEEKDAY "thư1"

struct finder {
	const struct words *ws;
	const struct lingo *g;
	struct date	 issued;
	struct arena	*arena;
	struct deadline	*all;
	size_t		 n;
	size_t		 cap;
};

/* ---- hours */

/* "16 giờ 30 phút", "16h30", "16:30", "16 giờ": words covered, or 0. */
static size_t
hour_at(const struct words *ws, size_t i, int *minute)
{
	struct date	d;
	int		hour = words_number(ws, i), min = 0;
	size_t		n = 0;

	if (hour < 0 || hour > 24)
		return 0;
	if (words_gap(ws, i) == ':' && words_number(ws, i + 1) != -1) {
		min = words_number(ws, i + 1);
		n = 2;
	} else if (words_match(ws, i + 1, KEY_HOUR) == 1 ||
	    words_match(ws, i + 1, "h") == 1 ||
	    words_match(ws, i + 1, "g") == 1) {
		n = 2;
		if (words_number(ws, i + 2) != -1 &&
		    words_gap(ws, i + 1) == ' ' &&
		    date_at(ws, i + 2, &d) == 0) {
			min = words_number(ws, i + 2);
			n = 3;
			n += words_match(ws, i + 3, KEY_MINUTE);
		}
	}
	if (n == 0 || min > 59)
		return 0;
	*minute = hour * 60 + min;
	return n;
}

/* An hour that ends just before word `end`. */
static size_t
hour_before(const struct words *ws, size_t end, int *minute)
{
	size_t	n;

	for (n = 4; n >= 2; n--)
		if (n <= end && hour_at(ws, end - n, minute) == n)
			return n;
	return 0;
}

/* ---- one deadline */

static void
read_hour(struct deadline *d, int minute, bool afternoon)
{
	if (afternoon && minute < MINUTES_A_DAY / 2)
		minute += MINUTES_A_DAY / 2;
	/* 24:00 is the end of the day, 0:00 of the day before */
	if (minute >= MINUTES_A_DAY) {
		d->reading = READING_BY_DAY;
	} else if (minute == 0) {
		d->reading = READING_BEFORE_DAY;
	} else {
		d->reading = READING_AT_TIME;
		d->minute = minute;
	}
}

/* An hour behind the date: "ngày 14/5/2026 (trước 16 giờ 30)". */
static void
hour_behind(const struct finder *f, struct deadline *d)
{
	size_t	i = d->end, n;
	int	minute;

	if (i >= f->ws->n || words_sentence_ends(f->ws, i))
		return;
	i += lingo_at(f->g, LINGO_HOUR_FILLER, f->ws, i);
	n = hour_at(f->ws, i, &minute);
	if (n == 0)
		return;
	d->end = i + n;
	read_hour(d, minute, words_match(f->ws, i + n, "chiêu2") == 1);
}

/* A telling word that ends before word i: its words, or 0. */
static size_t
lead_before(const struct finder *f, size_t i, struct deadline *d)
{
	size_t	before = lingo_before(f->g, LINGO_BEFORE, f->ws, i);
	size_t	by = lingo_before(f->g, LINGO_BY, f->ws, i);
	size_t	n = by > before ? by : before;

	if (n == 0)
		return 0;
	d->reading = by > before ? READING_BY_DAY : READING_BEFORE_DAY;
	d->first = i - n;
	d->lead = LEAD_STRICT;
	return n;
}

/*
 * Walk back from the date at word `at` to a telling word. False when the
 * date is no deadline.
 */
static bool
walk_back(const struct finder *f, struct deadline *d, size_t at)
{
	const struct words	*ws = f->ws;
	size_t			 i = at, n, last = 0;
	bool			 until = false, afternoon = false, from;
	int			 minute = -1, m;

	if (at > WALK_WORDS)
		last = at - WALK_WORDS;
	while (i > last && !(i < ws->n && words_sentence_ends(ws, i))) {
		n = lead_before(f, i, d);
		if (n > 0)
			break;
		n = minute == -1 ? hour_before(ws, i, &m) : 0;
		if (n > 0) {
			minute = m;
		} else {
			n = lingo_before(f->g, LINGO_DATE_FILLER, ws, i);
			if (n == 0)
				break;
			until = until || words_match(ws, i - n, "đên1") == 1;
			afternoon = afternoon ||
			    words_match(ws, i - n, "chiêu2") == 1 ||
			    words_match(ws, i - n, "tôi1") == 1;
		}
		i -= n;
	}
	from = i > 0 && words_match(ws, i - 1, "tư2") == 1;
	if (d->lead != LEAD_STRICT) {
		d->first = i;
		if (!until || from)
			d->lead = LEAD_WEAK;
	}
	if (minute != -1)
		read_hour(d, minute, afternoon);
	return d->lead == LEAD_STRICT || (until && !from);
}

/* "Hạn nộp báo cáo của các đơn vị: 14/5/2026", no date in between. */
static bool
loose_lead(const struct finder *f, struct deadline *d)
{
	struct date	other;
	size_t		i = d->first, last, n;

	/* "hội nghị giao ban ngày 15/9" */
	if (lingo_before(f->g, LINGO_MEETING, f->ws, i) > 0 &&
	    words_gap(f->ws, i - 1) != ':')
		return false;
	last = i > LOOSE_WORDS ? i - LOOSE_WORDS : 0;
	for (; i > last && !(i < f->ws->n && words_sentence_ends(f->ws, i));
	    i--) {
		if (i < d->first && date_at(f->ws, i, &other) > 0 &&
		    other.day != 0)
			return false;
		n = lingo_before(f->g, LINGO_TERM, f->ws, i);
		if (n > 0 && lingo_before(f->g, LINGO_OVER, f->ws, i - n) > 0)
			return false;
		if (n > 0) {
			d->first = i - n;
			d->lead = LEAD_LOOSE;
			return true;
		}
	}
	return false;
}

/* A month stands for its last day ("hết tháng 5") or first ("trước …"). */
static bool
whole_month(const struct finder *f, struct deadline *d, size_t at)
{
	if (at == 0)
		return false;
	if (words_match(f->ws, at - 1, KEY_DAY) == 1 ||
	    f->ws->w[at].is_number) {
		d->day_blank = true;
		return true;
	}
	if (words_match(f->ws, at - 1, "trươc1") == 1)
		d->date.day = 1;
	else if (words_match(f->ws, at - 1, "hêt1") == 1 ||
	    words_match(f->ws, at - 1, "cuôi1") == 1 ||
	    words_match(f->ws, at - 1, "trong") == 1)
		d->date.day = date_days_in_month(d->date.year, d->date.month);
	return d->date.day != 0;
}

/* Give a date its year: the first one not before the letter. */
static void
add_year(struct deadline *d, struct date issued)
{
	if (d->date.year != 0 || issued.year == 0 || d->is_counted)
		return;
	d->year_added = true;
	d->date.year = issued.year;
	if (issued.month != 0 && d->date.month < issued.month)
		d->date.year++;
	if (d->date.day > date_days_in_month(d->date.year, d->date.month))
		d->date.day = date_days_in_month(d->date.year, d->date.month);
}

/* "thứ Tư, ngày 14/5/2026" though it is a Thursday. */
static bool
weekday_is_wrong(const struct finder *f, const struct deadline *d)
{
	size_t	i, end = d->end + 2;
	int	day, k, n;

	if (d->date.year == 0 || d->date.day == 0)
		return false;
	day = date_weekday(d->date);
	for (i = d->first; i < end && i < f->ws->n; i++) {
		if (lingo_index(f->g, LINGO_WEEKDAY, f->ws, i) == 0)
			return day != 0;
		if (words_match(f->ws, i, KEY_WEEKDAY) == 0)
			continue;
		n = words_number(f->ws, i + 1);
		k = lingo_index(f->g, LINGO_WEEKDAY, f->ws, i + 1);
		if (n >= 2 && n <= 7)
			return day != n - 1;
		if (k > 0)
			return day != k;
	}
	return false;
}

static void
add(struct finder *f, struct deadline *d)
{
	add_year(d, f->issued);
	d->weekday_wrong = weekday_is_wrong(f, d);
	f->all = arena_grow(f->arena, f->all, f->n, &f->cap, sizeof(*f->all));
	f->all[f->n++] = *d;
}

/* Try the date that begins at word i; returns how many words to go on. */
static size_t
try_date(struct finder *f, size_t i)
{
	struct deadline	d = { .minute = -1, .reading = READING_BY_DAY };
	size_t		n = date_at(f->ws, i, &d.date);

	if (n == 0)
		return 1;
	d.end = i + n;
	if (d.date.day == 0 && !whole_month(f, &d, i))
		return n;
	if (!walk_back(f, &d, i) && !loose_lead(f, &d))
		return n;
	if (d.lead == LEAD_WEAK)
		(void)loose_lead(f, &d);
	if (d.minute == -1)
		hour_behind(f, &d);
	add(f, &d);
	return d.end - i;
}

/* "trước ngày 20 hằng tháng": no day of the calendar. */
static bool
try_recurring(struct finder *f, size_t i)
{
	struct deadline	d = { .minute = -1, .recurring = true };
	size_t		n;

	if (i < 2 || words_match(f->ws, i - 1, KEY_DAY) == 0 ||
	    words_number(f->ws, i) < 1 || words_number(f->ws, i) > 31)
		return false;
	n = lingo_at(f->g, LINGO_RECURRING, f->ws, i + 1);
	if (n == 0 || !walk_back(f, &d, i))
		return false;
	d.end = i + 1 + n;
	add(f, &d);
	return true;
}

/*
 * "sau 10 ngày kể từ ngày ký": the words that it covers, 0 for none. Days
 * are counted from the one behind the letter's own.
 */
static size_t
try_span(struct finder *f, size_t i)
{
	struct deadline		d = { .minute = -1, .is_counted = true,
				    .reading = READING_BY_DAY,
				    .lead = LEAD_STRICT };
	struct deadline_span	span;
	size_t			n, before;

	n = deadline_span_at(f->ws, i, f->g, &span);
	for (d.first = i; (before = lingo_before(f->g, LINGO_SPAN, f->ws,
	    d.first)) > 0;)
		d.first -= before;
	if (n == 0 || d.first == i)
		return 0;
	d.end = i + n;
	if (span.from_issue && !span.is_working && f->issued.day != 0)
		d.date = date_later(f->issued, span.days);
	add(f, &d);
	return n;
}

struct deadline *
deadlines_find(const struct words *ws, struct date issued,
    const struct lingo *g, struct arena *arena, size_t *n)
{
	struct finder	f = { .ws = ws, .issued = issued, .arena = arena,
			    .g = g };
	size_t		i, n_words;

	for (i = 0; i < ws->n; i += n_words) {
		n_words = try_recurring(&f, i) ? 1 : try_span(&f, i);
		if (n_words == 0)
			n_words = try_date(&f, i);
	}
	*n = f.n;
	return f.all;
}

const char *
deadline_reading_name(enum deadline_reading r)
{
	static const char *const names[] = {
		"before-day", "by-day", "at-time",
	};

	if ((size_t)r >= N(names))
		return "before-day";
	return names[r];
}
