/*
 * Stands in for libFuzzer where there is none: runs a target on files, and
 * on spoiled copies of each.
 *   replay-NAME [-n COPIES] FILE...
 * The copies are the same on every run: bytes changed, dropped, repeated,
 * the end cut off.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_BYTES ((size_t)1 << 20)

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static uint32_t	seed;

static uint32_t
next_number(uint32_t below)
{
	seed = seed * 1664525 + 1013904223;
	return below == 0 ? 0 : (seed >> 8) % below;
}

/* One change somewhere; returns the new length. */
static size_t
spoil(uint8_t *data, size_t len)
{
	size_t	at = next_number((uint32_t)len), n;

	if (len == 0)
		return 0;
	n = 1 + next_number(16);
	if (n > len - at)
		n = len - at;
	switch (next_number(5)) {
	case 0:
		data[at] = (uint8_t)next_number(256);
		break;
	case 1:
		data[at] ^= (uint8_t)(1U << next_number(8));
		break;
	case 2: /* drop */
		memmove(data + at, data + at + n, len - at - n);
		return len - n;
	case 3: /* say twice; the room is twice the file's */
		memmove(data + at + n, data + at, len - at);
		return len + n;
	default:
		return next_number(8) == 0 ? at : len;
	}
	return len;
}

static int
run(const char *path, unsigned copies)
{
	uint8_t		*whole = malloc(FILE_BYTES);
	uint8_t		*copy = NULL;
	size_t		 len, n;
	unsigned	 i, k;
	FILE		*f = fopen(path, "rb");

	if (f == NULL || whole == NULL) {
		perror(path);
		return 1;
	}
	len = fread(whole, 1, FILE_BYTES, f);
	fclose(f);
	seed = (uint32_t)len;
	(void)LLVMFuzzerTestOneInput(whole, len);
	for (i = 0; i < copies; i++) {
		copy = malloc(len + 16 * 8 + 1);
		if (copy == NULL)
			abort();
		memcpy(copy, whole, len);
		for (n = len, k = 1 + next_number(8); k > 0; k--)
			n = spoil(copy, n);
		/* its own block of the very size, for the sanitizer */
		copy = realloc(copy, n == 0 ? 1 : n);
		(void)LLVMFuzzerTestOneInput(copy, n);
		free(copy);
	}
	free(whole);
	return 0;
}

int
main(int argc, char **argv)
{
	unsigned	copies = 0;
	int		i = 1, failed = 0, files = 0;

	if (argc > 2 && strcmp(argv[1], "-n") == 0) {
		copies = (unsigned)strtoul(argv[2], NULL, 10);
		i = 3;
	}
	for (; i < argc; i++, files++)
		failed |= run(argv[i], copies);
	if (files == 0) {
		fputs("usage: replay-NAME [-n COPIES] FILE...\n", stderr);
		return 64;
	}
	printf("%d files, %u copies of each\n", files, copies);
	return failed;
}
