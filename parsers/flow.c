/*
 * Collects paragraphs. Texts lie side by side in shared pages and the
 * array is grown by realloc, because long documents have 100,000 of them.
 */
#include "parsers/flow.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/arena.h"
#include "parsers/legacy.h"
#include "parsers/limits.h"
#include "parsers/paragraph_look.h"
#include "parsers/strbuf.h"

#define POOL_BYTES 32768

/* The draft of a paragraph whose encoding the document will decide. */
struct deferred {
	const char	*text;	/* the paragraph's; tells which it is */
	struct draft	 draft;	/* memory in the arena */
};

void
flow_init(struct flow *f, struct arena *arena)
{
	memset(f, 0, sizeof(*f));
	f->arena = arena;
}

void
flow_clear(struct flow *f)
{
	free(f->body.p);
	memset(&f->body, 0, sizeof(f->body));
}

const char *
flow_keep(struct flow *f, const char *s, size_t len)
{
	char	*copy;

	if (len == 0)
		return "";
	if (len + 1 > POOL_BYTES / 8)
		return arena_strndup(f->arena, s, len);
	if (len + 1 > f->pool_left) {
		f->pool = arena_alloc(f->arena, POOL_BYTES);
		f->pool_left = POOL_BYTES;
	}
	copy = memcpy(f->pool, s, len);
	f->pool += len + 1; /* the page is zeroed */
	f->pool_left -= len + 1;
	return copy;
}

static void
list_add(struct paragraph_list *l, const struct paragraph *p, size_t n)
{
	while (l->n + n > l->cap) {
		l->cap = l->cap == 0 ? 64 : l->cap + l->cap / 2;
		l->p = reallocarray(l->p, l->cap, sizeof(*l->p));
		if (l->p == NULL)
			abort();
	}
	memcpy(l->p + l->n, p, n * sizeof(*p));
	l->n += n;
}

static void
place_in_table(const struct story *s, struct paragraph *p)
{
	p->in_textbox = s->is_box;
	p->table = s->table.number;
	p->row = s->table.row;
	p->cell = s->table.cell;
}

static void *
copy(struct arena *arena, const void *p, size_t n, size_t size)
{
	void	*to = arena_calloc(arena, n + 1, size);

	return n == 0 ? to : memcpy(to, p, n * size);
}

/* Keep a draft as it came, until all have voted. */
static void
defer(struct flow *f, const struct draft *d)
{
	struct deferred	*one;

	f->deferred = arena_grow(f->arena, f->deferred, f->n_deferred,
	    &f->cap_deferred, sizeof(*f->deferred));
	one = &f->deferred[f->n_deferred++];
	one->draft = *d;
	one->draft.text.s = copy(f->arena, d->text.s, d->text.len, 1);
	one->draft.spans = copy(f->arena, d->spans, d->n_spans,
	    sizeof(*d->spans));
	one->draft.breaks = copy(f->arena, d->breaks, d->n_breaks,
	    sizeof(*d->breaks));
	one->draft.notes = copy(f->arena, d->notes, d->n_notes,
	    sizeof(*d->notes));
}

static void
write_notes(struct flow *f, const struct draft *d, struct paragraph *p)
{
	if (d->n_notes == 0)
		return;
	p->notes = copy(f->arena, d->notes, d->n_notes, sizeof(*d->notes));
	p->n_notes = (uint16_t)d->n_notes;
}

static void
write_text(struct flow *f, struct draft *d, struct paragraph *p)
{
	draft_clean(d);
	paragraph_look(p, d, f->arena);
	write_notes(f, d, p);
	p->text = flow_keep(f, strbuf_get(&d->text), d->text.len);
}

int
flow_emit(struct flow *f, struct story *s, struct draft *d,
    struct paragraph *p)
{
	enum legacy_verdict verdict;

	if (f->total == LIMIT_PARAGRAPHS)
		return -1;
	f->total++;
	verdict = legacy_decode(d, &f->votes);
	if (verdict == LEGACY_DECODED)
		f->remarks |= REMARK_LEGACY_TEXT;
	else if (verdict == LEGACY_UNDECIDED)
		defer(f, d);
	write_text(f, d, p);
	if (verdict == LEGACY_UNDECIDED)
		f->deferred[f->n_deferred - 1].text = p->text;
	if (p->number == NULL)
		p->number = "";
	place_in_table(s, p);
	list_add(s->to, p, 1);
	draft_reset(d);
	return 0;
}

void
flow_append(struct story *s, struct paragraph_list *waiting)
{
	if (waiting->n > 0)
		list_add(s->to, waiting->p, waiting->n);
	waiting->n = 0;
}

void
flow_table_start(struct flow *f, struct story *s)
{
	if (s->table.depth++ > 0)
		return;
	s->table.number = ++f->tables;
	s->table.columns = 0;
	s->table.row = 0;
	s->table.cell = 0;
	s->table.row_first = s->to->n;
}

void
flow_table_end(struct story *s)
{
	if (s->table.depth == 0 || --s->table.depth > 0)
		return;
	s->table.number = 0;
	s->table.row = 0;
	s->table.cell = 0;
}

void
flow_row_start(struct story *s)
{
	if (s->table.depth != 1)
		return;
	s->table.row++;
	s->table.cell = 0;
	s->table.row_first = s->to->n;
}

/* Now the row's cells are known: tell its paragraphs. */
void
flow_row_end(struct story *s)
{
	struct table_place *t = &s->table;
	struct paragraph *p;
	size_t		 i;

	if (t->depth != 1)
		return;
	if (t->cell > t->columns)
		t->columns = t->cell;
	for (i = t->row_first; i < s->to->n; i++) {
		p = &s->to->p[i];
		if (p->table != t->number)
			continue;
		p->row_cells = t->cell;
		p->row_merged = t->cell == 1 && t->columns > 1;
	}
	t->cell = 0;
}

void
flow_cell_start(struct story *s)
{
	if (s->table.depth == 1)
		s->table.cell++;
}

void
flow_row_cancel(struct story *s)
{
	if (s->table.depth == 1 && s->table.row > 0)
		s->table.row--;
}

void
flow_cell_cancel(struct story *s)
{
	if (s->table.depth == 1 && s->table.cell > 0)
		s->table.cell--;
}

void
flow_column(struct story *s)
{
	if (s->table.depth == 1 && s->table.columns < LIMIT_TABLE_COLUMNS)
		s->table.columns++;
}

void
flow_cell_spans(struct story *s, long n)
{
	if (s->table.depth == 1 && n > 0 && n < LIMIT_TABLE_COLUMNS &&
	    (uint32_t)n > s->table.columns)
		s->table.columns = (uint32_t)n;
}

static int
compare_deferred(const void *a, const void *b)
{
	const struct deferred *p = a, *q = b;

	return p->text < q->text ? -1 : p->text > q->text;
}

/* Undecided paragraphs again, now that the document's habit is known. */
static void
decide_deferred(struct flow *f)
{
	struct deferred	 key = {0}, *found;
	struct draft	 d = {0};
	size_t		 i, j;

	if (f->n_deferred == 0)
		return;
	qsort(f->deferred, f->n_deferred, sizeof(*f->deferred),
	    compare_deferred);
	for (i = 0; i < f->body.n; i++) {
		key.text = f->body.p[i].text;
		found = bsearch(&key, f->deferred, f->n_deferred,
		    sizeof(*f->deferred), compare_deferred);
		if (found == NULL || *key.text == '\0')
			continue;
		draft_reset(&d);
		for (j = 0, key.text = found->draft.text.s;
		    j < found->draft.n_spans; j++) {
			draft_add(&d, found->draft.spans[j].look, key.text,
			    found->draft.spans[j].len);
			key.text += found->draft.spans[j].len;
		}
		draft_set_breaks(&d, found->draft.breaks,
		    found->draft.n_breaks);
		draft_set_notes(&d, found->draft.notes,
		    found->draft.n_notes);
		if (legacy_decode_late(&d, &f->votes) != LEGACY_DECODED)
			continue;
		f->remarks |= REMARK_LEGACY_TEXT;
		f->body.p[i].n_spans = 0;
		f->body.p[i].n_breaks = 0;
		write_text(f, &d, &f->body.p[i]);
	}
	draft_clear(&d);
}

/* ---- notes */

struct flow_note *
flow_note_find(const struct flow *f, long id, bool is_end)
{
	size_t	i;

	for (i = 0; i < f->n_notes; i++)
		if (f->notes[i].id == id && f->notes[i].is_end == is_end)
			return &f->notes[i];
	return NULL;
}

void
flow_note_mark(struct flow *f, struct draft *d, long id, bool is_end)
{
	if (f->n_notes == LIMIT_NOTES ||
	    flow_note_find(f, id, is_end) != NULL)
		return;
	f->notes = arena_grow(f->arena, f->notes, f->n_notes, &f->cap_notes,
	    sizeof(*f->notes));
	f->notes[f->n_notes] = (struct flow_note){ id, is_end, NULL };
	draft_add_note(d, (uint32_t)f->n_notes++);
}

void
flow_note_set(struct flow *f, struct flow_note *note,
    const struct paragraph *p, size_t n)
{
	struct strbuf	text = {0};
	size_t		i;

	for (i = 0; i < n; i++) {
		if (*p[i].text == '\0')
			continue;
		strbuf_addf(&text, "%s%s%s%s", text.len > 0 ? " " : "",
		    p[i].number, *p[i].number != '\0' ? " " : "",
		    p[i].text);
	}
	if (f->note_bytes + text.len > LIMIT_NOTES_BYTES)
		strbuf_reset(&text);
	f->note_bytes += text.len;
	note->text = flow_keep(f, strbuf_get(&text), text.len);
	strbuf_clear(&text);
}

static void
finish_notes(struct flow *f, struct document *doc)
{
	const char	**texts;
	size_t		 i;

	doc->notes = texts = arena_calloc(f->arena, f->n_notes + 1,
	    sizeof(*texts));
	doc->n_notes = f->n_notes;
	for (i = 0; i < f->n_notes; i++)
		texts[i] = f->notes[i].text != NULL ? f->notes[i].text : "";
}

struct document *
flow_finish(struct flow *f)
{
	struct document	*doc = arena_alloc(f->arena, sizeof(*doc));

	decide_deferred(f);
	finish_notes(f, doc);
	doc->n = f->body.n;
	doc->remarks = f->remarks;
	if (f->body.n > 0) {
		/* give back what was grown in advance, then hand it over */
		doc->paragraphs = realloc(f->body.p,
		    f->body.n * sizeof(*doc->paragraphs));
		if (doc->paragraphs == NULL)
			abort();
		arena_adopt(f->arena, doc->paragraphs,
		    f->body.n * sizeof(*doc->paragraphs));
	}
	memset(&f->body, 0, sizeof(f->body));
	return doc;
}
