/* Mails, their states, the queue of work. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "spool/mail.h"
#include "tests/spool_box.h"

static void
every_state_but_purged_has_a_way_on(void **state)
{
	int	from, to, n;

	(void)state;
	for (from = MESSAGE_STORED; from <= MESSAGE_PURGED; from++) {
		n = 0;
		for (to = MESSAGE_STORED; to <= MESSAGE_PURGED; to++)
			n += message_state_may(from, to);
		assert_int_equal(n == 0, from == MESSAGE_PURGED);
		assert_string_not_equal(message_state_name(from), "none");
	}
	assert_false(message_state_may(MESSAGE_STORED, MESSAGE_FILED));
	assert_false(message_state_may(MESSAGE_ASIDE, MESSAGE_PARSED));
	assert_false(message_state_may(0, MESSAGE_STORED));
	assert_false(message_state_may(99, MESSAGE_STORED));
}

static void
a_mail_goes_from_stored_over_parsed_to_filed(void **state)
{
	struct box	*b = *state;
	struct mail_parsed p = { "\0blob", 5, 3, "a@b.example", "Chi bộ",
	    "Báo cáo", "id@b" };
	int64_t		 mail = box_mail(b, "text");
	struct mail	*m;
	void		*blob;
	size_t		 len = 0;

	assert_int_equal(mail_set_state(b->st, mail, MESSAGE_FILED, "", 0),
	    -1);
	assert_int_equal(store_trouble(b->st), STORE_REFUSED);
	assert_non_null(strstr(store_error(b->st), "stored"));
	assert_null(mail_parsed_find(b->st, mail, &len));
	assert_int_equal(mail_set_parsed(b->st, mail, &p), 0);
	assert_int_equal(mail_set_state(b->st, mail, MESSAGE_FILED, "", 0),
	    0);
	box_reopen(b);
	m = mail_find(b->st, mail);
	assert_int_equal(m->state, MESSAGE_FILED);
	assert_string_equal(m->from_address, "a@b.example");
	assert_string_equal(m->from_name, "Chi bộ");
	assert_string_equal(m->subject, "Báo cáo");
	assert_string_equal(m->message_id, "id@b");
	assert_int_equal(m->parser_version, 3);
	free(m);
	blob = mail_parsed_find(b->st, mail, &len);
	assert_int_equal(len, 5);
	assert_memory_equal(blob, "\0blob", 5);
	free(blob);
}

static void
tries_are_counted_before_the_parse(void **state)
{
	struct box	*b = *state;
	int64_t		 mails[2] = { box_mail(b, "1"), box_mail(b, "2") };
	struct mail	*m;

	assert_int_equal(mail_attempt(b->st, mails, 2), 0);
	assert_int_equal(mail_attempt(b->st, mails, 1), 0);
	box_reopen(b); /* the parse killed us */
	m = mail_find(b->st, mails[0]);
	assert_int_equal(m->attempts, 2);
	free(m);
	assert_int_equal(mail_set_state(b->st, mails[0], MESSAGE_ASIDE,
	    "kills the parser", 0), 0);
	assert_int_equal(mail_count(b->st, MESSAGE_ASIDE), 1);
	assert_int_equal(mail_retry(b->st, mails[0]), 0);
	m = mail_find(b->st, mails[0]);
	assert_int_equal(m->attempts, 0);
	assert_string_equal(m->trouble, "");
	assert_int_equal(m->state, MESSAGE_STORED);
	free(m);
}

static void
a_deferred_mail_waits_for_its_time(void **state)
{
	struct box	*b = *state;
	int64_t		 mail = box_mail(b, "1"), found[4];

	assert_int_equal(mail_next_try(b->st), 0);
	assert_int_equal(mail_set_state(b->st, mail, MESSAGE_DEFERRED,
	    "no jail", BOX_NOW + 60), 0);
	assert_int_equal(mail_next_try(b->st), BOX_NOW + 60);
	assert_int_equal(mail_pending(b->st, MESSAGE_STORED, BOX_NOW, found,
	    4), 0);
	assert_int_equal(mail_pending(b->st, MESSAGE_DEFERRED, BOX_NOW + 59,
	    found, 4), 0);
	assert_int_equal(mail_pending(b->st, MESSAGE_DEFERRED, BOX_NOW + 60,
	    found, 4), 1);
	assert_int_equal(found[0], mail);
}

static void
mails_are_read_in_the_order_of_receipt(void **state)
{
	struct box	*b = *state;
	int64_t		 mails[3], found[4];

	mails[1] = box_mail_of(b, "1", BOX_NOW - 20);
	mails[0] = box_mail_of(b, "0", BOX_NOW - 30);
	mails[2] = box_mail_of(b, "2", BOX_NOW - 10);
	assert_int_equal(mail_pending(b->st, MESSAGE_STORED, BOX_NOW, found,
	    4), 3);
	assert_memory_equal(found, mails, sizeof(mails));
	assert_int_equal(mail_pending(b->st, MESSAGE_STORED, BOX_NOW, found,
	    2), 2);
	assert_int_equal(mail_pending(b->st, MESSAGE_FILED, BOX_NOW, found,
	    2), -1);
}

static int64_t
parsed_of(struct box *b, const char *text, int64_t received_utc)
{
	int64_t		 mail = box_mail_of(b, text, received_utc);
	struct mail_parsed p = { .blob = text, .len = strlen(text),
		.parser_version = 1, .from_address = text, .from_name = "",
		.subject = "", .message_id = "" };

	assert_int_equal(mail_set_parsed(b->st, mail, &p), 0);
	return mail;
}

static void
none_is_filed_before_one_that_came_earlier(void **state)
{
	struct box	*b = *state;
	int64_t		 late, early, unread, found[4];

	late = parsed_of(b, "late", BOX_NOW - 10);
	unread = box_mail_of(b, "unread", BOX_NOW - 20);
	early = parsed_of(b, "early", BOX_NOW - 30);
	assert_int_equal(mail_pending(b->st, MESSAGE_PARSED, BOX_NOW, found,
	    4), 1);
	assert_int_equal(found[0], early);
	/* what cannot be read now is not waited for */
	assert_int_equal(mail_set_state(b->st, unread, MESSAGE_DEFERRED, "",
	    BOX_NOW + 60), 0);
	assert_int_equal(mail_pending(b->st, MESSAGE_PARSED, BOX_NOW, found,
	    4), 2);
	assert_int_equal(found[0], early);
	assert_int_equal(found[1], late);
}

static int64_t
mail_of(struct box *b, const char *text, int64_t sender)
{
	struct arrival	a;
	char		sha256[65];

	box_arrival(b, text, &a, sha256);
	a.sender = sender;
	assert_int_equal(arrival_take(b->st, &a, 1), 0);
	return a.mail;
}

static void
a_flood_of_one_sender_delays_only_itself(void **state)
{
	struct box	*b = *state;
	int64_t		 found[200], flood[150], unit;
	char		 text[16];
	int		 i, k, n;

	for (i = 0; i < 150; i++) {
		snprintf(text, sizeof(text), "flood %d", i);
		flood[i] = mail_of(b, text, 77);
	}
	unit = mail_of(b, "unit 1", 1);
	n = mail_pending(b->st, MESSAGE_STORED, BOX_NOW, found, 200);
	assert_int_equal(n, 151);
	for (i = 0; i < 64 && found[i] != unit; i++)
		continue;
	assert_int_equal(found[i], unit);
	/* while the flood is worked off, a late one is soon there too */
	for (i = 0; i < 100; i++) {
		for (k = 0; flood[k] != found[i] && k < 149; k++)
			continue;
		if (flood[k] == found[i])
			assert_int_equal(mail_set_state(b->st, found[i],
			    MESSAGE_ASIDE, "", 0), 0);
	}
	unit = mail_of(b, "unit 2", 2);
	n = mail_pending(b->st, MESSAGE_STORED, BOX_NOW, found, 200);
	for (i = 0; i < n && found[i] != unit; i++)
		continue;
	assert_in_range(i, 0, 64);
}

static int
beyond(struct box *b, int64_t mail, int64_t from, size_t most)
{
	return mail_is_beyond(b->st, &(struct mail_rank){ mail, 77, from,
	    from + 3600 }, most);
}

static void
mails_are_counted_for_each_sender_and_day(void **state)
{
	struct box	*b = *state;
	int64_t		 mails[5], from = BOX_NOW - 600, other;
	char		 text[16];
	int		 i;

	for (i = 0; i < 5; i++) {
		snprintf(text, sizeof(text), "many %d", i);
		mails[i] = mail_of(b, text, 77);
		snprintf(text, sizeof(text), "else %d", i);
		other = mail_of(b, text, 78);
	}
	assert_int_equal(beyond(b, mails[2], from, 3), 0);
	assert_int_equal(beyond(b, mails[3], from, 3), 1);
	assert_int_equal(beyond(b, mails[4], from, 5), 0);
	/* of another hour; and of somebody else */
	assert_int_equal(beyond(b, mails[4], from - 7200, 3), 0);
	assert_int_equal(mail_is_beyond(b->st, &(struct mail_rank){ other,
	    79, from, from + 3600 }, 1), 0);
}

static int
note_waiting(const struct mail_waiting *w, void *arg)
{
	char	*out = arg;

	snprintf(out + strlen(out), 20, "%d %s;", (int)w->sender,
	    w->from_address);
	return 0;
}

static void
who_has_mails_waiting_is_told_once_each(void **state)
{
	struct box	*b = *state;
	struct mail_parsed p = { .blob = "", .from_address = "a@x",
		.from_name = "", .subject = "", .message_id = "" };
	char		 out[80] = "";
	int64_t		 mails[4];
	int		 i;

	for (i = 0; i < 4; i++)
		mails[i] = mail_of(b, i == 0 ? "w 0" : i == 1 ? "w 1" :
		    i == 2 ? "w 2" : "w 3", i < 3 ? 77 : 78);
	assert_int_equal(mail_set_parsed(b->st, mails[0], &p), 0);
	for (i = 1; i < 4; i++)
		assert_int_equal(mail_set_state(b->st, mails[i],
		    MESSAGE_DEFERRED, i == 3 ? "other" : "many", BOX_NOW), 0);
	assert_int_equal(mail_each_waiting(b->st, "many", note_waiting,
	    out), 0);
	assert_string_equal(out, "77 a@x;");
}

struct seen {
	int64_t	mail[8];
	int	n, stop_after;
};

static int
note(const struct mail *m, void *arg)
{
	struct seen	*s = arg;

	s->mail[s->n++] = m->mail;
	return s->n == s->stop_after ? 77 : 0;
}

static void
mails_are_walked_by_time_state_and_limit(void **state)
{
	struct box	*b = *state;
	struct mail_filter f = { 0 };
	struct seen	 s = { .n = 0 };
	int64_t		 mails[3];
	int		 i;

	for (i = 0; i < 3; i++) {
		struct arrival	a;
		char		text[8], sha256[65];

		snprintf(text, sizeof(text), "%d", i);
		box_arrival(b, text, &a, sha256);
		a.received_utc = BOX_NOW - i * 100;
		assert_int_equal(arrival_take(b->st, &a, 1), 0);
		mails[i] = a.mail;
	}
	assert_int_equal(mail_each(b->st, &f, note, &s), 0);
	assert_int_equal(s.n, 3);
	assert_int_equal(s.mail[0], mails[2]);
	s.n = 0;
	f.is_newest_first = true;
	f.limit = 2;
	assert_int_equal(mail_each(b->st, &f, note, &s), 0);
	assert_int_equal(s.n, 2);
	assert_int_equal(s.mail[0], mails[0]);
	s.n = 0;
	f = (struct mail_filter){ .from_utc = BOX_NOW - 100,
	    .until_utc = BOX_NOW };
	assert_int_equal(mail_each(b->st, &f, note, &s), 0);
	assert_int_equal(s.n, 1);
	assert_int_equal(s.mail[0], mails[1]);
	s.n = 0;
	f = (struct mail_filter){ .state = MESSAGE_PARSED };
	assert_int_equal(mail_each(b->st, &f, note, &s), 0);
	assert_int_equal(s.n, 0);
	s.stop_after = 1;
	f.state = MESSAGE_STORED;
	assert_int_equal(mail_each(b->st, &f, note, &s), 77);
	assert_int_equal(mail_count(b->st, MESSAGE_STORED), 3);
}

static void
what_is_not_there_is_not_found(void **state)
{
	struct box	*b = *state;
	struct mail_parsed p = { "", 0, 1, "", "", "", "" };

	assert_null(mail_find(b->st, 5));
	assert_int_equal(mail_set_parsed(b->st, 5, &p), -1);
	assert_int_equal(store_trouble(b->st), STORE_REFUSED);
	assert_int_equal(mail_retry(b->st, 5), -1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, box_setup, box_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_state_but_purged_has_a_way_on),
		TEST(a_mail_goes_from_stored_over_parsed_to_filed),
		TEST(tries_are_counted_before_the_parse),
		TEST(a_deferred_mail_waits_for_its_time),
		TEST(mails_are_read_in_the_order_of_receipt),
		TEST(none_is_filed_before_one_that_came_earlier),
		TEST(a_flood_of_one_sender_delays_only_itself),
		TEST(mails_are_counted_for_each_sender_and_day),
		TEST(who_has_mails_waiting_is_told_once_each),
		TEST(mails_are_walked_by_time_state_and_limit),
		TEST(what_is_not_there_is_not_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
