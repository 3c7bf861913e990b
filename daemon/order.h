#ifndef DAEMON_ORDER_H
#define DAEMON_ORDER_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct strbuf;

/*
 * What the clerk asks for in a mail: one line, in the subject or the first
 * line of the text, and fields below it ("Lý do: …"). Accents, case and
 * courtesies do not matter.
 */
enum order_verb {
	ORDER_NONE = 0,
	/* decisions */
	ORDER_ASSIGN,		/* giao thư #ID cho ĐƠN VỊ */
	ORDER_ACCEPT,		/* xác nhận báo cáo #ID */
	ORDER_RETURN,		/* trả lại báo cáo #ID */
	ORDER_NOT_A_REPORT,	/* không phải báo cáo #ID */
	ORDER_ADD,		/* ghi nhận báo cáo #ID cho ĐƠN VỊ */
	ORDER_EXCUSE,		/* miễn báo cáo cho, miễn mục II.1 cho */
	ORDER_EXTEND,		/* gia hạn cho ĐƠN VỊ đến ngày */
	ORDER_HOLD,		/* giữ lại thư nhắc … */
	ORDER_SUPPLEMENT,	/* đề nghị bổ sung */
	ORDER_UNDO,		/* hoàn tác !12 */
	ORDER_OPEN,		/* mở đợt báo cáo ĐỢT, theo thư #ID */
	ORDER_PAUSE,		/* tạm dừng gửi thư */
	ORDER_RESUME,		/* tiếp tục gửi thư */
	ORDER_CLOSE,		/* đóng đợt báo cáo */
	/* questions: answered, never an effect */
	ORDER_STATUS,		/* tình hình nộp báo cáo */
	ORDER_PAGE,		/* gửi trang theo dõi */
	ORDER_SHEET,		/* gửi bảng theo dõi */
	ORDER_COLLATE,		/* gửi báo cáo tổng hợp */
	ORDER_COUNT
};

/* A Kính gửi line whose units the clerk wrote down: "Kính gửi 3: A, B". */
struct order_recipient {
	int		 line;
	const char	*units;
};

#define ORDER_RECIPIENTS 64

/* As written; nothing is looked up. Strings are in the arena, never NULL. */
struct order {
	enum order_verb	 verb;
	const char	*mail;	   /* intake id without #; "" */
	const char	*units;	   /* codes or names, apart by ", "; "" */
	const char	*section;  /* outline id; "" */
	const char	*step;	   /* "" */
	const char	*campaign; /* "" */
	long		 day;	   /* DAY_NONE */
	long long	 event;	   /* 0; with event_last a range */
	long long	 event_last;
	bool		 remember; /* the address, with assign */
	bool		 is_paper; /* with add: there is no mail, nor a file */
	const char	*stray;	   /* words that nobody understands; "" */
	/* fields of the text */
	const char	*unit_lines; /* to be written there; "" */
	bool		 has_units_field;
	bool		 units_are_open; /* to be filled in there */
	const char	*reason;
	long		 until;	   /* of return and supplement; DAY_NONE */
	const char	*number;
	const char	*date;
	const char	*deadline;
	const char	*received;
	const char	*channel;
	struct order_recipient recipients[ORDER_RECIPIENTS];
	size_t		 n_recipients;
	/* what gives it force */
	const char	*token;	   /* "" */
	bool		 is_answer; /* the subject is one of ours, answered */
	bool		 says_yes; /* and the text begins with "Đồng ý" */
};

/* Does the verb only ask? */
bool	 order_is_question(enum order_verb v);
/* "assign", the word of tokens; "" for none. */
const char *order_verb_name(enum order_verb v);
/* The verb of a phrase at words[0..]; *used words belong to it. */
enum order_verb order_verb_find(const char *const *keys, size_t n,
    size_t *used);

/*
 * Read subject and text (what is quoted below does not count). False when
 * neither the subject nor the first line of the text begins like an order;
 * a token is found all the same.
 */
bool	 order_read(const char *subject, const char *body,
    struct arena *arena, struct order *out);
/* Empty fields, for one that is to be written. */
void	 order_init(struct order *o, enum order_verb v);
/* The line that order_read() reads back; in the arena. */
const char *order_line(const struct order *o, struct arena *arena);
/* The fields of the text that go with it, "" or lines. */
const char *order_fields(const struct order *o, struct arena *arena);
/* "mailto:ADDRESS?subject=…&body=…" (RFC 6068), text percent-encoded. */
void	 order_mailto(const char *address, const char *subject,
    const char *body, struct strbuf *out);

/* ---- tokens in texts */

#define ORDER_TOKEN_LENGTH 26	/* 5 bits each: 130 */

/* A new one, from the system's randomness. */
const char *order_token_new(struct arena *arena);
/* The first that stands in a text; "" when none does. */
const char *order_token_find(const char *text, struct arena *arena);
/* The text with all of them replaced by "…": for tables and pages. */
const char *order_token_hide(const char *text, struct arena *arena);
/* Do its words go with a token, whatever became of that? */
bool	 order_is_marked(const char *text);
/* " (mã xác nhận …)": what bears a token. */
const char *order_with_token(const char *line, const char *token,
    struct arena *arena);

#endif
