/*
 * Submissions: one row a file, unit and campaign. Facts only; whether one
 * is late or complete is computed elsewhere.
 */
#include "spool/submission.h"

#include <inttypes.h>
#include <string.h>

#include "spool/handle.h"
#include "spool/query.h"

static const char *const channels[] = {
	[SUBMISSION_EMAIL] = "email", [SUBMISSION_PAPER] = "paper",
	[SUBMISSION_USB] = "usb", [SUBMISSION_ZALO] = "zalo",
	[SUBMISSION_OTHER] = "other",
};

const char *
submission_channel_name(enum submission_channel c)
{
	return c >= SUBMISSION_EMAIL && c <= SUBMISSION_OTHER ?
	    channels[c] : "";
}

enum submission_channel
submission_channel_find(const char *name)
{
	int	c;

	for (c = SUBMISSION_EMAIL; c <= SUBMISSION_OTHER; c++) {
		if (strcmp(channels[c], name) == 0)
			return (enum submission_channel)c;
	}
	return 0;
}

/* What both adding and updating write, in the order of the columns. */
static void
bind_facts(struct query *q, const struct submission *s)
{
	query_int(q, s->mail);
	query_int(q, s->attachment);
	query_text(q, s->name);
	query_int(q, s->channel);
	query_int(q, s->received_utc);
	query_text(q, s->number);
	query_text(q, s->doc_date);
	query_int(q, s->status);
	query_int(q, s->in_review);
	query_text(q, s->review);
	query_int(q, s->is_acceptable);
	query_int(q, s->decision);
	query_int(q, s->decision_event);
	query_int(q, s->return_until_utc);
	query_text(q, s->outline_hash);
	query_blob(q, s->coverage, s->coverage_len);
}

int
submission_add(struct store *st, const struct submission *s,
    int64_t *submission, bool *is_new)
{
	struct query	q;
	int64_t		found = 0;

	if (store_begin(st) == -1)
		return -1;
	if (*s->sha256 != '\0') {
		query_start(&q, st, "SELECT submission FROM submission"
		    " WHERE campaign = ? AND unit = ? AND sha256 = ?");
		query_text(&q, s->campaign);
		query_text(&q, s->unit);
		query_text(&q, s->sha256);
		(void)query_number(&q, 0, &found); /* breaks it */
	}
	if (found != 0 || st->is_broken)
		goto commit;
	query_start(&q, st, "INSERT INTO submission (campaign, unit, sha256,"
	    " mail, attachment, name, channel, received_utc, number,"
	    " doc_date, status, in_review, review, is_acceptable,"
	    " decision, decision_event, return_until_utc,"
	    " outline_hash, coverage) VALUES"
	    " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	query_text(&q, s->campaign);
	query_text(&q, s->unit);
	query_text(&q, *s->sha256 == '\0' ? NULL : s->sha256);
	bind_facts(&q, s);
	(void)query_run(&q); /* breaks the transaction */
commit:
	if (store_commit(st) == -1)
		return -1;
	*is_new = found == 0;
	*submission = found != 0 ? found :
	    sqlite3_last_insert_rowid(st->db);
	return 0;
}

/* Was there such a row? After an UPDATE or DELETE. */
static int
must_exist(struct store *st, int64_t submission)
{
	if (sqlite3_changes(st->db) == 1)
		return 0;
	return store_fail(st, STORE_REFUSED,
	    "submission %" PRId64 ": there is none", submission);
}

int
submission_update(struct store *st, const struct submission *s)
{
	struct query	q;

	query_start(&q, st, "UPDATE submission SET mail = ?, attachment = ?,"
	    " name = ?, channel = ?, received_utc = ?, number = ?,"
	    " doc_date = ?, status = ?, in_review = ?, review = ?,"
	    " is_acceptable = ?, decision = ?,"
	    " decision_event = ?, return_until_utc = ?, outline_hash = ?,"
	    " coverage = ? WHERE submission = ?");
	bind_facts(&q, s);
	query_int(&q, s->submission);
	return query_run(&q) == -1 ? -1 : must_exist(st, s->submission);
}

int
submission_drop(struct store *st, int64_t submission)
{
	struct query	q;

	query_start(&q, st, "DELETE FROM submission WHERE submission = ?");
	query_int(&q, submission);
	return query_run(&q);
}

#define COLUMNS "SELECT submission, campaign, unit, sha256, mail," \
	" attachment, name, channel, received_utc, number, doc_date," \
	" status, in_review, review, is_acceptable, decision," \
	" decision_event, return_until_utc, outline_hash, coverage," \
	" (SELECT id FROM mail WHERE mail.mail = submission.mail)," \
	" (SELECT state FROM mail WHERE mail.mail = submission.mail)" \
	" FROM submission"

static void
read_row(struct query *q, struct submission *s)
{
	s->submission = query_get_int(q, 0);
	s->campaign = query_get_text(q, 1);
	s->unit = query_get_text(q, 2);
	s->sha256 = query_get_text(q, 3);
	s->mail = query_get_int(q, 4);
	s->attachment = (int)query_get_int(q, 5);
	s->name = query_get_text(q, 6);
	s->channel = (enum submission_channel)query_get_int(q, 7);
	s->received_utc = query_get_int(q, 8);
	s->number = query_get_text(q, 9);
	s->doc_date = query_get_text(q, 10);
	s->status = (int)query_get_int(q, 11);
	s->in_review = query_get_int(q, 12) != 0;
	s->review = query_get_text(q, 13);
	s->is_acceptable = query_get_int(q, 14) != 0;
	s->decision = (enum submission_decision)query_get_int(q, 15);
	s->decision_event = query_get_int(q, 16);
	s->return_until_utc = query_get_int(q, 17);
	s->outline_hash = query_get_text(q, 18);
	s->coverage = query_get_blob(q, 19, &s->coverage_len);
	s->mail_id = query_get_text(q, 20);
	s->mail_state = (int)query_get_int(q, 21);
}

static struct submission *
pack(const struct submission *s)
{
	static const size_t texts[] = {
	    offsetof(struct submission, campaign),
	    offsetof(struct submission, unit),
	    offsetof(struct submission, sha256),
	    offsetof(struct submission, mail_id),
	    offsetof(struct submission, name),
	    offsetof(struct submission, number),
	    offsetof(struct submission, doc_date),
	    offsetof(struct submission, review),
	    offsetof(struct submission, outline_hash) };
	static const struct query_shape shape = { sizeof(struct submission),
	    texts, sizeof(texts) / sizeof(*texts),
	    offsetof(struct submission, coverage) };

	return query_pack(s, &shape, s->coverage_len);
}

struct submission *
submission_find(struct store *st, int64_t submission)
{
	struct submission	 s, *out = NULL;
	struct query		 q;

	query_start(&q, st, COLUMNS " WHERE submission = ?");
	query_int(&q, submission);
	if (query_step(&q) == 1) {
		read_row(&q, &s);
		out = pack(&s);
	}
	(void)query_end(&q); /* NULL says it */
	return out;
}

static int
walk(struct query *q, submission_row row, void *arg)
{
	struct submission	s;
	int			result = 0;

	while (result == 0 && query_step(q) == 1) {
		read_row(q, &s);
		result = row(&s, arg);
	}
	return query_end(q) == -1 ? -1 : result;
}

int
submission_each(struct store *st, const char *campaign, const char *unit,
    submission_row row, void *arg)
{
	struct query	q;

	if (unit == NULL) {
		query_start(&q, st, COLUMNS " WHERE campaign = ?"
		    " ORDER BY unit, received_utc, submission");
		query_text(&q, campaign);
	} else {
		query_start(&q, st, COLUMNS " WHERE campaign = ?"
		    " AND unit = ? ORDER BY received_utc, submission");
		query_text(&q, campaign);
		query_text(&q, unit);
	}
	return walk(&q, row, arg);
}

int
submission_each_mail(struct store *st, int64_t mail, submission_row row,
    void *arg)
{
	struct query	q;

	query_start(&q, st, COLUMNS " WHERE mail = ? ORDER BY submission");
	query_int(&q, mail);
	return walk(&q, row, arg);
}
