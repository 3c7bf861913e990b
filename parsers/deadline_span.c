/*
 * Terms that count days: "sau 10 ngày kể từ ngày ký công văn này", "trong
 * vòng 05 ngày làm việc, kể từ ngày nhận được văn bản".
 */
#include "parsers/deadline_span.h"

#include "parsers/lingo.h"
#include "parsers/words.h"

#define DAYS_MOST 365
#define KEY_DAY "ngay2"
#define KEY_WORKING "lam2 viêc5"

size_t
deadline_span_at(const struct words *ws, size_t i, const struct lingo *g,
    struct deadline_span *out)
{
	size_t	end = i + 1, n;

	out->days = words_number(ws, i);
	if (out->days < 1 || out->days > DAYS_MOST ||
	    words_match(ws, end, KEY_DAY) == 0)
		return 0;
	end++;
	n = words_match(ws, end, KEY_WORKING);
	out->is_working = n > 0;
	end += n;
	n = lingo_at(g, LINGO_SINCE_ISSUE, ws, end);
	out->from_issue = n > 0;
	if (n == 0)
		n = lingo_at(g, LINGO_SINCE, ws, end);
	return n == 0 ? 0 : end + n - i;
}
