/*
 * Writes a campaign's folder, with words for the clerk who edits it.
 */
#include "daemon/campaign_write.h"

#include <errno.h>
#include <string.h>

#include "daemon/campaign.h"
#include "daemon/problems.h"
#include "daemon/textfile.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

/* What stands above each part of the file. */
static const struct remark {
	const char	*before;
	const char	*text;
} remarks[] = {
	{ "", "Đợt báo cáo theo công văn. Đề nghị kiểm tra từng dòng; dòng "
	  "bắt đầu bằng # là ghi chú.\nHệ thống đọc lại tệp này ngay khi "
	  "được lưu; nếu có lỗi, bản đúng gần nhất vẫn có hiệu lực." },
	{ "state", "draft: dự thảo, không gửi thư · open: đang mở · paused: "
	  "tạm dừng gửi thư · closed: đã đóng" },
	{ "number", "Số, ký hiệu và ngày của công văn (ngày ghi "
	  "NĂM-THÁNG-NGÀY). Chưa có thì để trống số, bỏ ngày." },
	{ "subject", "Trích yếu, đọc được sau chữ \"về việc\"" },
	{ "short_name", "Tên ngắn, đọc được sau chữ \"báo cáo\", dùng trong "
	  "tiêu đề thư" },
	{ "report_to", "Cơ quan sẽ nhận báo cáo tổng hợp; để trống là chính "
	  "cơ quan mình" },
	{ "from", "Thư nhận từ ngày này mới xét cho đợt báo cáo; sau ngày "
	  "close không gửi thư nữa, báo cáo vẫn được nhận" },
	{ "supplement", "Thư đề nghị bổ sung mục thiếu: ask: hỏi đầu mối "
	  "trước · auto: tự gửi khi chắc chắn · never: không gửi" },
	{ "[deadline]", "Thời hạn. reading: before-day: trước ngày · by-day: "
	  "chậm nhất ngày, hết ngày · at-time: trước giờ ghi ở time" },
	{ "office_close", "Giờ hết ngày làm việc (ví dụ 17:00) nếu tính hạn "
	  "đến giờ đó thay vì 24 giờ" },
	{ "tolerance", "named-day: gửi trong ngày ghi ở công văn vẫn tính "
	  "đúng hạn · none: không · hoặc ngày, giờ cụ thể" },
	{ "roll", "yes: hạn rơi vào ngày nghỉ thì chuyển sang ngày làm việc "
	  "tiếp theo" },
	{ "[recipients]", "Mỗi dòng Kính gửi là những đơn vị nào trong "
	  "units.csv: kind:LOẠI  kind:LOẠI+NHÃN  tag:NHÃN  group:\"TÊN "
	  "NHÓM\"\nname:\"CHỮ ĐẦU CỦA TÊN\"  +MÃ thêm một đơn vị  -MÃ bớt "
	  "một đơn vị; dấu - cũng đứng được trước các cách chọn khác" },
	{ "[required]", "Mục bắt buộc theo loại đơn vị (mã mục ở "
	  "outline.txt). all: loại không có dòng riêng; loại+nhãn: cộng "
	  "thêm\ncho đơn vị có nhãn ấy. Mục không ghi ở đây không bao giờ bị "
	  "coi là thiếu." },
	{ "[plan]", "Các bước nhắc: loại bước, ngày, giờ. Bỏ một bước: thêm "
	  "# ở đầu dòng; bỏ hết: chỉ để lại dòng `step.none =`.\nTrước hạn "
	  "đếm từ ngày cuối cùng (due), sau hạn đếm từ ngày ghi ở công văn "
	  "(named day)." },
};

static void
add_remark(struct strbuf *out, const char *before)
{
	const char	*s;
	size_t		 i, len;

	for (i = 0; i < sizeof(remarks) / sizeof(remarks[0]); i++) {
		if (strcmp(remarks[i].before, before) != 0)
			continue;
		for (s = remarks[i].text; *s != '\0';
		    s += len + (s[len] == '\n')) {
			len = strcspn(s, "\n");
			strbuf_addf(out, "# %.*s\n", (int)len, s);
		}
	}
}

static void
add_section(struct strbuf *out, const char *name)
{
	strbuf_addc(out, '\n');
	add_remark(out, name);
	strbuf_addf(out, "%s\n", name);
}

/* One setting; a value is one line whatever it holds. */
static void
add_setting(struct strbuf *out, const char *key, const char *value)
{
	add_remark(out, key);
	strbuf_addf(out, "%s =%s", key, *value == '\0' ? "" : " ");
	for (; *value != '\0'; value++)
		strbuf_addc(out, *value == '\n' || *value == '\r' ? ' ' :
		    *value);
	strbuf_addc(out, '\n');
}

/* A day where the instant is its start or end, else to the second. */
static const char *
instant_text(time_t t, struct arena *arena)
{
	long	day = day_of(t);

	if (t == 0)
		return "";
	return t == day_start(day) || t == day_end(day) ?
	    day_iso(day, arena) : local_iso(t, arena);
}

static const char *
minute_text(int minute, struct arena *arena)
{
	return minute < 0 ? "" : arena_printf(arena, "%02d:%02d",
	    minute / 60, minute % 60);
}

static void
add_campaign(const struct campaign *c, struct strbuf *out,
    struct arena *arena)
{
	add_section(out, "[campaign]");
	add_setting(out, "state", campaign_state_name(c->state));
	if (c->no_number)
		add_setting(out, "no_number", "yes");
	add_setting(out, "issuer", c->issuer);
	add_setting(out, "number", c->number);
	add_setting(out, "date", c->date);
	add_setting(out, "subject", c->subject);
	add_setting(out, "short_name", c->short_name);
	add_setting(out, "report_to", c->report_to);
	/* a day alone is its start for from, its end for close */
	add_setting(out, "from", c->from == day_end(day_of(c->from)) ?
	    local_iso(c->from, arena) : instant_text(c->from, arena));
	add_setting(out, "close", c->close != 0 &&
	    c->close == day_start(day_of(c->close)) ?
	    local_iso(c->close, arena) : instant_text(c->close, arena));
	add_setting(out, "supplement", supplement_name(c->supplement));
}

static void
add_deadline(const struct campaign *c, struct strbuf *out,
    struct arena *arena)
{
	const char	*tolerance = "none";

	if (c->tolerance == TOLERANCE_NAMED_DAY)
		tolerance = "named-day";
	else if (c->tolerance == TOLERANCE_UNTIL)
		tolerance = c->tolerance_until ==
		    day_start(day_of(c->tolerance_until)) ?
		    local_iso(c->tolerance_until, arena) :
		    instant_text(c->tolerance_until, arena);
	add_section(out, "[deadline]");
	add_setting(out, "day", c->deadline_day == DAY_NONE ? "" :
	    day_iso(c->deadline_day, arena));
	add_setting(out, "reading", deadline_reading_name(c->reading));
	add_setting(out, "time", minute_text(c->deadline_minute, arena));
	add_setting(out, "office_close", minute_text(c->office_close,
	    arena));
	add_setting(out, "tolerance", tolerance);
	add_setting(out, "roll", c->roll ? "yes" : "no");
}

static void
add_recipients(const struct campaign *c, struct strbuf *out,
    struct arena *arena)
{
	size_t	i;

	add_section(out, "[recipients]");
	for (i = 0; i < c->n_recipients; i++) {
		add_setting(out, arena_printf(arena, "recipients.%zu.text",
		    i + 1), c->recipients[i].text);
		add_setting(out, arena_printf(arena, "recipients.%zu",
		    i + 1), c->recipients[i].selectors);
	}
}

static void
add_required(const struct campaign *c, struct strbuf *out,
    struct arena *arena)
{
	const struct required_kind	*q;
	struct strbuf			 ids = {0};
	size_t				 i, k;

	add_section(out, "[required]");
	for (i = 0; i < c->n_required; i++) {
		q = &c->required[i];
		strbuf_reset(&ids);
		for (k = 0; k < q->n; k++)
			strbuf_addf(&ids, "%s%s", k > 0 ? " " : "",
			    q->ids[k]);
		add_setting(out, arena_printf(arena, *q->tag == '\0' ?
		    "required.%s%s" : "required.%s+%s", q->kind, q->tag),
		    strbuf_get(&ids));
	}
	strbuf_clear(&ids);
}

static void
add_plan(const struct campaign *c, struct strbuf *out, struct arena *arena)
{
	struct strbuf	step = {0};
	size_t		i;

	add_section(out, "[plan]");
	for (i = 0; i < c->plan.n; i++) {
		strbuf_reset(&step);
		plan_write_step(&c->plan.steps[i], &step);
		add_setting(out, arena_printf(arena, "step.%s",
		    c->plan.steps[i].name), step.s);
	}
	if (c->plan.n == 0)
		add_setting(out, "step.none", "");
	strbuf_clear(&step);
}

void
campaign_write_conf(const struct campaign *c, struct strbuf *out)
{
	struct arena	*arena = arena_new(0);

	add_remark(out, "");
	add_campaign(c, out, arena);
	add_deadline(c, out, arena);
	add_recipients(c, out, arena);
	add_required(c, out, arena);
	add_plan(c, out, arena);
	arena_free(arena);
}

int
campaign_save(const struct campaign *c)
{
	struct arena	*arena = arena_new(0);
	struct strbuf	 conf = {0};
	char		*outline = outline_write(c->outline, arena);
	int		 rc;

	campaign_write_conf(c, &conf);
	rc = textfile_replace(c->dir, "outline.txt", outline,
	    strlen(outline));
	if (rc == 0)
		rc = textfile_replace(c->dir, "campaign.conf", conf.s,
		    conf.len);
	strbuf_clear(&conf);
	arena_free(arena);
	return rc;
}

/* ---- changing one value */

/* Is this line the setting, or its section? */
static bool
is_setting(const char *line, size_t len, const char *key)
{
	size_t	n = strlen(key), i = 0;

	while (i < len && strchr(" \t", line[i]) != NULL)
		i++;
	if (len - i <= n || strncmp(line + i, key, n) != 0)
		return false;
	for (i += n; i < len && strchr(" \t", line[i]) != NULL; i++)
		continue;
	return i < len && line[i] == '=';
}

/* Which section a key of campaign.conf belongs to. */
static const char *
home_of(const char *key)
{
	static const char *const	deadline[] = { "day", "reading",
	    "time", "office_close", "tolerance", "roll", NULL };
	size_t				i;

	if (strncmp(key, "recipients.", 11) == 0)
		return "[recipients]";
	if (strncmp(key, "required.", 9) == 0)
		return "[required]";
	if (strncmp(key, "step.", 5) == 0)
		return "[plan]";
	for (i = 0; deadline[i] != NULL; i++)
		if (strcmp(deadline[i], key) == 0)
			return "[deadline]";
	return "[campaign]";
}

/* The text with the setting replaced, or put first into its section. */
void
campaign_with(const char *conf, const char *key, const char *value,
    struct strbuf *out)
{
	struct strbuf	 setting = {0};
	const char	*s, *home = home_of(key);
	bool		 is_there = false, is_home;
	size_t		 len;

	strbuf_addf(&setting, "%s =%s%s\n", key, *value == '\0' ? "" : " ",
	    value);
	for (s = conf; *s != '\0'; s += len + (s[len] == '\n'))
		if ((len = strcspn(s, "\n")) > 0 && is_setting(s, len, key))
			is_there = true;
	for (s = conf; *s != '\0'; s += len + (s[len] == '\n')) {
		len = strcspn(s, "\n");
		if (is_setting(s, len, key)) {
			strbuf_adds(out, setting.s);
			continue;
		}
		strbuf_addf(out, "%.*s\n", (int)len, s);
		is_home = strncmp(s, home, strlen(home)) == 0;
		if (!is_there && is_home) {
			strbuf_adds(out, setting.s);
			is_there = true;
		}
	}
	if (!is_there)
		strbuf_addf(out, "\n%s\n%s", home, setting.s);
	strbuf_clear(&setting);
}

int
campaign_set(const char *dir, const char *key, const char *value)
{
	struct arena	*arena = arena_new(0);
	struct problems	 problems;
	struct strbuf	 out = {0};
	char		*text;
	int		 rc = -1;

	if (strpbrk(value, "\r\n") != NULL) {
		errno = EINVAL;
		arena_free(arena);
		return -1;
	}
	problems_init(&problems);
	errno = 0;
	text = textfile_read(arena_printf(arena, "%s/campaign.conf", dir),
	    arena, &problems);
	if (text != NULL) {
		campaign_with(text, key, value, &out);
		rc = textfile_replace(dir, "campaign.conf", out.s, out.len);
	} else if (errno == 0) {
		errno = EINVAL;
	}
	problems_clear(&problems);
	strbuf_clear(&out);
	arena_free(arena);
	return rc;
}
