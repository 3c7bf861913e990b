/* Text of a converter; the first byte says what it was made of. */
#include <stddef.h>
#include <stdint.h>

#include "parsers/arena.h"
#include "parsers/converted.h"

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena	*arena = arena_new(0);
	struct document	*doc;

	if (len > 0)
		(void)converted_read((struct bytes){ data + 1, len - 1 },
		    data[0] == 'P' ? FORMAT_PDF : FORMAT_DOC, arena, &doc);
	arena_free(arena);
	return 0;
}
