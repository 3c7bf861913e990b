/*
 * What the clerk may write in a mail, and what is understood of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "daemon/localtime.h"
#include "daemon/order.h"
#include "daemon/order_field.h"
#include "parsers/arena.h"
#include "parsers/letter.h"

static struct arena	*arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new(0);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* "verb mail=… units=… …": what is not empty. */
static const char *
shown(const struct order *o)
{
	const char	*s = order_verb_name(o->verb);
#define SHOW(name, value) \
	if ((value)[0] != '\0') \
		s = arena_printf(arena, "%s " name "=%s", s, (value))
	SHOW("mail", o->mail);
	SHOW("units", o->units);
	SHOW("section", o->section);
	SHOW("step", o->step);
	SHOW("campaign", o->campaign);
	SHOW("day", o->day == DAY_NONE ? "" : day_iso(o->day, arena));
	SHOW("until", o->until == DAY_NONE ? "" : day_iso(o->until, arena));
	SHOW("reason", o->reason);
	SHOW("stray", o->stray);
#undef SHOW
	if (o->event != 0)
		s = arena_printf(arena, "%s event=%lld-%lld", s, o->event,
		    o->event_last);
	if (o->is_paper)
		s = arena_printf(arena, "%s paper", s);
	return o->remember ? arena_printf(arena, "%s remember", s) : s;
}

static const char *
read_as(const char *subject, const char *body)
{
	struct order	*o = arena_alloc(arena, sizeof(*o));

	return order_read(subject, body, arena, o) ? shown(o) : "nothing";
}

#define T26 "abcdefghijkmnpqrstuvwxyz23"

static const struct {
	const char	*line, *meaning;
} lines[] = {
	{ "Giao thư #a1b2c3 cho TDP17", "assign mail=a1b2c3 units=TDP17" },
	{ "giao a1b2c3 cho TDP17, CB-HCC",
	  "assign mail=a1b2c3 units=TDP17, CB-HCC" },
	{ "Giao thư #a1b2c3 cho Chi bộ Tổ dân phố số 5 và ghi nhớ địa chỉ",
	  "assign mail=a1b2c3 units=Chi bộ Tổ dân phố số 5 và remember" },
	{ "GIAO THU #A1B2C3 CHO TDP17", "assign mail=A1B2C3 units=TDP17" },
	{ "giao #a1b2c3 cho tdp17, đợt dan-chu",
	  "assign mail=a1b2c3 units=tdp17 campaign=dan-chu" },
	{ "Xác nhận báo cáo #a1b2c3", "accept mail=a1b2c3" },
	{ "xac nhan du #a1b2c3.", "accept mail=a1b2c3" },
	{ "Trả lại báo cáo #a1b2c3, lý do: thiếu chữ ký, mục III",
	  "return mail=a1b2c3 reason=thiếu chữ ký, mục III" },
	{ "Trả lại #a1b2c3 trước ngày 20/5/2026 vì chưa đúng mẫu",
	  "return mail=a1b2c3 day=2026-05-20 reason=chưa đúng mẫu" },
	{ "Thư #a1b2c3 không phải báo cáo", "not-a-report mail=a1b2c3" },
	{ "Đề nghị miễn báo cáo cho TDP05", "excuse units=TDP05" },
	{ "Miễn mục II.1 cho TDP05", "excuse units=TDP05 section=II.1" },
	{ "Gia hạn cho TDP05 đến hết ngày 20/05/2026",
	  "extend units=TDP05 day=2026-05-20" },
	{ "gia han TDP05 20/5/2026", "extend units=TDP05 day=2026-05-20" },
	{ "Gia hạn cho TDP05 đến hết ngày 20 tháng 5 năm 2026",
	  "extend units=TDP05 day=2026-05-20" },
	{ "gia han TDP05 den 3 thang 12 nam 2026",
	  "extend units=TDP05 day=2026-12-03" },
	{ "Giữ lại thư nhắc", "hold" },
	{ "Giữ lại thư nhắc bước last", "hold step=last" },
	{ "Giữ lại thư nhắc ngày 12/5/2026, đợt dan-chu",
	  "hold campaign=dan-chu day=2026-05-12" },
	{ "Không nhắc TDP05", "hold units=TDP05" },
	{ "Đề nghị bổ sung TDP05; TDP06", "supplement units=TDP05, TDP06" },
	{ "Hoàn tác !12", "undo event=12-12" },
	{ "HOÀN TÁC !12", "undo event=12-12" },
	{ "Hủy “!12”", "undo event=12-12" },
	{ "hoan tac !12-17", "undo event=12-17" },
	{ "Mở đợt báo cáo dan-chu", "open campaign=dan-chu" },
	{ "Mở đợt báo cáo theo thư #a1b2c3", "open mail=a1b2c3" },
	{ "Tạm dừng gửi thư, đợt dan-chu", "pause campaign=dan-chu" },
	{ "Tiếp tục", "resume" },
	{ "Đóng đợt dan-chu", "close campaign=dan-chu" },
	{ "Ghi nhận báo cáo giấy của TDP05", "add units=TDP05 paper" },
	{ "Ghi nhận bản giấy cho Chi bộ Công ty Giấy, nhận ngày 13/5/2026",
	  "add units=Chi bộ Công ty Giấy day=2026-05-13 paper" },
	{ "Ghi nhận báo cáo #a1b2c3 cho TDP05",
	  "add mail=a1b2c3 units=TDP05" },
	{ "Tình hình", "status" },
	{ "Còn đơn vị nào chưa nộp?", "status" },
	{ "xin gửi bảng theo dõi đợt dan-chu", "sheet campaign=dan-chu" },
	{ "Đề nghị gửi báo cáo tổng hợp", "collate" },
	{ "Gửi trang theo dõi", "page" },
	/* what is said in letters of the same words */
	{ "Giao ban tuần 21", "assign stray=ban tuần 21" },
	{ "Báo cáo kết quả quý II", "nothing" },
	{ "Giấy mời họp", "nothing" },
	{ "Tổng hợp báo cáo cải cách hành chính",
	  "collate stray=cải cách hành chính" },
	{ "", "nothing" }
};

static void
a_line_is_understood(void **state)
{
	size_t	 i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert_string_equal(read_as(lines[i].line, ""),
		    lines[i].meaning);
}

static void
the_first_line_of_the_text_is_one_too(void **state)
{
	(void)state;
	assert_string_equal(read_as("Re: [Tổng hợp 12/5/2026] Tình hình",
	    "\nGiao #a1b2c3 cho TDP17\n\nVào 12/5 Ban đã viết:\n> Giao\n"),
	    "assign mail=a1b2c3 units=TDP17");
	assert_string_equal(read_as("Re: [Cần xác định đơn vị] 1 thư",
	    "\nGiao #a1b2c3 cho TDP17\n\nVào 12/5 Ban đã viết:\n> Giao\n"),
	    "assign mail=a1b2c3 units=TDP17");
	assert_string_equal(read_as("", "Hoàn tác !3\n-- \nNguyễn Văn A"),
	    "undo event=3-3");
}

static void
quoted_text_orders_nothing(void **state)
{
	(void)state;
	assert_string_equal(read_as("Re: thư", "> Hoàn tác !3\n"), "nothing");
	assert_string_equal(read_as("Re: thư", "Vâng\n> Hoàn tác !3\n"),
	    "nothing");
	assert_string_equal(read_as("Re: thư",
	    "-----Original Message-----\nHoàn tác !3\n"), "nothing");
}

static void
fields_go_with_the_line(void **state)
{
	struct order	 o;

	(void)state;
	assert_string_equal(read_as("Trả lại báo cáo #a1b2c3",
	    "Lý do: thiếu chữ ký\nGửi lại trước ngày: 20/5/2026\n"),
	    "return mail=a1b2c3 until=2026-05-20 reason=thiếu chữ ký");
	assert_string_equal(read_as("Đề nghị bổ sung, đợt dan-chu",
	    "Truoc ngay: 20/5/2026\nĐơn vị:\n- TDP05 Chi bộ số 5\n"
	    "- TDP07 Chi bộ số 7\n\n> Đơn vị: TDP09\n"),
	    "supplement units=TDP05, TDP07 campaign=dan-chu "
	    "until=2026-05-20");
	/* a day without its year is not passed over */
	assert_true(order_read("Trả lại báo cáo #a1b2c3",
	    "Gửi lại trước ngày: 20/5\n", arena, &o));
	assert_string_equal(o.stray, "20/5");
	assert_true(order_read("Trả lại báo cáo #a1b2c3",
	    "Gửi lại trước ngày:\n", arena, &o));
	assert_string_equal(o.stray, "");
	assert_true(order_read("Mở đợt báo cáo theo thư #a1b2c3",
	    "Số công văn: 12-CV/ĐU\nNgày công văn: 05/5/2026\n"
	    "Kính gửi 3: A1, A2\nKinh gui 4:\n", arena, &o));
	assert_string_equal(o.number, "12-CV/ĐU");
	assert_string_equal(o.date, "05/5/2026");
	assert_int_equal(o.n_recipients, 1);
	assert_int_equal(o.recipients[0].line, 3);
	assert_string_equal(o.recipients[0].units, "A1, A2");
}

static void
what_is_written_reads_back(void **state)
{
	static const char *const written[] = {
		"Giao thư #a1b2c3 cho TDP17, ghi nhớ địa chỉ, đợt dan-chu",
		"Xác nhận báo cáo #a1b2c3", "Trả lại báo cáo #a1b2c3",
		"Không phải báo cáo #a1b2c3",
		"Ghi nhận báo cáo #a1b2c3 cho TDP05, đợt dan-chu",
		"Ghi nhận báo cáo giấy cho TDP05, đợt dan-chu",
		"Miễn mục II.1 cho TDP05, đợt dan-chu",
		"Miễn báo cáo cho TDP05, đợt dan-chu",
		"Gia hạn cho TDP05 đến ngày 20/5/2026, đợt dan-chu",
		"Giữ lại thư nhắc cho TDP05, đợt dan-chu",
		"Giữ lại thư nhắc bước last, đợt dan-chu",
		"Giữ lại thư nhắc ngày 12/5/2026, đợt dan-chu",
		"Đề nghị bổ sung, đợt dan-chu", "Hoàn tác !12",
		"Hoàn tác !12-17", "Mở đợt báo cáo dan-chu",
		"Mở đợt báo cáo theo thư #a1b2c3",
		"Tạm dừng gửi thư, đợt dan-chu",
		"Tiếp tục gửi thư, đợt dan-chu", "Đóng đợt báo cáo dan-chu",
		"Tình hình nộp báo cáo, đợt dan-chu",
		"Gửi trang theo dõi, đợt dan-chu",
		"Gửi bảng theo dõi, đợt dan-chu",
		"Gửi báo cáo tổng hợp, đợt dan-chu"
	};
	struct order	 o;
	size_t		 i;

	(void)state;
	for (i = 0; i < sizeof(written) / sizeof(written[0]); i++) {
		assert_true(order_read(written[i], "", arena, &o));
		assert_string_equal(o.stray, "");
		assert_string_equal(order_line(&o, arena), written[i]);
	}
}

static void
a_token_is_found_and_hidden(void **state)
{
	const char	*t = order_token_new(arena);
	struct order	 o;

	(void)state;
	assert_int_equal(strlen(t), ORDER_TOKEN_LENGTH);
	assert_string_not_equal(t, order_token_new(arena));
	assert_string_equal(order_token_find(order_with_token("Hoàn tác !3",
	    t, arena), arena), t);
	assert_true(order_read("Hoàn tác !3 (mã xác nhận " T26 ")", "",
	    arena, &o));
	assert_string_equal(o.token, T26);
	assert_string_equal(o.stray, "");
	assert_true(order_read("HOÀN TÁC !3 (MÃ XÁC NHẬN "
	    "ABCDEFGHIJKMNPQRSTUVWXYZ23)", "", arena, &o));
	assert_string_equal(o.token, T26);
	assert_string_equal(order_token_hide("x " T26 "!", arena), "x …!");
	/* one letter more or less, or one that is in none */
	assert_string_equal(order_token_find(T26 "a", arena), "");
	assert_string_equal(order_token_find(&T26[1], arena), "");
	assert_string_equal(order_token_find("abcdefghijkmnpqrstuvwxyz20",
	    arena), "");
}

static void
an_answer_wants_a_yes(void **state)
{
	struct order	 o;

	(void)state;
	assert_false(order_read("Re: [Cần xác nhận] Hoàn tác !3 (mã xác nhận "
	    T26 ")", "Tôi đi vắng đến hết tuần.\n", arena, &o));
	assert_true(o.is_answer);
	assert_false(o.says_yes);
	assert_string_equal(o.token, T26);
	assert_true(order_read("Re: [Cần xác nhận] Hoàn tác !3 (mã xác nhận "
	    T26 ")", "Đồng ý.\n\n> [..]\n", arena, &o));
	assert_true(o.says_yes);
	assert_false(order_read("Re: hỏi", "Đồng ý\n", arena, &o));
}

static void
a_term_is_read_as_clerks_write_it(void **state)
{
	static const struct {
		const char	*text;
		enum deadline_reading reading;
		const char	*time;
	} terms[] = {
		{ "trước ngày 14/5/2026", READING_BEFORE_DAY, "" },
		{ "14/5/2026", READING_BEFORE_DAY, "" },
		{ "chậm nhất ngày 14/5/2026", READING_BY_DAY, "" },
		{ "đến hết ngày 14/5/2026", READING_BY_DAY, "" },
		{ "Hết ngày 14/5/2026", READING_BY_DAY, "" },
		{ "đến ngày 14/5/2026", READING_BY_DAY, "" },
		{ "trước 16 giờ 30 ngày 14/5/2026", READING_AT_TIME, "16:30" },
		{ "trước 16h30 ngày 14/5/2026", READING_AT_TIME, "16:30" },
		{ "17h ngày 14/5/2026", READING_AT_TIME, "17:00" },
		{ "chậm nhất 16:30, ngày 14/5/2026", READING_AT_TIME, "" }
	};
	struct letter	 l;
	size_t		 i, n = sizeof(terms) / sizeof(terms[0]);

	(void)state;
	for (i = 0; i + 1 < n; i++) {
		memset(&l, 0, sizeof(l));
		assert_int_equal(order_field_deadline(terms[i].text, arena,
		    &l), 0);
		assert_string_equal(l.deadline_date, "2026-05-14");
		assert_int_equal(l.reading, terms[i].reading);
		assert_string_equal(l.deadline_time, terms[i].time);
	}
	/* an hour that is not understood is not left out */
	assert_int_equal(order_field_deadline(terms[i].text, arena, &l), -1);
	assert_int_equal(order_field_deadline("sáng mai", arena, &l), -1);
}

static void
any_bytes_are_read(void **state)
{
	char	 text[400];
	size_t	 i, k;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		for (k = 0; k <= strlen(lines[i].line); k++) {
			memcpy(text, lines[i].line, k);
			text[k] = '\0';
			(void)read_as(text, text);
		}
	memset(text, '(', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	assert_string_equal(read_as(text, text), "nothing");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_understood),
		cmocka_unit_test(the_first_line_of_the_text_is_one_too),
		cmocka_unit_test(quoted_text_orders_nothing),
		cmocka_unit_test(fields_go_with_the_line),
		cmocka_unit_test(what_is_written_reads_back),
		cmocka_unit_test(a_token_is_found_and_hidden),
		cmocka_unit_test(an_answer_wants_a_yes),
		cmocka_unit_test(a_term_is_read_as_clerks_write_it),
		cmocka_unit_test(any_bytes_are_read)
	};

	return cmocka_run_group_tests_name("order", tests, setup, teardown);
}
