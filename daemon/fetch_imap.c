/*
 * The IMAP mailbox: look at each folder for UIDs from our mark on, fetch
 * them in ranges, then leave or wait in IDLE (RFC 2177). Nothing on the
 * server is changed, but for the marks the daemon asks for once a mail is
 * durably its own.
 */
#include "daemon/fetch_session.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

#include <libetpan/libetpan.h>

#include "daemon/imap_conn.h"
#include "daemon/imap_list.h"
#include "daemon/imap_mark.h"
#include "daemon/imap_range.h"
#include "daemon/limits.h"
#include "daemon/net_stream.h"
#include "parsers/arena.h"

/* Where we stand in one folder; starts as the request says. */
struct place {
	uint32_t	uidvalidity;
	uint32_t	next_uid;
	int		retried; /* the request's single UIDs were tried */
};

struct round {
	struct fetch_session	*s;
	struct imap_conn	 conn;
	int			 is_open;
	int			 reconnects;
	struct place		 places[FETCH_FOLDERS];
};

static void
tell(struct round *r, enum fetch_event_kind kind, uint32_t folder,
    uint32_t uid)
{
	struct fetch_event	e = {.kind = kind, .folder = folder,
		    .uid = uid};

	e.uidvalidity = r->places[folder].uidvalidity;
	e.uidnext = r->places[folder].next_uid;
	fetch_emit(r->s, &e);
}

/*
 * The first time in a folder: the lowest UID since the day from which mail
 * is looked at. 0 or the libetpan code.
 */
static int
find_floor(struct round *r, uint32_t *floor)
{
	struct mailimap_search_key	*key;
	struct tm			 tm;
	time_t				 since = r->s->request->since_utc;
	clist				*found = NULL;
	clistiter			*i;
	uint32_t			*uid;
	int				 rc;

	/* SINCE compares the server's local days: one day earlier is safe */
	since -= 86400;
	gmtime_r(&since, &tm);
	key = mailimap_search_key_new_since(mailimap_date_new(tm.tm_mday,
	    tm.tm_mon + 1, tm.tm_year + 1900));
	imap_allow(&r->conn, NET_COMMAND_MS, NET_SESSION_BYTES * 8);
	rc = mailimap_uid_search(r->conn.imap, NULL, key, &found);
	mailimap_search_key_free(key);
	if (rc != MAILIMAP_NO_ERROR)
		return rc;
	*floor = r->conn.imap->imap_selection_info->sel_uidnext;
	for (i = clist_begin(found); i != NULL; i = clist_next(i)) {
		uid = clist_content(i);
		if (*floor == 0 || *uid < *floor)
			*floor = *uid;
	}
	mailimap_search_result_free(found);
	if (*floor == 0)
		*floor = 1;
	return 0;
}

/* Connection lost in the middle: a new one, back in the same folder. */
static int
reconnect(struct round *r, uint32_t folder)
{
	int	rc;

	if (r->is_open)
		imap_close(&r->conn, false);
	r->is_open = 0;
	if (++r->reconnects > FETCH_RECONNECTS)
		return EX_UNAVAILABLE;
	if ((rc = imap_open(&r->conn, r->s)) != 0)
		return rc;
	r->is_open = 1;
	if (imap_enter(&r->conn, folder, true)
	    != 0)
		return EX_UNAVAILABLE;
	/* another UIDVALIDITY now: leave it to the next run */
	if (r->conn.imap->imap_selection_info->sel_uidvalidity !=
	    r->places[folder].uidvalidity)
		return EX_TEMPFAIL;
	return 0;
}

static void
refuse_giants(struct round *r, struct imap_range *range)
{
	struct fetch_event	e = {.kind = FETCH_REFUSED};
	size_t			i;

	for (i = 0; i < range->n; i++) {
		if (range->wanted[i].done ||
		    range->wanted[i].size <= r->s->request->max_bytes)
			continue;
		range->wanted[i].done = 1;
		e.folder = range->folder;
		e.uidvalidity = range->uidvalidity;
		e.uid = range->wanted[i].uid;
		e.size = range->wanted[i].size;
		e.received_utc = range->wanted[i].received_utc;
		fetch_emit(r->s, &e);
	}
}

/* One after the other, to find the message that breaks the connection. */
static int
fetch_singly(struct round *r, struct imap_range *range, size_t from,
    size_t to)
{
	struct fetch_event	e = {.kind = FETCH_FAILED};
	size_t			i;
	int			code, rc;

	for (i = from; i < to; i++) {
		if (range->wanted[i].done)
			continue;
		code = imap_range_bodies(range, i, i + 1);
		if (code == -1)
			return EX_IOERR;
		if (range->wanted[i].done)
			continue;
		e.folder = range->folder;
		e.uidvalidity = range->uidvalidity;
		e.uid = range->wanted[i].uid;
		e.size = range->wanted[i].size;
		e.received_utc = range->wanted[i].received_utc;
		e.text = code == 0 ? "the server gave no body" :
		    imap_reason(&r->conn, code);
		fetch_emit(r->s, &e);
		if (imap_is_lost(code) && (rc = reconnect(r, range->folder)))
			return rc;
	}
	return 0;
}

/*
 * Bodies of everything listed, a bounded number of bytes a command. The
 * mark moves on with each: a round that is cut short is not for nothing.
 */
static int
fetch_listed(struct round *r, struct imap_range *range)
{
	uint64_t	bytes;
	size_t		from, to;
	int		code, rc;

	refuse_giants(r, range);
	for (from = 0; from < range->n; from = to) {
		bytes = 0;
		for (to = from; to < range->n && to - from < FETCH_RANGE &&
		    (to == from || bytes < FETCH_RANGE_BYTES); to++)
			bytes += range->wanted[to].size;
		code = imap_range_bodies(range, from, to);
		if (code == -1)
			return EX_IOERR;
		if (imap_is_lost(code) &&
		    (rc = reconnect(r, range->folder)) != 0)
			return rc;
		if ((rc = fetch_singly(r, range, from, to)) != 0)
			return rc;
		r->places[range->folder].next_uid =
		    range->wanted[to - 1].uid + 1;
		tell(r, FETCH_PLACE, range->folder, 0);
	}
	return 0;
}

static int
lost(struct round *r, const char *what, int code)
{
	fetch_trouble(r->s, FETCH_TROUBLE_NETWORK, "%s: %s", what,
	    imap_reason(&r->conn, code));
	return EX_UNAVAILABLE;
}

/* UIDs that failed before, or that a restart left behind. */
static int
fetch_retries(struct round *r, uint32_t folder)
{
	const struct fetch_folder *f = &r->s->request->folders[folder];
	struct imap_range	 range = {.conn = &r->conn, .folder = folder};
	size_t			 i, k;
	int			 code, rc;

	if (f->n_retry == 0 || r->places[folder].retried)
		return 0;
	r->places[folder].retried = 1;
	range.uidvalidity = r->places[folder].uidvalidity;
	code = imap_range_list_uids(&range, f->retry, f->n_retry);
	if (code != 0) {
		free(range.wanted);
		return lost(r, "UID FETCH", code);
	}
	for (i = 0; i < f->n_retry; i++) {
		for (k = 0; k < range.n; k++)
			if (range.wanted[k].uid == f->retry[i])
				break;
		if (k == range.n)
			tell(r, FETCH_GONE, folder, f->retry[i]);
	}
	refuse_giants(r, &range);
	rc = fetch_singly(r, &range, 0, range.n);
	free(range.wanted);
	return rc;
}

/* Everything from our mark on, in ranges of UIDs. */
static int
fetch_new(struct round *r, uint32_t folder, uint32_t uidnext)
{
	struct place		*p = &r->places[folder];
	struct imap_range	 range;
	uint32_t		 last;
	int			 code, rc;

	while (uidnext == 0 || p->next_uid < uidnext) {
		memset(&range, 0, sizeof(range));
		range.conn = &r->conn;
		range.folder = folder;
		range.uidvalidity = p->uidvalidity;
		last = 0;
		if (uidnext != 0 && uidnext - p->next_uid > FETCH_LIST_RANGE)
			last = p->next_uid + FETCH_LIST_RANGE - 1;
		code = imap_range_list(&range, p->next_uid, last);
		if (code != 0) {
			free(range.wanted);
			return lost(r, "UID FETCH", code);
		}
		rc = fetch_listed(r, &range);
		if (rc == 0 && last != 0)
			p->next_uid = last + 1;
		else if (rc == 0 && range.n > 0 &&
		    range.wanted[range.n - 1].uid >= p->next_uid)
			p->next_uid = range.wanted[range.n - 1].uid + 1;
		free(range.wanted);
		if (rc != 0)
			return rc;
		if (last == 0)
			break;
	}
	if (uidnext > p->next_uid)
		p->next_uid = uidnext;
	return 0;
}

static int
look_into(struct round *r, uint32_t folder)
{
	struct place			*p = &r->places[folder];
	struct mailimap_selection_info	*info;
	struct fetch_event		 e = {.kind = FETCH_FOLDER};
	int				 code, rc;

	rc = imap_enter(&r->conn, folder, true);
	if (rc != 0)
		return rc == 1 ? 0 : EX_UNAVAILABLE;
	info = r->conn.imap->imap_selection_info;
	e.folder = folder;
	e.uidvalidity = info->sel_uidvalidity;
	e.uidnext = info->sel_uidnext;
	e.exists = info->sel_exists;
	fetch_emit(r->s, &e);
	if (p->next_uid == 0 || p->uidvalidity != info->sel_uidvalidity) {
		/* never seen, or the server counts anew: look at all of it
		 * again; what we have already is known by its hash */
		p->uidvalidity = info->sel_uidvalidity;
		p->retried = 1;
		if ((code = find_floor(r, &p->next_uid)) != 0)
			return lost(r, "UID SEARCH", code);
	}
	if ((rc = fetch_retries(r, folder)) != 0)
		return rc;
	if (e.exists > 0 && (e.uidnext == 0 || e.uidnext > p->next_uid))
		rc = fetch_new(r, folder, e.uidnext);
	if (rc == 0)
		tell(r, FETCH_FOLDER_DONE, folder, 0);
	return rc;
}

static int
look_round(struct round *r)
{
	struct fetch_event	e = {.kind = FETCH_ROUND_DONE};
	uint32_t		i;
	int			rc;

	for (i = (uint32_t)r->s->request->n_folders; i-- > 0;)
		if ((rc = look_into(r, i)) != 0)
			return rc;
	/* the first folder is entered last: IDLE watches it */
	fetch_emit(r->s, &e);
	return 0;
}

/*
 * Wait for news. 1 look again, 0 we are wanted elsewhere, -1 lost.
 */
static int
idle(struct round *r)
{
	int64_t	end = net_now_ms() + r->s->request->poll_ms, left;
	int	woken, code;

	for (;;) {
		left = end - net_now_ms();
		if (left <= 0)
			return 1;
		if (left > FETCH_IDLE_MS)
			left = FETCH_IDLE_MS;
		imap_allow(&r->conn, left + NET_COMMAND_MS,
		    NET_SESSION_BYTES);
		if (mailimap_idle(r->conn.imap) != MAILIMAP_NO_ERROR)
			return -1;
		woken = r->conn.imap->imap_stream->read_buffer_len > 0 ? 1 :
		    net_stream_wait(r->conn.net, r->s->stop_fd, left);
		if (woken == -1)
			return -1;
		imap_allow(&r->conn, NET_COMMAND_MS, NET_SESSION_BYTES);
		code = mailimap_idle_done(r->conn.imap);
		if (code != MAILIMAP_NO_ERROR)
			return -1;
		if (woken == 2)
			return 0;
		if (woken == 1)
			return 1;
	}
}

/* What folders the server has. 0, -1 lost. */
static int
tell_folders(struct round *r)
{
	struct fetch_event	 e = {.kind = FETCH_LISTED_FOLDER};
	struct arena		*arena = arena_new(0);
	struct imap_listed	*list;
	size_t			 n, i;
	int			 rc;

	rc = imap_list(&r->conn, "*", arena, &list, &n);
	for (i = 0; i < n; i++) {
		e.text = list[i].name;
		e.exists = list[i].is_junk;
		fetch_emit(r->s, &e);
	}
	arena_free(arena);
	return rc;
}

/* For `doctor`: is every folder there? Nothing is fetched. */
static int
probe(struct round *r)
{
	struct fetch_event	e = {.kind = FETCH_PEER};
	uint32_t		i;
	int			rc;

	e.received_utc = net_stream_certificate_end(r->conn.net);
	e.text = r->conn.has_idle ? "IDLE" : "no IDLE";
	fetch_emit(r->s, &e);
	if (tell_folders(r) == -1) {
		(void)lost(r, "LIST", MAILIMAP_ERROR_STREAM);
		return EX_UNAVAILABLE;
	}
	for (i = 0; i < r->s->request->n_folders; i++) {
		rc = imap_enter(&r->conn, i, true);
		if (rc == -1)
			return EX_UNAVAILABLE;
		if (rc == 1)
			continue; /* told by imap_enter() */
		e.kind = FETCH_FOLDER;
		e.folder = i;
		e.exists = r->conn.imap->imap_selection_info->sel_exists;
		e.received_utc = 0;
		fetch_emit(r->s, &e);
	}
	e.kind = FETCH_ROUND_DONE;
	fetch_emit(r->s, &e);
	return 0;
}

int
fetch_imap_run(struct fetch_session *s)
{
	struct round	r = {.s = s};
	size_t		i;
	int		rc, more;

	if (s->request->n_folders == 0 ||
	    s->request->n_folders > FETCH_FOLDERS) {
		fetch_trouble(s, FETCH_TROUBLE_CONFIG,
		    "%zu folders; 1 to %d are right", s->request->n_folders,
		    FETCH_FOLDERS);
		return EX_CONFIG;
	}
	for (i = 0; i < s->request->n_folders; i++) {
		r.places[i].uidvalidity = s->request->folders[i].uidvalidity;
		r.places[i].next_uid = s->request->folders[i].next_uid;
	}
	if ((rc = imap_open(&r.conn, s)) != 0)
		return rc;
	r.is_open = 1;
	if (s->request->is_probe) {
		rc = probe(&r);
		imap_close(&r.conn, rc == 0);
		return rc;
	}
	rc = imap_mark(&r.conn);
	while (rc == 0) {
		r.reconnects = 0;
		if ((rc = look_round(&r)) != 0)
			break;
		if (s->request->poll_ms == 0 || !r.conn.has_idle)
			break;
		more = idle(&r);
		if (more == 0)
			break;
		if (more == -1)
			rc = EX_TEMPFAIL; /* the daemon connects anew */
	}
	if (r.is_open)
		imap_close(&r.conn, rc == 0);
	return rc;
}
