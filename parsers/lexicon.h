#ifndef PARSERS_LEXICON_H
#define PARSERS_LEXICON_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/bytes.h"
#include "parsers/lexicon_text.h"

struct arena;

/*
 * Language knowledge as data: sets of equal phrases, abbreviations, the
 * words that name a kind of unit, and themes. Loaded from the files in
 * parsers/lexicon/ by the daemon; parsers only see the bytes. In all of
 * them # starts a comment at the start of a line.
 *
 *   phrases.txt        one set a line:  phrase = phrase = phrase
 *                      or with a name:  name: phrase = phrase
 *   abbreviations.txt  UBND = ủy ban nhân dân
 *                      MTTQ, MT = mặt trận tổ quốc (việt nam)
 *                      ND = nông dân | nhân dân   (ambiguous)
 *   audience.txt       words; words : kind kind kind+tag
 *   themes.txt         name: phrase; phrase
 *
 * "và" counts for nothing in phrases and audience words: "kiểm tra và giám
 * sát" is "kiểm tra, giám sát".
 */
struct lexicon;

/* The files, in the order of lexicon_parse(). */
#define LEXICON_FILES 4
extern const char *const lexicon_file_names[LEXICON_FILES];

/*
 * On a wrong line returns NULL and sets *why ("phrases.txt:LINE: what is
 * wrong, and what would be right"). Keeps nothing of the bytes.
 */
struct lexicon *lexicon_parse(const struct bytes files[LEXICON_FILES],
    struct arena *arena, const char **why);

/* ---- abbreviations */

/* Most readings that lexicon_readings() gives. */
#define LEXICON_READINGS 16

/*
 * The text_key() of a text with its abbreviations written out.
 *
 * The first reading writes out the unambiguous ones ("UBND", "CT-XH",
 * "HDND" without its accents) and leaves the ambiguous ones as written;
 * the others try each meaning of those, and the longer form of what has
 * optional words. An abbreviation that could be a syllable ("CA", "TU")
 * must stand in capitals in a text that is not all capitals.
 *
 * Returns how many were set in out[0..], at least 1. Strings in the arena.
 */
size_t lexicon_readings(const struct lexicon *lx, const char *text,
    struct arena *arena, const char *out[LEXICON_READINGS]);
/* The first one alone, which costs less. */
const char *lexicon_reading(const struct lexicon *lx, const char *text,
    struct arena *arena);

/*
 * The same as texts, at most `max`; they live in the arena of the memory,
 * which is made of lexicon_all_words().
 */
struct word_memory;
size_t	 lexicon_texts(const struct lexicon *lx,
    const struct word_memory *memory, const char *text,
    struct lexicon_text *out, size_t max);
/* All words of the files, by number. */
const struct lexicon_words *lexicon_all_words(const struct lexicon *lx);
/* The words of a text from number i on. */
struct lexicon_text lexicon_text_from(const struct lexicon *lx,
    const struct lexicon_text *text, size_t i, struct arena *arena);

/* ---- sets of equal phrases */

/* A phrase found in a key. */
struct lexicon_phrase {
	int	set;	/* number of its set, 0 .. lexicon_sets() - 1 */
	size_t	first;	/* its first word in the key, from 0 */
	size_t	n;	/* words of the key that it covers */
};

/*
 * Phrases of the sets in a key (a TEXT_KEY, best a reading of the above),
 * in order of their place; they do not overlap, the longest wins.
 * Sets *n; the array is in the arena.
 */
const struct lexicon_phrase *lexicon_phrases(const struct lexicon *lx,
    const char *key, struct arena *arena, size_t *n);
const struct lexicon_phrase *lexicon_text_phrases(const struct lexicon *lx,
    const struct lexicon_text *text, struct arena *arena, size_t *n);
size_t	 lexicon_sets(const struct lexicon *lx); /* how many */
/*
 * A set by its name, -1 when the file has none of that name. The names the
 * programs ask for: "proposals" (kiến nghị, đề xuất), "shortcomings" (hạn
 * chế), "annex", "other" (nội dung khác), "coming-period", "nothing" (không
 * có).
 */
int	 lexicon_set_find(const struct lexicon *lx, const char *name);

struct themes;
/* What words are about; see themes.h. Never NULL. */
const struct themes *lexicon_themes(const struct lexicon *lx);

/* ---- whom words name */

/* A unit as the outline addresses it. */
struct audience {
	const char	*kind;	/* "tdp", "school", … */
	const char *const *tags;
	size_t		 n_tags;
};

/* One kind of unit that words name; with a tag, only units that have it. */
struct lexicon_named {
	const char	*kind;
	const char	*tag;	/* "" for every unit of the kind */
};

/*
 * The kinds that a heading's words name, without doubles (longest phrase
 * wins). key: the heading's lexicon_reading(). Sets *n, 0 when nobody in
 * particular is named. The array is in the arena, the strings in the
 * lexicon's.
 */
const struct lexicon_named *lexicon_audience(const struct lexicon *lx,
    const char *key, struct arena *arena, size_t *n);
/*
 * The same by rules of the file, 0 .. lexicon_rules() - 1, each with the
 * kinds that it names: `set` of a phrase is the number of its rule.
 */
const struct lexicon_phrase *lexicon_text_rules(const struct lexicon *lx,
    const struct lexicon_text *text, struct arena *arena, size_t *n);
size_t	 lexicon_rules(const struct lexicon *lx);
const struct lexicon_named *lexicon_rule(const struct lexicon *lx, int rule,
    size_t *n);

/*
 * Whom a heading's words name (domain rule: longest phrase wins).
 * Returns 1 the unit is named, 0 others are named but not it, -1 nobody
 * in particular is named.
 */
int lexicon_names(const struct lexicon *lx, const char *heading,
    const struct audience *unit);

#endif
