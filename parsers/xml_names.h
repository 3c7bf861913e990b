#ifndef PARSERS_XML_NAMES_H
#define PARSERS_XML_NAMES_H

/*
 * Every element and attribute name that some reader looks at:
 * X(C name, XML name).
 */
#define XML_NAMES \
	X(AlternateContent, "AlternateContent") \
	X(Choice, "Choice") \
	X(ContentType, "ContentType") \
	X(Default, "Default") \
	X(Extension, "Extension") \
	X(Fallback, "Fallback") \
	X(Id, "Id") \
	X(Override, "Override") \
	X(PartName, "PartName") \
	X(Relationship, "Relationship") \
	X(Requires, "Requires") \
	X(Target, "Target") \
	X(TargetMode, "TargetMode") \
	X(Type, "Type") \
	X(abstractNum, "abstractNum") \
	X(abstractNumId, "abstractNumId") \
	X(altChunk, "altChunk") \
	X(ascii, "ascii") \
	X(asciiTheme, "asciiTheme") \
	X(b, "b") \
	X(basedOn, "basedOn") \
	X(blip, "blip") \
	X(body, "body") \
	X(br, "br") \
	X(c, "c") \
	X(caps, "caps") \
	X(cellDel, "cellDel") \
	X(cellIns, "cellIns") \
	X(cellMerge, "cellMerge") \
	X(char, "char") \
	X(cr, "cr") \
	X(customXml, "customXml") \
	X(customXmlPr, "customXmlPr") \
	X(default, "default") \
	X(del, "del") \
	X(docDefaults, "docDefaults") \
	X(document, "document") \
	X(embed, "embed") \
	X(fldChar, "fldChar") \
	X(fldCharType, "fldCharType") \
	X(fldData, "fldData") \
	X(fldSimple, "fldSimple") \
	X(font, "font") \
	X(format, "format") \
	X(gridCol, "gridCol") \
	X(gridSpan, "gridSpan") \
	X(hAnsi, "hAnsi") \
	X(hAnsiTheme, "hAnsiTheme") \
	X(i, "i") \
	X(id, "id") \
	X(ilvl, "ilvl") \
	X(imagedata, "imagedata") \
	X(ins, "ins") \
	X(is, "is") \
	X(isLgl, "isLgl") \
	X(jc, "jc") \
	X(keepNext, "keepNext") \
	X(link, "link") \
	X(lvl, "lvl") \
	X(lvlOverride, "lvlOverride") \
	X(lvlPicBulletId, "lvlPicBulletId") \
	X(lvlRestart, "lvlRestart") \
	X(lvlText, "lvlText") \
	X(moveFrom, "moveFrom") \
	X(moveTo, "moveTo") \
	X(multiLevelType, "multiLevelType") \
	X(name, "name") \
	X(noBreakHyphen, "noBreakHyphen") \
	X(num, "num") \
	X(numFmt, "numFmt") \
	X(numId, "numId") \
	X(numPr, "numPr") \
	X(numStyleLink, "numStyleLink") \
	X(numberingChange, "numberingChange") \
	X(object, "object") \
	X(outlineLvl, "outlineLvl") \
	X(p, "p") \
	X(pPr, "pPr") \
	X(pPrChange, "pPrChange") \
	X(pPrDefault, "pPrDefault") \
	X(pStyle, "pStyle") \
	X(pageBreakBefore, "pageBreakBefore") \
	X(pic, "pic") \
	X(preserve, "preserve") \
	X(ptab, "ptab") \
	X(r, "r") \
	X(rFonts, "rFonts") \
	X(rPh, "rPh") \
	X(rPr, "rPr") \
	X(rPrChange, "rPrChange") \
	X(rPrDefault, "rPrDefault") \
	X(rStyle, "rStyle") \
	X(row, "row") \
	X(rt, "rt") \
	X(ruby, "ruby") \
	X(rubyBase, "rubyBase") \
	X(rubyPr, "rubyPr") \
	X(sdt, "sdt") \
	X(sdtContent, "sdtContent") \
	X(sdtEndPr, "sdtEndPr") \
	X(sdtPr, "sdtPr") \
	X(sectPr, "sectPr") \
	X(sectPrChange, "sectPrChange") \
	X(sheet, "sheet") \
	X(sheets, "sheets") \
	X(showingPlcHdr, "showingPlcHdr") \
	X(si, "si") \
	X(softHyphen, "softHyphen") \
	X(space, "space") \
	X(specVanish, "specVanish") \
	X(sst, "sst") \
	X(start, "start") \
	X(startOverride, "startOverride") \
	X(state, "state") \
	X(style, "style") \
	X(styleId, "styleId") \
	X(styleLink, "styleLink") \
	X(styles, "styles") \
	X(sym, "sym") \
	X(sz, "sz") \
	X(t, "t") \
	X(tab, "tab") \
	X(tbl, "tbl") \
	X(tblGrid, "tblGrid") \
	X(tblGridChange, "tblGridChange") \
	X(tblPr, "tblPr") \
	X(tc, "tc") \
	X(tcPr, "tcPr") \
	X(tcPrChange, "tcPrChange") \
	X(tr, "tr") \
	X(trPr, "trPr") \
	X(trPrChange, "trPrChange") \
	X(txbxContent, "txbxContent") \
	X(type, "type") \
	X(u, "u") \
	X(v, "v") \
	X(val, "val") \
	X(vanish, "vanish") \
	X(worksheet, "worksheet")

/* The names of OpenDocument, with "_" for "-". */
#define ODF_NAMES \
	X(annotation, "annotation") \
	X(automatic_styles, "automatic-styles") \
	X(break_before, "break-before") \
	X(bullet_char, "bullet-char") \
	X(continue_list, "continue-list") \
	X(continue_numbering, "continue-numbering") \
	X(default_outline_level, "default-outline-level") \
	X(default_style, "default-style") \
	X(display, "display") \
	X(display_levels, "display-levels") \
	X(display_name, "display-name") \
	X(encryption_data, "encryption-data") \
	X(family, "family") \
	X(font_family, "font-family") \
	X(font_name, "font-name") \
	X(font_size, "font-size") \
	X(font_style, "font-style") \
	X(font_weight, "font-weight") \
	X(h, "h") \
	X(image, "image") \
	X(is_list_header, "is-list-header") \
	X(keep_with_next, "keep-with-next") \
	X(level, "level") \
	X(line_break, "line-break") \
	X(list, "list") \
	X(list_header, "list-header") \
	X(list_item, "list-item") \
	X(list_level_style_bullet, "list-level-style-bullet") \
	X(list_level_style_image, "list-level-style-image") \
	X(list_level_style_number, "list-level-style-number") \
	X(list_style, "list-style") \
	X(master_page_name, "master-page-name") \
	X(note, "note") \
	X(num_format, "num-format") \
	X(num_list_format, "num-list-format") \
	X(num_prefix, "num-prefix") \
	X(num_suffix, "num-suffix") \
	X(number, "number") \
	X(number_columns_repeated, "number-columns-repeated") \
	X(outline_level, "outline-level") \
	X(outline_level_style, "outline-level-style") \
	X(outline_style, "outline-style") \
	X(paragraph_properties, "paragraph-properties") \
	X(parent_style_name, "parent-style-name") \
	X(ruby_text, "ruby-text") \
	X(s, "s") \
	X(section, "section") \
	X(showing_place_holder, "showing-place-holder") \
	X(span, "span") \
	X(start_value, "start-value") \
	X(style_name, "style-name") \
	X(table, "table") \
	X(table_cell, "table-cell") \
	X(table_column, "table-column") \
	X(table_of_content, "table-of-content") \
	X(table_row, "table-row") \
	X(text, "text") \
	X(text_box, "text-box") \
	X(text_align, "text-align") \
	X(text_properties, "text-properties") \
	X(text_transform, "text-transform") \
	X(text_underline_style, "text-underline-style") \
	X(tracked_changes, "tracked-changes")

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

enum xml_name {
	N_OTHER = 0,
#define X(id, name) N_##id,
	XML_NAMES
	ODF_NAMES
#undef X
	N_COUNT
};

enum xml_ns {
	NS_NONE = 0, NS_OTHER, NS_W, NS_R, NS_RELS, NS_TYPES, NS_MC, NS_A,
	NS_M, NS_V, NS_X, NS_OFFICE, NS_STYLE, NS_TEXT, NS_TABLE, NS_DRAW,
	NS_FO, NS_MANIFEST, NS_LOEXT, NS_XML, NS_KNOWN, NS_COUNT
};

#endif
