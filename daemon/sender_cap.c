/*
 * Caps for each sender and day. Who sent a mail is known before it is
 * parsed by a number alone (incoming_sender()); his address is known once
 * one of his mails was parsed.
 */
#include "daemon/sender_cap.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/limits.h"
#include "daemon/localtime.h"
#include "daemon/log.h"
#include "daemon/office.h"
#include "daemon/reason.h"
#include "daemon/roster.h"
#include "daemon/statuslog.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "spool/arrival.h"
#include "spool/kv.h"
#include "spool/mail.h"
#include "spool/store.h"

size_t
sender_cap(const struct office *o)
{
	/* One mailbox may send for all: a gateway, a scanner. */
	size_t	 for_all = o->roster->n * SENDER_MAILS_PER_UNIT;

	return for_all > SENDER_MAILS_PER_DAY ? for_all :
	    SENDER_MAILS_PER_DAY;
}

int
sender_cap_apply(struct office *o, const struct arrival *a, size_t n)
{
	time_t	 tomorrow;
	size_t	 i;
	long	 day;
	int	 is_beyond;

	if (store_begin(o->store) == -1)
		return -1;
	for (i = 0; i < n; i++) {
		if (!a[i].is_new || a[i].sender == 0)
			continue;
		tomorrow = day_start(day_of(a[i].taken_utc) + 1);
		day = day_of(a[i].received_utc);
		is_beyond = mail_is_beyond(o->store, &(struct mail_rank){
		    a[i].mail, a[i].sender, day_start(day),
		    day_start(day + 1) }, sender_cap(o));
		if (is_beyond == -1 || (is_beyond == 1 &&
		    mail_set_state(o->store, a[i].mail, MESSAGE_DEFERRED,
		    SENDER_CAP_TROUBLE, tomorrow) == -1)) {
			store_rollback(o->store);
			return -1;
		}
	}
	return store_commit(o->store);
}

/* ---- telling */

struct telling {
	struct office	*office;
	struct arena	*arena;
	const char	*told;	/* "DAY SENDER SENDER …" of today */
	bool		 is_read;
	time_t		 now;
};

static int
tell(const struct mail_waiting *w, void *arg)
{
	struct telling	*t = arg;
	struct arena	*a = t->arena;
	const char	*mark = arena_printf(a, " %" PRIx64,
	    (uint64_t)w->sender);
	const char	*who = text_word(WORD_LINE_FROM);

	if (strstr(t->told, mark) != NULL ||
	    (w->from_address[0] == '\0' && !t->is_read))
		return 0;
	who = arena_printf(a, "%s %s", who, w->from_address[0] != '\0' ?
	    w->from_address : "?");
	log_warn("intake: more than %zu mails of a day from %s: the rest is "
	    "read tomorrow", sender_cap(t->office), w->from_address[0] !=
	    '\0' ? w->from_address : "a sender");
	t->told = arena_printf(a, "%s%s", t->told, mark);
	return statuslog_add(t->office, t->now, WORD_LOG_NEEDS_CLERK, "",
	    statuslog_join(a, who, reason_text(REASON_SENDER_CAP), NULL));
}

int
sender_cap_tell(struct office *o, bool is_read, time_t now)
{
	struct telling	 t = { .office = o, .is_read = is_read, .now = now };
	char		*known = kv_text(o->store, KV_SENDER_CAP);
	const char	*today, *before;
	int		 rc = -1;

	t.arena = arena_new(0);
	today = arena_printf(t.arena, "%ld", day_of(now));
	before = known != NULL && strncmp(known, today, strlen(today)) == 0 ?
	    known : today;
	t.told = before;
	if (mail_each_waiting(o->store, SENDER_CAP_TROUBLE, tell, &t) == 0)
		rc = t.told == before ? 0 :
		    kv_set_text(o->store, KV_SENDER_CAP, t.told);
	free(known);
	arena_free(t.arena);
	return rc;
}
