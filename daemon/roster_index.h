#ifndef DAEMON_ROSTER_INDEX_H
#define DAEMON_ROSTER_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct roster;

/* Between roster_index.c and roster_names.c: names as runs of words. */

struct word {
	const char	*key;	/* TEXT_KEY; numbers without leading zeros */
	const char	*bare;
	bool		 is_capital; /* as written; false when unknown */
};

struct words {
	struct word	*w;
	size_t		 n;
	bool		 is_plain;   /* no accents anywhere */
	bool		 is_shouted; /* all capitals: capitals tell nothing */
};

struct name {
	const char	*shown;
	int		 unit;
	const struct word *words;
	size_t		 n;
	uint32_t	 hash;	/* of all words */
	int		 derived; /* 0 as in the roster; 1, 2 less and less */
	bool		 is_acronym; /* one word in capitals: TYT, CAP */
	struct name	*next;	     /* of the bucket of its first word */
	struct name	*next_whole; /* of the bucket of its hash */
};

/* "số" before a number counts for nothing. At most `most` words. */
struct words words_split(const char *text, size_t most,
    struct arena *arena);
/* The same of a text_key(). */
struct words words_of_key(const char *key, size_t most,
    struct arena *arena);

struct name_index *name_index_new(const struct roster *r);
/* First of the names that may begin with this bare word. */
const struct name *name_index_first(const struct name_index *ix,
    const char *bare);
enum organ {
	ORGAN_NONE,	/* names something of its own */
	ORGAN_ALONE,	/* "CHI BỘ - CÔNG ĐOÀN": of which body? */
	ORGAN_OF_PLACE	/* "BCH PHƯỜNG A", "CÔNG ĐOÀN PHƯỜNG A" */
};
/* Is the text nothing but an organ that every body may have? */
enum organ words_organ(const struct words *ws, struct arena *arena);

#endif
