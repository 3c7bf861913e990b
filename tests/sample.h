#ifndef TESTS_SAMPLE_H
#define TESTS_SAMPLE_H

struct arena;
struct letter;

/*
 * The answers a person gave for a sample letter, as a parsed letter:
 * tests/samples/letters/NAME.expect.json. NULL when it cannot be read.
 */
struct letter *sample_letter(const char *name, struct arena *arena);
/* $SRC/PATH, in the arena. */
const char *sample_path(const char *path, struct arena *arena);

#endif
