#ifndef DAEMON_TEXT_CASE_H
#define DAEMON_TEXT_CASE_H

struct arena;

/*
 * Which words bear a capital within a sentence, learned from texts that
 * somebody wrote: names of places, of bodies, "Nhân dân". Nothing is known
 * of words that were not met.
 */
struct text_case;

struct text_case *text_case_new(struct arena *arena);
/* Running text; one that is all capitals tells nothing. */
void	 text_case_read(struct text_case *t, const char *text);
/* Only the proper name at its end: "Trường Mầm non Hoa Sen". */
void	 text_case_read_name(struct text_case *t, const char *name);
/*
 * A text in small letters with the capitals that its words, in this
 * company, were met with. In the arena.
 */
const char *text_case_restore(struct text_case *t, const char *low,
    struct arena *arena);

#endif
