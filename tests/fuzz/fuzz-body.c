/* The main part's XML alone: paragraphs, tables, fields, text boxes. */
#include <stddef.h>
#include <stdint.h>

#include "parsers/arena.h"
#include "parsers/docx_body.h"
#include "parsers/numbering.h"
#include "parsers/styles.h"

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena	*arena = arena_new(0);
	struct styles	*styles = styles_new(arena);
	struct flow	 f;
	struct body	 b;
	struct xml	*x;

	styles_fold(styles);
	flow_init(&f, arena);
	body_init(&b, &f);
	b.styles = styles;
	b.numbering = numbering_new(arena);
	x = xml_new(&body_handler, &b);
	if (xml_feed(x, data, len) == PARSE_OK && xml_finish(x) == PARSE_OK)
		(void)flow_finish(&f);
	xml_free(x);
	body_clear(&b);
	flow_clear(&f);
	arena_free(arena);
	return 0;
}
