/* `tiepnhan letter`: what a công văn says, and how it was understood. */
#include <stdio.h>

#include "daemon/cli.h"
#include "daemon/cli_json.h"
#include "daemon/cli_letter.h"
#include "daemon/cli_read.h"
#include "daemon/cli_verbs.h"
#include "daemon/localtime.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/letter.h"
#include "parsers/outline.h"

static json_t *
node_json(const struct outline_node *n)
{
	json_t	*j = json_object();

	json_put_text(j, "id", n->id);
	json_put(j, "level", json_integer(n->level));
	json_put_text(j, "kind", node_kind_name((enum node_kind)n->kind));
	json_put_text(j, "label", n->label);
	json_put_text(j, "text", n->text);
	json_put(j, "optional", json_boolean(n->optional));
	return j;
}

json_t *
cli_outline_json(const struct outline *o)
{
	json_t	*list = json_array();
	size_t	 i;

	for (i = 0; i < o->n; i++)
		json_push(list, node_json(&o->nodes[i]));
	return list;
}

static json_t *
letter_json(const struct letter *l)
{
	json_t	*j = json_object(), *due = json_object();

	json_put_text(j, "issuer", l->issuer);
	json_put_text(j, "number", l->number);
	json_put_text(j, "date", l->date);
	json_put_text(j, "subject", l->subject);
	json_put_text(due, "date", l->deadline_date);
	json_put_text(due, "reading", *l->deadline_date == '\0' ? "" :
	    deadline_reading_name(l->reading));
	json_put_text(due, "time", l->deadline_time);
	json_put(j, "deadline", due);
	json_put(j, "recipients", json_texts(l->recipients,
	    l->n_recipients));
	json_put(j, "outline", cli_outline_json(l->outline));
	return j;
}

static void
line(enum word w, const char *value)
{
	printf("%s: %s\n", text_word(w), *value != '\0' ? value :
	    text_word(WORD_CLI_BLANK));
}

void
cli_print_outline(const struct outline *o)
{
	const struct outline_node	*n;
	size_t				 i;

	for (i = 0; i < o->n; i++) {
		n = &o->nodes[i];
		printf("%*s%s%s%s%s   [%s%s%s]\n", 2 * n->level, "",
		    n->kind == NODE_GUIDANCE ? "· " : "", n->label,
		    *n->label != '\0' ? " " : "", n->text, n->id,
		    n->kind == NODE_SUBHEADING ? ", " : "",
		    n->kind == NODE_SUBHEADING ?
		    text_word(WORD_CLI_SUBHEADING) : "");
	}
}

/* "trước ngày 14/5/2026" of a letter; "" when it names no day. */
static const char *
term_of(const struct letter *l, struct arena *arena)
{
	long	day;
	int	minute;

	if (day_parse(l->deadline_date, &day) == -1)
		return l->deadline_date;
	if (local_parse_minute(l->deadline_time, &minute) == -1)
		minute = 0;
	return text_term(l->reading, day, minute, arena);
}

static void
print_letter(const struct letter *l, struct arena *arena)
{
	size_t	i, headings = 0;

	line(WORD_CLI_ISSUER, l->issuer);
	line(WORD_COL_DOC_NUMBER, l->number);
	line(WORD_COL_DOC_DATE, text_document_date(l->date, arena));
	line(WORD_CLI_SUBJECT, l->subject);
	line(WORD_PAGE_TERM, term_of(l, arena));
	if (*l->deadline_date != '\0')
		printf("    “%s”\n", l->deadline_text);
	line(WORD_CLI_REPORT_TO, l->report_to);
	line(WORD_CLI_SEND_TO, l->send_to);
	printf("\n%s:\n", text_word(WORD_COL_RECIPIENT));
	for (i = 0; i < l->n_recipients; i++)
		printf("  %zu. %s\n", i + 1, l->recipients[i]);
	for (i = 0; i < l->outline->n; i++)
		headings += l->outline->nodes[i].kind != NODE_GUIDANCE;
	printf("\n%s (%zu/%zu):\n", text_word(WORD_PAGE_OUTLINE), headings,
	    l->outline->n);
	cli_print_outline(l->outline);
	if (l->n_doubts > 0)
		printf("\n%s:\n", text_word(WORD_CLI_DOUBTS));
	for (i = 0; i < l->n_doubts; i++)
		printf("  ! %s\n", l->doubts[i]);
}

int
cli_letter(struct cli *c)
{
	struct letter	*l;
	int		 rc;

	rc = cli_read_letter(c, c->inputs[0], c->args.words[0], &l);
	if (rc != 0)
		return rc;
	if (cli_given(&c->args, OPT_JSON))
		return json_print(letter_json(l));
	print_letter(l, c->arena);
	return 0;
}
