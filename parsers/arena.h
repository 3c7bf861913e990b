#ifndef PARSERS_ARENA_H
#define PARSERS_ARENA_H

#include <stddef.h>

/*
 * One region of memory for everything that parsing one message yields.
 * There is no freeing of single objects: all of it dies with arena_free().
 * Running out of memory, or passing the limit given to arena_new(), ends
 * the process by abort(); in the jailed parser that is a verdict about the
 * document.
 */
struct arena;
struct pages;

/* limit: most bytes the arena may hold; 0 = no limit. Never NULL. */
struct arena	*arena_new(size_t limit);
void		 arena_free(struct arena *a); /* accepts NULL */

/*
 * The mapped files that whoever gets this arena works on, NULL when there
 * are none: the arena only brings them along, and owns nothing of them.
 */
void		 arena_set_pages(struct arena *a, struct pages *p);
struct pages	*arena_pages(const struct arena *a);

/* Zeroed, aligned for any type; size 0 gives a unique pointer. */
void	*arena_alloc(struct arena *a, size_t size);
/* Zeroed array; the product is checked. */
void	*arena_calloc(struct arena *a, size_t n, size_t size);
/* NUL-terminated copies. */
char	*arena_strdup(struct arena *a, const char *s);
char	*arena_strndup(struct arena *a, const char *s, size_t len);
/* s, a space unless s is empty, and the first len bytes of t. */
char	*arena_join(struct arena *a, const char *s, const char *t,
    size_t len);
char	*arena_printf(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void	*arena_grow_full(struct arena *a, void *array, size_t n, size_t *cap,
    size_t size);
/*
 * Grow an array that lives in the arena: when n == *cap, moves it to twice
 * the room. Returns the array (old or moved).
 */
static inline void *
arena_grow(struct arena *a, void *array, size_t n, size_t *cap, size_t size)
{
	return n < *cap ? array : arena_grow_full(a, array, n, cap, size);
}
/* Take over a malloc()ed block of that size: it is freed with the arena. */
void	 arena_adopt(struct arena *a, void *heap, size_t size);

#endif
