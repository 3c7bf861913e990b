/* A whole file in memory, whatever its size; it is never freed. */
#include "tests/whole_file.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct bytes
whole_file(const char *path)
{
	struct bytes	 b = { NULL, 0 };
	uint8_t		*data = NULL;
	size_t		 cap = 0, n;
	FILE		*f = fopen(path, "rb");

	if (f == NULL) {
		perror(path);
		exit(66);
	}
	do {
		cap += 1 << 20;
		data = realloc(data, cap);
		if (data == NULL)
			abort();
		n = fread(data + b.len, 1, cap - b.len, f);
		b.len += n;
	} while (n > 0);
	(void)fclose(f); /* only read */
	b.data = data;
	return b;
}
