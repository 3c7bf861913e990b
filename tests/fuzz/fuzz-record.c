/*
 * Stored and piped records, where what decodes must encode to the same;
 * and the two binary containers of mail.
 */
#include <stddef.h>
#include <stdint.h>

#include "parsers/arena.h"
#include "parsers/cms.h"
#include "parsers/document.h"
#include "parsers/document_codec.h"
#include "parsers/letter_codec.h"
#include "parsers/message.h"
#include "parsers/sheet_codec.h"
#include "parsers/strbuf.h"
#include "parsers/tnef.h"

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	/* no input may ask for much more memory than it has bytes */
	struct arena	*arena = arena_new(((size_t)1 << 20) + 64 * len);
	struct bytes	 b = { data, len }, content;
	struct strbuf	 again = { 0 };
	struct message	*m;
	struct tnef_file *files;

	m = message_decode(b, arena);
	if (m != NULL)
		message_encode(m, &again);
	if (m != NULL && again.len != len)
		__builtin_trap();
	(void)letter_decode(b, arena);
	(void)document_decode(b, arena);
	(void)sheet_decode(b, arena);
	(void)tnef_files(b, arena, &files);
	(void)cms_signed_content(b, arena, &content);
	strbuf_clear(&again);
	arena_free(arena);
	return 0;
}
