#ifndef DAEMON_PROBLEMS_H
#define DAEMON_PROBLEMS_H

#include <stddef.h>

/*
 * What is wrong with the files that people write: all of it at once, each
 * as "FILE:LINE: what, and what would be right".
 */
struct problems {
	char	**lines; /* as they are printed, on the heap */
	size_t	  n;
	size_t	  cap;
};

void	 problems_init(struct problems *p);
void	 problems_clear(struct problems *p);
/* line 0: about the file as a whole; printed as "FILE: what". */
void	 problems_add(struct problems *p, const char *file, unsigned line,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/*
 * The entry of a NULL-ended list that a slip of the pen most likely meant;
 * NULL when none is near.
 */
const char *problems_nearest(const char *word, const char *const *list);
/* Letters to add, drop, change or swap with the next, ASCII case folded. */
size_t	 problems_distance(const char *a, const char *b);

#endif
