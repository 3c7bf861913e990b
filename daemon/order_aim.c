/*
 * From the words of an order to mails, units and campaigns.
 */
#include "daemon/order_aim.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/localtime.h"
#include "daemon/office.h"
#include "daemon/order.h"
#include "daemon/reason.h"
#include "daemon/roster.h"
#include "daemon/template.h"
#include "parsers/arena.h"
#include "spool/mail.h"

enum need {
	NEED_MAIL = 1 << 0,
	NEED_UNITS = 1 << 1,	/* at least one */
	NEED_ONE_UNIT = 1 << 2,	/* exactly one */
	NEED_CAMPAIGN = 1 << 3,
	NEED_DAY = 1 << 4,
	NEED_EVENT = 1 << 5,
	MAY_UNITS = 1 << 6	/* several, or none */
};

static const unsigned needs[ORDER_COUNT] = {
	[ORDER_ASSIGN] = NEED_MAIL | NEED_UNITS,
	[ORDER_ACCEPT] = NEED_MAIL,
	[ORDER_RETURN] = NEED_MAIL,
	[ORDER_NOT_A_REPORT] = NEED_MAIL,
	[ORDER_ADD] = NEED_MAIL | NEED_UNITS | NEED_CAMPAIGN,
	[ORDER_EXCUSE] = NEED_ONE_UNIT | NEED_CAMPAIGN,
	[ORDER_EXTEND] = NEED_ONE_UNIT | NEED_CAMPAIGN | NEED_DAY,
	[ORDER_HOLD] = MAY_UNITS | NEED_CAMPAIGN,
	[ORDER_SUPPLEMENT] = MAY_UNITS | NEED_CAMPAIGN,
	[ORDER_UNDO] = NEED_EVENT,
	[ORDER_OPEN] = NEED_CAMPAIGN,
	[ORDER_PAUSE] = NEED_CAMPAIGN,
	[ORDER_RESUME] = NEED_CAMPAIGN,
	[ORDER_CLOSE] = NEED_CAMPAIGN,
	[ORDER_STATUS] = NEED_CAMPAIGN,
	[ORDER_PAGE] = NEED_CAMPAIGN,
	[ORDER_SHEET] = NEED_CAMPAIGN,
	[ORDER_COLLATE] = NEED_CAMPAIGN
};

struct aiming {
	const struct office *office;
	struct arena	*arena;
	struct order	*order;
	struct order_aim *out;
	const char	**why;
	time_t		 now;
};

static int
refuse(struct aiming *a, enum reason reason, const char *what)
{
	*a->why = what[0] == '\0' ? reason_text(reason) :
	    arena_printf(a->arena, "%s: %s", reason_text(reason),
	    template_defang(what, a->arena));
	return -1;
}

/* ---- units */

/* "không rõ đơn vị nào: TDP5 (ý là TDP05, TDP15?)" */
static int
no_unit(struct aiming *a, const char *text)
{
	const char	*near = "";

	(void)roster_find_short(a->office->roster, text, a->arena, &near);
	(void)refuse(a, REASON_WHICH_UNIT, text);
	if (near[0] != '\0')
		*a->why = arena_printf(a->arena, "%s (%s %s?)", *a->why,
		    reason_text(REASON_MEANT), near);
	return -1;
}

static void
put_unit(struct aiming *a, int unit)
{
	size_t	 i;

	for (i = 0; i < a->out->n_units; i++)
		if (a->out->units[i] == unit)
			return;
	a->out->units[a->out->n_units++] = unit;
}

/* A code or its beginning, a code before its name, or a name. */
static int
find_unit(struct aiming *a, const char *text)
{
	const struct name_search s = { a->office->roster,
		a->office->lexicon, a->arena };
	const char	*near;
	int		 unit = roster_find_short(s.roster, text, a->arena,
		&near);

	if (unit < 0)
		unit = roster_find(s.roster, arena_strndup(a->arena, text,
		    strcspn(text, " ")));
	return unit >= 0 ? unit : roster_find_name(&s, text, NULL);
}

static int
take_units(struct aiming *a, const char *piece)
{
	static const char and[] = " và ";
	const char	*at;
	int		 unit = find_unit(a, piece);

	if (unit >= 0) {
		put_unit(a, unit);
		return 0;
	}
	at = strstr(piece, and);
	if (at == NULL)
		return no_unit(a, piece);
	if (take_units(a, arena_strndup(a->arena, piece,
	    (size_t)(at - piece))) == -1)
		return -1;
	return take_units(a, at + strlen(and));
}

static int
aim_units(struct aiming *a)
{
	static const char and[] = " và";
	char	*rest = arena_strdup(a->arena, a->order->units), *piece;
	size_t	 len, n = 1;

	for (len = 0; rest[len] != '\0'; len++)
		n += rest[len] == ',' || rest[len] == ';' || rest[len] == ' ';
	a->out->units = arena_calloc(a->arena, n, sizeof(int));
	while ((piece = strsep(&rest, ",;")) != NULL) {
		piece += strspn(piece, " ");
		len = strlen(piece);
		while (len > 0 && piece[len - 1] == ' ')
			piece[--len] = '\0';
		/* "A, B và C" has its last "và" behind a comma at times */
		if (len > strlen(and) && strcmp(piece + len - strlen(and),
		    and) == 0)
			piece[len - strlen(and)] = '\0';
		if (*piece != '\0' && take_units(a, piece) == -1)
			return -1;
	}
	return 0;
}

int
order_units(const struct office *o, const char *text, struct arena *arena,
    struct order_aim *out, const char **why)
{
	struct order	 order;
	struct aiming	 a = { o, arena, &order, out, why, 0 };

	order_init(&order, ORDER_NONE);
	order.units = text;
	out->n_units = 0;
	return aim_units(&a);
}

/* As they are written into the order, and into tokens. */
static void
name_units(struct aiming *a)
{
	const struct roster *r = a->office->roster;
	const char	*codes = ",", *text = "";
	size_t		 i;

	for (i = 0; i < a->out->n_units; i++) {
		const char *code = r->units[a->out->units[i]].code;

		text = arena_printf(a->arena, "%s%s%s", text,
		    i > 0 ? ", " : "", code);
		codes = arena_printf(a->arena, "%s%s,", codes, code);
	}
	a->out->codes = codes;
	if (!a->order->has_units_field)
		a->order->units = text;
}

/* ---- the rest */

static int
aim_mail(struct aiming *a)
{
	struct mail	*m;
	int		 n;

	m = mail_find_id(a->office->store, a->order->mail, &n);
	if (m == NULL)
		return refuse(a, n > 1 ? REASON_WHICH_MAIL : REASON_NO_MAIL,
		    arena_printf(a->arena, "#%s", a->order->mail));
	a->out->mail = m->mail;
	a->out->sha256 = arena_strdup(a->arena, m->sha256);
	a->order->mail = arena_strdup(a->arena, m->id);
	free(m);
	return 0;
}

static int
aim_campaign(struct aiming *a, bool is_needed)
{
	struct order	*order = a->order;

	if (order->campaign[0] != '\0')
		a->out->oc = office_find_short(a->office, order->campaign);
	else if (is_needed)
		a->out->oc = office_only_open(a->office, a->now);
	if (a->out->oc == NULL)
		return order->campaign[0] != '\0' || is_needed ?
		    refuse(a, REASON_WHICH_CAMPAIGN, order->campaign) : 0;
	order->campaign = a->out->oc->id;
	return 0;
}

/* A day is the one to send it again by, where the verb speaks of that. */
static void
settle_day(struct order *order, struct arena *arena)
{
	if (order->is_paper && order->day != DAY_NONE) {
		if (order->received[0] == '\0')
			order->received = day_text(order->day, arena);
		order->day = DAY_NONE;
	}
	if (order->verb != ORDER_RETURN && order->verb != ORDER_SUPPLEMENT)
		return;
	if (order->until == DAY_NONE)
		order->until = order->day;
	order->day = DAY_NONE;
}

/* What the verb cannot do without must be named. 0 or -1. */
static int
check_named(struct aiming *a, unsigned need)
{
	const struct order	*order = a->order;

	/* without it, what the units would be is not understood either */
	if ((need & NEED_MAIL) != 0 && order->mail[0] == '\0')
		return refuse(a, order->verb == ORDER_ADD ?
		    REASON_NAME_FILE : REASON_NAME_MAIL, "");
	if (order->stray[0] != '\0')
		return refuse(a, REASON_NOT_UNDERSTOOD, order->stray);
	if ((need & NEED_DAY) != 0 && order->day == DAY_NONE)
		return refuse(a, REASON_NAME_DAY, "");
	if ((need & NEED_EVENT) != 0 && order->event == 0)
		return refuse(a, REASON_NAME_EVENT, "");
	return 0;
}

int
order_aim(const struct office *o, struct order *order, time_t now,
    struct arena *arena, struct order_aim *out, const char **why)
{
	struct aiming	 a = { o, arena, order, out, why, now };
	unsigned	 need = needs[order->verb];
	bool		 by_mail = order->verb == ORDER_OPEN &&
		order->mail[0] != '\0';

	memset(out, 0, sizeof(*out));
	out->sha256 = "";
	settle_day(order, arena);
	if (order->is_paper && order->mail[0] == '\0')
		need = NEED_ONE_UNIT | NEED_CAMPAIGN;
	if (check_named(&a, need) == -1)
		return -1;
	if ((order->mail[0] != '\0' && aim_mail(&a) == -1) ||
	    aim_units(&a) == -1 || (!by_mail && aim_campaign(&a,
	    (need & NEED_CAMPAIGN) != 0) == -1))
		return -1;
	if (out->n_units == 0 && !order->units_are_open &&
	    ((need & (NEED_UNITS | NEED_ONE_UNIT)) != 0 ||
	    order->has_units_field))
		return refuse(&a, REASON_NAME_UNIT, "");
	if (((need & NEED_ONE_UNIT) != 0 || order->verb == ORDER_HOLD) &&
	    out->n_units > 1)
		return refuse(&a, REASON_ONE_UNIT, "");
	name_units(&a);
	return 0;
}

/* ---- what tokens are bound to */

/* All but the units. */
static const char *
frame_of(const struct order *order, const struct order_aim *aim,
    struct arena *arena)
{
	const char	*s = "";

	if (aim->sha256[0] != '\0')
		s = arena_printf(arena, "%s mail=%s", s, aim->sha256);
	if (aim->oc != NULL)
		s = arena_printf(arena, "%s campaign=%s", s, aim->oc->id);
	if (order->section[0] != '\0')
		s = arena_printf(arena, "%s section=%s", s, order->section);
	if (order->step[0] != '\0')
		s = arena_printf(arena, "%s step=%s", s, order->step);
	if (order->day != DAY_NONE)
		s = arena_printf(arena, "%s day=%s", s,
		    day_iso(order->day, arena));
	if (order->event != 0)
		s = arena_printf(arena, "%s event=%lld-%lld", s,
		    order->event, order->event_last);
	return arena_printf(arena, "%s%s units=", s[0] != '\0' ? s + 1 : s,
	    order->remember ? " remember" : "");
}

const char *
order_object(const struct order *order, const struct order_aim *aim,
    struct arena *arena)
{
	return arena_printf(arena, "%s%s", frame_of(order, aim, arena),
	    order->units_are_open ? "*" : aim->codes);
}

bool
order_is_within(const char *object, const struct order *order,
    const struct order_aim *aim, struct arena *arena)
{
	const char	*frame = frame_of(order, aim, arena);
	char		*rest, *code;

	if (strncmp(object, frame, strlen(frame)) != 0)
		return false;
	object += strlen(frame);
	if (strcmp(object, "*") == 0)
		return aim->n_units > 0;
	if (order->verb != ORDER_SUPPLEMENT)
		return strcmp(object, aim->codes) == 0;
	rest = arena_strdup(arena, aim->codes);
	while ((code = strsep(&rest, ",")) != NULL)
		if (*code != '\0' && strstr(object, arena_printf(arena,
		    ",%s,", code)) == NULL)
			return false;
	return true;
}
