/* What became of a mail, and the submissions made of it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "spool/filing.h"
#include "spool/submission.h"
#include "tests/spool_box.h"

#define SHA_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SHA_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static const struct filing plain = { .kind = FILING_SUBMISSION,
    .campaign = "c1", .basis = BASIS_ADDRESS, .is_counted = true,
    .reason = "", .evidence = "", .decided_utc = BOX_NOW,
    .decided_by = "" };

static const struct filing_attachment report = { .index = 0,
    .name = "BC.docx", .in = "", .format = "docx", .role = ROLE_REPORT,
    .unit = "U1", .sha256 = SHA_A, .size = 9 };

struct seen {
	int	n;
	int64_t	mail;
	char	name[32];
};

static int
note_filing(const struct filing *f, void *arg)
{
	struct seen	*s = arg;

	s->n++;
	s->mail = f->mail;
	return 0;
}

static int
note_attachment(const struct filing_attachment *a, void *arg)
{
	struct seen	*s = arg;

	s->n++;
	snprintf(s->name, sizeof(s->name), "%s", a->name);
	return 0;
}

static void
a_filing_is_read_back_whole(void **state)
{
	static const char *const units[] = { "U1", "U2" };
	static const struct filing_guess guesses[] = {
	    { "U3", "chung\thộp thư\n" }, { "U4", "" }, { "U5", "x" } };
	struct box	*b = *state;
	struct filing	 f = plain, *g;

	f.mail = 4;
	f.units = units;
	f.n_units = 2;
	f.guesses = guesses;
	f.n_guesses = 3;
	f.needs_clerk = true;
	f.is_quarantined = true;
	f.reason = "vì sao";
	f.evidence = "{\"a\":1}";
	f.duplicate_of = 2;
	f.fitting = 11;
	f.decided_by = "clerk";
	assert_null(filing_find(b->st, 4));
	assert_int_equal(filing_put(b->st, &f, NULL, 0), 0);
	g = filing_find(b->st, 4);
	assert_int_equal(g->kind, FILING_SUBMISSION);
	assert_int_equal(g->basis, BASIS_ADDRESS);
	assert_int_equal(g->n_units, 2);
	assert_string_equal(g->units[0], "U1");
	assert_string_equal(g->units[1], "U2");
	assert_int_equal(g->n_guesses, 3);
	assert_string_equal(g->guesses[0].why, "chung hộp thư ");
	assert_string_equal(g->guesses[1].unit, "U4");
	assert_string_equal(g->guesses[1].why, "");
	assert_string_equal(g->guesses[2].why, "x");
	assert_true(g->is_counted && g->needs_clerk && g->is_quarantined);
	assert_string_equal(g->reason, "vì sao");
	assert_string_equal(g->evidence, "{\"a\":1}");
	assert_int_equal(g->duplicate_of, 2);
	assert_int_equal(g->fitting, 11);
	assert_string_equal(g->decided_by, "clerk");
	assert_string_equal(g->campaign, "c1");
	free(g);
}

static void
a_new_decision_replaces_the_old_with_its_attachments(void **state)
{
	struct box	*b = *state;
	struct filing_attachment two[2] = { report, report };
	struct filing	 f = plain;
	struct seen	 s = { 0 };

	f.mail = 1;
	f.needs_clerk = true;
	two[1].index = 1;
	assert_int_equal(filing_put(b->st, &f, two, 2), 0);
	assert_int_equal(filing_each_needs_clerk(b->st, note_filing, &s), 0);
	assert_int_equal(s.n, 1);
	f.needs_clerk = false;
	two[0].name = "khác.docx";
	assert_int_equal(filing_put(b->st, &f, two, 1), 0);
	s.n = 0;
	assert_int_equal(filing_each_needs_clerk(b->st, note_filing, &s), 0);
	assert_int_equal(s.n, 0);
	assert_int_equal(filing_each_attachment(b->st, 1, note_attachment,
	    &s), 0);
	assert_int_equal(s.n, 1);
	assert_string_equal(s.name, "khác.docx");
}

static void
words_of_the_list_are_those_of_the_page(void **state)
{
	(void)state;
	assert_string_equal(filing_kind_name(FILING_AUTO_REPLY),
	    "auto-reply");
	assert_string_equal(filing_basis_name(BASIS_FILE_NAME), "file-name");
	assert_string_equal(filing_basis_name(BASIS_NONE), "none");
	assert_string_equal(filing_role_name(ROLE_COMPANION), "companion");
	assert_string_equal(filing_kind_name(99), "");
	assert_string_equal(submission_channel_name(SUBMISSION_ZALO), "zalo");
	assert_int_equal(submission_channel_find("usb"), SUBMISSION_USB);
	assert_int_equal(submission_channel_find("fax"), 0);
}

/* ---- submissions */

static const struct submission one = { .campaign = "c1", .unit = "U1",
    .mail = 1, .sha256 = SHA_A, .name = "BC.docx",
    .channel = SUBMISSION_EMAIL, .received_utc = BOX_NOW, .number = "08-BC",
    .doc_date = "2026-03-01", .review = "", .coverage = "cover\0age",
    .coverage_len = 9, .outline_hash = "h1" };

static int
note_submission(const struct submission *x, void *arg)
{
	struct seen	*s = arg;

	s->n++;
	s->mail = x->submission;
	return 0;
}

static void
a_submission_is_read_back_whole(void **state)
{
	struct box	*b = *state;
	struct submission s = one, *r;
	int64_t		 id;
	bool		 is_new;

	s.in_review = true;
	s.review = "kỳ khác";
	s.is_acceptable = true;
	s.status = 4;
	assert_int_equal(submission_add(b->st, &s, &id, &is_new), 0);
	assert_true(is_new);
	r = submission_find(b->st, id);
	assert_string_equal(r->unit, "U1");
	assert_string_equal(r->number, "08-BC");
	assert_string_equal(r->review, "kỳ khác");
	assert_true(r->in_review && r->is_acceptable);
	assert_int_equal(r->status, 4);
	assert_int_equal(r->coverage_len, 9);
	assert_memory_equal(r->coverage, "cover\0age", 9);
	r->decision = DECISION_RETURNED;
	r->decision_event = 12;
	r->return_until_utc = BOX_NOW + 9;
	r->coverage = NULL;
	r->coverage_len = 0;
	assert_int_equal(submission_update(b->st, r), 0);
	free(r);
	r = submission_find(b->st, id);
	assert_int_equal(r->decision, DECISION_RETURNED);
	assert_int_equal(r->return_until_utc, BOX_NOW + 9);
	assert_null(r->coverage);
	r->submission = 999;
	assert_int_equal(submission_update(b->st, r), -1);
	assert_int_equal(store_trouble(b->st), STORE_REFUSED);
	free(r);
	assert_int_equal(submission_drop(b->st, id), 0);
	assert_null(submission_find(b->st, id));
}

static void
the_same_file_is_counted_once_for_a_unit(void **state)
{
	struct box	*b = *state;
	struct submission s = one;
	int64_t		 first, again, other;
	bool		 is_new;
	struct seen	 seen = { 0 };

	assert_int_equal(submission_add(b->st, &s, &first, &is_new), 0);
	s.mail = 2;
	s.received_utc++;
	assert_int_equal(submission_add(b->st, &s, &again, &is_new), 0);
	assert_false(is_new);
	assert_int_equal(again, first);
	/* a joint report is one for each unit */
	s.unit = "U2";
	assert_int_equal(submission_add(b->st, &s, &other, &is_new), 0);
	assert_true(is_new);
	assert_int_not_equal(other, first);
	assert_int_equal(submission_each(b->st, "c1", NULL, note_submission,
	    &seen), 0);
	assert_int_equal(seen.n, 2);
}

static void
papers_without_a_file_are_not_taken_for_each_other(void **state)
{
	struct box	*b = *state;
	struct submission s = one;
	int64_t		 id;
	bool		 is_new;

	s.sha256 = "";
	s.channel = SUBMISSION_PAPER;
	assert_int_equal(submission_add(b->st, &s, &id, &is_new), 0);
	assert_int_equal(submission_add(b->st, &s, &id, &is_new), 0);
	assert_true(is_new);
}

static void
versions_of_a_unit_come_in_the_order_of_receipt(void **state)
{
	struct box	*b = *state;
	struct submission s = one;
	int64_t		 v1, v2;
	bool		 is_new;
	struct seen	 seen = { 0 };

	assert_int_equal(submission_add(b->st, &s, &v2, &is_new), 0);
	s.sha256 = SHA_B;
	s.received_utc--;
	assert_int_equal(submission_add(b->st, &s, &v1, &is_new), 0);
	assert_int_equal(submission_each(b->st, "c1", "U1", note_submission,
	    &seen), 0);
	assert_int_equal(seen.n, 2);
	assert_int_equal(seen.mail, v2);
	memset(&seen, 0, sizeof(seen));
	assert_int_equal(submission_each_mail(b->st, 1, note_submission,
	    &seen), 0);
	assert_int_equal(seen.n, 2);
	assert_int_equal(seen.mail, v1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, box_setup, box_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_filing_is_read_back_whole),
		TEST(a_new_decision_replaces_the_old_with_its_attachments),
		cmocka_unit_test(words_of_the_list_are_those_of_the_page),
		TEST(a_submission_is_read_back_whole),
		TEST(the_same_file_is_counted_once_for_a_unit),
		TEST(papers_without_a_file_are_not_taken_for_each_other),
		TEST(versions_of_a_unit_come_in_the_order_of_receipt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
