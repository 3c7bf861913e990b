/*
 * Lines of a data file of ours: comments with #, and words about mistakes
 * that name file and line.
 */
#include "parsers/data_lines.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/text.h"

int
data_wrong(struct data_lines *in, const char *what)
{
	*in->why = arena_printf(in->arena, "%s:%d: %s", in->file, in->line,
	    what);
	return -1;
}

int
data_lines_init(struct data_lines *in, const char *file, struct bytes b)
{
	in->file = file;
	in->line = 0;
	in->rest = "";
	if (!text_is_utf8(b))
		return data_wrong(in, "is not UTF-8 text; save it as UTF-8");
	in->rest = arena_strndup(in->arena, (const char *)b.data, b.len);
	return 0;
}

static char *
trim(char *s)
{
	size_t	len;

	s += strspn(s, " \t\r");
	len = strlen(s);
	while (len > 0 && strchr(" \t\r", s[len - 1]) != NULL)
		s[--len] = '\0';
	return s;
}

char *
data_lines_next(struct data_lines *in)
{
	char	*s;
	size_t	 len;

	while (*in->rest != '\0') {
		len = strcspn(in->rest, "\n");
		s = arena_strndup(in->arena, in->rest, len);
		in->rest += len;
		in->rest += *in->rest == '\n';
		if (in->line++ == 0 && strncmp(s, "\xEF\xBB\xBF", 3) == 0)
			s += 3;
		s = trim(s);
		if (*s != '\0' && *s != '#')
			return s;
	}
	return NULL;
}

char *
data_part(char **s, char sep)
{
	char	*part = *s, *end;

	if (part == NULL)
		return NULL;
	end = strchr(part, sep);
	if (end != NULL)
		*end++ = '\0';
	*s = end;
	return trim(part);
}
