/*
 * The daemon's side of fetching. One transaction a group: files moved into
 * the spool, rows, UIDs. The mark of a folder moves only when the worker
 * has dealt with everything below it.
 */
#include "daemon/mailbox.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "daemon/calendar.h"
#include "daemon/campaign.h"
#include "daemon/child_wait.h"
#include "daemon/config.h"
#include "daemon/fetch_client.h"
#include "daemon/intake.h"
#include "daemon/limits.h"
#include "daemon/log.h"
#include "daemon/mail_facts.h"
#include "daemon/mailbox_request.h"
#include "daemon/office.h"
#include "daemon/reason.h"
#include "daemon/secret.h"
#include "daemon/sender_cap.h"
#include "daemon/trouble.h"
#include "daemon/unfetched.h"
#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/strbuf.h"
#include "spool/arrival.h"
#include "spool/folder.h"
#include "spool/kv.h"

struct mailbox {
	struct office	*office;
	struct fetch_client *client; /* NULL: nothing runs */
	struct arena	*arena;	     /* of the group and the request */
	const char	*account;
	struct fetch_folder *folders; /* as the worker was asked; no names
				   are changed under it by a reload */
	size_t		 n_folders;  /* 0: a maildir */
	uint32_t	 retried;    /* bits: the tries in it are counted */
	struct arrival	 group[ARRIVAL_GROUP];
	size_t		 n_group;
	int64_t		 group_ms;   /* it waits for more until then */
	bool		 is_round_done;
	bool		 had_trouble;
	bool		 had_outside; /* … that was not our own disk's */
	bool		 was_cut;    /* after a whole round */
	uint32_t	 goal;	     /* the server's UIDNEXT of this folder */
	char		 progress[160]; /* "" */
	bool		 lost_group; /* the store failed: no mark may move */
	bool		 lost_folder; /* of this round: one was not read */
	bool		 lost_mail;   /* of this round: asked for again later */
	uint32_t	 told_absent; /* bits of folders that are not there */
	size_t		 n_taken;    /* new mails since trouble began */
};

struct mailbox *
mailbox_new(struct office *o)
{
	struct mailbox	*mb = calloc(1, sizeof(*mb));

	if (mb == NULL)
		abort();
	mb->office = o;
	mb->arena = arena_new(0);
	return mb;
}

bool
mailbox_is_running(const struct mailbox *mb)
{
	return mb->client != NULL;
}

int
mailbox_fd(const struct mailbox *mb)
{
	return mb->client != NULL ? fetch_fd(mb->client) : -1;
}

void
mailbox_stop(struct mailbox *mb)
{
	if (mb->client != NULL)
		fetch_stop(mb->client);
}

bool
mailbox_has_trouble(const struct mailbox *mb)
{
	return mb->had_trouble;
}

const char *
mailbox_progress(const struct mailbox *mb)
{
	return mb->progress;
}

bool
mailbox_was_cut(const struct mailbox *mb)
{
	return mb->was_cut;
}

time_t
mailbox_last_ok(const struct office *o)
{
	return kv_int(o->store, KV_FETCH_OK, 0);
}

int64_t
mailbox_due_ms(const struct mailbox *mb)
{
	return mb->n_group > 0 ? mb->group_ms : -1;
}

/* The name of a folder by its number in the request; "" of a maildir. */
static const char *
folder_name(const struct mailbox *mb, uint32_t folder)
{
	return folder < mb->n_folders ? mb->folders[folder].name : "";
}

static int
one_row(const struct uid *u, void *arg)
{
	(void)u;
	(void)arg;
	return 1;
}

bool
mailbox_has_marks(const struct mailbox *mb)
{
	const struct config *c = mb->office->config;
	size_t	 i;

	for (i = 0; c->after != AFTER_NOTHING && mb->account != NULL &&
	    c->mailbox.kind != ENDPOINT_MAILDIR && i < c->n_folders; i++)
		if (uid_each_unmarked(mb->office->store, mb->account,
		    c->folders[i], one_row, NULL) == 1)
			return true;
	return false;
}

/* ---- trouble: told once, and once when it is over */

static void
note_trouble(struct mailbox *mb, enum fetch_trouble kind, const char *why,
    time_t now)
{
	mb->had_trouble = true;
	mb->had_outside |= kind != FETCH_TROUBLE_DISK;
	trouble_fetching(mb->office, mb->account, reason_trouble(kind), why,
	    now);
}

/*
 * Where the server has no junk folder there is no junk: said once, and all
 * has been read. Any other folder that is missing may hold reports.
 */
static void
note_folder(struct mailbox *mb, const struct fetch_event *e, time_t now)
{
	const uint32_t	bit = 1U << (e->folder % FETCH_FOLDERS);

	if (e->trouble == FETCH_TROUBLE_ABSENT && mail_is_junk_folder(
	    folder_name(mb, e->folder), mb->arena)) {
		if ((mb->told_absent & bit) == 0)
			log_info("fetch: %s: %s", mb->account, e->text);
		mb->told_absent |= bit;
		return;
	}
	mb->lost_folder = true;
	note_trouble(mb, e->trouble, e->text, now);
}

static void
note_round(struct mailbox *mb, time_t now)
{
	struct store	*st = mb->office->store;
	char		*place;

	trouble_fetching_over(mb->office, mb->account);
	place = kv_text(st, KV_FETCH_PLACE);
	if (kv_set_int(st, KV_FETCH_OK, now) == -1 ||
	    (place != NULL && kv_drop(st, KV_FETCH_PLACE) == -1))
		log_error("fetch: %s", store_error(st));
	free(place);
	mb->progress[0] = '\0';
}

void
mailbox_start(struct mailbox *mb, int64_t stay_ms, time_t now)
{
	struct fetch_request rq;
	struct strbuf	 secret = { 0 };

	if (mb->client != NULL)
		return;
	arena_free(mb->arena);
	mb->arena = arena_new(0);
	mb->n_group = 0;
	mb->is_round_done = mb->had_trouble = mb->lost_group = false;
	mb->lost_folder = mb->lost_mail = mb->had_outside = false;
	mb->was_cut = false;
	mb->n_folders = 0;
	mb->retried = 0;
	mb->account = arena_printf(mb->arena, "%s %s",
	    mb->office->config->mailbox.url,
	    mb->office->config->mailbox.user);
	if (secret_load(&mb->office->config->mailbox, &secret) == -1) {
		note_trouble(mb, FETCH_TROUBLE_CONFIG,
		    strbuf_get(&secret), now);
	} else if (mailbox_request(mb->office, mb->account, mb->arena,
	    stay_ms, now, &rq) == -1) {
		note_trouble(mb, FETCH_TROUBLE_DISK,
		    store_error(mb->office->store), now);
	} else {
		mb->folders = rq.folders;
		mb->n_folders = rq.n_folders;
		mb->client = fetch_start(&rq, strbuf_get(&secret));
	}
	secret_wipe(&secret);
}

/* ---- events */

static void
flush_group(struct mailbox *mb)
{
	struct store	*st = mb->office->store;
	size_t		 i, n = mb->n_group;

	if (n == 0)
		return;
	mb->n_group = 0;
	if (arrival_take(st, mb->group, n) == -1) {
		/* Everything is still there: incoming/, and the server. */
		log_error("fetch: cannot take in %zu mails: %s", n,
		    store_error(st));
		mb->lost_group = true;
		return;
	}
	/* Where this fails they are only read sooner. */
	if (sender_cap_apply(mb->office, mb->group, n) == -1)
		log_error("fetch: %s", store_error(st));
	for (i = 0; i < n; i++)
		mb->n_taken += mb->group[i].is_new;
}

static void
add_message(struct mailbox *mb, const struct fetch_event *e, time_t now)
{
	struct arrival	*a = &mb->group[mb->n_group++];
	const struct calendar *cal = mb->office->calendar;

	if (mb->n_group == 1)
		mb->group_ms = child_deadline(FETCH_GATHER_MS);
	memset(a, 0, sizeof(*a));
	a->sha256 = arena_strdup(mb->arena, e->sha256);
	a->form = FILES_MAIL;
	a->name = arena_strdup(mb->arena, e->name);
	a->size = e->size;
	a->received_utc = e->received_utc;
	a->taken_utc = now;
	a->account = mb->account;
	a->sender = (int64_t)e->sender;
	a->folder = folder_name(mb, e->folder);
	a->uidvalidity = e->uidvalidity;
	a->uid = e->name[0] != '\0' ? fetch_name_hash(e->name) : e->uid;
	a->is_backlog = e->received_utc < day_start(calendar_add_workdays(
	    cal, day_of(now), -MAILBOX_BACKLOG_WORKDAYS));
	if (mb->n_group == ARRIVAL_GROUP)
		flush_group(mb);
}

static struct unfetched
unfetched_in(const struct mailbox *mb, uint32_t folder, time_t now)
{
	struct unfetched u = { mb->office, mb->account,
		folder_name(mb, folder), mb->arena, now };

	return u;
}

/* One that could not be got. Not told to the clerk: it comes again. */
static void
lose_mail(struct mailbox *mb, const struct fetch_event *e,
    enum unfetched_why why, time_t now)
{
	struct unfetched u = unfetched_in(mb, e->folder, now);

	switch (unfetched_note(&u, e, why)) {
	case 0:
		mb->lost_mail = mb->had_outside = true;
		break;
	case -1:
		mb->lost_group = true;
		break;
	}
}

static void
save_folder(struct mailbox *mb, const struct fetch_event *e, time_t ok)
{
	struct folder	 f = { .account = mb->account,
		.name = folder_name(mb, e->folder),
		.uidvalidity = e->uidvalidity, .uidnext = e->uidnext,
		.ok_utc = ok };

	if (!mb->lost_group && folder_save(mb->office->store, &f) == -1)
		log_error("fetch: %s", store_error(mb->office->store));
}

/* A part of a folder is done with: told where there is much to read. */
static void
note_place(struct mailbox *mb, const struct fetch_event *e)
{
	struct store	*st = mb->office->store;
	struct folder	*known = folder_find(st, mb->account,
		folder_name(mb, e->folder));

	save_folder(mb, e, known != NULL ? known->ok_utc : 0);
	free(known);
	if (mb->goal <= e->uidnext)
		return;
	(void)snprintf(mb->progress, sizeof(mb->progress),
	    "%s: UID %" PRIu32 " of %" PRIu32,
	    folder_name(mb, e->folder), e->uidnext - 1,
	    mb->goal - 1);
	if (kv_set_text(st, KV_FETCH_PLACE, mb->progress) == -1)
		log_error("fetch: %s", store_error(st));
}

/* The server counts anew: our mark of that folder means nothing now. */
static void
enter_folder(struct mailbox *mb, const struct fetch_event *e, time_t now)
{
	const uint32_t	bit = 1U << (e->folder % FETCH_FOLDERS);
	struct unfetched u = unfetched_in(mb, e->folder, now);
	struct folder	*known = folder_find(mb->office->store, mb->account,
		folder_name(mb, e->folder));
	struct fetch_event fresh = *e;

	if (known != NULL && known->uidvalidity != 0 &&
	    known->uidvalidity != e->uidvalidity) {
		log_warn("fetch: %s %s: UIDVALIDITY %u is now %u, "
		    "reading the folder again", mb->account, known->name,
		    known->uidvalidity, e->uidvalidity);
		fresh.uidnext = 0;
		save_folder(mb, &fresh, known->ok_utc);
	}
	free(known);
	if (e->folder < mb->n_folders && (mb->retried & bit) == 0 &&
	    unfetched_try(&u, &mb->folders[e->folder], e) == -1)
		mb->lost_group = true;
	mb->retried |= bit;
}

static void
take_event(struct mailbox *mb, const struct fetch_event *e, time_t now)
{
	struct uid	 u = { .account = mb->account, .text = "",
		.folder = folder_name(mb, e->folder),
		.uidvalidity = e->uidvalidity, .uid = e->uid };

	if (e->kind != FETCH_MESSAGE)
		flush_group(mb);
	switch (e->kind) {
	case FETCH_FOLDER:
		mb->goal = e->uidnext;
		enter_folder(mb, e, now);
		break;
	case FETCH_PLACE:
		note_place(mb, e);
		break;
	case FETCH_MESSAGE:
		add_message(mb, e, now);
		break;
	case FETCH_REFUSED:
		lose_mail(mb, e, UNFETCHED_TOO_LARGE, now);
		break;
	case FETCH_FAILED:
		lose_mail(mb, e, UNFETCHED_FAILED, now);
		break;
	case FETCH_GONE:
		lose_mail(mb, e, UNFETCHED_GONE, now);
		break;
	case FETCH_FOLDER_DONE:
		save_folder(mb, e, now);
		break;
	case FETCH_ROUND_DONE:
		mb->is_round_done = !mb->lost_group && !mb->lost_folder &&
		    !mb->lost_mail;
		if (mb->is_round_done)
			note_round(mb, now);
		/* single mails are asked for again by the next request */
		if (mb->lost_mail)
			mailbox_stop(mb);
		mb->lost_folder = mb->lost_mail = false;
		break;
	case FETCH_TROUBLE:
		if (e->trouble == FETCH_TROUBLE_ABSENT ||
		    e->trouble == FETCH_TROUBLE_FOLDER)
			note_folder(mb, e, now);
		else
			note_trouble(mb, e->trouble, e->text, now);
		break;
	case FETCH_MARKED:
		if (uid_mark(mb->office->store, &u) == -1)
			log_error("fetch: %s",
			    store_error(mb->office->store));
		break;
	case FETCH_PEER:
	case FETCH_LISTED_FOLDER:
		break; /* of a probe, which this is not */
	}
}

bool
mailbox_turn(struct mailbox *mb, time_t now)
{
	struct fetch_event e;
	bool		 done = false;
	int		 rc, status;

	if (mb->client == NULL)
		return false;
	while ((rc = fetch_next(mb->client, &e)) == 1) {
		take_event(mb, &e, now);
		done = true;
	}
	/* the worker tells the end of what it has at once */
	if (rc != 0 || child_deadline(0) >= mb->group_ms)
		flush_group(mb);
	if (rc == 0)
		return done;
	status = fetch_finish(mb->client, WORKER_LEAVE_MS);
	mb->client = NULL;
	mb->was_cut = status == EX_TEMPFAIL && mb->is_round_done;
	if (status != 0 && !mb->had_trouble && !mb->was_cut)
		note_trouble(mb, FETCH_TROUBLE_WORKER, arena_printf(mb->arena,
		    "tiepnhan-fetch ended without a word (exit code %d)",
		    status), now);
	return true;
}

enum mailbox_end
mailbox_run(struct mailbox *mb, struct intake *in, time_t now)
{
	struct pollfd	 fds[1 + INTAKE_CHILDREN];
	int		 wait_ms;
	size_t		 n;

	mailbox_start(mb, 0, now);
	while (mb->client != NULL) {
		fds[0].fd = fetch_fd(mb->client);
		fds[0].events = POLLIN;
		n = intake_fds(in, fds + 1);
		wait_ms = mb->n_group > 0 || n > 0 ? FETCH_GATHER_MS : -1;
		if (poll(fds, 1 + n, wait_ms) == -1 && errno != EINTR)
			panic("fetch: poll: %s", strerror(errno));
		(void)mailbox_turn(mb, now);
		intake_read(in, now);
	}
	return mb->is_round_done ? MAILBOX_READ : mb->had_outside ?
	    MAILBOX_UNREAD : MAILBOX_DISK;
}

int
mailbox_exit(enum mailbox_end e)
{
	return e == MAILBOX_READ ? EX_OK : e == MAILBOX_DISK ? EX_TEMPFAIL :
	    EX_UNAVAILABLE;
}

void
mailbox_free(struct mailbox *mb)
{
	if (mb == NULL)
		return;
	flush_group(mb);
	if (mb->client != NULL) {
		fetch_stop(mb->client);
		(void)fetch_finish(mb->client, WORKER_LEAVE_MS);
	}
	arena_free(mb->arena);
	free(mb);
}
