#ifndef TESTS_SPOOL_BOX_H
#define TESTS_SPOOL_BOX_H

#include <stddef.h>
#include <stdint.h>

#include "spool/arrival.h"
#include "spool/store.h"

/* A state folder in a new temporary folder, for one test. */
struct box {
	char		*dir;	/* the temporary folder */
	char		*state;	/* <dir>/state */
	struct store	*st;
};

#define BOX_NOW 1778000000 /* the tests' fixed now */

/* cmocka set-up and tear-down; *state is a struct box. */
int	 box_setup(void **state);
int	 box_teardown(void **state);
/* Close and open again, as a new process would. */
void	 box_reopen(struct box *b);
/* Remove a folder and all in it. */
void	 box_remove(const char *dir);

/* Put a mail into incoming/; fills in what arrival_take() wants. */
void	 box_arrival(struct box *b, const char *text, struct arrival *a,
    char sha256[65]);
/* The same and take it. Its row number. */
int64_t	 box_mail(struct box *b, const char *text);
int64_t	 box_mail_of(struct box *b, const char *text, int64_t received_utc);
/* A mail that is parsed, from this address. */
int64_t	 box_parsed(struct box *b, const char *text, const char *from);
/* Whole file as text, NULL when there is none; free(). */
char	*box_read(const char *dir, const char *name, size_t *len);
/* Write a file. */
void	 box_write(const char *dir, const char *name, const void *p,
    size_t len);
/* Run SQL behind the store's back. */
void	 box_sql(struct box *b, const char *sql);

#endif
