/*
 * Tokens as they stand in texts: 26 small letters and digits, none of
 * which is taken for another. Where one is found does not matter; mail
 * programs fold subjects and change capitals.
 */
#include "daemon/order.h"

#include <sys/random.h>

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/arena.h"
#include "parsers/strbuf.h"

static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
#define MARK "mã xác nhận"

const char *
order_token_new(struct arena *arena)
{
	unsigned char	 random[ORDER_TOKEN_LENGTH];
	char		 token[ORDER_TOKEN_LENGTH + 1];
	size_t		 i;

	if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
		abort();
	for (i = 0; i < sizeof(random); i++)
		token[i] = letters[random[i] % (sizeof(letters) - 1)];
	token[i] = '\0';
	return arena_strdup(arena, token);
}

/* The next run of letters and digits that has the form of a token. */
static const char *
next_token(const char *s)
{
	size_t	 len, i;

	for (; *s != '\0'; s += len) {
		for (len = 0; isalnum((unsigned char)s[len]); len++)
			continue;
		if (len == ORDER_TOKEN_LENGTH) {
			for (i = 0; i < len; i++)
				if (strchr(letters, tolower(
				    (unsigned char)s[i])) == NULL)
					break;
			if (i == len)
				return s;
		}
		len += len == 0;
	}
	return NULL;
}

const char *
order_token_find(const char *text, struct arena *arena)
{
	const char	*at = next_token(text);
	char		*token;
	size_t		 i;

	if (at == NULL)
		return "";
	token = arena_strndup(arena, at, ORDER_TOKEN_LENGTH);
	for (i = 0; token[i] != '\0'; i++)
		token[i] = (char)tolower((unsigned char)token[i]);
	return token;
}

const char *
order_token_hide(const char *text, struct arena *arena)
{
	struct strbuf	 out = { 0 };
	const char	*at, *hidden;

	while ((at = next_token(text)) != NULL) {
		strbuf_add(&out, text, (size_t)(at - text));
		strbuf_adds(&out, "…");
		text = at + ORDER_TOKEN_LENGTH;
	}
	strbuf_adds(&out, text);
	hidden = arena_strdup(arena, strbuf_get(&out));
	strbuf_clear(&out);
	return hidden;
}

const char *
order_with_token(const char *line, const char *token, struct arena *arena)
{
	return token[0] == '\0' ? line :
	    arena_printf(arena, "%s (" MARK " %s)", line, token);
}

bool
order_is_marked(const char *text)
{
	return strcasestr(text, "xác nhận") != NULL ||
	    strcasestr(text, "XÁC NHẬN") != NULL ||
	    strcasestr(text, "xac nhan") != NULL;
}
