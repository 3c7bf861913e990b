/*
 * What is known of addresses beyond the roster: those the clerk gave to a
 * unit, and those our mail bounced from.
 */
#include "spool/address.h"

#include "spool/handle.h"
#include "spool/query.h"

int
address_learn(struct store *st, const struct address_learned *a)
{
	struct query	q;

	query_start(&q, st, "INSERT INTO learned (address, unit, who,"
	    " time_utc, revoked_utc) VALUES (?, ?, ?, ?, 0)"
	    " ON CONFLICT DO UPDATE SET who = excluded.who,"
	    " time_utc = excluded.time_utc, revoked_utc = 0"
	    " WHERE revoked_utc <> 0");
	query_text(&q, a->address);
	query_text(&q, a->unit);
	query_text(&q, a->who);
	query_int(&q, a->time_utc);
	return query_run(&q);
}

int
address_revoke(struct store *st, const char *address, const char *unit,
    int64_t now)
{
	struct query	q;

	query_start(&q, st, "UPDATE learned SET revoked_utc = ?"
	    " WHERE address = ? AND unit = ? AND revoked_utc = 0");
	query_int(&q, now);
	query_text(&q, address);
	query_text(&q, unit);
	return query_run(&q);
}

int
address_each_learned(struct store *st, const char *address,
    address_learned_row row, void *arg)
{
	struct address_learned a;
	struct query	q;
	int		result = 0;

	if (address == NULL) {
		query_start(&q, st, "SELECT address, unit, who, time_utc"
		    " FROM learned WHERE revoked_utc = 0"
		    " ORDER BY address, unit");
	} else {
		query_start(&q, st, "SELECT address, unit, who, time_utc"
		    " FROM learned WHERE address = ? AND revoked_utc = 0"
		    " ORDER BY unit");
		query_text(&q, address);
	}
	while (result == 0 && query_step(&q) == 1) {
		a.address = query_get_text(&q, 0);
		a.unit = query_get_text(&q, 1);
		a.who = query_get_text(&q, 2);
		a.time_utc = query_get_int(&q, 3);
		result = row(&a, arg);
	}
	return query_end(&q) == -1 ? -1 : result;
}

int
address_bounce(struct store *st, const struct address_bounced *a)
{
	struct query	q;

	query_start(&q, st, "INSERT OR REPLACE INTO bounced (address, unit,"
	    " status, text, time_utc, outgoing, cleared_utc)"
	    " VALUES (?, ?, ?, ?, ?, ?, 0)");
	query_text(&q, a->address);
	query_text(&q, a->unit);
	query_text(&q, a->status);
	query_text(&q, a->text);
	query_int(&q, a->time_utc);
	query_int(&q, a->outgoing);
	return query_run(&q);
}

int
address_clear(struct store *st, const char *address, int64_t now)
{
	struct query	q;

	query_start(&q, st, "UPDATE bounced SET cleared_utc = ?"
	    " WHERE address = ? AND cleared_utc = 0");
	query_int(&q, now);
	query_text(&q, address);
	return query_run(&q);
}

bool
address_is_bounced(struct store *st, const char *address)
{
	struct query	q;
	int64_t		n;

	query_start(&q, st, "SELECT count(*) FROM bounced"
	    " WHERE address = ? AND cleared_utc = 0");
	query_text(&q, address);
	return query_number(&q, 0, &n) == 0 && n != 0;
}

int
address_each_bounced(struct store *st, address_bounced_row row, void *arg)
{
	struct address_bounced a;
	struct query	q;
	int		result = 0;

	query_start(&q, st, "SELECT address, unit, status, text, time_utc,"
	    " outgoing FROM bounced WHERE cleared_utc = 0 ORDER BY address");
	while (result == 0 && query_step(&q) == 1) {
		a.address = query_get_text(&q, 0);
		a.unit = query_get_text(&q, 1);
		a.status = query_get_text(&q, 2);
		a.text = query_get_text(&q, 3);
		a.time_utc = query_get_int(&q, 4);
		a.outgoing = query_get_int(&q, 5);
		result = row(&a, arg);
	}
	return query_end(&q) == -1 ? -1 : result;
}
