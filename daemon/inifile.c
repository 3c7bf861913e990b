/*
 * INI files through inih. By itself inih cuts long lines, takes ";" inside
 * a value for a comment, tells only the first mistake and no line numbers:
 * so it is given one checked line at a time.
 */
#include "daemon/inifile.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <ini.h>

#include "daemon/problems.h"
#include "parsers/arena.h"

#define LINE_BYTES 65536	/* with end of line, as inih sees it */
#define NAME_BYTES 49		/* inih cuts longer section and key names */

struct reader {
	struct inifile	*ini;
	size_t		 cap;
	const struct ini_known *known;
	struct arena	*arena;
	struct problems	*problems;
	const char	*rest;
	unsigned	 line;
	bool		 skipping; /* inside a section that we do not know */
};

static bool
matches(const char *pattern, const char *key)
{
	size_t	len = strlen(pattern);

	if (len > 0 && pattern[len - 1] == '*')
		return strncmp(pattern, key, len - 1) == 0 &&
		    key[len - 1] != '\0';
	return strcmp(pattern, key) == 0;
}

static bool
section_is_known(const struct reader *r, const char *section)
{
	const struct ini_known	*k;

	for (k = r->known; k->section != NULL; k++)
		if (strcmp(k->section, section) == 0)
			return true;
	return false;
}

/* Names to guess from: the keys of a section, or all sections (NULL). */
static const char *const *
names(const struct reader *r, const char *section)
{
	const struct ini_known	*k;
	const char		**list;
	size_t			 n = 0;

	for (k = r->known; k->section != NULL; k++)
		n++;
	list = arena_calloc(r->arena, n + 1, sizeof(*list));
	for (n = 0, k = r->known; k->section != NULL; k++)
		if (section == NULL)
			list[n++] = k->section;
		else if (strcmp(section, k->section) == 0)
			list[n++] = k->key;
	return list;
}

static void
unknown_section(struct reader *r, const char *section)
{
	const char	*nearest = problems_nearest(section, names(r, NULL));

	if (nearest != NULL)
		problems_add(r->problems, r->ini->file, r->line,
		    "section [%s] is not known; did you mean [%s]?", section,
		    nearest);
	else
		problems_add(r->problems, r->ini->file, r->line,
		    "section [%s] is not known; take it out", section);
}

static void
unknown_key(struct reader *r, const char *section, const char *key)
{
	const struct ini_known	*k;
	const char		*nearest, *home = NULL;

	nearest = problems_nearest(key, names(r, section));
	for (k = r->known; k->section != NULL; k++)
		if (matches(k->key, key))
			home = k->section;
	if (home != NULL)
		problems_add(r->problems, r->ini->file, r->line,
		    "\"%s\" does not belong into [%s]; put it below [%s]",
		    key, section, home);
	else if (nearest != NULL)
		problems_add(r->problems, r->ini->file, r->line,
		    "\"%s\" is not known in [%s]; did you mean \"%s\"?", key,
		    section, nearest);
	else
		problems_add(r->problems, r->ini->file, r->line,
		    "\"%s\" is not known in [%s]; take it out", key, section);
}

/* inih's handler: one pair. Returns 1, "go on". */
static int
take_pair(void *ctx, const char *section, const char *key,
    const char *value)
{
	struct reader		*r = ctx;
	const struct ini_known	*k;
	const struct ini_entry	*twin;
	struct ini_entry	*e;

	if (r->skipping)
		return 1;
	if (*section == '\0') {
		problems_add(r->problems, r->ini->file, r->line, "\"%s\" "
		    "stands before the first section; put it below [%s]",
		    key, r->known->section);
		return 1;
	}
	for (k = r->known; k->section != NULL; k++)
		if (strcmp(k->section, section) == 0 && matches(k->key, key))
			break;
	if (k->section == NULL) {
		unknown_key(r, section, key);
		return 1;
	}
	twin = inifile_find(r->ini, section, key);
	if (twin != NULL) {
		problems_add(r->problems, r->ini->file, r->line, "\"%s\" "
		    "stands already in line %u; keep one of the two", key,
		    twin->line);
		return 1;
	}
	r->ini->entries = arena_grow(r->arena, r->ini->entries, r->ini->n,
	    &r->cap, sizeof(*e));
	e = &r->ini->entries[r->ini->n++];
	e->section = arena_strdup(r->arena, section);
	e->key = arena_strdup(r->arena, key);
	e->value = arena_strdup(r->arena, value);
	e->line = r->line;
	return 1;
}

static void
check_section(struct reader *r, const char *s)
{
	const char	*end = strchr(s, ']');
	const char	*name;

	if (end == NULL || end == s + 1 ||
	    end[1 + strspn(end + 1, " \t\r")] != '\0') {
		problems_add(r->problems, r->ini->file, r->line, "is no "
		    "section; write [NAME] alone on its line");
		r->skipping = true;
		return;
	}
	name = arena_strndup(r->arena, s + 1, (size_t)(end - s - 1));
	r->skipping = !section_is_known(r, name);
	if (r->skipping)
		unknown_section(r, name);
}

/* May inih see this line? It wants KEY = VALUE, and short keys. */
static bool
line_is_right(struct reader *r, const char *line, size_t len)
{
	const char	*s = arena_strndup(r->arena, line, len);
	size_t		 key;

	s += strspn(s, " \t\r");
	if (*s == '\0' || *s == '#' || *s == ';')
		return false;
	if (len + 3 > LINE_BYTES) {
		problems_add(r->problems, r->ini->file, r->line, "is longer "
		    "than %d bytes", LINE_BYTES - 3);
		return false;
	}
	if (*s == '[') {
		check_section(r, s);
		return !r->skipping;
	}
	if (r->skipping)
		return false;
	key = strcspn(s, "=:");
	if (s[key] != '=' || key == 0) {
		problems_add(r->problems, r->ini->file, r->line, "is no "
		    "setting; write KEY = VALUE, or # before a comment");
		return false;
	}
	while (key > 0 && strchr(" \t", s[key - 1]) != NULL)
		key--;
	if (key > NAME_BYTES) {
		problems_add(r->problems, r->ini->file, r->line, "has a key "
		    "of more than %d bytes", NAME_BYTES);
		return false;
	}
	return true;
}

/* inih's reader: the next line that it may see, NULL at the end. */
static char *
give_line(char *str, int num, void *ctx)
{
	struct reader	*r = ctx;
	const char	*line;
	size_t		 len;

	while (*r->rest != '\0') {
		line = r->rest;
		len = strcspn(line, "\n");
		r->rest += len + (line[len] == '\n');
		r->line++;
		while (len > 0 && strchr(" \t\r", line[len - 1]) != NULL)
			len--;
		if (!line_is_right(r, line, len) || (int)len + 2 > num)
			continue;
		memcpy(str, line, len);
		str[len] = '\n';
		str[len + 1] = '\0';
		return str;
	}
	return NULL;
}

struct inifile *
inifile_parse(const char *text, const char *file,
    const struct ini_known *known, struct arena *arena,
    struct problems *problems)
{
	static char	no_prefixes[] = "";
	struct reader	r = { .known = known, .arena = arena,
			    .problems = problems, .rest = text };

	if (strncmp(text, "\xEF\xBB\xBF", 3) == 0)
		r.rest += 3;
	r.ini = arena_alloc(arena, sizeof(*r.ini));
	r.ini->file = arena_strdup(arena, file);
	ini_use_stack = false;
	ini_allow_realloc = true;
	ini_max_line = ini_initial_alloc = LINE_BYTES;
	ini_allow_multiline = false;
	ini_allow_inline_comments = false;
	ini_inline_comment_prefixes = no_prefixes;
	if (ini_parse_stream(give_line, &r, take_pair, &r) == -2)
		abort(); /* out of memory */
	return r.ini;
}

const struct ini_entry *
inifile_find(const struct inifile *ini, const char *section,
    const char *key)
{
	size_t	i;

	for (i = 0; i < ini->n; i++)
		if (strcmp(ini->entries[i].section, section) == 0 &&
		    strcmp(ini->entries[i].key, key) == 0)
			return &ini->entries[i];
	return NULL;
}
