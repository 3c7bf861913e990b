#ifndef TESTS_MAPPED_H
#define TESTS_MAPPED_H

#include "parsers/bytes.h"

struct pages;

/*
 * The content in a mapped file, with a scratch file beside it; both are as
 * large ones are, but their limits are small enough for a test.
 */
void	 mapped_open(struct pages *p, struct bytes content);
void	 mapped_close(struct pages *p);

#endif
