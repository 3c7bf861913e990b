#ifndef DAEMON_COLLATE_H
#define DAEMON_COLLATE_H

#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "daemon/text.h"

struct arena;
struct coverage;
struct document;
struct headings;
struct lexicon;
struct outline;
struct paper;
struct status;

/*
 * The aggregated report (báo cáo tổng hợp): the units' own text, unchanged,
 * in the order of the outline and of the Kính gửi lines. Pure.
 */

/* A stretch of a report that belongs to one section, or to none. */
struct collate_piece {
	int		 node;	/* of the outline; -1: outside of it */
	const char	*heading; /* it stood below; NULL: an annex */
	uint32_t	 heading_from; /* paragraphs heading_from..from-1 are
				     that heading */
	uint32_t	 from;	/* paragraphs from..to-1 */
	uint32_t	 to;
};

/* One report as it counts for one unit, or for several (nộp chung). */
struct collate_source {
	const size_t	*units;	/* indexes into status.units, ascending */
	size_t		 n_units;
	const struct document *document;
	const struct collate_piece *pieces; /* in the report's own order */
	size_t		 n_pieces;
	const char	*id;	/* as shown, "" */
	const char	*file;
	const char	*number;
	time_t		 received;
};

/* A report before it is cut. */
struct collate_uncut {
	const struct document *document;
	const struct headings *headings; /* of this document */
	const struct coverage *coverage; /* its headings and our outline */
	const struct outline *outline;
};
/*
 * All pieces of a report in its own order; the count. They live in the
 * arena and need nothing but the document. A heading that answers several
 * sections gives a piece for each. Letterhead, title and signature are no
 * part of any.
 */
size_t	 collate_pieces(const struct collate_uncut *u, struct arena *arena,
    struct collate_piece **out);

struct collation {
	const struct status *status;
	const char	*office;
	const struct collate_source *sources; /* by their first unit */
	size_t		 n_sources;
	int		 section; /* only this node and below; -1: all */
	const struct lexicon *concerns; /* what tells shortcomings and
			      proposals, to gather them; NULL: not asked */
	const char	*audit_head; /* hex */
};

void	 collate_write(const struct collation *c, struct paper *p);
/* "Phụ lục 1. …" */
void	 collate_annex_title(struct paper *p, struct arena *arena,
    unsigned number, enum word w);
/* The last part of it: matrix, submissions, who is missing, audit. */
void	 collate_annexes(const struct collation *c, struct paper *p,
    struct arena *arena);
/* A stretch of a report with its tables. */
void	 collate_text(const struct document *d, uint32_t from, uint32_t to,
    struct paper *p, struct arena *arena);

#endif
