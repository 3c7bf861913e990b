#ifndef PARSERS_DATA_LINES_H
#define PARSERS_DATA_LINES_H

#include "parsers/bytes.h"

struct arena;

/* A data file read line by line; arena and why are set by the caller. */
struct data_lines {
	const char	*file;	/* its name, for mistakes */
	const char	*rest;
	int		 line;	/* number of the last line given */
	struct arena	*arena;
	const char	**why;	/* set to "FILE:LINE: what" */
};

/* Begin with a file; -1 and *why when it is not UTF-8. Copies the bytes. */
int	 data_lines_init(struct data_lines *in, const char *file,
    struct bytes b);
/* The next line that says something, NULL at the end. */
char	*data_lines_next(struct data_lines *in);
/* Cut *s at the next sep; NULL when nothing is left. */
char	*data_part(char **s, char sep);
/* Say what is wrong with the line, and what would be right. Always -1. */
int	 data_wrong(struct data_lines *in, const char *what);

#endif
