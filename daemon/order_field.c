/*
 * Fields below an order: what the clerk may change in a prepared mail
 * before sending it.
 */
#include "daemon/order_field.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/localtime.h"
#include "daemon/order.h"
#include "parsers/arena.h"
#include "parsers/letter.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

enum field {
	FIELD_NONE = 0,
	FIELD_REASON,
	FIELD_UNTIL,
	FIELD_UNITS,
	FIELD_NUMBER,
	FIELD_DATE,
	FIELD_DEADLINE,
	FIELD_RECEIVED,
	FIELD_CHANNEL,
	FIELD_RECIPIENT
};

static const struct {
	const char	*label;
	enum field	 field;
} labels[] = {
	{ "Lý do", FIELD_REASON },
	{ "Gửi lại trước ngày", FIELD_UNTIL },
	{ "Trước ngày", FIELD_UNTIL },
	{ "Đơn vị", FIELD_UNITS },
	{ "Số công văn", FIELD_NUMBER },
	{ "Ngày công văn", FIELD_DATE },
	{ "Thời hạn", FIELD_DEADLINE },
	{ "Nhận lúc", FIELD_RECEIVED },
	{ "Hình thức", FIELD_CHANNEL },
	{ "Kính gửi", FIELD_RECIPIENT }
};

static const char *
label_of(enum field f)
{
	size_t	 i;

	for (i = 0; labels[i].field != f; i++)
		continue;
	return labels[i].label;
}

/* "Lý do: thiếu chữ ký": which field, and where its value begins. */
static enum field
find_field(const char *line, struct arena *arena, const char **value,
    int *number)
{
	const char	*colon = strchr(line, ':'), *key, *label;
	size_t		 i, len;

	*number = 0;
	if (colon == NULL)
		return FIELD_NONE;
	key = text_key(arena_strndup(arena, line, (size_t)(colon - line)),
	    TEXT_KEY_BARE, arena);
	*value = colon + 1 + strspn(colon + 1, " \t");
	for (i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		label = text_key(labels[i].label, TEXT_KEY_BARE, arena);
		len = strlen(label);
		if (strcmp(key, label) == 0)
			return labels[i].field;
		if (labels[i].field == FIELD_RECIPIENT &&
		    strncmp(key, label, len) == 0 && key[len] == ' ' &&
		    isdigit((unsigned char)key[len + 1])) {
			*number = atoi(key + len + 1);
			return FIELD_RECIPIENT;
		}
	}
	return FIELD_NONE;
}

struct taking {
	struct order	*o;
	struct arena	*arena;
	struct strbuf	 units;
	bool		 in_units;
};

/* "- TDP05 Chi bộ …": the code of a line is its first word. */
static void
take_unit_line(struct taking *t, const char *line)
{
	line = text_behind_marks(line);
	if (*line != '\0')
		strbuf_addf(&t->units, "%s%.*s", t->units.len > 0 ? ", " : "",
		    (int)strcspn(line, " \t"), line);
}

static void
take_recipient(struct taking *t, int number, const char *value)
{
	struct order	*o = t->o;

	if (number <= 0 || *value == '\0' ||
	    o->n_recipients == ORDER_RECIPIENTS)
		return;
	o->recipients[o->n_recipients].line = number;
	o->recipients[o->n_recipients++].units = value;
}

/* A day that is none is not left out: the unit would be told another. */
static void
take_until(struct order *o, const char *value)
{
	o->until = DAY_NONE;
	if (*value != '\0' && day_parse(value, &o->until) == -1 &&
	    o->stray[0] == '\0')
		o->stray = value;
}

static void
take_field(struct taking *t, enum field f, int number, const char *value)
{
	struct order	*o = t->o;

	t->in_units = f == FIELD_UNITS;
	switch (f) {
	case FIELD_REASON:
		o->reason = value;
		break;
	case FIELD_UNTIL:
		take_until(o, value);
		break;
	case FIELD_UNITS:
		o->has_units_field = true;
		if (*value != '\0')
			strbuf_adds(&t->units, value);
		break;
	case FIELD_NUMBER:
		o->number = value;
		break;
	case FIELD_DATE:
		o->date = value;
		break;
	case FIELD_DEADLINE:
		o->deadline = value;
		break;
	case FIELD_RECEIVED:
		o->received = value;
		break;
	case FIELD_CHANNEL:
		o->channel = value;
		break;
	case FIELD_RECIPIENT:
		take_recipient(t, number, value);
		break;
	case FIELD_NONE:
		break;
	}
}

void
order_fields_read(const char *text, struct arena *arena, struct order *out)
{
	struct taking	 t = { out, arena, { 0 }, false };
	const char	*line, *value = "";
	enum field	 f;
	size_t		 len;
	int		 number;

	for (; *text != '\0'; text += len + (text[len] == '\n')) {
		len = strcspn(text, "\n");
		line = text_clean(arena_strndup(arena, text, len), arena);
		/* RFC 3676 §4.3: below stands a signature */
		if (strcmp(line, "--") == 0 || strcmp(line, "__") == 0)
			break;
		f = find_field(line, arena, &value, &number);
		if (f != FIELD_NONE)
			take_field(&t, f, number, value);
		else if (t.in_units)
			take_unit_line(&t, line);
	}
	if (out->has_units_field)
		out->units = arena_strdup(arena, strbuf_get(&t.units));
	strbuf_clear(&t.units);
}

/* Words of a term that ends with its day, not before it. */
static bool
is_by_day(const char *key)
{
	static const char *const words[] = { "cham nhat ", "het ngay ",
		"den ngay ", "trong ngay " };
	size_t	 i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(key, words[i]) != NULL)
			return true;
	return false;
}

int
order_field_deadline(const char *text, struct arena *arena,
    struct letter *out)
{
	const char	*last = strrchr(text, ' ');
	const char	*date = last != NULL ? last + 1 : text;
	const char	*clock = text + strcspn(text, "0123456789");
	const char	*key = text_key(text, TEXT_KEY_BARE, arena);
	long		 day;
	int		 minute;

	if (day_parse(date, &day) == -1)
		return -1;
	out->deadline_date = day_iso(day, arena);
	out->deadline_time = "";
	out->reading = is_by_day(key) ? READING_BY_DAY : READING_BEFORE_DAY;
	if (clock >= date)
		return 0;
	/* a number before the day is an hour: up to "ngày" */
	if (local_parse_minute(text_clean(arena_strndup(arena, clock,
	    strcspn(clock, "nN")), arena), &minute) == -1)
		return -1;
	out->reading = READING_AT_TIME;
	out->deadline_time = arena_printf(arena, "%02d:%02d", minute / 60,
	    minute % 60);
	return 0;
}

/* ---- writing them */

static void
add(struct strbuf *out, enum field f, const char *value)
{
	strbuf_addf(out, "%s:%s%s\n", label_of(f), *value != '\0' ? " " : "",
	    value);
}

const char *
order_fields(const struct order *o, struct arena *arena)
{
	struct strbuf	 out = { 0 };
	const char	*fields;
	size_t		 i;

	if (o->verb == ORDER_RETURN) {
		add(&out, FIELD_REASON, o->reason);
		add(&out, FIELD_UNTIL, o->until == DAY_NONE ? "" :
		    day_text(o->until, arena));
	}
	if (o->verb == ORDER_SUPPLEMENT && o->until != DAY_NONE)
		add(&out, FIELD_UNTIL, day_text(o->until, arena));
	if (o->units_are_open)
		add(&out, FIELD_UNITS, "");
	else if (o->unit_lines[0] != '\0')
		strbuf_addf(&out, "%s:\n%s", label_of(FIELD_UNITS),
		    o->unit_lines);
	if (o->verb == ORDER_ADD) {
		add(&out, FIELD_RECEIVED, o->received);
		add(&out, FIELD_CHANNEL, o->channel);
	}
	if (o->verb == ORDER_OPEN && o->mail[0] != '\0') {
		add(&out, FIELD_NUMBER, o->number);
		add(&out, FIELD_DATE, o->date);
		add(&out, FIELD_DEADLINE, o->deadline);
		for (i = 0; i < o->n_recipients; i++)
			strbuf_addf(&out, "%s %d: %s\n",
			    label_of(FIELD_RECIPIENT), o->recipients[i].line,
			    o->recipients[i].units);
	}
	fields = arena_strdup(arena, strbuf_get(&out));
	strbuf_clear(&out);
	return fields;
}
