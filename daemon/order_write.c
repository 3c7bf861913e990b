/*
 * Writing orders, as prepared mails bear them.
 */
#include "daemon/order.h"

#include <string.h>

#include "daemon/localtime.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

static const char *const lines[ORDER_COUNT] = {
	[ORDER_NONE] = "",
	[ORDER_ASSIGN] = "Giao thư",
	[ORDER_ACCEPT] = "Xác nhận báo cáo",
	[ORDER_RETURN] = "Trả lại báo cáo",
	[ORDER_NOT_A_REPORT] = "Không phải báo cáo",
	[ORDER_ADD] = "Ghi nhận báo cáo",
	[ORDER_EXCUSE] = "Miễn báo cáo",
	[ORDER_EXTEND] = "Gia hạn",
	[ORDER_HOLD] = "Giữ lại thư nhắc",
	[ORDER_SUPPLEMENT] = "Đề nghị bổ sung",
	[ORDER_UNDO] = "Hoàn tác",
	[ORDER_OPEN] = "Mở đợt báo cáo",
	[ORDER_PAUSE] = "Tạm dừng gửi thư",
	[ORDER_RESUME] = "Tiếp tục gửi thư",
	[ORDER_CLOSE] = "Đóng đợt báo cáo",
	[ORDER_STATUS] = "Tình hình nộp báo cáo",
	[ORDER_PAGE] = "Gửi trang theo dõi",
	[ORDER_SHEET] = "Gửi bảng theo dõi",
	[ORDER_COLLATE] = "Gửi báo cáo tổng hợp"
};

void
order_init(struct order *o, enum order_verb v)
{
	memset(o, 0, sizeof(*o));
	o->verb = v;
	o->mail = o->units = o->section = o->step = o->campaign = "";
	o->stray = o->reason = o->number = o->date = o->deadline = "";
	o->received = o->channel = o->token = o->unit_lines = "";
	o->day = o->until = DAY_NONE;
}

const char *
order_line(const struct order *o, struct arena *arena)
{
	const char	*line = lines[o->verb];
	bool		 has_campaign = o->verb >= ORDER_OPEN &&
		o->verb <= ORDER_CLOSE && o->verb != ORDER_PAUSE &&
		o->verb != ORDER_RESUME;

	if (o->verb == ORDER_EXCUSE && o->section[0] != '\0')
		line = arena_printf(arena, "Miễn mục %s", o->section);
	if (o->is_paper)
		line = arena_printf(arena, "%s giấy", line);
	if (o->mail[0] != '\0')
		line = arena_printf(arena, "%s%s #%s", line,
		    o->verb == ORDER_OPEN ? " theo thư" : "", o->mail);
	if (o->event != 0)
		line = o->event_last > o->event ? arena_printf(arena,
		    "%s !%lld-%lld", line, o->event, o->event_last) :
		    arena_printf(arena, "%s !%lld", line, o->event);
	if (o->step[0] != '\0')
		line = arena_printf(arena, "%s bước %s", line, o->step);
	if (o->units[0] != '\0' && !o->has_units_field &&
	    o->unit_lines[0] == '\0')
		line = arena_printf(arena, "%s cho %s", line, o->units);
	if (o->remember)
		line = arena_printf(arena, "%s, ghi nhớ địa chỉ", line);
	if (o->day != DAY_NONE)
		line = arena_printf(arena, "%s%s ngày %s", line,
		    o->verb == ORDER_HOLD ? "" : " đến",
		    day_text(o->day, arena));
	if (o->campaign[0] != '\0')
		line = arena_printf(arena, has_campaign ? "%s %s" :
		    "%s, đợt %s", line, o->campaign);
	return line;
}

/* ---- as a link */

static void
add_encoded(struct strbuf *out, const char *s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

	for (; *s != '\0'; s++)
		if (*s == '\n')
			strbuf_adds(out, "%0D%0A");
		else if (strchr(plain, *s) != NULL)
			strbuf_addc(out, *s);
		else
			strbuf_addf(out, "%%%02X", (unsigned char)*s);
}

void
order_mailto(const char *address, const char *subject, const char *body,
    struct strbuf *out)
{
	strbuf_adds(out, "mailto:");
	strbuf_adds(out, address);
	strbuf_adds(out, "?subject=");
	add_encoded(out, subject);
	if (body[0] == '\0')
		return;
	strbuf_adds(out, "&body=");
	add_encoded(out, body);
}
