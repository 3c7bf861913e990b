/*
 * The prepared links in mails to the clerk: what may be done about a mail
 * that waits, about what will be sent, about sections that are missing.
 */
#include "daemon/clerk_mail.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/calendar.h"
#include "daemon/campaign.h"
#include "daemon/config.h"
#include "daemon/limits.h"
#include "daemon/office.h"
#include "daemon/order.h"
#include "daemon/order_link.h"
#include "daemon/roster.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "spool/filing.h"
#include "spool/mail.h"

static struct offers
offers_of(const struct telling *t, struct values *v)
{
	const struct asking *a = &t->asking;
	struct offers	 f = { a->office, a->arena, a->now, v, 0 };

	return f;
}

/* ---- mails that wait */

static int
offer(struct offers *f, enum order_verb verb, const struct mail *m,
    enum word words)
{
	struct order	 o;

	order_init(&o, verb);
	o.mail = m->id;
	return order_offer(f, arena_printf(f->arena, "%s #%s",
	    text_word(words), m->id), &o);
}

/* "Giao thư #a1b2c3 cho Chi bộ …", for each guess; and for another. */
static int
offer_units(struct offers *f, const struct mail *m,
    const struct clerk_item *item, const char *campaign)
{
	const struct roster *r = f->office->roster;
	struct order	 o;
	size_t		 i;
	int		 unit;

	for (i = 0; i < item->n_guesses; i++) {
		unit = roster_find(r, item->guesses[i].unit);
		if (unit < 0)
			continue;
		order_init(&o, ORDER_ASSIGN);
		o.mail = m->id;
		o.units = r->units[unit].code;
		o.campaign = campaign;
		if (order_offer(f, arena_printf(f->arena, "%s #%s %s %s",
		    text_word(WORD_LINK_ASSIGN), m->id,
		    text_word(WORD_LINK_TO), r->units[unit].name), &o) == -1)
			return -1;
	}
	order_init(&o, ORDER_ASSIGN);
	o.mail = m->id;
	o.campaign = campaign;
	o.has_units_field = o.units_are_open = true;
	return order_offer(f, arena_printf(f->arena, "%s #%s %s",
	    text_word(WORD_LINK_ASSIGN), m->id,
	    text_word(WORD_LINK_TO_OTHER)), &o);
}

static bool
is_placed(const struct filing *row, const char *unit)
{
	size_t	 i;

	for (i = 0; i < row->n_units; i++)
		if (strcmp(row->units[i], unit) == 0)
			return true;
	return false;
}

/* What is placed, and more of it in doubt: to whom it is, and a guess. */
static int
offer_more_units(struct offers *f, const struct mail *m,
    const struct filing *row, const char *campaign)
{
	struct order	 o;
	const char	*codes = "";
	size_t		 i;

	for (i = 0; i < row->n_units; i++)
		codes = arena_printf(f->arena, "%s%s, ", codes,
		    row->units[i]);
	for (i = 0; i < row->n_guesses; i++) {
		if (is_placed(row, row->guesses[i].unit))
			continue;
		order_init(&o, ORDER_ASSIGN);
		o.mail = m->id;
		o.units = arena_printf(f->arena, "%s%s", codes,
		    row->guesses[i].unit);
		o.campaign = campaign;
		if (order_offer(f, arena_printf(f->arena, "%s #%s %s %s",
		    text_word(WORD_LINK_ASSIGN), m->id,
		    text_word(WORD_LINK_TO), o.units), &o) == -1)
			return -1;
	}
	return 0;
}

static int
offer_item(struct offers *f, const struct clerk_item *item,
    const char *campaign)
{
	struct order	 seen;
	struct mail	*m;
	struct filing	*row = NULL;
	int		 n, rc = 0;

	if (item->event != 0) {
		order_init(&seen, ORDER_UNDO);
		seen.event = seen.event_last = item->event;
		return order_offer(f, arena_printf(f->arena, "%s %s",
		    text_word(WORD_PAGE_SEEN), item->id), &seen);
	}
	m = mail_find_id(f->office->store, item->id, &n);
	if (m != NULL)
		row = filing_find(f->office->store, m->mail);
	if (row == NULL)
		goto free_all;
	if (row->n_units > 0) {
		rc = offer_more_units(f, m, row, campaign);
		if (rc == 0)
			rc = offer(f, ORDER_ACCEPT, m, WORD_LINK_ACCEPT);
		if (rc == 0)
			rc = offer(f, ORDER_RETURN, m, WORD_LINK_RETURN);
	} else if (row->kind != FILING_BOUNCE) {
		rc = offer_units(f, m, item, campaign);
	}
	if (rc == 0)
		rc = offer(f, ORDER_NOT_A_REPORT, m, row->kind ==
		    FILING_BOUNCE || row->kind == FILING_QUESTION ?
		    WORD_LINK_SEEN : WORD_LINK_NOT_A_REPORT);
free_all:
	free(row);
	free(m);
	return rc;
}

/* In one transaction; a crash leaves tokens that nobody knows. */
static int
begin(const struct telling *t)
{
	return store_begin(t->asking.office->store);
}

static int
end(const struct telling *t, int rc)
{
	if (rc == 0)
		return store_commit(t->asking.office->store);
	store_rollback(t->asking.office->store);
	return -1;
}

int
telling_offer_items(const struct telling *t, struct values *v,
    const struct clerk_item *const *items, size_t n)
{
	struct offers	 f = offers_of(t, v);
	size_t		 i;
	int		 rc = 0;

	if (begin(t) == -1)
		return -1;
	for (i = 0; rc == 0 && i < n && i < LINK_ITEMS; i++)
		rc = offer_item(&f, items[i], t->asking.campaign->id);
	return end(t, rc);
}

/* ---- what will be sent */

static int
offer_hold(struct offers *f, const struct telling *t, int unit, long day)
{
	struct order	 o;

	order_init(&o, ORDER_HOLD);
	o.campaign = t->asking.campaign->id;
	if (unit < 0) {
		o.day = day;
		return order_offer(f, arena_printf(f->arena, "%s %s",
		    text_word(WORD_LINK_HOLD_DAY), day_text(day, f->arena)),
		    &o);
	}
	o.units = f->office->roster->units[unit].code;
	return order_offer(f, arena_printf(f->arena, "%s %s",
	    text_word(WORD_LINK_HOLD_UNIT),
	    f->office->roster->units[unit].name), &o);
}

int
telling_offer_holds(const struct telling *t, struct values *v, long day,
    bool one_by_one)
{
	struct offers	 f = offers_of(t, v);
	struct planned	*list;
	long		 i, n = reminders_preview(&t->asking, day, &list);
	int		 rc = 0, units = 0;
	bool		 any = false;

	for (i = 0; i < n; i++)
		any |= list[i].address != NULL && list[i].bar == BAR_NONE;
	if (!any)
		return n == -1 ? -1 : 0;
	if (begin(t) == -1)
		return -1;
	rc = offer_hold(&f, t, -1, day);
	for (i = 0; rc == 0 && one_by_one && i < n && units < LINK_UNITS;
	    i++) {
		if (list[i].address == NULL || list[i].bar != BAR_NONE)
			continue;
		rc = offer_hold(&f, t, list[i].unit, DAY_NONE);
		units++;
	}
	return end(t, rc);
}

/* ---- sections that are missing; the table */

/* One line a unit, with its name while the link stays short enough. */
static const char *
unit_lines(const struct offers *f, const int *units, size_t n, bool named)
{
	const char	*text = "";
	size_t		 i;

	for (i = 0; i < n; i++) {
		const struct unit *u = &f->office->roster->units[units[i]];

		text = arena_printf(f->arena, "%s- %s%s%s\n", text, u->code,
		    named ? " " : "", named ? u->name : "");
	}
	return strlen(text) <= LINK_BYTES / 2 || !named ? text :
	    unit_lines(f, units, n, false);
}

/* The codes of "- CODE name" lines, as an order has them once read. */
static const char *
unit_codes(const struct offers *f, const int *units, size_t n)
{
	const char	*text = "";
	size_t		 i;

	for (i = 0; i < n; i++)
		text = arena_printf(f->arena, "%s%s%s", text, i > 0 ? ", " :
		    "", f->office->roster->units[units[i]].code);
	return text;
}

int
telling_offer_supplement(const struct telling *t, struct values *v,
    const int *units, size_t n, long until)
{
	struct offers	 f = offers_of(t, v);
	struct order	 o;
	int		 rc;

	order_init(&o, ORDER_SUPPLEMENT);
	o.campaign = t->asking.campaign->id;
	o.until = until;
	o.units = unit_codes(&f, units, n);
	o.unit_lines = unit_lines(&f, units, n, true);
	if (begin(t) == -1)
		return -1;
	rc = order_offer(&f, arena_printf(f.arena, "%s %zu %s",
	    text_word(WORD_LINK_SUPPLEMENT), n, text_word(WORD_LINK_UNITS)),
	    &o);
	return end(t, rc);
}

int
telling_offer_sheet(const struct telling *t, struct values *v)
{
	struct offers	 f = offers_of(t, v);
	struct order	 o;

	order_init(&o, ORDER_SHEET);
	o.campaign = t->asking.campaign->id;
	return order_offer(&f, text_word(WORD_LINK_SHEET), &o);
}
