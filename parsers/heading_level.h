#ifndef PARSERS_HEADING_LEVEL_H
#define PARSERS_HEADING_LEVEL_H

#include <stddef.h>

#include "parsers/heading_line.h"

/*
 * Gives every line its depth in the document's own tree: by the order of
 * label kinds (Phần, A., I., 1., 1.1., a), -, +), by styles and list
 * levels, and by which sequence goes on after which. lines[] are pointers
 * in document order; all of them are taken for headings.
 */
void	heading_levels(struct heading_line **lines, size_t n);

/* Are the labels of two lines of one kind and shape? */
bool	heading_same_class(const struct heading_line *a,
    const struct heading_line *b);

#endif
