/*
 * The table of document formats that we read, and why we do not read the
 * others. A new format: one reader, one line.
 */
#include "parsers/document.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/docx.h"
#include "parsers/odt.h"
#include "parsers/ole.h"
#include "parsers/soft_lines.h"

static const struct {
	enum format	  format;
	enum parse_status (*read)(struct bytes file, struct arena *arena,
	    struct document **out);
} readers[] = {
	{FORMAT_DOCX, docx_read},
	{FORMAT_ODT, odt_read},
};

/* Word's owner file "~$name.docx": a name's length, then the name. */
static bool
is_lock_file(struct bytes file)
{
	size_t	i, n;

	if (file.len != 162 && file.len != 165)
		return false;
	n = file.data[0];
	if (n == 0 || n > 54)
		return false;
	for (i = 1 + n; i < 54; i++)
		if (file.data[i] != 0 && file.data[i] != ' ')
			return false;
	return true;
}

/* A document that opens and shows nothing but, perhaps, a picture. */
static bool
is_blank(const struct document *doc)
{
	size_t	i;

	if ((doc->remarks & REMARK_EMBEDDED_NOT_READ) != 0)
		return false;
	for (i = 0; i < doc->n; i++)
		if (doc->paragraphs[i].text[0] != '\0')
			return false;
	return true;
}

enum parse_status
document_read(struct bytes file, enum format f, struct arena *arena,
    struct document **out)
{
	struct document	*doc = NULL;
	enum parse_status status = PARSE_NOT_SUPPORTED;
	size_t		 i;

	if (file.len == 0)
		return PARSE_EMPTY;
	if (f == FORMAT_DOCX_ENCRYPTED ||
	    (f == FORMAT_DOC && ole_word_is_encrypted(file,
	    arena_pages(arena))))
		return PARSE_ENCRYPTED;
	if (is_lock_file(file))
		return PARSE_LOCK_FILE;
	for (i = 0; i < sizeof(readers) / sizeof(readers[0]); i++)
		if (readers[i].format == f)
			status = readers[i].read(file, arena, &doc);
	if (status == PARSE_OK && is_blank(doc))
		return PARSE_NO_TEXT;
	if (status == PARSE_OK) {
		document_split_soft_lines(doc, arena);
		*out = doc;
	}
	return status;
}
