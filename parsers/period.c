/*
 * Does a report speak of a campaign: the period that its subject names,
 * and the share of telling words that the two subjects have in common.
 */
#include "parsers/coverage.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/text.h"

#define MAX_WORDS 120		/* of a subject that are looked at */
#define YEAR_FROM 1990
#define YEAR_TO 2100
#define SET_SHARE 0.9		/* a word that is there by its phrase set */

enum period_kind {
	SPAN_NONE = 0, SPAN_MONTH, SPAN_QUARTER, SPAN_MONTHS, SPAN_FIRST_MONTHS,
	SPAN_LAST_MONTHS, SPAN_YEAR, SPAN_STAGE, SPAN_DATES, SPAN_SCHOOL_YEAR,
	SPAN_TERM
};

struct period {
	enum period_kind kind;
	int		 value;	/* month, quarter, count of months; 0 */
	int		 year;	/* 0 when not named */
};

struct word {
	const char	*s;
	size_t		 len;
};

struct sentence {
	struct word	w[MAX_WORDS];
	size_t		 n;
};

static void
split(const char *key, struct sentence *out)
{
	out->n = 0;
	while (*key != '\0' && out->n < MAX_WORDS) {
		out->w[out->n].s = key;
		out->w[out->n].len = strcspn(key, " ");
		key += out->w[out->n++].len;
		key += *key == ' ';
	}
}

static bool
is_word(const struct sentence *t, size_t i, const char *w)
{
	return i < t->n && strlen(w) == t->w[i].len &&
	    memcmp(t->w[i].s, w, t->w[i].len) == 0;
}

/* A number of at most four digits, else 0. */
static int
digits(const char *s, size_t len)
{
	size_t	i;
	int	n = 0;

	for (i = 0; i < len && len <= 4; i++) {
		if (s[i] < '0' || s[i] > '9')
			return 0;
		n = n * 10 + (s[i] - '0');
	}
	return n;
}

/* A number in digits, words or Roman signs; 0 for anything else. */
static int
number_at(const struct sentence *t, size_t i)
{
	static const char *const	names[] = {
		"", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam",
		"chin", "muoi",
	};
	size_t				k;

	if (i >= t->n)
		return 0;
	if (t->w[i].s[0] >= '0' && t->w[i].s[0] <= '9')
		return digits(t->w[i].s, t->w[i].len);
	for (k = 1; k < sizeof(names) / sizeof(names[0]); k++)
		if (is_word(t, i, names[k]))
			return (int)k;
	return is_word(t, i, "tu") ? 4 : text_roman(t->w[i].s, t->w[i].len);
}

static bool
is_year(int n)
{
	return n >= YEAR_FROM && n <= YEAR_TO;
}

/* "… tháng đầu năm", "… tháng cuối năm", "… tháng" behind a count. */
static void
months_at(const struct sentence *t, size_t i, struct period *p)
{
	p->value = number_at(t, i - 1);
	p->kind = SPAN_MONTHS;
	if (is_word(t, i + 1, "cuoi"))
		p->kind = SPAN_LAST_MONTHS;
	else if (p->value == 9 || is_word(t, i + 1, "dau"))
		p->kind = SPAN_FIRST_MONTHS;
}

/* "6 tháng đầu năm", "nửa đầu năm", "tháng 5", "quý I", "học kỳ 2". */
static bool
counted_at(const struct sentence *t, size_t i, int n, struct period *p)
{
	int	before = i > 0 ? number_at(t, i - 1) : 0;

	if (is_word(t, i, "thang") && before > 0 && before <= 12 &&
	    (n == 0 || n > 12)) {
		months_at(t, i, p);
	} else if (is_word(t, i, "nua") && (is_word(t, i + 1, "dau") ||
	    is_word(t, i + 1, "cuoi"))) {
		p->kind = is_word(t, i + 1, "dau") ? SPAN_FIRST_MONTHS :
		    SPAN_LAST_MONTHS;
		p->value = 6;
	} else if (is_word(t, i, "thang") && n >= 1 && n <= 12) {
		p->kind = SPAN_MONTH;
		p->value = n;
	} else if (is_word(t, i, "qui") && n >= 1 && n <= 4) {
		p->kind = SPAN_QUARTER;
		p->value = n;
	} else if (is_word(t, i, "hoc") && is_word(t, i + 1, "ki") &&
	    number_at(t, i + 2) > 0) {
		p->kind = SPAN_TERM;
		p->value = number_at(t, i + 2);
	} else {
		return false;
	}
	return true;
}

/* A period that begins with word i; false when there is none. */
static bool
period_at(const struct sentence *t, size_t i, struct period *p)
{
	int	n = number_at(t, i + 1);

	/* "9 tháng năm 2026": here "năm" is no five */
	if (is_word(t, i + 1, "nam") && is_year(number_at(t, i + 2)))
		n = 0;
	p->value = 0;
	if (counted_at(t, i, n, p))
		return true;
	if (is_word(t, i, "nam") && is_word(t, i + 1, "hoc"))
		p->kind = SPAN_SCHOOL_YEAR;
	else if (is_word(t, i, "giai") && is_word(t, i + 1, "doan"))
		p->kind = SPAN_STAGE;
	else if (is_word(t, i, "tu") && is_word(t, i + 1, "ngay"))
		p->kind = SPAN_DATES;
	else if (is_word(t, i, "nam") && is_year(number_at(t, i + 1)))
		p->kind = SPAN_YEAR;
	else
		return false;
	return true;
}

/* The first period is what is reported on. */
static struct period
first_period(const char *subject, struct arena *arena)
{
	struct period	p = { SPAN_NONE, 0, 0 };
	struct sentence	t;
	size_t		i;

	split(text_key(subject, TEXT_KEY_BARE, arena), &t);
	for (i = 0; i < t.n && !period_at(&t, i, &p); i++)
		continue;
	for (; i < t.n && p.kind != SPAN_NONE && p.year == 0; i++)
		if (t.w[i].len == 4 && is_year(number_at(&t, i)))
			p.year = number_at(&t, i);
	return p;
}

static bool
counts_months(enum period_kind k)
{
	return k == SPAN_MONTHS || k == SPAN_FIRST_MONTHS ||
	    k == SPAN_LAST_MONTHS;
}

enum period_fit
period_compare(const char *campaign_subject, const char *report_subject)
{
	struct arena	*arena = arena_new(0);
	struct period	 a = first_period(campaign_subject, arena);
	struct period	 b = first_period(report_subject, arena);

	arena_free(arena);
	if (a.kind == SPAN_NONE || b.kind == SPAN_NONE)
		return PERIOD_UNKNOWN;
	if (a.year != 0 && b.year != 0 && a.year != b.year)
		return PERIOD_OTHER;
	/* the days of a span are not worked out */
	if (a.kind == SPAN_DATES || b.kind == SPAN_DATES)
		return PERIOD_UNKNOWN;
	/* "6 tháng" does not say of which half */
	if (a.value == b.value && counts_months(a.kind) &&
	    counts_months(b.kind) && a.kind != b.kind &&
	    (a.kind == SPAN_MONTHS || b.kind == SPAN_MONTHS))
		return PERIOD_UNKNOWN;
	return a.kind == b.kind && a.value == b.value ? PERIOD_SAME :
	    PERIOD_OTHER;
}

/* ---- the subject's words */

/* Sets whose phrases tell nothing of a subject. */
static const char *const silent_sets[] = {
	"filler", "joint", "results", "plans", "coming-period", "paper",
	"light",
};
#define SILENT_SETS (sizeof(silent_sets) / sizeof(silent_sets[0]))

static bool
tells_nothing(const int silent[SILENT_SETS], int set)
{
	size_t	i;

	for (i = 0; set >= 0 && i < SILENT_SETS; i++)
		if (silent[i] == set)
			return true;
	return false;
}

/* A subject's words with the sets that they stand in. */
struct subject {
	struct sentence	t;
	int		set[MAX_WORDS];	/* -1 none */
	bool		tells[MAX_WORDS];
};

static void
read_subject(struct subject *s, const struct lexicon *lx, const char *text,
    struct arena *arena)
{
	const char			*key = lexicon_reading(lx, text,
	    arena);
	const struct lexicon_phrase	*ph;
	size_t				 n, i, k = 0;
	int				 silent[SILENT_SETS];

	for (i = 0; i < SILENT_SETS; i++)
		silent[i] = lexicon_set_find(lx, silent_sets[i]);
	split(key, &s->t);
	ph = lexicon_phrases(lx, key, arena, &n);
	for (i = 0; i < s->t.n; i++) {
		while (k < n && ph[k].first + ph[k].n <= i)
			k++;
		s->set[i] = k < n && i >= ph[k].first ? ph[k].set : -1;
		s->tells[i] = !tells_nothing(silent, s->set[i]) &&
		    !(s->t.w[i].s[0] >= '0' && s->t.w[i].s[0] <= '9');
	}
}

static size_t
without_tones(const struct word *w)
{
	size_t	len = w->len;

	/* the digits at a word's end are its tones */
	while (len > 1 && (w->s[0] < '0' || w->s[0] > '9') &&
	    w->s[len - 1] >= '1' && w->s[len - 1] <= '5')
		len--;
	return len;
}

/* Marks the words of periods as telling nothing: another test's matter. */
static void
drop_period(struct subject *s, struct arena *arena)
{
	static const char *const	words[] = {
		"thang", "qui", "nam", "dau", "cuoi", "giai", "doan", "ki",
		"hoc",
	};
	struct sentence			bare;
	struct period			p;
	size_t				i, j, k;

	bare.n = s->t.n;
	for (i = 0; i < bare.n; i++) {
		bare.w[i].s = text_key(arena_strndup(arena, s->t.w[i].s,
		    without_tones(&s->t.w[i])), TEXT_KEY_BARE, arena);
		bare.w[i].len = strlen(bare.w[i].s);
	}
	for (i = 0; i < bare.n; i++) {
		if (!period_at(&bare, i, &p))
			continue;
		for (j = i; j < bare.n && j < i + 4; j++) {
			for (k = 0; k < sizeof(words) / sizeof(words[0]); k++)
				if (is_word(&bare, j, words[k]) ||
				    number_at(&bare, j) > 0)
					break;
			if (k == sizeof(words) / sizeof(words[0]))
				break;
			s->tells[j] = false;
		}
	}
}

/* How far word i of a is in b: by itself, its set, or without marks. */
static double
found_in(const struct subject *a, size_t i, const struct subject *b,
    struct arena *arena)
{
	const struct word	*x = &a->t.w[i], *y;
	const char		*bare;
	size_t			 k;

	for (k = 0; k < b->t.n; k++) {
		y = &b->t.w[k];
		if (x->len == y->len && memcmp(x->s, y->s, x->len) == 0)
			return 1;
	}
	for (k = 0; a->set[i] >= 0 && k < b->t.n; k++)
		if (b->set[k] == a->set[i])
			return SET_SHARE;
	bare = text_key(arena_strndup(arena, x->s, without_tones(x)),
	    TEXT_KEY_BARE, arena);
	for (k = 0; k < b->t.n; k++) {
		y = &b->t.w[k];
		if (strlen(bare) == y->len &&
		    memcmp(bare, y->s, y->len) == 0)
			return 1;
	}
	return 0;
}

double
subject_fit(const struct lexicon *lx, const char *campaign_subject,
    const char *report_subject)
{
	struct arena	*arena = arena_new(0);
	struct subject	*a = arena_alloc(arena, sizeof(*a));
	struct subject	*b = arena_alloc(arena, sizeof(*b));
	double		 all = 0, hit = 0;
	size_t		 i;

	read_subject(a, lx, campaign_subject, arena);
	read_subject(b, lx, report_subject, arena);
	drop_period(a, arena);
	for (i = 0; i < a->t.n; i++) {
		if (!a->tells[i])
			continue;
		all += 1;
		hit += found_in(a, i, b, arena);
	}
	arena_free(arena);
	return all > 0 ? hit / all : 0;
}
