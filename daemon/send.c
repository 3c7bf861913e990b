/*
 * The records between the daemon and tiepnhan-send, and the daemon's side.
 */
#include "daemon/send.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <sys/eventfd.h>

#include "daemon/limits.h"
#include "daemon/worker.h"
#include "parsers/arena.h"
#include "parsers/record.h"
#include "parsers/strbuf.h"

#define REQUEST_TYPE 1
#define REQUEST_VERSION 1
#define EVENT_TYPE 2
#define MESSAGE_TYPE 3

void
send_request_encode(const struct send_request *r, struct strbuf *out)
{
	size_t	at, i;

	at = record_begin(out, REQUEST_TYPE);
	record_put_u8(out, REQUEST_VERSION);
	record_put_string(out, r->url);
	record_put_string(out, r->user);
	record_put_string(out, r->ca_file);
	record_put_u8(out, r->xoauth2);
	record_put_string(out, r->from);
	record_put_u32(out, (uint32_t)r->n_messages);
	record_end(out, at);
	for (i = 0; i < r->n_messages; i++) {
		at = record_begin(out, MESSAGE_TYPE);
		record_put_u64(out, r->messages[i].id);
		record_put_string(out, r->messages[i].to);
		record_put_bytes(out, r->messages[i].raw.data,
		    r->messages[i].raw.len);
		record_end(out, at);
	}
}

struct send_request *
send_request_decode(struct bytes b, struct arena *arena)
{
	struct send_request	*r = arena_alloc(arena, sizeof(*r));
	struct record_reader	 stream, p;
	struct send_message	*m;
	size_t			 i, n;

	record_reader_init(&stream, b, arena);
	if (!record_expect(&stream, REQUEST_TYPE, &p) ||
	    record_get_u8(&p) != REQUEST_VERSION)
		return NULL;
	r->url = record_get_string(&p);
	r->user = record_get_string(&p);
	r->ca_file = record_get_string(&p);
	r->xoauth2 = record_get_bool(&p);
	r->from = record_get_string(&p);
	n = record_get_u32(&p);
	if (!record_at_end(&p) || n > b.len)
		return NULL;
	m = arena_calloc(arena, n, sizeof(*m));
	for (i = 0; i < n; i++) {
		if (!record_expect(&stream, MESSAGE_TYPE, &p))
			return NULL;
		m[i].id = record_get_u64(&p);
		m[i].to = record_get_string(&p);
		m[i].raw = record_get_bytes(&p);
		if (!record_at_end(&p))
			return NULL;
	}
	r->messages = m;
	r->n_messages = n;
	return r;
}

void
send_event_encode(const struct send_event *e, struct strbuf *out)
{
	size_t	at;

	at = record_begin(out, EVENT_TYPE);
	record_put_u64(out, e->id);
	record_put_u8(out, (uint8_t)e->result);
	record_put_u32(out, (uint32_t)e->code);
	record_put_u64(out, (uint64_t)e->until_utc);
	record_put_string(out, e->text);
	record_end(out, at);
}

int
send_event_decode(struct bytes payload, struct arena *arena,
    struct send_event *out)
{
	struct record_reader	p;
	struct send_event	e;

	record_reader_init(&p, payload, arena);
	e.id = record_get_u64(&p);
	e.result = record_get_u8(&p);
	e.code = (int)record_get_u32(&p);
	e.until_utc = (int64_t)record_get_u64(&p);
	e.text = record_get_string(&p);
	if (!record_at_end(&p) || e.result < SEND_SENT ||
	    e.result > SEND_READY)
		return -1;
	*out = e;
	return 0;
}

struct send_client {
	struct worker	*worker; /* NULL: could not be started */
	int		 ready_fd; /* stands in for the worker then */
	int		 start_errno;
	uint64_t	 first_id;
	struct arena	*arena;	/* strings of the last event */
};

struct send_client *
send_start(const struct send_request *rq, const char *secret)
{
	struct send_client	*sc;
	struct strbuf		 out = {0};

	sc = calloc(1, sizeof(*sc));
	if (sc == NULL)
		abort();
	send_request_encode(rq, &out);
	sc->first_id = rq->n_messages > 0 ? rq->messages[0].id : 0;
	sc->ready_fd = -1;
	sc->worker = worker_start("tiepnhan-send",
	    (struct bytes){(const uint8_t *)out.s, out.len}, secret);
	if (sc->worker == NULL) {
		sc->start_errno = errno != 0 ? errno : EIO;
		sc->ready_fd = eventfd(1, EFD_CLOEXEC);
	}
	strbuf_clear(&out);
	return sc;
}

int
send_fd(const struct send_client *sc)
{
	return sc->worker != NULL ? worker_fd(sc->worker) : sc->ready_fd;
}

int
send_next(struct send_client *sc, struct send_event *out)
{
	struct bytes	payload;
	uint16_t	type;
	int		got;

	arena_free(sc->arena);
	sc->arena = arena_new(0);
	if (sc->worker == NULL) {
		if (sc->start_errno == 0)
			return -1;
		out->id = sc->first_id;
		out->result = SEND_TROUBLE;
		out->code = 0;
		out->until_utc = 0;
		out->text = arena_printf(sc->arena,
		    "tiepnhan-send cannot be started: %s",
		    strerror(sc->start_errno));
		sc->start_errno = 0;
		return 1;
	}
	got = worker_next(sc->worker, &type, &payload);
	if (got == 1 && send_event_decode(payload, sc->arena, out) == -1)
		return -1; /* nonsense: send_finish() kills it */
	return got;
}

void
send_leave(struct send_client *sc)
{
	if (sc->worker != NULL)
		worker_end(sc->worker, WORKER_LEAVE_MS);
}

int
send_finish(struct send_client *sc, int64_t wait_ms)
{
	int	status = EX_UNAVAILABLE;

	if (sc->worker != NULL)
		status = worker_finish(sc->worker, wait_ms);
	else
		close(sc->ready_fd);
	arena_free(sc->arena);
	free(sc);
	return status;
}
