/*
 * Sentences for people made of the words of the table: states, deadlines,
 * references to the letter, the leader's line.
 */
#include "daemon/text.h"

#include <string.h>

#include "daemon/status.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

static const char *const weekdays[] = {
	"Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu",
	"thứ Bảy"
};

/* Why a file could not be read, as clerk and unit are told. */
static const char *const unreadable[] = {
	[PARSE_OK] = "",
	[PARSE_NOT_SUPPORTED] = "không phải tệp Word .docx",
	[PARSE_EMPTY] = "tệp rỗng",
	[PARSE_DAMAGED] = "tệp bị hỏng, không mở được",
	[PARSE_ENCRYPTED] = "tệp có mật khẩu",
	[PARSE_LIMIT] = "tệp quá lớn hoặc quá phức tạp",
	[PARSE_HOSTILE] = "tệp có cấu trúc bất thường, không an toàn để mở",
	[PARSE_LOCK_FILE] = ("tệp tạm của Word (tên bắt đầu bằng ~$), không "
	    "phải báo cáo"),
	[PARSE_NO_TEXT] = "bản quét, không có chữ",
	[PARSE_CRASHED] = "tệp không đọc được, cần người kiểm tra",
	[PARSE_TIMEOUT] = "đọc tệp quá lâu, cần người kiểm tra",
	[PARSE_UNAVAILABLE] = "hệ thống chưa đọc được, sẽ đọc lại",
};

/* The same for formats that we do not read. */
static const char *const formats[] = {
	[FORMAT_OTHER] = "không phải tệp Word .docx",
	[FORMAT_DOCX_ENCRYPTED] = "tệp có mật khẩu",
	[FORMAT_DOC] = "tệp Word đời cũ (.doc)",
	[FORMAT_ODT] = "tệp OpenDocument (.odt)",
	[FORMAT_RTF] = "tệp RTF (.rtf)",
	[FORMAT_PDF] = "tệp PDF, không đối chiếu được",
	[FORMAT_ZIP] = "tệp nén không có báo cáo Word .docx",
	[FORMAT_HTML] = "trang HTML, không phải tệp Word .docx",
	[FORMAT_TEXT] = "tệp văn bản thường, không phải Word .docx",
	[FORMAT_IMAGE] = "ảnh chụp, không có chữ",
};

static const enum word channel_words[] = {
	[CHANNEL_EMAIL] = WORD_EMAIL, [CHANNEL_PAPER] = WORD_PAPER,
	[CHANNEL_USB] = WORD_USB, [CHANNEL_ZALO] = WORD_ZALO,
	[CHANNEL_OTHER] = WORD_OTHER,
};

static const enum word step_words[] = {
	[STEP_REMINDER_FIRST] = WORD_STEP_FIRST,
	[STEP_REMINDER_LAST] = WORD_STEP_LAST,
	[STEP_CALL_LIST] = WORD_STEP_CALL_LIST,
	[STEP_OVERDUE] = WORD_STEP_OVERDUE,
	[STEP_ESCALATION] = WORD_STEP_ESCALATION,
};

static const enum word state_words[] = {
	[CAMPAIGN_DRAFT] = WORD_DRAFT, [CAMPAIGN_OPEN] = WORD_OPEN,
	[CAMPAIGN_PAUSED] = WORD_PAUSED, [CAMPAIGN_CLOSED] = WORD_CLOSED,
};

const char *
text_weekday(long day)
{
	return weekdays[day_weekday(day)];
}

const char *
text_day(long day, struct arena *arena)
{
	return arena_printf(arena, "%s (%s)", day_text(day, arena),
	    text_weekday(day));
}

const char *
text_channel(enum channel c)
{
	return text_word(channel_words[c]);
}

const char *
text_step(enum step_kind k)
{
	return text_word(step_words[k]);
}

const char *
text_campaign_state(enum campaign_state s)
{
	return text_word(state_words[s]);
}

const char *
text_parse_status(enum parse_status s, enum format f)
{
	if (s == PARSE_NO_TEXT && f == FORMAT_IMAGE)
		return formats[f];
	if (s == PARSE_NOT_SUPPORTED && f != FORMAT_DOCX)
		return formats[f];
	return unreadable[s];
}

/* ---- a unit's state */

const char *
text_time(const struct verdict *v, struct arena *arena)
{
	switch (v->time) {
	case TIME_EXCUSED:
		return text_word(WORD_EXCUSED);
	case TIME_NOT_DUE:
		return text_word(WORD_NOT_DUE);
	case TIME_OVERDUE:
		return text_word(WORD_OVERDUE);
	case TIME_LATE:
		return v->days_late == 0 ? text_word(WORD_LATE) :
		    arena_printf(arena, "%s %d ngày", text_word(WORD_LATE),
		    v->days_late);
	case TIME_ON_TIME:
		break;
	}
	return text_word(v->remarks & VERDICT_WITHIN_DAY ?
	    WORD_WITHIN_DAY : WORD_ON_TIME);
}

static void
add_ids(struct strbuf *b, const char *head, const char *const *ids, size_t n)
{
	size_t	i;

	if (n == 0)
		return;
	strbuf_addf(b, "%s%s ", b->len > 0 ? "; " : "", head);
	for (i = 0; i < n; i++)
		strbuf_addf(b, "%s%s", i > 0 ? ", " : "", ids[i]);
}

const char *
text_content(const struct verdict *v, struct arena *arena)
{
	struct strbuf	 b = {0};
	const char	*out;

	switch (v->content) {
	case CONTENT_NONE:
		return text_word(WORD_NONE);
	case CONTENT_UNREADABLE:
		return text_word(WORD_UNREADABLE);
	case CONTENT_IN_REVIEW:
		return text_word(WORD_IN_REVIEW);
	case CONTENT_COMPLETE:
		strbuf_adds(&b, text_word(WORD_COMPLETE));
		break;
	case CONTENT_INCOMPLETE:
		add_ids(&b, "thiếu", v->missing, v->n_missing);
		add_ids(&b, "trống", v->empty, v->n_empty);
		break;
	}
	add_ids(&b, text_word(WORD_SECTION_UNSURE), v->unsure, v->n_unsure);
	out = arena_strdup(arena, strbuf_get(&b));
	strbuf_clear(&b);
	return out;
}

const char *
text_state(const struct verdict *v, struct arena *arena)
{
	if (!v->is_submitted)
		return text_time(v, arena);
	return arena_printf(arena, "%s, %s", text_time(v, arena),
	    text_content(v, arena));
}

const char *
text_state_for_unit(const struct verdict *v, struct arena *arena)
{
	struct verdict	told = *v;

	if (v->content == CONTENT_COMPLETE && v->n_unsure > 0)
		return text_time(v, arena);
	told.n_unsure = 0;
	return text_state(&told, arena);
}

/* ---- the letter */

const char *
text_document_date(const char *iso, struct arena *arena)
{
	const char	*first;
	long		 day;

	if (day_parse(iso, &day) == 0)
		return day_text(day, arena);
	first = arena_printf(arena, "%s-01", iso);
	if (strlen(iso) == strlen("2026-05") && day_parse(first, &day) == 0)
		return arena_printf(arena, "%d/%d", day_civil(day).month,
		    day_civil(day).year);
	return iso;
}

const char *
text_term(enum deadline_reading reading, long day, int minute,
    struct arena *arena)
{
	const char	*text = day_text(day, arena);

	switch (reading) {
	case READING_AT_TIME:
		return arena_printf(arena, "trước %02d giờ %02d ngày %s",
		    minute / 60, minute % 60, text);
	case READING_BY_DAY:
		return arena_printf(arena, "chậm nhất ngày %s", text);
	case READING_BEFORE_DAY:
		break;
	}
	return arena_printf(arena, "trước ngày %s", text);
}

const char *
text_letter_ref(const struct campaign *c, struct arena *arena)
{
	const char	*ref = "Công văn", *date;

	if (*c->number != '\0')
		ref = arena_printf(arena, "%s số %s", ref, c->number);
	date = text_document_date(c->date, arena);
	if (date == c->date)
		return ref;
	return arena_printf(arena, "%s %s %s", ref,
	    strlen(c->date) == strlen("2026-05") ? "tháng" : "ngày", date);
}

const char *
text_deadline(const struct campaign *c, const struct term *term,
    struct arena *arena)
{
	if (term->due == 0)
		return "";
	if (term->is_extended)
		return text_term(READING_BY_DAY, term->last_day, 0, arena);
	return text_term(c->reading, c->deadline_day, c->deadline_minute,
	    arena);
}

const char *
text_open_day(long day, struct arena *arena)
{
	const struct civil	date = day_civil(day);

	return arena_printf(arena, "ngày      tháng %d năm %d", date.month,
	    date.year);
}

/* What stands before the name of a place in the name of an office. */
static const char *const place_kinds[] = {
	"phường ", "xã ", "đặc khu ", "thị trấn ", "quận ", "huyện ",
	"thị xã ", "thành phố ", "tỉnh ", NULL
};

const char *
text_place(const char *office, struct arena *arena)
{
	const char	*low = text_lower(office, strlen(office), arena);
	const char	*at, *place = "";
	size_t		 i, first = strlen(low);

	if (strlen(low) != strlen(office))
		return "";
	for (i = 0; place_kinds[i] != NULL; i++) {
		at = strstr(low, place_kinds[i]);
		if (at == NULL || (at != low && at[-1] != ' ') ||
		    (size_t)(at - low) >= first)
			continue;
		first = (size_t)(at - low);
		place = office + first + strlen(place_kinds[i]);
	}
	return arena_strndup(arena, place, strcspn(place, ",-("));
}

const char *
text_percent(unsigned part, unsigned whole, struct arena *arena)
{
	unsigned	tenths = 0;

	if (whole > 0)
		tenths = (unsigned)((part * 2000ULL + whole) / (2ULL * whole));
	return arena_printf(arena, "%u,%u%%", tenths / 10, tenths % 10);
}

/* ---- sections */

const char *
text_sections(const struct campaign *c, const char *const *ids, size_t n,
    struct arena *arena)
{
	struct strbuf	 b = {0};
	const char	*out;
	size_t		 i;
	int		 node;

	for (i = 0; i < n; i++) {
		node = outline_find(c->outline, ids[i]);
		strbuf_adds(&b, i > 0 ? "; " : "");
		strbuf_adds(&b, node == -1 ? ids[i] : c->headings[node]);
	}
	out = arena_strdup(arena, strbuf_get(&b));
	strbuf_clear(&b);
	return out;
}

/* ---- the leader's line */

void
text_line_counts(const struct status *s, struct strbuf *out,
    struct arena *arena)
{
	const struct status_counts	*n = &s->counts;

	strbuf_addf(out, "Đến %s: %u/%u đơn vị đã nộp (%s), đúng hạn %u, "
	    "trễ hạn %u; thiếu mục %u; cần xem xét %u; ",
	    local_text(s->now, arena), n->submitted, n->units,
	    text_percent(n->submitted, n->units, arena), n->on_time, n->late,
	    n->incomplete, n->unreadable + n->in_review);
	if (n->excused > 0)
		strbuf_addf(out, "miễn %u; ", n->excused);
	strbuf_addf(out, "chưa nộp %u", n->not_submitted);
}

void
text_line_others(unsigned n, struct strbuf *out)
{
	strbuf_addf(out, " và %u đơn vị khác", n);
}
