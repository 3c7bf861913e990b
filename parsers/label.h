#ifndef PARSERS_LABEL_H
#define PARSERS_LABEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The typed label at the start of a line: "II.", "1.2-", "a)", "Phần thứ
 * nhất:", "-", with the slips of scanners and of hurried typing ("lI.",
 * "1 .", Cyrillic І).
 */
enum label_kind {
	LABEL_NONE = 0,
	LABEL_PART = 1,		/* Phần, Chương, Mục, Điều */
	LABEL_CAPITAL = 2,	/* A. */
	LABEL_ROMAN = 3,	/* II. */
	LABEL_ARABIC = 4,	/* 1. */
	LABEL_MULTI = 5,	/* 1.2. */
	LABEL_LETTER = 6,	/* a) */
	LABEL_SMALL_ROMAN = 7,	/* ii) */
	LABEL_BULLET = 8	/* - + * • */
};

#define LABEL_PARTS 4

struct label {
	uint8_t	kind;		/* enum label_kind */
	uint8_t	also;		/* another reading ("I." as a capital);
				   LABEL_NONE when there is but one */
	uint8_t	n_parts;	/* of LABEL_MULTI, else 1 */
	uint8_t	parts[LABEL_PARTS]; /* the number, 1..; last is its own */
	uint8_t	also_value;	/* the number in the other reading */
	char	mark;		/* '.', ')', '/', '-', ':' behind the number;
				   ' ' for none; the sign of a bullet: '-',
				   '+', '*', 'o' */
	bool	tight;		/* no space before what follows */
	size_t	len;		/* bytes of the label, without white space */
	size_t	title;		/* offset of what follows */
};

/*
 * Reads the label of a line. False (and kind LABEL_NONE) when there is
 * none: "6 tháng", "20/11", "1.000.000", "1-CT/TW" are no labels.
 * s is NFC with single spaces.
 */
bool	 label_parse(const char *s, struct label *out);
/* The label's own number: the last part. */
int	 label_value(const struct label *l);

#endif
