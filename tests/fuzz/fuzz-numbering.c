/* numbering.xml, linked and counted at every level of its first lists. */
#include <stddef.h>
#include <stdint.h>

#include "parsers/arena.h"
#include "parsers/numbering.h"
#include "parsers/strbuf.h"
#include "parsers/styles.h"

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena	*arena = arena_new(0);
	struct numbering *n = numbering_new(arena);
	struct styles	*styles = styles_new(arena);
	struct xml	*x = xml_new(&numbering_handler, n);
	struct paragraph_format direct = PARAGRAPH_FORMAT_UNSET;
	struct number_place place = {NULL, &direct, 0};
	struct number_label label;
	struct strbuf	 out = {0};
	int		 i;

	if (xml_feed(x, data, len) == PARSE_OK)
		(void)xml_finish(x);
	styles_fold(styles);
	numbering_link(n, styles);
	place.style = styles_paragraph(styles, (struct xml_value){NULL, 0});
	for (i = 0; i < 90; i++) {
		direct.num_id = i / 9;
		direct.ilvl = (int8_t)(i * 7 % 9);
		(void)numbering_count(n, &place, &label, &out);
	}
	strbuf_clear(&out);
	xml_free(x);
	arena_free(arena);
	return 0;
}
