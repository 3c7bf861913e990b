/*
 * For developers: read a letter and print it as `tiepnhan letter --json`
 * does, without jail and database. tool-letter FILE.docx
 */
#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "parsers/arena.h"
#include "parsers/document.h"
#include "parsers/letter.h"
#include "tests/whole_file.h"

static json_t *
strings(const char *const *s, size_t n)
{
	json_t	*a = json_array();
	size_t	 i;

	for (i = 0; i < n; i++)
		json_array_append_new(a, json_string(s[i]));
	return a;
}

static json_t *
outline(const struct outline *o)
{
	const struct outline_node	*node;
	json_t				*a = json_array();
	size_t				 i;

	for (i = 0; i < o->n; i++) {
		node = &o->nodes[i];
		json_array_append_new(a, json_pack("{sssisssssssb}",
		    "id", node->id, "level", node->level,
		    "kind", node_kind_name(node->kind),
		    "label", node->label, "text", node->text,
		    "optional", node->optional));
	}
	return a;
}

static void
print(const struct letter *l)
{
	json_t	*j;

	j = json_pack("{sssssssss{ssssss}sssssssososo}",
	    "issuer", l->issuer, "number", l->number, "date", l->date,
	    "subject", l->subject,
	    "deadline", "date", l->deadline_date, "reading",
	    deadline_reading_name(l->reading), "time", l->deadline_time,
	    "deadline_text", l->deadline_text, "report_to", l->report_to,
	    "send_to", l->send_to,
	    "recipients", strings(l->recipients, l->n_recipients),
	    "doubts", strings(l->doubts, l->n_doubts),
	    "outline", outline(l->outline));
	json_dumpf(j, stdout, JSON_INDENT(1));
	putchar('\n');
	json_decref(j);
}

int
main(int argc, char **argv)
{
	struct arena		*arena = arena_new(0);
	struct document		*doc;
	struct bytes		 file;
	enum parse_status	 status;

	if (argc != 2) {
		fprintf(stderr, "usage: tool-letter FILE.docx\n");
		return 64;
	}
	file = whole_file(argv[1]);
	status = document_read(file, format_sniff(file, NULL), arena, &doc);
	if (status != PARSE_OK) {
		fprintf(stderr, "tool-letter: %s: cannot be read (%d)\n",
		    argv[1], status);
		return 65;
	}
	print(letter_read(doc, arena));
	arena_free(arena);
	return 0;
}
