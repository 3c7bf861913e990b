/*
 * The state: does it open, may it be written, what waits in it; and the
 * folder that gets copies of the status files.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "daemon/config.h"
#include "daemon/doctor.h"
#include "daemon/limits.h"
#include "daemon/localtime.h"
#include "parsers/arena.h"
#include "spool/kv.h"
#include "spool/mail.h"
#include "spool/message_state.h"
#include "spool/outgoing.h"
#include "spool/store.h"

/* Can a file be made there? It is gone again before anyone sees it. */
static int
try_writing(const char *folder)
{
	int	fd = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);

	if (fd == -1 && (errno == EOPNOTSUPP || errno == EISDIR))
		return access(folder, W_OK | X_OK);
	if (fd == -1)
		return -1;
	close(fd);
	return 0;
}

static void
check_writing(struct doctor *d, const char *check, const char *folder)
{
	struct finding	f = { .check = check, .code = EX_NOPERM };

	if (try_writing(folder) == 0) {
		doctor_fine(d, check, "%s can be written", folder);
		return;
	}
	f.todo = arena_printf(d->arena, "it must belong to the user of the "
	    "service; in the unit a folder outside of its state also needs "
	    "ReadWritePaths=%s (systemctl edit)", folder);
	doctor_fail(d, &f, "%s: %s", folder, strerror(errno));
}

static void
check_waiting(struct doctor *d, struct store *st)
{
	int64_t	aside = mail_count(st, MESSAGE_ASIDE);
	int64_t	stored = mail_count(st, MESSAGE_STORED);
	int64_t	ok = kv_int(st, KV_FETCH_OK, 0);
	char	*place = kv_text(st, KV_FETCH_PLACE);

	if (place != NULL)
		doctor_fine(d, "mailbox", "being read: %s", place);
	free(place);
	if (aside > 0)
		doctor_warn(d, "spool", "tiepnhan queue lists them; tiepnhan "
		    "retry ID reads one again", "%lld mails could not be read "
		    "after all tries and were put aside", (long long)aside);
	if (kv_int(st, KV_FETCH_TROUBLE, 0) != 0)
		doctor_warn(d, "spool", "see the line of the mailbox",
		    "the mailbox could not be read since %s",
		    local_iso(kv_int(st, KV_FETCH_TROUBLE, 0), d->arena));
	if (ok > d->now + 60)
		doctor_warn(d, "clock", "set it right: timedatectl",
		    "the clock was set back: the last fetch was at %s",
		    local_iso(ok, d->arena));
	doctor_fine(d, "spool", "%lld mails to be read; last complete fetch "
	    "%s", (long long)stored, ok == 0 ? "never" :
	    local_iso(ok, d->arena));
}

/* The newest mails of the mailbox: how long before they were received did
 * we take them? Nobody can, with a right clock. */
struct lead {
	const char	*account; /* how the mailbox's begin */
	time_t		 since;	  /* older ones say nothing of today */
	time_t		 least;
	size_t		 n;
};

static int
note_lead(const struct mail *m, void *arg)
{
	struct lead	*l = arg;
	time_t		 lead = m->received_utc - m->taken_utc;

	if (strncmp(m->account, l->account, strlen(l->account)) != 0 ||
	    m->taken_utc < l->since)
		return 0;
	if (l->n == 0 || lead < l->least)
		l->least = lead;
	return ++l->n == DOCTOR_CLOCK_MAILS;
}

/* Mail servers tell no time, but they stamp each mail with theirs. */
static void
check_against_server(struct doctor *d, const struct config *c,
    struct store *st)
{
	struct lead		l = { .account = c->mailbox.url,
				    .since = d->now - DOCTOR_CLOCK_PAST_S };
	struct mail_filter	f = { .is_newest_first = true,
				    .limit = 10 * DOCTOR_CLOCK_MAILS };

	if (mail_each(st, &f, note_lead, &l) == -1 || l.n == 0 ||
	    l.least <= DOCTOR_CLOCK_LEAD_S)
		return;
	doctor_warn(d, "clock", "set it right (timedatectl set-ntp true): "
	    "late or in time is judged by the mail server's clock, but "
	    "reminders go by this one", "it is at least %lld minutes behind "
	    "the mail server's: the newest %zu mails were taken in before "
	    "the server had them", (long long)l.least / 60, l.n);
}

void
doctor_state(struct doctor *d, const struct config *c)
{
	static const int codes[] = {
		[STORE_NEWER] = EX_CONFIG, [STORE_DAMAGED] = EX_DATAERR,
		[STORE_DENIED] = EX_NOPERM, [STORE_REFUSED] = EX_TEMPFAIL
	};
	struct finding	 f = { .check = "state" };
	struct store	*st;
	enum store_trouble t;

	if (*c->publish != '\0')
		check_writing(d, "publish", c->publish);
	if (store_open(c->state, STORE_READ, &st) == 0) {
		doctor_fine(d, "state", store_daemon_pid(c->state) > 0 ?
		    "%s opens; tiepnhand is at work" :
		    "%s opens; tiepnhand is not running", c->state);
		check_writing(d, "state", c->state);
		check_waiting(d, st);
		check_against_server(d, c, st);
		store_close(st);
		return;
	}
	t = store_trouble(st);
	if (t == STORE_ABSENT) {
		doctor_fine(d, "state", "%s is not there yet; the first start "
		    "makes it", c->state);
	} else {
		f.code = (size_t)t < sizeof(codes) / sizeof(codes[0]) &&
		    codes[t] != 0 ? codes[t] : EX_TEMPFAIL;
		f.todo = t == STORE_DAMAGED ? "tiepnhan verify says how bad "
		    "it is; restore a backup, or tiepnhan rebuild" :
		    t == STORE_NEWER ? "install that version again, or "
		    "restore an older backup" : "see tiepnhand(8)";
		doctor_fail(d, &f, "%s: %s", c->state, store_error(st));
	}
	store_close(st);
}
