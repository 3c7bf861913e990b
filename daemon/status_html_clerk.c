/*
 * What waits for the clerk: who, when, why, at most three guesses, and
 * for each way out a prepared mail. The links bear no right of their own;
 * the daemon answers such a mail to the clerk's address only.
 */
#include "daemon/status_html.h"

#include "daemon/localtime.h"
#include "daemon/order.h"
#include "daemon/roster.h"
#include "daemon/status.h"
#include "daemon/status_rows.h"
#include "daemon/status_write.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

/* One action as a link: an order of daemon/order.h, without a token. */
static void
action(const struct status_page *page, const struct order *order,
    const char *words, struct arena *arena, struct strbuf *out)
{
	struct strbuf	link = { 0 };

	order_mailto(page->mailbox, order_line(order, arena),
	    order_fields(order, arena), &link);
	strbuf_adds(out, "<a href=\"");
	html_text(out, strbuf_get(&link));
	strbuf_adds(out, "\">");
	html_text(out, words);
	strbuf_adds(out, "</a>\n");
	strbuf_clear(&link);
}

static void
guesses(const struct status *s, const struct clerk_item *item,
    struct strbuf *out)
{
	size_t	i;
	int	unit;

	if (item->n_guesses == 0)
		return;
	strbuf_adds(out, "<p>");
	html_Word(out, WORD_GUESSES);
	strbuf_adds(out, ":</p>\n<ul>\n");
	for (i = 0; i < item->n_guesses; i++) {
		unit = roster_find(s->roster, item->guesses[i].unit);
		strbuf_adds(out, "<li>");
		html_text(out, unit >= 0 ? s->roster->units[unit].name :
		    item->guesses[i].unit);
		if (*item->guesses[i].why != '\0') {
			strbuf_adds(out, " <small>(");
			html_text(out, item->guesses[i].why);
			strbuf_adds(out, ")</small>");
		}
		strbuf_adds(out, "</li>\n");
	}
	strbuf_adds(out, "</ul>\n");
}

static void
actions(const struct status *s, const struct clerk_item *item,
    const struct status_page *page, struct arena *arena, struct strbuf *out)
{
	static const struct {
		enum order_verb	 verb;
		enum word	 words;
	} others[] = {
		{ ORDER_ACCEPT, WORD_PAGE_ACCEPT },
		{ ORDER_RETURN, WORD_PAGE_RETURN },
		{ ORDER_NOT_A_REPORT, WORD_PAGE_NOT_A_REPORT }
	};
	struct order	 o;
	size_t		 i;
	int		 unit;

	strbuf_adds(out, "<p class=\"do\">\n");
	if (item->event != 0) {
		order_init(&o, ORDER_UNDO);
		o.event = o.event_last = item->event;
		action(page, &o, text_word(WORD_PAGE_SEEN), arena, out);
		strbuf_adds(out, "</p>\n");
		return;
	}
	order_init(&o, ORDER_ASSIGN);
	o.mail = item->id;
	for (i = 0; i < item->n_guesses; i++) {
		o.units = item->guesses[i].unit;
		unit = roster_find(s->roster, o.units);
		action(page, &o, arena_printf(arena, "%s %s",
		    text_word(WORD_PAGE_ASSIGN), unit >= 0 ?
		    s->roster->units[unit].name : o.units), arena, out);
	}
	/* where no guess is right: the letter is written, the unit left open */
	o.units = "";
	o.has_units_field = o.units_are_open = true;
	action(page, &o, text_word(WORD_PAGE_ASSIGN_OTHER), arena, out);
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		order_init(&o, others[i].verb);
		o.mail = item->id;
		action(page, &o, text_word(others[i].words), arena, out);
	}
	strbuf_adds(out, "</p>\n");
}

static void
card(const struct status *s, const struct clerk_item *item,
    const struct status_page *page, struct arena *arena, struct strbuf *out)
{
	strbuf_adds(out, "<li>\n<h3>");
	html_text(out, *item->subject != '\0' ? item->subject :
	    text_word(item->event != 0 ? WORD_PAGE_IN_MAILBOX :
	    WORD_PAGE_NO_SUBJECT));
	strbuf_adds(out, "</h3>\n<p class=\"meta\">");
	html_text(out, item->from);
	strbuf_adds(out, *item->from != '\0' ? " · " : "");
	html_text(out, local_text(item->received, arena));
	strbuf_adds(out, " · ");
	html_text(out, row_item(item, arena));
	strbuf_adds(out, "</p>\n<p><span class=\"t q w\">! ");
	html_text(out, item->reason);
	strbuf_adds(out, "</span></p>\n");
	guesses(s, item, out);
	if (*page->mailbox != '\0')
		actions(s, item, page, arena, out);
	strbuf_adds(out, "</li>\n");
}

void
status_html_clerk(const struct status *s, const struct status_page *page,
    struct arena *arena, struct strbuf *out)
{
	size_t	i;

	strbuf_adds(out, "<section aria-labelledby=\"h-viec\">\n"
	    "<h2 id=\"h-viec\">");
	html_word(out, WORD_PAGE_CLERK);
	strbuf_addf(out, " (%zu)</h2>\n", s->n_clerk);
	strbuf_adds(out, s->n_clerk == 0 ? "<p class=\"ok\">✓ " :
	    "<p class=\"meta how\">");
	html_word(out, s->n_clerk == 0 ? WORD_PAGE_CLERK_NONE :
	    WORD_PAGE_CLERK_HOW);
	strbuf_adds(out, "</p>\n");
	if (s->n_clerk > 0)
		strbuf_adds(out, "<ul class=\"cards\">\n");
	for (i = 0; i < s->n_clerk; i++)
		card(s, &s->clerk[i], page, arena, out);
	if (s->n_clerk > 0)
		strbuf_adds(out, "</ul>\n");
	strbuf_adds(out, "</section>\n");
}
