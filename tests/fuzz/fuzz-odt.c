/* content.xml of an OpenDocument file: styles, lists, frames, tables. */
#include <stddef.h>
#include <stdint.h>

#include "parsers/arena.h"
#include "parsers/odt_body.h"

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena	*arena = arena_new(0);
	struct odt_styles styles;
	struct odt_body	 b;
	struct flow	 f;
	struct xml	*x;

	odt_styles_init(&styles, arena);
	flow_init(&f, arena);
	odt_body_init(&b, &f, &styles);
	x = xml_new(&odt_body_handler, &b);
	if (xml_feed(x, data, len) == PARSE_OK && xml_finish(x) == PARSE_OK)
		(void)flow_finish(&f);
	xml_free(x);
	odt_body_clear(&b);
	flow_clear(&f);
	arena_free(arena);
	return 0;
}
