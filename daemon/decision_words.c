/*
 * The words in which decisions are confirmed.
 */
#include "daemon/decision_words.h"

#include <stddef.h>
#include <string.h>

#include "daemon/unfetched.h"

static const char *const words[DONE_COUNT] = {
	[DONE_ASSIGN] = "giao thư",
	[DONE_TO] = "cho",
	[DONE_REMEMBER] = "ghi nhớ địa chỉ",
	[DONE_ACCEPT] = "xác nhận đủ báo cáo",
	[DONE_RETURN] = "trả lại báo cáo",
	[DONE_UNTIL] = "gửi lại trước ngày",
	[DONE_NOT_A_REPORT] = "xác định không phải báo cáo",
	[DONE_ADD] = "ghi nhận báo cáo nộp qua",
	[DONE_ADDED] = "ghi nhận báo cáo",
	[DONE_EXCUSE] = "miễn báo cáo",
	[DONE_EXCUSE_SECTION] = "miễn mục",
	[DONE_EXTEND] = "gia hạn đến hết ngày",
	[DONE_HELD] = "giữ lại thư nhắc",
	[DONE_HOLD_UNIT] = "giữ lại thư nhắc đơn vị",
	[DONE_HOLD_STEP] = "giữ lại bước nhắc",
	[DONE_HOLD_DAY] = "giữ lại thư nhắc ngày",
	[DONE_OPEN] = "mở đợt báo cáo",
	[DONE_PAUSE] = "tạm dừng gửi thư",
	[DONE_RESUME] = "tiếp tục gửi thư",
	[DONE_CLOSE] = "đóng đợt báo cáo",
	[DONE_SUPPLEMENT] = "đề nghị bổ sung mục còn thiếu",
	[DONE_UNFETCHED] = "thư chưa lấy về được",
	[DONE_NEWER] = "kết quả vẫn theo bản mới hơn của đơn vị",
	[DONE_UNDO] = "hoàn tác"
};

static const struct {
	const char	*verb;
	enum done	 word;
} verbs[] = {
	{ "assign", DONE_ASSIGN },
	{ "accept", DONE_ACCEPT },
	{ "return", DONE_RETURN },
	{ "not-a-report", DONE_NOT_A_REPORT },
	{ "add", DONE_ADDED },
	{ "excuse", DONE_EXCUSE },
	{ "extend", DONE_EXTEND },
	{ "hold", DONE_HELD },
	{ "open", DONE_OPEN },
	{ "pause", DONE_PAUSE },
	{ "resume", DONE_RESUME },
	{ "close", DONE_CLOSE },
	{ "supplement", DONE_SUPPLEMENT },
	{ UNFETCHED_VERB, DONE_UNFETCHED },
	{ "undo", DONE_UNDO }
};

const char *
done_word(enum done d)
{
	return (size_t)d < DONE_COUNT ? words[d] : "";
}

const char *
done_word_of(const char *verb)
{
	size_t	 i;

	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (strcmp(verbs[i].verb, verb) == 0)
			return words[verbs[i].word];
	return "";
}
