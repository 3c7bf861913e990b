#ifndef PARSERS_HEADING_TABLE_H
#define PARSERS_HEADING_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "parsers/document.h"

struct arena;

/* Words of a cell that holds prose. */
#define HEADING_LONG_CELL 12

/*
 * Marks tables of figures (ZONE_DATA) and rows that only name columns
 * (ZONE_TITLE), also columns that say who is to write, among the body's
 * paragraphs from `from` on.
 */
void	 heading_mark_tables(const struct document *doc, size_t from,
    uint8_t *zone, struct arena *arena);

#endif
