/*
 * The loop body between spool and ledger. What waits is always asked of
 * the store: there is no list in memory that a crash could lose.
 */
#include "daemon/intake.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/config.h"
#include "daemon/convert_mail.h"
#include "daemon/file_mail.h"
#include "daemon/limits.h"
#include "daemon/log.h"
#include "daemon/office.h"
#include "daemon/order.h"
#include "daemon/order_take.h"
#include "daemon/parser.h"
#include "daemon/secrecy.h"
#include "parsers/arena.h"
#include "parsers/message.h"
#include "parsers/strbuf.h"
#include "spool/files.h"
#include "spool/mail.h"

struct job {
	struct parser_task *task; /* neither: this place is free */
	struct mail_conversion *conversion; /* after the task */
	struct strbuf	 parsed; /* what the task answered, then */
	int64_t		 mail;
	int		 failures; /* parses that ended badly, so far */
	int		 fd;
	char		*id;
};

struct intake {
	struct office	*office;
	struct parser	*parser;
	struct job	 jobs[INTAKE_TASKS];
	bool		 store_fails; /* told once */
};

struct intake *
intake_new(struct office *o)
{
	struct intake	*in = calloc(1, sizeof(*in));

	if (in == NULL)
		abort();
	in->office = o;
	in->parser = parser_start();
	return in;
}

static bool
job_is_free(const struct job *j)
{
	return j->task == NULL && j->conversion == NULL;
}

static int
job_fd(const struct job *j)
{
	return j->task != NULL ? parser_fd(j->task) :
	    mail_conversion_fd(j->conversion);
}

static int64_t
job_due_ms(const struct job *j)
{
	return j->task != NULL ? parser_due_ms(j->task) :
	    mail_conversion_due_ms(j->conversion);
}

static void
job_clear(struct job *j)
{
	strbuf_clear(&j->parsed);
	if (j->fd > 0)
		close(j->fd);
	free(j->id);
	memset(j, 0, sizeof(*j));
}

void
intake_free(struct intake *in)
{
	size_t		 i;

	if (in == NULL)
		return;
	parser_stop(in->parser);
	for (i = 0; i < INTAKE_TASKS; i++) {
		mail_conversion_drop(in->jobs[i].conversion);
		job_clear(&in->jobs[i]);
	}
	free(in);
}

int
intake_selftest(struct intake *in)
{
	struct parser_request rq = { .job = PARSER_SELFTEST, .in_fd = -1 };
	struct strbuf	 answer = { 0 };
	enum parse_status status = parser_run(in->parser, &rq, &answer);

	strbuf_clear(&answer);
	if (status == PARSE_OK)
		return 0;
	log_error("parser: cannot work here: %s", parser_error(in->parser));
	return -1;
}

static void
store_failed(struct intake *in, const char *what)
{
	if (!in->store_fails)
		log_error("intake: %s: %s", what,
		    store_error(in->office->store));
	in->store_fails = true;
}

static bool
is_running(const struct intake *in, int64_t mail)
{
	size_t	 i;

	for (i = 0; i < INTAKE_TASKS; i++)
		if (!job_is_free(&in->jobs[i]) && in->jobs[i].mail == mail)
			return true;
	return false;
}

/* ---- from the spool to the parsed blob */

static int
put_aside(struct intake *in, const struct mail *m, const char *why)
{
	log_warn("held: #%s: put aside: %s", m->id, why);
	return mail_set_state(in->office->store, m->mail, MESSAGE_ASIDE,
	    why, 0);
}

/* Ours to blame, not the mail's: it waits, and the tries do not count. */
static void
defer(struct intake *in, const struct job *j, const char *why, time_t now)
{
	struct store	*st = in->office->store;

	log_warn("deferred: #%s: %s", j->id, why);
	if (mail_retry(st, j->mail) == -1 || mail_set_state(st, j->mail,
	    MESSAGE_DEFERRED, why, now + INTAKE_DEFER_S) == -1)
		store_failed(in, "defer");
}

/*
 * Bad ends are told in the row ("failure 2: …"). Begun tries that nothing
 * is told of were cut short by an end of our own, and a mail may be
 * unlucky more often than it may be poison.
 */
static int
failures_of(const struct mail *m)
{
	int	 n;

	return sscanf(m->trouble, "failure %d:", &n) == 1 ? n : 0;
}

static bool
job_begin(struct intake *in, struct job *j, int64_t mail, time_t now)
{
	struct store	*st = in->office->store;
	struct mail	*m = mail_find(st, mail);
	struct parser_request rq = { .index = PARSER_WHOLE_FILE };
	bool		 begun = false;

	if (m == NULL)
		return false;
	if (m->attempts >= INTAKE_STARTS) {
		begun = put_aside(in, m, "reading it never ends") == 0;
		goto free_mail;
	}
	j->mail = mail;
	j->failures = failures_of(m);
	j->id = strdup(m->id);
	j->fd = files_open(st, m->sha256, m->form);
	if (j->fd == -1) {
		defer(in, j, store_error(st), now);
		job_clear(j);
		goto free_mail;
	}
	/* On disk before the parse: a mail that kills us is met again with
	 * one try less. */
	if (mail_attempt(st, &mail, 1) == -1) {
		store_failed(in, "attempt");
		job_clear(j);
		goto free_mail;
	}
	rq.job = m->form == FILES_BARE ? PARSER_REPORT : PARSER_MAIL;
	rq.in_fd = j->fd;
	j->task = parser_begin(in->parser, &rq);
	begun = true;
free_mail:
	free(m);
	return begun;
}

/* The child died of it: again at once, aside when that was the last try. */
static void
job_failed(struct intake *in, const struct job *j, enum parse_status why,
    time_t now)
{
	struct mail	*m = mail_find(in->office->store, j->mail);
	const char	*text = why == PARSE_TIMEOUT ?
	    "the parser took too long" : why == PARSE_LIMIT ?
	    "the parser's answer was too long" : "the parser died of it";
	struct strbuf	 trouble = { 0 };
	int		 rc;

	if (m == NULL)
		return;
	strbuf_addf(&trouble, "failure %d: %s", j->failures + 1, text);
	if (j->failures + 1 >= INTAKE_ATTEMPTS) {
		rc = put_aside(in, m, strbuf_get(&trouble));
	} else {
		log_warn("parse: #%s: %s", m->id, strbuf_get(&trouble));
		rc = mail_set_state(in->office->store, m->mail,
		    MESSAGE_DEFERRED, strbuf_get(&trouble), now);
	}
	if (rc == -1)
		store_failed(in, "parse");
	strbuf_clear(&trouble);
	free(m);
}

/* Keep what the parser made; of a secret document only the stamp. */
static void
keep_parsed(struct intake *in, const struct job *j, time_t now)
{
	struct bytes	 blob = { (const uint8_t *)strbuf_get(&j->parsed),
		j->parsed.len };
	struct arena	*arena = arena_new(0);
	struct strbuf	 redacted = { 0 };
	struct message	*m = message_decode(blob, arena);
	struct mail_parsed p = { 0 };

	if (m == NULL) {
		job_failed(in, j, PARSE_CRASHED, now);
		goto free_arena;
	}
	p.blob = blob.data;
	p.len = blob.len;
	if (secrecy_found(m)) {
		if (mail_forget_name(in->office->store, j->mail) == -1) {
			store_failed(in, "secret");
			goto free_arena;
		}
		secrecy_redact(m);
		message_encode(m, &redacted);
		p.blob = strbuf_get(&redacted);
		p.len = redacted.len;
	}
	p.parser_version = INTAKE_PARSER_VERSION;
	p.from_address = m->from_address;
	p.from_name = m->from_name;
	p.subject = order_token_hide(m->subject, arena);
	p.message_id = m->message_id;
	if (mail_set_parsed(in->office->store, j->mail, &p) == -1)
		store_failed(in, "parsed");
	strbuf_clear(&redacted);
free_arena:
	arena_free(arena);
}

/* What the parser cannot read another program may, where that is wanted. */
static bool
begin_conversion(struct intake *in, struct job *j, const struct mail *m)
{
	struct mail_conversion_input	input = { in->parser, j->fd,
		m->form == FILES_BARE };

	if (in->office->config->convert)
		j->conversion = mail_conversion_begin(&input, &j->parsed);
	return j->conversion != NULL;
}

static void
task_end(struct intake *in, struct job *j, time_t now)
{
	enum parse_status status = parser_finish(j->task, &j->parsed);
	struct mail	*m = NULL;

	j->task = NULL;
	if (status == PARSE_UNAVAILABLE)
		defer(in, j, parser_error(in->parser), now);
	else if (status != PARSE_OK)
		job_failed(in, j, status, now);
	else if ((m = mail_find(in->office->store, j->mail)) == NULL ||
	    !begin_conversion(in, j, m))
		keep_parsed(in, j, now);
	free(m);
	if (job_is_free(j))
		job_clear(j);
}

/* Go on with a job; true when it came to its end. */
static bool
job_step(struct intake *in, struct job *j, time_t now)
{
	if (j->task != NULL && parser_step(j->task))
		task_end(in, j, now);
	else if (j->conversion != NULL &&
	    mail_conversion_step(j->conversion)) {
		mail_conversion_finish(j->conversion, &j->parsed);
		j->conversion = NULL;
		keep_parsed(in, j, now);
		job_clear(j);
	} else
		return false;
	return job_is_free(j);
}

/* Fill free places with what waits; true when something was begun. */
static bool
begin_some(struct intake *in, time_t now)
{
	static const enum message_state states[] = { MESSAGE_STORED,
		MESSAGE_DEFERRED };
	int64_t		 mails[INTAKE_TASKS + 1];
	size_t		 i, k;
	int		 n, p;
	bool		 begun = false;

	for (i = 0; i < INTAKE_TASKS; i++) {
		struct job *j = &in->jobs[i];

		for (k = 0; job_is_free(j) && k < 2; k++) {
			n = mail_pending(in->office->store, states[k], now,
			    mails, INTAKE_TASKS + 1);
			if (n == -1)
				store_failed(in, "pending");
			for (p = 0; job_is_free(j) && p < n; p++)
				if (!is_running(in, mails[p]))
					begun |= job_begin(in, j, mails[p],
					    now);
		}
	}
	return begun;
}

/* ---- from the parsed blob to the ledger */

static bool
file_some(struct intake *in, time_t now)
{
	int64_t		 mails[INTAKE_FILE_GROUP];
	bool		 done = false;
	int		 i, n;

	n = mail_pending(in->office->store, MESSAGE_PARSED, now, mails,
	    INTAKE_FILE_GROUP);
	for (i = 0; i < n; i++) {
		switch (order_take(in->office, in->parser, mails[i],
		    now)) {
		case FILED_DONE:
			in->store_fails = false;
			done = true;
			break;
		case FILED_AGAIN:
			done |= mail_retry(in->office->store,
			    mails[i]) == 0;
			break;
		case FILED_FAILED:
			store_failed(in, "file");
			return done;
		}
	}
	return done;
}

/* ---- the loop's side */

bool
intake_turn(struct intake *in, time_t now)
{
	bool	 done = false;
	size_t	 i;

	for (i = 0; i < INTAKE_TASKS; i++)
		done |= job_step(in, &in->jobs[i], now);
	done |= file_some(in, now);
	done |= begin_some(in, now);
	return done;
}

size_t
intake_fds(const struct intake *in, struct pollfd *fds)
{
	size_t	 i, n = 0;

	for (i = 0; i < INTAKE_TASKS; i++)
		if (!job_is_free(&in->jobs[i])) {
			fds[n].fd = job_fd(&in->jobs[i]);
			fds[n].events = POLLIN;
			fds[n++].revents = 0;
		}
	return n;
}

int64_t
intake_due_ms(const struct intake *in)
{
	int64_t	 due = -1, t;
	size_t	 i;

	for (i = 0; i < INTAKE_TASKS; i++) {
		if (job_is_free(&in->jobs[i]))
			continue;
		t = job_due_ms(&in->jobs[i]);
		if (due == -1 || t < due)
			due = t;
	}
	return due;
}

bool
intake_is_busy(const struct intake *in)
{
	struct store	*st = in->office->store;
	size_t		 i;

	for (i = 0; i < INTAKE_TASKS; i++)
		if (!job_is_free(&in->jobs[i]))
			return true;
	return mail_count(st, MESSAGE_STORED) > 0 ||
	    mail_count(st, MESSAGE_PARSED) > 0;
}

int
intake_run(struct intake *in, time_t now)
{
	struct pollfd	 fds[INTAKE_TASKS];
	int64_t		 left;
	size_t		 n;

	in->store_fails = false;
	do {
		while (intake_turn(in, now))
			continue;
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
