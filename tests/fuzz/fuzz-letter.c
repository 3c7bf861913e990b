/* Letters and letterheads made of arbitrary lines; see lines.c. */
#include <stddef.h>
#include <stdint.h>

#include "parsers/arena.h"
#include "parsers/facts.h"
#include "parsers/letter.h"
#include "tests/fuzz/lines.h"

int	 LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena	*arena = arena_new(0);
	struct document	 doc = lines_document(data, size, arena);
	struct outline	*o;
	const char	*why;

	(void)facts_find(&doc, arena);
	o = letter_read(&doc, arena)->outline;
	/* what was written can be read again */
	if (outline_parse(outline_write(o, arena), arena, &o, &why) != 0)
		__builtin_trap();
	arena_free(arena);
	return 0;
}
