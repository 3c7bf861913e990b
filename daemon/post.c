/*
 * Sending what is entered. What is said is checked again at the last
 * moment; what the server answers decides what becomes of the row. Where
 * the worker ends without a word, the row is uncertain and tried once more
 * with the same Message-ID.
 */
#include "daemon/post.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/clerk_mail.h"
#include "daemon/config.h"
#include "daemon/limits.h"
#include "daemon/log.h"
#include "daemon/office.h"
#include "daemon/reminders.h"
#include "daemon/secret.h"
#include "daemon/send.h"
#include "daemon/unasked.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "spool/outgoing.h"

/* One message in the worker's hands. */
struct handed {
	int64_t		 outgoing;
	int		 attempts;
	bool		 is_settled;
};

struct post {
	struct office	*office;
	struct send_client *client; /* NULL: nothing runs */
	struct handed	 handed[POST_BATCH];
	size_t		 n_handed;
	time_t		 not_before; /* after trouble with the server */
	bool		 is_told;    /* of that trouble, in the log */
};

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
	/* What it had is found as "sending" at the next start. */
	if (p->client != NULL)
		(void)send_finish(p->client, WORKER_LEAVE_MS);
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

/* 5 min, 10, 20 … up to six hours between tries. */
static time_t
pause_after(int attempts)
{
	time_t	 pause = POST_RETRY_MIN_S;

	while (--attempts > 0 && pause < POST_RETRY_MAX_S)
		pause *= 2;
	return pause < POST_RETRY_MAX_S ? pause : POST_RETRY_MAX_S;
}

static void
settle(struct post *p, struct handed *h, const struct send_event *e,
    time_t now)
{
	struct outgoing_result r = { .time_utc = now, .code = e->code,
		.error = e->text };

	h->is_settled = true;
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
		r.state = h->attempts * pause_after(h->attempts) >
		    POST_GIVE_UP_S ? OUTGOING_FAILED : OUTGOING_LATER;
		r.next_try_utc = now + pause_after(h->attempts);
		break;
	case SEND_TROUBLE:
		r.state = OUTGOING_LATER;
		r.next_try_utc = p->not_before = now + POST_TROUBLE_S;
		if (!p->is_told)
			log_error("post: %s: %s",
			    p->office->config->outgoing.url, e->text);
		p->is_told = true;
		break;
	}
	if (e->result != SEND_TROUBLE)
		p->is_told = false;
	if (outgoing_settle(p->office->store, h->outgoing, &r) == -1)
		log_error("post: %s", store_error(p->office->store));
	else if (e->result != SEND_TROUBLE)
		unasked_log_sent(p->office, h->outgoing, r.state, now);
}

static void
take_results(struct post *p, time_t now)
{
	static const struct send_event lost = { 0, SEND_UNCERTAIN, 0,
		"the worker ended without a word" };
	struct send_event e;
	size_t		 i;
	int		 rc;

	while ((rc = send_next(p->client, &e)) == 1)
		for (i = 0; i < p->n_handed; i++)
			if (p->handed[i].outgoing == (int64_t)e.id &&
			    !p->handed[i].is_settled)
				settle(p, &p->handed[i], &e, now);
	if (rc == 0)
		return;
	(void)send_finish(p->client, WORKER_LEAVE_MS);
	p->client = NULL;
	for (i = 0; i < p->n_handed; i++)
		if (!p->handed[i].is_settled)
			settle(p, &p->handed[i], &lost, now);
	p->n_handed = 0;
}

/* ---- handing over */

struct batch {
	struct post	*post;
	struct arena	*arena;
	time_t		 now;
	struct send_message messages[POST_BATCH];
	int64_t		 rows[POST_BATCH];
	int		 attempts[POST_BATCH];
	char		*to[POST_BATCH];
	size_t		 n;
};

static int
due_row(const struct outgoing *o, void *arg)
{
	struct batch	*b = arg;

	b->rows[b->n] = o->outgoing;
	b->attempts[b->n] = o->attempts;
	b->to[b->n] = arena_strdup(b->arena, o->to);
	return ++b->n == POST_BATCH;
}

/* Is it still true and lawful? If not it is withdrawn. */
static bool
recheck(struct batch *b, int64_t row)
{
	struct office	*o = b->post->office;
	struct outgoing_result r = { .state = OUTGOING_WITHDRAWN,
		.time_utc = b->now };

	r.error = unasked_recheck(o, row, b->now);
	if (r.error == NULL)
		return true;
	log_info("post: mail %lld withdrawn: %s", (long long)row, r.error);
	if (outgoing_settle(o->store, row, &r) == -1)
		log_error("post: %s", store_error(o->store));
	return false;
}

/* Claim on disk, then into the request. */
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
	p->handed[p->n_handed].attempts = b->attempts[i] + 1;
	p->handed[p->n_handed++].is_settled = false;
}

static bool
start_batch(struct post *p, time_t now)
{
	const struct config *c = p->office->config;
	struct batch	 b = { .post = p, .now = now };
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
	if (b.n > 0 && secret_load(&c->outgoing, &secret) == -1) {
		log_error("post: %s", strbuf_get(&secret));
		p->not_before = now + POST_TROUBLE_S;
		b.n = 0;
	}
	for (i = 0; i < b.n; i++) {
		changed = true;
		if (recheck(&b, b.rows[i]))
			hand_over(&b, i, &rq);
	}
	if (rq.n_messages > 0)
		p->client = send_start(&rq, strbuf_get(&secret));
	for (i = 0; i < rq.n_messages; i++)
		free((void *)(uintptr_t)b.messages[i].raw.data);
	secret_wipe(&secret);
	arena_free(b.arena);
	return changed;
}

bool
post_turn(struct post *p, time_t now)
{
	if (p->client == NULL)
		return start_batch(p, now);
	take_results(p, now);
	return p->client == NULL;
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

	if (o->attempts >= 2 && r->post->office->config->outgoing.kind !=
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
	    reminders_decide(p->office, is_read, now) == -1 ||
	    clerk_mail_decide(p->office, is_read, now) == -1)
		return -1;
	return 0;
}

int
post_run(struct post *p, time_t now)
{
	struct pollfd	 pfd;
	struct batch	 left = { .post = p };

	if (p->office->config->outgoing.kind == ENDPOINT_NONE)
		return 0;
	while (post_turn(p, now) || p->client != NULL) {
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
