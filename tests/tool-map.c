/*
 * Maps a report to a letter's outline, for developers and for the scores:
 * tool-map [-k KIND] LETTER REPORT   prints the JSON of SPEC's `map`
 * tool-map -o REPORT                 prints its headings only
 * tool-map -v …                      prints every candidate, as text
 * tool-map -1 HEADING LETTER -       maps one heading alone
 * LETTER is a .docx, or the .expect.json of one with its outline.
 * The lexicon is read from $SRC/parsers/lexicon.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "parsers/arena.h"
#include "parsers/coverage.h"
#include "parsers/document.h"
#include "parsers/heading.h"
#include "parsers/label.h"
#include "parsers/letter.h"
#include "parsers/lexicon.h"
#include "tests/lexicon_files.h"
#include "tests/whole_file.h"

static const struct document *
read_document(const char *path, struct arena *arena)
{
	struct bytes		 b = whole_file(path);
	struct document		*doc;
	enum parse_status	 st;

	st = document_read(b, format_sniff(b, NULL), arena, &doc);
	if (st != PARSE_OK) {
		fprintf(stderr, "%s: not read, status %d\n", path, (int)st);
		exit(65);
	}
	return doc;
}

/* The outline of a labelled letter. */
static struct outline *
outline_of_json(const char *path, struct arena *arena)
{
	struct outline	*o = arena_alloc(arena, sizeof(*o));
	json_error_t	 err;
	json_t		*root = json_load_file(path, 0, &err), *list, *item;
	size_t		 i, k;

	list = json_object_get(root, "outline");
	o->n = json_array_size(list);
	o->nodes = arena_calloc(arena, o->n, sizeof(*o->nodes));
	json_array_foreach(list, i, item) {
		struct outline_node *n = &o->nodes[i];
		const char *kind = json_string_value(
		    json_object_get(item, "kind"));

		n->id = json_string_value(json_object_get(item, "id"));
		n->label = json_string_value(json_object_get(item, "label"));
		n->text = json_string_value(json_object_get(item, "text"));
		n->level = (uint8_t)json_integer_value(
		    json_object_get(item, "level"));
		n->kind = strcmp(kind, "guidance") == 0 ? NODE_GUIDANCE :
		    strcmp(kind, "subheading") == 0 ? NODE_SUBHEADING :
		    NODE_HEADING;
		n->optional = strstr(n->text, "nếu có") != NULL;
		n->parent = -1;
		for (k = i; k-- > 0 && n->parent == -1;)
			if (o->nodes[k].level < n->level)
				n->parent = (int)k;
	}
	return o;
}

static const struct outline *
read_outline(const char *path, struct arena *arena)
{
	size_t	len = strlen(path);

	if (len > 5 && strcmp(path + len - 5, ".json") == 0)
		return outline_of_json(path, arena);
	return letter_read(read_document(path, arena), arena)->outline;
}

static json_t *
sections_json(const struct coverage *c, const struct outline *o)
{
	json_t	*list = json_array();
	size_t	 i;

	for (i = 0; i < c->n_sections; i++) {
		const struct section_cover *s = &c->sections[i];

		json_array_append_new(list, json_pack("{s:s,s:s,s:b,s:i,s:s}",
		    "id", o->nodes[s->node].id, "state",
		    section_state_name(s->state), "sure", s->sure, "words",
		    (int)s->words, "evidence", s->evidence));
	}
	return list;
}

static json_t *
headings_json(const struct coverage *c, const struct headings *h,
    const struct outline *o)
{
	json_t	*list = json_array(), *ids;
	size_t	 i, k;

	for (i = 0; i < c->n_matches; i++) {
		const struct heading_match *m = &c->matches[i];
		const struct heading *x = &h->h[m->heading];

		ids = json_array();
		for (k = 0; k < m->n_sections; k++)
			json_array_append_new(ids, json_string(
			    o->nodes[m->sections[k]].id));
		json_array_append_new(list, json_pack(
		    "{s:s,s:s,s:i,s:o,s:f,s:s}", "text", x->text, "label",
		    x->label, "level", (int)x->level, "sections", ids,
		    "score", m->score, "why", m->why));
	}
	return list;
}

static void
print_candidates(const struct headings *h)
{
	size_t	i;

	for (i = 0; i < h->n_ignorable; i++)
		printf("ignorable  %s\n", h->ignorable[i]);
	for (i = 0; i < h->n; i++)
		printf("%3d %*s%s%s   {%u%s}\n", h->h[i].confidence,
		    h->h[i].level * 2, "", h->h[i].text,
		    h->h[i].run_in ? " ~" : "", h->h[i].words,
		    h->h[i].placeholder ? " placeholder" : "");
}

/* One line as the only heading of a report. */
static const struct headings *
single_heading(const char *text, struct arena *arena)
{
	struct headings	*h = arena_alloc(arena, sizeof(*h));
	struct label	 l;

	label_parse(text, &l);
	h->h = arena_calloc(arena, 1, sizeof(*h->h));
	h->n = 1;
	h->h[0].text = text;
	h->h[0].label = arena_strndup(arena, text, l.len);
	h->h[0].title = text + l.title;
	h->h[0].level = l.kind == LABEL_ROMAN || l.kind == LABEL_PART ||
	    l.kind == LABEL_CAPITAL ? 1 : l.kind == LABEL_BULLET ? 3 : 2;
	h->h[0].confidence = 90;
	h->h[0].words = 20;
	h->h[0].body = "";
	return h;
}

int
main(int argc, char **argv)
{
	struct arena		*arena = arena_new(0);
	const struct headings	*h;
	const struct coverage	*c;
	const struct outline	*o;
	const struct lexicon	*lx;
	struct audience		 unit = { NULL, NULL, 0 };
	const char		*kind = NULL, *one = NULL;
	bool			 verbose = false, only = false;
	json_t			*root;
	int			 i = 1;

	for (; i < argc && argv[i][0] == '-'; i++) {
		verbose = verbose || strcmp(argv[i], "-v") == 0;
		only = only || strcmp(argv[i], "-o") == 0;
		if (strcmp(argv[i], "-k") == 0 && i + 1 < argc)
			kind = argv[++i];
		else if (strcmp(argv[i], "-1") == 0 && i + 1 < argc)
			one = argv[++i];
	}
	if (argc - i < (only ? 1 : 2)) {
		fprintf(stderr, "usage: tool-map [-v] [-k KIND] LETTER "
		    "REPORT | -o REPORT\n");
		return 64;
	}
	h = one != NULL ? single_heading(one, arena) :
	    headings_find(read_document(argv[argc - 1], arena), arena);
	if (verbose)
		print_candidates(h);
	if (only)
		return 0;
	lx = lexicon_files(arena);
	if (lx == NULL)
		return 65;
	o = read_outline(argv[i], arena);
	unit.kind = kind;
	c = matcher_cover(matcher_new(o, lx, arena), h,
	    kind == NULL ? NULL : &unit, arena);
	root = json_pack("{s:o,s:o,s:b,s:i}", "headings",
	    headings_json(c, h, o), "sections", sections_json(c, o),
	    "unfilled", c->is_unfilled_outline, "fitting", (int)c->fitting);
	json_dumpf(root, stdout, JSON_INDENT(1));
	putchar('\n');
	json_decref(root);
	arena_free(arena);
	return 0;
}
