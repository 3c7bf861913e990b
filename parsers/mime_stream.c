/*
 * What GMime reads a mail from. It goes through a mail once, to find the
 * parts, and remembers where they stand.
 */
#include "parsers/mime_stream.h"

#include "parsers/pages.h"

#define TYPE_NAME "PagedStream"

struct paged {
	GMimeStreamMem	 mem;
	struct pages	*pages;
};

static ssize_t
read_paged(GMimeStream *stream, char *buf, size_t len)
{
	GMimeStreamClass	*mem;
	ssize_t			 n;

	mem = g_type_class_peek_parent(GMIME_STREAM_GET_CLASS(stream));
	n = mem->read(stream, buf, len);
	if (n > 0)
		pages_passed(((struct paged *)stream)->pages, (size_t)n);
	return n;
}

static void
set_functions(gpointer class, gpointer data)
{
	(void)data;
	((GMimeStreamClass *)class)->read = read_paged;
}

/* A memory stream that reads so; its parts are memory streams. */
static GType
paged_type(void)
{
	GType	type = g_type_from_name(TYPE_NAME);

	return type != 0 ? type : g_type_register_static_simple(
	    GMIME_TYPE_STREAM_MEM, TYPE_NAME, sizeof(GMimeStreamMemClass),
	    set_functions, sizeof(struct paged), NULL, 0);
}

GMimeStream *
mime_stream_new(GByteArray *array, struct pages *pages)
{
	GMimeStream	*stream;

	if (pages == NULL) {
		stream = g_mime_stream_mem_new_with_byte_array(array);
	} else {
		stream = g_object_new(paged_type(), NULL);
		((struct paged *)stream)->pages = pages;
		g_mime_stream_construct(stream, 0, (gint64)array->len);
		g_mime_stream_mem_set_byte_array(GMIME_STREAM_MEM(stream),
		    array);
	}
	g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
	return stream;
}
