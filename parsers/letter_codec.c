/*
 * A letter as records: its own fields, then one record per outline node.
 */
#include "parsers/letter_codec.h"

#include "parsers/arena.h"
#include "parsers/letter.h"
#include "parsers/limits.h"
#include "parsers/record.h"

#define LETTER_VERSION 1

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct record_field letter_fields[] = {
	RECORD_STRING(letter, issuer),
	RECORD_STRING(letter, number),
	RECORD_STRING(letter, date),
	RECORD_STRING(letter, subject),
	RECORD_STRING(letter, deadline_date),
	RECORD_STRING(letter, deadline_time),
	RECORD_FIELD(letter, reading, FIELD_NUMBER, READING_AT_TIME),
	RECORD_STRING(letter, deadline_text),
	RECORD_STRING(letter, report_to),
	RECORD_STRING(letter, send_to),
};

static const struct record_field node_fields[] = {
	RECORD_STRING(outline_node, id),
	RECORD_STRING(outline_node, label),
	RECORD_STRING(outline_node, text),
	RECORD_FIELD(outline_node, level, FIELD_NUMBER,
	    LIMIT_OUTLINE_LEVELS),
	RECORD_FIELD(outline_node, kind, FIELD_NUMBER, NODE_GUIDANCE),
	RECORD_BOOL(outline_node, optional),
};

void
letter_encode(const struct letter *l, struct strbuf *out)
{
	const struct outline_node	*node;
	size_t				 place, i;

	record_put_head(out, RECORD_LETTER, LETTER_VERSION);
	place = record_begin(out, RECORD_LETTER);
	record_put_fields(out, l, letter_fields, COUNT(letter_fields));
	record_put_strings(out, l->recipients, l->n_recipients);
	record_put_strings(out, l->doubts, l->n_doubts);
	record_put_u32(out, (uint32_t)l->outline->n);
	record_end(out, place);
	for (i = 0; i < l->outline->n; i++) {
		node = &l->outline->nodes[i];
		place = record_begin(out, RECORD_NODE);
		record_put_fields(out, node, node_fields,
		    COUNT(node_fields));
		/* 0 for a root, else one more than the parent's index */
		record_put_u32(out, (uint32_t)(node->parent + 1));
		record_end(out, place);
	}
}

static void
get_node(struct record_reader *r, struct outline_node *node, size_t index)
{
	struct record_reader	payload;
	uint32_t		parent;

	record_expect(r, RECORD_NODE, &payload);
	record_get_fields(&payload, node, node_fields, COUNT(node_fields));
	parent = record_get_u32(&payload);
	if (parent > index || !record_at_end(&payload))
		r->failed = true;
	else
		node->parent = (int)parent - 1;
}

struct letter *
letter_decode(struct bytes blob, struct arena *arena)
{
	struct record_reader	 r, payload;
	struct letter		*l;
	struct outline		*o;
	size_t			 i;

	record_reader_init(&r, blob, arena);
	l = arena_alloc(arena, sizeof(*l));
	l->outline = o = arena_alloc(arena, sizeof(*o));
	record_expect_head(&r, RECORD_LETTER, LETTER_VERSION);
	record_expect(&r, RECORD_LETTER, &payload);
	record_get_fields(&payload, l, letter_fields, COUNT(letter_fields));
	l->recipients = record_get_strings(&payload, &l->n_recipients);
	l->doubts = record_get_strings(&payload, &l->n_doubts);
	o->n = record_get_u32(&payload);
	if (o->n > LIMIT_OUTLINE_NODES || !record_at_end(&payload))
		return NULL;
	o->nodes = arena_calloc(arena, o->n, sizeof(*o->nodes));
	for (i = 0; i < o->n && !r.failed; i++)
		get_node(&r, &o->nodes[i], i);
	return record_at_end(&r) ? l : NULL;
}
