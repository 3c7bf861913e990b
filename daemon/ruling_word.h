#ifndef DAEMON_RULING_WORD_H
#define DAEMON_RULING_WORD_H

struct arena;
struct ruled_document;
struct ruling;
struct ruling_input;

/* The document counts for the unit, and so does the mail. */
void	 ruling_place(struct ruling *out, struct ruled_document *d, int unit,
    struct arena *arena);
/* The mail is the unit's; once. */
void	 ruling_add_unit(struct ruling *out, int unit, struct arena *arena);

/* What the clerk has said goes over what the signs say. */
void	 ruling_apply_word(const struct ruling_input *in,
    struct arena *arena, struct ruling *out);

#endif
