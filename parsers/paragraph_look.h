#ifndef PARSERS_PARAGRAPH_LOOK_H
#define PARSERS_PARAGRAPH_LOOK_H

struct arena;
struct draft;
struct paragraph;

/*
 * Sum up how the letters of a cleaned draft look: shares of bold, italic,
 * underline and capitals, size, spans and breaks (in the arena).
 */
void	paragraph_look(struct paragraph *p, const struct draft *d,
    struct arena *arena);

#endif
