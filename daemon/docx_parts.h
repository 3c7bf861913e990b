#ifndef DAEMON_DOCX_PARTS_H
#define DAEMON_DOCX_PARTS_H

#include <stddef.h>

#include "daemon/paper.h"
#include "parsers/bytes.h"

struct strbuf;

/* The fixed parts of a DOCX that we write, and its zip. */
#define DOCX_NS_W \
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define DOCX_NS_R \
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define DOCX_REL_HEADER "rId3"	/* the page number */
#define DOCX_STYLE_GRID "TableGrid"
#define DOCX_STYLE_NOTE_MARK "FootnoteReference"

struct docx_package {
	struct bytes	 document; /* word/document.xml */
	struct bytes	 footnotes; /* word/footnotes.xml, or no bytes */
	const char	*title;
	const char	*creator;
};

/* w:styleId of a style. */
const char *docx_style_id(enum paper_style s);
/* Append text without what XML 1.0 cannot hold. */
void	 docx_clean(struct strbuf *out, const char *s, size_t len);
/* The whole file. 0, or -1 with *why (static text). */
int	 docx_package(const struct docx_package *p, struct strbuf *out,
    const char **why);

#endif
