/*
 * From an order to the decision it means.
 */
#include "daemon/order_run.h"

#include <string.h>

#include "daemon/decision.h"
#include "daemon/localtime.h"
#include "daemon/office.h"
#include "daemon/order.h"
#include "daemon/order_aim.h"
#include "daemon/reason.h"
#include "daemon/roster.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/text.h"

/* As text_channel() says it, with or without accents; else another way. */
static enum channel
channel_of(const char *text, struct arena *arena)
{
	static const enum channel channels[] = { CHANNEL_EMAIL,
		CHANNEL_PAPER, CHANNEL_USB, CHANNEL_ZALO };
	const char	*key = text_key(text, TEXT_KEY_BARE, arena);
	size_t		 i;

	for (i = 0; i < sizeof(channels) / sizeof(channels[0]); i++)
		if (key[0] != '\0' && strstr(text_key(text_channel(
		    channels[i]), TEXT_KEY_BARE, arena), key) != NULL)
			return channels[i];
	return CHANNEL_OTHER;
}

/* "08 giờ 00 ngày 14/5/2026", "14/5/2026", or as machines write it. */
static time_t
time_of(const char *text, struct arena *arena)
{
	const char	*day_word = strrchr(text, ' ');
	char		*clock;
	time_t		 t;
	long		 day;
	int		 minute;

	if (local_parse(text, &t) == 0)
		return t;
	if (day_parse(day_word != NULL ? day_word + 1 : text, &day) == -1)
		return 0;
	clock = arena_strdup(arena, text);
	clock[strcspn(clock, "n")] = '\0'; /* "… ngày" */
	while (clock[0] != '\0' && clock[strlen(clock) - 1] == ' ')
		clock[strlen(clock) - 1] = '\0';
	return local_parse_minute(clock, &minute) == 0 ?
	    day_at(day, minute) : day_start(day);
}

static int
add(struct decision *d, const struct order *o, const struct order_aim *aim)
{
	struct addition	 a = { .campaign = aim->oc, .fd = -1, .name = "",
		.received = time_of(o->received, d->arena),
		.channel = channel_of(o->channel, d->arena) };

	if (a.received == 0 && o->received[0] != '\0') {
		d->why = arena_printf(d->arena, "%s: %s",
		    reason_text(REASON_NOT_UNDERSTOOD), o->received);
		return -1;
	}
	/* Of this day it is a clock that goes ahead; of a later one a slip. */
	if (a.received == 0 || (a.received > d->now &&
	    day_of(a.received) == day_of(d->now)))
		a.received = d->now;
	if (aim->mail == 0) {
		a.unit = aim->units[0];
		return decide_add(d, &a);
	}
	return decide_add_mail(d, aim->mail, &a, aim->units, aim->n_units);
}

/* From the last one back, as they build on each other. */
static int
undo(struct decision *d, const struct order *o)
{
	long long	 event;
	const char	*done = "";

	for (event = o->event_last; event >= o->event; event--) {
		if (decide_undo(d, event) == -1)
			return -1;
		done = arena_printf(d->arena, "%s%s%s", done,
		    done[0] != '\0' ? "; " : "", d->done);
	}
	d->done = done;
	return 0;
}

static int
hold(struct decision *d, const struct order *o, const struct order_aim *aim)
{
	if (o->day != DAY_NONE)
		return decide_hold_day(d, aim->oc, o->day);
	return decide_hold(d, aim->oc, o->step, aim->n_units > 0 ?
	    aim->units[0] : -1);
}

static int
decide(struct decision *d, const struct order *o,
    const struct order_aim *aim)
{
	switch (o->verb) {
	case ORDER_ASSIGN:
		return decide_assign(d, aim->mail, aim->oc, aim->units,
		    aim->n_units, o->remember);
	case ORDER_ACCEPT:
		return decide_accept(d, aim->mail);
	case ORDER_RETURN:
		return decide_return(d, aim->mail, o->until);
	case ORDER_NOT_A_REPORT:
		return decide_not_a_report(d, aim->mail);
	case ORDER_ADD:
		return add(d, o, aim);
	case ORDER_EXCUSE:
		return decide_excuse(d, aim->oc, aim->units[0], o->section);
	case ORDER_EXTEND:
		return decide_extend(d, aim->oc, aim->units[0], o->day);
	case ORDER_HOLD:
		return hold(d, o, aim);
	case ORDER_SUPPLEMENT:
		return decide_supplement(d, aim->oc, aim->units,
		    aim->n_units, o->until);
	case ORDER_UNDO:
		return undo(d, o);
	case ORDER_OPEN:
		return decide_open(d, aim->oc, false);
	case ORDER_PAUSE:
		return decide_pause(d, aim->oc);
	case ORDER_RESUME:
		return decide_resume(d, aim->oc);
	case ORDER_CLOSE:
		return decide_close(d, aim->oc);
	default:
		d->why = "";
		return -1;
	}
}

int
order_run(struct decision *d, const struct order *o,
    const struct order_aim *aim)
{
	const char	*names = "";
	size_t		 i;

	if (decide(d, o, aim) == -1)
		return -1;
	for (i = 0; i < aim->n_units; i++)
		names = arena_printf(d->arena, "%s%s%s", names,
		    i > 0 ? "; " : "",
		    d->office->roster->units[aim->units[i]].name);
	if (names[0] != '\0')
		d->done = arena_printf(d->arena, "%s: %s", d->done, names);
	return 0;
}
