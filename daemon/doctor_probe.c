/*
 * The servers, tried through the workers that will use them: the same
 * program, confinement, TLS policy and secret. A probe logs in and looks;
 * it fetches, sends and changes nothing.
 */
#include <poll.h>
#include <string.h>
#include <sysexits.h>

#include "daemon/config.h"
#include "daemon/doctor.h"
#include "daemon/fetch_client.h"
#include "daemon/limits.h"
#include "daemon/localtime.h"
#include "daemon/mail_facts.h"
#include "daemon/send.h"
#include "parsers/arena.h"

#define TLS_TODO "the certificate must prove the server: have it mended " \
	"there, or name the office's own authority in ca_file; it is never " \
	"skipped. Is the clock here right?"
#define AUTH_TODO "check `user` and the password; some servers want an " \
	"application password or a token_command"
#define NETWORK_TODO "is the name right, the server up, the port open from " \
	"here? Try: openssl s_client -connect HOST:PORT"

/* The end of a certificate: a word in good time. */
static void
check_certificate(struct doctor *d, const char *check, time_t end)
{
	if (end == 0)
		return;
	if (end - d->now < (time_t)DOCTOR_CERTIFICATE_DAYS * 86400)
		doctor_warn(d, check, "remind those who run the server: when "
		    "it has ended no mail comes or goes",
		    "the server's certificate ends on %s",
		    day_iso(day_of(end), d->arena));
	else
		doctor_fine(d, check, "the server's certificate is good until "
		    "%s", day_iso(day_of(end), d->arena));
}

/* ---- mailbox */

static void
fetch_failed(struct doctor *d, const struct fetch_event *e)
{
	static const struct { int code; const char *todo; } rows[] = {
		[FETCH_TROUBLE_NETWORK] = { EX_UNAVAILABLE, NETWORK_TODO },
		[FETCH_TROUBLE_TLS] = { EX_UNAVAILABLE, TLS_TODO },
		[FETCH_TROUBLE_AUTH] = { EX_NOPERM, AUTH_TODO },
		[FETCH_TROUBLE_FOLDER] = { EX_CONFIG, "have it opened to this "
		    "user there, or leave it out" },
		[FETCH_TROUBLE_PROTOCOL] = { EX_UNAVAILABLE, "is this an IMAP "
		    "server with TLS from the first byte (port 993)?" },
		[FETCH_TROUBLE_DISK] = { EX_TEMPFAIL, "look at the disk" },
		[FETCH_TROUBLE_CONFIG] = { EX_CONFIG, "mend the "
		    "configuration" },
		[FETCH_TROUBLE_ABSENT] = { EX_CONFIG, "name the folders as "
		    "the server does" },
		[FETCH_TROUBLE_WORKER] = { EX_SOFTWARE, "is the package whole? "
		    "journalctl -u tiepnhand may say why" }
	};
	const bool	is_folder = e->trouble == FETCH_TROUBLE_FOLDER ||
			    e->trouble == FETCH_TROUBLE_ABSENT;
	struct finding	f = { .check = is_folder ? "folders" : "mailbox" };

	f.code = rows[e->trouble].code != 0 ? rows[e->trouble].code :
	    EX_UNAVAILABLE;
	f.todo = rows[e->trouble].todo != NULL ? rows[e->trouble].todo : "";
	if (e->trouble == FETCH_TROUBLE_ABSENT && d->folders != NULL)
		f.todo = arena_printf(d->arena, "%s; it has: %s", f.todo,
		    d->folders);
	doctor_fail(d, &f, "%s", e->text);
}

static void
note_listed(struct doctor *d, const struct fetch_event *e)
{
	const char	*name = arena_strdup(d->arena, e->text);

	if (e->exists != 0 || (d->junk == NULL &&
	    mail_is_junk_folder(name, d->arena)))
		d->junk = name;
	if (d->folders == NULL)
		d->folders = name;
	else if (strlen(d->folders) < DOCTOR_FOLDERS_LENGTH)
		d->folders = arena_printf(d->arena, "%s, %s", d->folders,
		    name);
}

static void
fetch_said(struct doctor *d, const struct config *c,
    const struct fetch_event *e)
{
	switch (e->kind) {
	case FETCH_PEER:
		doctor_fine(d, "mailbox", "%s: logged in as %s (%s)",
		    c->mailbox.url, c->mailbox.user, e->text);
		check_certificate(d, "mailbox", e->received_utc);
		break;
	case FETCH_FOLDER:
		if (c->mailbox.kind == ENDPOINT_MAILDIR)
			doctor_fine(d, "mailbox", "%s: %u mails",
			    c->mailbox.url, e->exists);
		else if (e->folder < c->n_folders)
			doctor_fine(d, "folders", "%s: %u mails",
			    c->folders[e->folder], e->exists);
		break;
	case FETCH_LISTED_FOLDER:
		note_listed(d, e);
		break;
	case FETCH_TROUBLE:
		fetch_failed(d, e);
		break;
	default:
		break;
	}
}

/* Until the worker has said all; false when it took too long. */
static bool
wait_readable(int fd)
{
	struct pollfd	p = { .fd = fd, .events = POLLIN };

	return poll(&p, 1, DOCTOR_PROBE_MS) > 0;
}

static void
too_long(struct doctor *d, const char *check)
{
	struct finding	f = { .check = check, .code = EX_UNAVAILABLE,
			    .todo = NETWORK_TODO };

	doctor_fail(d, &f, "no answer within %d s", DOCTOR_PROBE_MS / 1000);
}

void
doctor_mailbox(struct doctor *d, const struct config *c, const char *secret)
{
	struct fetch_folder	 folders[FETCH_FOLDERS] = { { 0 } };
	struct fetch_request	 rq = { .url = c->mailbox.url,
				    .user = c->mailbox.user,
				    .ca_file = c->mailbox.ca_file,
				    .spool = "", .after_name = "",
				    .folders = folders, .is_probe = true };
	struct fetch_client	*fc;
	struct fetch_event	 e;
	size_t			 i, before = d->n;
	int			 got = 0, status;

	rq.xoauth2 = c->mailbox.token_command[0] != '\0';
	for (i = 0; i < c->n_folders && i < FETCH_FOLDERS; i++)
		folders[rq.n_folders++].name = c->folders[i];
	fc = fetch_start(&rq, secret);
	while (got != -1 && wait_readable(fetch_fd(fc)))
		while ((got = fetch_next(fc, &e)) == 1)
			fetch_said(d, c, &e);
	if (got != -1)
		too_long(d, "mailbox");
	status = fetch_finish(fc, got == -1 ? WORKER_LEAVE_MS : 0);
	if (status != 0 && d->n == before)
		doctor_fail(d, &(struct finding){ .check = "mailbox",
		    .code = EX_SOFTWARE, .todo = "is tiepnhan-fetch "
		    "installed, and from this version?" },
		    "tiepnhan-fetch ended with status %d and said nothing",
		    status);
}

/* ---- outgoing */

static void
send_said(struct doctor *d, const struct config *c,
    const struct send_event *e)
{
	struct finding	f = { .check = "outgoing", .code = EX_UNAVAILABLE,
			    .todo = NETWORK_TODO };

	const bool	logs_in = *c->outgoing.user != '\0' &&
			    c->outgoing.kind != ENDPOINT_MAILDIR;

	if (e->result == SEND_READY) {
		if (logs_in)
			doctor_fine(d, "outgoing", "%s: logged in as %s",
			    c->outgoing.url, c->outgoing.user);
		else
			doctor_fine(d, "outgoing", "%s takes mail",
			    c->outgoing.url);
		check_certificate(d, "outgoing", e->until_utc);
		return;
	}
	if (e->code / 100 == 5 || strstr(e->text, "denied") != NULL) {
		f.code = EX_NOPERM;
		f.todo = AUTH_TODO;
	} else if (strstr(e->text, "unexpected TLS packet") != NULL) {
		f.todo = "this port begins without TLS: write smtp://HOST:"
		    "587, which goes on by STARTTLS";
	} else if (strstr(e->text, "certificate") != NULL ||
	    strstr(e->text, "SSL") != NULL ||
	    strstr(e->text, "STARTTLS") != NULL) {
		f.todo = TLS_TODO;
	}
	doctor_fail(d, &f, "%s: %s", c->outgoing.url, e->text);
}

void
doctor_outgoing(struct doctor *d, const struct config *c, const char *secret)
{
	struct send_request	 rq = { .url = c->outgoing.url,
				    .user = c->outgoing.user,
				    .ca_file = c->outgoing.ca_file,
				    .from = c->from_address };
	struct send_client	*sc;
	struct send_event	 e;
	size_t			 before = d->n;
	int			 got = 0, status;

	rq.xoauth2 = c->outgoing.token_command[0] != '\0';
	sc = send_start(&rq, secret);
	while (got != -1 && wait_readable(send_fd(sc)))
		while ((got = send_next(sc, &e)) == 1)
			send_said(d, c, &e);
	if (got != -1)
		too_long(d, "outgoing");
	status = send_finish(sc, got == -1 ? WORKER_LEAVE_MS : 0);
	if (status != 0 && d->n == before)
		doctor_fail(d, &(struct finding){ .check = "outgoing",
		    .code = EX_SOFTWARE, .todo = "is tiepnhan-send "
		    "installed, and from this version?" },
		    "tiepnhan-send ended with status %d and said nothing",
		    status);
}
