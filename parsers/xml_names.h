#ifndef PARSERS_XML_NAMES_H
#define PARSERS_XML_NAMES_H

#include "parsers/odf_names.h"

/*
 * Every element and attribute name that some reader looks at:
 * X(C name, XML name), sorted by the latter.
 */
#define XML_NAMES \
	X(AlternateContent, "AlternateContent") \
	X(Choice, "Choice") \
	X(ContentType, "ContentType") \
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
	X(char, "char") \
	X(cr, "cr") \
	X(customXmlPr, "customXmlPr") \
	X(default, "default") \
	X(del, "del") \
	X(den, "den") \
	X(docDefaults, "docDefaults") \
	X(document, "document") \
	X(endnote, "endnote") \
	X(endnoteReference, "endnoteReference") \
	X(endnotes, "endnotes") \
	X(fldChar, "fldChar") \
	X(fldCharType, "fldCharType") \
	X(font, "font") \
	X(footnote, "footnote") \
	X(footnoteReference, "footnoteReference") \
	X(footnotes, "footnotes") \
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
	X(isLgl, "isLgl") \
	X(jc, "jc") \
	X(keepNext, "keepNext") \
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
	X(outlineLvl, "outlineLvl") \
	X(p, "p") \
	X(pPr, "pPr") \
	X(pPrChange, "pPrChange") \
	X(pPrDefault, "pPrDefault") \
	X(pStyle, "pStyle") \
	X(pageBreakBefore, "pageBreakBefore") \
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
	X(rubyPr, "rubyPr") \
	X(sdtContent, "sdtContent") \
	X(sdtEndPr, "sdtEndPr") \
	X(sdtPr, "sdtPr") \
	X(sectPr, "sectPr") \
	X(sectPrChange, "sectPrChange") \
	X(sheet, "sheet") \
	X(showingPlcHdr, "showingPlcHdr") \
	X(si, "si") \
	X(softHyphen, "softHyphen") \
	X(space, "space") \
	X(specVanish, "specVanish") \
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
	X(vanish, "vanish")

enum xml_name {
	N_OTHER = 0,
#define X(id, name) N_##id,
	XML_NAMES
	ODF_NAMES
#undef X
	N_COUNT,
	N_ODF_FIRST = N_annotation
};

#endif
