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
#include "parsers/words.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))
#define WALK_WORDS 14		/* farthest a telling word may stand */
#define LOOSE_WORDS 20		/* the same for "hạn nộp … :" */
#define MINUTES_A_DAY (24 * 60)
#define KEY_DAY "ngay2"
#define KEY_HOUR "giơ2"
#define KEY_MINUTE "phut1"
#define KEY_WEEKDAY "thư1"

/* Words that name a deadline, and how it is read then. */
static const struct lead {
	const char	*words;
	enum deadline_reading reading;
} leads[] = {
	{ "trước", READING_BEFORE_DAY },
	{ "hết", READING_BY_DAY },
	{ "cuối", READING_BY_DAY },
	{ "trong", READING_BY_DAY },
	{ "chậm nhất", READING_BY_DAY },
	{ "muộn nhất", READING_BY_DAY },
	{ "trễ nhất", READING_BY_DAY },
	{ "không quá", READING_BY_DAY },
	{ "không muộn hơn", READING_BY_DAY },
	{ "không chậm hơn", READING_BY_DAY },
	{ "không trễ hơn", READING_BY_DAY },
	{ "không sau", READING_BY_DAY },
	{ "quá", READING_BY_DAY },
};

/* Words that name one with other words in between. */
static const char *const loose[] = {
	"hạn", "thời hạn", "hạn cuối", "hạn cuối cùng", "hạn chót",
	"thời gian gửi", "thời gian nộp", "thời gian báo cáo",
	"thời điểm gửi", "thời điểm nộp",
};

/* What may stand between the telling word and the date. */
static const char *const fillers[] = {
	"ngày", "là", "vào", "đến", "lúc", "hồi", "thứ", "hai", "ba", "tư",
	"năm", "sáu", "bảy", "chủ nhật", "sáng", "trưa", "chiều", "tối",
	"giờ hành chính", "giờ làm việc", "giờ", "mùng", "mồng", "cùng",
	"gửi", "nộp", "báo cáo", "2", "3", "4", "5", "6", "7",
};

static const char *const recurring[] = {
	"hằng tháng", "hàng tháng", "hằng quý", "hàng quý", "hằng năm",
	"hàng năm", "của tháng", "tháng cuối", "mỗi tháng", "mỗi quý",
};

/* Behind the date, before the hour: "ngày 14/5/2026, trước 16 giờ". */
static const char *const hour_fillers[] = {
	"lúc", "vào", "vào lúc", "hồi", "trước", "chậm nhất", "đến",
};

static const char *const weekdays[] = {
	"chủ nhật", "hai", "ba", "tư", "năm", "sáu", "bảy",
};

struct tables {
	const char *const *leads;
	const char *const *loose;
	const char *const *fillers;
	const char *const *recurring;
	const char *const *hour_fillers;
	const char *const *weekdays;
};

struct finder {
	const struct words *ws;
	struct tables	 t;
	struct date	 issued;
	struct arena	*arena;
	struct deadline	*all;
	size_t		 n;
	size_t		 cap;
};

static void
tables_init(struct tables *t, struct arena *arena)
{
	const char	*words[N(leads)];
	size_t		 i;

	for (i = 0; i < N(leads); i++)
		words[i] = leads[i].words;
	t->leads = phrase_keys(words, N(leads), arena);
	t->loose = phrase_keys(loose, N(loose), arena);
	t->fillers = phrase_keys(fillers, N(fillers), arena);
	t->recurring = phrase_keys(recurring, N(recurring), arena);
	t->hour_fillers = phrase_keys(hour_fillers, N(hour_fillers), arena);
	t->weekdays = phrase_keys(weekdays, N(weekdays), arena);
}

/* Words of the longest phrase that ends just before word `end`; or 0. */
static size_t
ends_with(const struct words *ws, size_t end, const char *const *phrases,
    size_t n, size_t *which)
{
	size_t	k, len, best = 0, words;
	const char *p;

	for (k = 0; k < n; k++) {
		words = 1;
		for (p = phrases[k]; *p != '\0'; p++)
			words += *p == ' ';
		if (words > end || words <= best)
			continue;
		len = words_match(ws, end - words, phrases[k]);
		if (len == words) {
			best = words;
			if (which != NULL)
				*which = k;
		}
	}
	return best;
}

/* A sentence, or a part of a list, ends between words i-1 and i. */
static bool
sentence_breaks(const struct words *ws, size_t i)
{
	const char	*s = ws->text + ws->w[i - 1].end;
	const char	*end = ws->text + ws->w[i].start;

	for (; s < end; s++)
		if (*s == ';' || (*s == '.' && (s + 1 == end || s[1] == ' ')))
			return true;
	return false;
}

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

	if (i >= f->ws->n || sentence_breaks(f->ws, i))
		return;
	i += words_match_any(f->ws, i, f->t.hour_fillers, N(hour_fillers));
	n = hour_at(f->ws, i, &minute);
	if (n == 0)
		return;
	d->end = i + n;
	read_hour(d, minute, words_match(f->ws, i + n, "chiêu2") == 1);
}

/*
 * Walk back from the date at word `at` to a telling word. False when the
 * date is no deadline.
 */
static bool
walk_back(const struct finder *f, struct deadline *d, size_t at)
{
	const struct words	*ws = f->ws;
	size_t			 i = at, n, which = 0, last = 0;
	bool			 until = false, afternoon = false, from;
	int			 minute = -1, m;

	if (at > WALK_WORDS)
		last = at - WALK_WORDS;
	while (i > last && !(i < ws->n && sentence_breaks(ws, i))) {
		n = ends_with(ws, i, f->t.leads, N(leads), &which);
		if (n > 0) {
			d->first = i - n;
			d->reading = leads[which].reading;
			d->lead = LEAD_STRICT;
			break;
		}
		n = minute == -1 ? hour_before(ws, i, &m) : 0;
		if (n > 0) {
			minute = m;
		} else {
			n = ends_with(ws, i, f->t.fillers, N(fillers), NULL);
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

	last = i > LOOSE_WORDS ? i - LOOSE_WORDS : 0;
	for (; i > last && !(i < f->ws->n && sentence_breaks(f->ws, i));
	    i--) {
		if (i < d->first && date_at(f->ws, i, &other) > 0 &&
		    other.day != 0)
			return false;
		n = ends_with(f->ws, i, f->t.loose, N(loose), NULL);
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
	if (d->date.year != 0 || issued.year == 0)
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
		if (words_match(f->ws, i, f->t.weekdays[0]) > 0)
			return day != 0;
		if (words_match(f->ws, i, KEY_WEEKDAY) == 0)
			continue;
		n = words_number(f->ws, i + 1);
		if (n >= 2 && n <= 7)
			return day != n - 1;
		for (k = 1; k < 7; k++)
			if (words_match(f->ws, i + 1, f->t.weekdays[k]) > 0)
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
	n = words_match_any(f->ws, i + 1, f->t.recurring, N(recurring));
	if (n == 0 || !walk_back(f, &d, i))
		return false;
	d.end = i + 1 + n;
	add(f, &d);
	return true;
}

struct deadline *
deadlines_find(const struct words *ws, struct date issued,
    struct arena *arena, size_t *n)
{
	struct finder	f = { .ws = ws, .issued = issued, .arena = arena };
	size_t		i;

	tables_init(&f.t, arena);
	for (i = 0; i < ws->n;)
		i += try_recurring(&f, i) ? 1 : try_date(&f, i);
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
