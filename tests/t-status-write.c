/* The page, the CSV and the table of an invented campaign. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <nettle/base64.h>
#include <nettle/sha2.h>

#include "daemon/html.h"
#include "daemon/roster.h"
#include "daemon/status.h"
#include "daemon/status_rows.h"
#include "daemon/status_write.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"
#include "tests/status_fixture.h"

#define HOSTILE "=cmd|'/c'!A1</td><script>alert(1)</script>" \
	"\"onmouseover='x'&lt;\n\x1b[31m\xe2\x80\xae\xff;"

static const struct status_page page = {
	.office = "Đảng ủy phường <Mẫu>", .receiver = "Ban & Xây dựng",
	.mailbox = "baocao@phuongmau.example", .trouble = "",
	.stale_s = 1800
};

static struct status_fixture f;
static struct strbuf html, csv, table;

static int
setup(void **state)
{
	const struct status_terminal	t = { 80, false };

	(void)state;
	status_fixture_new(&f, 60, HOSTILE);
	status_write_html(f.status, &page, &html);
	status_write_csv(f.status, &csv);
	status_write_table(f.status, &t, &table);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	strbuf_clear(&html);
	strbuf_clear(&csv);
	strbuf_clear(&table);
	status_fixture_free(&f);
	return 0;
}

static size_t
occurrences(const char *in, const char *what)
{
	size_t	n = 0;

	for (; (in = strstr(in, what)) != NULL; in += strlen(what))
		n++;
	return n;
}

/* The text between two marks, on the heap. */
static char *
between(const char *in, const char *from, const char *to)
{
	const char	*a = strstr(in, from), *b;

	assert_non_null(a);
	a += strlen(from);
	b = strstr(a, to);
	assert_non_null(b);
	return strndup(a, (size_t)(b - a));
}

/* ---- the page */

static void
page_has_one_row_a_unit(void **state)
{
	(void)state;
	assert_int_equal(occurrences(html.s, "<th scope=row>"),
	    f.status->n_units);
}

static void
filters_find_as_many_units_as_the_counts_say(void **state)
{
	const struct status_counts	*k = &f.status->counts;

	(void)state;
	assert_int_equal(occurrences(html.s, "<tr class=\"k-yes"),
	    k->submitted);
	assert_int_equal(occurrences(html.s, "<tr class=\"k-no"),
	    k->not_submitted);
	assert_int_equal(occurrences(html.s, "<tr class=\"k-off"),
	    k->excused);
	assert_int_equal(occurrences(html.s, " k-late"), k->late);
	assert_int_equal(occurrences(html.s, " k-part"), k->incomplete);
	assert_int_equal(k->units, k->submitted + k->not_submitted +
	    k->excused);
	assert_true(k->late > 0 && k->incomplete > 0 && k->excused > 0);
}

static void
foreign_bytes_are_shown_as_text_only(void **state)
{
	const char	*p;

	(void)state;
	assert_int_equal(occurrences(html.s, "<script"), 1);
	assert_null(strstr(html.s, "alert(1)</script>"));
	assert_null(strstr(html.s, "\"onmouseover"));
	assert_null(strstr(html.s, "\xe2\x80\xae"));
	assert_null(strchr(html.s, '\x1b'));
	assert_non_null(strstr(html.s, "&lt;script&gt;alert(1)"));
	assert_non_null(strstr(html.s, "phường &lt;Mẫu&gt;"));
	/* outline text stands in the style sheet: it cannot end it */
	p = strstr(html.s, "<style>");
	assert_ptr_equal(strstr(p + 7, "<"), strstr(p, "</style>"));
}

static void
page_is_valid_utf8(void **state)
{
	(void)state;
	assert_true(text_is_utf8((struct bytes){ (const uint8_t *)html.s,
	    html.len }));
}

static void
page_loads_nothing_and_has_no_inline_style(void **state)
{
	(void)state;
	assert_null(strstr(html.s, "http://"));
	assert_null(strstr(html.s, "https://"));
	assert_null(strstr(html.s, " src="));
	assert_null(strstr(html.s, "<link"));
	assert_null(strstr(html.s, " style="));
	assert_null(strstr(html.s, "url("));
	assert_null(strstr(html.s, "@import"));
	assert_null(strstr(html.s, "javascript:"));
}

/* What the policy says of <style> or <script> is true. */
static void
assert_hash(const char *directive, const char *open, const char *close)
{
	char			*policy = between(html.s, directive, "'");
	char			*content = between(html.s, open, close);
	struct sha256_ctx	 ctx;
	uint8_t			 digest[SHA256_DIGEST_SIZE];
	char			 text[BASE64_ENCODE_RAW_LENGTH(
				    SHA256_DIGEST_SIZE) + 1] = "";

	sha256_init(&ctx);
	sha256_update(&ctx, strlen(content), (uint8_t *)content);
	sha256_digest(&ctx, sizeof(digest), digest);
	base64_encode_raw(text, sizeof(digest), digest);
	assert_string_equal(policy, text);
	free(policy);
	free(content);
}

static void
policy_names_style_and_script_by_hash(void **state)
{
	(void)state;
	assert_non_null(strstr(html.s, "content=\"default-src 'none'; "));
	assert_hash("style-src 'sha256-", "<style>", "</style>");
	assert_hash("script-src 'sha256-", "<script>", "</script>");
	assert_null(strstr(html.s, "unsafe-inline"));
}

static void
clerk_links_carry_no_token_and_one_address(void **state)
{
	const char	*p;
	size_t		 n = 0;

	(void)state;
	for (p = html.s; (p = strstr(p, "mailto:")) != NULL; p += 7, n++)
		assert_memory_equal(p, "mailto:baocao@phuongmau.example?", 32);
	assert_true(n >= 6);
	/* a unit that nobody guessed can be written down, in each card */
	assert_int_equal(occurrences(html.s, "Giao cho đơn vị khác"),
	    occurrences(html.s, "Không phải báo cáo</a>"));
	/* "Không phải báo cáo #", as the daemon reads it */
	assert_non_null(strstr(html.s, "?subject=Kh%C3%B4ng%20ph%E1%BA%A3i"
	    "%20b%C3%A1o%20c%C3%A1o%20%23"));
}

static void
old_fetch_is_said_loudly(void **state)
{
	struct strbuf	out = { 0 };
	time_t		was = f.status->last_fetch;

	(void)state;
	assert_null(strstr(html.s, "<p class=\"alert\">⚠"));
	f.status->last_fetch = f.status->now - 7200;
	status_write_html(f.status, &page, &out);
	f.status->last_fetch = was;
	assert_non_null(strstr(out.s, "<p class=\"alert\">⚠"));
	strbuf_clear(&out);
}

static void
index_links_campaigns_but_not_drafts(void **state)
{
	struct strbuf		out = { 0 };
	struct status_index	rows[2] = {
		{ .id = "dot-1", .short_name = "a<b", .subject = "",
		  .state = "", .term = "", .line = "" },
		{ .id = "nhap", .short_name = "c", .subject = "",
		  .state = "", .term = "", .line = "", .is_draft = true }
	};

	(void)state;
	status_write_index(rows, 2, &page, f.status->now,
	    f.status->last_fetch, &out);
	assert_non_null(strstr(out.s, "<a href=\"dot-1.html\">a&lt;b</a>"));
	assert_null(strstr(out.s, "nhap.html"));
	strbuf_clear(&out);
}

/* ---- CSV */

static void
csv_has_the_fixed_columns(void **state)
{
	static const char head[] = "\xef\xbb\xbfSTT;Mã;Đơn vị;Kính gửi;Nộp;"
	    "Ngày nhận;Hạn;Đúng hạn;Nội dung;Thiếu mục;Số ký hiệu;Tệp;"
	    "Đã nhắc;Ghi chú\r\n";

	(void)state;
	assert_memory_equal(csv.s, head, sizeof(head) - 1);
	assert_int_equal(occurrences(csv.s, "\r\n"), f.status->n_units + 1);
}

static void
csv_cells_cannot_become_formulas(void **state)
{
	static const struct { const char *in, *out; } cases[] = {
		{ "=1+1", "\"'=1+1\"" }, { "+84 225", "\"'+84 225\"" },
		{ "-x", "\"'-x\"" }, { "@SUM", "\"'@SUM\"" },
		{ "\t=1", "\"' =1\"" }, { "a;b", "\"a;b\"" },
		{ "a\"b", "\"a\"\"b\"" }, { "a\nb", "\"a b\"" },
		{ "Chi bộ 5", "Chi bộ 5" }, { "", "" }
	};
	struct strbuf	b = { 0 };
	size_t		i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		strbuf_reset(&b);
		csv_cell(&b, cases[i].in);
		assert_string_equal(strbuf_get(&b), cases[i].out);
	}
	strbuf_clear(&b);
}

/* ---- the terminal */

static void
table_fits_eighty_columns(void **state)
{
	char	*copy = strdup(table.s), *rest = copy, *line;

	(void)state;
	while ((line = strsep(&rest, "\n")) != NULL)
		assert_in_range(text_width(line), 0, 80);
	free(copy);
}

static void
table_without_colours_has_no_escapes(void **state)
{
	const struct status_terminal	t = { 120, true };
	struct strbuf			out = { 0 };

	(void)state;
	assert_null(strchr(table.s, '\x1b'));
	status_write_table(f.status, &t, &out);
	assert_non_null(strchr(out.s, '\x1b'));
	/* only our own: those of a mail are gone */
	assert_null(strstr(out.s, "</script>\x1b[31m\xe2"));
	strbuf_clear(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(page_has_one_row_a_unit),
		cmocka_unit_test(filters_find_as_many_units_as_the_counts_say),
		cmocka_unit_test(foreign_bytes_are_shown_as_text_only),
		cmocka_unit_test(page_is_valid_utf8),
		cmocka_unit_test(page_loads_nothing_and_has_no_inline_style),
		cmocka_unit_test(policy_names_style_and_script_by_hash),
		cmocka_unit_test(clerk_links_carry_no_token_and_one_address),
		cmocka_unit_test(old_fetch_is_said_loudly),
		cmocka_unit_test(index_links_campaigns_but_not_drafts),
		cmocka_unit_test(csv_has_the_fixed_columns),
		cmocka_unit_test(csv_cells_cannot_become_formulas),
		cmocka_unit_test(table_fits_eighty_columns),
		cmocka_unit_test(table_without_colours_has_no_escapes)
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
