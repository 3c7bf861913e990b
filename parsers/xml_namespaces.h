#ifndef PARSERS_XML_NAMESPACES_H
#define PARSERS_XML_NAMESPACES_H

/*
 * Namespaces: X(C name, URI). A family may have several: transitional and
 * strict. NS_KNOWN: extensions whose mc:Choice we may prefer.
 */
#define XML_NAMESPACES \
	X(W, "http://schemas.openxmlformats.org/wordprocessingml/2006/main") \
	X(W, "http://purl.oclc.org/ooxml/wordprocessingml/main") \
	X(R, "http://schemas.openxmlformats.org/officeDocument/2006/" \
	    "relationships") \
	X(R, "http://purl.oclc.org/ooxml/officeDocument/relationships") \
	X(RELS, "http://schemas.openxmlformats.org/package/2006/" \
	    "relationships") \
	X(TYPES, "http://schemas.openxmlformats.org/package/2006/" \
	    "content-types") \
	X(MC, "http://schemas.openxmlformats.org/markup-compatibility/2006") \
	X(A, "http://schemas.openxmlformats.org/drawingml/2006/main") \
	X(A, "http://purl.oclc.org/ooxml/drawingml/main") \
	X(M, "http://schemas.openxmlformats.org/officeDocument/2006/math") \
	X(M, "http://purl.oclc.org/ooxml/officeDocument/math") \
	X(V, "urn:schemas-microsoft-com:vml") \
	X(X, "http://schemas.openxmlformats.org/spreadsheetml/2006/main") \
	X(X, "http://purl.oclc.org/ooxml/spreadsheetml/main") \
	X(OFFICE, "urn:oasis:names:tc:opendocument:xmlns:office:1.0") \
	X(STYLE, "urn:oasis:names:tc:opendocument:xmlns:style:1.0") \
	X(TEXT, "urn:oasis:names:tc:opendocument:xmlns:text:1.0") \
	X(TABLE, "urn:oasis:names:tc:opendocument:xmlns:table:1.0") \
	X(DRAW, "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0") \
	X(FO, "urn:oasis:names:tc:opendocument:xmlns:" \
	    "xsl-fo-compatible:1.0") \
	X(MANIFEST, "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0") \
	X(LOEXT, "urn:org:documentfoundation:names:experimental:office:" \
	    "xmlns:loext:1.0") \
	X(XML, "http://www.w3.org/XML/1998/namespace") \
	X(KNOWN, "http://schemas.openxmlformats.org/drawingml/2006/" \
	    "wordprocessingDrawing") \
	X(KNOWN, "http://purl.oclc.org/ooxml/drawingml/" \
	    "wordprocessingDrawing") \
	X(KNOWN, "http://schemas.openxmlformats.org/drawingml/2006/picture") \
	X(KNOWN, "http://purl.oclc.org/ooxml/drawingml/picture") \
	X(KNOWN, "http://schemas.microsoft.com/office/word/2010/" \
	    "wordprocessingShape") \
	X(KNOWN, "http://schemas.microsoft.com/office/word/2010/" \
	    "wordprocessingGroup") \
	X(KNOWN, "http://schemas.microsoft.com/office/word/2010/" \
	    "wordprocessingCanvas") \
	X(KNOWN, "http://schemas.microsoft.com/office/word/2010/" \
	    "wordprocessingDrawing") \
	X(KNOWN, "http://schemas.microsoft.com/office/drawing/2010/main") \
	X(KNOWN, "http://schemas.microsoft.com/office/word/2010/wordml") \
	X(KNOWN, "http://schemas.microsoft.com/office/word/2012/wordml") \
	X(KNOWN, "http://schemas.microsoft.com/office/word/2015/wordml/" \
	    "symex") \
	X(KNOWN, "http://schemas.microsoft.com/office/word/2016/wordml/cid") \
	X(KNOWN, "http://schemas.microsoft.com/office/word/2018/wordml") \
	X(KNOWN, "http://schemas.microsoft.com/office/word/2018/wordml/cex") \
	X(KNOWN, "http://schemas.microsoft.com/office/word/2020/wordml/" \
	    "sdtdatahash")

enum xml_ns {
	NS_NONE = 0, NS_OTHER, NS_W, NS_R, NS_RELS, NS_TYPES, NS_MC, NS_A,
	NS_M, NS_V, NS_X, NS_OFFICE, NS_STYLE, NS_TEXT, NS_TABLE, NS_DRAW,
	NS_FO, NS_MANIFEST, NS_LOEXT, NS_XML, NS_KNOWN, NS_COUNT
};

#endif
