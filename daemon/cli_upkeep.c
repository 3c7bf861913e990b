/*
 * For the administrator: the audit chain and the spool, a copy while the
 * daemon runs, a mail purged, the ledger made anew.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/cli.h"
#include "daemon/cli_json.h"
#include "daemon/cli_list.h"
#include "daemon/cli_verbs.h"
#include "daemon/config.h"
#include "daemon/office.h"
#include "daemon/rehearsal.h"
#include "daemon/replay.h"
#include "daemon/text.h"
#include "parsers/strbuf.h"
#include "spool/backup.h"
#include "spool/event.h"
#include "spool/lock.h"
#include "spool/mail.h"
#include "spool/purge.h"
#include "spool/verify.h"

#define HEX_LENGTH 64
#define HEX_LEAST 8

/* ---- verify */

struct findings {
	json_t	*list; /* NULL: for people */
	size_t	 n;
};

static int
found(enum verify_finding what, const char *name, void *arg)
{
	static const char *const words[] = {
		[VERIFY_FILE_MISSING] = "file missing",
		[VERIFY_FILE_DAMAGED] = "file damaged",
		[VERIFY_FILE_UNKNOWN] = "file unknown",
		[VERIFY_FILE_UNPURGED] = "purged, but the file is there",
		[VERIFY_DATABASE_DAMAGED] = "database damaged"
	};
	struct findings	*f = arg;
	json_t		*j;

	f->n++;
	if (f->list == NULL) {
		printf("%s: %s\n", words[what], name);
		return 0;
	}
	j = json_object();
	json_put_text(j, "what", words[what]);
	json_put_text(j, "name", name);
	json_push(f->list, j);
	return 0;
}

static const char *
fault_words(enum event_fault fault)
{
	static const char *const words[] = {
		[EVENT_SOUND] = "sound", [EVENT_ALTERED] = "altered",
		[EVENT_MISSING] = "missing",
		[EVENT_HEAD_UNKNOWN] = "the given head is not in the chain"
	};

	return words[fault];
}

int
cli_verify(struct cli *c)
{
	const char	*head = cli_value(&c->args, OPT_HEAD, NULL);
	struct findings	 f = { NULL, 0 };
	enum event_fault fault;
	char		 now[HEX_LENGTH + 1];
	int64_t		 seq, n_files;
	json_t		*j;

	if (head != NULL && (strlen(head) > HEX_LENGTH || strlen(head) <
	    HEX_LEAST || strspn(head, "0123456789abcdefABCDEF") !=
	    strlen(head)))
		return cli_fail(c, EX_USAGE, "--head %s: right would be %d "
		    "hex digits, or the first %d of them or more", head,
		    HEX_LENGTH, HEX_LEAST);
	if (cli_given(&c->args, OPT_JSON))
		f.list = json_array();
	if (event_verify(c->office->store, head, &fault, &seq) == -1 ||
	    event_head(c->office->store, now) == -1 ||
	    verify_spool(c->office->store, found, &f, &n_files) == -1)
		return cli_store_failed(c);
	if (f.list != NULL) {
		j = json_object();
		json_put_text(j, "chain", fault_words(fault));
		json_put(j, "event", json_integer(fault == EVENT_SOUND ? 0 :
		    seq));
		json_put_text(j, "head", now);
		json_put(j, "files", json_integer(n_files));
		json_put(j, "findings", f.list);
		json_print(j);
	} else {
		printf("audit chain: %s", fault_words(fault));
		if (fault == EVENT_ALTERED || fault == EVENT_MISSING)
			printf(" at event %lld", (long long)seq);
		printf("\nhead: %s\nspool: %lld files read, %zu findings\n",
		    now, (long long)n_files, f.n);
	}
	return fault == EVENT_SOUND && f.n == 0 ? 0 : EX_DATAERR;
}

/* ---- backup, purge */

int
cli_backup(struct cli *c)
{
	const char	*dir = c->args.words[0];
	int		 rc;

	if (c->is_dry) {
		printf("%s → %s%s\n", c->office->config->state, dir,
		    cli_rehearsed(c));
		return 0;
	}
	if (backup_copy(c->office->store, dir) == -1) {
		rc = cli_store_failed(c);
		if (rc == EX_NOPERM)
			fprintf(stderr, "  a new folder in one that belongs "
			    "to the owner of the state is right: sudo "
			    "install -d -m 700 -o OWNER FOLDER, then backup "
			    "FOLDER/NEW\n");
		return rc;
	}
	printf("%s → %s\n", c->office->config->state, dir);
	return 0;
}

int
cli_purge(struct cli *c)
{
	struct event	 e = { .time_utc = c->now, .who = c->who,
			    .verb = "purge", .campaign = "", .unit = "",
			    .detail = "", .reason = cli_value(&c->args,
			    OPT_REASON, "") };
	struct mail	*m;
	int		 rc;

	if (*e.reason == '\0')
		return cli_fail(c, EX_USAGE, "--reason TEXT is wanted: it "
		    "stays when the mail is gone");
	rc = cli_kept_mail(c, c->args.words[0], &m);
	if (rc != 0)
		return rc;
	if (!c->is_dry && purge_mail(c->office->store, m->mail, &e) == -1)
		rc = cli_store_failed(c);
	else {
		printf("#%s %s%s\n", m->id, text_word(WORD_CLI_PURGED),
		    cli_rehearsed(c));
		rc = cli_changed(c);
	}
	free(m);
	return rc;
}

/* ---- replay, rebuild: everything read again */

int
cli_replay(struct cli *c)
{
	struct office_campaign	*only = NULL;
	struct strbuf		 folder = { 0 };
	struct replay		*before;
	long			 changed;
	int			 rc;

	if (cli_given(&c->args, OPT_CAMPAIGN)) {
		rc = cli_campaign(c, c->args.value[OPT_CAMPAIGN], &only);
		if (rc != 0)
			return rc;
	}
	before = replay_note(c->office, only != NULL ? only->id : NULL,
	    c->now, c->arena);
	if (before == NULL)
		return cli_store_failed(c);
	if (rehearsal_begin(c->office, &folder) == -1)
		return EX_TEMPFAIL;
	changed = replay_compare(c->office, before, c->now, stdout);
	rehearsal_end(c->office, &folder);
	if (changed == -1)
		return cli_fail(c, EX_TEMPFAIL, "the mails could not all be "
		    "read again");
	printf("%s: %ld\n", text_word(WORD_CLI_VERDICTS_CHANGE), changed);
	return 0;
}

int
cli_rebuild(struct cli *c)
{
	struct replay	*before;
	long		 changed;

	if (c->is_dry)
		return cli_replay(c);
	if (store_daemon_pid(c->office->config->state) > 0)
		return cli_fail(c, EX_TEMPFAIL, "tiepnhand is running; stop "
		    "it first (replay may be run beside it)");
	before = replay_note(c->office, NULL, c->now, c->arena);
	if (before == NULL)
		return cli_store_failed(c);
	changed = replay_compare(c->office, before, c->now, stdout);
	if (changed == -1)
		return cli_fail(c, EX_TEMPFAIL, "the mails could not all be "
		    "read again; run it once more");
	printf("%s: %ld\n", text_word(WORD_CLI_VERDICTS_CHANGE), changed);
	return cli_changed(c);
}
