/*
 * The words of orders, in one table: what the clerk may write, in any
 * case and with or without accents.
 */
#include "daemon/order.h"

#include <string.h>

static const char *const names[ORDER_COUNT] = {
	[ORDER_NONE] = "",
	[ORDER_ASSIGN] = "assign",
	[ORDER_ACCEPT] = "accept",
	[ORDER_RETURN] = "return",
	[ORDER_NOT_A_REPORT] = "not-a-report",
	[ORDER_ADD] = "add",
	[ORDER_EXCUSE] = "excuse",
	[ORDER_EXTEND] = "extend",
	[ORDER_HOLD] = "hold",
	[ORDER_SUPPLEMENT] = "supplement",
	[ORDER_UNDO] = "undo",
	[ORDER_OPEN] = "open",
	[ORDER_PAUSE] = "pause",
	[ORDER_RESUME] = "resume",
	[ORDER_CLOSE] = "close",
	[ORDER_STATUS] = "status",
	[ORDER_PAGE] = "page",
	[ORDER_SHEET] = "sheet",
	[ORDER_COLLATE] = "collate"
};

/* As TEXT_KEY_BARE has them. The longest that fits is meant. */
static const struct {
	const char	*phrase;
	enum order_verb	 verb;
} phrases[] = {
	{ "giao", ORDER_ASSIGN },
	{ "giao thu", ORDER_ASSIGN },
	{ "giao bao cao", ORDER_ASSIGN },
	{ "xac nhan", ORDER_ACCEPT },
	{ "xac nhan du", ORDER_ACCEPT },
	{ "xac nhan dat", ORDER_ACCEPT },
	{ "cong nhan", ORDER_ACCEPT },
	{ "chap nhan", ORDER_ACCEPT },
	{ "dong y bao cao", ORDER_ACCEPT },
	{ "tra lai", ORDER_RETURN },
	{ "tra ve", ORDER_RETURN },
	{ "khong phai bao cao", ORDER_NOT_A_REPORT },
	{ "khong phai la bao cao", ORDER_NOT_A_REPORT },
	{ "ghi nhan", ORDER_ADD },
	{ "ghi nhan bao cao", ORDER_ADD },
	{ "mien", ORDER_EXCUSE },
	{ "mien bao cao", ORDER_EXCUSE },
	{ "gia han", ORDER_EXTEND },
	{ "giu lai", ORDER_HOLD },
	{ "giu lai thu nhac", ORDER_HOLD },
	{ "giu thu nhac", ORDER_HOLD },
	{ "hoan nhac", ORDER_HOLD },
	{ "khong nhac", ORDER_HOLD },
	{ "dung nhac", ORDER_HOLD },
	{ "bo sung", ORDER_SUPPLEMENT },
	{ "de nghi bo sung", ORDER_SUPPLEMENT },
	{ "hoan tac", ORDER_UNDO },
	{ "huy", ORDER_UNDO },
	{ "mo dot", ORDER_OPEN },
	{ "mo dot bao cao", ORDER_OPEN },
	{ "tam dung", ORDER_PAUSE },
	{ "tam dung gui thu", ORDER_PAUSE },
	{ "tiep tuc", ORDER_RESUME },
	{ "tiep tuc gui thu", ORDER_RESUME },
	{ "dong dot", ORDER_CLOSE },
	{ "dong dot bao cao", ORDER_CLOSE },
	{ "ket thuc dot", ORDER_CLOSE },
	{ "ket thuc dot bao cao", ORDER_CLOSE },
	{ "tinh hinh", ORDER_STATUS },
	{ "tinh hinh nop bao cao", ORDER_STATUS },
	{ "bao cao tinh hinh", ORDER_STATUS },
	{ "bao nhieu don vi da nop", ORDER_STATUS },
	{ "con don vi nao chua", ORDER_STATUS },
	{ "con don vi nao chua nop", ORDER_STATUS },
	{ "don vi nao chua nop", ORDER_STATUS },
	{ "trang theo doi", ORDER_PAGE },
	{ "trang tinh hinh", ORDER_PAGE },
	{ "bang theo doi", ORDER_SHEET },
	{ "bang tinh hinh", ORDER_SHEET },
	{ "bang excel", ORDER_SHEET },
	{ "excel", ORDER_SHEET },
	{ "xlsx", ORDER_SHEET },
	{ "tong hop", ORDER_COLLATE },
	{ "ban tong hop", ORDER_COLLATE },
	{ "bao cao tong hop", ORDER_COLLATE }
};

bool
order_is_question(enum order_verb v)
{
	return v >= ORDER_STATUS;
}

const char *
order_verb_name(enum order_verb v)
{
	return (size_t)v < ORDER_COUNT ? names[v] : "";
}

/* How many of the words the phrase takes; 0 when it is another one. */
static size_t
match(const char *phrase, const char *const *keys, size_t n)
{
	size_t	 i, len;

	for (i = 0; *phrase != '\0'; i++) {
		len = strcspn(phrase, " ");
		if (i == n || strlen(keys[i]) != len ||
		    strncmp(keys[i], phrase, len) != 0)
			return 0;
		phrase += len + (phrase[len] == ' ');
	}
	return i;
}

enum order_verb
order_verb_find(const char *const *keys, size_t n, size_t *used)
{
	enum order_verb	 verb = ORDER_NONE;
	size_t		 i, len;

	*used = 0;
	for (i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++) {
		len = match(phrases[i].phrase, keys, n);
		if (len > *used) {
			*used = len;
			verb = phrases[i].verb;
		}
	}
	return verb;
}
