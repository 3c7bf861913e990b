/*
 * Reminder steps: one row for each campaign, unit, step and due instant,
 * which is what stops a second mail.
 */
#include "spool/step.h"

#include <stddef.h>

#include "spool/handle.h"
#include "spool/query.h"

const char *
step_outcome_name(enum step_outcome o)
{
	static const char *const names[] = {
		[STEP_WAITING] = "waiting", [STEP_MAILED] = "mailed",
		[STEP_LAPSED] = "lapsed", [STEP_SKIPPED] = "skipped",
		[STEP_HELD] = "held",
	};

	return o >= STEP_WAITING && o <= STEP_HELD ? names[o] : "none";
}

int
step_put(struct store *st, const struct step *s, bool *is_new)
{
	struct query	q;

	/* only waiting (1) and held (5) are not final */
	query_start(&q, st, "INSERT INTO step (campaign, unit, step,"
	    " due_utc, outcome, outgoing, time_utc, reason)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
	    " outcome = excluded.outcome, outgoing = excluded.outgoing,"
	    " time_utc = excluded.time_utc, reason = excluded.reason"
	    " WHERE outcome IN (1, 5)");
	query_text(&q, s->campaign);
	query_text(&q, s->unit);
	query_text(&q, s->step);
	query_int(&q, s->due_utc);
	query_int(&q, s->outcome);
	query_int(&q, s->outgoing);
	query_int(&q, s->time_utc);
	query_text(&q, s->reason);
	if (query_run(&q) == -1)
		return -1;
	*is_new = sqlite3_changes(st->db) == 1;
	return 0;
}

int
step_amend(struct store *st, const char *campaign, int64_t outgoing,
    enum step_outcome outcome, int64_t now, const char *reason)
{
	struct query	q;

	query_start(&q, st, "UPDATE step SET outcome = ?, outgoing = 0,"
	    " time_utc = ?, reason = ? WHERE campaign = ? AND outcome = 2"
	    " AND outgoing = ?");
	query_int(&q, outcome);
	query_int(&q, now);
	query_text(&q, reason);
	query_text(&q, campaign);
	query_int(&q, outgoing);
	return query_run(&q);
}

#define COLUMNS "SELECT campaign, unit, step, due_utc, outcome, outgoing," \
	" time_utc, reason FROM step"

static void
read_row(struct query *q, struct step *s)
{
	s->campaign = query_get_text(q, 0);
	s->unit = query_get_text(q, 1);
	s->step = query_get_text(q, 2);
	s->due_utc = query_get_int(q, 3);
	s->outcome = (enum step_outcome)query_get_int(q, 4);
	s->outgoing = query_get_int(q, 5);
	s->time_utc = query_get_int(q, 6);
	s->reason = query_get_text(q, 7);
}

struct step *
step_find(struct store *st, const char *campaign, const char *unit,
    const char *step, int64_t due_utc)
{
	static const size_t texts[] = { offsetof(struct step, campaign),
	    offsetof(struct step, unit), offsetof(struct step, step),
	    offsetof(struct step, reason) };
	static const struct query_shape shape = { sizeof(struct step),
	    texts, sizeof(texts) / sizeof(*texts), 0 };
	struct step	 s, *out = NULL;
	struct query	 q;

	query_start(&q, st, COLUMNS " WHERE campaign = ? AND unit = ?"
	    " AND step = ? AND due_utc = ?");
	query_text(&q, campaign);
	query_text(&q, unit);
	query_text(&q, step);
	query_int(&q, due_utc);
	if (query_step(&q) == 1) {
		read_row(&q, &s);
		out = query_pack(&s, &shape, 0);
	}
	(void)query_end(&q); /* NULL says it */
	return out;
}

int
step_each(struct store *st, const char *campaign, const char *unit,
    step_row row, void *arg)
{
	struct step	s;
	struct query	q;
	int		result = 0;

	if (unit == NULL) {
		query_start(&q, st, COLUMNS " WHERE campaign = ?"
		    " ORDER BY unit, time_utc, step");
		query_text(&q, campaign);
	} else {
		query_start(&q, st, COLUMNS " WHERE campaign = ?"
		    " AND unit = ? ORDER BY time_utc, step");
		query_text(&q, campaign);
		query_text(&q, unit);
	}
	while (result == 0 && query_step(&q) == 1) {
		read_row(&q, &s);
		result = row(&s, arg);
	}
	return query_end(&q) == -1 ? -1 : result;
}
