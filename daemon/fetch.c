/*
 * The records between the daemon and tiepnhan-fetch.
 */
#include "daemon/fetch.h"

#include <string.h>

#include <nettle/sha2.h>

#include "parsers/arena.h"
#include "parsers/record.h"
#include "parsers/strbuf.h"

#define REQUEST_TYPE 1
#define REQUEST_VERSION 2
#define EVENT_TYPE 2

static void
put_u32s(struct strbuf *out, const uint32_t *v, size_t n)
{
	size_t	i;

	record_put_u32(out, (uint32_t)n);
	for (i = 0; i < n; i++)
		record_put_u32(out, v[i]);
}

void
fetch_request_encode(const struct fetch_request *r, struct strbuf *out)
{
	size_t	at, i;

	at = record_begin(out, REQUEST_TYPE);
	record_put_u8(out, REQUEST_VERSION);
	record_put_string(out, r->url);
	record_put_string(out, r->user);
	record_put_string(out, r->ca_file);
	record_put_u8(out, r->xoauth2);
	record_put_string(out, r->spool);
	record_put_u64(out, (uint64_t)r->since_utc);
	record_put_u64(out, r->max_bytes);
	record_put_u64(out, (uint64_t)r->poll_ms);
	record_put_u8(out, (uint8_t)r->after);
	record_put_string(out, r->after_name);
	record_put_u32(out, (uint32_t)r->n_folders);
	for (i = 0; i < r->n_folders; i++) {
		record_put_string(out, r->folders[i].name);
		record_put_u32(out, r->folders[i].uidvalidity);
		record_put_u32(out, r->folders[i].next_uid);
		put_u32s(out, r->folders[i].retry, r->folders[i].n_retry);
	}
	record_put_u32(out, (uint32_t)r->n_seen);
	for (i = 0; i < r->n_seen; i++)
		record_put_u64(out, r->seen[i]);
	record_put_u32(out, (uint32_t)r->n_marks);
	for (i = 0; i < r->n_marks; i++) {
		record_put_u32(out, r->marks[i].folder);
		record_put_u32(out, r->marks[i].uidvalidity);
		record_put_u32(out, r->marks[i].uid);
	}
	record_put_u8(out, r->is_probe);
	record_end(out, at);
}

static void
get_folders(struct record_reader *p, struct fetch_request *r,
    struct arena *arena)
{
	struct fetch_folder	*f;
	uint32_t		*retry;
	size_t			 i, k;

	r->n_folders = record_get_count(p, 16);
	r->folders = arena_calloc(arena, r->n_folders, sizeof(*r->folders));
	for (i = 0; i < r->n_folders; i++) {
		f = &r->folders[i];
		f->name = record_get_string(p);
		f->uidvalidity = record_get_u32(p);
		f->next_uid = record_get_u32(p);
		f->n_retry = record_get_count(p, 4);
		retry = arena_calloc(arena, f->n_retry, sizeof(*retry));
		for (k = 0; k < f->n_retry; k++)
			retry[k] = record_get_u32(p);
		f->retry = retry;
	}
}

struct fetch_request *
fetch_request_decode(struct bytes b, struct arena *arena)
{
	struct fetch_request	*r = arena_alloc(arena, sizeof(*r));
	struct record_reader	 stream, p;
	struct fetch_mark	*marks;
	uint64_t		*seen;
	size_t			 i;

	record_reader_init(&stream, b, arena);
	if (!record_expect(&stream, REQUEST_TYPE, &p) ||
	    record_get_u8(&p) != REQUEST_VERSION)
		return NULL;
	r->url = record_get_string(&p);
	r->user = record_get_string(&p);
	r->ca_file = record_get_string(&p);
	r->xoauth2 = record_get_bool(&p);
	r->spool = record_get_string(&p);
	r->since_utc = (int64_t)record_get_u64(&p);
	r->max_bytes = record_get_u64(&p);
	r->poll_ms = (int64_t)record_get_u64(&p);
	r->after = record_get_u8(&p);
	r->after_name = record_get_string(&p);
	get_folders(&p, r, arena);
	r->n_seen = record_get_count(&p, 8);
	seen = arena_calloc(arena, r->n_seen, sizeof(*seen));
	for (i = 0; i < r->n_seen; i++)
		seen[i] = record_get_u64(&p);
	r->seen = seen;
	r->n_marks = record_get_count(&p, 12);
	marks = arena_calloc(arena, r->n_marks, sizeof(*marks));
	for (i = 0; i < r->n_marks; i++) {
		marks[i].folder = record_get_u32(&p);
		marks[i].uidvalidity = record_get_u32(&p);
		marks[i].uid = record_get_u32(&p);
	}
	r->marks = marks;
	r->is_probe = record_get_bool(&p);
	return record_at_end(&p) ? r : NULL;
}

uint64_t
fetch_name_hash(const char *unique)
{
	struct sha256_ctx	ctx;
	uint64_t		hash;

	sha256_init(&ctx);
	sha256_update(&ctx, strcspn(unique, ":"), (const uint8_t *)unique);
	sha256_digest(&ctx, sizeof(hash), (uint8_t *)&hash);
	return hash;
}

static const char *
or_empty(const char *s)
{
	return s == NULL ? "" : s;
}

void
fetch_event_encode(const struct fetch_event *e, struct strbuf *out)
{
	size_t	at;

	at = record_begin(out, EVENT_TYPE);
	record_put_u8(out, (uint8_t)e->kind);
	record_put_u32(out, e->folder);
	record_put_u32(out, e->uidvalidity);
	record_put_u32(out, e->uid);
	record_put_u32(out, e->uidnext);
	record_put_u32(out, e->exists);
	record_put_u64(out, e->size);
	record_put_u64(out, (uint64_t)e->received_utc);
	record_put_u64(out, e->sender);
	record_put_u8(out, (uint8_t)e->trouble);
	record_put_string(out, or_empty(e->sha256));
	record_put_string(out, or_empty(e->name));
	record_put_string(out, or_empty(e->text));
	record_end(out, at);
}

int
fetch_event_decode(struct bytes payload, struct arena *arena,
    struct fetch_event *out)
{
	struct record_reader	p;
	struct fetch_event	e;

	record_reader_init(&p, payload, arena);
	e.kind = record_get_u8(&p);
	e.folder = record_get_u32(&p);
	e.uidvalidity = record_get_u32(&p);
	e.uid = record_get_u32(&p);
	e.uidnext = record_get_u32(&p);
	e.exists = record_get_u32(&p);
	e.size = record_get_u64(&p);
	e.received_utc = (int64_t)record_get_u64(&p);
	e.sender = record_get_u64(&p);
	e.trouble = record_get_u8(&p);
	e.sha256 = record_get_string(&p);
	e.name = record_get_string(&p);
	e.text = record_get_string(&p);
	if (!record_at_end(&p) || e.kind < FETCH_FOLDER ||
	    e.kind > FETCH_LISTED_FOLDER ||
	    e.trouble > FETCH_TROUBLE_ABSENT ||
	    (e.kind == FETCH_MESSAGE &&
	    strspn(e.sha256, "0123456789abcdef") != 64))
		return -1;
	*out = e;
	return 0;
}
