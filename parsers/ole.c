/*
 * OLE containers: directory entries stand at multiples of 128 bytes, so
 * they are found without following sector chains, damaged ones too.
 */
#include "parsers/ole.h"

#include <string.h>
#include <strings.h>

#include "parsers/pages.h"

#define HEADER_BYTES 512
#define ENTRY_BYTES 128
#define WORD_MAGIC 0xa5ec

static uint32_t
little(const uint8_t *p, int n)
{
	uint32_t	v = 0;

	while (n-- > 0)
		v = v << 8 | p[n];
	return v;
}

const uint8_t *
ole_find(struct bytes file, const char *name, struct pages *pages)
{
	size_t		 n = strlen(name), at, i;
	const uint8_t	*entry;

	for (at = HEADER_BYTES; at + ENTRY_BYTES <= file.len;
	    at += ENTRY_BYTES) {
		entry = file.data + at;
		pages_passed(pages, ENTRY_BYTES);
		/* the name's length in bytes, its NUL too; 2: a stream */
		if (little(entry + 64, 2) != (n + 1) * 2 || entry[66] != 2)
			continue;
		for (i = 0; i < n; i++)
			if (strncasecmp((const char *)entry + 2 * i,
			    name + i, 1) != 0 || entry[2 * i + 1] != 0)
				break;
		if (i == n)
			return entry;
	}
	return NULL;
}

bool
ole_word_is_encrypted(struct bytes file, struct pages *pages)
{
	const uint8_t	*entry = ole_find(file, "WordDocument", pages);
	uint64_t	 at;
	uint32_t	 shift;

	if (entry == NULL || file.len < HEADER_BYTES)
		return false;
	shift = little(file.data + 30, 2);
	if (shift < 7 || shift > 16)
		return false;
	at = ((uint64_t)little(entry + 116, 4) + 1) << shift;
	if (at + 12 > file.len || little(file.data + at, 2) != WORD_MAGIC)
		return false;
	return (little(file.data + at + 10, 2) & 0x0100) != 0;
}
