/* Counters in words of list labels. */
#include "parsers/number_format.h"

#include "parsers/strbuf.h"

static void
write_roman(struct strbuf *out, int32_t value, int lower)
{
	static const struct {
		int		 value;
		const char	*digits;
	} steps[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"},
	    {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"},
	    {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}};
	const char	*p;
	unsigned	 i = 0;

	while (value > 0) {
		if (value < steps[i].value) {
			i++;
			continue;
		}
		for (p = steps[i].digits; *p != '\0'; p++)
			strbuf_addc(out, lower ? (char)(*p + 32) : *p);
		value -= steps[i].value;
	}
}

/* a … z, aa, bb: the letter again for each round (17.18.59). */
static void
write_letter(struct strbuf *out, int32_t value, char first)
{
	int32_t	n = (value - 1) / 26 + 1;

	while (n-- > 0)
		strbuf_addc(out, (char)(first + (value - 1) % 26));
}

static void
write_ordinal(struct strbuf *out, int32_t value)
{
	int		 last = value % 10, tens = value / 10 % 10;
	const char	*suffix = "th";

	if (tens != 1)
		suffix = last == 1 ? "st" : last == 2 ? "nd" :
		    last == 3 ? "rd" : "th";
	strbuf_addf(out, "%d%s", value, suffix);
}

void
number_write(struct strbuf *out, int32_t value, enum number_format format,
    unsigned width)
{
	/* beyond what anyone numbers, letters and Romans grow long */
	if ((value < 1 || value > 3999) && format >= NUMBER_UPPER_ROMAN &&
	    format <= NUMBER_LOWER_LETTER)
		format = NUMBER_DECIMAL;
	if (value > 780 && (format == NUMBER_UPPER_LETTER ||
	    format == NUMBER_LOWER_LETTER))
		format = NUMBER_DECIMAL;
	switch (format) {
	case NUMBER_UPPER_ROMAN:
	case NUMBER_LOWER_ROMAN:
		write_roman(out, value, format == NUMBER_LOWER_ROMAN);
		break;
	case NUMBER_UPPER_LETTER:
		write_letter(out, value, 'A');
		break;
	case NUMBER_LOWER_LETTER:
		write_letter(out, value, 'a');
		break;
	case NUMBER_ORDINAL:
		write_ordinal(out, value);
		break;
	case NUMBER_PADDED:
		strbuf_addf(out, "%0*d", (int)(width > 20 ? 20 : width),
		    value);
		break;
	case NUMBER_BULLET:
	case NUMBER_NONE:
		break;
	default:
		strbuf_addf(out, "%d", value);
		break;
	}
}
