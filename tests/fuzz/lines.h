#ifndef TESTS_FUZZ_LINES_H
#define TESTS_FUZZ_LINES_H

#include <stdint.h>

#include "parsers/document.h"

struct arena;

/* Of the first lines of data, cut at limits of its own; lives in arena. */
struct document	lines_document(const uint8_t *data, size_t size,
    struct arena *arena);

#endif
