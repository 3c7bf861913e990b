/*
 * Lists of words in one database column.
 */
#include "spool/wordlist.h"

#include <stdlib.h>
#include <string.h>

void
wordlist_add(struct wordlist *w, const char *field, char end)
{
	size_t	n = strlen(field), i;

	if (w->len + n + 2 > w->cap) {
		w->cap = (w->len + n + 2) * 2;
		w->text = realloc(w->text, w->cap);
		if (w->text == NULL)
			abort();
	}
	for (i = 0; i < n; i++)
		w->text[w->len + i] =
		    (unsigned char)field[i] < ' ' ? ' ' : field[i];
	w->len += n;
	w->text[w->len++] = end;
	w->text[w->len] = '\0';
}

const char *
wordlist_get(const struct wordlist *w)
{
	return w->text == NULL ? "" : w->text;
}

size_t
wordlist_count(const char *text)
{
	size_t	n = 0;

	for (; *text != '\0'; text++)
		n += *text == '\n';
	return n;
}

char *
wordlist_next(char **at, char end)
{
	char	*field = *at, *stop;

	stop = strchr(field, end);
	if (stop == NULL) {
		*at = field + strlen(field);
	} else {
		*stop = '\0';
		*at = stop + 1;
	}
	return field;
}

char *
wordlist_put(char **at, const char *s)
{
	char	*copy = *at;
	size_t	 len = strlen(s) + 1;

	memcpy(copy, s, len);
	*at += len;
	return copy;
}
