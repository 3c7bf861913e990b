/*
 * GMime's parts down to their raw bytes: headers as they stand in the
 * mail, content decoded by parsers/transfer.h.
 */
#include "parsers/mime_part.h"

#include <stdint.h>
#include <string.h>

#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/mime_header.h"
#include "parsers/pages.h"
#include "parsers/strbuf.h"
#include "parsers/transfer.h"

const char *
mime_part_header(GMimeObject *object, const char *name, struct arena *arena)
{
	GMimeHeaderList	*list;
	GMimeHeader	*header;
	const char	*raw;
	char		*value, *from, *to;

	list = g_mime_object_get_header_list(object);
	header = g_mime_header_list_get_header(list, name);
	raw = header == NULL ? NULL : g_mime_header_get_raw_value(header);
	if (raw == NULL)
		return NULL;
	value = arena_strndup(arena, raw, strnlen(raw, LIMIT_HEADER_BYTES));
	for (from = to = value; *from != '\0'; from++)
		if (*from != '\r' && *from != '\n')
			*to++ = *from;
	*to = '\0';
	return value;
}

const char *
mime_part_type(GMimeObject *part, struct arena *arena)
{
	GMimeContentType	*type;
	const char		*major, *minor;
	char			*name, *p;

	type = g_mime_object_get_content_type(part);
	major = g_mime_content_type_get_media_type(type);
	minor = g_mime_content_type_get_media_subtype(type);
	name = arena_printf(arena, "%s/%s", major == NULL ? "" : major,
	    minor == NULL ? "" : minor);
	for (p = name; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + 'a' - 'A');
	return mime_decode_line(name, LIMIT_NAME_BYTES, arena);
}

/* The part's bytes as they stand in the mail, still encoded. */
static struct bytes
raw_content(GMimePart *part)
{
	struct bytes	 b = { (const uint8_t *)"", 0 };
	GMimeDataWrapper *content;
	GMimeStream	*stream;
	GByteArray	*all;
	gint64		 from, to;

	content = g_mime_part_get_content(part);
	stream = content == NULL ? NULL :
	    g_mime_data_wrapper_get_stream(content);
	if (stream == NULL || !GMIME_IS_STREAM_MEM(stream))
		return b;
	all = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	from = stream->bound_start;
	to = stream->bound_end == -1 ? (gint64)all->len : stream->bound_end;
	if (from < 0 || from > to || to > (gint64)all->len)
		return b;
	b.data = all->data + from;
	b.len = (size_t)(to - from);
	return b;
}

struct bytes
mime_part_content(GMimeObject *part, struct strbuf *decoded,
    struct arena *arena)
{
	struct bytes	 raw = raw_content(GMIME_PART(part));
	struct pages	*pages = arena_pages(arena);
	const char	*label;
	enum transfer	 how;

	label = mime_part_header(part, "Content-Transfer-Encoding", arena);
	how = transfer_guess(raw, transfer_of(label == NULL ? "" : label));
	if (how == TRANSFER_NONE)
		return raw;
	/* only uuencode can make more bytes of fewer */
	pages_lend(pages, raw.len, decoded);
	transfer_decode(raw, how, decoded, pages);
	pages_keep(pages, decoded);
	return (struct bytes){ (const uint8_t *)strbuf_get(decoded),
	    decoded->len };
}
