/*
 * Prints the page, table or CSV of an invented campaign, or how long the
 * status files take: tool-status-page html|csv|table|index|time [UNITS].
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "daemon/status.h"
#include "daemon/status_write.h"
#include "parsers/strbuf.h"
#include "tests/status_fixture.h"

#define ROUNDS 5

static const struct status_page page = {
	.office = "Đảng ủy phường Mẫu", .receiver = "Ban Xây dựng Đảng",
	.mailbox = "baocao@phuongmau.example", .trouble = "", .stale_s = 1800
};

static void
write_files(const struct status *s, struct strbuf *out)
{
	strbuf_reset(out);
	status_write_html(s, &page, out);
	status_write_csv(s, out);
}

static void
measure(const struct status *s)
{
	struct strbuf	out = { 0 };
	struct timespec	a, b;
	double		ms, best = 1e9;
	int		i;

	for (i = 0; i < ROUNDS; i++) {
		clock_gettime(CLOCK_MONOTONIC, &a);
		write_files(s, &out);
		clock_gettime(CLOCK_MONOTONIC, &b);
		ms = (double)(b.tv_sec - a.tv_sec) * 1e3 +
		    (double)(b.tv_nsec - a.tv_nsec) / 1e6;
		if (ms < best)
			best = ms;
	}
	printf("%.1f ms, %zu bytes\n", best, out.len);
	strbuf_clear(&out);
}

static void
write_index(const struct status *s, struct strbuf *out)
{
	struct strbuf		line = { 0 };
	struct status_index	rows[2] = {
		{ .id = "mau-2026", .short_name = "công tác 6 tháng 2026",
		  .subject = "báo cáo kết quả công tác", .state = "đang mở",
		  .term = "trước ngày 14/5/2026", .units = s->counts.units,
		  .submitted = s->counts.submitted, .needs_clerk = 2 },
		{ .id = "nhap", .short_name = "đợt sau", .subject = "…",
		  .state = "dự thảo", .term = "", .line = "",
		  .is_draft = true }
	};

	status_line(s, 5, &line);
	rows[0].line = strbuf_get(&line);
	status_write_index(rows, 2, &page, s->now, s->last_fetch, out);
	strbuf_clear(&line);
}

int
main(int argc, char **argv)
{
	const struct status_terminal	t = { 80, false };
	struct status_fixture		f;
	struct strbuf			out = { 0 };
	const char			*what = argc > 1 ? argv[1] : "html";

	status_fixture_new(&f, argc > 2 ? strtoul(argv[2], NULL, 10) : 60,
	    "<b>tên lạ</b> =1+1 \"x\"");
	if (strcmp(what, "time") == 0)
		measure(f.status);
	else if (strcmp(what, "csv") == 0)
		status_write_csv(f.status, &out);
	else if (strcmp(what, "table") == 0)
		status_write_table(f.status, &t, &out);
	else if (strcmp(what, "index") == 0)
		write_index(f.status, &out);
	else
		status_write_html(f.status, &page, &out);
	fwrite(strbuf_get(&out), 1, out.len, stdout);
	strbuf_clear(&out);
	status_fixture_free(&f);
	return 0;
}
