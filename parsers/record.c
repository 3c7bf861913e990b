/*
 * Framed records: a writer on a string buffer and a reader that cannot be
 * led outside its bytes, nor to ask for more memory than they justify.
 */
#include "parsers/record.h"

#include <stdlib.h>
#include <string.h>

#include <unistr.h>

#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/strbuf.h"

#define HEADER_BYTES 6
#define REPLACEMENT "\xEF\xBF\xBD"

static void
put_number(struct strbuf *out, uint64_t v, size_t size)
{
	unsigned char	bytes[8];
	size_t		i;

	for (i = 0; i < size; i++)
		bytes[i] = (unsigned char)(v >> (8 * i));
	strbuf_add(out, bytes, size);
}

size_t
record_begin(struct strbuf *out, uint16_t type)
{
	size_t	place;

	place = out->len;
	put_number(out, 0, 4);
	put_number(out, type, 2);
	return place;
}

void
record_end(struct strbuf *out, size_t place)
{
	size_t	len, i;

	len = out->len - place - HEADER_BYTES;
	if (len > LIMIT_RECORD_BYTES)
		abort();
	for (i = 0; i < 4; i++)
		out->s[place + i] = (char)(len >> (8 * i));
}

void
record_put_u8(struct strbuf *out, uint8_t v)
{
	put_number(out, v, 1);
}

void
record_put_u32(struct strbuf *out, uint32_t v)
{
	put_number(out, v, 4);
}

void
record_put_u64(struct strbuf *out, uint64_t v)
{
	put_number(out, v, 8);
}

void
record_put_bytes(struct strbuf *out, const void *p, size_t len)
{
	if (len > LIMIT_RECORD_BYTES)
		abort();
	put_number(out, len, 4);
	strbuf_add(out, p, len);
}

/* Add s, each byte that is not UTF-8 as U+FFFD. */
static void
add_replaced(struct strbuf *out, const char *s, size_t len)
{
	const uint8_t	*at, *bad, *end;

	at = (const uint8_t *)s;
	end = at + len;
	while ((bad = u8_check(at, (size_t)(end - at))) != NULL) {
		strbuf_add(out, at, (size_t)(bad - at));
		strbuf_adds(out, REPLACEMENT);
		at = bad + 1;
	}
	strbuf_add(out, at, (size_t)(end - at));
}

void
record_put_string(struct strbuf *out, const char *s)
{
	size_t	len, place, written, i;

	len = s == NULL ? 0 : strlen(s);
	if (len == 0 || u8_check((const uint8_t *)s, len) == NULL) {
		record_put_bytes(out, len == 0 ? "" : s, len);
		return;
	}
	place = out->len;
	put_number(out, 0, 4);
	add_replaced(out, s, len);
	written = out->len - place - 4;
	for (i = 0; i < 4; i++)
		out->s[place + i] = (char)(written >> (8 * i));
}

void
record_put_head(struct strbuf *out, uint16_t type, uint8_t version)
{
	size_t	place;

	place = record_begin(out, RECORD_HEAD);
	put_number(out, type, 2);
	record_put_u8(out, version);
	record_end(out, place);
}

void
record_reader_init(struct record_reader *r, struct bytes blob,
    struct arena *arena)
{
	r->at = blob.data;
	r->end = blob.len == 0 ? blob.data : blob.data + blob.len;
	r->arena = arena;
	r->failed = false;
}

static size_t
left(const struct record_reader *r)
{
	return r->failed ? 0 : (size_t)(r->end - r->at);
}

/* Takes n bytes, or fails and returns NULL. */
static const uint8_t *
take(struct record_reader *r, size_t n)
{
	const uint8_t	*p;

	if (r->failed || n > left(r)) {
		r->failed = true;
		return NULL;
	}
	p = r->at;
	r->at += n;
	return p;
}

static uint64_t
get_number(struct record_reader *r, size_t size)
{
	const uint8_t	*p;
	uint64_t	 v;
	size_t		 i;

	p = take(r, size);
	if (p == NULL)
		return 0;
	v = 0;
	for (i = 0; i < size; i++)
		v |= (uint64_t)p[i] << (8 * i);
	return v;
}

bool
record_next(struct record_reader *r, uint16_t *type,
    struct record_reader *payload)
{
	const uint8_t	*p;
	uint64_t	 len;
	uint16_t	 kind;

	if (left(r) == 0)
		return false;
	len = get_number(r, 4);
	kind = (uint16_t)get_number(r, 2);
	if (len > LIMIT_RECORD_BYTES)
		r->failed = true;
	p = take(r, (size_t)len);
	if (p == NULL)
		return false;
	payload->at = p;
	payload->end = p + len;
	payload->arena = r->arena;
	payload->failed = false;
	*type = kind;
	return true;
}

bool
record_expect(struct record_reader *r, uint16_t type,
    struct record_reader *payload)
{
	uint16_t	found;

	if (record_next(r, &found, payload) && found == type)
		return true;
	r->failed = true;
	memset(payload, 0, sizeof(*payload));
	payload->arena = r->arena;
	payload->failed = true;
	return false;
}

bool
record_expect_head(struct record_reader *r, uint16_t type, uint8_t version)
{
	struct record_reader	head;

	if (record_expect(r, RECORD_HEAD, &head) &&
	    get_number(&head, 2) == type &&
	    record_get_u8(&head) == version && record_at_end(&head))
		return true;
	r->failed = true;
	return false;
}

uint8_t
record_get_u8(struct record_reader *r)
{
	return (uint8_t)get_number(r, 1);
}

bool
record_get_bool(struct record_reader *r)
{
	uint8_t	v;

	v = record_get_u8(r);
	if (v > 1)
		r->failed = true;
	return v == 1;
}

uint32_t
record_get_u32(struct record_reader *r)
{
	return (uint32_t)get_number(r, 4);
}

uint64_t
record_get_u64(struct record_reader *r)
{
	return get_number(r, 8);
}

struct bytes
record_get_bytes(struct record_reader *r)
{
	struct bytes	b;
	size_t		len;

	len = record_get_u32(r);
	b.data = take(r, len);
	b.len = b.data == NULL ? 0 : len;
	return b;
}

const char *
record_get_string(struct record_reader *r)
{
	struct bytes	b;

	b = record_get_bytes(r);
	if (b.len == 0)
		return "";
	if (memchr(b.data, '\0', b.len) != NULL ||
	    u8_check(b.data, b.len) != NULL) {
		r->failed = true;
		return "";
	}
	return arena_strndup(r->arena, (const char *)b.data, b.len);
}

size_t
record_get_count(struct record_reader *r, size_t item_bytes)
{
	size_t	n;

	n = record_get_u32(r);
	if (n > left(r) / item_bytes) {
		r->failed = true;
		return 0;
	}
	return n;
}

bool
record_at_end(struct record_reader *r)
{
	if (r->at != r->end)
		r->failed = true;
	return !r->failed;
}

static uint64_t
number_load(const void *p, size_t size)
{
	uint8_t		u8;
	uint16_t	u16;
	uint32_t	u32;
	uint64_t	u64;

	switch (size) {
	case 1:
		memcpy(&u8, p, size);
		return u8;
	case 2:
		memcpy(&u16, p, size);
		return u16;
	case 4:
		memcpy(&u32, p, size);
		return u32;
	default:
		memcpy(&u64, p, size);
		return u64;
	}
}

static void
number_store(void *p, size_t size, uint64_t v)
{
	uint8_t		u8 = (uint8_t)v;
	uint16_t	u16 = (uint16_t)v;
	uint32_t	u32 = (uint32_t)v;

	switch (size) {
	case 1:
		memcpy(p, &u8, size);
		break;
	case 2:
		memcpy(p, &u16, size);
		break;
	case 4:
		memcpy(p, &u32, size);
		break;
	default:
		memcpy(p, &v, size);
	}
}

void
record_put_fields(struct strbuf *out, const void *object,
    const struct record_field *fields, size_t n)
{
	const struct record_field *f;
	const char		*at, *s;

	for (f = fields; f < fields + n; f++) {
		at = (const char *)object + f->offset;
		switch (f->kind) {
		case FIELD_STRING:
			memcpy(&s, at, sizeof(s));
			record_put_string(out, s);
			break;
		case FIELD_BOOL:
			put_number(out, *(const bool *)at, 1);
			break;
		case FIELD_NUMBER:
			put_number(out, number_load(at, f->size), f->size);
			break;
		}
	}
}

void
record_get_fields(struct record_reader *r, void *object,
    const struct record_field *fields, size_t n)
{
	const struct record_field *f;
	const char		*s;
	char			*at;
	uint64_t		 v;

	for (f = fields; f < fields + n; f++) {
		at = (char *)object + f->offset;
		switch (f->kind) {
		case FIELD_STRING:
			s = record_get_string(r);
			memcpy(at, &s, sizeof(s));
			break;
		case FIELD_BOOL:
			*(bool *)at = record_get_bool(r);
			break;
		case FIELD_NUMBER:
			v = get_number(r, f->size);
			if (f->most != 0 && v > f->most) {
				r->failed = true;
				v = 0;
			}
			number_store(at, f->size, v);
			break;
		}
	}
}

void
record_put_strings(struct strbuf *out, const char *const *list, size_t n)
{
	size_t	i;

	record_put_u32(out, (uint32_t)n);
	for (i = 0; i < n; i++)
		record_put_string(out, list[i]);
}

const char *const *
record_get_strings(struct record_reader *r, size_t *n)
{
	const char	**list;
	size_t		  i;

	*n = record_get_count(r, 4);
	list = arena_calloc(r->arena, *n, sizeof(*list));
	for (i = 0; i < *n; i++)
		list[i] = record_get_string(r);
	return list;
}
