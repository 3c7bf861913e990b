#ifndef PARSERS_NUMBER_FORMAT_H
#define PARSERS_NUMBER_FORMAT_H

#include <stdint.h>

struct strbuf;

/* How a counter is written (17.18.59 and ODF 20.314); others: decimal. */
enum number_format { NUMBER_DECIMAL = 0, NUMBER_UPPER_ROMAN,
	NUMBER_LOWER_ROMAN, NUMBER_UPPER_LETTER, NUMBER_LOWER_LETTER,
	NUMBER_ORDINAL, NUMBER_PADDED, NUMBER_BULLET, NUMBER_NONE };

/* width: least digits with NUMBER_PADDED. */
void	number_write(struct strbuf *out, int32_t value,
    enum number_format format, unsigned width);

#endif
