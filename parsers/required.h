#ifndef PARSERS_REQUIRED_H
#define PARSERS_REQUIRED_H

#include <stdbool.h>

#include "parsers/lexicon.h"
#include "parsers/outline.h"

/*
 * Does a unit of this kind owe the section? The proposal that the clerk
 * confirms per campaign; it knows no outline:
 *
 *  - a heading of the first level is owed by every unit;
 *  - a deeper heading or sub-heading only by the units that its words
 *    name; one that names nobody is nobody's duty (its parent is);
 *  - never: what says "(nếu có)", proposals ("kiến nghị, đề xuất"),
 *    guidance.
 *
 * unit may be NULL: a unit that no words name.
 * node is an index into the outline; an index outside it is owed by none.
 */
bool outline_required(const struct outline *o, const struct lexicon *lx,
    const struct audience *unit, int node);

#endif
