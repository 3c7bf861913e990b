/*
 * Sending what is entered. What is said is checked again at the last
 * moment; what the server answers decides what becomes of the row. A mail
 * whose end nobody knows is uncertain and tried once more with the same
 * Message-ID.
 */
#include "daemon/post.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "daemon/clerk_mail.h"
#include "daemon/config.h"
#include "daemon/limits.h"
#include "daemon/log.h"
#include "daemon/office.h"
#include "daemon/recheck.h"
#include "daemon/reminders.h"
#include "daemon/secret.h"
#include "daemon/send.h"
#include "daemon/sent.h"
#include "daemon/trouble.h"
#include "daemon/unasked.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "spool/outgoing.h"

/* One message in the worker's hands. */
struct handed {
	int64_t		 outgoing;
	time_t		 first_try; /* when it was to go at first */
	bool		 is_settled;
};

struct post {
	struct office	*office;
	struct send_client *client; /* NULL: nothing runs */
	struct handed	 handed[POST_BATCH];
	size_t		 n_handed;
	time_t		 not_before; /* after trouble with the server */
	time_t		 now;	     /* of the last turn */
};

static void	take_results(struct post *, time_t, bool);

struct post *
post_new(struct office *o)
{
	struct post	*p = calloc(1, sizeof(*p));

	if (p == NULL)
		abort();
	p->office = o;
	return p;
}

void
post_free(struct post *p)
{
	if (p == NULL)
		return;
	if (p->client != NULL)
		take_results(p, p->now, true);
	free(p);
}

bool
post_is_running(const struct post *p)
{
	return p->client != NULL;
}

int
post_fd(const struct post *p)
{
	return p->client != NULL ? send_fd(p->client) : -1;
}

/* ---- results */

/* As long again as it has tried already: 5 min, 10, … up to six hours. */
static time_t
pause_after(const struct handed *h, time_t now)
{
	time_t	 tried = now - h->first_try;

	if (tried < POST_RETRY_MIN_S)
		return POST_RETRY_MIN_S;
	return tried < POST_RETRY_MAX_S ? tried : POST_RETRY_MAX_S;
}

static void
put_result(struct post *p, struct handed *h, const struct outgoing_result *r)
{
	h->is_settled = true;
	if (outgoing_settle(p->office->store, h->outgoing, r) == -1)
		log_error("post: %s", store_error(p->office->store));
}

static void
settle(struct post *p, struct handed *h, const struct send_event *e,
    time_t now)
{
	struct outgoing_result r = { .time_utc = now, .code = e->code,
		.error = e->text };

	switch (e->result) {
	case SEND_SENT:
		r.state = OUTGOING_SENT;
		break;
	case SEND_FAILED:
		r.state = OUTGOING_FAILED;
		break;
	case SEND_UNCERTAIN:
		r.state = OUTGOING_UNCERTAIN;
		break;
	case SEND_LATER:
		r.state = now - h->first_try >= POST_GIVE_UP_S ?
		    OUTGOING_FAILED : OUTGOING_LATER;
		r.next_try_utc = now + pause_after(h, now);
		break;
	case SEND_TROUBLE:
		r.state = OUTGOING_LATER;
		r.next_try_utc = p->not_before = now + POST_TROUBLE_S;
		trouble_sending(p->office, e->code, e->text, now);
		break;
	case SEND_READY:
		return; /* of a probe, which this is not */
	}
	if (e->result == SEND_SENT || e->result == SEND_FAILED)
		trouble_sending_over(p->office, now);
	put_result(p, h, &r);
	sent_note(p->office, h->outgoing, now);
}

/*
 * The worker has ended. It takes one message after the other and tells
 * each one's end: so only the first without one may have been in its hands
 * (into a maildir several, but there once more makes no second copy).
 * Where it stopped by itself, none was.
 */
static void
settle_rest(struct post *p, bool stopped, time_t now)
{
	static const struct send_event lost = { .result = SEND_UNCERTAIN,
		.text = "the worker ended without a word" };
	struct outgoing_result untouched = { .state = OUTGOING_PENDING,
		.time_utc = now, .next_try_utc = now, .error = "" };
	size_t		 i;

	for (i = 0; i < p->n_handed; i++) {
		if (p->handed[i].is_settled)
			continue;
		if (stopped) {
			put_result(p, &p->handed[i], &untouched);
			continue;
		}
		settle(p, &p->handed[i], &lost, now);
		stopped = true;
	}
	p->n_handed = 0;
}

/* Results that came together. */
struct results {
	struct arena	*arena;
	struct handed	*handed[POST_BATCH];
	struct send_event events[POST_BATCH];
	size_t		 n;
};

/* One result for each message; whatever else the worker says is nothing. */
static void
take_result(struct post *p, const struct send_event *e, struct results *r)
{
	struct handed	*h;

	for (h = p->handed; h < p->handed + p->n_handed; h++) {
		if (h->outgoing != (int64_t)e->id || h->is_settled)
			continue;
		h->is_settled = true;
		r->handed[r->n] = h;
		r->events[r->n] = *e;
		r->events[r->n++].text = arena_strdup(r->arena, e->text);
	}
}

static void
settle_all(struct post *p, const struct results *r, time_t now)
{
	size_t	 i;

	for (i = 0; i < r->n; i++)
		settle(p, r->handed[i], &r->events[i], now);
}

/* By one commit; where that fails, as much of it as can be. */
static void
settle_together(struct post *p, const struct results *r, time_t now)
{
	struct store	*st = p->office->store;

	if (r->n > 0 && store_group_begin(st, STORE_GROUP_SYNCED) == 0) {
		settle_all(p, r, now);
		if (store_group_commit(st) == 0)
			return;
		log_error("post: %s", store_error(st));
	}
	settle_all(p, r, now);
}

/* All results that are there; `leave`: and no more of this worker. */
static void
take_results(struct post *p, time_t now, bool leave)
{
	struct results	 r = { .arena = arena_new(0) };
	struct send_event e;
	int		 rc, status;

	if (leave)
		send_leave(p->client);
	while ((rc = send_next(p->client, &e)) == 1)
		take_result(p, &e, &r);
	settle_together(p, &r, now);
	arena_free(r.arena);
	if (rc == 0 && !leave)
		return;
	status = send_finish(p->client, WORKER_LEAVE_MS);
	p->client = NULL;
	/* It sent nothing and may be as helpless at once again. */
	if (status != 0 && status != EX_SOFTWARE && !leave) {
		p->not_before = now + POST_TROUBLE_S;
		trouble_sending(p->office, 0, status == EX_TEMPFAIL ?
		    "the server is away" : "tiepnhan-send cannot work", now);
	}
	settle_rest(p, status != 0 && status != EX_SOFTWARE, now);
}

/* ---- handing over */

struct batch {
	struct post	*post;
	struct arena	*arena;
	time_t		 now;
	struct send_message messages[POST_BATCH];
	int64_t		 rows[POST_BATCH];
	time_t		 first_try[POST_BATCH];
	char		*to[POST_BATCH];
	size_t		 n;
	bool		 is_meanwhile;
};

/*
 * What may have gone out already goes alone: should this try end without
 * a word too, it is certain whose end that was.
 */
static int
due_row(const struct outgoing *o, void *arg)
{
	struct batch	*b = arg;

	if (o->uncertain > 0 && b->n > 0)
		return 0;
	if (b->is_meanwhile && (o->uncertain > 0 || unasked_is_kind(o->kind)))
		return 0;
	b->rows[b->n] = o->outgoing;
	b->first_try[b->n] = o->created_utc;
	b->to[b->n] = arena_strdup(b->arena, o->to);
	return ++b->n == POST_BATCH || o->uncertain > 0;
}

/* Claim, then into the request. */
static void
hand_over(struct batch *b, size_t i, struct send_request *rq)
{
	struct post	*p = b->post;
	struct send_message *m = &b->messages[rq->n_messages];
	void		*raw;

	raw = outgoing_raw(p->office->store, b->rows[i], &m->raw.len);
	if (raw == NULL || outgoing_claim(p->office->store, b->rows[i]) ==
	    -1) {
		log_error("post: %s", store_error(p->office->store));
		free(raw);
		return;
	}
	m->raw.data = raw;
	m->id = (uint64_t)b->rows[i];
	m->to = b->to[i];
	rq->n_messages++;
	p->handed[p->n_handed].outgoing = b->rows[i];
	p->handed[p->n_handed].first_try = b->first_try[i];
	p->handed[p->n_handed++].is_settled = false;
}

/*
 * What may still go, claimed on disk by one commit before the worker sees
 * it. False where that fails: then nothing goes.
 */
static bool
claim_batch(struct batch *b, struct send_request *rq, bool is_read)
{
	struct post	*p = b->post;
	struct store	*st = p->office->store;
	size_t		 i;

	if (store_group_begin(st, STORE_GROUP_SYNCED) == -1) {
		log_error("post: %s", store_error(st));
		return false;
	}
	for (i = 0; i < b->n; i++)
		if (recheck_mail(p->office, b->rows[i], is_read, b->now))
			hand_over(b, i, rq);
	if (store_group_commit(st) == 0)
		return true;
	log_error("post: %s", store_error(st));
	for (i = 0; i < rq->n_messages; i++)
		free((void *)(uintptr_t)b->messages[i].raw.data);
	rq->n_messages = p->n_handed = 0;
	return false;
}

static bool
start_batch(struct post *p, bool is_read, bool is_meanwhile, time_t now)
{
	const struct config *c = p->office->config;
	struct batch	 b = { .post = p, .now = now,
		.is_meanwhile = is_meanwhile };
	struct strbuf	 secret = { 0 };
	struct send_request rq = { c->outgoing.url, c->outgoing.user,
		c->outgoing.ca_file, c->outgoing.token_command[0] != '\0',
		c->from_address, b.messages, 0 };
	bool		 changed = false;
	size_t		 i;

	if (now < p->not_before || outgoing_next_try(p->office->store) == 0)
		return false;
	b.arena = arena_new(0);
	if (outgoing_each_due(p->office->store, now, due_row, &b) == -1)
		log_error("post: %s", store_error(p->office->store));
	if (is_meanwhile && b.n < POST_BATCH)
		b.n = 0;
	if (b.n > 0 && secret_load(&c->outgoing, &secret) == -1) {
		log_error("post: %s", strbuf_get(&secret));
		p->not_before = now + POST_TROUBLE_S;
		b.n = 0;
	}
	if (b.n > 0)
		changed = claim_batch(&b, &rq, is_read);
	if (rq.n_messages > 0)
		p->client = send_start(&rq, strbuf_get(&secret));
	for (i = 0; i < rq.n_messages; i++)
		free((void *)(uintptr_t)b.messages[i].raw.data);
	secret_wipe(&secret);
	arena_free(b.arena);
	return changed;
}

bool
post_turn(struct post *p, bool is_read, time_t now)
{
	p->now = now;
	if (p->client == NULL)
		return start_batch(p, is_read, false, now);
	take_results(p, now, false);
	return p->client == NULL;
}

void
post_meanwhile(struct post *p, time_t now)
{
	p->now = now;
	if (p->client != NULL)
		take_results(p, now, false);
	if (p->client == NULL &&
	    p->office->config->outgoing.kind != ENDPOINT_NONE)
		(void)start_batch(p, false, true, now);
}

time_t
post_due(const struct post *p)
{
	/* Of the row itself the agenda knows. */
	return p->client == NULL && p->not_before > p->now &&
	    outgoing_next_try(p->office->store) != 0 ? p->not_before : 0;
}

/* ---- deciding */

struct reviving {
	struct post	*post;
	int64_t		 rows[POST_BATCH];
	size_t		 n;
};

/*
 * Uncertain ones are tried once more. Into a maildir a second try cannot
 * make a second copy: there every one is.
 */
static int
uncertain_row(const struct outgoing *o, void *arg)
{
	struct reviving	*r = arg;

	if (o->uncertain >= 2 && r->post->office->config->outgoing.kind !=
	    ENDPOINT_MAILDIR)
		return 0;
	r->rows[r->n] = o->outgoing;
	return ++r->n == POST_BATCH;
}

static int
revive_uncertain(struct post *p, time_t now)
{
	struct reviving	 r = { .post = p };
	struct outgoing_result again = { .state = OUTGOING_PENDING,
		.time_utc = now, .error = "" };
	size_t		 i;

	if (outgoing_each(p->office->store, OUTGOING_UNCERTAIN,
	    uncertain_row, &r) == -1)
		return -1;
	again.next_try_utc = p->office->config->outgoing.kind ==
	    ENDPOINT_MAILDIR ? now : now + POST_UNCERTAIN_S;
	for (i = 0; i < r.n; i++)
		if (outgoing_settle(p->office->store, r.rows[i], &again) ==
		    -1)
			return -1;
	return 0;
}

int
post_decide(struct post *p, bool is_read, time_t now)
{
	if (p->office->config->outgoing.kind == ENDPOINT_NONE)
		return 0;
	if (revive_uncertain(p, now) == -1 ||
	    recheck_waiting(p->office, is_read, now) == -1 ||
	    reminders_decide(p->office, is_read, now) == -1 ||
	    clerk_mail_decide(p->office, is_read, now) == -1)
		return -1;
	return 0;
}

int
post_run(struct post *p, bool is_read, time_t now)
{
	struct pollfd	 pfd;
	struct batch	 left = { .post = p };

	if (p->office->config->outgoing.kind == ENDPOINT_NONE)
		return 0;
	while (post_turn(p, is_read, now) || p->client != NULL) {
		if (p->client == NULL)
			continue;
		pfd.fd = send_fd(p->client);
		pfd.events = POLLIN;
		if (poll(&pfd, 1, -1) == -1 && errno != EINTR)
			panic("post: poll: %s", strerror(errno));
	}
	/* What could not go now, and what failed the moment before. */
	left.arena = arena_new(0);
	if (outgoing_each(p->office->store, OUTGOING_LATER, due_row,
	    &left) == -1)
		left.n = 1;
	if (left.n == 0 && outgoing_each_due(p->office->store, now, due_row,
	    &left) == -1)
		left.n = 1;
	arena_free(left.arena);
	return (int)left.n;
}
