/*
 * A throw-away state folder for the tests of the spool.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/spool_box.h"

#include <ftw.h>
#include <sqlite3.h>
#include <unistd.h>

#include "spool/files.h"
#include "spool/mail.h"

static int
remove_one(const char *path, const struct stat *sb, int type, struct FTW *f)
{
	(void)sb;
	(void)type;
	(void)f;
	return remove(path);
}

void
box_remove(const char *dir)
{
	(void)nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

int
box_setup(void **state)
{
	struct box	*b = calloc(1, sizeof(*b));
	const char	*tmp = getenv("TMPDIR");

	if (asprintf(&b->dir, "%s/t-spool.XXXXXX",
	    tmp == NULL ? "/tmp" : tmp) == -1 || mkdtemp(b->dir) == NULL)
		return -1;
	if (asprintf(&b->state, "%s/state", b->dir) == -1)
		return -1;
	*state = b;
	if (store_open(b->state, STORE_DAEMON, &b->st) == -1) {
		fprintf(stderr, "# %s\n", store_error(b->st));
		return -1;
	}
	return 0;
}

int
box_teardown(void **state)
{
	struct box	*b = *state;

	store_close(b->st);
	box_remove(b->dir);
	free(b->state);
	free(b->dir);
	free(b);
	return 0;
}

void
box_reopen(struct box *b)
{
	store_close(b->st);
	assert_int_equal(store_open(b->state, STORE_DAEMON, &b->st), 0);
}

void
box_arrival(struct box *b, const char *text, struct arrival *a,
    char sha256[65])
{
	memset(a, 0, sizeof(*a));
	assert_int_equal(files_write(b->st, text, strlen(text), FILES_MAIL,
	    sha256), 0);
	a->sha256 = sha256;
	a->name = "";
	a->size = strlen(text);
	a->received_utc = BOX_NOW - 60;
	a->taken_utc = BOX_NOW;
	a->account = "office";
	a->folder = "INBOX";
}

int64_t
box_mail(struct box *b, const char *text)
{
	return box_mail_of(b, text, BOX_NOW - 60);
}

int64_t
box_mail_of(struct box *b, const char *text, int64_t received_utc)
{
	struct arrival	a;
	char		sha256[65];

	box_arrival(b, text, &a, sha256);
	a.received_utc = received_utc;
	assert_int_equal(arrival_take(b->st, &a, 1), 0);
	return a.mail;
}

int64_t
box_parsed(struct box *b, const char *text, const char *from)
{
	struct mail_parsed p = { text, strlen(text), 1, from, "", "", "" };
	int64_t	mail = box_mail(b, text);

	assert_int_equal(mail_set_parsed(b->st, mail, &p), 0);
	return mail;
}

char *
box_read(const char *dir, const char *name, size_t *len)
{
	char	*path, *p = NULL;
	FILE	*f;

	if (asprintf(&path, "%s/%s", dir, name) == -1)
		abort();
	f = fopen(path, "r");
	free(path);
	if (f == NULL)
		return NULL;
	p = calloc(1, 1 << 20);
	*len = fread(p, 1, (1 << 20) - 1, f);
	fclose(f);
	return p;
}

void
box_write(const char *dir, const char *name, const void *p, size_t len)
{
	char	*path;
	FILE	*f;

	if (asprintf(&path, "%s/%s", dir, name) == -1)
		abort();
	f = fopen(path, "w");
	free(path);
	assert_non_null(f);
	assert_int_equal(fwrite(p, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

void
box_sql(struct box *b, const char *sql)
{
	sqlite3	*db;
	char	*path;

	if (asprintf(&path, "%s/tiepnhan.db", b->state) == -1)
		abort();
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	free(path);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}
