/*
 * The halves of a heading that joins two things, each as a heading of its
 * own.
 */
#include "parsers/match_parts.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/match_evidence.h"
#include "parsers/match_theme.h"

#define HALVES 6		/* of a title that are looked at */
#define HALF_NEED 0.50		/* likeness of a half and a section */
#define HALF_LEAD 0.09		/* … more than the section of the whole */

#define HALF_UNKNOWN 0.35	/* less: a half is about no section */
#define ALL_EXPLAINED 0.90	/* of a half, by a section */
#define ELSEWHERE 0.40		/* … by another one, at most */
#define OWN_WEIGHT 1.0		/* of words that tell a section apart */
#define SAYS_WORDS 2		/* "năm 2027" says nothing */
#define PART_FOUND 0.40		/* of a half's words, in a part … */
#define PART_LIKE 0.25		/* … which is no longer than this */
#define OF_FOUND 0.20		/* … and at most so many in its section */
#define PART_ABOUT 0.60		/* likeness of themes of a half and a part */
#define PART_LEAD 0.15		/* … more than of the section */

/* A title's halves, and what each is about. */
struct halves {
	struct match_text text[HALVES];
	const struct match_profile *about[HALVES];
	size_t		  words[HALVES]; /* that are no numbers */
	size_t		  n;
	bool		  by_and; /* two, joined by "và" */
};

/* What joins two things. */
static const char *const joints[] = {
	" và ", " VÀ ", " Và ", " & ", " + ", "; ", ", ", " - ", " – ", " / ",
};
#define OF_WHOM "của "
#define AND_JOINTS 6		/* of these; the others part lists too */

/* The first joint in s; sets *len to its bytes, *is_and. NULL for none. */
static const char *
find_joint(const char *s, size_t *len, bool *is_and)
{
	const char	*at, *first = NULL;
	size_t		 i;

	for (i = 0; i < sizeof(joints) / sizeof(joints[0]); i++) {
		at = strstr(s, joints[i]);
		if (at != NULL && (first == NULL || at < first)) {
			first = at;
			*len = strlen(joints[i]);
			*is_and = i < AND_JOINTS;
		}
	}
	return first;
}

bool
match_joins_things(const struct match_line *l)
{
	size_t	len;
	bool	is_and;

	return find_joint(l->h->title, &len, &is_and) != NULL;
}

/* Words of s without its numbers; s ends at `end`, NULL for its own end. */
static size_t
plain_words(const char *s, const char *end)
{
	size_t	n = 0;

	for (; *s != '\0' && s != end; s++)
		n += *s != ' ' && !(*s >= '0' && *s <= '9') &&
		    (s[1] == ' ' || s[1] == '\0');
	return n;
}

static const struct halves *
read_halves(const struct match_job *j, const struct match_line *l)
{
	struct halves		*h = arena_alloc(j->arena, sizeof(*h));
	const struct match_text	*half;
	const char		*s = l->h->title, *at;
	size_t			 len = 0;
	bool			 is_and = false;

	for (; s != NULL && h->n < HALVES; s = at) {
		at = find_joint(s, &len, &is_and);
		(void)match_texts(j->words, j->memory, at == NULL ? s :
		    arena_strndup(j->arena, s, (size_t)(at - s)),
		    &h->text[h->n], 1);
		half = &h->text[h->n];
		h->about[h->n] = match_themes_of(j->themes, &half, 1,
		    j->arena);
		h->words[h->n] = plain_words(s, at);
		/* "… của đơn vị, của từng đảng viên": a list of whose */
		if (h->n > 0 && strncmp(s, OF_WHOM, strlen(OF_WHOM)) == 0)
			break;
		if (h->text[h->n].total > 0)
			h->n++;
		if (at != NULL)
			at += len;
	}
	h->by_and = h->n == 2 && is_and;
	return h;
}

/* Likeness of a half and a section, by words or by what it is about. */
static double
likeness(const struct match_job *j, const struct halves *h, size_t i,
    int node)
{
	double	words, about;

	match_mark(j->marks, &h->text[i]);
	words = match_compare(j->marks, &j->nodes[node].text).both;
	about = match_themes_like(j->themes, h->about[i], node);
	return words > about ? words : about;
}

/* Share of a half's words that a section explains. */
static double
explained_by(const struct match_job *j, const struct halves *h, size_t i,
    int node)
{
	match_mark(j->marks, &h->text[i]);
	return match_compare(j->marks, &j->nodes[node].text).heading;
}

/*
 * "… và đảng phí": are the half's words all in section k, which may say
 * much more, and in none beside it?
 */
static bool
is_only_in(const struct match_job *j, const struct halves *h, size_t i, int k)
{
	int	b;

	if (h->text[i].total < OWN_WEIGHT ||
	    explained_by(j, h, i, k) < ALL_EXPLAINED)
		return false;
	for (b = 0; b < (int)j->n_nodes; b++)
		if (b != k && j->nodes[b].is_target &&
		    j->nodes[b].parent == j->nodes[k].parent &&
		    explained_by(j, h, i, b) > ELSEWHERE)
			return false;
	return true;
}

/* Is a half about node k, more than about any section beside it? */
static bool
has_half_of(const struct match_job *j, const struct halves *h, int k, int of)
{
	double	like;
	size_t	i;
	int	b;

	for (i = 0; i < h->n; i++) {
		if (is_only_in(j, h, i, k))
			return true;
		like = likeness(j, h, i, k);
		if (like < HALF_NEED ||
		    like < likeness(j, h, i, of) + HALF_LEAD)
			continue;
		for (b = 0; b < (int)j->n_nodes; b++)
			if (b != k && j->nodes[b].is_target &&
			    j->nodes[b].parent == j->nodes[k].parent &&
			    likeness(j, h, i, b) > like)
				break;
		if (b == (int)j->n_nodes)
			return true;
	}
	return false;
}

/* Answered only by headings below line i, or by nobody? */
static bool
is_free_for(const struct match_job *j, int node, size_t i)
{
	int	by = j->answered[node];

	return by == -1 || ((size_t)by > i && (size_t)by < j->lines[i].end);
}

/* The next section beside k, step +1 or -1; -1 for none. */
static int
beside(const struct match_job *j, int k, int step)
{
	int	b;

	for (b = k + step; b >= 0 && b < (int)j->n_nodes; b += step)
		if (j->nodes[b].is_target &&
		    j->nodes[b].parent == j->nodes[k].parent)
			return b;
	return -1;
}

/* Is a section beside one that the line answers still open? */
static bool
has_room(const struct match_job *j, size_t i)
{
	const struct match_line	*l = &j->lines[i];
	size_t			 n;
	int			 k, step;

	for (n = 0; n < l->n_sections; n++)
		for (step = -1; step <= 1; step += 2) {
			k = beside(j, l->sections[n], step);
			if (k != -1 && is_free_for(j, k, i))
				return true;
		}
	return false;
}

/* The sections beside `of`, one step (+1, -1) after the other. */
static void
merge_beside(struct match_job *j, size_t i, const struct halves *h, int of,
    int step)
{
	int	k;

	for (k = of; (k = beside(j, k, step)) != -1;) {
		if (match_answers(&j->lines[i], k))
			continue;
		if (!is_free_for(j, k, i) || !has_half_of(j, h, k, of) ||
		    !match_add(j, i, k, "half of a heading"))
			return;
		of = k;
	}
}

/* ---- a half that is about nothing known */

/* The half most about node `of`. */
static size_t
half_of(const struct match_job *j, const struct halves *h, int of)
{
	double	like, most = -1;
	size_t	i, best = 0;

	for (i = 0; i < h->n; i++) {
		like = likeness(j, h, i, of);
		if (like > most) {
			most = like;
			best = i;
		}
	}
	return best;
}

/* Does half i say something, but nothing of any section? */
static bool
is_unknown(const struct match_job *j, const struct halves *h, size_t i)
{
	int	k;

	if (h->words[i] < SAYS_WORDS)
		return false;
	for (k = 0; k < (int)j->n_nodes; k++)
		if (j->nodes[k].is_target &&
		    likeness(j, h, i, k) >= HALF_UNKNOWN)
			return false;
	return true;
}

/* Does every heading beside line i, that way, up to `stop` answer one? */
static bool
is_closed(const struct match_job *j, size_t i, int step, size_t stop)
{
	size_t	k;

	for (k = i + (size_t)step; k < j->n_lines && k != stop;
	    k += (size_t)step)
		if (j->lines[k].is_sure && j->lines[k].n_sections == 0 &&
		    j->lines[k].h->level <= j->lines[i].h->level)
			return false;
	return true;
}

/*
 * "Phương hướng và ý kiến": when one half answers a section and the other
 * nothing known, the one section left on its side is what it means.
 */
static void
take_only_place(struct match_job *j, size_t i, const struct halves *h)
{
	int	of = j->lines[i].sections[0], k, far, step;
	size_t	own = half_of(j, h, of), other = h->n, b, stop = SIZE_MAX;

	for (b = 0; b < h->n; b++)
		if (b != own && is_unknown(j, h, b))
			other = b;
	if (other == h->n)
		return;
	step = other > own ? 1 : -1;
	k = beside(j, of, step);
	if (k == -1 || j->answered[k] != -1)
		return;
	far = beside(j, k, step);
	if (far != -1) {
		if (j->answered[far] == -1 ||
		    ((size_t)j->answered[far] > i) != (step > 0))
			return;
		stop = (size_t)j->answered[far];
	}
	if (is_closed(j, i, step, stop))
		match_add(j, i, k, "the other half, by its place");
}

void
match_merge_halves(struct match_job *j)
{
	const struct halves *h;
	int		all[MATCH_SECTIONS];
	size_t		i, k, n;

	for (i = 0; i < j->n_lines; i++) {
		n = j->lines[i].n_sections;
		if (!j->lines[i].is_sure || n == 0 ||
		    !has_room(j, i) || !match_joins_things(&j->lines[i]))
			continue;
		h = read_halves(j, &j->lines[i]);
		if (h->n < 2)
			continue;
		for (k = 0; k < n; k++)
			all[k] = j->lines[i].sections[k];
		for (k = 0; k < n; k++) {
			merge_beside(j, i, h, all[k], 1);
			merge_beside(j, i, h, all[k], -1);
		}
		if (j->lines[i].n_sections == 1 && h->by_and &&
		    j->nodes[all[0]].parent == -1)
			take_only_place(j, i, h);
	}
}

/* ---- parts of a section that the heading over all of it names */

/* How half i speaks of a section. */
struct spoken {
	double	 found;		/* share of the half's words that it has */
	double	 both;		/* likeness by words */
	double	 about;		/* … by themes */
};

static struct spoken
spoken_of(const struct match_job *j, const struct halves *h, size_t i,
    int node)
{
	struct match_score	s;
	struct spoken		out;

	match_mark(j->marks, &h->text[i]);
	s = match_compare(j->marks, &j->nodes[node].text);
	out.found = s.heading;
	out.both = s.both;
	out.about = match_themes_like(j->themes, h->about[i], node);
	return out;
}

/* Does a half speak of one section by its words, and hardly of another? */
static bool
names_one(const struct spoken *one, const struct spoken *of)
{
	return one->found >= PART_FOUND && one->both >= PART_LIKE &&
	    of->found <= OF_FOUND;
}

/* … by what it is about? */
static bool
is_about_one(const struct spoken *one, const struct spoken *of)
{
	return one->about >= PART_ABOUT &&
	    one->about >= of->about + PART_LEAD && of->found <= OF_FOUND;
}

/* The one part of `top` (-1: chapter) that half i speaks of; -1 none. */
static int
part_of_half(const struct match_job *j, const struct halves *h, size_t i,
    int top, int of)
{
	struct spoken	own = spoken_of(j, h, i, of), one, best = { 0 };
	int		k, found = -1, end;

	end = top < 0 ? (int)j->n_nodes : j->nodes[top].end;
	for (k = top + 1; k < end; k++) {
		if (!j->nodes[k].is_target || j->nodes[k].parent != top)
			continue;
		one = spoken_of(j, h, i, k);
		if (found == -1 || one.both + one.about >
		    best.both + best.about) {
			best = one;
			found = k;
		}
	}
	if (found == -1 || found == of || j->answered[found] != -1)
		return -1;
	return names_one(&best, &own) || (top == of &&
	    is_about_one(&best, &own)) ? found : -1;
}

static bool
has_open_part(const struct match_job *j, int top)
{
	int	k, end = top < 0 ? (int)j->n_nodes : j->nodes[top].end;

	for (k = top + 1; k < end; k++)
		if (j->nodes[k].is_target && j->nodes[k].parent == top &&
		    j->answered[k] == -1)
			return true;
	return false;
}

/* The parts of `top` that halves of line i speak of, besides `of`. */
static void
cover_by_halves(struct match_job *j, size_t i, const struct halves **h,
    int top, int of)
{
	size_t	m;
	int	part;

	if (!has_open_part(j, top))
		return;
	if (*h == NULL)
		*h = read_halves(j, &j->lines[i]);
	/* all of a heading is about the section that it answers */
	if (top != of && (*h)->n < 2)
		return;
	for (m = 0; m < (*h)->n; m++) {
		part = part_of_half(j, *h, m, top, of);
		if (part != -1)
			match_add(j, i, part, "a part that it names");
	}
}

void
match_cover_halves(struct match_job *j)
{
	const struct halves *h;
	int		all[MATCH_SECTIONS];
	size_t		i, k, n;

	for (i = 0; i < j->n_lines; i++) {
		n = j->lines[i].n_sections;
		if (!j->lines[i].is_sure || n == 0 || j->lines[i].text == NULL)
			continue;
		for (k = 0; k < n; k++)
			all[k] = j->lines[i].sections[k];
		h = NULL;
		for (k = 0; k < n; k++) {
			cover_by_halves(j, i, &h, all[k], all[k]);
			/* the parts beside one; not beside the only one
			   that matters of a section told as a whole */
			if (n == 1 && match_joins_things(&j->lines[i]))
				cover_by_halves(j, i, &h,
				    j->nodes[all[k]].parent, all[k]);
		}
	}
}
