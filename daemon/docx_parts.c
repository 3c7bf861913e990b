/*
 * The parts of a DOCX that do not depend on its text: styles, settings,
 * page number, relations, content types; and the zip around them all
 * (ECMA-376 Part 2).
 */
#include "daemon/docx_parts.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/xmlwriter.h>
#include <zip.h>

#include "parsers/strbuf.h"

#define X(s) ((const xmlChar *)(s))
#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" " \
	"standalone=\"yes\"?>\n"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define WORD_TYPE "application/vnd.openxmlformats-officedocument." \
	"wordprocessingml."
#define FONT "Times New Roman"

/* One paragraph style. Sizes in half points, lengths in twips. */
struct style_row {
	const char	*id;
	const char	*name;
	int		 half_points;
	int		 bold, italic;
	const char	*align;	/* w:jc */
	int		 first_line; /* indent */
	int		 before, after;
	int		 outline; /* 1.. level of a heading, 0 none */
	int		 keep_next;
	const char	*colour; /* "" automatic */
	int		 is_own; /* not one of Word's */
};

static const struct style_row styles[] = {
	[PAPER_BODY] = { "Normal", "Normal", 28, 0, 0, "both",
	    567, 60, 60, 0, 0, "", 0 },
	[PAPER_TITLE] = { "Title", "Title", 30, 1, 0, "center",
	    0, 120, 60, 0, 1, "", 0 },
	[PAPER_SUBTITLE] = { "Subtitle", "Subtitle", 28, 1, 0, "center",
	    0, 0, 60, 0, 0, "", 0 },
	[PAPER_CENTRED] = { "Centred", "Centred", 28, 0, 0, "center",
	    0, 0, 60, 0, 0, "", 1 },
	[PAPER_HEADING1] = { "Heading1", "heading 1", 28, 1, 0, "both",
	    567, 240, 60, 1, 1, "", 0 },
	[PAPER_HEADING2] = { "Heading2", "heading 2", 28, 1, 0, "both",
	    567, 180, 60, 2, 1, "", 0 },
	[PAPER_HEADING3] = { "Heading3", "heading 3", 28, 1, 1, "both",
	    567, 120, 60, 3, 1, "", 0 },
	[PAPER_HEADING4] = { "Heading4", "heading 4", 28, 0, 1, "both",
	    567, 120, 60, 4, 1, "", 0 },
	[PAPER_UNIT] = { "Unit", "Unit", 28, 1, 1, "both",
	    567, 120, 60, 0, 1, "", 1 },
	[PAPER_SOURCE] = { "Source", "Source", 20, 0, 1, "right",
	    0, 0, 120, 0, 0, "595959", 1 },
	[PAPER_NOTE] = { "Note", "Note", 26, 0, 1, "both",
	    567, 60, 60, 0, 0, "", 1 },
	[PAPER_CELL] = { "Cell", "Cell", 22, 0, 0, "left",
	    0, 20, 20, 0, 0, "", 1 },
	[PAPER_CELL_HEAD] = { "CellHead", "Cell Head", 22, 1, 0, "center",
	    0, 20, 20, 0, 0, "", 1 },
	[PAPER_CELL_GROUP] = { "CellGroup", "Cell Group", 22, 1, 0, "left",
	    0, 20, 20, 0, 1, "", 1 },
	[PAPER_REMARK] = { "Remark", "Remark", 26, 0, 1, "center",
	    0, 0, 60, 0, 0, "", 1 },
	[PAPER_FOOTNOTE] = { "FootnoteText", "footnote text", 20, 0, 0,
	    "both", 0, 0, 0, 0, 0, "", 0 }
};

/* Length of the UTF-8 character at s that XML 1.0 may hold, else 0. */
static size_t
xml_character(const unsigned char *s, size_t len)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	uint32_t	 c;
	size_t		 n, i;

	if (s[0] < 0x80)
		return s[0] >= 0x20 || s[0] == '\t' || s[0] == '\n' ? 1 : 0;
	n = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : s[0] >= 0xc0 ? 2 : 0;
	if (n == 0 || n > len || s[0] >= 0xf8)
		return 0;
	c = s[0] & (0x7fu >> n);
	for (i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3f);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000) ||
	    c == 0xfffe || c == 0xffff)
		return 0;
	return n;
}

void
docx_clean(struct strbuf *out, const char *s, size_t len)
{
	size_t	i, n;

	for (i = 0; i < len; i += n == 0 ? 1 : n) {
		n = xml_character((const unsigned char *)s + i, len - i);
		strbuf_add(out, s + i, n);
	}
}

const char *
docx_style_id(enum paper_style s)
{
	return styles[s].id;
}

/* ---- styles.xml */

static void
begin(xmlTextWriterPtr w, const char *name)
{
	if (xmlTextWriterStartElement(w, X(name)) < 0)
		abort();
}

static void
end(xmlTextWriterPtr w)
{
	if (xmlTextWriterEndElement(w) < 0)
		abort();
}

static void
attribute(xmlTextWriterPtr w, const char *name, const char *value)
{
	if (xmlTextWriterWriteAttribute(w, X(name), X(value)) < 0)
		abort();
}

static void
valued(xmlTextWriterPtr w, const char *name, const char *value)
{
	begin(w, name);
	attribute(w, "w:val", value);
	end(w);
}

static void
number(xmlTextWriterPtr w, const char *name, const char *attr, int value)
{
	begin(w, name);
	if (xmlTextWriterWriteFormatAttribute(w, X(attr), "%d", value) < 0)
		abort();
	end(w);
}

static void
fonts(xmlTextWriterPtr w)
{
	begin(w, "w:rFonts");
	attribute(w, "w:ascii", FONT);
	attribute(w, "w:hAnsi", FONT);
	attribute(w, "w:eastAsia", FONT);
	attribute(w, "w:cs", FONT);
	end(w);
}

/* Order of the children as the schema wants it: pPr, then rPr. */
static void
paragraph_style(xmlTextWriterPtr w, const struct style_row *r, int is_default)
{
	begin(w, "w:style");
	attribute(w, "w:type", "paragraph");
	if (is_default)
		attribute(w, "w:default", "1");
	else if (r->is_own)
		attribute(w, "w:customStyle", "1");
	attribute(w, "w:styleId", r->id);
	valued(w, "w:name", r->name);
	if (!is_default)
		valued(w, "w:basedOn", "Normal");
	begin(w, "w:qFormat");
	end(w);
	begin(w, "w:pPr");
	if (r->keep_next) {
		begin(w, "w:keepNext");
		end(w);
	}
	begin(w, "w:spacing");
	xmlTextWriterWriteFormatAttribute(w, X("w:before"), "%d", r->before);
	xmlTextWriterWriteFormatAttribute(w, X("w:after"), "%d", r->after);
	end(w);
	number(w, "w:ind", "w:firstLine", r->first_line);
	valued(w, "w:jc", r->align);
	if (r->outline > 0)
		number(w, "w:outlineLvl", "w:val", r->outline - 1);
	end(w);
	begin(w, "w:rPr");
	if (r->bold) {
		begin(w, "w:b");
		end(w);
	}
	if (r->italic) {
		begin(w, "w:i");
		end(w);
	}
	if (*r->colour != '\0')
		valued(w, "w:color", r->colour);
	number(w, "w:sz", "w:val", r->half_points);
	number(w, "w:szCs", "w:val", r->half_points);
	end(w);
	end(w);
}

/* The number of a footnote, in the text and before the note. */
static void
note_mark_style(xmlTextWriterPtr w)
{
	begin(w, "w:style");
	attribute(w, "w:type", "character");
	attribute(w, "w:styleId", DOCX_STYLE_NOTE_MARK);
	valued(w, "w:name", "footnote reference");
	begin(w, "w:rPr");
	valued(w, "w:vertAlign", "superscript");
	end(w);
	end(w);
}

static const char *const border_sides[] = { "w:top", "w:left", "w:bottom",
	"w:right", "w:insideH", "w:insideV", NULL };

static void
table_style(xmlTextWriterPtr w)
{
	const char *const	*side;

	begin(w, "w:style");
	attribute(w, "w:type", "table");
	attribute(w, "w:styleId", DOCX_STYLE_GRID);
	valued(w, "w:name", "Table Grid");
	begin(w, "w:tblPr");
	begin(w, "w:tblBorders");
	for (side = border_sides; *side != NULL; side++) {
		begin(w, *side);
		attribute(w, "w:val", "single");
		attribute(w, "w:sz", "4");
		attribute(w, "w:space", "0");
		attribute(w, "w:color", "auto");
		end(w);
	}
	end(w);
	begin(w, "w:tblCellMar");
	begin(w, "w:left");
	attribute(w, "w:w", "70");
	attribute(w, "w:type", "dxa");
	end(w);
	begin(w, "w:right");
	attribute(w, "w:w", "70");
	attribute(w, "w:type", "dxa");
	end(w);
	end(w);
	end(w);
	end(w);
}

static xmlBufferPtr
styles_xml(void)
{
	xmlBufferPtr		 buffer = xmlBufferCreate();
	xmlTextWriterPtr	 w;
	size_t			 i;

	if (buffer == NULL ||
	    (w = xmlNewTextWriterMemory(buffer, 0)) == NULL)
		abort();
	xmlTextWriterStartDocument(w, "1.0", "UTF-8", "yes");
	begin(w, "w:styles");
	attribute(w, "xmlns:w", DOCX_NS_W);
	begin(w, "w:docDefaults");
	begin(w, "w:rPrDefault");
	begin(w, "w:rPr");
	fonts(w);
	begin(w, "w:lang");
	attribute(w, "w:val", "vi-VN");
	end(w);
	end(w);
	end(w);
	end(w);
	for (i = 0; i < sizeof(styles) / sizeof(*styles); i++)
		paragraph_style(w, &styles[i], i == PAPER_BODY);
	note_mark_style(w);
	table_style(w);
	if (xmlTextWriterEndDocument(w) < 0)
		abort();
	xmlFreeTextWriter(w);
	return buffer;
}

/* docProps/core.xml: the only part besides the text with foreign words. */
static xmlBufferPtr
core_xml(const struct docx_package *p)
{
	struct strbuf		 title = { 0 }, creator = { 0 };
	xmlBufferPtr		 buffer = xmlBufferCreate();
	xmlTextWriterPtr	 w;

	if (buffer == NULL ||
	    (w = xmlNewTextWriterMemory(buffer, 0)) == NULL)
		abort();
	xmlTextWriterStartDocument(w, "1.0", "UTF-8", "yes");
	begin(w, "cp:coreProperties");
	attribute(w, "xmlns:cp", PACKAGE "metadata/core-properties");
	attribute(w, "xmlns:dc", "http://purl.org/dc/elements/1.1/");
	docx_clean(&title, p->title, strlen(p->title));
	docx_clean(&creator, p->creator, strlen(p->creator));
	xmlTextWriterWriteElement(w, X("dc:title"), X(strbuf_get(&title)));
	xmlTextWriterWriteElement(w, X("dc:creator"),
	    X(strbuf_get(&creator)));
	strbuf_clear(&title);
	strbuf_clear(&creator);
	if (xmlTextWriterEndDocument(w) < 0)
		abort();
	xmlFreeTextWriter(w);
	return buffer;
}

/* ---- parts that never change, but for the footnotes where there are */

/* Stands where footnotes are told of, if there are any. */
#define NOTES_HERE "\f"

static const char content_types[] = XML_HEAD
"<Types xmlns=\"" PACKAGE "content-types\">"
"<Default Extension=\"rels\" ContentType="
"\"application/vnd.openxmlformats-package.relationships+xml\"/>"
"<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
"<Override PartName=\"/word/document.xml\" ContentType=\""
WORD_TYPE "document.main+xml\"/>"
"<Override PartName=\"/word/styles.xml\" ContentType=\""
WORD_TYPE "styles+xml\"/>"
"<Override PartName=\"/word/settings.xml\" ContentType=\""
WORD_TYPE "settings+xml\"/>"
"<Override PartName=\"/word/header1.xml\" ContentType=\""
WORD_TYPE "header+xml\"/>" NOTES_HERE
"<Override PartName=\"/docProps/core.xml\" ContentType="
"\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
"</Types>";
static const char notes_type[] =
"<Override PartName=\"/word/footnotes.xml\" ContentType=\""
WORD_TYPE "footnotes+xml\"/>";

static const char package_rels[] = XML_HEAD
"<Relationships xmlns=\"" PACKAGE "relationships\">"
"<Relationship Id=\"rId1\" Type=\"" OFFICE "relationships/officeDocument\" "
"Target=\"word/document.xml\"/>"
"<Relationship Id=\"rId2\" Type=\""
PACKAGE "relationships/metadata/core-properties\" "
"Target=\"docProps/core.xml\"/>"
"</Relationships>";

static const char document_rels[] = XML_HEAD
"<Relationships xmlns=\"" PACKAGE "relationships\">"
"<Relationship Id=\"rId1\" Type=\"" OFFICE "relationships/styles\" "
"Target=\"styles.xml\"/>"
"<Relationship Id=\"rId2\" Type=\"" OFFICE "relationships/settings\" "
"Target=\"settings.xml\"/>"
"<Relationship Id=\"" DOCX_REL_HEADER "\" Type=\""
OFFICE "relationships/header\" Target=\"header1.xml\"/>" NOTES_HERE
"</Relationships>";
static const char notes_relation[] =
"<Relationship Id=\"rId4\" Type=\"" OFFICE "relationships/footnotes\" "
"Target=\"footnotes.xml\"/>";

static const char settings[] = XML_HEAD
"<w:settings xmlns:w=\"" DOCX_NS_W "\">"
"<w:zoom w:percent=\"100\"/>"
"<w:defaultTabStop w:val=\"567\"/>"
"<w:characterSpacingControl w:val=\"doNotCompress\"/>" NOTES_HERE
"<w:compat><w:compatSetting w:name=\"compatibilityMode\" "
"w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>"
"</w:compat></w:settings>";
static const char notes_setting[] =
"<w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/>"
"</w:footnotePr>";

/* The page number, centred at the head. */
static const char header[] = XML_HEAD
"<w:hdr xmlns:w=\"" DOCX_NS_W "\"><w:p><w:pPr>"
"<w:pStyle w:val=\"Centred\"/></w:pPr>"
"<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>"
"<w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>"
"<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
"<w:r><w:t>2</w:t></w:r>"
"<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:hdr>";

/* ---- the zip */

/* 1 January 1980: equal input gives an equal file. */
#define DOS_DATE ((1 << 5) | 1)

/* Bytes are borrowed until zip_close(). */
static int
add_part(zip_t *z, const char *name, const void *data, size_t len)
{
	zip_source_t	*source;
	zip_int64_t	 at;

	source = zip_source_buffer(z, data, len, 0);
	if (source == NULL)
		return -1;
	at = zip_file_add(z, name, source, ZIP_FL_ENC_UTF_8);
	if (at < 0) {
		zip_source_free(source);
		return -1;
	}
	return zip_file_set_dostime(z, (zip_uint64_t)at, 0, DOS_DATE, 0);
}

static int
add_buffer(zip_t *z, const char *name, xmlBufferPtr b)
{
	return add_part(z, name, xmlBufferContent(b),
	    (size_t)xmlBufferLength(b));
}

static int
add_text(zip_t *z, const char *name, const char *s)
{
	return add_part(z, name, s, strlen(s));
}

/* Everything that the source holds. */
static int
take_bytes(zip_source_t *source, struct strbuf *out)
{
	char		buffer[16384];
	zip_int64_t	n;

	if (zip_source_open(source) != 0)
		return -1;
	while ((n = zip_source_read(source, buffer, sizeof(buffer))) > 0)
		strbuf_add(out, buffer, (size_t)n);
	zip_source_close(source);
	return n == 0 ? 0 : -1;
}

/* A text with its part about footnotes, for as long as the zip is open. */
static int
add_told(zip_t *z, const char *name, const char *text, const char *notes,
    struct strbuf *keep)
{
	const size_t	before = strcspn(text, NOTES_HERE);

	strbuf_add(keep, text, before);
	strbuf_adds(keep, notes);
	strbuf_adds(keep, text + before + strlen(NOTES_HERE));
	return add_part(z, name, strbuf_get(keep), keep->len);
}

static int
add_parts(zip_t *z, const struct docx_package *p, xmlBufferPtr style_part,
    xmlBufferPtr core_part)
{
	const bool	 has_notes = p->footnotes.len > 0;
	struct strbuf	 types = { 0 }, relations = { 0 }, set = { 0 };
	int		 rc = -1;

	if (add_told(z, "[Content_Types].xml", content_types,
	    has_notes ? notes_type : "", &types) == 0 &&
	    add_text(z, "_rels/.rels", package_rels) == 0 &&
	    add_part(z, "word/document.xml", p->document.data,
	    p->document.len) == 0 &&
	    add_told(z, "word/_rels/document.xml.rels", document_rels,
	    has_notes ? notes_relation : "", &relations) == 0 &&
	    add_buffer(z, "word/styles.xml", style_part) == 0 &&
	    add_told(z, "word/settings.xml", settings,
	    has_notes ? notes_setting : "", &set) == 0 &&
	    add_text(z, "word/header1.xml", header) == 0 &&
	    (!has_notes || add_part(z, "word/footnotes.xml",
	    p->footnotes.data, p->footnotes.len) == 0) &&
	    add_buffer(z, "docProps/core.xml", core_part) == 0)
		rc = zip_close(z);
	strbuf_clear(&types);
	strbuf_clear(&relations);
	strbuf_clear(&set);
	return rc;
}

int
docx_package(const struct docx_package *p, struct strbuf *out,
    const char **why)
{
	xmlBufferPtr	 style_part = styles_xml(), core_part = core_xml(p);
	zip_source_t	*source;
	zip_error_t	 error;
	zip_t		*z;
	int		 rc = -1;

	*why = "the DOCX cannot be zipped";
	zip_error_init(&error);
	source = zip_source_buffer_create(NULL, 0, 0, &error);
	if (source == NULL)
		goto free_parts;
	/* one reference for us, to read it after zip_close() */
	zip_source_keep(source);
	z = zip_open_from_source(source, ZIP_TRUNCATE, &error);
	if (z == NULL) {
		zip_source_free(source);
		goto free_source;
	}
	rc = add_parts(z, p, style_part, core_part);
	if (rc == 0)
		rc = take_bytes(source, out);
	else
		zip_discard(z);

free_source:
	zip_source_free(source);
free_parts:
	zip_error_fini(&error);
	xmlBufferFree(style_part);
	xmlBufferFree(core_part);
	return rc;
}
