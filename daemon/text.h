#ifndef DAEMON_TEXT_H
#define DAEMON_TEXT_H

#include "daemon/verdict.h"
#include "parsers/status.h"

struct arena;
struct outline;
struct strbuf;

/*
 * The words of page, log, status, statuses and reasons, in one table.
 * Mails have their own files (daemon/template.h).
 */
enum word {
	/* what status.log calls an event, at most 9 columns */
	WORD_LOG_SUBMITTED,	/* ĐÃ NỘP */
	WORD_LOG_INCOMPLETE,	/* THIẾU MỤC */
	WORD_LOG_UNREADABLE,	/* CHƯA ĐỌC */
	WORD_LOG_NEEDS_CLERK,	/* CẦN XEM */
	WORD_LOG_REMINDER,	/* NHẮC */
	WORD_LOG_RECEIPT,	/* BÁO NHẬN */
	WORD_LOG_SUPPLEMENT,	/* BỔ SUNG */
	WORD_LOG_DECISION,	/* XỬ LÝ */
	WORD_LOG_UNDONE,	/* HOÀN TÁC */
	WORD_LOG_EXCUSED,	/* MIỄN */
	WORD_LOG_EXTENDED,	/* GIA HẠN */
	WORD_LOG_BOUNCED,	/* TRẢ LẠI */
	WORD_LOG_CAMPAIGN,	/* ĐỢT BC */
	WORD_LOG_TROUBLE,	/* SỰ CỐ */
	WORD_LOG_OTHER,		/* KHÁC */

	/* time */
	WORD_NOT_DUE, WORD_ON_TIME, WORD_WITHIN_DAY, WORD_LATE,
	WORD_OVERDUE, WORD_EXCUSED, WORD_BORDERLINE,
	/* content */
	WORD_NONE, WORD_COMPLETE, WORD_INCOMPLETE, WORD_UNREADABLE,
	WORD_IN_REVIEW, WORD_RETURNED,
	WORD_SECTION_FILLED, WORD_SECTION_EMPTY, WORD_SECTION_MISSING,
	WORD_SECTION_UNSURE,
	/* channels */
	WORD_EMAIL, WORD_PAPER, WORD_USB, WORD_ZALO, WORD_OTHER,
	/* steps */
	WORD_STEP_FIRST, WORD_STEP_LAST, WORD_STEP_CALL_LIST,
	WORD_STEP_OVERDUE, WORD_STEP_ESCALATION, WORD_STEP_SUPPLEMENT,
	WORD_STEP_UNREADABLE,
	/* campaigns */
	WORD_DRAFT, WORD_OPEN, WORD_PAUSED, WORD_CLOSED,
	WORD_CAMPAIGN_EDITED,
	/* small words */
	WORD_YES, WORD_NO, WORD_NOT_SUBMITTED, WORD_SUBMITTED,
	WORD_NO_NUMBER, WORD_NO_EMAIL, WORD_NO_MAIL, WORD_UNKNOWN_UNIT,
	WORD_GUESSES,
	/* lines about one mail */
	WORD_LINE_FROM, WORD_LINE_RECEIVED, WORD_LINE_NUMBER,
	WORD_LINE_SENT_TO, WORD_LINE_FILE, WORD_AND, WORD_OTHER_UNITS,
	WORD_LAPSED, WORD_BAR_NOT_FRESH, WORD_BAR_DOUBT, WORD_BAR_DOUBT_ALL,
	WORD_BAR_ONE_A_DAY, WORD_BAR_CLERK, WORD_BAR_OTHER, WORD_UNREAD_MAIL,
	WORD_UNCERTAIN, WORD_SEND_TROUBLE, WORD_SEND_REFUSED,
	WORD_SEND_WORKS, WORD_SERVER_REFUSED,
	WORD_NO_CALENDAR, WORD_NO_LETTER_NUMBER, WORD_CHAIN_HEAD, WORD_HELD,

	/* columns of the tables */
	WORD_COL_NUMBER, WORD_COL_CODE, WORD_COL_UNIT, WORD_COL_RECIPIENT,
	WORD_COL_SUBMITTED, WORD_COL_RECEIVED, WORD_COL_DUE, WORD_COL_TIME,
	WORD_COL_CONTENT, WORD_COL_MISSING, WORD_COL_DOC_NUMBER,
	WORD_COL_FILE, WORD_COL_REMINDED, WORD_COL_NOTE, WORD_COL_SECTIONS,
	WORD_COL_CHANNEL, WORD_COL_DOC_DATE, WORD_COL_FROM,
	WORD_COL_SUBJECT, WORD_COL_REASON, WORD_COL_ARRIVAL,
	WORD_COL_ARRIVED, WORD_COL_AUTHOR, WORD_COL_ABSTRACT,
	WORD_COL_HANDLED_BY,

	/* the page */
	WORD_PAGE_TITLE, WORD_PAGE_INDEX, WORD_PAGE_ABOUT, WORD_PAGE_TERM,
	WORD_PAGE_LAST_DAY, WORD_PAGE_LAST_FETCH, WORD_PAGE_NEVER,
	WORD_PAGE_STALE, WORD_PAGE_MADE, WORD_PAGE_OLD, WORD_PAGE_SKIP,
	WORD_PAGE_OVERVIEW, WORD_PAGE_PROGRESS, WORD_PAGE_OF_UNITS,
	WORD_PAGE_CHART, WORD_PAGE_CHART_DUE, WORD_PAGE_CHART_NOW,
	WORD_PAGE_CHART_ALL, WORD_PAGE_BY_DAY, WORD_PAGE_DAY,
	WORD_PAGE_CAME, WORD_PAGE_SO_FAR, WORD_PAGE_CLERK,
	WORD_PAGE_CLERK_NONE, WORD_PAGE_CLERK_HOW, WORD_PAGE_ASSIGN,
	WORD_PAGE_ASSIGN_OTHER, WORD_PAGE_NOT_A_REPORT, WORD_PAGE_ACCEPT,
	WORD_PAGE_RETURN, WORD_PAGE_NO_SUBJECT, WORD_PAGE_TABLE,
	WORD_PAGE_FILTER, WORD_PAGE_FILTER_ALL, WORD_PAGE_SEARCH,
	WORD_PAGE_SORT, WORD_PAGE_SHOWN, WORD_PAGE_OUTLINE,
	WORD_PAGE_LEGEND, WORD_PAGE_NOT_OWED, WORD_PAGE_REQUIRED,
	WORD_PAGE_NO_UNITS, WORD_PAGE_NO_CAMPAIGN, WORD_PAGE_STATE,
	WORD_PAGE_WITHIN, WORD_PAGE_BOUNCED,

	/* the workbook */
	WORD_SHEET_TITLE, WORD_SHEET_SUM, WORD_SHEET_TOTAL,

	/* prepared links in mails to the clerk */
	WORD_LINK_ASSIGN, WORD_LINK_TO, WORD_LINK_TO_OTHER,
	WORD_LINK_ACCEPT, WORD_LINK_RETURN, WORD_LINK_NOT_A_REPORT,
	WORD_LINK_SEEN, WORD_LINK_HOLD_DAY, WORD_LINK_HOLD_UNIT,
	WORD_LINK_SUPPLEMENT, WORD_LINK_UNITS, WORD_LINK_SHEET,
	WORD_LINK_CONFIRM, WORD_LINK_UNDO, WORD_LINK_OPEN, WORD_LINK_ADD,
	WORD_LINK_ADD_OTHER, WORD_LINK_STATUS,
	/* what became of the clerk's mails, in lists */
	WORD_ORDER_DONE, WORD_ORDER_ASKED, WORD_ORDER_REFUSED,
	WORD_ORDER_ANSWERED, WORD_ORDER_LETTER, WORD_ORDER_BY_MAIL,

	/* what the command says of documents */
	WORD_CLI_BLANK, WORD_CLI_ISSUER, WORD_CLI_SUBJECT,
	WORD_CLI_REPORT_TO, WORD_CLI_SEND_TO, WORD_CLI_SUBHEADING,
	WORD_CLI_DOUBTS, WORD_CLI_HEADINGS, WORD_CLI_WORDS, WORD_CLI_TITLE,
	WORD_CLI_PERIOD, WORD_CLI_NO_OUTLINE, WORD_WARN_TRACKED,
	WORD_WARN_EMBEDDED, WORD_WARN_LEGACY, WORD_WARN_CONVERTED,

	/* what the command says of campaigns, mails and decisions */
	WORD_CLI_CHANGES, WORD_CLI_REHEARSED, WORD_CLI_UNDO,
	WORD_CLI_REQUIRED, WORD_CLI_PLAN, WORD_CLI_SHORT_NAME,
	WORD_CLI_TOLERATED, WORD_CLI_WINDOW, WORD_CLI_READY,
	WORD_CLI_COUNTED, WORD_CLI_HIDDEN, WORD_CLI_NO_MAIL, WORD_CLI_UNDONE,
	WORD_CLI_TAKEN, WORD_CLI_BASIS, WORD_CLI_EVIDENCE, WORD_CLI_EVENTS,
	WORD_CLI_REPORT, WORD_CLI_KNOWN, WORD_CLI_QUEUE_EMPTY,
	WORD_CLI_AGAIN, WORD_CLI_HELD, WORD_CLI_HELD_STEP,
	WORD_CLI_TO_CLERK, WORD_CLI_NOTHING_PLANNED, WORD_CLI_PURGED,
	WORD_CLI_VERDICTS_CHANGE, WORD_KIND_SUBMISSION, WORD_KIND_BOUNCE,
	WORD_KIND_AUTO_REPLY, WORD_KIND_QUESTION, WORD_KIND_OTHER,
	WORD_OVERDUE_SHORT, WORD_CLI_SEND_AGAIN, WORD_CLI_NO_UNIT,
	WORD_CLI_DID_YOU_MEAN, WORD_CLI_REPORT_NO_LETTER,
	WORD_CLI_NO_CAMPAIGN, WORD_CLI_THERE_ARE, WORD_CLI_WHICH_CAMPAIGN,
	WORD_CLI_NONE_OPEN, WORD_CLI_NO_SUCH_MAIL, WORD_CLI_SEVERAL,
	WORD_CLI_SYSTEM, WORD_CLI_FILED, WORD_ROLE_COMPANION,
	WORD_ROLE_IGNORED, WORD_CLI_NOT_SENT_AGAIN,

	/* what the clerk should look at before opening a campaign */
	WORD_REMARK_NO_UNIT, WORD_REMARK_LEFT_OUT, WORD_REMARK_TWICE,
	WORD_REMARK_NO_OUTLINE, WORD_REMARK_NO_CALENDAR,
	WORD_REMARK_DAY_OFF, WORD_REMARK_CLOSE_EARLY, WORD_REMARK_FROM_LATE,

	/* what waits: where a mail stands, and which mail of ours it is */
	WORD_MAIL_STORED, WORD_MAIL_DEFERRED, WORD_MAIL_PARSED,
	WORD_MAIL_HELD, WORD_MAIL_ASIDE, WORD_MAIL_FILED, WORD_MAIL_PURGED,
	WORD_OUT_PENDING, WORD_OUT_SENDING, WORD_OUT_LATER, WORD_OUT_FAILED,
	WORD_OUT_SENT, WORD_OUT_WITHDRAWN,
	WORD_OUT_UNCERTAIN, WORD_OUT_ANSWER_OF_SERVER,
	WORD_OUT_RECEIPT, WORD_OUT_REMINDER, WORD_OUT_SUPPLEMENT,
	WORD_OUT_UNREADABLE, WORD_OUT_SUMMARY, WORD_OUT_PREVIEW,
	WORD_OUT_CALL_LIST, WORD_OUT_ESCALATION, WORD_OUT_UNKNOWN_SENDER,
	WORD_OUT_SUPPLEMENT_LIST, WORD_OUT_TROUBLE, WORD_OUT_RECOVERED,
	WORD_OUT_DECISION, WORD_OUT_OTHER,

	/* the aggregated report */
	WORD_DOC_TITLE, WORD_DOC_PROVISIONAL, WORD_DOC_HAVE, WORD_DOC_AS_OF,
	WORD_DOC_ACCORDING, WORD_DOC_COLLATES, WORD_DOC_AS_FOLLOWS,
	WORD_DOC_JOINT, WORD_DOC_SOURCE, WORD_DOC_NUMBER, WORD_DOC_SECTION,
	WORD_DOC_RECEIVED, WORD_DOC_LACKING, WORD_DOC_NOTHING,
	WORD_DOC_OUTSIDE, WORD_DOC_ANNEX, WORD_DOC_MATRIX,
	WORD_DOC_SUBMISSIONS, WORD_DOC_NOT_SUBMITTED, WORD_DOC_NONE,
	WORD_DOC_AUDIT, WORD_DOC_HEAD, WORD_DOC_LEFT_OUT,
	WORD_DOC_CONCERNS,

	/* documents that the office signs */
	WORD_DOC_SUPERIOR, WORD_DOC_PARTY, WORD_DOC_STATE, WORD_DOC_MOTTO,
	WORD_DOC_OPEN_NUMBER, WORD_DOC_BLANK, WORD_DOC_TO,
	WORD_DOC_TO_LISTED, WORD_DOC_COPIES, WORD_DOC_AS_ABOVE,
	WORD_DOC_FILED, WORD_DOC_SIGNER_ROLE, WORD_DOC_SIGNER,
	WORD_DOC_GOES_WITH, WORD_DOC_OF,
	WORD_DOC_OWING_LIST, WORD_DOC_ANNEX_TITLE, WORD_DOC_FOLLOW_UP,
	WORD_DOC_FOLLOW_UP_FILE, WORD_DOC_NOBODY_OWES,
	WORD_COUNT
};

const char *text_word(enum word w);

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
/* Each node of an outline as a sentence has it: "V. Phương hướng …". */
const char **text_headings(const struct outline *o, struct arena *arena);
/* "V. Phương hướng, nhiệm vụ; VI. Kiến nghị" of outline ids. */
const char *text_sections(const struct campaign *c, const char *const *ids,
    size_t n, struct arena *arena);

/* For status_line(): everything before the names, and after them. */
struct status;
void	 text_line_counts(const struct status *s, struct strbuf *out,
    struct arena *arena);
void	 text_line_others(unsigned n, struct strbuf *out);

#endif
