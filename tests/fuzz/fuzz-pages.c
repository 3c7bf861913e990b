/* A whole mail read by pages: nothing but what it is in memory. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <gmime/gmime.h>

#include "parsers/arena.h"
#include "parsers/message.h"
#include "parsers/pages.h"
#include "parsers/strbuf.h"
#include "tests/mapped.h"

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena	*arena = arena_new(0);
	struct strbuf	 in_memory = { 0 }, by_pages = { 0 };
	struct pages	 pages;

	g_mime_init();
	message_encode(message_read((struct bytes){ data, len }, arena),
	    &in_memory);
	mapped_open(&pages, (struct bytes){ data, len });
	arena_set_pages(arena, &pages);
	message_encode(message_read(pages.file, arena), &by_pages);
	if (in_memory.len != by_pages.len ||
	    memcmp(in_memory.s, by_pages.s, by_pages.len) != 0)
		__builtin_trap();
	mapped_close(&pages);
	strbuf_clear(&in_memory);
	strbuf_clear(&by_pages);
	arena_free(arena);
	return 0;
}
