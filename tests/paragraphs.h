#ifndef TESTS_PARAGRAPHS_H
#define TESTS_PARAGRAPHS_H

struct arena;
struct document;

/*
 * A document from a plain notation, one paragraph a line: flags in
 * brackets, then the text. An empty line is an empty paragraph, "\n" in
 * the text a line break, # at the start of a line a comment.
 *
 *   [bold] [italic] [centred] [page] [box] [title]
 *   [num=II.]      automatic number as shown; [bullet=-] a bullet
 *   [level=2]      level in the list; [style=1] level by style
 *   [cell=T.R.C]   table, row, cell
 *
 * Never NULL.
 */
struct document *paragraphs_read(const char *text, struct arena *arena);

/* A whole file, NUL-terminated, in the arena; NULL when there is none. */
char	*file_read(const char *path, struct arena *arena);
/* A path below the source tree ($SRC). */
char	*source_path(const char *name, struct arena *arena);

#endif
