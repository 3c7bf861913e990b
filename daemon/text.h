#ifndef DAEMON_TEXT_H
#define DAEMON_TEXT_H

#include "daemon/text_words.h"
#include "daemon/verdict.h"
#include "parsers/status.h"

struct arena;
struct roster;
struct strbuf;

/* 15/5/2026 (thứ Sáu) */
const char *text_day(long day, struct arena *arena);
const char *text_weekday(long day);		/* thứ Tư */
const char *text_channel(enum channel c);
const char *text_step(enum step_kind k);	/* lần cuối */
const char *text_campaign_state(enum campaign_state s);
/* Why it could not be read, for clerk and unit: "tệp có mật khẩu". */
const char *text_parse_status(enum parse_status s, enum format f);
/* "đúng hạn", "trong ngày hạn", "trễ hạn 2 ngày", "chưa đến hạn", … */
const char *text_time(const struct verdict *v, struct arena *arena);
/* "đủ mục", "thiếu II.1, V; trống VI", "chưa đọc được tệp", … */
const char *text_content(const struct verdict *v, struct arena *arena);
/* "đúng hạn, đủ mục": both. */
const char *text_state(const struct verdict *v, struct arena *arena);
/* The same for the unit: nothing of what we are not sure of. */
const char *text_state_for_unit(const struct verdict *v,
    struct arena *arena);

/* "Công văn số 12-CV/ĐU ngày 05/5/2026"; what is known of it. */
const char *text_letter_ref(const struct campaign *c, struct arena *arena);
/* "05/5/2026", "5/2026" of a document's ISO date; else as it is. */
const char *text_document_date(const char *iso, struct arena *arena);
/* "trước 16 giờ 30 ngày 14/5/2026"; minute of the day for AT_TIME only. */
const char *text_term(enum deadline_reading reading, long day, int minute,
    struct arena *arena);
/* "trước ngày 14/5/2026"; extended: "chậm nhất ngày 20/5/2026". */
const char *text_deadline(const struct campaign *c, const struct term *term,
    struct arena *arena);
/* "ngày      tháng 5 năm 2026": the day is filled in by hand. */
const char *text_open_day(long day, struct arena *arena);
/* "Thủy Nguyên" of "Đảng ủy phường Thủy Nguyên"; "" when none is named. */
const char *text_place(const char *office, struct arena *arena);
/* "78,3%"; "0,0%" of nothing. */
const char *text_percent(unsigned part, unsigned whole, struct arena *arena);
/*
 * Each node of the campaign's outline as a sentence has it: "V. Phương
 * hướng …". Its recipients and subject are known by now; r may be NULL.
 * In the campaign's arena.
 */
const char **text_headings(const struct campaign *c,
    const struct roster *r);
/* "V. Phương hướng, nhiệm vụ; VI. Kiến nghị" of outline ids. */
const char *text_sections(const struct campaign *c, const char *const *ids,
    size_t n, struct arena *arena);

/* For status_line(): everything before the names, and after them. */
struct status;
void	 text_line_counts(const struct status *s, struct strbuf *out,
    struct arena *arena);
void	 text_line_others(unsigned n, struct strbuf *out);

#endif
