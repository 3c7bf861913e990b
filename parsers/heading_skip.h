#ifndef PARSERS_HEADING_SKIP_H
#define PARSERS_HEADING_SKIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/document.h"

struct arena;

/* What part of a document a paragraph belongs to. */
enum zone {
	ZONE_BODY = 0,
	ZONE_HEAD = 1,	/* letterhead, number, date, Kính gửi */
	ZONE_TITLE = 2,	/* kind and subject; header row of a table */
	ZONE_TAIL = 3,	/* Nơi nhận, signature */
	ZONE_ANNEX = 4,	/* after PHỤ LỤC, or a second document */
	ZONE_DATA = 5,	/* a table of figures: text, but no headings */
	ZONE_MARK = 6,	/* page numbers, rules: neither text nor heading */
	ZONE_CLOSING = 7 /* "Trên đây là …": text, but no answer */
};

/*
 * The zone (enum zone) of every paragraph; one byte each, in the arena.
 * doc is borrowed for the call.
 */
uint8_t	*heading_zones(const struct document *doc, struct arena *arena);

/* Words of a text, fast: runs between spaces that hold a letter or digit. */
uint32_t heading_words(const char *s, size_t len);

#endif
