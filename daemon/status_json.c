/* `tiepnhan status --json`. */
#include "daemon/status_json.h"

#include "daemon/campaign.h"
#include "daemon/cli_json.h"
#include "daemon/roster.h"
#include "daemon/status.h"
#include "daemon/status_rows.h"

static json_t *
counts_json(const struct status_counts *k)
{
	static const struct {
		const char	*key;
		size_t		 offset;
	} rows[] = {
#define COUNT(name) { #name, offsetof(struct status_counts, name) }
		COUNT(units), COUNT(submitted), COUNT(not_submitted),
		COUNT(excused), COUNT(on_time), COUNT(late),
		COUNT(complete), COUNT(incomplete), COUNT(unreadable),
		COUNT(in_review), COUNT(needs_clerk)
#undef COUNT
	};
	json_t	*j = json_object();
	size_t	 i;

	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		json_put(j, rows[i].key, json_integer(*(const unsigned *)
		    (const void *)((const char *)k + rows[i].offset)));
	return j;
}

/* What belongs to the newest version. */
static void
put_document(json_t *j, const struct status_unit *u)
{
	const struct version_facts	*newest = u->verdict.newest;

	json_put_text(j, "number", row_document_number(u));
	json_put_text(j, "file", row_file(u));
	json_put_text(j, "submission", newest != NULL && newest->id != NULL ?
	    newest->id : "");
	json_put(j, "versions", json_integer((json_int_t)
	    u->verdict.versions));
}

static json_t *
unit_json(const struct status_unit *u)
{
	const struct verdict	*v = &u->verdict;
	const struct unit_facts	*f = u->facts;
	json_t			*j = json_object();

	json_put_text(j, "code", u->unit->code);
	json_put_text(j, "name", u->unit->name);
	json_put(j, "recipient", json_integer(u->recipient));
	json_put_text(j, "kind", u->unit->kind);
	json_put(j, "submitted", json_boolean(v->is_submitted));
	json_put(j, "excused", json_boolean(v->is_excused));
	json_put_text(j, "channel", v->is_submitted ?
	    channel_name(v->channel) : "");
	json_put(j, "due", json_time(v->term.due));
	json_put_text(j, "time", time_class_name(v->time));
	json_put(j, "days_late", json_integer(v->days_late));
	json_put_text(j, "content", content_class_name(v->content));
	json_put(j, "missing", json_texts(v->missing, v->n_missing));
	json_put(j, "empty", json_texts(v->empty, v->n_empty));
	json_put(j, "unsure", json_texts(v->unsure, v->n_unsure));
	json_put(j, "received", json_time(v->received));
	put_document(j, u);
	json_put(j, "reminders", f == NULL ? json_array() :
	    json_texts(f->reminders, f->n_reminders));
	json_put(j, "bounced", f == NULL ? json_array() :
	    json_texts(f->bounced, f->n_bounced));
	json_put_text(j, "note", u->note);
	return j;
}

static json_t *
clerk_json(const struct clerk_item *item)
{
	json_t	*j = json_object(), *guesses = json_array(), *g;
	size_t	 i;

	json_put_text(j, "id", item->id);
	json_put_text(j, "from", item->from);
	json_put_text(j, "subject", item->subject);
	json_put(j, "received", json_time(item->received));
	json_put_text(j, "reason", item->reason);
	for (i = 0; i < item->n_guesses; i++) {
		g = json_object();
		json_put_text(g, "unit", item->guesses[i].unit);
		json_put_text(g, "why", item->guesses[i].why);
		json_push(guesses, g);
	}
	json_put(j, "guesses", guesses);
	return j;
}

json_t *
status_json(const struct status *s)
{
	json_t	*j = json_object(), *list;
	size_t	 i;

	json_put_text(j, "campaign", s->campaign->id);
	json_put_text(j, "subject", s->campaign->subject);
	json_put(j, "due", json_time(s->term.due));
	json_put(j, "tolerated_until", json_time(s->term.tolerated_until));
	json_put(j, "now", json_time(s->now));
	json_put(j, "last_fetch", json_time(s->last_fetch));
	json_put(j, "counts", counts_json(&s->counts));
	list = json_array();
	for (i = 0; i < s->n_units; i++)
		json_push(list, unit_json(&s->units[i]));
	json_put(j, "units", list);
	list = json_array();
	for (i = 0; i < s->n_clerk; i++)
		json_push(list, clerk_json(&s->clerk[i]));
	json_put(j, "needs_clerk", list);
	return j;
}
