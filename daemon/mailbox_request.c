/*
 * What the worker is asked for: from where on, which again, and of which
 * the server is to be told.
 */
#include "daemon/mailbox_request.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/config.h"
#include "daemon/fetch.h"
#include "daemon/limits.h"
#include "daemon/office.h"
#include "parsers/arena.h"
#include "parsers/limits.h"
#include "spool/files.h"
#include "spool/folder.h"

struct asking {
	const struct office *office;
	const char	*account;
	struct arena	*arena;
};

struct gather {
	struct arena	*arena;
	uint64_t	*uids;
	size_t		 n;
	size_t		 cap;
};

static int
gather_uid(const struct uid *u, void *arg)
{
	struct gather	*g = arg;

	g->uids = arena_grow(g->arena, g->uids, g->n, &g->cap,
	    sizeof(*g->uids));
	g->uids[g->n++] = u->uid;
	return 0;
}

/* A maildir: the names we know; failed ones are not among them. */
static int
add_seen(struct asking *a, struct fetch_request *rq)
{
	static const enum uid_state known[] = { UID_STORED, UID_REFUSED };
	struct gather	 g = { a->arena, NULL, 0, 0 };
	size_t		 i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (uid_each(a->office->store, a->account, "", known[i],
		    gather_uid, &g) == -1)
			return -1;
	rq->seen = g.uids;
	rq->n_seen = g.n;
	return 0;
}

static int
add_marks(struct asking *a, struct fetch_request *rq, uint32_t folder,
    uint32_t uidvalidity)
{
	struct gather	 g = { a->arena, NULL, 0, 0 };
	struct fetch_mark *marks;
	size_t		 i;

	if (rq->after == FETCH_AFTER_NOTHING)
		return 0;
	if (uid_each_unmarked(a->office->store, a->account,
	    rq->folders[folder].name, gather_uid, &g) == -1)
		return -1;
	marks = arena_calloc(a->arena, rq->n_marks + g.n + 1,
	    sizeof(*marks));
	if (rq->n_marks > 0)
		memcpy(marks, rq->marks, rq->n_marks * sizeof(*marks));
	for (i = 0; i < g.n; i++) {
		marks[rq->n_marks].folder = folder;
		marks[rq->n_marks].uidvalidity = uidvalidity;
		marks[rq->n_marks++].uid = (uint32_t)g.uids[i];
	}
	rq->marks = marks;
	return 0;
}

/* UIDs that failed are asked for again. */
static int
add_retries(struct asking *a, struct fetch_folder *f)
{
	struct gather	 g = { a->arena, NULL, 0, 0 };
	uint32_t	*retry;
	size_t		 i;

	if (uid_each_retry(a->office->store, a->account, f->name,
	    gather_uid, &g) == -1)
		return -1;
	if (g.n == 0)
		return 0;
	retry = arena_calloc(a->arena, g.n, sizeof(*retry));
	for (i = 0; i < g.n; i++)
		retry[i] = (uint32_t)g.uids[i];
	f->retry = retry;
	f->n_retry = g.n;
	return 0;
}

static int
add_folders(struct asking *a, struct fetch_request *rq)
{
	const struct config *c = a->office->config;
	struct folder	*known;
	size_t		 i;

	rq->n_folders = c->n_folders < FETCH_FOLDERS ? c->n_folders :
	    FETCH_FOLDERS;
	rq->folders = arena_calloc(a->arena, rq->n_folders + 1,
	    sizeof(*rq->folders));
	for (i = 0; i < rq->n_folders; i++) {
		struct fetch_folder *f = &rq->folders[i];

		f->name = arena_strdup(a->arena, c->folders[i]);
		known = folder_find(a->office->store, a->account, f->name);
		if (known != NULL) {
			f->uidvalidity = known->uidvalidity;
			f->next_uid = known->uidnext;
		}
		free(known);
		if (add_retries(a, f) == -1 ||
		    add_marks(a, rq, (uint32_t)i, f->uidvalidity) == -1)
			return -1;
	}
	return 0;
}

int
mailbox_request(const struct office *o, const char *account,
    struct arena *arena, int64_t stay_ms, time_t now,
    struct fetch_request *rq)
{
	struct asking	 a = { o, account, arena };
	static const enum fetch_after after[] = {
		[AFTER_NOTHING] = FETCH_AFTER_NOTHING,
		[AFTER_KEYWORD] = FETCH_AFTER_KEYWORD,
		[AFTER_MOVE] = FETCH_AFTER_MOVE };
	const struct config *c = o->config;

	memset(rq, 0, sizeof(*rq));
	rq->url = c->mailbox.url;
	rq->user = c->mailbox.user;
	rq->ca_file = c->mailbox.ca_file;
	rq->xoauth2 = c->mailbox.token_command[0] != '\0';
	rq->spool = files_path(o->store);
	rq->since_utc = office_since(o, now);
	rq->max_bytes = LIMIT_MAIL_BYTES;
	rq->poll_ms = stay_ms;
	rq->after = after[c->after];
	rq->after_name = c->after_name;
	if (c->mailbox.kind == ENDPOINT_MAILDIR)
		return add_seen(&a, rq);
	return add_folders(&a, rq);
}
