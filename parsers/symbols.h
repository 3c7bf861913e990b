#ifndef PARSERS_SYMBOLS_H
#define PARSERS_SYMBOLS_H

#include <stdint.h>

#include "parsers/properties.h"

/*
 * A character of a symbol font in Unicode. code: 0x20..0xFF, or that plus
 * 0xF000 (the private use area). Unknown ones of symbol fonts are U+25A1
 * (a box, as a reader without the font sees); with other fonts only the
 * usual bullets of the private use area are translated, else 0 is given:
 * leave it alone.
 */
uint32_t symbol_to_unicode(enum font_kind font, uint32_t code);

#endif
