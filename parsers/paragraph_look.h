#ifndef PARSERS_PARAGRAPH_LOOK_H
#define PARSERS_PARAGRAPH_LOOK_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct draft;
struct paragraph;

/*
 * Sum up how the letters of a cleaned draft look: shares of bold, italic,
 * underline and capitals, size, spans and breaks (in the arena).
 */
void	paragraph_look(struct paragraph *p, const struct draft *d,
    struct arena *arena);
/* Letters of len bytes of UTF-8; sets *capitals to those that are. */
uint32_t letters_count(const char *s, size_t len, uint32_t *capitals);

#endif
