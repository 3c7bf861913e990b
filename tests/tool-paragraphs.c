/*
 * Prints what the document reader sees, for developers and tests:
 * tool-paragraphs [-q|-t] FILE...
 * -q: the verdict only; -t: style level, number, text, one line each
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/arena.h"
#include "parsers/document.h"
#include "tests/whole_file.h"

static void
print_look(const struct paragraph *p)
{
	printf("b%u i%u u%u c%u %upt", p->bold, p->italic, p->underline,
	    p->caps, p->font_half_points / 2);
	if (p->table > 0)
		printf(" t%u.%u.%u/%u%s", p->table, p->row, p->cell,
		    p->row_cells, p->row_merged ? "M" : "");
	printf("%s%s%s%s%s%s%s%s%s", p->is_bullet ? " bullet" : "",
	    p->is_list ? " list" : "", p->is_title ? " title" : "",
	    p->is_toc ? " toc" : "", p->centred ? " centred" : "",
	    p->keep_next ? " keep" : "",
	    p->page_break_before ? " page" : "",
	    p->in_textbox ? " box" : "", p->run_on ? " run-on" : "");
}

static void
print_paragraph(size_t i, const struct paragraph *p)
{
	uint32_t	k;

	printf("%zu\th%u l%u.%u [%s] ", i, p->style_level, p->list,
	    p->list_level, p->number);
	print_look(p);
	printf("\t|%s|", p->text);
	for (k = 0; k < p->n_breaks; k++)
		printf(" br%u", p->breaks[k]);
	for (k = 0; k < p->n_spans; k++)
		printf(" %u%s%s%s", p->spans[k].len,
		    p->spans[k].bold ? "b" : "", p->spans[k].italic ? "i" :
		    "", p->spans[k].underline ? "u" : "");
	printf("\n");
}

int
main(int argc, char **argv)
{
	struct document	*doc;
	struct arena	*arena;
	struct bytes	 file;
	enum parse_status status;
	enum format	 format;
	size_t		 i;
	int		 k;
	char		 mode = 'a';

	if (argc > 1 && argv[1][0] == '-')
		mode = argv[1][1];
	for (k = mode == 'a' ? 1 : 2; k < argc; k++) {
		file = whole_file(argv[k]);
		arena = arena_new(0);
		format = format_sniff(file, NULL);
		status = document_read(file, format, arena, &doc);
		printf("%s: %s status %d", argv[k], format_name(format),
		    status);
		if (status == PARSE_OK)
			printf(" paragraphs %zu remarks %u", doc->n,
			    doc->remarks);
		printf("\n");
		for (i = 0; status == PARSE_OK && i < doc->n; i++)
			if (mode == 't')
				printf("%u\t%s\t%s\n",
				    doc->paragraphs[i].style_level,
				    doc->paragraphs[i].number,
				    doc->paragraphs[i].text);
			else if (mode == 'a')
				print_paragraph(i, &doc->paragraphs[i]);
		arena_free(arena);
		free((void *)(uintptr_t)file.data);
	}
	return 0;
}
