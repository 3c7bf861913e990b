/*
 * Collects what is wrong with the files that people write, so that all of
 * it can be told at once.
 */
#include "daemon/problems.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "parsers/strbuf.h"

#define NEAR_BYTES 64	/* longer words are not compared */

void
problems_init(struct problems *p)
{
	memset(p, 0, sizeof(*p));
}

void
problems_clear(struct problems *p)
{
	size_t	i;

	for (i = 0; i < p->n; i++)
		free(p->lines[i]);
	free(p->lines);
	problems_init(p);
}

void
problems_add(struct problems *p, const char *file, unsigned line,
    const char *fmt, ...)
{
	struct strbuf	 b = {0};
	char		*text;
	va_list		 ap;
	int		 len;

	va_start(ap, fmt);
	len = vasprintf(&text, fmt, ap);
	va_end(ap);
	if (len == -1)
		abort();
	if (line > 0)
		strbuf_addf(&b, "%s:%u: %s", file, line, text);
	else
		strbuf_addf(&b, "%s: %s", file, text);
	free(text);
	if (p->n == p->cap) {
		p->cap = p->cap == 0 ? 8 : p->cap * 2;
		p->lines = reallocarray(p->lines, p->cap, sizeof(*p->lines));
		if (p->lines == NULL)
			abort();
	}
	p->lines[p->n++] = strbuf_take(&b);
}

static size_t
least(size_t a, size_t b, size_t c)
{
	if (b < a)
		a = b;
	return c < a ? c : a;
}

size_t
problems_distance(const char *a, const char *b)
{
	size_t	rows[3][NEAR_BYTES + 1], *two = rows[0], *one = rows[1],
		*now = rows[2], *spare, na = strlen(a), nb = strlen(b), i, k;
	bool	same, swapped;

	if (na > NEAR_BYTES || nb > NEAR_BYTES)
		return NEAR_BYTES;
	for (k = 0; k <= nb; k++)
		one[k] = k;
	for (i = 1; i <= na; i++) {
		now[0] = i;
		for (k = 1; k <= nb; k++) {
			same = strncasecmp(a + i - 1, b + k - 1, 1) == 0;
			now[k] = least(one[k] + 1, now[k - 1] + 1,
			    one[k - 1] + !same);
			swapped = i > 1 && k > 1 &&
			    strncasecmp(a + i - 1, b + k - 2, 1) == 0 &&
			    strncasecmp(a + i - 2, b + k - 1, 1) == 0;
			if (swapped && two[k - 2] + 1 < now[k])
				now[k] = two[k - 2] + 1;
		}
		spare = two;
		two = one;
		one = now;
		now = spare;
	}
	return one[nb];
}

const char *
problems_nearest(const char *word, const char *const *list)
{
	const char	*best = NULL;
	size_t		 d, best_d = strlen(word) / 3 + 1;

	for (; *list != NULL; list++) {
		d = problems_distance(word, *list);
		if (d < best_d || (d == best_d && best == NULL && d < 3)) {
			best = *list;
			best_d = d;
		}
	}
	return best;
}
