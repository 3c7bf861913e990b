/*
 * `tiepnhan list` and `tiepnhan show`: every mail taken in, what became of
 * it and why. A quarantined mail shows neither subject nor file names.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/cli.h"
#include "daemon/cli_json.h"
#include "daemon/cli_list.h"
#include "daemon/cli_verbs.h"
#include "daemon/decision_words.h"
#include "daemon/localtime.h"
#include "daemon/office.h"
#include "daemon/reason.h"
#include "daemon/roster.h"
#include "daemon/status_rows.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/text.h"
#include "spool/event.h"
#include "spool/filing.h"
#include "spool/mail.h"

#define COPY_BYTES 65536

/* ---- JSON */

static int
add_attachment(const struct filing_attachment *a, void *arg)
{
	json_t	*j = json_object();

	json_put_text(j, "name", a->name);
	json_put_text(j, "format", a->format);
	json_put_text(j, "role", filing_role_name(a->role));
	json_put_text(j, "unit", a->unit);
	if (*a->in != '\0')
		json_put_text(j, "in", a->in);
	json_push(arg, j);
	return 0;
}

static json_t *
guesses_json(const struct filing *f)
{
	json_t	*list = json_array(), *g;
	size_t	 i;

	for (i = 0; f != NULL && i < f->n_guesses; i++) {
		g = json_object();
		json_put_text(g, "unit", f->guesses[i].unit);
		json_put_text(g, "why", f->guesses[i].why);
		json_push(list, g);
	}
	return list;
}

/* Intake id of a mail, "" for 0. */
static const char *
id_of(struct cli *c, int64_t mail)
{
	struct mail	*m = mail > 0 ? mail_find(c->office->store, mail) :
			    NULL;
	const char	*id = m == NULL ? "" : arena_strdup(c->arena, m->id);

	free(m);
	return id;
}

/* What a mail without a filing waits for. */
static const char *
waits_for(const struct mail *m)
{
	return *m->trouble != '\0' ? m->trouble :
	    message_state_name(m->state);
}

static json_t *
mail_json(struct cli *c, const struct mail *m, const struct filing *f)
{
	const bool	 hidden = f != NULL && f->is_quarantined;
	json_t		*j = json_object(), *list = json_array();

	json_put_text(j, "id", m->id);
	json_put_text(j, "sha256", m->sha256);
	json_put(j, "received", json_time(m->received_utc));
	json_put_text(j, "from", m->from_address);
	json_put_text(j, "subject", hidden ? "" : m->subject);
	json_put_text(j, "kind", f == NULL ? filing_kind_name(FILING_OTHER) :
	    filing_kind_name(f->kind));
	json_put_text(j, "campaign", f == NULL ? "" : f->campaign);
	json_put(j, "units", f == NULL ? json_array() :
	    json_texts(f->units, f->n_units));
	json_put_text(j, "basis", filing_basis_name(f == NULL ? BASIS_NONE :
	    f->basis));
	json_put(j, "counted", json_boolean(f != NULL && f->is_counted));
	json_put(j, "needs_clerk", json_boolean(f != NULL ? f->needs_clerk :
	    m->state == MESSAGE_ASIDE));
	json_put(j, "quarantined", json_boolean(hidden));
	json_put_text(j, "reason", f == NULL ? waits_for(m) : f->reason);
	json_put_text(j, "duplicate_of", f == NULL ? "" :
	    id_of(c, f->duplicate_of));
	if (filing_each_attachment(c->office->store, m->mail, add_attachment,
	    list) == -1)
		json_array_clear(list);
	json_put(j, "attachments", list);
	return j;
}

/* ---- for people */

const char *
cli_kind_word(enum filing_kind k)
{
	static const enum word words[] = {
		[FILING_SUBMISSION] = WORD_KIND_SUBMISSION,
		[FILING_BOUNCE] = WORD_KIND_BOUNCE,
		[FILING_AUTO_REPLY] = WORD_KIND_AUTO_REPLY,
		[FILING_QUESTION] = WORD_KIND_QUESTION,
		[FILING_OTHER] = WORD_KIND_OTHER
	};

	return text_word(words[k]);
}

int
cli_kept_mail(struct cli *c, const char *id, struct mail **out)
{
	int	rc = cli_mail(c, id, out);

	if (rc != 0 || (*out)->state != MESSAGE_PURGED)
		return rc;
	rc = cli_fail(c, EX_DATAERR, "#%s: %s", (*out)->id,
	    cli_state_word(MESSAGE_PURGED));
	free(*out);
	*out = NULL;
	return rc;
}

const char *
cli_state_word(enum message_state s)
{
	static const enum word words[] = {
		[MESSAGE_STORED] = WORD_MAIL_STORED,
		[MESSAGE_DEFERRED] = WORD_MAIL_DEFERRED,
		[MESSAGE_PARSED] = WORD_MAIL_PARSED,
		[MESSAGE_FILED] = WORD_MAIL_FILED,
		[MESSAGE_HELD] = WORD_MAIL_HELD,
		[MESSAGE_ASIDE] = WORD_MAIL_ASIDE,
		[MESSAGE_PURGED] = WORD_MAIL_PURGED
	};

	return text_word(words[s]);
}

static void
print_units(const struct filing *f, const char *before)
{
	size_t	i;

	for (i = 0; i < f->n_units; i++)
		printf("%s%s", i == 0 ? before : ", ", f->units[i]);
}

static void
print_guesses(const struct cli *c, const struct filing *f, const char *before)
{
	size_t	i;
	int	unit;

	for (i = 0; i < f->n_guesses; i++) {
		unit = roster_find(c->office->roster, f->guesses[i].unit);
		printf("%s%s", before, f->guesses[i].unit);
		if (unit >= 0)
			printf(" %s", c->office->roster->units[unit].name);
		if (*f->guesses[i].why != '\0')
			printf(" (%s)", f->guesses[i].why);
		putchar('\n');
	}
}

static void
print_mail(struct cli *c, const struct mail *m, const struct filing *f)
{
	const bool	hidden = f != NULL && f->is_quarantined;

	printf("#%s %s  %s", m->id, row_time(m->received_utc, c->arena),
	    *m->from_address != '\0' ? text_clean(m->from_address,
	    c->arena) : "-");
	if (f != NULL) {
		print_units(f, " → ");
		printf("  [%s%s%s]", cli_kind_word(f->kind), f->is_counted ?
		    ", " : "", f->is_counted ? text_word(WORD_CLI_COUNTED) :
		    "");
	}
	printf("\n    %s\n", hidden ? text_word(WORD_CLI_HIDDEN) :
	    *m->subject != '\0' ? text_clean(m->subject, c->arena) :
	    text_word(WORD_PAGE_NO_SUBJECT));
	if (f == NULL || *f->reason != '\0')
		printf("    %s %s\n", f != NULL && f->needs_clerk ? "!" : "·",
		    f == NULL ? cli_state_word(m->state) : f->reason);
	if (f != NULL && f->needs_clerk)
		print_guesses(c, f, "      ? ");
}

/* ---- list */

struct listing {
	struct cli	*c;
	json_t		*list; /* NULL: for people */
	const char	*campaign; /* "" all */
	size_t		 n;
};

static int
list_mail(const struct mail *m, void *arg)
{
	struct listing	*l = arg;
	struct filing	*f = filing_find(l->c->office->store, m->mail);
	bool		 wanted;

	wanted = !cli_given(&l->c->args, OPT_NEEDS_CLERK) ||
	    (f != NULL ? f->needs_clerk : m->state == MESSAGE_ASIDE);
	if (*l->campaign != '\0' && (f == NULL ||
	    strcmp(f->campaign, l->campaign) != 0))
		wanted = false;
	if (wanted && l->list != NULL)
		json_push(l->list, mail_json(l->c, m, f));
	else if (wanted)
		print_mail(l->c, m, f);
	l->n += wanted;
	free(f);
	return 0;
}

int
cli_list(struct cli *c)
{
	struct mail_filter	 all = { 0 };
	struct listing		 l = { .c = c, .campaign = "" };
	struct office_campaign	*oc;
	int			 rc;

	if (cli_given(&c->args, OPT_REGISTER) &&
	    (cli_given(&c->args, OPT_JSON) ||
	    cli_given(&c->args, OPT_NEEDS_CLERK)))
		return cli_fail(c, EX_USAGE, "--register is a form of its "
		    "own: all that was handed in, as CSV");
	if (cli_given(&c->args, OPT_REGISTER))
		return cli_register(c);
	if (cli_given(&c->args, OPT_CAMPAIGN)) {
		rc = cli_campaign(c, c->args.value[OPT_CAMPAIGN], &oc);
		if (rc != 0)
			return rc;
		l.campaign = oc->id;
	}
	if (cli_given(&c->args, OPT_JSON))
		l.list = json_array();
	if (mail_each(c->office->store, &all, list_mail, &l) == -1)
		return cli_store_failed(c);
	if (l.list != NULL)
		return json_print(l.list);
	if (l.n == 0)
		printf("%s\n", text_word(cli_given(&c->args,
		    OPT_NEEDS_CLERK) ? WORD_PAGE_CLERK_NONE :
		    WORD_CLI_NO_MAIL));
	return 0;
}

/* ---- show */

static int
show_raw(struct cli *c, const struct mail *m)
{
	char	buffer[COPY_BYTES];
	ssize_t	n;
	int	fd;

	if (m->state == MESSAGE_PURGED)
		return cli_fail(c, EX_NOINPUT, "#%s: %s", m->id,
		    cli_state_word(m->state));
	fd = files_open(c->office->store, m->sha256, m->form);
	if (fd == -1)
		return cli_store_failed(c);
	while ((n = read(fd, buffer, sizeof(buffer))) > 0)
		if (fwrite(buffer, 1, (size_t)n, stdout) != (size_t)n)
			break;
	close(fd);
	return n == -1 ? cli_fail(c, EX_TEMPFAIL, "#%s: cannot be read",
	    m->id) : 0;
}

static const char *
role_word(enum filing_role r)
{
	return text_word(r == ROLE_REPORT ? WORD_KIND_SUBMISSION :
	    r == ROLE_COMPANION ? WORD_ROLE_COMPANION : WORD_ROLE_IGNORED);
}

/* What a line of the evidence begins with, in the clerk's words; NULL. */
static const char *
sign_word(const char *name, size_t len)
{
	enum filing_basis b;

	for (b = BASIS_ADDRESS; b <= BASIS_CLERK; b++)
		if (strlen(filing_basis_name(b)) == len &&
		    strncmp(name, filing_basis_name(b), len) == 0)
			return reason_basis(b);
	return len == strlen("converted") &&
	    strncmp(name, "converted", len) == 0 ?
	    text_word(WORD_CLI_CONVERTED) : NULL;
}

/* A line of the evidence, "address TDP05 60 …", with its first word told. */
static void
print_evidence(const char *line, size_t len)
{
	const size_t	 n = strcspn(line, " \n");
	const char	*word = sign_word(line, n);

	if (word == NULL)
		printf("    %.*s\n", (int)len, line);
	else
		printf("    %s:%.*s\n", word, (int)(len - n), line + n);
}

/* What an event did, in the clerk's words where there are some. */
static const char *
event_word(const char *verb)
{
	if (strcmp(verb, "file") == 0)
		return text_word(WORD_CLI_FILED);
	if (strcmp(verb, "retry") == 0)
		return text_word(WORD_CLI_AGAIN);
	if (strcmp(verb, "purge") == 0)
		return text_word(WORD_CLI_PURGED);
	return *done_word_of(verb) != '\0' ? done_word_of(verb) : verb;
}

static int
print_attachment(const struct filing_attachment *a, void *arg)
{
	struct cli	*c = arg;

	printf("    %s (%s, %s, %llu B)%s%s%s%s\n", *a->name != '\0' ?
	    text_clean(a->name, c->arena) : "-", a->format,
	    role_word(a->role), (unsigned long long)a->size,
	    *a->in != '\0' ? " < " : "", text_clean(a->in, c->arena),
	    *a->unit != '\0' ? " → " : "", a->unit);
	return 0;
}

static int
print_event(const struct event *e, void *arg)
{
	struct cli	*c = arg;

	printf("    !%lld %s %s: %s%s%s%s%s %s\n", (long long)e->seq,
	    row_time(e->time_utc, c->arena), strcmp(e->who, "daemon") == 0 ?
	    text_word(WORD_CLI_SYSTEM) : text_clean(e->who, c->arena),
	    event_word(e->verb), *e->unit != '\0' ? " " : "", e->unit,
	    *e->reason != '\0' ? ": " : "", text_clean(e->reason, c->arena),
	    e->is_undone ? text_word(WORD_CLI_UNDONE) : "");
	return 0;
}

static json_t *
event_json(const struct event *e)
{
	json_t	*j = json_object();

	json_put(j, "event", json_integer(e->seq));
	json_put(j, "time", json_time(e->time_utc));
	json_put_text(j, "who", e->who);
	json_put_text(j, "verb", e->verb);
	json_put_text(j, "unit", e->unit);
	json_put_text(j, "reason", e->reason);
	json_put(j, "undone", json_boolean(e->is_undone));
	return j;
}

static int
add_event(const struct event *e, void *arg)
{
	json_push(arg, event_json(e));
	return 0;
}

static int
show_json(struct cli *c, const struct mail *m, const struct filing *f)
{
	struct event_filter	 filter = { .mail = m->mail };
	json_t			*j = mail_json(c, m, f);
	json_t			*events = json_array();

	json_put_text(j, "state", message_state_name(m->state));
	json_put(j, "guesses", guesses_json(f));
	json_put_text(j, "evidence", f == NULL ? "" : f->evidence);
	json_put_text(j, "decided_by", f == NULL ? "" : f->decided_by);
	json_put(j, "taken", json_time(m->taken_utc));
	json_put_text(j, "folder", m->folder);
	if (event_each(c->office->store, &filter, add_event, events) == -1)
		json_array_clear(events);
	json_put(j, "events", events);
	return json_print(j);
}

static void
show_people(struct cli *c, const struct mail *m, const struct filing *f)
{
	struct event_filter	 filter = { .mail = m->mail };
	const char		*line;

	print_mail(c, m, f);
	printf("    sha256 %s\n    %s, %s %s\n", m->sha256,
	    cli_state_word(m->state), text_word(WORD_CLI_TAKEN),
	    row_time(m->taken_utc, c->arena));
	if (f != NULL) {
		printf("%s: %s%s%s\n", text_word(WORD_CLI_BASIS),
		    reason_basis(f->basis), *f->campaign != '\0' ? "; " : "",
		    f->campaign);
		if (*f->evidence != '\0')
			printf("%s:\n", text_word(WORD_CLI_EVIDENCE));
		for (line = f->evidence; *line != '\0'; line +=
		    strspn(line, "\n")) {
			print_evidence(line, strcspn(line, "\n"));
			line += strcspn(line, "\n");
		}
	}
	printf("%s:\n", text_word(WORD_COL_FILE));
	(void)filing_each_attachment(c->office->store, m->mail,
	    print_attachment, c);
	printf("%s:\n", text_word(WORD_CLI_EVENTS));
	(void)event_each(c->office->store, &filter, print_event, c);
}

int
cli_show(struct cli *c)
{
	struct filing	*f;
	struct mail	*m;
	int		 rc;

	rc = cli_mail(c, c->args.words[0], &m);
	if (rc != 0)
		return rc;
	if (cli_given(&c->args, OPT_RAW))
		rc = show_raw(c, m);
	else {
		f = filing_find(c->office->store, m->mail);
		if (cli_given(&c->args, OPT_JSON))
			rc = show_json(c, m, f);
		else
			show_people(c, m, f);
		free(f);
	}
	free(m);
	return rc;
}
