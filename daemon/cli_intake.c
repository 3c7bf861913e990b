/*
 * Mail by hand: inject, retry, and the queue of what is held or failed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/cli.h"
#include "daemon/cli_json.h"
#include "daemon/cli_list.h"
#include "daemon/cli_verbs.h"
#include "daemon/config.h"
#include "daemon/intake.h"
#include "daemon/localtime.h"
#include "daemon/office.h"
#include "daemon/outbox.h"
#include "daemon/reason.h"
#include "daemon/sender_cap.h"
#include "daemon/status_rows.h"
#include "daemon/statuslog.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/text.h"
#include "spool/arrival.h"
#include "spool/event.h"
#include "spool/filing.h"
#include "spool/mail.h"
#include "spool/lock.h"
#include "spool/outgoing.h"

#define OUT_PREFIX "out-"	/* how a mail of ours is named */

/*
 * Read and file what was stored: the daemon's work where there is one,
 * else done here.
 */
int
cli_take_in(struct cli *c)
{
	struct intake	*in;
	int		 later;

	if (store_daemon_pid(c->office->config->state) > 0)
		return cli_changed(c);
	in = intake_new(c->office);
	later = intake_run(in, c->now, NULL, NULL);
	intake_free(in);
	if (later == -1)
		return cli_store_failed(c);
	if (later > 0)
		return cli_fail(c, EX_TEMPFAIL, "%d left for later", later);
	return cli_changed(c);
}

/* ---- inject */

static int
inject_one(struct cli *c, size_t i, time_t received)
{
	struct arrival	 a = { .form = FILES_MAIL, .name = "",
			    .account = "inject", .folder = "" };
	struct mail	*m;
	char		 sha256[65];
	int		 rc = cli_check_size(c, i);

	if (rc != 0)
		return rc;
	if (c->is_dry) {
		printf("%s%s\n", c->args.words[i], cli_rehearsed(c));
		return 0;
	}
	if (files_copy(c->office->store, c->inputs[i], FILES_MAIL, sha256,
	    &a.size) == -1)
		return cli_store_failed(c);
	a.sha256 = sha256;
	a.received_utc = received;
	a.taken_utc = c->now;
	if (arrival_take(c->office->store, &a, 1) == -1)
		return cli_store_failed(c);
	m = mail_find(c->office->store, a.mail);
	if (m == NULL)
		return cli_store_failed(c);
	printf("#%s %s %s\n", m->id, c->args.words[i], a.is_new ? "" :
	    text_word(WORD_CLI_KNOWN));
	free(m);
	return 0;
}

int
cli_inject(struct cli *c)
{
	const char	*text = cli_value(&c->args, OPT_RECEIVED, NULL);
	time_t		 received = c->now;
	size_t		 i;
	int		 rc = 0;

	if (text != NULL && local_parse(text, &received) == -1)
		return cli_fail(c, EX_USAGE, "--received %s: not a time; "
		    "right would be 2027-03-15T08:00:00+07:00", text);
	for (i = 0; rc == 0 && i < c->args.n_words; i++)
		rc = inject_one(c, i, received);
	if (rc == 0 && !c->is_dry)
		rc = cli_take_in(c);
	return rc;
}

/* ---- queue */

struct queue {
	struct cli	*c;
	json_t		*mails, *outgoing; /* NULL: for people */
	size_t		 n;
};

static const enum word outgoing_words[] = {
	[OUTGOING_PENDING] = WORD_OUT_PENDING,
	[OUTGOING_SENDING] = WORD_OUT_SENDING,
	[OUTGOING_LATER] = WORD_OUT_LATER,
	[OUTGOING_SENT] = WORD_OUT_SENT,
	[OUTGOING_FAILED] = WORD_OUT_FAILED,
	[OUTGOING_UNCERTAIN] = WORD_OUT_UNCERTAIN,
	[OUTGOING_WITHDRAWN] = WORD_OUT_WITHDRAWN
};

static const struct {
	const char	*kind;
	enum word	 word;
} outgoing_kinds[] = {
	{ MAIL_RECEIPT, WORD_OUT_RECEIPT },
	{ MAIL_REMINDER, WORD_OUT_REMINDER },
	{ MAIL_SUPPLEMENT, WORD_OUT_SUPPLEMENT },
	{ MAIL_UNREADABLE, WORD_OUT_UNREADABLE },
	{ MAIL_RETURNED, WORD_OUT_RETURNED },
	{ MAIL_SUMMARY, WORD_OUT_SUMMARY },
	{ MAIL_PREVIEW, WORD_OUT_PREVIEW },
	{ MAIL_CALL_LIST, WORD_OUT_CALL_LIST },
	{ MAIL_ESCALATION, WORD_OUT_ESCALATION },
	{ MAIL_UNKNOWN_SENDER, WORD_OUT_UNKNOWN_SENDER },
	{ MAIL_SUPPLEMENT_LIST, WORD_OUT_SUPPLEMENT_LIST },
	{ MAIL_TROUBLE, WORD_OUT_TROUBLE },
	{ MAIL_RECOVERED, WORD_OUT_RECOVERED },
	{ MAIL_DECISION, WORD_OUT_DECISION }
};

static const char *
kind_text(const char *kind)
{
	size_t	 i;

	for (i = 0; i < sizeof(outgoing_kinds) / sizeof(*outgoing_kinds); i++)
		if (strcmp(kind, outgoing_kinds[i].kind) == 0)
			return text_word(outgoing_kinds[i].word);
	return text_word(WORD_OUT_OTHER);
}

/* For people; our own words of what failed are the administrator's. */
static void
print_mail(const struct queue *q, const struct mail *m,
    const struct filing *f)
{
	const char	*why = f != NULL ? f->reason :
			    m->state == MESSAGE_ASIDE ?
			    reason_text(REASON_ASIDE) :
			    strcmp(m->trouble, SENDER_CAP_TROUBLE) == 0 ?
			    reason_text(REASON_SENDER_CAP) : "";

	printf("#%s %s\n", m->id, statuslog_join(q->c->arena,
	    cli_state_word(m->state), row_time(m->received_utc,
	    q->c->arena), text_clean(m->from_address, q->c->arena),
	    text_clean(why, q->c->arena), NULL));
}

static void
print_outgoing(const struct queue *q, const struct outgoing *o)
{
	struct arena	*a = q->c->arena;
	const char	*why = o->error[0] == '\0' ? "" : o->code == 0 ?
			    text_word(WORD_SEND_TROUBLE) :
			    arena_printf(a, "%s: %s",
			    text_word(WORD_OUT_ANSWER_OF_SERVER),
			    text_clean(o->error, a));

	printf(OUT_PREFIX "%lld %s\n", (long long)o->outgoing,
	    statuslog_join(a, text_word(outgoing_words[o->state]),
	    kind_text(o->kind), text_clean(o->to, a), why, NULL));
}

static int
queue_mail(const struct mail *m, void *arg)
{
	struct queue	*q = arg;
	struct filing	*f;
	const char	*why = m->trouble;
	json_t		*j;

	f = m->state == MESSAGE_HELD ? filing_find(q->c->office->store,
	    m->mail) : NULL;
	if (f != NULL && *why == '\0')
		why = f->reason;
	if (q->mails != NULL) {
		j = json_object();
		json_put_text(j, "id", m->id);
		json_put_text(j, "state", message_state_name(m->state));
		json_put(j, "received", json_time(m->received_utc));
		json_put_text(j, "from", m->from_address);
		json_put(j, "attempts", json_integer(m->attempts));
		json_put(j, "next_try", json_time(m->next_try_utc));
		json_put_text(j, "reason", why);
		json_push(q->mails, j);
	} else
		print_mail(q, m, f);
	q->n++;
	free(f);
	return 0;
}

static int
queue_outgoing(const struct outgoing *o, void *arg)
{
	struct queue	*q = arg;
	json_t		*j;

	if (o->state == OUTGOING_SENT || o->state == OUTGOING_WITHDRAWN)
		return 0;
	if (q->outgoing != NULL) {
		j = json_object();
		json_put_text(j, "id", arena_printf(q->c->arena, OUT_PREFIX
		    "%lld", (long long)o->outgoing));
		json_put_text(j, "state", outgoing_state_name(o->state));
		json_put_text(j, "kind", o->kind);
		json_put_text(j, "to", o->to);
		json_put(j, "units", json_texts(o->units, o->n_units));
		json_put(j, "attempts", json_integer(o->attempts));
		json_put(j, "next_try", json_time(o->next_try_utc));
		json_put_text(j, "reason", o->error);
		json_push(q->outgoing, j);
	} else
		print_outgoing(q, o);
	q->n++;
	return 0;
}

int
cli_queue(struct cli *c)
{
	static const enum message_state states[] = { MESSAGE_STORED,
		MESSAGE_PARSED, MESSAGE_DEFERRED, MESSAGE_HELD,
		MESSAGE_ASIDE };
	struct mail_filter	 filter = { 0 };
	struct queue		 q = { .c = c };
	json_t			*j;
	size_t			 i;

	if (cli_given(&c->args, OPT_JSON)) {
		q.mails = json_array();
		q.outgoing = json_array();
	}
	for (i = 0; i < sizeof(states) / sizeof(*states); i++) {
		filter.state = states[i];
		if (mail_each(c->office->store, &filter, queue_mail, &q) ==
		    -1)
			return cli_store_failed(c);
	}
	if (outgoing_each(c->office->store, (enum outgoing_state)0,
	    queue_outgoing, &q) == -1)
		return cli_store_failed(c);
	if (q.mails != NULL) {
		j = json_object();
		json_put(j, "mails", q.mails);
		json_put(j, "outgoing", q.outgoing);
		return json_print(j);
	}
	if (q.n == 0)
		printf("%s\n", text_word(WORD_CLI_QUEUE_EMPTY));
	return 0;
}

/* ---- retry */

static int
retry_outgoing(struct cli *c, const char *number)
{
	struct outgoing_result	 r = { .state = OUTGOING_PENDING,
				    .time_utc = c->now,
				    .next_try_utc = c->now, .error = "" };
	struct outgoing		*o;
	enum outgoing_state	 state;
	char			*end;
	long long		 id = strtoll(number, &end, 10);

	o = *end == '\0' ? outgoing_find(c->office->store, id) : NULL;
	if (o == NULL)
		return cli_fail(c, EX_NOINPUT, "%s \"" OUT_PREFIX "%s\" "
		    "(tiepnhan queue)", text_word(WORD_CLI_NO_SUCH_MAIL),
		    number);
	state = o->state;
	free(o);
	if (!outgoing_state_may(state, OUTGOING_PENDING))
		return cli_fail(c, EX_DATAERR, OUT_PREFIX "%s: %s; %s", number,
		    text_word(outgoing_words[state]),
		    text_word(WORD_CLI_NOT_SENT_AGAIN));
	printf(OUT_PREFIX "%s %s%s\n", number, text_word(WORD_CLI_SEND_AGAIN),
	    cli_rehearsed(c));
	if (!c->is_dry && outgoing_settle(c->office->store, id, &r) == -1)
		return cli_store_failed(c);
	return cli_changed(c);
}

int
cli_retry(struct cli *c)
{
	struct event	 e = { .time_utc = c->now, .who = c->who,
			    .verb = "retry", .campaign = "", .unit = "",
			    .detail = "", .reason = cli_value(&c->args,
			    OPT_REASON, "") };
	struct mail	*m;
	int64_t		 seq;
	int		 rc;

	if (strncmp(c->args.words[0], OUT_PREFIX, strlen(OUT_PREFIX)) == 0)
		return retry_outgoing(c, c->args.words[0] +
		    strlen(OUT_PREFIX));
	rc = cli_kept_mail(c, c->args.words[0], &m);
	if (rc != 0)
		return rc;
	e.mail = m->mail;
	printf("#%s %s%s\n", m->id, text_word(WORD_CLI_AGAIN),
	    cli_rehearsed(c));
	if (!c->is_dry) {
		if (store_begin(c->office->store) == -1 ||
		    mail_retry(c->office->store, m->mail) == -1 ||
		    event_append(c->office->store, &e, &seq) == -1 ||
		    store_commit(c->office->store) == -1)
			rc = cli_store_failed(c);
		else
			rc = cli_take_in(c);
	}
	free(m);
	return rc;
}
