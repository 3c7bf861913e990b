#ifndef PARSERS_SOFT_LINES_H
#define PARSERS_SOFT_LINES_H

struct arena;
struct document;

/*
 * Make paragraphs of the lines of those paragraphs whose author pressed
 * Shift+Enter where others press Enter: headings and texts that only line
 * breaks part. A heading that is broken over two lines stays whole. The
 * number of an automatically numbered paragraph stays with its first line.
 */
void	document_split_soft_lines(struct document *doc, struct arena *arena);

#endif
