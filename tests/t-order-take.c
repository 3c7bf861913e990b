/*
 * What a mail in the clerk's name may do: nothing without a token, and with
 * one exactly what it was made for, once.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "deskbox.h"

#include "daemon/campaign.h"
#include "daemon/campaign_write.h"
#include "daemon/config.h"
#include "daemon/intake.h"
#include "daemon/limits.h"
#include "daemon/order.h"
#include "daemon/order_aim.h"
#include "daemon/order_answer.h"
#include "daemon/order_letter.h"
#include "daemon/order_link.h"
#include "daemon/order_take.h"
#include "daemon/outbox.h"
#include "daemon/template.h"
#include "parsers/arena.h"
#include "parsers/letter.h"
#include "spool/event.h"
#include "spool/filing.h"
#include "spool/mail.h"
#include "spool/outgoing.h"

#define CLERK "thuky@p.example"

static int64_t		strange; /* a report of nobody we know */
static const char	*strange_id;

static int
setup(void **state)
{
	struct message	*m;
	struct mail	*mail;

	(void)desk_setup(state);
	m = desk_message(&desk, "la@q.example", "Báo cáo");
	desk_report(&desk, m, "", DESK_SUBJECT, DESK_ALL);
	strange = desk_file_mail(&desk, m, "INBOX", noon);
	mail = mail_find(desk.office->store, strange);
	strange_id = arena_strdup(desk.arena, mail->id);
	free(mail);
	return 0;
}

/* A line with # for the strange mail's id. */
static const char *
line_of(const char *line)
{
	const char	*at = strchr(line, '#');

	return at == NULL ? line : arena_printf(desk.arena, "%.*s#%s%s",
	    (int)(at - line), line, strange_id, at + 1);
}

/* The subject of a prepared mail for this order: with a new token. */
static const char *
prepared(const char *line, const char *body, time_t now)
{
	struct offers	 f = { desk.office, desk.arena, now, values_new(), 0 };
	struct order	 o;
	const char	*token;

	assert_true(order_read(line_of(line), body, desk.arena, &o));
	assert_int_equal(order_offer_token(&f, "x", &o, &token), 0);
	assert_int_equal(f.n, 1);
	values_free(f.values);
	return order_with_token(order_line(&o, desk.arena), token,
	    desk.arena);
}

static struct message *
from_clerk(const char *subject, const char *body)
{
	struct message	*m = desk_message(&desk, CLERK, subject);

	m->body = body;
	return m;
}

/* Taken in and filed; what is told of it. */
static const char *
taken(const struct message *m, const char *folder, time_t when)
{
	struct filing	*f = filing_find(desk.office->store,
		desk_file_mail(&desk, m, folder, when));
	const char	*text = arena_printf(desk.arena, "%s%s", f->reason,
		f->needs_clerk ? " !" : "");

	free(f);
	return text;
}

static const char *
ordered(const char *subject, const char *body)
{
	return taken(from_clerk(subject, body), "INBOX", noon);
}

static int
answers(const char *kind)
{
	return outgoing_count(desk.office->store, CLERK, kind,
	    noon - 86400, noon + 30 * 86400);
}

static int
count_row(const struct event *e, void *arg)
{
	(void)e;
	++*(int *)arg;
	return 0;
}

/* Decisions of this verb in force. */
static int
decisions(const char *verb)
{
	struct event_filter f = { .verb = verb, .only_active = true };
	int		 n = 0;

	assert_int_equal(event_each(desk.office->store, &f, count_row, &n),
	    0);
	return n;
}

#define ASSIGN "Giao thư # cho A1"
#define STARTS(text, with) \
	assert_memory_equal((text), (with), strlen(with))

static void
without_a_token_it_is_answered_and_nothing_else(void **state)
{
	(void)state;
	STARTS(ordered(line_of(ASSIGN), ""), "chờ văn thư xác nhận");
	assert_int_equal(decisions("assign"), 0);
	assert_int_equal(answers(MAIL_ANSWER), 1);
	assert_int_equal(answers(MAIL_DECISION), 0);
}

static void
with_a_token_it_is_done_once_and_confirmed(void **state)
{
	const char	*subject = prepared(ASSIGN, "", noon);

	(void)state;
	STARTS(ordered(subject, ""), "đã thực hiện");
	assert_int_equal(decisions("assign"), 1);
	assert_int_equal(answers(MAIL_DECISION), 1);
	assert_string_equal(desk_filed(&desk, strange),
	    "submission [A1] counted");
	assert_string_equal(ordered(subject, ""),
	    "không thực hiện: mã xác nhận đã được dùng");
	assert_int_equal(decisions("assign"), 1);
}

static void
a_token_is_good_for_its_own_order_alone(void **state)
{
	const char	*subject = prepared(ASSIGN, "", noon);
	const char	*token = order_token_find(subject, desk.arena);
	static const char *const others[] = { "Giao thư # cho A2",
		"Giao thư # cho A1, A2", "Xác nhận báo cáo #",
		"Giao thư # cho A1, ghi nhớ địa chỉ", "Miễn báo cáo cho A1" };
	size_t		 i;

	(void)state;
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		assert_string_equal(ordered(order_with_token(line_of(
		    others[i]), token, desk.arena), ""),
		    "không thực hiện: mã xác nhận của việc khác");
	assert_int_equal(decisions("assign"), 0);
	assert_int_equal(decisions("excuse"), 0);
	/* and is still good for that */
	STARTS(ordered(subject, ""), "đã thực hiện");
}

static void
units_may_be_left_out_of_a_supplement_but_not_added(void **state)
{
	static const char *const to[] = { "to1@p.example", "to2@p.example" };
	static const char *const issuers[] = { "CHI BỘ TỔ DÂN PHỐ SỐ 1",
		"CHI BỘ TỔ DÂN PHỐ SỐ 2" };
	const char	*subject;
	struct message	*m;
	size_t		 i;

	(void)state;
	for (i = 0; i < 2; i++) {
		m = desk_message(&desk, to[i], "Báo cáo");
		desk_report(&desk, m, issuers[i], DESK_SUBJECT, "I II III IV");
		(void)desk_file_mail(&desk, m, "INBOX", noon);
	}
	subject = prepared("Đề nghị bổ sung A1", "", noon);
	subject = order_with_token("Đề nghị bổ sung, đợt pccc",
	    order_token_find(subject, desk.arena), desk.arena);
	assert_string_equal(ordered(subject, "Đơn vị:\n- A1\n- A2\n"),
	    "không thực hiện: mã xác nhận của việc khác");
	assert_string_equal(ordered(subject, "Đơn vị:\n\n"),
	    "không thực hiện: chưa ghi đơn vị");
	assert_int_equal(decisions("supplement"), 0);
	STARTS(ordered(subject, "Đơn vị:\n- A1 Chi bộ số 1\n"),
	    "đã thực hiện");
	assert_int_equal(decisions("supplement"), 1);
}

static void
machines_never_decide_and_are_never_answered(void **state)
{
	static const unsigned signs[] = { SIGN_AUTO_SUBMITTED,
		SIGN_AUTO_REPLIED, SIGN_LIST, SIGN_BULK, SIGN_NULL_SENDER,
		SIGN_DAEMON_SENDER, SIGN_VACATION_SUBJECT, SIGN_DSN, SIGN_MDN,
		SIGN_MANY_FROM, SIGN_LOOP };
	const char	*subject = prepared(ASSIGN, "", noon);
	struct message	*m;
	size_t		 i;

	(void)state;
	for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		m = from_clerk(i % 2 == 0 ? subject : line_of(ASSIGN), "");
		m->signs = signs[i];
		(void)taken(m, "INBOX", noon);
	}
	m = from_clerk(subject, "");
	m->return_path = "<>";
	(void)taken(m, "INBOX", noon);
	assert_int_equal(decisions("assign"), 0);
	assert_int_equal(answers(NULL), 0);
}

static void
who_fails_authentication_is_shown_to_the_clerk(void **state)
{
	struct message	*m = from_clerk(prepared(ASSIGN, "", noon), "");

	(void)state;
	m->auth_results = "mx.p.example; dmarc=fail header.from=p.example";
	assert_string_equal(taken(m, "INBOX", noon), "không thực hiện: máy "
	    "chủ thư báo người gửi không xác thực được !");
	assert_int_equal(decisions("assign"), 0);
	assert_int_equal(answers(NULL), 0);
	m->auth_results = "mx.other.example; dmarc=fail";
	m->message_id = "another@p.example";
	STARTS(taken(m, "INBOX", noon), "đã thực hiện");
}

static void
another_address_with_the_token_is_shown_to_the_clerk(void **state)
{
	const char	*subject = prepared(ASSIGN, "", noon);
	struct message	*m = desk_message(&desk, "la@q.example", subject);

	(void)state;
	assert_string_equal(taken(m, "INBOX", noon),
	    "không thực hiện: mã xác nhận gửi từ địa chỉ khác !");
	assert_int_equal(decisions("assign"), 0);
	assert_int_equal(outgoing_count(desk.office->store, "la@q.example",
	    NULL, 0, noon + 86400), 0);
	STARTS(ordered(subject, ""), "đã thực hiện");
}

static void
after_seven_days_it_is_expired(void **state)
{
	const char	*subject = prepared(ASSIGN, "", noon);

	(void)state;
	assert_string_equal(taken(from_clerk(subject, ""), "INBOX",
	    noon + TOKEN_VALID_S),
	    "không thực hiện: mã xác nhận đã hết hạn");
	assert_int_equal(decisions("assign"), 0);
}

static void
junk_is_obeyed_with_a_token_and_never_answered_without(void **state)
{
	const char	*subject = prepared(ASSIGN, "", noon);

	(void)state;
	(void)taken(from_clerk(line_of(ASSIGN), ""), "Junk", noon);
	assert_int_equal(answers(NULL), 0);
	STARTS(taken(from_clerk(subject, ""), "Junk", noon),
	    "đã thực hiện");
}

static void
reading_a_mail_again_decides_nothing_again(void **state)
{
	int64_t		 mail;

	(void)state;
	mail = desk_file_mail(&desk, from_clerk(prepared("Gia hạn cho A1 đến "
	    "ngày 20/4/2031", "", noon), ""), "INBOX", noon);
	assert_int_equal(decisions("extend"), 1);
	assert_int_equal(intake_refile(desk.office, mail, noon), 0);
	assert_int_equal(order_take(desk.office, NULL, mail, noon),
	    FILED_DONE);
	assert_int_equal(decisions("extend"), 1);
	assert_int_equal(answers(MAIL_DECISION), 1);
	assert_string_equal(desk_filed(&desk, mail), "other []");
}

static void
what_is_refused_leaves_the_token_good(void **state)
{
	const char	*subject = prepared("Gia hạn cho A1 đến ngày "
	    "20/4/2031", "", noon);

	(void)state;
	desk_campaign(&desk, "reading", "by-day", noon);
	desk_campaign(&desk, "day", "2031-04-25", noon);
	assert_string_equal(ordered(subject, ""),
	    "không thực hiện: ngày phải sau hạn hiện nay");
	desk_campaign(&desk, "day", "2031-04-15", noon);
	STARTS(ordered(subject, ""), "đã thực hiện");
	assert_int_equal(decisions("extend"), 1);
}

static void
a_flood_in_the_clerks_name_is_answered_so_often_only(void **state)
{
	int	 i;

	(void)state;
	for (i = 0; i < ANSWERS_PER_DAY + 9; i++)
		(void)ordered(line_of(ASSIGN), "");
	assert_int_equal(answers(MAIL_ANSWER), ANSWERS_PER_DAY);
	/* and does not keep a real one from being confirmed */
	STARTS(ordered(prepared(ASSIGN, "", noon), ""), "đã thực hiện");
	assert_int_equal(answers(MAIL_DECISION), 1);
}

static void
a_letter_of_the_same_words_is_no_order(void **state)
{
	(void)state;
	(void)ordered("Giao ban tuần 15", "Kính mời họp.\n");
	(void)ordered("Tổng hợp tình hình thu chi", "");
	(void)ordered("Hỏi", "Xin chào.\n> Hoàn tác !3\n");
	assert_int_equal(answers(NULL), 0);
}

static int
last_row(const struct event *e, void *arg)
{
	*(int64_t *)arg = e->seq;
	return 0;
}

static void
what_was_done_at_once_is_undone_at_once(void **state)
{
	static const char *const to[] = { "to1@p.example", "to2@p.example" };
	static const char *const issuers[] = { "CHI BỘ TỔ DÂN PHỐ SỐ 1",
		"CHI BỘ TỔ DÂN PHỐ SỐ 2" };
	struct event_filter f = { .verb = "supplement" };
	struct message	*m;
	int64_t		 last = 0;
	size_t		 i;

	(void)state;
	for (i = 0; i < 2; i++) {
		m = desk_message(&desk, to[i], "Báo cáo");
		desk_report(&desk, m, issuers[i], DESK_SUBJECT, "I II III IV");
		(void)desk_file_mail(&desk, m, "INBOX", noon);
	}
	STARTS(ordered(prepared("Đề nghị bổ sung", "", noon), ""),
	    "đã thực hiện");
	assert_int_equal(decisions("supplement"), 2);
	assert_int_equal(event_each(desk.office->store, &f, last_row, &last),
	    0);
	STARTS(ordered(prepared(arena_printf(desk.arena, "Hoàn tác !%d-%d",
	    (int)last - 1, (int)last), "", noon), ""), "đã thực hiện");
	assert_int_equal(decisions("supplement"), 0);
}

/* ---- a letter */

static struct letter *
a_letter(void)
{
	static const char *const lines[] = { "Các chi bộ tổ dân phố",
		"Những nơi khác" };
	static struct outline_node nodes[] = {
		{ .id = "I", .level = 1, .label = "I.", .text = "Tình hình",
		    .parent = -1 },
		{ .id = "II", .level = 1, .label = "II.", .text = "Kết quả",
		    .parent = -1 }
	};
	static struct outline outline = { nodes, 2 };
	struct letter	*l = arena_alloc(desk.arena, sizeof(*l));

	l->issuer = "Đảng ủy";
	l->number = l->date = l->deadline_time = "";
	l->subject = "báo cáo công tác thủy lợi năm 2031";
	l->deadline_date = "2031-06-10";
	l->deadline_text = l->report_to = l->send_to = "";
	l->recipients = lines;
	l->n_recipients = 2;
	l->outline = &outline;
	return l;
}

/* What opening it with these fields gives. */
static const char *
opened(const char *fields, struct office_campaign **oc, struct decision *d)
{
	struct clerk_letter c = { desk.office, NULL, desk.arena, noon,
		mail_find(desk.office->store, strange), NULL };
	struct sent_letter sent = { a_letter(),
		{ (const uint8_t *)"docx", 4 }, "a.docx" };
	struct order	 o;
	int		 rc;

	*d = desk_decision(&desk, noon);
	assert_true(order_read(line_of("Mở đợt báo cáo theo thư #"), fields,
	    desk.arena, &o));
	rc = order_letter_open(&c, &o, &sent, d, oc);
	free((void *)(uintptr_t)c.mail);
	return rc == 0 ? "" : d->why;
}

static void
a_letter_opens_with_what_the_clerk_fills_in(void **state)
{
	struct office_campaign *oc = NULL;
	struct decision	 d;
	int		 before = (int)desk.office->n_all;

	(void)state;
	assert_string_equal(opened("", &oc, &d), "chưa có số công văn; "
	    "chưa có ngày công văn; chưa rõ đơn vị của dòng Kính gửi 2");
	assert_string_equal(opened("Số công văn: 9-CV/ĐU\nNgày công văn: "
	    "05/4/2031\nKính gửi 2: S\n", &oc, &d),
	    "không rõ đơn vị nào: S (ý là S1, S2?)");
	assert_string_equal(opened("Ngày công văn: hôm nay\n", &oc, &d),
	    "chưa ghi ngày (dạng 20/5/2026)");
	assert_int_equal(desk.office->n_all, before);
	assert_string_equal(opened("Số công văn: 9-CV/ĐU\nNgày công văn: "
	    "05/4/2031\nThời hạn: trước 16 giờ 30 ngày 20/6/2031\n"
	    "Kính gửi 2: S1, MN Hoa Lan\n", &oc, &d), "");
	assert_string_equal(oc->campaign->number, "9-CV/ĐU");
	assert_string_equal(oc->campaign->date, "2031-04-05");
	assert_int_equal(oc->campaign->state, CAMPAIGN_OPEN);
	assert_int_equal(oc->campaign->reading, READING_AT_TIME);
	assert_int_equal(oc->campaign->deadline_minute, 16 * 60 + 30);
	assert_string_equal(day_iso(oc->campaign->deadline_day, desk.arena),
	    "2031-06-20");
	assert_int_equal(campaign_line_of(oc->campaign, desk_unit(&desk,
	    "A1")), 1);
	assert_int_equal(campaign_line_of(oc->campaign, desk_unit(&desk,
	    "S1")), 2);
	assert_int_equal(campaign_line_of(oc->campaign, desk_unit(&desk,
	    "S2")), 2);
	/* once */
	STARTS(opened("Số công văn: 9-CV/ĐU\nNgày công văn: 05/4/2031\n"
	    "Thời hạn: trước 16 giờ 30 ngày 20/6/2031\nKính gửi 2: S1\n",
	    &oc, &d), "đợt báo cáo này đã có");
}

static void
a_draft_that_a_crash_left_is_opened(void **state)
{
	static const char fields[] = "Số công văn: 9-CV/ĐU\n"
	    "Ngày công văn: 05/4/2031\nKính gửi 2: S1\n";
	struct office_campaign *oc = NULL;
	struct decision	 d;
	const char	*id;

	(void)state;
	assert_string_equal(opened(fields, &oc, &d), "");
	id = arena_strdup(desk.arena, oc->id);
	assert_int_equal(campaign_set(oc->campaign->dir, "state", "draft"),
	    0);
	assert_int_not_equal(office_refresh(desk.office, noon), -1);
	assert_int_equal(office_find(desk.office, id)->campaign->state,
	    CAMPAIGN_DRAFT);
	assert_string_equal(opened(fields, &oc, &d), "");
	assert_int_equal(office_find(desk.office, id)->campaign->state,
	    CAMPAIGN_OPEN);
	/* a draft that lacks something is told of in Vietnamese */
	assert_int_equal(campaign_set(oc->campaign->dir, "state", "draft"),
	    0);
	assert_int_equal(campaign_set(oc->campaign->dir, "number", ""), 0);
	assert_int_not_equal(office_refresh(desk.office, noon), -1);
	assert_string_equal(ordered(arena_printf(desk.arena, "Mở đợt báo cáo "
	    "%s", id), ""), "không thực hiện: chưa có số công văn");
}

static void
an_opening_that_a_crash_cut_short_is_carried_out_again(void **state)
{
	static const char fields[] = "Số công văn: 9-CV/ĐU\n"
	    "Ngày công văn: 05/4/2031\nKính gửi 2: S1\n";
	struct office_campaign *oc = NULL;
	struct decision	 d;

	(void)state;
	/* what a crash leaves: the folder, and nothing of the transaction */
	assert_int_equal(store_begin(desk.office->store), 0);
	assert_string_equal(opened(fields, &oc, &d), "");
	store_rollback(desk.office->store);
	assert_true(decision_is_half_open(desk.office, oc));
	assert_string_equal(opened(fields, &oc, &d), "");
	assert_true(d.event > 0);
	assert_false(decision_is_half_open(desk.office, oc));
	/* and only once */
	assert_string_not_equal(opened(fields, &oc, &d), "");
}

int
main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, desk_teardown)
	const struct CMUnitTest tests[] = {
		TEST(without_a_token_it_is_answered_and_nothing_else),
		TEST(with_a_token_it_is_done_once_and_confirmed),
		TEST(a_token_is_good_for_its_own_order_alone),
		TEST(units_may_be_left_out_of_a_supplement_but_not_added),
		TEST(machines_never_decide_and_are_never_answered),
		TEST(who_fails_authentication_is_shown_to_the_clerk),
		TEST(another_address_with_the_token_is_shown_to_the_clerk),
		TEST(after_seven_days_it_is_expired),
		TEST(junk_is_obeyed_with_a_token_and_never_answered_without),
		TEST(reading_a_mail_again_decides_nothing_again),
		TEST(what_is_refused_leaves_the_token_good),
		TEST(a_flood_in_the_clerks_name_is_answered_so_often_only),
		TEST(a_letter_of_the_same_words_is_no_order),
		TEST(what_was_done_at_once_is_undone_at_once),
		TEST(a_letter_opens_with_what_the_clerk_fills_in),
		TEST(a_draft_that_a_crash_left_is_opened),
		TEST(an_opening_that_a_crash_cut_short_is_carried_out_again)
	};

	return cmocka_run_group_tests_name("order-take", tests, NULL, NULL);
}
