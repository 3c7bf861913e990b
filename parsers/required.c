/*
 * Who owes which section of an outline: proposed from the words of the
 * headings alone, for the clerk to confirm.
 */
#include "parsers/required.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/text.h"

#define PROPOSALS "proposals"
#define AND_WORD "va2"		/* key of "và" */

/* Does nothing but "và" stand in words from..to of the key? */
static bool
is_only_and(const char *key, size_t from, size_t to)
{
	const char	*w;
	size_t		 len;

	for (; from < to; from++) {
		w = text_key_word(key, from, &len);
		if (w == NULL || len != strlen(AND_WORD) ||
		    memcmp(w, AND_WORD, len) != 0)
			return false;
	}
	return true;
}

/*
 * Is it a heading of proposals ("kiến nghị, đề xuất", to whomever) and of
 * nothing else ("kiến nghị và giải pháp" asks for more)?
 */
static bool
is_proposals(const struct lexicon *lx, const char *text)
{
	const char			*key;
	const struct lexicon_phrase	*found;
	struct arena			*arena = arena_new(0);
	int				 set;
	size_t				 n, i, end;
	bool				 yes;

	set = lexicon_set_find(lx, PROPOSALS);
	key = lexicon_reading(lx, text, arena);
	found = lexicon_phrases(lx, key, arena, &n);
	yes = set >= 0 && n > 0 && found[0].set == set &&
	    found[0].first == 0;
	end = n > 0 ? found[0].n : 0;
	for (i = 1; i < n; i++) {
		/* "với cấp trên": to whom, not what else */
		if (found[i].set == lexicon_set_find(lx, "joint"))
			break;
		if (found[i].set != set &&
		    is_only_and(key, end, found[i].first))
			yes = false;
		end = found[i].first + found[i].n;
	}
	arena_free(arena);
	return yes;
}

bool
outline_required(const struct outline *o, const struct lexicon *lx,
    const struct audience *unit, int node)
{
	const struct outline_node	*n;

	if (node < 0 || (size_t)node >= o->n)
		return false;
	n = &o->nodes[node];
	if (n->optional || n->kind == NODE_GUIDANCE ||
	    is_proposals(lx, n->text))
		return false;
	if (n->parent < 0)
		return true;
	return unit != NULL && lexicon_names(lx, n->text, unit) == 1;
}
