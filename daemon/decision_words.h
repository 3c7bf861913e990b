#ifndef DAEMON_DECISION_WORDS_H
#define DAEMON_DECISION_WORDS_H

/* What was done, Vietnamese; and the verbs of events. */
enum done {
	DONE_ASSIGN,		/* giao thư */
	DONE_TO,		/* cho */
	DONE_REMEMBER,		/* ghi nhớ địa chỉ */
	DONE_ACCEPT,
	DONE_RETURN,
	DONE_UNTIL,		/* gửi lại trước ngày */
	DONE_NOT_A_REPORT,
	DONE_ADD,		/* … nộp qua */
	DONE_ADDED,
	DONE_EXCUSE,
	DONE_EXCUSE_SECTION,
	DONE_EXTEND,		/* gia hạn đến ngày */
	DONE_HELD,
	DONE_HOLD_UNIT,
	DONE_HOLD_STEP,
	DONE_HOLD_DAY,
	DONE_OPEN,
	DONE_PAUSE,
	DONE_RESUME,
	DONE_CLOSE,
	DONE_SUPPLEMENT, DONE_UNFETCHED, DONE_NEWER,
	DONE_UNDO,		/* hoàn tác */
	DONE_COUNT
};

const char *done_word(enum done d);
/* Of the verb of an event; "" for one that no clerk makes. */
const char *done_word_of(const char *verb);

#endif
