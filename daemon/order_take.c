/*
 * A mail in the clerk's name. The name proves nothing: only a token gives
 * an order force, whoever wrote it. What machines send orders nothing at
 * all, and is never answered, so that no two programs talk to each other.
 */
#include "daemon/order_take.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/authres.h"
#include "daemon/config.h"
#include "daemon/decision.h"
#include "daemon/detail.h"
#include "daemon/grade.h"
#include "daemon/localtime.h"
#include "daemon/log.h"
#include "daemon/mail_facts.h"
#include "daemon/office.h"
#include "daemon/order.h"
#include "daemon/order_aim.h"
#include "daemon/order_answer.h"
#include "daemon/order_forward.h"
#include "daemon/order_letter.h"
#include "daemon/order_question.h"
#include "daemon/order_run.h"
#include "daemon/outbox.h"
#include "daemon/reason.h"
#include "daemon/roster.h"
#include "daemon/statuslog.h"
#include "daemon/template.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/message.h"
#include "parsers/strbuf.h"
#include "spool/event.h"
#include "spool/mail.h"
#include "spool/outgoing.h"
#include "spool/token.h"

struct taking {
	struct clerk_letter c;
	struct order	 order;
	struct order_aim aim;
	struct sent_letter letter; /* of a campaign to be opened */
	struct mail_facts facts;
	enum filed	 filed; /* out */
};

/* ---- what becomes of it */

struct outcome {
	enum word	 word;	/* "đã thực hiện" */
	const char	*text;
	bool		 is_suspect; /* the clerk should see it */
};

/*
 * Note the outcome, which makes the mail an order for good, and file it.
 * In the caller's transaction, which this ends. 0, or -1 and nothing of it
 * is stored.
 */
static int
conclude(struct taking *t, const struct outcome *out)
{
	struct office	*o = t->c.office;
	struct arena	*a = t->c.arena;
	struct strbuf	 detail = { 0 };
	struct event	 e = { .time_utc = t->c.now, .who = o->who,
		.verb = "order", .campaign = "", .unit = "",
		.mail = t->c.mail->mail };
	int64_t		 seq;
	int		 rc;

	detail_add(&detail, "verb", t->order.verb == ORDER_NONE ? "none" :
	    order_verb_name(t->order.verb));
	detail_add(&detail, "clerk", out->is_suspect ? "1" : "0");
	e.detail = strbuf_get(&detail);
	e.reason = statuslog_join(a, text_word(out->word), NULL);
	if (out->text[0] != '\0')
		e.reason = arena_printf(a, "%s: %s", e.reason, out->text);
	rc = event_append(o->store, &e, &seq);
	/* What was carried out, or waits, has its own line. */
	if (rc == 0 && out->word != WORD_ORDER_DONE && !out->is_suspect)
		rc = statuslog_add(o, t->c.now, WORD_LOG_OTHER, "",
		    statuslog_join(a, text_word(WORD_ORDER_BY_MAIL), e.reason,
		    arena_printf(a, "#%s", t->c.mail->id), NULL));
	strbuf_clear(&detail);
	if (rc == 0)
		t->filed = file_mail(o, t->c.mail->mail, t->c.now, false);
	if (rc == 0 && t->filed == FILED_DONE)
		return store_commit(o->store);
	store_rollback(o->store);
	return -1;
}

/* What it is called in answers: the order, or the mail's subject. */
static const char *
title_of(const struct taking *t)
{
	const char	*title;

	title = t->order.verb != ORDER_NONE && t->order.stray[0] == '\0' ?
	    order_line(&t->order, t->c.arena) :
	    order_token_hide(t->c.message->subject, t->c.arena);
	return template_defang(title, t->c.arena);
}

/* No effect; told to the clerk, with a link to what would be right. */
static int
refuse(struct taking *t, const char *why, struct order *again)
{
	struct outcome	 out = { WORD_ORDER_REFUSED, why, false };

	if (store_begin(t->c.office->store) == -1)
		return -1;
	if (order_answer_refused(&t->c, title_of(t), why, again) == -1) {
		store_rollback(t->c.office->store);
		return -1;
	}
	return conclude(t, &out);
}

/* No effect and no answer: the sender is not who he says he is. */
static int
distrust(struct taking *t, enum reason why)
{
	struct outcome	 out = { WORD_ORDER_REFUSED, reason_text(why), true };

	return store_begin(t->c.office->store) == -1 ? -1 :
	    conclude(t, &out);
}

/* No effect, and nothing to say about it. */
static int
pass_over(struct taking *t, enum reason why)
{
	struct outcome	 out = { WORD_ORDER_REFUSED, reason_text(why),
		false };

	return store_begin(t->c.office->store) == -1 ? -1 :
	    conclude(t, &out);
}

/* ---- with a token */

static enum reason
reason_of(enum token_answer answer)
{
	switch (answer) {
	case TOKEN_USED:
		return REASON_TOKEN_USED;
	case TOKEN_EXPIRED:
		return REASON_TOKEN_EXPIRED;
	case TOKEN_OTHER_ADDRESS:
		return REASON_TOKEN_ADDRESS;
	case TOKEN_GOOD:
	case TOKEN_UNKNOWN:
		break;
	}
	return REASON_TOKEN_UNKNOWN;
}

/* Use the token up. *why is REASON_NONE when it is good for this. */
static int
use_token(struct taking *t, enum reason *why)
{
	struct office	*o = t->c.office;
	struct token	*token = NULL;
	enum token_answer answer;

	if (token_use(o->store, t->order.token, t->c.message->from_address,
	    t->c.now, &answer, &token) == -1)
		return -1;
	*why = REASON_NONE;
	if (answer != TOKEN_GOOD)
		*why = reason_of(answer);
	else if (strcmp(token->action, order_verb_name(t->order.verb)) !=
	    0 || !order_is_within(token->object, &t->order, &t->aim,
	    t->c.arena))
		*why = REASON_TOKEN_OTHER;
	free(token);
	return 0;
}

static bool
store_failed(const struct decision *d)
{
	const char	*mark = reason_text(REASON_STORE);

	return strncmp(d->why, mark, strlen(mark)) == 0;
}

/* To open a campaign from a letter in a mail. */
static bool
is_by_letter(const struct order *o)
{
	return o->verb == ORDER_OPEN && o->mail[0] != '\0';
}

static int
carry_out(struct taking *t)
{
	struct office	*o = t->c.office;
	struct decision	 d = { .office = o, .arena = t->c.arena,
		.who = o->config->clerk, .now = t->c.now, .why = "",
		.reason = t->order.reason };
	struct outcome	 out = { WORD_ORDER_DONE, "", false };
	struct order	 again = t->order;
	enum reason	 why;

	if (store_begin(o->store) == -1)
		return -1;
	if (use_token(t, &why) == -1)
		goto fail;
	if (why != REASON_NONE) {
		store_rollback(o->store);
		return refuse(t, reason_text(why), &again);
	}
	if ((is_by_letter(&t->order) ? order_letter_open(&t->c, &t->order,
	    &t->letter, &d, &t->aim.oc) : order_run(&d, &t->order,
	    &t->aim)) == -1) {
		if (store_failed(&d))
			goto fail;
		/* The token is good still: nothing was done. */
		store_rollback(o->store);
		return refuse(t, d.why, is_by_letter(&t->order) ? &again :
		    NULL);
	}
	if (order_answer_done(&t->c, &d, t->aim.oc) == -1)
		goto fail;
	out.text = d.done;
	return conclude(t, &out);
fail:
	store_rollback(o->store);
	return -1;
}

/* ---- without */

/*
 * Would it be lawful now? A rehearsal, so that the clerk hears at once of
 * what cannot be. 1, 0 with *why, -1 when the store fails.
 */
static int
rehearse(struct taking *t, const char **why)
{
	struct decision	 d = { .office = t->c.office, .arena = t->c.arena,
		.who = t->c.office->config->clerk, .now = t->c.now,
		.reason = t->order.reason, .why = "", .is_dry = true };

	if (is_by_letter(&t->order) ||
	    order_run(&d, &t->order, &t->aim) == 0)
		return 1;
	*why = d.why;
	return store_failed(&d) ? -1 : 0;
}

static int
ask_back(struct taking *t)
{
	struct outcome	 out = { WORD_ORDER_ASKED, "", false };
	struct order	*o = &t->order;
	const char	*why;
	int		 rc = rehearse(t, &why);

	if (rc != 1)
		return rc == 0 ? refuse(t, why, NULL) : -1;
	if (o->is_paper && o->received[0] == '\0')
		o->received = local_text(t->c.mail->received_utc,
		    t->c.arena);
	if (o->is_paper && o->channel[0] == '\0')
		o->channel = text_word(WORD_PAPER);
	/* The day that is next now, whenever the answer comes. */
	if (o->verb == ORDER_HOLD && o->day == DAY_NONE &&
	    o->step[0] == '\0' && t->aim.n_units == 0)
		o->day = decision_step_day(t->c.office, t->aim.oc, t->c.now);

	if (store_begin(t->c.office->store) == -1)
		return -1;
	if (order_answer_ask(&t->c, &t->order) == -1) {
		store_rollback(t->c.office->store);
		return -1;
	}
	out.text = order_line(&t->order, t->c.arena);
	return conclude(t, &out);
}

static int
answer_question(struct taking *t)
{
	struct outcome	 out = { WORD_ORDER_ANSWERED, "", false };
	struct clerk_file file = { 0 };
	const char	*why;
	int		 rc;

	/* The files first: a child reads what is committed. */
	if (order_question_file(&t->c, &t->order, &t->aim, &file, &why) ==
	    -1) {
		clerk_file_clear(&file);
		return refuse(t, why, NULL);
	}
	if (store_begin(t->c.office->store) == -1)
		return -1;
	rc = order_answer_question(&t->c, &t->order, &t->aim,
	    &file.attachment, file.content.len > 0);
	clerk_file_clear(&file);
	if (rc == -1) {
		store_rollback(t->c.office->store);
		return -1;
	}
	out.text = order_line(&t->order, t->c.arena);
	return conclude(t, &out);
}

/* ---- what it is at all */

static int
file_plainly(struct taking *t)
{
	t->filed = file_mail(t->c.office, t->c.mail->mail, t->c.now, false);
	return 0;
}

/* A letter: what was understood goes back, and waits for a token. */
static int
take_letter(struct taking *t)
{
	struct outcome	 out = { WORD_ORDER_LETTER, "", false };

	if (store_begin(t->c.office->store) == -1)
		return -1;
	if (order_letter_answer(&t->c, &t->letter) == -1) {
		store_rollback(t->c.office->store);
		return -1;
	}
	return conclude(t, &out);
}

/* A report: it is filed as ever, and links to enter it go back. */
static int
take_forward(struct taking *t, const struct ruling *ruling)
{
	struct office	*o = t->c.office;

	if (store_begin(o->store) == -1)
		return -1;
	if (file_plainly(t) == 0 && t->filed == FILED_DONE &&
	    order_forward_answer(&t->c, ruling) == 0)
		return store_commit(o->store);
	store_rollback(o->store);
	return -1;
}

/* What mail of ours does it answer? "" when none. */
static const char *
answered_kind(const struct taking *t)
{
	const struct message *m = t->c.message;
	struct outgoing	*out;
	const char	*kind = "";
	size_t		 i;

	for (i = 0; kind[0] == '\0' && i < m->n_references &&
	    i < LIMIT_REFERENCES; i++) {
		out = outgoing_find_message_id(t->c.office->store,
		    m->references[i]);
		if (out != NULL)
			kind = arena_strdup(t->c.arena, out->kind);
		free(out);
	}
	return kind;
}

/*
 * Not an order that can be read. What answers one of our answers is left
 * alone, or somebody's unmarked robot and we would never end.
 */
static int
take_other(struct taking *t)
{
	const char	*kind = answered_kind(t);
	struct ruling	 ruling;

	if (t->order.token[0] != '\0')
		return t->order.is_answer ? pass_over(t, REASON_NO_YES) :
		    refuse(t, reason_text(REASON_NOT_UNDERSTOOD), NULL);
	if (order_letter_find(&t->c, t->c.mail, t->c.message, &t->letter))
		return take_letter(t);
	if (order_forward_is(&t->c, &t->facts.ruling, &ruling))
		return take_forward(t, &ruling);
	if (kind[0] == '\0' || strcmp(kind, MAIL_ANSWER) == 0 ||
	    strcmp(kind, MAIL_DECISION) == 0 || t->c.message->n_forwards > 0)
		return file_plainly(t);
	return refuse(t, reason_text(REASON_NOT_UNDERSTOOD), NULL);
}

/* Is one of the words the code of a unit? */
static bool
has_code(const struct taking *t, const char *words)
{
	char	*rest = arena_strdup(t->c.arena, words), *word;

	while ((word = strsep(&rest, " ,;")) != NULL)
		if (roster_find(t->c.office->roster, word) >= 0)
			return true;
	return false;
}

/* A letter about something may begin with the same words. */
static bool
is_meant(const struct taking *t)
{
	const struct message *m = t->c.message;
	const struct order *o = &t->order;

	return o->stray[0] == '\0' || o->mail[0] != '\0' || o->event != 0 ||
	    o->token[0] != '\0' || answered_kind(t)[0] != '\0' ||
	    (m->n_attachments == 0 && m->n_forwards == 0 &&
	    has_code(t, o->stray));
}

static int
take_clerks(struct taking *t, bool is_order, bool is_junk)
{
	const char	*why;

	if (authres_says_forged(t->c.message->auth_results,
	    t->c.office->config->authserv_id, t->c.message->from_address))
		return is_order || t->order.token[0] != '\0' ?
		    distrust(t, REASON_FORGED) : file_plainly(t);
	/* Old mail, and junk, is not answered. */
	if (t->order.token[0] == '\0' && (is_junk || t->c.mail->is_backlog))
		return file_plainly(t);
	if (!is_order || !is_meant(t))
		return take_other(t);
	if (order_aim(t->c.office, &t->order, t->c.now, t->c.arena, &t->aim,
	    &why) == -1)
		return refuse(t, why, NULL);
	if (order_is_question(t->order.verb))
		return answer_question(t);
	if (t->order.verb == ORDER_OPEN && t->aim.oc != NULL) {
		why = decision_open_lacks(t->aim.oc->campaign,
		    t->c.arena);
		if (why[0] != '\0')
			return refuse(t, why, NULL);
	}
	if (is_by_letter(&t->order) && !order_letter_load(&t->c, t->aim.mail,
	    &t->letter))
		return refuse(t, reason_text(REASON_NO_LETTER), NULL);
	return t->order.token[0] != '\0' ? carry_out(t) : ask_back(t);
}

/* Somebody else with a token of ours: it is good for nothing here. */
static int
take_strangers(struct taking *t)
{
	struct office	*o = t->c.office;
	struct token	*token = NULL;
	enum token_answer answer;
	int		 rc;

	rc = t->order.token[0] == '\0' ? 0 : token_look(o->store,
	    t->order.token, t->c.message->from_address, t->c.now, &answer,
	    &token);
	if (rc == -1)
		return -1;
	if (t->order.token[0] == '\0' || answer == TOKEN_UNKNOWN)
		return file_plainly(t);
	free(token);
	return distrust(t, REASON_TOKEN_ADDRESS);
}

static int
was_filed_row(const struct event *e, void *arg)
{
	(void)e;
	*(bool *)arg = true;
	return 1;
}

/* Was it decided on before, by whatever program? */
static bool
is_known(const struct taking *t)
{
	struct event_filter f = { .verb = "file",
		.mail = t->c.mail->mail, .limit = 1 };
	bool		 known = false;

	return event_each(t->c.office->store, &f, was_filed_row, &known) ==
	    -1 || known;
}

/*
 * Signs of a machine. That no automatic answers are wanted says nothing of
 * who wrote it.
 */
static bool
is_by_machine(const struct message *m)
{
	return mail_is_bulk(m) || mail_is_auto_reply(m) ||
	    (m->signs & (SIGN_DSN | SIGN_MDN | SIGN_MANY_FROM)) != 0 ||
	    strcmp(m->return_path, "<>") == 0;
}

static int
take(struct taking *t)
{
	const struct message *m = t->c.message;
	bool		 is_order;

	if (mail_facts_load(t->c.office, t->c.mail, m, t->c.arena,
	    &t->facts) == -1)
		return -1;
	if (t->facts.ruling.is_own || is_by_machine(m) || is_known(t))
		return file_plainly(t);
	is_order = order_read(m->subject, m->body, t->c.arena, &t->order);
	/* Written by anybody: it goes out again in mails of ours. */
	t->order.reason = template_defang(t->order.reason, t->c.arena);
	t->order.received = template_defang(t->order.received, t->c.arena);
	t->order.channel = template_defang(t->order.channel, t->c.arena);
	if (strcmp(m->from_address, t->c.office->config->clerk) != 0)
		return take_strangers(t);
	return take_clerks(t, is_order, t->facts.ruling.is_junk);
}

/* In the clerk's name, or with words that go with a token? */
static bool
may_be_order(const struct office *o, const struct mail *m)
{
	return m->form == FILES_MAIL && o->config->clerk[0] != '\0' &&
	    (strcmp(m->from_address, o->config->clerk) == 0 ||
	    order_is_marked(m->subject));
}

bool
order_take_alone(const struct office *o, int64_t mail)
{
	struct mail	*m = mail_find(o->store, mail);
	bool		 alone = m != NULL && may_be_order(o, m);

	free(m);
	return alone;
}

enum filed
order_take(struct office *o, struct parser *parser, int64_t mail, time_t now)
{
	struct taking	 t = { .c = { .office = o, .parser = parser,
		.now = now }, .filed = FILED_FAILED };
	struct mail	*m = mail_find(o->store, mail);
	struct bytes	 blob = { NULL, 0 };
	void		*kept;

	if (m == NULL)
		return FILED_FAILED;
	t.c.arena = arena_new(0);
	t.c.mail = m;
	if (may_be_order(o, m)) {
		kept = mail_parsed_find(o->store, mail, &blob.len);
		blob.data = kept;
		if (kept != NULL)
			t.c.message = message_decode(blob, t.c.arena);
		free(kept);
	}
	if (t.c.message == NULL)
		(void)file_plainly(&t);
	else if (take(&t) == -1)
		t.filed = t.filed == FILED_AGAIN ? FILED_AGAIN : FILED_FAILED;
	arena_free(t.c.arena);
	free(m);
	return t.filed;
}
