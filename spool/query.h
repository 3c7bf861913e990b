#ifndef SPOOL_QUERY_H
#define SPOOL_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sqlite3.h>

struct store;

/*
 * One running statement, in the caller's storage. Values are bound in
 * order; failures stick, so only the last call needs a check. Statements
 * are kept prepared until query_forget(), up to a limit.
 */
struct query {
	struct store	*store;
	sqlite3_stmt	*stmt;
	int		 n_bound;
	bool		 is_kept; /* stays prepared */
	bool		 has_failed;
};

/* sql: a string constant. */
void	 query_start(struct query *q, struct store *st, const char *sql);
/* sql: one of a few texts that a function puts together. */
void	 query_start_text(struct query *q, struct store *st,
    const char *sql);
/* sql: a text made for this once, which is not kept. */
void	 query_start_once(struct query *q, struct store *st,
    const char *sql);
void	 query_int(struct query *q, int64_t v);
/* Borrowed until the statement ends; NULL binds NULL. */
void	 query_text(struct query *q, const char *s);
void	 query_blob(struct query *q, const void *p, size_t len);
/* 1 a row, 0 the end, -1 failure (in the store's error). */
int	 query_step(struct query *q);
/* End it, before its time or after. 0, or -1 when anything failed. */
int	 query_end(struct query *q);
/* All of a statement without rows. */
int	 query_run(struct query *q);
/* One number, and the end; fallback when there is no row. */
int	 query_number(struct query *q, int64_t fallback, int64_t *out);

/* Columns of the row; text is "" for NULL and valid until the next step. */
int64_t	 query_get_int(struct query *q, int column);
const char *query_get_text(struct query *q, int column);
const void *query_get_blob(struct query *q, int column, size_t *len);
/* On the heap, a NUL behind it; never NULL. */
void	*query_copy_blob(struct query *q, int column, size_t *len);

/* A statement without values or rows; query_exec() does not keep it. */
int	 query_exec_kept(struct store *st, const char *sql);
int	 query_exec(struct store *st, const char *sql);
/* Drop everything that is kept prepared. */
void	 query_forget(struct store *st);

/* A struct whose texts and blob query_pack() takes along. */
struct query_shape {
	size_t		 size;
	const size_t	*texts;	 /* offsets of its `const char *` fields */
	size_t		 n_texts;
	size_t		 blob;	 /* offset of a `const void *`; 0 = none */
};

/* All of it as one block for the caller. */
void	*query_pack(const void *row, const struct query_shape *shape,
    size_t blob_len);

#endif
