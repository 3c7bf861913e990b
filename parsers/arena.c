/*
 * Memory that dies together: a chain of blocks, bump allocation, no free.
 */
#include "parsers/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_BYTES ((size_t)64 << 10)
#define ALIGNMENT 16

struct block {
	struct block	*next;
	size_t		 used;
	size_t		 size;
	_Alignas(ALIGNMENT) unsigned char bytes[];
};

struct adopted {
	struct adopted	*next;
	void		*heap;
};

struct arena {
	struct block	*blocks;
	struct adopted	*adopted;
	struct pages	*pages;
	size_t		 total;
	size_t		 limit;
};

static struct block *
block_new(size_t size, struct block *next)
{
	struct block	*b;

	b = malloc(sizeof(*b) + size);
	if (b == NULL)
		abort();
	b->next = next;
	b->used = 0;
	b->size = size;
	return b;
}

struct arena *
arena_new(size_t limit)
{
	struct arena	*a;

	a = calloc(1, sizeof(*a));
	if (a == NULL)
		abort();
	a->limit = limit;
	return a;
}

void
arena_free(struct arena *a)
{
	struct block	*b, *next;
	struct adopted	*one;

	if (a == NULL)
		return;
	for (one = a->adopted; one != NULL; one = one->next)
		free(one->heap);
	for (b = a->blocks; b != NULL; b = next) {
		next = b->next;
		free(b);
	}
	free(a);
}

void
arena_set_pages(struct arena *a, struct pages *p)
{
	a->pages = p;
}

struct pages *
arena_pages(const struct arena *a)
{
	return a->pages;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	struct block	*b = a->blocks;
	size_t		 room;
	void		*p;

	if (size > SIZE_MAX / 2)
		abort();
	size = (size + ALIGNMENT) & ~(size_t)(ALIGNMENT - 1);
	a->total += size;
	if (a->limit != 0 && a->total > a->limit)
		abort();
	if (b == NULL || b->size - b->used < size) {
		room = size > BLOCK_BYTES / 4 ? size : BLOCK_BYTES;
		if (room == size && b != NULL) {
			/* a large object goes behind the open block */
			b->next = block_new(room, b->next);
			b = b->next;
		} else {
			a->blocks = block_new(room, b);
			b = a->blocks;
		}
	}
	p = b->bytes + b->used;
	b->used += size;
	return memset(p, 0, size);
}

void *
arena_calloc(struct arena *a, size_t n, size_t size)
{
	size_t	total;

	if (__builtin_mul_overflow(n, size, &total))
		abort();
	return arena_alloc(a, total);
}

char *
arena_strndup(struct arena *a, const char *s, size_t len)
{
	char	*copy = arena_alloc(a, len + 1);

	memcpy(copy, s, len);
	return copy;
}

char *
arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

char *
arena_join(struct arena *a, const char *s, const char *t, size_t len)
{
	size_t	 had = strlen(s);
	char	*both = arena_alloc(a, had + 1 + len + 1);

	memcpy(both, s, had);
	if (had > 0)
		both[had++] = ' ';
	memcpy(both + had, t, len);
	return both;
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	char	 brief[256]; /* most are: then one formatting is enough */
	va_list	 ap;
	char	*s;
	int	 len;

	va_start(ap, fmt);
	len = vsnprintf(brief, sizeof(brief), fmt, ap);
	va_end(ap);
	if (len < 0)
		abort();
	s = arena_alloc(a, (size_t)len + 1);
	if ((size_t)len < sizeof(brief))
		return memcpy(s, brief, (size_t)len + 1);
	va_start(ap, fmt);
	(void)vsnprintf(s, (size_t)len + 1, fmt, ap); /* measured above */
	va_end(ap);
	return s;
}

void *
arena_grow_full(struct arena *a, void *array, size_t n, size_t *cap,
    size_t size)
{
	void	*moved;
	size_t	 room;

	room = *cap == 0 ? 8 : *cap * 2;
	moved = arena_calloc(a, room, size);
	if (n > 0)
		memcpy(moved, array, n * size);
	*cap = room;
	return moved;
}

void
arena_adopt(struct arena *a, void *heap, size_t size)
{
	struct adopted	*one = arena_alloc(a, sizeof(*one));

	a->total += size;
	if (a->limit != 0 && a->total > a->limit)
		abort();
	one->heap = heap;
	one->next = a->adopted;
	a->adopted = one;
}
