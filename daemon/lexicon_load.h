#ifndef DAEMON_LEXICON_LOAD_H
#define DAEMON_LEXICON_LOAD_H

struct arena;
struct lexicon;
struct problems;

/*
 * The lexicon's three files, from paths_data("lexicon"). Mistakes go to
 * problems; NULL when there were any. Lives in the arena.
 */
struct lexicon	*lexicon_load(struct arena *arena,
    struct problems *problems);

#endif
