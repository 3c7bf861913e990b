/* Mapped files for tests of what is read page by page. */
#include "tests/mapped.h"

#include <sys/mman.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "parsers/pages.h"

/* A file of that length and content, mapped. */
static void *
map(const void *content, size_t len, size_t size, int flags)
{
	FILE	*f = tmpfile();
	void	*p;

	if (f == NULL || fwrite(content, 1, len, f) != len ||
	    fflush(f) != 0 || ftruncate(fileno(f), (off_t)size) == -1)
		abort();
	p = mmap(NULL, size, PROT_READ | PROT_WRITE, flags, fileno(f), 0);
	if (p == MAP_FAILED)
		abort();
	fclose(f);
	return p;
}

void
mapped_open(struct pages *p, struct bytes content)
{
	memset(p, 0, sizeof(*p));
	p->least = 64;
	p->piece = 997;
	p->file = content;
	if (content.len > 0)
		p->file.data = map(content.data, content.len, content.len,
		    MAP_PRIVATE);
	p->size = 4 * content.len + 10000;
	p->room = map("", 0, p->size, MAP_SHARED);
}

void
mapped_close(struct pages *p)
{
	if (p->file.len > 0)
		munmap((void *)(uintptr_t)p->file.data, p->file.len);
	munmap(p->room, p->size);
}
