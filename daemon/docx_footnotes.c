/*
 * The footnotes of a DOCX that we write. Word wants the two separators in
 * the part, and named in settings.xml, with the ids -1 and 0.
 */
#include "daemon/docx_footnotes.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/xmlwriter.h>

#include "daemon/docx_parts.h"
#include "parsers/strbuf.h"

#define X(s) ((const xmlChar *)(s))

struct docx_footnotes {
	xmlBufferPtr	 buffer;
	xmlTextWriterPtr w;	/* NULL once finished */
	long		 n;
};

static void
must(int rc)
{
	if (rc < 0)
		abort();
}

/* <name attr="value"/>, or left open */
static void
put(struct docx_footnotes *f, const char *name, const char *attr,
    const char *value, bool is_open)
{
	must(xmlTextWriterStartElement(f->w, X(name)));
	if (attr != NULL)
		must(xmlTextWriterWriteAttribute(f->w, X(attr), X(value)));
	if (!is_open)
		must(xmlTextWriterEndElement(f->w));
}

static void
end(struct docx_footnotes *f, int n)
{
	while (n-- > 0)
		must(xmlTextWriterEndElement(f->w));
}

static void
separator(struct docx_footnotes *f, const char *id, const char *type,
    const char *element)
{
	put(f, "w:footnote", "w:type", type, true);
	must(xmlTextWriterWriteAttribute(f->w, X("w:id"), X(id)));
	put(f, "w:p", NULL, NULL, true);
	put(f, "w:r", NULL, NULL, true);
	put(f, element, NULL, NULL, false);
	end(f, 3);
}

struct docx_footnotes *
docx_footnotes_new(void)
{
	struct docx_footnotes *f = calloc(1, sizeof(*f));

	if (f == NULL || (f->buffer = xmlBufferCreate()) == NULL ||
	    (f->w = xmlNewTextWriterMemory(f->buffer, 0)) == NULL)
		abort();
	must(xmlTextWriterStartDocument(f->w, "1.0", "UTF-8", "yes"));
	put(f, "w:footnotes", "xmlns:w", DOCX_NS_W, true);
	separator(f, "-1", "separator", "w:separator");
	separator(f, "0", "continuationSeparator",
	    "w:continuationSeparator");
	return f;
}

void
docx_footnotes_free(struct docx_footnotes *f)
{
	if (f == NULL)
		return;
	if (f->w != NULL)
		xmlFreeTextWriter(f->w);
	xmlBufferFree(f->buffer);
	free(f);
}

/* A run of its own for the number, as Word makes it. */
static void
number_mark(struct docx_footnotes *f)
{
	put(f, "w:r", NULL, NULL, true);
	put(f, "w:rPr", NULL, NULL, true);
	put(f, "w:rStyle", "w:val", DOCX_STYLE_NOTE_MARK, false);
	end(f, 1);
	put(f, "w:footnoteRef", NULL, NULL, false);
	end(f, 1);
}

long
docx_footnotes_add(struct docx_footnotes *f, const char *text)
{
	struct strbuf	clean = { 0 };

	docx_clean(&clean, " ", 1);
	docx_clean(&clean, text, strlen(text));
	must(xmlTextWriterStartElement(f->w, X("w:footnote")));
	must(xmlTextWriterWriteFormatAttribute(f->w, X("w:id"), "%ld",
	    ++f->n));
	put(f, "w:p", NULL, NULL, true);
	put(f, "w:pPr", NULL, NULL, true);
	put(f, "w:pStyle", "w:val", docx_style_id(PAPER_FOOTNOTE), false);
	end(f, 1);
	number_mark(f);
	put(f, "w:r", NULL, NULL, true);
	put(f, "w:t", "xml:space", "preserve", true);
	must(xmlTextWriterWriteString(f->w, X(strbuf_get(&clean))));
	end(f, 4);
	strbuf_clear(&clean);
	return f->n;
}

struct bytes
docx_footnotes_finish(struct docx_footnotes *f)
{
	struct bytes	b = { 0 };

	must(xmlTextWriterEndDocument(f->w));
	xmlFreeTextWriter(f->w);
	f->w = NULL;
	if (f->n > 0) {
		b.data = xmlBufferContent(f->buffer);
		b.len = (size_t)xmlBufferLength(f->buffer);
	}
	return b;
}
