/*
 * winmail.dat, [MS-OXTNEF]: a list of attributes; an attachment begins
 * with attAttachRendData. Its long name stands among MAPI properties,
 * [MS-OXTNEF] §2.1.3.4.
 */
#include "parsers/tnef.h"

#include <stdint.h>
#include <string.h>

#include "parsers/arena.h"
#include "parsers/charset.h"
#include "parsers/limits.h"

#define SIGNATURE 0x223E9F78U
#define LEVEL_ATTACHMENT 2

#define ATT_RENDER_DATA 0x9002U
#define ATT_TITLE 0x8010U
#define ATT_DATA 0x800FU
#define ATT_PROPERTIES 0x9005U

#define PROPERTY_LONG_NAME 0x3707U
#define PROPERTY_FILE_NAME 0x3704U
#define PROPERTY_DATA 0x3701U

#define TYPE_STRING8 0x001EU
#define TYPE_UNICODE 0x001FU
#define TYPE_BINARY 0x0102U
#define TYPE_IS_MULTIPLE 0x1000U
#define NAMED_FROM 0x8000U

struct cursor {
	const uint8_t	*at;
	const uint8_t	*end;
	bool		 failed;
};

static const uint8_t *
take(struct cursor *c, size_t n)
{
	const uint8_t	*p = c->at;

	if (c->failed || n > (size_t)(c->end - c->at)) {
		c->failed = true;
		return NULL;
	}
	c->at += n;
	return p;
}

static uint32_t
get16(struct cursor *c)
{
	const uint8_t	*p = take(c, 2);

	return p == NULL ? 0 : p[0] | (uint32_t)p[1] << 8;
}

static uint32_t
get32(struct cursor *c)
{
	uint32_t	low = get16(c);

	return low | get16(c) << 16;
}

static struct bytes
get_bytes(struct cursor *c, size_t n)
{
	struct bytes	b = { take(c, n), n };

	if (b.data == NULL)
		b.len = 0;
	return b;
}

static void
skip_to_4(struct cursor *c, size_t len)
{
	(void)take(c, (4 - len % 4) % 4);
}

bool
tnef_sniff(struct bytes blob)
{
	struct cursor	c = { blob.data, blob.data + blob.len, false };

	return blob.len >= 6 && get32(&c) == SIGNATURE;
}

static const char *
name_of(struct bytes b, uint32_t type, struct arena *arena)
{
	/* the end of the string is part of it */
	while (b.len > 0 && b.data[b.len - 1] == 0 &&
	    (type != TYPE_UNICODE || (b.len >= 2 && b.data[b.len - 2] == 0)))
		b.len -= type == TYPE_UNICODE ? 2 : 1;
	return charset_import(b, type == TYPE_UNICODE ? "UTF-16LE" : "",
	    arena);
}

/* Bytes of a value of fixed size; 0 for one that carries its length. */
static size_t
fixed_size(uint32_t type)
{
	switch (type) {
	case 0x0002: /* short, padded */
	case 0x0003:
	case 0x0004:
	case 0x000A:
	case 0x000B: /* boolean, padded */
		return 4;
	case 0x0005:
	case 0x0006:
	case 0x0007:
	case 0x0014:
	case 0x0040:
		return 8;
	case 0x0048:
		return 16;
	default:
		return 0;
	}
}

/* A named property has its GUID and its name in front of the value. */
static void
skip_property_name(struct cursor *c)
{
	uint32_t	kind, len;

	(void)take(c, 16);
	kind = get32(c);
	if (kind == 0) {
		(void)take(c, 4);
		return;
	}
	len = get32(c);
	(void)take(c, len);
	skip_to_4(c, len);
}

static void
use_value(struct tnef_file *file, uint32_t id, uint32_t type,
    struct bytes value, struct arena *arena)
{
	if (id == PROPERTY_LONG_NAME ||
	    (id == PROPERTY_FILE_NAME && file->name[0] == '\0'))
		file->name = name_of(value, type, arena);
	else if (id == PROPERTY_DATA && type == TYPE_BINARY &&
	    file->content.len == 0)
		file->content = value;
}

static void
read_properties(struct bytes blob, struct tnef_file *file,
    struct arena *arena)
{
	struct cursor	c = { blob.data, blob.data + blob.len, false };
	struct bytes	value;
	uint32_t	n, values, type, id, len;
	size_t		size;

	for (n = get32(&c); n > 0 && !c.failed; n--) {
		type = get16(&c);
		id = get16(&c);
		if (id >= NAMED_FROM)
			skip_property_name(&c);
		size = fixed_size(type & ~TYPE_IS_MULTIPLE);
		values = size == 0 || type & TYPE_IS_MULTIPLE ?
		    get32(&c) : 1;
		for (; values > 0 && !c.failed; values--) {
			if (size != 0) {
				(void)take(&c, size);
				continue;
			}
			len = get32(&c);
			value = get_bytes(&c, len);
			skip_to_4(&c, len);
			if (!c.failed)
				use_value(file, id, type, value, arena);
		}
	}
}

static void
use_attribute(struct tnef_file *file, uint32_t attribute,
    struct bytes value, struct arena *arena)
{
	switch (attribute) {
	case ATT_TITLE:
		if (file->name[0] == '\0')
			file->name = name_of(value, TYPE_STRING8, arena);
		break;
	case ATT_DATA:
		file->content = value;
		break;
	case ATT_PROPERTIES:
		read_properties(value, file, arena);
		break;
	default:
		break;
	}
}

size_t
tnef_files(struct bytes blob, struct arena *arena, struct tnef_file **out)
{
	struct cursor	 c = { blob.data, blob.data + blob.len, false };
	struct tnef_file *files;
	struct bytes	 value;
	const uint8_t	*level;
	uint32_t	 attribute, len;
	size_t		 n = 0;

	*out = files = arena_calloc(arena, LIMIT_ATTACHMENTS,
	    sizeof(*files));
	if (get32(&c) != SIGNATURE)
		return 0;
	(void)get16(&c); /* key */
	while ((level = take(&c, 1)) != NULL) {
		attribute = get32(&c) & 0xFFFF;
		len = get32(&c);
		value = get_bytes(&c, len);
		(void)get16(&c); /* checksum */
		if (value.data == NULL || *level != LEVEL_ATTACHMENT)
			continue;
		if (attribute == ATT_RENDER_DATA) {
			if (n == LIMIT_ATTACHMENTS)
				break;
			files[n++].name = "";
		} else if (n > 0) {
			use_attribute(&files[n - 1], attribute, value,
			    arena);
		}
	}
	return n;
}
