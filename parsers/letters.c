/*
 * The 134 letters with marks that Vietnamese is written with, composed
 * (NFC): nearly all text that comes is made of these and ASCII.
 */
#include "parsers/letters.h"

#define L(code, base, plain, tone) \
	[(code) - LETTERS_LOW] = { (code), (base), (plain), (tone) }
const struct letter_parts letters_low[] = {
	L(0x00C0, 'a', 'a', '2'), L(0x00C1, 'a', 'a', '1'),
	L(0x00C2, 0x00E2, 'a', '0'), L(0x00C3, 'a', 'a', '4'),
	L(0x00C8, 'e', 'e', '2'), L(0x00C9, 'e', 'e', '1'),
	L(0x00CA, 0x00EA, 'e', '0'), L(0x00CC, 'i', 'i', '2'),
	L(0x00CD, 'i', 'i', '1'), L(0x00D2, 'o', 'o', '2'),
	L(0x00D3, 'o', 'o', '1'), L(0x00D4, 0x00F4, 'o', '0'),
	L(0x00D5, 'o', 'o', '4'), L(0x00D9, 'u', 'u', '2'),
	L(0x00DA, 'u', 'u', '1'), L(0x00DD, 'y', 'y', '1'),
	L(0x00E0, 'a', 'a', '2'), L(0x00E1, 'a', 'a', '1'),
	L(0x00E2, 0x00E2, 'a', '0'), L(0x00E3, 'a', 'a', '4'),
	L(0x00E8, 'e', 'e', '2'), L(0x00E9, 'e', 'e', '1'),
	L(0x00EA, 0x00EA, 'e', '0'), L(0x00EC, 'i', 'i', '2'),
	L(0x00ED, 'i', 'i', '1'), L(0x00F2, 'o', 'o', '2'),
	L(0x00F3, 'o', 'o', '1'), L(0x00F4, 0x00F4, 'o', '0'),
	L(0x00F5, 'o', 'o', '4'), L(0x00F9, 'u', 'u', '2'),
	L(0x00FA, 'u', 'u', '1'), L(0x00FD, 'y', 'y', '1'),
	L(0x0102, 0x0103, 'a', '0'), L(0x0103, 0x0103, 'a', '0'),
	L(0x0110, 0x0111, 'd', '0'), L(0x0111, 0x0111, 'd', '0'),
	L(0x0128, 'i', 'i', '4'), L(0x0129, 'i', 'i', '4'),
	L(0x0168, 'u', 'u', '4'), L(0x0169, 'u', 'u', '4'),
	L(0x01A0, 0x01A1, 'o', '0'), L(0x01A1, 0x01A1, 'o', '0'),
	L(0x01AF, 0x01B0, 'u', '0'), L(0x01B0, 0x01B0, 'u', '0'),
};
#undef L

#define L(code, base, plain, tone) \
	[(code) - LETTERS_HIGH] = { (code), (base), (plain), (tone) }
const struct letter_parts letters_high[] = {
	L(0x1EA0, 'a', 'a', '5'), L(0x1EA1, 'a', 'a', '5'),
	L(0x1EA2, 'a', 'a', '3'), L(0x1EA3, 'a', 'a', '3'),
	L(0x1EA4, 0x00E2, 'a', '1'), L(0x1EA5, 0x00E2, 'a', '1'),
	L(0x1EA6, 0x00E2, 'a', '2'), L(0x1EA7, 0x00E2, 'a', '2'),
	L(0x1EA8, 0x00E2, 'a', '3'), L(0x1EA9, 0x00E2, 'a', '3'),
	L(0x1EAA, 0x00E2, 'a', '4'), L(0x1EAB, 0x00E2, 'a', '4'),
	L(0x1EAC, 0x00E2, 'a', '5'), L(0x1EAD, 0x00E2, 'a', '5'),
	L(0x1EAE, 0x0103, 'a', '1'), L(0x1EAF, 0x0103, 'a', '1'),
	L(0x1EB0, 0x0103, 'a', '2'), L(0x1EB1, 0x0103, 'a', '2'),
	L(0x1EB2, 0x0103, 'a', '3'), L(0x1EB3, 0x0103, 'a', '3'),
	L(0x1EB4, 0x0103, 'a', '4'), L(0x1EB5, 0x0103, 'a', '4'),
	L(0x1EB6, 0x0103, 'a', '5'), L(0x1EB7, 0x0103, 'a', '5'),
	L(0x1EB8, 'e', 'e', '5'), L(0x1EB9, 'e', 'e', '5'),
	L(0x1EBA, 'e', 'e', '3'), L(0x1EBB, 'e', 'e', '3'),
	L(0x1EBC, 'e', 'e', '4'), L(0x1EBD, 'e', 'e', '4'),
	L(0x1EBE, 0x00EA, 'e', '1'), L(0x1EBF, 0x00EA, 'e', '1'),
	L(0x1EC0, 0x00EA, 'e', '2'), L(0x1EC1, 0x00EA, 'e', '2'),
	L(0x1EC2, 0x00EA, 'e', '3'), L(0x1EC3, 0x00EA, 'e', '3'),
	L(0x1EC4, 0x00EA, 'e', '4'), L(0x1EC5, 0x00EA, 'e', '4'),
	L(0x1EC6, 0x00EA, 'e', '5'), L(0x1EC7, 0x00EA, 'e', '5'),
	L(0x1EC8, 'i', 'i', '3'), L(0x1EC9, 'i', 'i', '3'),
	L(0x1ECA, 'i', 'i', '5'), L(0x1ECB, 'i', 'i', '5'),
	L(0x1ECC, 'o', 'o', '5'), L(0x1ECD, 'o', 'o', '5'),
	L(0x1ECE, 'o', 'o', '3'), L(0x1ECF, 'o', 'o', '3'),
	L(0x1ED0, 0x00F4, 'o', '1'), L(0x1ED1, 0x00F4, 'o', '1'),
	L(0x1ED2, 0x00F4, 'o', '2'), L(0x1ED3, 0x00F4, 'o', '2'),
	L(0x1ED4, 0x00F4, 'o', '3'), L(0x1ED5, 0x00F4, 'o', '3'),
	L(0x1ED6, 0x00F4, 'o', '4'), L(0x1ED7, 0x00F4, 'o', '4'),
	L(0x1ED8, 0x00F4, 'o', '5'), L(0x1ED9, 0x00F4, 'o', '5'),
	L(0x1EDA, 0x01A1, 'o', '1'), L(0x1EDB, 0x01A1, 'o', '1'),
	L(0x1EDC, 0x01A1, 'o', '2'), L(0x1EDD, 0x01A1, 'o', '2'),
	L(0x1EDE, 0x01A1, 'o', '3'), L(0x1EDF, 0x01A1, 'o', '3'),
	L(0x1EE0, 0x01A1, 'o', '4'), L(0x1EE1, 0x01A1, 'o', '4'),
	L(0x1EE2, 0x01A1, 'o', '5'), L(0x1EE3, 0x01A1, 'o', '5'),
	L(0x1EE4, 'u', 'u', '5'), L(0x1EE5, 'u', 'u', '5'),
	L(0x1EE6, 'u', 'u', '3'), L(0x1EE7, 'u', 'u', '3'),
	L(0x1EE8, 0x01B0, 'u', '1'), L(0x1EE9, 0x01B0, 'u', '1'),
	L(0x1EEA, 0x01B0, 'u', '2'), L(0x1EEB, 0x01B0, 'u', '2'),
	L(0x1EEC, 0x01B0, 'u', '3'), L(0x1EED, 0x01B0, 'u', '3'),
	L(0x1EEE, 0x01B0, 'u', '4'), L(0x1EEF, 0x01B0, 'u', '4'),
	L(0x1EF0, 0x01B0, 'u', '5'), L(0x1EF1, 0x01B0, 'u', '5'),
	L(0x1EF2, 'y', 'y', '2'), L(0x1EF3, 'y', 'y', '2'),
	L(0x1EF4, 'y', 'y', '5'), L(0x1EF5, 'y', 'y', '5'),
	L(0x1EF6, 'y', 'y', '3'), L(0x1EF7, 'y', 'y', '3'),
	L(0x1EF8, 'y', 'y', '4'), L(0x1EF9, 'y', 'y', '4'),
};
#undef L
