/*
 * Mails that stand in the mailbox and could not be got: asked for again by
 * the next rounds, given up after UID_ATTEMPTS tries, and then told to the
 * clerk, who can look into the mailbox.
 */
#include "daemon/unfetched.h"

#include <inttypes.h>
#include <stdbool.h>

#include "daemon/detail.h"
#include "daemon/fetch.h"
#include "daemon/localtime.h"
#include "daemon/log.h"
#include "daemon/office.h"
#include "daemon/reason.h"
#include "daemon/statuslog.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "spool/event.h"
#include "spool/folder.h"
#include "spool/store.h"

static int
store_fails(const struct unfetched *u)
{
	log_error("fetch: %s", store_error(u->office->store));
	return -1;
}

static int
tell_clerk(const struct unfetched *u, const struct fetch_event *e,
    enum unfetched_why why)
{
	struct event	 event = { .time_utc = u->now, .who = u->office->who,
		.verb = UNFETCHED_VERB, .campaign = "", .unit = "",
		.detail = "", .reason = reason_text(REASON_NOT_FETCHED) };
	struct strbuf	 detail = { 0 };
	const char	*received = "", *number;
	int64_t		 seq;
	int		 rc;

	if (why == UNFETCHED_TOO_LARGE)
		event.reason = arena_printf(u->arena, "%s (%" PRIu64 " MB)",
		    reason_text(REASON_TOO_LARGE), e->size >> 20);
	if (e->received_utc != 0) {
		received = arena_printf(u->arena, "%s %s",
		    text_word(WORD_LINE_RECEIVED),
		    local_text(e->received_utc, u->arena));
		detail_add(&detail, "received", local_iso(e->received_utc,
		    u->arena));
		event.detail = strbuf_get(&detail);
	}
	rc = event_append(u->office->store, &event, &seq);
	number = arena_printf(u->arena, "!%" PRId64, seq);
	strbuf_clear(&detail);
	return rc == -1 ? -1 : statuslog_add(u->office, u->now,
	    WORD_LOG_NEEDS_CLERK, "", statuslog_join(u->arena, event.reason,
	    received, number, NULL));
}

/* In one transaction: what is given up is told. */
static int
note(const struct unfetched *u, const struct fetch_event *e,
    enum unfetched_why why, const char *text, enum uid_state *state)
{
	struct store	*st = u->office->store;
	const bool	 is_final = why != UNFETCHED_FAILED;
	struct uid	 uid = { .account = u->account, .folder = u->folder,
		.uidvalidity = e->uidvalidity, .text = text,
		.uid = e->name[0] != '\0' ? fetch_name_hash(e->name) :
		e->uid };

	/* In a maildir nobody has counted this try yet. */
	if (e->name[0] != '\0' && !is_final &&
	    uid_start(st, &uid, &uid.uid, 1) == -1)
		return -1;
	if (uid_fail(st, &uid, is_final, text, state) == -1)
		return -1;
	return *state == UID_REFUSED && why != UNFETCHED_GONE ?
	    tell_clerk(u, e, why) : 0;
}

static const char *
why_text(const struct fetch_event *e, enum unfetched_why why)
{
	switch (why) {
	case UNFETCHED_TOO_LARGE:
		return "larger than we take";
	case UNFETCHED_GONE:
		return "no longer there";
	case UNFETCHED_FAILED:
		break;
	}
	return e->text;
}

int
unfetched_note(const struct unfetched *u, const struct fetch_event *e,
    enum unfetched_why why)
{
	struct store	*st = u->office->store;
	const char	*text = why_text(e, why);
	enum uid_state	 state = UID_FAILED;

	if (store_begin(st) == -1)
		return store_fails(u);
	if (note(u, e, why, text, &state) == -1) {
		store_rollback(st);
		return store_fails(u);
	}
	if (store_commit(st) == -1)
		return store_fails(u);
	log_warn("fetch: %s %s uid %" PRIu32 ": %s%s", u->account, u->folder,
	    e->uid, text, state == UID_REFUSED ? "; given up" : "");
	return state == UID_REFUSED;
}

/* ---- before they are tried again */

struct left {
	struct arena	*arena;
	uint32_t	*uids;
	size_t		 n, cap;
};

static int
left_row(const struct uid *u, void *arg)
{
	struct left	*l = arg;

	if (u->attempts < UID_ATTEMPTS)
		return 0;
	l->uids = arena_grow(l->arena, l->uids, l->n, &l->cap,
	    sizeof(*l->uids));
	l->uids[l->n++] = (uint32_t)u->uid;
	return 0;
}

int
unfetched_try(const struct unfetched *u, const struct fetch_folder *f,
    const struct fetch_event *opened)
{
	struct store	*st = u->office->store;
	struct uid	 uid = { .account = u->account, .folder = u->folder,
		.uidvalidity = f->uidvalidity, .text = "" };
	struct fetch_event e = *opened;
	struct left	 left = { u->arena, NULL, 0, 0 };
	uint64_t	*uids;
	size_t		 i;

	if (f->uidvalidity != opened->uidvalidity)
		return 0; /* the numbers mean nothing now */
	if (uid_each(st, u->account, u->folder, UID_FETCHING, left_row,
	    &left) == -1)
		return store_fails(u);
	e.received_utc = 0;
	e.text = "each try was cut short";
	for (i = 0; i < left.n; i++) {
		e.uid = left.uids[i];
		if (unfetched_note(u, &e, UNFETCHED_FAILED) == -1)
			return -1;
	}
	if (f->n_retry == 0)
		return 0;
	uids = arena_calloc(u->arena, f->n_retry, sizeof(*uids));
	for (i = 0; i < f->n_retry; i++)
		uids[i] = f->retry[i];
	return uid_start(st, &uid, uids, f->n_retry) == -1 ?
	    store_fails(u) : 0;
}
