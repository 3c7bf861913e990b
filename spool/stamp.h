#ifndef SPOOL_STAMP_H
#define SPOOL_STAMP_H

#include <stdbool.h>

struct store;

/*
 * The spool folder's own time of change, noted in the transaction of each
 * change we make. Where it differs, files came or went without us (a
 * restored backup, a lost database), and only then the whole folder must
 * be compared with the rows.
 */
int	 stamp_put(struct store *st);
int	 stamp_drop(struct store *st);
bool	 stamp_is_ours(struct store *st);

#endif
