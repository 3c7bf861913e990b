/*
 * Trouble of the office as a whole, as page, summary and status.log tell
 * it. What is about one mail or one unit stands elsewhere.
 */
#include "daemon/trouble.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/calendar.h"
#include "daemon/campaign.h"
#include "daemon/config.h"
#include "daemon/localtime.h"
#include "daemon/log.h"
#include "daemon/office.h"
#include "daemon/statuslog.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "spool/kv.h"
#include "spool/mail.h"

#define CALENDAR_MONTH 11 /* the next year's days off are known by then */

void
trouble_fetching(const struct office *o, const char *mailbox,
    const char *reason, const char *text, time_t now)
{
	struct store	*st = o->store;
	char		*known = kv_text(st, KV_FETCH_REASON);
	const bool	 is_new = kv_int(st, KV_FETCH_TROUBLE, 0) == 0;

	if (is_new || known == NULL || strcmp(known, reason) != 0) {
		log_warn("fetch: %s: %s", mailbox, text);
		if ((is_new && kv_set_int(st, KV_FETCH_TROUBLE, now) == -1) ||
		    kv_set_text(st, KV_FETCH_REASON, reason) == -1)
			log_error("fetch: %s", store_error(st));
	}
	free(known);
}

void
trouble_fetching_over(const struct office *o, const char *mailbox)
{
	struct store	*st = o->store;

	if (kv_int(st, KV_FETCH_TROUBLE, 0) == 0)
		return;
	log_info("fetch: %s: works again", mailbox);
	if (kv_drop(st, KV_FETCH_TROUBLE) == -1)
		log_error("fetch: %s", store_error(st));
}

/* SMTP's 530, 534, 535, 538: who we are is not accepted. */
static const char *
sending_text(int code)
{
	return text_word(code / 10 == 53 ? WORD_SEND_REFUSED :
	    WORD_SEND_TROUBLE);
}

void
trouble_sending(const struct office *o, int code, const char *text,
    time_t now)
{
	struct store	*st = o->store;

	if (kv_int(st, KV_SEND_TROUBLE, 0) != 0)
		return;
	log_error("post: %s: %s", o->config->outgoing.url, text);
	if (kv_set_int(st, KV_SEND_TROUBLE, now) == -1 ||
	    kv_set_int(st, KV_SEND_CODE, code) == -1 ||
	    statuslog_add(o, now, WORD_LOG_TROUBLE, "",
	    sending_text(code)) == -1)
		log_error("post: %s", store_error(st));
}

void
trouble_sending_over(const struct office *o, time_t now)
{
	struct store	*st = o->store;

	if (kv_int(st, KV_SEND_TROUBLE, 0) == 0)
		return;
	log_info("post: %s: works again", o->config->outgoing.url);
	if (kv_drop(st, KV_SEND_TROUBLE) == -1 ||
	    statuslog_add(o, now, WORD_LOG_TROUBLE, "",
	    text_word(WORD_SEND_WORKS)) == -1)
		log_error("post: %s", store_error(st));
}

static void
add(struct arena *a, const char **text, const char *more)
{
	*text = arena_printf(a, "%s%s%s", *text, (*text)[0] != '\0' ? "; " :
	    "", more);
}

static void
add_missing_year(const struct office *o, int year, struct arena *a,
    const char **text)
{
	if (!calendar_has_year(o->calendar, year))
		add(a, text, arena_printf(a, "%s %d",
		    text_word(WORD_NO_CALENDAR), year));
}

const char *
trouble_text(const struct office *o, const struct campaign *c, time_t now,
    struct arena *a)
{
	struct store	*st = o->store;
	struct civil	 today = local_civil(now);
	const char	*text = "";
	char		*reason;
	int64_t		 unread;

	if (kv_int(st, KV_FETCH_TROUBLE, 0) != 0) {
		reason = kv_text(st, KV_FETCH_REASON);
		if (reason != NULL)
			add(a, &text, reason);
		free(reason);
	}
	if (kv_int(st, KV_SEND_TROUBLE, 0) != 0)
		add(a, &text, sending_text((int)kv_int(st, KV_SEND_CODE,
		    0)));
	unread = mail_count(st, MESSAGE_DEFERRED);
	if (unread > 0)
		add(a, &text, arena_printf(a, "%lld %s", (long long)unread,
		    text_word(WORD_UNREAD_MAIL)));
	add_missing_year(o, today.year, a, &text);
	if (today.month >= CALENDAR_MONTH)
		add_missing_year(o, today.year + 1, a, &text);
	if (c != NULL && c->number[0] == '\0')
		add(a, &text, text_word(WORD_NO_LETTER_NUMBER));
	return text;
}
