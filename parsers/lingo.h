#ifndef PARSERS_LINGO_H
#define PARSERS_LINGO_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct words;

/*
 * The wording of office documents, as sets of phrases: what announces a
 * deadline, what opens a letterhead, what ends an outline. One table for
 * all readers of letters and letterheads; the language of headings is the
 * lexicon's.
 */
enum lingo_set {
	/* deadlines */
	LINGO_BEFORE,		/* trước */
	LINGO_BY,		/* chậm nhất, đến hết, hạn cuối */
	LINGO_TERM,		/* hạn nộp … : */
	LINGO_OVER,		/* sau, quá: a term that is over sets none */
	LINGO_MEETING,		/* hội nghị, giao ban: its day is no term */
	LINGO_DATE_FILLER,	/* between those and the date */
	LINGO_HOUR_FILLER,	/* between the date and an hour behind it */
	LINGO_RECURRING,	/* hằng tháng */
	LINGO_WEEKDAY,		/* in order, Sunday first */
	LINGO_SPAN,		/* sau, trong vòng: before "10 ngày" */
	LINGO_SINCE_ISSUE,	/* kể từ ngày ký: behind it */
	LINGO_SINCE,		/* kể từ ngày: from any other day */
	/* letterhead */
	LINGO_RIGHT_TITLE,	/* Độc lập - Tự do - Hạnh phúc */
	LINGO_UNION_TITLE,	/* the Youth Union's, at either side */
	LINGO_BODY,		/* first words of a body's name */
	LINGO_PLACE,		/* first words of a place */
	LINGO_CLOSING_BODY,	/* ban thường trực, alone in a line */
	LINGO_STAMP,		/* mật, tối mật, tuyệt mật */
	LINGO_NOTE,		/* stamps and notes of the head */
	LINGO_KIND,		/* báo cáo, kế hoạch */
	LINGO_ABOUT,		/* V/v */
	LINGO_POWER,		/* T/M, KT., TL. */
	LINGO_POST,		/* bí thư, chủ tịch, hiệu trưởng */
	/* letter */
	LINGO_SALUTATION,	/* kính gửi */
	LINGO_COPY,		/* đồng kính gửi, đồng gửi */
	LINGO_PERSON,		/* các, đồng chí: first words of a receiver */
	LINGO_REQUEST,		/* đề nghị, báo cáo: no receiver says that */
	LINGO_OPENING,		/* first words of a letter's body */
	LINGO_OUTLINE,		/* đề cương */
	LINGO_OUTLINE_LIKE,	/* nội dung báo cáo, mẫu báo cáo: titles */
	LINGO_REPORT_ON,	/* báo cáo các nội dung …: opens a list */
	LINGO_REPORT,		/* báo cáo: the word alone */
	LINGO_BELOW,		/* sau đây, dưới đây: a list follows */
	LINGO_INSTRUCT,		/* nêu rõ, đánh giá: first words of guidance */
	LINGO_GUIDE_COLUMN,	/* gợi ý, hướng dẫn: head of a column */
	LINGO_ANNEX,		/* phụ lục, biểu, mẫu số */
	LINGO_RECEIVERS,	/* nơi nhận */
	LINGO_ENDING,		/* nơi nhận, ghi chú, lưu ý */
	LINGO_CLOSING,		/* first words of what follows an outline */
	LINGO_ASK,		/* đề nghị, yêu cầu: what a body asks */
	LINGO_SEND,		/* gửi, nộp */
	LINGO_ENCLOSED,		/* gửi kèm: no sending */
	LINGO_ENCLOSURE,	/* (Kèm theo Công văn …): below a title */
	LINGO_TOWARDS,		/* về, đến, cho */
	LINGO_REPORT_TO,	/* báo cáo về */
	LINGO_MAILBOX,		/* hộp thư điện tử */
	LINGO_NAME_ENDS,	/* trước, qua, để: behind a body's name */
	LINGO_PURPOSE,		/* để, nhằm, làm cơ sở */
	LINGO_TALLY,		/* số liệu tính: a period, no deadline */
	LINGO_IF_ANY,		/* nếu có */
	LINGO_SETS
};

struct lingo;

/* Once per document; the arena holds the keys of what is asked for. */
const struct lingo *lingo_new(struct arena *arena);

/* Words that the longest phrase of the set covers at word i; 0 for none. */
size_t lingo_at(const struct lingo *g, enum lingo_set set,
    const struct words *ws, size_t i);
/* The same for a phrase that ends just before word `end`. */
size_t lingo_before(const struct lingo *g, enum lingo_set set,
    const struct words *ws, size_t end);
/* The first word from..to-1 at which a phrase of the set stands whole
   within them; `to` when there is none. */
size_t lingo_find(const struct lingo *g, enum lingo_set set,
    const struct words *ws, size_t from, size_t to);
bool lingo_in(const struct lingo *g, enum lingo_set set,
    const struct words *ws, size_t from, size_t to);
/* Place in its table of the longest phrase at word i; -1 for none. */
int lingo_index(const struct lingo *g, enum lingo_set set,
    const struct words *ws, size_t i);

#endif
