#ifndef PARSERS_RECORD_H
#define PARSERS_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/bytes.h"

struct arena;
struct strbuf;

/*
 * Framed records between the jailed parser and its readers, and in stored
 * blobs: u32 length of the payload, u16 type, payload; little endian.
 * Strings are a u32 length and that many bytes of UTF-8 without NUL.
 */

/* Types of records; stored, so append only. */
enum record_type {
	RECORD_HEAD = 1,	/* what follows, and its version */
	RECORD_MESSAGE = 2,
	RECORD_ATTACHMENT = 3,
	RECORD_REPORT = 4,	/* of the message or attachment before */
	RECORD_HEADING = 5,
	RECORD_LETTER = 6,
	RECORD_NODE = 7,	/* one node of the letter's outline */
	RECORD_DOCUMENT = 8,
	RECORD_PARAGRAPH = 9,
	RECORD_SHEET = 10,
	RECORD_ROW = 11,
	RECORD_BYTES = 12,	/* a piece of an attachment, as decoded */
	RECORD_FORWARD = 13,
	RECORD_END = 255	/* the last one: u8 enum parse_status */
};

/* Writing. record_begin returns the place that record_end wants back. */
size_t	 record_begin(struct strbuf *out, uint16_t type);
/* A payload past LIMIT_RECORD_BYTES is our bug and aborts. */
void	 record_end(struct strbuf *out, size_t place);
void	 record_put_u8(struct strbuf *out, uint8_t v);
void	 record_put_u32(struct strbuf *out, uint32_t v);
void	 record_put_u64(struct strbuf *out, uint64_t v);
/* What is not UTF-8 is written with U+FFFD in its place; NULL as "". */
void	 record_put_string(struct strbuf *out, const char *s);
void	 record_put_bytes(struct strbuf *out, const void *p, size_t len);
/* RECORD_HEAD: the type of the blob's main record, and its version. */
void	 record_put_head(struct strbuf *out, uint16_t type, uint8_t version);

/*
 * Reading. The first thing wrong sets `failed`; from then on every get
 * returns 0 or "" and record_next() false, so that a decoder asks once,
 * at its end. Never reads outside the bytes given.
 */
struct record_reader {
	const uint8_t	*at;
	const uint8_t	*end;
	struct arena	*arena;	/* strings are copied into it */
	bool		 failed;
};

void	 record_reader_init(struct record_reader *r, struct bytes blob,
    struct arena *arena);
/*
 * The next record: sets type and payload, true; false at the clean end
 * (not failed) and on a frame that is cut or too long (failed).
 */
bool	 record_next(struct record_reader *r, uint16_t *type,
    struct record_reader *payload);
/* The next record must be of this type, else r fails. */
bool	 record_expect(struct record_reader *r, uint16_t type,
    struct record_reader *payload);
/* RECORD_HEAD of this type and version, else r fails. */
bool	 record_expect_head(struct record_reader *r, uint16_t type,
    uint8_t version);
uint8_t	 record_get_u8(struct record_reader *r);
bool	 record_get_bool(struct record_reader *r); /* 0 or 1 only */
uint32_t record_get_u32(struct record_reader *r);
uint64_t record_get_u64(struct record_reader *r);
/* In the arena, never NULL. */
const char *record_get_string(struct record_reader *r);
struct bytes record_get_bytes(struct record_reader *r); /* borrowed */
/*
 * How many items follow, each of at least item_bytes encoded bytes: so a
 * lying count can never ask for more memory than the blob's own size.
 */
size_t	 record_get_count(struct record_reader *r, size_t item_bytes);
/* Nothing left over and nothing wrong; else fails. */
bool	 record_at_end(struct record_reader *r);

/*
 * A struct's plain fields as a table, so that writing and reading cannot
 * get out of step. Numbers take their member's size; most: the greatest
 * value that a reader accepts, 0 = any.
 */
enum field_kind { FIELD_STRING, FIELD_BOOL, FIELD_NUMBER };

struct record_field {
	size_t		offset;
	size_t		size;
	enum field_kind	kind;
	uint64_t	most;
};

#define RECORD_FIELD(s, member, kind, most) { offsetof(struct s, member), \
	sizeof(((struct s *)0)->member), kind, most }
#define RECORD_STRING(s, member) RECORD_FIELD(s, member, FIELD_STRING, 0)
#define RECORD_BOOL(s, member) RECORD_FIELD(s, member, FIELD_BOOL, 0)
#define RECORD_NUMBER(s, member) RECORD_FIELD(s, member, FIELD_NUMBER, 0)

void	 record_put_fields(struct strbuf *out, const void *object,
    const struct record_field *fields, size_t n);
void	 record_get_fields(struct record_reader *r, void *object,
    const struct record_field *fields, size_t n);
/* Lists of strings: a count, then the strings. */
void	 record_put_strings(struct strbuf *out, const char *const *list,
    size_t n);
const char *const *record_get_strings(struct record_reader *r, size_t *n);

#endif
