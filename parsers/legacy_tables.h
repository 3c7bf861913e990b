#ifndef PARSERS_LEGACY_TABLES_H
#define PARSERS_LEGACY_TABLES_H

#include <stdint.h>

/* All give 0 where the encoding has no letter of its own. */
uint32_t tcvn_letter(uint32_t code);
/* A VNI code that is a letter by itself. */
uint32_t vni_letter(uint32_t code);
/* A base letter and the code behind it. */
uint32_t vni_pair(uint32_t base, uint32_t mark);

#endif
