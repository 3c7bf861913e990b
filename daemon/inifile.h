#ifndef DAEMON_INIFILE_H
#define DAEMON_INIFILE_H

#include <stddef.h>

struct arena;
struct problems;

/* An INI file read whole, each value with its line. */
struct ini_entry {
	const char	*section;
	const char	*key;
	const char	*value;	/* trimmed; "" when nothing follows the = */
	unsigned	 line;
};

struct inifile {
	const char	*file;
	struct ini_entry *entries;
	size_t		 n;
};

/*
 * What may stand in the file, ended by a NULL section. A key that ends in
 * "*" takes any ending, each of them once.
 */
struct ini_known {
	const char	*section;
	const char	*key;
};

/*
 * Comments begin with # or ; at the start of a line, nowhere else; a value
 * is all that follows the =. Everything malformed, unknown or said twice
 * goes to problems; what is right is returned in any case. Never NULL.
 */
struct inifile	*inifile_parse(const char *text, const char *file,
    const struct ini_known *known, struct arena *arena,
    struct problems *problems);

/* NULL when it does not stand there. */
const struct ini_entry *inifile_find(const struct inifile *ini,
    const char *section, const char *key);

#endif
