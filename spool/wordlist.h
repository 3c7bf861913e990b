#ifndef SPOOL_WORDLIST_H
#define SPOOL_WORDLIST_H

#include <stddef.h>

/*
 * Short lists of texts in one column: lines of fields, '\n' after each
 * line, '\t' between its fields. Control characters in a field become
 * blanks.
 */
struct wordlist {
	char		*text;
	size_t		 len, cap;
};

void	 wordlist_add(struct wordlist *w, const char *field, char end);
/* The text, "" while empty; then free w->text. */
const char *wordlist_get(const struct wordlist *w);

size_t	 wordlist_count(const char *text); /* lines */
/*
 * Cut a text in place: the next field, up to its end character, which is
 * overwritten by NUL. *at moves behind it. "" at the end of the text.
 */
char	*wordlist_next(char **at, char end);

/* Copy a text to *at, which moves on behind its NUL. The copy. */
char	*wordlist_put(char **at, const char *s);

#endif
