/* A whole mail: parts, names, texts, bounces, documents in it. */
#include <stddef.h>
#include <stdint.h>

#include <gmime/gmime.h>

#include "parsers/arena.h"
#include "parsers/message.h"
#include "parsers/strbuf.h"

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena	*arena = arena_new(0);
	struct strbuf	 blob = { 0 };
	struct message	*m;

	g_mime_init();
	m = message_read((struct bytes){ data, len }, arena);
	/* what was read must be readable again */
	message_encode(m, &blob);
	if (message_decode((struct bytes){ (const uint8_t *)blob.s,
	    blob.len }, arena) == NULL)
		__builtin_trap();
	strbuf_clear(&blob);
	arena_free(arena);
	return 0;
}
