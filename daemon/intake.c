/*
 * The loop body between spool and ledger. What waits is always asked of
 * the store: there is no list in memory that a crash could lose.
 */
#include "daemon/intake.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/file_mail.h"
#include "daemon/limits.h"
#include "daemon/log.h"
#include "daemon/office.h"
#include "daemon/order_take.h"
#include "daemon/parser.h"
#include "daemon/reading.h"
#include "parsers/strbuf.h"
#include "spool/mail.h"
#include "spool/store.h"

struct intake {
	struct office	*office;
	struct reading	*reading;
	size_t		 pace;	/* filed together; as that of reading */
	bool		 has_begun;   /* to file: one did not end us */
	bool		 has_more;    /* to be filed, maybe */
	bool		 store_fails; /* told once */
};

struct intake *
intake_new(struct office *o)
{
	struct intake	*in = calloc(1, sizeof(*in));

	if (in == NULL)
		abort();
	in->office = o;
	in->reading = reading_new(o);
	in->pace = 1;
	in->has_more = true;
	return in;
}

void
intake_free(struct intake *in)
{
	if (in == NULL)
		return;
	reading_free(in->reading);
	free(in);
}

int
intake_selftest(struct intake *in)
{
	struct parser_request rq = { .job = PARSER_SELFTEST, .in_fd = -1 };
	struct parser	*parser = reading_parser(in->reading);
	struct strbuf	 answer = { 0 };
	enum parse_status status = parser_run(parser, &rq, &answer);

	strbuf_clear(&answer);
	if (status == PARSE_OK)
		return 0;
	log_error("parser: cannot work here: %s", parser_error(parser));
	return -1;
}

static void
store_failed(struct intake *in, const char *what)
{
	if (!in->store_fails)
		log_error("intake: %s: %s", what,
		    store_error(in->office->store));
	in->store_fails = true;
	in->pace = 1;
}

/* ---- from the parsed blob to the ledger */

static bool
file_one(struct intake *in, int64_t mail, time_t now)
{
	switch (order_take(in->office, reading_parser(in->reading), mail,
	    now)) {
	case FILED_DONE:
		return true;
	case FILED_AGAIN:
		/* one that cannot be has been purged meanwhile */
		(void)mail_retry(in->office->store, mail);
		return true;
	case FILED_FAILED:
		break;
	}
	store_failed(in, "file");
	return false;
}

/*
 * The first of these, and those behind it that may share its commit; none
 * behind one that fails, so that they keep their order. How many.
 */
static int
file_group(struct intake *in, const int64_t *mails, int n, time_t now)
{
	struct office	*o = in->office;
	int		 done = 0;

	if (order_take_alone(o, mails[0]))
		return file_one(in, mails[0], now) ? 1 : 0;
	if (store_group_begin(o->store, STORE_GROUP_SYNCED) == -1) {
		store_failed(in, "file");
		return 0;
	}
	while (done < n && !order_take_alone(o, mails[done]) &&
	    file_one(in, mails[done], now)) {
		done++;
		/* meanwhile the children do not wait for us */
		reading_feed(in->reading);
	}
	if (store_group_commit(o->store) == 0)
		return done;
	store_failed(in, "file");
	return 0;
}

/*
 * The first mail that a process files is alone, and its try is counted
 * beforehand: one that has ended so many of us is put aside. 1 when it may
 * be filed, 0 when it was put aside, -1 when the store failed.
 */
static int
begin_filing(struct intake *in, int64_t mail)
{
	static const char why[] = "filing it ends the daemon";
	struct store	*st = in->office->store;
	struct mail	*m = mail_find(st, mail);
	int		 rc = -1;

	if (m != NULL && m->attempts >= INTAKE_ATTEMPTS) {
		log_warn("held: #%s: put aside: %s", m->id, why);
		rc = mail_set_state(st, mail, MESSAGE_ASIDE, why, 0);
	} else if (m != NULL && mail_attempt(st, &mail, 1) == 0) {
		rc = 1;
	}
	free(m);
	if (rc == -1)
		store_failed(in, "file");
	return rc;
}

static bool
file_some(struct intake *in, time_t now)
{
	int64_t		 mails[INTAKE_GROUP];
	int		 n, rc, filed, done = 0;

	n = mail_pending(in->office->store, MESSAGE_PARSED, now, mails,
	    (int)in->pace);
	in->has_more = n == (int)in->pace;
	if (n > 0 && !in->has_begun) {
		rc = begin_filing(in, mails[0]);
		if (rc != 1)
			return rc == 0;
	}
	while (done < n) {
		filed = file_group(in, mails + done, n - done, now);
		if (filed == 0)
			break;
		done += filed;
	}
	if (n > 0 && !in->has_begun) {
		in->has_begun = true;
		/* it was not the mail that stopped us */
		if (done == 0 && mail_forget_attempts(in->office->store,
		    mails[0]) == -1)
			store_failed(in, "file");
	}
	if (done == 0)
		return false;
	if (done == n) {
		in->store_fails = false;
		if (in->pace < INTAKE_GROUP)
			in->pace *= 2;
	}
	return true;
}

/* ---- the loop's side */

static bool
keep_some(struct intake *in, time_t now)
{
	const char	*failed;
	bool		 done = reading_keep(in->reading, now, &failed);

	if (failed != NULL)
		store_failed(in, failed);
	reading_feed(in->reading);
	return done;
}

bool
intake_turn(struct intake *in, time_t now)
{
	bool	 done;

	reading_feed(in->reading);
	if (!in->has_more && !reading_is_ripe(in->reading))
		return false;
	done = keep_some(in, now);
	done |= file_some(in, now);
	return done;
}

void
intake_read(struct intake *in, time_t now)
{
	reading_feed(in->reading);
	if (reading_is_ripe(in->reading))
		(void)keep_some(in, now);
}

size_t
intake_fds(const struct intake *in, struct pollfd *fds)
{
	return reading_fds(in->reading, fds);
}

int64_t
intake_due_ms(const struct intake *in)
{
	return reading_due_ms(in->reading);
}

bool
intake_is_busy(const struct intake *in)
{
	struct store	*st = in->office->store;

	return reading_is_busy(in->reading) ||
	    mail_count(st, MESSAGE_STORED) > 0 ||
	    mail_count(st, MESSAGE_PARSED) > 0;
}

int
intake_run(struct intake *in, time_t now, void (*between)(void *), void *arg)
{
	struct pollfd	 fds[INTAKE_CHILDREN];
	int64_t		 left;
	size_t		 n;

	in->store_fails = false;
	do {
		while (intake_turn(in, now))
			if (between != NULL)
				between(arg);
		if (in->store_fails)
			return -1;
		n = intake_fds(in, fds);
		if (n > 0 && poll(fds, n, INTAKE_POLL_MS) == -1 &&
		    errno != EINTR)
			panic("intake: poll: %s", strerror(errno));
	} while (intake_is_busy(in));
	left = mail_count(in->office->store, MESSAGE_DEFERRED);
	if (left == -1)
		store_failed(in, "count");
	return (int)left;
}
