#ifndef PARSERS_LETTERS_H
#define PARSERS_LETTERS_H

#include <stdint.h>

/* What a Vietnamese letter with marks is made of. */
struct letter_parts {
	uint16_t	code;	/* composed, capital or small */
	uint16_t	base;	/* small, without its tone: ê of Ế */
	char		plain;	/* small, without any mark: e of Ế */
	char		tone;	/* '1' sắc, '2' huyền, '3' hỏi, '4' ngã,
				   '5' nặng, '0' none */
};

/* NULL when the code point is none of them. */
const struct letter_parts *letter_parts_find(uint32_t code);

#endif
