#ifndef PARSERS_MATCH_ALIGN_H
#define PARSERS_MATCH_ALIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/heading.h"
#include "parsers/match_compare.h"
#include "parsers/outline.h"

struct arena;
struct match_bound;
struct match_bag;
struct match_chain;
struct match_index;
struct match_profile;
struct match_themes;
struct vocabulary;
struct word_memory;

/* A score that words alone make good. */
#define MATCH_GOOD 0.60
#define MATCH_WHY_ABOUT "place and what the text is about"

/* Most readings of a heading's abbreviations that are tried. */
#define MATCH_READINGS 10
/* Most sections that one heading answers. */
#define MATCH_SECTIONS 8

/* A printed number: label.h's kind, LABEL_NONE also for a bullet. */
struct match_label {
	int	kind;
	int	value;
};

/* Where in its tree a heading, or a section, stands. */
struct match_rank {
	uint32_t parts;		/* of its own */
	uint32_t rank;		/* among those beside it, from 0 */
	uint32_t beside;	/* how many those are, itself included */
};

/* A node of the outline, prepared. */
struct match_node {
	struct match_text text;
	struct match_rank rank;
	int	 parent;	/* -1 for the first level */
	int	 end;		/* first node behind its subtree */
	uint8_t	 level;
	bool	 is_target;	/* heading or sub-heading */
	struct match_label label;
};

/* A heading of the report against one node. */
struct match_pair {
	int	 node;
	struct match_score s;
	double	 gain;		/* worth of taking it; may be negative */
};

/* A heading of the report on its way. */
struct match_line {
	const struct heading *h;
	const struct match_text *text; /* the best reading; NULL: not tried */
	struct match_pair *pairs;	/* by node, those worth a thought */
	size_t	 n_pairs;
	int	 parent;	/* line of the heading above, -1 */
	size_t	 end;		/* first line behind its subtree */
	uint32_t depth;		/* headings above it */
	struct match_rank rank;	/* among the sure ones */
	bool	 is_sure;	/* a heading, not a mere candidate */
	bool	 may_take;	/* may answer a section at all */
	int	 copy;		/* guidance that it copies, -1 none */
	bool	 copy_below;	/* … in the text below its title */
	uint32_t words;		/* of its title, where that may be text */
	uint32_t copied;	/* words of it that are the outline's */
	int	 node;		/* what it answers first, -1 nothing */
	double	 score;
	int	 sections[MATCH_SECTIONS];
	size_t	 n_sections;
	const char *why;
	const struct match_profile *about; /* match_title_about(), once asked */
	const struct match_profile *below; /* … and of the text below */
	const struct match_text *own; /* its own text; NULL: none, not read */
	const struct match_text **texts; /* title, own text and what stands
				   below; NULL: not read yet */
	size_t	 n_texts;
	const float *told;	/* by node: see match_bag.h; NULL: not read */
};

/* Everything that the steps of a mapping share. */
struct match_job {
	const struct outline *outline;
	const struct match_node *nodes;
	size_t	 n_nodes;
	struct match_line *lines;
	size_t	 n_lines;
	struct match_marks *marks;
	const struct vocabulary *words;
	const struct word_memory *memory; /* of the report's */
	size_t	 bytes;		/* of it that were read … */
	bool	 is_cut;	/* … and not the rest */
	const struct match_themes *themes;
	const struct match_index *targets;
	const struct match_index *guidance;
	const struct match_bag *bag;
	struct match_bound *bounds; /* by node, of the heading at hand */
	bool	 has_shape;	/* as many chapters, and parts of each */
	const float *telling;	/* by word id; NULL: texts not all read */
	struct match_chain *chain; /* of match_align() */
	bool	 is_flat;	/* all headings on one level */
	uint64_t unit;		/* kinds of the unit, 0 unknown */
	int	*answered;	/* by node: the line that answers it, -1 */
	struct arena *arena;
};

/* The pair of a line and a node, NULL when they have nothing in common. */
const struct match_pair *match_pair_of(const struct match_line *l, int node);
/* Is node inside the subtree of top (or top itself)? */
bool	 match_is_below(const struct match_job *j, int node, int top);
bool	 match_answers(const struct match_line *l, int node);
/* Adds a section to a line, once; false when there is no room. */
bool	 match_add(struct match_job *j, size_t line, int node,
    const char *why);

/* Takes all sections away from a line. */
void	 match_take_away(struct match_job *j, size_t line);

struct match_label match_label_of(const char *s);
/* Prepares pairs of every line with the nodes it resembles. */
void	 match_pairs(struct match_job *j);
/* Weigh depths as if the report's were `to` deeper, not `from`. */
void	 match_shift_levels(struct match_job *j, int from, int to);

/* Lines and nodes to align, each from … to … exclusive. */
struct match_range {
	size_t	line;
	size_t	line_end;
	int	node;
	int	node_end;
};
/*
 * The best order-preserving alignment of a range. Returns its worth; sets
 * what the lines answer when it is to be applied.
 */
double	 match_align(struct match_job *j, const struct match_range *r,
    bool apply);

#endif
