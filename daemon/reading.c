/*
 * Places for mails that are being read. What waits is always asked of the
 * store: a place holds only what a crash may lose, and then it is read
 * again. Nothing here decides on a mail.
 */
#include "daemon/reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/child_wait.h"
#include "daemon/config.h"
#include "daemon/convert_mail.h"
#include "daemon/intake.h"
#include "daemon/limits.h"
#include "daemon/log.h"
#include "daemon/office.h"
#include "daemon/order.h"
#include "daemon/parser.h"
#include "daemon/secrecy.h"
#include "parsers/arena.h"
#include "parsers/message.h"
#include "parsers/strbuf.h"
#include "spool/files.h"
#include "spool/mail.h"
#include "spool/store.h"

#define PLACES (2 * INTAKE_GROUP)

enum place_state {
	PLACE_FREE = 0,
	PLACE_WAITING,	/* its try is counted */
	PLACE_RUNNING,	/* in a child's hands */
	PLACE_READ,	/* the answer is there */
	PLACE_DECODED	/* and may be kept */
};

struct place {
	enum place_state state;
	int64_t		 mail;
	uint64_t	 ticket;   /* in the order of receipt */
	int		 failures; /* parses that ended badly, so far */
	int		 fd;
	bool		 is_bare;
	char		*id;
	struct parser_task *task; /* running: this, or after it … */
	struct mail_conversion *conversion;
	enum parse_status status; /* once read */
	struct strbuf	 parsed;
	struct arena	*arena;	  /* of the message, once decoded */
	struct message	*message;
};

/*
 * How many answers are kept together. It begins with one mail in all and
 * doubles with each time that goes well: should an answer kill us, then
 * the next starts come ever nearer to it until it is alone, and the tries
 * of few others are counted in vain.
 */
struct reading {
	struct office	*office;
	struct parser	*parser;
	size_t		 pace;
	struct place	 places[PLACES];
	uint64_t	 last_ticket;
	int64_t		 ripe_ms;  /* gathered until then */
	const char	*failed;   /* what the store refused */
};

struct reading *
reading_new(struct office *o)
{
	struct reading	*r = calloc(1, sizeof(*r));
	struct strbuf	 scratch = { 0 };

	if (r == NULL)
		abort();
	r->office = o;
	r->parser = parser_start();
	strbuf_addf(&scratch, "%s/tmp", files_path(o->store));
	parser_set_scratch(r->parser, strbuf_get(&scratch));
	strbuf_clear(&scratch);
	r->pace = 1;
	return r;
}

struct parser *
reading_parser(struct reading *r)
{
	return r->parser;
}

static void
place_clear(struct place *p)
{
	strbuf_clear(&p->parsed);
	arena_free(p->arena);
	if (p->state != PLACE_FREE)
		close(p->fd);
	free(p->id);
	memset(p, 0, sizeof(*p));
}

void
reading_free(struct reading *r)
{
	size_t	 i;

	if (r == NULL)
		return;
	parser_stop(r->parser);
	for (i = 0; i < PLACES; i++) {
		mail_conversion_drop(r->places[i].conversion);
		place_clear(&r->places[i]);
	}
	free(r);
}

static size_t
count(const struct reading *r, enum place_state state)
{
	size_t	 i, n = 0;

	for (i = 0; i < PLACES; i++)
		n += r->places[i].state == state;
	return n;
}

bool
reading_is_busy(const struct reading *r)
{
	return count(r, PLACE_FREE) < PLACES;
}

/* ---- the children */

/* What the parser cannot read another program may, where that is wanted. */
static bool
begin_conversion(struct reading *r, struct place *p)
{
	struct mail_conversion_input input = { r->parser, p->fd,
		p->is_bare };

	if (r->office->config->convert)
		p->conversion = mail_conversion_begin(&input, &p->parsed);
	return p->conversion != NULL;
}

static void
place_step(struct reading *r, struct place *p)
{
	if (p->task != NULL && parser_step(p->task)) {
		p->status = parser_finish(p->task, &p->parsed);
		p->task = NULL;
		if (p->status != PARSE_OK || !begin_conversion(r, p))
			p->state = PLACE_READ;
	} else if (p->conversion != NULL &&
	    mail_conversion_step(p->conversion)) {
		mail_conversion_finish(p->conversion, &p->parsed);
		p->conversion = NULL;
		p->state = PLACE_READ;
	}
}

static struct place *
first_waiting(struct reading *r)
{
	struct place	*first = NULL, *p;

	for (p = r->places; p < r->places + PLACES; p++)
		if (p->state == PLACE_WAITING && (first == NULL ||
		    p->ticket < first->ticket))
			first = p;
	return first;
}

static size_t
gathered_bytes(const struct reading *r)
{
	size_t	 i, sum = 0;

	for (i = 0; i < PLACES; i++)
		sum += r->places[i].parsed.len;
	return sum;
}

void
reading_feed(struct reading *r)
{
	struct parser_request rq = { .index = PARSER_WHOLE_FILE };
	struct place	*p;
	size_t		 running;

	for (p = r->places; p < r->places + PLACES; p++)
		if (p->state == PLACE_RUNNING)
			place_step(r, p);
	running = count(r, PLACE_RUNNING);
	while (running < INTAKE_CHILDREN &&
	    gathered_bytes(r) < INTAKE_GATHER_BYTES &&
	    (p = first_waiting(r)) != NULL) {
		rq.job = p->is_bare ? PARSER_REPORT : PARSER_MAIL;
		rq.in_fd = p->fd;
		p->task = parser_begin(r->parser, &rq);
		p->state = PLACE_RUNNING;
		running++;
	}
}

size_t
reading_fds(const struct reading *r, struct pollfd *fds)
{
	const struct place *p;
	size_t		 n = 0;

	for (p = r->places; p < r->places + PLACES; p++) {
		if (p->state != PLACE_RUNNING)
			continue;
		fds[n].fd = p->task != NULL ? parser_fd(p->task) :
		    mail_conversion_fd(p->conversion);
		fds[n].events = POLLIN;
		fds[n++].revents = 0;
	}
	return n;
}

int64_t
reading_due_ms(const struct reading *r)
{
	const struct place *p;
	int64_t		 due, t;

	due = count(r, PLACE_READ) > 0 ? r->ripe_ms : -1;
	for (p = r->places; p < r->places + PLACES; p++) {
		if (p->state != PLACE_RUNNING)
			continue;
		t = p->task != NULL ? parser_due_ms(p->task) :
		    mail_conversion_due_ms(p->conversion);
		if (due == -1 || t < due)
			due = t;
	}
	return due;
}

/* ---- how it ended */

static void
store_failed(struct reading *r, const char *what)
{
	if (r->failed == NULL)
		r->failed = what;
}

static int
put_aside(struct reading *r, int64_t mail, const char *id, const char *why)
{
	log_warn("held: #%s: put aside: %s", id, why);
	return mail_set_state(r->office->store, mail, MESSAGE_ASIDE, why, 0);
}

/* Ours to blame, not the mail's: it waits, and the tries do not count. */
static void
defer(struct reading *r, int64_t mail, const char *id, const char *why,
    time_t now)
{
	struct store	*st = r->office->store;

	log_warn("deferred: #%s: %s", id, why);
	if (mail_retry(st, mail) == -1 || mail_set_state(st, mail,
	    MESSAGE_DEFERRED, why, now + INTAKE_DEFER_S) == -1)
		store_failed(r, "defer");
}

/* The child died of it: again at once, aside when that was the last try. */
static void
end_badly(struct reading *r, const struct place *p, enum parse_status why,
    time_t now)
{
	const char	*text = why == PARSE_TIMEOUT ?
	    "the parser took too long" : why == PARSE_LIMIT ?
	    "the parser's answer was too long" : "the parser died of it";
	struct strbuf	 trouble = { 0 };
	int		 rc;

	strbuf_addf(&trouble, "failure %d: %s", p->failures + 1, text);
	if (p->failures + 1 >= INTAKE_ATTEMPTS) {
		rc = put_aside(r, p->mail, p->id, strbuf_get(&trouble));
	} else {
		log_warn("parse: #%s: %s", p->id, strbuf_get(&trouble));
		rc = mail_set_state(r->office->store, p->mail,
		    MESSAGE_DEFERRED, strbuf_get(&trouble), now);
	}
	if (rc == -1)
		store_failed(r, "parse");
	strbuf_clear(&trouble);
}

/* Of a secret document only the stamp is kept. 0 or -1. */
static int
redact(struct reading *r, struct place *p)
{
	if (mail_forget_name(r->office->store, p->mail) == -1) {
		store_failed(r, "secret");
		return -1;
	}
	secrecy_redact(p->message);
	strbuf_reset(&p->parsed);
	message_encode(p->message, &p->parsed);
	return 0;
}

/* An answer that may be kept, or a mail that ended otherwise. */
static void
decode(struct reading *r, struct place *p, time_t now)
{
	struct bytes	 blob = { (const uint8_t *)strbuf_get(&p->parsed),
		p->parsed.len };

	if (p->status == PARSE_UNAVAILABLE) {
		defer(r, p->mail, p->id, parser_error(r->parser), now);
	} else if (p->status != PARSE_OK) {
		end_badly(r, p, p->status, now);
	} else {
		p->arena = arena_new(0);
		p->message = message_decode(blob, p->arena);
		if (p->message == NULL)
			end_badly(r, p, PARSE_CRASHED, now);
		else if (!secrecy_found(p->message) || redact(r, p) == 0)
			p->state = PLACE_DECODED;
	}
	if (p->state != PLACE_DECODED)
		place_clear(p);
}

static void
keep_parsed(struct reading *r, const struct place *p)
{
	const struct message *m = p->message;
	struct mail_parsed parsed = {
		.blob = strbuf_get(&p->parsed),
		.len = p->parsed.len,
		.parser_version = INTAKE_PARSER_VERSION,
		.from_address = m->from_address,
		.from_name = m->from_name,
		.subject = order_token_hide(m->subject, p->arena),
		.message_id = m->message_id
	};

	if (mail_set_parsed(r->office->store, p->mail, &parsed) == -1)
		store_failed(r, "parsed");
}

/* ---- what comes next */

static bool
has_place(const struct reading *r, int64_t mail)
{
	size_t	 i;

	for (i = 0; i < PLACES; i++)
		if (r->places[i].state != PLACE_FREE &&
		    r->places[i].mail == mail)
			return true;
	return false;
}

/* Mails that have no place yet, up to `most`. */
static size_t
find_next(struct reading *r, time_t now, size_t most, int64_t *next)
{
	static const enum message_state states[] = { MESSAGE_STORED,
		MESSAGE_DEFERRED };
	int64_t		 mails[PLACES];
	size_t		 k, found = 0;
	int		 i, n;

	for (k = 0; k < 2 && found < most; k++) {
		n = mail_pending(r->office->store, states[k], now, mails,
		    PLACES);
		if (n == -1)
			store_failed(r, "pending");
		for (i = 0; i < n && found < most; i++)
			if (!has_place(r, mails[i]))
				next[found++] = mails[i];
	}
	return found;
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

/*
 * A place for a mail, and its try counted before the parse: a mail that
 * kills us is met again with one try less.
 */
static void
take(struct reading *r, int64_t mail, time_t now)
{
	struct store	*st = r->office->store;
	struct mail	*m = mail_find(st, mail);
	struct place	*p = r->places;
	int		 fd;

	if (m == NULL)
		return;
	if (m->attempts >= INTAKE_STARTS) {
		if (put_aside(r, mail, m->id, "reading it never ends") == -1)
			store_failed(r, "parse");
		goto free_mail;
	}
	fd = files_open(st, m->sha256, m->form);
	if (fd == -1) {
		defer(r, mail, m->id, store_error(st), now);
		goto free_mail;
	}
	if (mail_attempt(st, &mail, 1) == -1) {
		store_failed(r, "attempt");
		close(fd);
		goto free_mail;
	}
	while (p->state != PLACE_FREE)
		p++;
	p->state = PLACE_WAITING;
	p->mail = mail;
	p->ticket = ++r->last_ticket;
	p->failures = failures_of(m);
	p->is_bare = m->form == FILES_BARE;
	p->id = strdup(m->id);
	p->fd = fd;
free_mail:
	free(m);
}

bool
reading_is_ripe(const struct reading *r)
{
	size_t	 n_read = count(r, PLACE_READ);

	return n_read >= r->pace || count(r, PLACE_WAITING) < INTAKE_CHILDREN ||
	    (n_read > 0 && child_deadline(0) >= r->ripe_ms) ||
	    gathered_bytes(r) >= INTAKE_GATHER_BYTES;
}

/*
 * The one transaction. Not for the disk at once: it can be done again.
 * Where it fails the answers are dropped, and the mails are still stored.
 */
static void
keep_and_take(struct reading *r, const int64_t *next, size_t n, time_t now)
{
	struct store	*st = r->office->store;
	uint64_t	 before = r->last_ticket;
	struct place	*p;
	size_t		 i;

	if (store_group_begin(st, STORE_GROUP_LAZY) == -1) {
		store_failed(r, "parsed");
		return;
	}
	for (p = r->places; p < r->places + PLACES; p++) {
		if (p->state != PLACE_DECODED)
			continue;
		keep_parsed(r, p);
		place_clear(p);
	}
	for (i = 0; i < n; i++)
		take(r, next[i], now);
	if (store_group_commit(st) == 0)
		return;
	store_failed(r, "parsed");
	for (p = r->places; p < r->places + PLACES; p++)
		if (p->ticket > before)
			place_clear(p);
}

bool
reading_keep(struct reading *r, time_t now, const char **failed)
{
	size_t		 most = r->pace == 1 ? 1 : 2 * r->pace;
	size_t		 n, n_read = 0, n_good;
	int64_t		 next[PLACES];
	struct place	*p;

	r->failed = NULL;
	for (p = r->places; p < r->places + PLACES; p++) {
		if (p->state != PLACE_READ)
			continue;
		n_read++;
		decode(r, p, now);
	}
	n_good = count(r, PLACE_DECODED);
	n = count(r, PLACE_WAITING) + count(r, PLACE_RUNNING);
	n = n < most ? find_next(r, now, most - n, next) : 0;
	if (n > 0 || n_good > 0)
		keep_and_take(r, next, n, now);
	for (p = r->places; p < r->places + PLACES; p++)
		if (p->state == PLACE_DECODED)
			place_clear(p);
	r->ripe_ms = child_deadline(INTAKE_GATHER_MS);
	if (r->failed != NULL)
		r->pace = 1;
	else if (n_good > 0 && r->pace < INTAKE_GROUP)
		r->pace *= 2;
	*failed = r->failed;
	return n_read > 0 || (n > 0 && r->failed == NULL);
}
