#ifndef PARSERS_LETTERS_H
#define PARSERS_LETTERS_H

#include <stddef.h>
#include <stdint.h>

/* What a Vietnamese letter with marks is made of. */
struct letter_parts {
	uint16_t	code;	/* composed, capital or small */
	uint16_t	base;	/* small, without its tone: ê of Ế */
	char		plain;	/* small, without any mark: e of Ế */
	char		tone;	/* '1' sắc, '2' huyền, '3' hỏi, '4' ngã,
				   '5' nặng, '0' none */
};

/* They stand in two blocks, À … ư with gaps and Ạ … ỹ without. */
#define LETTERS_LOW 0x00C0U
#define LETTERS_LOW_END 0x01B1U
#define LETTERS_HIGH 0x1EA0U
#define LETTERS_HIGH_END 0x1EFAU
extern const struct letter_parts letters_low[];
extern const struct letter_parts letters_high[];

/* NULL when the code point is none of them. */
static inline const struct letter_parts *
letter_parts_find(uint32_t code)
{
	const struct letter_parts	*l = NULL;

	if (code >= LETTERS_HIGH && code < LETTERS_HIGH_END)
		l = &letters_high[code - LETTERS_HIGH];
	else if (code >= LETTERS_LOW && code < LETTERS_LOW_END)
		l = &letters_low[code - LETTERS_LOW];
	return l == NULL || l->code == 0 ? NULL : l;
}

#endif
