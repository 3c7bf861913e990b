#ifndef TESTS_BENCH_SAX_FLOOR_H
#define TESTS_BENCH_SAX_FLOOR_H

#include "parsers/bytes.h"

/*
 * Inflates the parts that a reader of a DOCX needs, and runs them through
 * SAX2 with empty handlers: nobody who uses libxml2 can do with less.
 */
void	 sax_floor_run(struct bytes file);

#endif
