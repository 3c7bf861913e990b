/* status.log: lines as rows, and the file that copies them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "spool/logline.h"
#include "tests/spool_box.h"

#define NAME "status.log"

static enum logline_flushed
flush(struct box *b)
{
	enum logline_flushed what;

	assert_int_equal(logline_flush(b->st, store_dir_fd(b->st), NAME,
	    &what), 0);
	return what;
}

static void
expect(struct box *b, const char *want)
{
	size_t	 len;
	char	*text = box_read(b->state, NAME, &len);

	assert_non_null(text);
	assert_string_equal(text, want);
	free(text);
}

static void
lines_reach_the_file_after_the_commit(void **state)
{
	struct box	*b = *state;
	struct stat	 sb;
	enum logline_flushed what;

	assert_int_equal(store_begin(b->st), 0);
	assert_int_equal(logline_add(b->st, "ĐÃ NỘP một"), 0);
	assert_int_equal(logline_add(b->st, "hai\nba\tbốn"), 0);
	assert_int_equal(logline_flush(b->st, store_dir_fd(b->st), NAME,
	    &what), -1);
	assert_int_equal(store_commit(b->st), 0);
	assert_int_equal(flush(b), LOGLINE_WRITTEN);
	expect(b, "ĐÃ NỘP một\nhai ba bốn\n");
	assert_int_equal(flush(b), LOGLINE_NOTHING);
	assert_int_equal(fstatat(store_dir_fd(b->st), NAME, &sb, 0), 0);
	assert_int_equal(sb.st_mode & 07777, 0640);
}

static void
lines_of_a_rolled_back_transaction_never_appear(void **state)
{
	struct box	*b = *state;

	assert_int_equal(logline_add(b->st, "1"), 0);
	assert_int_equal(store_begin(b->st), 0);
	assert_int_equal(logline_add(b->st, "2"), 0);
	store_rollback(b->st);
	assert_int_equal(logline_add(b->st, "3"), 0);
	assert_int_equal(flush(b), LOGLINE_WRITTEN);
	expect(b, "1\n3\n");
}

static void
a_file_cut_anywhere_is_made_whole_again(void **state)
{
	static const char whole[] = "Một dòng\nhai\nThứ ba dài hơn\n";
	struct box	*b = *state;
	size_t		 cut;

	assert_int_equal(logline_add(b->st, "Một dòng"), 0);
	assert_int_equal(logline_add(b->st, "hai"), 0);
	assert_int_equal(logline_add(b->st, "Thứ ba dài hơn"), 0);
	for (cut = 0; cut <= strlen(whole); cut++) {
		box_write(b->state, NAME, whole, cut);
		assert_int_equal(flush(b), cut == strlen(whole) ?
		    LOGLINE_NOTHING : LOGLINE_WRITTEN);
		expect(b, whole);
	}
}

static void
a_removed_file_comes_back(void **state)
{
	struct box	*b = *state;

	assert_int_equal(logline_add(b->st, "1"), 0);
	(void)flush(b);
	assert_int_equal(unlinkat(store_dir_fd(b->st), NAME, 0), 0);
	assert_int_equal(flush(b), LOGLINE_WRITTEN);
	expect(b, "1\n");
}

static void
a_file_that_is_not_ours_is_kept_aside(void **state)
{
	static const char *const foreign[] = { "hello\n", "12\nx",
	    "something much longer than the lines\n" };
	struct box	*b = *state;
	size_t		 i, len;
	char		*text;

	assert_int_equal(logline_add(b->st, "12"), 0);
	assert_int_equal(logline_add(b->st, "345678"), 0);
	for (i = 0; i < 3; i++) {
		box_write(b->state, NAME, foreign[i], strlen(foreign[i]));
		assert_int_equal(flush(b), LOGLINE_REPLACED);
		expect(b, "12\n345678\n");
		text = box_read(b->state, NAME "~", &len);
		assert_string_equal(text, foreign[i]);
		free(text);
	}
}

static void
lines_longer_than_the_buffer_are_written_whole(void **state)
{
	struct box	*b = *state;
	char		*line = malloc(40001), *text;
	size_t		 len;
	int		 i;

	memset(line, 'x', 40000);
	line[40000] = '\0';
	for (i = 0; i < 3; i++) {
		assert_int_equal(logline_add(b->st, "short"), 0);
		assert_int_equal(logline_add(b->st, line), 0);
	}
	assert_int_equal(flush(b), LOGLINE_WRITTEN);
	text = box_read(b->state, NAME, &len);
	assert_int_equal(len, 3 * (6 + 40001));
	assert_memory_equal(text + 6, line, 40000);
	free(text);
	free(line);
}

static void
two_processes_write_each_line_once(void **state)
{
	struct box	*b = *state;
	pid_t		 pid;
	int		 i, status, n = 0;
	char		*text, *p;
	size_t		 len;

	pid = fork();
	if (pid == 0) {
		enum logline_flushed what;
		struct store	*st;
		int		 bad;

		bad = store_open(b->state, STORE_COMMAND, &st) != 0;
		for (i = 0; i < 50 && !bad; i++) {
			bad |= logline_add(st, "lệnh") != 0;
			bad |= logline_flush(st, store_dir_fd(st), NAME,
			    &what) != 0 || what == LOGLINE_REPLACED;
		}
		_exit(bad);
	}
	for (i = 0; i < 50; i++) {
		assert_int_equal(logline_add(b->st, "daemon"), 0);
		assert_int_not_equal(flush(b), LOGLINE_REPLACED);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(flush(b), LOGLINE_NOTHING);
	text = box_read(b->state, NAME, &len);
	for (p = text; *p != '\0'; p++)
		n += *p == '\n';
	assert_int_equal(n, 100);
	free(text);
}

static int
join(const char *line, void *arg)
{
	strcat(arg, line);
	return 0;
}

static void
the_last_lines_come_in_order(void **state)
{
	struct box	*b = *state;
	char		 text[16] = "";

	assert_int_equal(logline_add(b->st, "1"), 0);
	assert_int_equal(logline_add(b->st, "2"), 0);
	assert_int_equal(logline_add(b->st, "3"), 0);
	assert_int_equal(logline_each(b->st, 2, join, text), 0);
	assert_string_equal(text, "23");
	assert_int_equal(logline_each(b->st, 0, join, text), 0);
	assert_string_equal(text, "23123");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, box_setup, box_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(lines_reach_the_file_after_the_commit),
		TEST(lines_of_a_rolled_back_transaction_never_appear),
		TEST(a_file_cut_anywhere_is_made_whole_again),
		TEST(a_removed_file_comes_back),
		TEST(a_file_that_is_not_ours_is_kept_aside),
		TEST(lines_longer_than_the_buffer_are_written_whole),
		TEST(two_processes_write_each_line_once),
		TEST(the_last_lines_come_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
