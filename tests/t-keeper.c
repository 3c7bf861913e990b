/*
 * Many mails synced at once: each is durable before it is told, all are
 * told in their order, and after a disk that fails nothing is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "daemon/fetch_session.h"
#include "daemon/incoming.h"
#include "daemon/keeper.h"

#define MAILS 300

static struct fetch_session session;
static char		 dir[] = "/tmp/tiepnhan-keeper.XXXXXX";
static uint32_t		 told[MAILS + 10];
static size_t		 n_told;
static size_t		 n_absent; /* told, and not there under its name */

/* What the worker writes to the daemon. */
void
fetch_emit(struct fetch_session *s, const struct fetch_event *e)
{
	char		 name[80];
	struct stat	 st;

	if (e->kind == FETCH_MESSAGE) {
		snprintf(name, sizeof(name), "%s.eml", e->sha256);
		n_absent += fstatat(s->incoming_fd, name, &st, 0) == -1 ||
		    strcmp(e->name, "named") != 0;
	}
	told[n_told++] = e->kind == FETCH_PLACE ? e->uidnext : e->uid;
}

static int
open_folder(const char *name)
{
	char	path[64];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (mkdir(path, 0700) == -1 && errno != EEXIST)
		abort();
	return open(path, O_RDONLY | O_DIRECTORY);
}

static int
setup(void **state)
{
	(void)state;
	strcpy(dir + sizeof(dir) - 7, "XXXXXX");
	if (mkdtemp(dir) == NULL)
		abort();
	session.tmp_fd = open_folder("tmp");
	session.incoming_fd = open_folder("incoming");
	n_told = n_absent = 0;
	session.keeper = keeper_new(&session);
	return 0;
}

static int
teardown(void **state)
{
	char	command[64];

	(void)state;
	keeper_free(session.keeper);
	close(session.tmp_fd);
	close(session.incoming_fd);
	snprintf(command, sizeof(command), "rm -r %s", dir);
	return system(command);
}

static int
add(uint32_t uid)
{
	struct fetch_event	 e = {.kind = FETCH_MESSAGE, .uid = uid};
	struct incoming		*in = incoming_new(session.tmp_fd,
	    session.incoming_fd);
	char			 name[] = "named";

	assert_non_null(in);
	e.name = name;
	assert_int_equal(incoming_write(in, &uid, sizeof(uid)), 0);
	return keeper_add(session.keeper, in, &e);
}

static void
all_are_durable_when_told_and_told_in_their_order(void **state)
{
	uint32_t	i;

	(void)state;
	for (i = 0; i < MAILS; i++)
		assert_int_equal(add(i), 0);
	assert_int_equal(keeper_wait(session.keeper), 0);
	assert_int_equal(n_told, MAILS);
	assert_int_equal(n_absent, 0);
	for (i = 0; i < MAILS; i++)
		assert_int_equal(told[i], i);
}

static void
a_place_is_told_behind_the_mails_before_it(void **state)
{
	struct fetch_event	 e = {.kind = FETCH_PLACE, .uidnext = 4000};

	(void)state;
	assert_int_equal(add(1), 0);
	assert_int_equal(add(2), 0);
	keeper_tell(session.keeper, &e);
	assert_int_equal(add(3), 0);
	assert_int_equal(keeper_wait(session.keeper), 0);
	assert_int_equal(n_told, 4);
	assert_int_equal(told[2], 4000);
	assert_int_equal(told[3], 3);
}

static void
behind_one_that_could_not_be_kept_nothing_is_told(void **state)
{
	struct fetch_event	 e = {.kind = FETCH_PLACE, .uidnext = 4000};
	int			 here = session.incoming_fd;

	(void)state;
	assert_int_equal(add(1), 0);
	assert_int_equal(keeper_wait(session.keeper), 0);
	session.incoming_fd = -1; /* where the next is to get its name */
	(void)add(2); /* it may fail now, or when it is waited for */
	session.incoming_fd = here;
	keeper_tell(session.keeper, &e);
	assert_int_equal(keeper_wait(session.keeper), -1);
	assert_int_equal(errno, EBADF);
	assert_int_equal(n_told, 1);
	assert_int_equal(keeper_wait(session.keeper), 0);
}

#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(all_are_durable_when_told_and_told_in_their_order),
		T(a_place_is_told_behind_the_mails_before_it),
		T(behind_one_that_could_not_be_kept_nothing_is_told)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
