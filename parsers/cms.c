/*
 * Just enough BER (X.690) to take the signed mail out of smime.p7m:
 * ContentInfo { signedData, [0] SignedData { version, digests,
 * encapContentInfo { data, [0] OCTET STRING } … } }. Lengths may be
 * indefinite and the octet string cut in pieces, as OpenSSL streams it.
 */
#include "parsers/cms.h"

#include <stddef.h>
#include <string.h>

#include "parsers/arena.h"
#include "parsers/pages.h"
#include "parsers/strbuf.h"

#define TAG_INTEGER 0x02
#define TAG_OCTETS 0x04
#define TAG_OCTETS_IN_PIECES 0x24
#define TAG_OID 0x06
#define TAG_SEQUENCE 0x30
#define TAG_SET 0x31
#define TAG_CONTEXT_0 0xA0
#define IS_CONSTRUCTED 0x20

#define DEPTH_MOST 32

/* 1.2.840.113549.1.7.2 */
static const uint8_t oid_signed_data[] = { 0x2A, 0x86, 0x48, 0x86, 0xF7,
    0x0D, 0x01, 0x07, 0x02 };

struct cursor {
	const uint8_t	*at;
	const uint8_t	*end;
};

struct value {
	uint8_t		 tag;
	bool		 is_indefinite; /* then its end is not known */
	const uint8_t	*at;
	size_t		 len;	/* up to the parent's end if indefinite */
};

/* The header of the next value; false at the end or when it is wrong. */
static bool
next_value(struct cursor *c, struct value *v)
{
	size_t	n, len;

	if (c->end - c->at < 2)
		return false;
	v->tag = *c->at++;
	if ((v->tag & 0x1F) == 0x1F) /* long tags do not occur here */
		return false;
	len = *c->at++;
	v->is_indefinite = len == 0x80;
	if (v->is_indefinite) {
		if (!(v->tag & IS_CONSTRUCTED))
			return false;
		len = (size_t)(c->end - c->at);
	} else if (len > 0x80) {
		n = len & 0x7F;
		if (n > 4 || n > (size_t)(c->end - c->at))
			return false;
		for (len = 0; n > 0; n--)
			len = len << 8 | *c->at++;
	}
	if (len > (size_t)(c->end - c->at))
		return false;
	v->at = c->at;
	v->len = len;
	return true;
}

/* Into a value: what follows it in c is given up. */
static bool
enter(struct cursor *c, uint8_t tag)
{
	struct value	v;

	if (!next_value(c, &v) || v.tag != tag)
		return false;
	c->end = v.at + v.len;
	return true;
}

/* Over a value of definite length. */
static bool
skip(struct cursor *c, uint8_t tag)
{
	struct value	v;

	if (!next_value(c, &v) || v.tag != tag)
		return false;
	if (!v.is_indefinite) {
		c->at += v.len;
		return true;
	}
	/* digest algorithms of indefinite length: over each of them */
	while (c->end - c->at >= 2 && (c->at[0] != 0 || c->at[1] != 0)) {
		if (!next_value(c, &v) || v.is_indefinite)
			return false;
		c->at += v.len;
	}
	c->at += c->end - c->at >= 2 ? 2 : 0;
	return true;
}

/* Octet strings in pieces, end marks of indefinite lengths between. */
static bool
join_octets(struct cursor *c, struct strbuf *out, struct pages *pages,
    unsigned depth)
{
	struct value	v;
	struct cursor	inner;

	while (c->at < c->end) {
		if (!next_value(c, &v))
			return false;
		if (v.tag == 0 && v.len == 0)
			return true;
		if (v.tag == TAG_OCTETS) {
			pages_add(pages, out, (struct bytes){ v.at, v.len });
			c->at += v.len;
		} else if (v.tag == TAG_OCTETS_IN_PIECES &&
		    depth < DEPTH_MOST) {
			inner.at = v.at;
			inner.end = v.at + v.len;
			if (!join_octets(&inner, out, pages, depth + 1))
				return false;
			c->at = v.is_indefinite ? inner.at : v.at + v.len;
		} else {
			return false;
		}
	}
	return true;
}

bool
cms_signed_content(struct bytes blob, struct arena *arena,
    struct bytes *content)
{
	struct cursor	c = { blob.data, blob.data + blob.len };
	struct pages	*pages = arena_pages(arena);
	struct strbuf	joined = { 0 };
	struct value	v;

	if (blob.len == 0 || !enter(&c, TAG_SEQUENCE) ||
	    !next_value(&c, &v) || v.tag != TAG_OID ||
	    v.len != sizeof(oid_signed_data) ||
	    memcmp(v.at, oid_signed_data, v.len) != 0)
		return false;
	c.at += v.len;
	if (!enter(&c, TAG_CONTEXT_0) || !enter(&c, TAG_SEQUENCE) ||
	    !skip(&c, TAG_INTEGER) || !skip(&c, TAG_SET) ||
	    !enter(&c, TAG_SEQUENCE) || !skip(&c, TAG_OID) ||
	    !enter(&c, TAG_CONTEXT_0) || !next_value(&c, &v))
		return false;
	if (v.tag == TAG_OCTETS) {
		content->data = v.at;
		content->len = v.len;
		return true;
	}
	if (v.tag != TAG_OCTETS_IN_PIECES)
		return false;
	c.at = v.at;
	c.end = v.at + v.len;
	pages_lend(pages, blob.len, &joined);
	(void)join_octets(&c, &joined, pages, 0);
	*content = pages_take(arena, &joined);
	return content->len > 0;
}
