/* Mails of ours, steps, receipts, tokens, addresses. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "spool/address.h"
#include "spool/outgoing.h"
#include "spool/step.h"
#include "spool/token.h"
#include "tests/spool_box.h"

static const char *const units[] = { "U1", "U2" };
static const struct outgoing plain = { .message_id = "1@office",
    .kind = "reminder", .campaign = "c1", .step = "first",
    .to = "u1@x.example", .units = units, .n_units = 2, .mail = 3,
    .created_utc = BOX_NOW, .next_try_utc = BOX_NOW };

static int64_t
add(struct box *b, const char *message_id, int64_t created)
{
	struct outgoing	o = plain;
	int64_t		id = 0;

	o.message_id = message_id;
	o.created_utc = o.next_try_utc = created;
	assert_int_equal(outgoing_add(b->st, &o, "raw\0bytes", 9, &id), 0);
	return id;
}

static void
settle(struct box *b, int64_t id, enum outgoing_state to, int64_t next)
{
	struct outgoing_result r = { .state = to, .time_utc = BOX_NOW + 1,
	    .next_try_utc = next, .code = 450, .error = "busy" };

	assert_int_equal(outgoing_settle(b->st, id, &r), 0);
}

static int
count(const struct outgoing *o, void *arg)
{
	(void)o;
	++*(int *)arg;
	return 0;
}

static int
due(struct box *b, int64_t now)
{
	int	n = 0;

	assert_int_equal(outgoing_each_due(b->st, now, count, &n), 0);
	return n;
}

static void
an_outgoing_mail_is_read_back_whole(void **state)
{
	struct box	*b = *state;
	int64_t		 id = add(b, "1@office", BOX_NOW);
	struct outgoing	*o = outgoing_find_message_id(b->st, "1@office");
	void		*raw;
	size_t		 len;

	assert_int_equal(o->outgoing, id);
	assert_string_equal(o->kind, "reminder");
	assert_string_equal(o->step, "first");
	assert_string_equal(o->to, "u1@x.example");
	assert_int_equal(o->n_units, 2);
	assert_string_equal(o->units[1], "U2");
	assert_int_equal(o->state, OUTGOING_PENDING);
	assert_int_equal(o->mail, 3);
	free(o);
	raw = outgoing_raw(b->st, id, &len);
	assert_int_equal(len, 9);
	assert_memory_equal(raw, "raw\0bytes", 9);
	free(raw);
	assert_null(outgoing_find_message_id(b->st, "2@office"));
}

static void
a_message_id_is_used_once(void **state)
{
	struct box	*b = *state;
	int64_t		 id;

	(void)add(b, "1@office", BOX_NOW);
	assert_int_equal(outgoing_add(b->st, &plain, "x", 1, &id), -1);
	assert_int_equal(store_trouble(b->st), STORE_REFUSED);
}

static void
a_mail_is_claimed_by_one_worker_and_settled(void **state)
{
	struct box	*b = *state;
	int64_t		 id = add(b, "1@office", BOX_NOW);
	struct outgoing	*o;

	assert_int_equal(due(b, BOX_NOW - 1), 0);
	assert_int_equal(due(b, BOX_NOW), 1);
	assert_int_equal(outgoing_next_try(b->st), BOX_NOW);
	assert_int_equal(outgoing_claim(b->st, id), 0);
	assert_int_equal(outgoing_claim(b->st, id), -1);
	assert_int_equal(store_trouble(b->st), STORE_REFUSED);
	assert_int_equal(due(b, BOX_NOW), 0);
	settle(b, id, OUTGOING_LATER, BOX_NOW + 600);
	assert_int_equal(due(b, BOX_NOW + 599), 0);
	assert_int_equal(due(b, BOX_NOW + 600), 1);
	assert_int_equal(outgoing_claim(b->st, id), 0);
	settle(b, id, OUTGOING_SENT, 0);
	o = outgoing_find(b->st, id);
	assert_int_equal(o->attempts, 2);
	assert_int_equal(o->done_utc, BOX_NOW + 1);
	free(o);
	assert_int_equal(outgoing_next_try(b->st), 0);
	assert_int_equal(outgoing_claim(b->st, id), -1);
}

static void
a_mail_sent_is_final_and_so_is_one_withdrawn(void **state)
{
	int	s;

	(void)state;
	for (s = OUTGOING_PENDING; s <= OUTGOING_WITHDRAWN; s++) {
		assert_false(outgoing_state_may(OUTGOING_SENT, s));
		assert_false(outgoing_state_may(OUTGOING_WITHDRAWN, s));
	}
	assert_false(outgoing_state_may(OUTGOING_PENDING, OUTGOING_SENT));
	assert_true(outgoing_state_may(OUTGOING_UNCERTAIN,
	    OUTGOING_SENDING));
	assert_string_equal(outgoing_state_name(OUTGOING_LATER), "later");
}

static void
what_a_crash_interrupted_is_uncertain_not_sent_again(void **state)
{
	struct box	*b = *state;
	int64_t		 id = add(b, "1@office", BOX_NOW);
	struct outgoing	*o;
	int		 n = 0;

	(void)add(b, "2@office", BOX_NOW);
	assert_int_equal(outgoing_claim(b->st, id), 0);
	box_reopen(b);
	assert_int_equal(outgoing_recover(b->st), 0);
	o = outgoing_find(b->st, id);
	assert_int_equal(o->state, OUTGOING_UNCERTAIN);
	free(o);
	assert_int_equal(due(b, BOX_NOW + 1000), 1);
	assert_int_equal(outgoing_each(b->st, OUTGOING_UNCERTAIN, count, &n),
	    0);
	assert_int_equal(n, 1);
	n = 0;
	assert_int_equal(outgoing_each(b->st, 0, count, &n), 0);
	assert_int_equal(n, 2);
}

static void
ends_that_nobody_knows_are_counted_others_are_not(void **state)
{
	struct box	*b = *state;
	int64_t		 id = add(b, "1@office", BOX_NOW);
	struct outgoing	*o;

	assert_int_equal(outgoing_claim(b->st, id), 0);
	settle(b, id, OUTGOING_LATER, BOX_NOW);
	assert_int_equal(outgoing_claim(b->st, id), 0);
	settle(b, id, OUTGOING_UNCERTAIN, 0);
	settle(b, id, OUTGOING_PENDING, BOX_NOW);
	assert_int_equal(outgoing_claim(b->st, id), 0);
	assert_int_equal(outgoing_recover(b->st), 0);
	o = outgoing_find(b->st, id);
	assert_int_equal(o->attempts, 3);
	assert_int_equal(o->uncertain, 2);
	free(o);
}

static void
a_refusal_counts_until_the_address_takes_a_mail(void **state)
{
	struct box	*b = *state;
	int64_t		 id = add(b, "1@office", BOX_NOW);
	int		 n = 0;

	assert_int_equal(outgoing_claim(b->st, id), 0);
	settle(b, id, OUTGOING_FAILED, 0);
	assert_int_equal(outgoing_each_refused(b->st, "c1", count, &n), 0);
	assert_int_equal(outgoing_each_refused(b->st, "c2", count, &n), 0);
	assert_int_equal(n, 1);
	/* a mark taken from it ends it too */
	assert_int_equal(address_bounce(b->st, &(struct address_bounced){
	    .address = "u1@x.example", .unit = "", .status = "", .text = "" }), 0);
	assert_int_equal(address_clear(b->st, "u1@x.example", BOX_NOW - 1), 0);
	assert_int_equal(outgoing_each_refused(b->st, "c1", count, &n), 0);
	assert_int_equal(n, 2);
	assert_int_equal(address_bounce(b->st, &(struct address_bounced){
	    .address = "u1@x.example", .unit = "", .status = "", .text = "" }), 0);
	assert_int_equal(address_clear(b->st, "u1@x.example", BOX_NOW), 0);
	assert_int_equal(outgoing_each_refused(b->st, "c1", count, &n), 0);
	assert_int_equal(n, 2);
	n = 1;
	id = add(b, "2@office", BOX_NOW + 5);
	assert_int_equal(outgoing_claim(b->st, id), 0);
	settle(b, id, OUTGOING_SENT, 0);
	assert_int_equal(outgoing_each_refused(b->st, "c1", count, &n), 0);
	assert_int_equal(n, 1);
}

static void
mails_are_counted_by_address_unit_and_day(void **state)
{
	struct box	*b = *state;
	int64_t		 day = BOX_NOW, id;

	(void)add(b, "1@office", day);
	id = add(b, "2@office", day + 10);
	(void)add(b, "3@office", day + 86400);
	assert_int_equal(outgoing_count(b->st, "u1@x.example", NULL, day,
	    day + 86400), 2);
	assert_int_equal(outgoing_count(b->st, "u1@x.example", "receipt",
	    day, day + 86400), 0);
	assert_int_equal(outgoing_count_unit(b->st, "U2", "reminder", day,
	    day + 86401), 3);
	settle(b, id, OUTGOING_WITHDRAWN, 0);
	assert_int_equal(outgoing_count(b->st, "u1@x.example", NULL, day,
	    day + 86400), 1);
	assert_int_equal(outgoing_count_unit(b->st, "U2", NULL, day,
	    day + 86400), 1);
}

static void
one_receipt_for_a_file_and_address(void **state)
{
	struct box	*b = *state;
	bool		 is_new;

	assert_int_equal(outgoing_claim_receipt(b->st, "a@x", "f1",
	    &is_new), 0);
	assert_true(is_new);
	assert_int_equal(outgoing_claim_receipt(b->st, "a@x", "f1",
	    &is_new), 0);
	assert_false(is_new);
	assert_int_equal(outgoing_claim_receipt(b->st, "b@x", "f1",
	    &is_new), 0);
	assert_true(is_new);
}

/* ---- steps */

static void
a_step_runs_once_for_a_due_instant(void **state)
{
	struct box	*b = *state;
	struct step	 s = { "c1", "U1", "first", BOX_NOW, STEP_WAITING, 0,
	    BOX_NOW, "chưa đọc hết thư" }, *found;
	bool		 is_new;

	assert_int_equal(step_put(b->st, &s, &is_new), 0);
	assert_true(is_new);
	s.outcome = STEP_MAILED;
	s.outgoing = 5;
	s.reason = "";
	assert_int_equal(step_put(b->st, &s, &is_new), 0);
	assert_true(is_new);
	s.outgoing = 6;
	assert_int_equal(step_put(b->st, &s, &is_new), 0);
	assert_false(is_new);
	box_reopen(b);
	found = step_find(b->st, "c1", "U1", "first", BOX_NOW);
	assert_int_equal(found->outgoing, 5);
	assert_int_equal(found->outcome, STEP_MAILED);
	free(found);
	/* a changed due makes a new step lawful */
	s.due_utc++;
	assert_int_equal(step_put(b->st, &s, &is_new), 0);
	assert_true(is_new);
	assert_null(step_find(b->st, "c1", "U2", "first", BOX_NOW));
}

static void
a_step_whose_mail_was_withdrawn_waits_again(void **state)
{
	struct box	*b = *state;
	struct step	 s = { "c1", "U1", "first", BOX_NOW, STEP_MAILED, 5,
	    BOX_NOW, "" }, *found;
	bool		 is_new;

	assert_int_equal(step_put(b->st, &s, &is_new), 0);
	assert_int_equal(step_amend(b->st, "c1", 6, STEP_WAITING, BOX_NOW,
	    "why"), 0);
	assert_int_equal(step_amend(b->st, "c1", 5, STEP_WAITING, BOX_NOW,
	    "why"), 0);
	found = step_find(b->st, "c1", "U1", "first", BOX_NOW);
	assert_int_equal(found->outcome, STEP_WAITING);
	assert_int_equal(found->outgoing, 0);
	assert_string_equal(found->reason, "why");
	free(found);
}

static int
note_step(const struct step *s, void *arg)
{
	strcat(arg, s->unit);
	strcat(arg, step_outcome_name(s->outcome));
	return 0;
}

static void
steps_are_walked_by_unit_and_time(void **state)
{
	struct box	*b = *state;
	struct step	 s = { "c1", "U2", "last", 9, STEP_HELD, 0, 2, "" };
	char		 text[64] = "";
	bool		 is_new;

	assert_int_equal(step_put(b->st, &s, &is_new), 0);
	s.step = "first";
	s.time_utc = 1;
	s.outcome = STEP_LAPSED;
	assert_int_equal(step_put(b->st, &s, &is_new), 0);
	s.unit = "U1";
	assert_int_equal(step_put(b->st, &s, &is_new), 0);
	assert_int_equal(step_each(b->st, "c1", NULL, note_step, text), 0);
	assert_string_equal(text, "U1lapsedU2lapsedU2held");
	text[0] = '\0';
	assert_int_equal(step_each(b->st, "c1", "U1", note_step, text), 0);
	assert_string_equal(text, "U1lapsed");
}

/* ---- tokens */

#define SECRET "0123456789abcdefghijkl"

static void
use(struct box *b, const char *secret, const char *address, int64_t now,
    enum token_answer want)
{
	enum token_answer answer;
	struct token	*t = NULL;

	assert_int_equal(token_use(b->st, secret, address, now, &answer,
	    &t), 0);
	assert_int_equal(answer, want);
	assert_int_equal(t == NULL, want == TOKEN_UNKNOWN);
	if (t != NULL)
		assert_string_equal(t->object, "a1b2c3");
	free(t);
}

static void
a_token_is_good_once_for_one_address_until_its_day(void **state)
{
	struct box	*b = *state;
	struct token	 t = { "assign", "a1b2c3", "clerk@x", BOX_NOW,
	    BOX_NOW + 100 };
	char		*db;
	size_t		 len, i;

	assert_int_equal(token_add(b->st, "short", &t), -1);
	assert_int_equal(token_add(b->st, SECRET, &t), 0);
	use(b, SECRET "x", "clerk@x", BOX_NOW, TOKEN_UNKNOWN);
	use(b, SECRET, "other@x", BOX_NOW, TOKEN_OTHER_ADDRESS);
	use(b, SECRET, "clerk@x", BOX_NOW + 100, TOKEN_EXPIRED);
	use(b, SECRET, "clerk@x", BOX_NOW + 99, TOKEN_GOOD);
	use(b, SECRET, "clerk@x", BOX_NOW + 99, TOKEN_USED);
	assert_int_equal(token_drop_expired(b->st, BOX_NOW + 200), 0);
	use(b, SECRET, "clerk@x", BOX_NOW, TOKEN_UNKNOWN);
	/* what stands in the link is nowhere on disk */
	store_close(b->st);
	b->st = NULL;
	db = box_read(b->state, "tiepnhan.db", &len);
	for (i = 0; i + strlen(SECRET) < len; i++)
		assert_memory_not_equal(db + i, SECRET, strlen(SECRET));
	free(db);
}

static void
a_token_is_not_used_up_when_the_decision_fails(void **state)
{
	struct box	*b = *state;
	struct token	 t = { "assign", "a1b2c3", "clerk@x", BOX_NOW,
	    BOX_NOW + 100 };

	assert_int_equal(token_add(b->st, SECRET, &t), 0);
	assert_int_equal(store_begin(b->st), 0);
	use(b, SECRET, "clerk@x", BOX_NOW, TOKEN_GOOD);
	store_rollback(b->st);
	use(b, SECRET, "clerk@x", BOX_NOW, TOKEN_GOOD);
}

/* ---- addresses */

static int
note_learned(const struct address_learned *a, void *arg)
{
	strcat(arg, a->address);
	strcat(arg, a->unit);
	return 0;
}

static int
note_bounced(const struct address_bounced *a, void *arg)
{
	strcat(arg, a->address);
	strcat(arg, a->status);
	return 0;
}

static void
an_address_is_learned_revoked_and_learned_again(void **state)
{
	struct box	*b = *state;
	struct address_learned a = { "a@x", "U1", "clerk", BOX_NOW };
	char		 text[64] = "";

	assert_int_equal(address_learn(b->st, &a), 0);
	assert_int_equal(address_learn(b->st, &a), 0);
	a.unit = "U2";
	assert_int_equal(address_learn(b->st, &a), 0);
	assert_int_equal(address_each_learned(b->st, "a@x", note_learned,
	    text), 0);
	assert_string_equal(text, "a@xU1a@xU2");
	assert_int_equal(address_revoke(b->st, "a@x", "U2", BOX_NOW), 0);
	text[0] = '\0';
	assert_int_equal(address_each_learned(b->st, NULL, note_learned,
	    text), 0);
	assert_string_equal(text, "a@xU1");
	assert_int_equal(address_learn(b->st, &a), 0);
	text[0] = '\0';
	assert_int_equal(address_each_learned(b->st, NULL, note_learned,
	    text), 0);
	assert_string_equal(text, "a@xU1a@xU2");
}

static void
a_bounced_address_is_marked_until_cleared(void **state)
{
	struct box	*b = *state;
	struct address_bounced a = { "a@x", "U1", "5.1.1", "no such user",
	    BOX_NOW, 4 };
	char		 text[64] = "";

	assert_false(address_is_bounced(b->st, "a@x"));
	assert_int_equal(address_bounce(b->st, &a), 0);
	assert_true(address_is_bounced(b->st, "a@x"));
	assert_int_equal(address_each_bounced(b->st, note_bounced, text), 0);
	assert_string_equal(text, "a@x5.1.1");
	assert_int_equal(address_clear(b->st, "a@x", BOX_NOW), 0);
	assert_false(address_is_bounced(b->st, "a@x"));
	assert_int_equal(address_bounce(b->st, &a), 0);
	assert_true(address_is_bounced(b->st, "a@x"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, box_setup, box_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_outgoing_mail_is_read_back_whole),
		TEST(a_message_id_is_used_once),
		TEST(a_mail_is_claimed_by_one_worker_and_settled),
		cmocka_unit_test(a_mail_sent_is_final_and_so_is_one_withdrawn),
		TEST(what_a_crash_interrupted_is_uncertain_not_sent_again),
		TEST(ends_that_nobody_knows_are_counted_others_are_not),
		TEST(a_refusal_counts_until_the_address_takes_a_mail),
		TEST(mails_are_counted_by_address_unit_and_day),
		TEST(one_receipt_for_a_file_and_address),
		TEST(a_step_runs_once_for_a_due_instant),
		TEST(a_step_whose_mail_was_withdrawn_waits_again),
		TEST(steps_are_walked_by_unit_and_time),
		TEST(a_token_is_good_once_for_one_address_until_its_day),
		TEST(a_token_is_not_used_up_when_the_decision_fails),
		TEST(an_address_is_learned_revoked_and_learned_again),
		TEST(a_bounced_address_is_marked_until_cleared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
