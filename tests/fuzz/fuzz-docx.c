/* A whole file: sniffing, zip, DOCX or ODT. */
#include <stddef.h>
#include <stdint.h>

#include "parsers/arena.h"
#include "parsers/document.h"

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct bytes	 file = {data, len};
	struct arena	*arena = arena_new(0);
	struct document	*doc;

	(void)document_read(file, format_sniff(file, NULL), arena, &doc);
	arena_free(arena);
	return 0;
}
