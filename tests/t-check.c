/* The configuration test over a whole office in a folder of its own. */
#include <sys/stat.h>

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "daemon/check.h"
#include "daemon/problems.h"
#include "daemon/textfile.h"
#include "parsers/arena.h"

#define CONF "[office]\nname = A\nclerk = a@b.example\n" \
	"[mailbox]\nurl = maildir:Maildir\n" \
	"[outgoing]\nurl = maildir:Sent\nfrom = B <b@b.example>\n" \
	"[paths]\nstate = state\n"
#define UNITS "code,name,kind\nT1,Tổ 1,tdp\n"
#define CAMPAIGN "[campaign]\nsubject = S\nfrom = 2026-05-01\n" \
	"[recipients]\nrecipients.1 = kind:tdp\n"

static struct arena	*arena;
static struct problems	 problems;
static char		 office[64];

static void
write_file(const char *dir, const char *name, const char *text)
{
	assert_int_equal(textfile_replace(arena_printf(arena, "%s/%s",
	    office, dir), name, text, strlen(text)), 0);
}

static void
make_folder(const char *name)
{
	assert_int_equal(mkdir(arena_printf(arena, "%s/%s", office, name),
	    0700), 0);
}

static int
setup(void **state)
{
	(void)state;
	arena = arena_new(0);
	problems_init(&problems);
	strcpy(office, "/tmp/t-check-XXXXXX");
	if (mkdtemp(office) == NULL)
		return -1;
	(void)setenv("TIEPNHAN_DATADIR", arena_printf(arena, "%s/data",
	    getenv("BUILD") != NULL ? getenv("BUILD") : "."), 1);
	make_folder("state");
	make_folder("state/campaigns");
	make_folder("state/campaigns/one");
	make_folder("holidays");
	make_folder("templates");
	write_file("", "tiepnhan.conf", CONF);
	write_file("", "units.csv", UNITS);
	write_file("state/campaigns/one", "campaign.conf", CAMPAIGN);
	write_file("state/campaigns/one", "outline.txt", "");
	return 0;
}

static int
remove_entry(const char *path, const struct stat *st, int type,
    struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static int
teardown(void **state)
{
	(void)state;
	problems_clear(&problems);
	arena_free(arena);
	return nftw(office, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

static int
check(void)
{
	return check_everything(arena_printf(arena, "%s/tiepnhan.conf",
	    office), 1778547600, &problems);
}

static void
a_right_office_has_no_problems(void **state)
{
	(void)state;
	assert_int_equal(check(), 0);
	assert_int_equal(problems.n, 0);
}

static void
mistakes_in_five_files_are_told_at_once(void **state)
{
	static const char *const parts[] = { "holidays/x.txt:1: ",
	    "templates/receipt.txt:1: ", "one/campaign.conf:5: ",
	    "one/outline.txt:1: ", "password_file" };
	size_t	i, k;

	(void)state;
	write_file("", "tiepnhan.conf", CONF "[mailbox]\n"
	    "user = u\npassword_file = nowhere\n");
	write_file("holidays", "x.txt", "of 2026-05-01\n");
	write_file("templates", "receipt.txt", "Tiêu đề: {x}\n\ny\n");
	write_file("state/campaigns/one", "campaign.conf",
	    "[campaign]\nsubject = S\nfrom = 2026-05-01\n"
	    "[recipients]\nrecipients.1 = kind:tpd\n");
	write_file("state/campaigns/one", "outline.txt", "I heading\n");
	assert_int_equal(check(), -1);
	assert_int_equal(problems.n, 5);
	for (k = 0; k < 5; k++) {
		for (i = 0; i < problems.n; i++)
			if (strstr(problems.lines[i], parts[k]) != NULL)
				break;
		assert_true(i < problems.n);
	}
}

static void
a_wrong_roster_is_told_and_not_blamed_on_campaigns(void **state)
{
	(void)state;
	write_file("", "units.csv", UNITS "T1,Tổ 2,tdp\n");
	assert_int_equal(check(), -1);
	assert_int_equal(problems.n, 1);
	assert_non_null(strstr(problems.lines[0], "units.csv:3: "));
}

static void
an_open_campaign_must_be_fit_for_it(void **state)
{
	(void)state;
	write_file("state/campaigns/one", "campaign.conf",
	    "[campaign]\nstate = open\nsubject = S\nfrom = 2026-05-01\n");
	assert_int_equal(check(), -1);
	assert_int_equal(problems.n, 4);
}

static void
a_state_folder_may_not_be_there_yet(void **state)
{
	(void)state;
	write_file("", "tiepnhan.conf", CONF "state = elsewhere\n");
	assert_int_equal(check(), -1);	/* said twice */
	problems_clear(&problems);
	write_file("", "tiepnhan.conf", "[office]\nname = A\n"
	    "clerk = a@b.example\n[mailbox]\nurl = maildir:M\n"
	    "[outgoing]\nurl = maildir:S\nfrom = b@b.example\n"
	    "[paths]\nstate = elsewhere\n");
	assert_int_equal(check(), 0);
}

#define check_test(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		check_test(a_right_office_has_no_problems),
		check_test(mistakes_in_five_files_are_told_at_once),
		check_test(a_wrong_roster_is_told_and_not_blamed_on_campaigns),
		check_test(an_open_campaign_must_be_fit_for_it),
		check_test(a_state_folder_may_not_be_there_yet),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
