/*
 * Prepared mails: links that the clerk only has to click and send.
 */
#include "daemon/order_link.h"

#include "daemon/config.h"
#include "daemon/limits.h"
#include "daemon/office.h"
#include "daemon/order.h"
#include "daemon/order_aim.h"
#include "daemon/template.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "spool/token.h"

/* A token for it, kept as its hash alone. 0 or -1. */
static int
make_token(const struct offers *f, const struct order *order,
    const struct order_aim *aim, const char **token)
{
	struct token	 t = { .created_utc = f->now,
		.expires_utc = f->now + TOKEN_VALID_S };

	*token = order_token_new(f->arena);
	t.action = order_verb_name(order->verb);
	t.object = order_object(order, aim, f->arena);
	t.address = f->office->config->clerk;
	return token_add(f->office->store, *token, &t);
}

int
order_offer_token(struct offers *f, const char *words, struct order *order,
    const char **token)
{
	struct order_aim aim;
	struct strbuf	 link = { 0 };
	const char	*why;

	*token = "";
	if (f->n == LINKS_PER_MAIL || order_aim(f->office, order, f->now,
	    f->arena, &aim, &why) == -1)
		return 0;
	if (!order_is_question(order->verb) &&
	    make_token(f, order, &aim, token) == -1)
		return -1;
	strbuf_addf(&link, "%s: <", words);
	order_mailto(f->office->config->from_address, order_with_token(
	    order_line(order, f->arena), *token, f->arena),
	    order_fields(order, f->arena), &link);
	strbuf_addc(&link, '>');
	values_add(f->values, VAR_LIEN_KET, strbuf_get(&link));
	strbuf_clear(&link);
	f->n++;
	return 0;
}

int
order_offer(struct offers *f, const char *words, struct order *order)
{
	const char	*token;

	return order_offer_token(f, words, order, &token);
}
