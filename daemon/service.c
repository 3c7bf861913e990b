/*
 * The service: one loop over poll(2). Polling the mailbox goes by the
 * monotonic clock, so that a clock that jumps makes no storm; dates and
 * hours go by the wall clock, read once a turn. Between polls it sleeps
 * until something happens: to a file, to the clock, or on the agenda.
 */
#include "daemon/service.h"

#include <sys/signalfd.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "daemon/agenda.h"
#include "daemon/config.h"
#include "daemon/decision.h"
#include "daemon/intake.h"
#include "daemon/limits.h"
#include "daemon/localtime.h"
#include "daemon/log.h"
#include "daemon/mailbox.h"
#include "daemon/notify.h"
#include "daemon/office.h"
#include "daemon/post.h"
#include "daemon/problems.h"
#include "daemon/roster.h"
#include "daemon/sender_cap.h"
#include "daemon/service_start.h"
#include "daemon/statusfiles.h"
#include "daemon/statuslog.h"
#include "daemon/wake.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "spool/kv.h"

struct service {
	struct office	*office;
	const char	*config_file;
	struct mailbox	*mailbox;
	struct intake	*intake;
	struct post	*post;
	struct wake	*wake;
	char		*campaigns; /* the folder */
	int		 signal_fd;
	bool		 stopping;
	bool		 woken;	/* something happened: decide */
	bool		 active; /* this turn did something: no waiting */
	int64_t		 next_poll_ms;
	int64_t		 next_plans_ms; /* while mail pours in */
	int64_t		 next_files_ms;
	int64_t		 settled_ms; /* changed files are whole; -1: none */
	time_t		 agenda_at; /* of the wall clock; 0: not asked yet */
	int64_t		 backoff_ms;
	int64_t		 watchdog_ms; /* -1: none */
	int64_t		 store_seen;  /* store_version() of the files */
	time_t		 files_at;
	time_t		 told_trouble; /* in STATUS=, and the last fetch */
	time_t		 told_ok;
};

static int64_t
mono_ms(void)
{
	struct timespec	 ts;

	if (clock_gettime(CLOCK_MONOTONIC, &ts) == -1)
		panic("clock: %s", strerror(errno));
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* ---- signals */

static int
open_signals(void)
{
	sigset_t	 set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGUSR1); /* the command: look at the state again */
	if (sigprocmask(SIG_BLOCK, &set, NULL) == -1)
		panic("signals: %s", strerror(errno));
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* A new configuration is in force only when all of it is right. */
static void
reload(struct service *s)
{
	struct problems	 p;
	size_t		 i;

	notify_reloading();
	problems_init(&p);
	if (office_reload(s->office, s->config_file, &p) == -1) {
		for (i = 0; i < p.n; i++)
			log_error("reload: %s", p.lines[i]);
		log_warn("reload: the configuration before stays in force");
	} else {
		log_info("reload: done");
		/* New units and addresses may place what waits. */
		if (service_refresh(s->office, time(NULL)) == -1 ||
		    intake_refile_open(s->office, 0, time(NULL)) == -1)
			log_error("reload: %s",
			    store_error(s->office->store));
		/* The next round talks to what is configured now. */
		mailbox_stop(s->mailbox);
		s->next_poll_ms = s->backoff_ms = 0;
	}
	problems_clear(&p);
	notify_ready();
}

static void
take_signals(struct service *s)
{
	struct signalfd_siginfo si;

	while (read(s->signal_fd, &si, sizeof(si)) == sizeof(si)) {
		switch (si.ssi_signo) {
		case SIGTERM:
		case SIGINT:
			s->stopping = true;
			break;
		case SIGHUP:
			reload(s);
			break;
		default:
			s->woken = s->active = true;
		}
	}
}

/* ---- parts of a turn */

/* Some time from now, not all offices at the same moment. */
static int64_t
with_jitter(int64_t mono, int64_t wait_ms)
{
	return mono + wait_ms + (int64_t)(random() % (wait_ms / 4 + 1));
}

/* Each time in vain: the next one later. */
static void
back_off(struct service *s, int64_t mono)
{
	s->backoff_ms = s->backoff_ms == 0 ? LOOP_BACKOFF_MIN_MS :
	    2 * s->backoff_ms;
	if (s->backoff_ms > LOOP_BACKOFF_MAX_MS)
		s->backoff_ms = LOOP_BACKOFF_MAX_MS;
	s->next_poll_ms = with_jitter(mono, s->backoff_ms);
}

/* A round when it is time; slower and slower while there is trouble. */
static void
turn_mailbox(struct service *s, int64_t mono, time_t now)
{
	int64_t	 poll_ms = (int64_t)s->office->config->poll_s * 1000;
	time_t	 before = mailbox_last_ok(s->office);

	if (mailbox_is_running(s->mailbox)) {
		s->active |= mailbox_turn(s->mailbox, now);
		if (mailbox_last_ok(s->office) > before)
			s->backoff_ms = 0;
		if (mailbox_is_running(s->mailbox)) {
			/* It waits for news; what is filed by now is told by
			 * the next one. */
			if (s->woken && mailbox_has_marks(s->mailbox))
				mailbox_stop(s->mailbox);
			return;
		}
		/* It has left: by itself, or in trouble. */
		if (mailbox_has_trouble(s->mailbox))
			back_off(s, mono);
		else
			s->next_poll_ms = mailbox_was_cut(s->mailbox) ?
			    with_jitter(mono, LOOP_BACKOFF_MIN_MS) :
			    mono + poll_ms;
		return;
	}
	if (mono < s->next_poll_ms)
		return;
	mailbox_start(s->mailbox, poll_ms, now);
	if (!mailbox_is_running(s->mailbox)) {
		back_off(s, mono);
		s->woken = true;
	}
}

/* For systemctl status: the last poll, the last trouble. */
static void
tell_status(struct service *s)
{
	struct store	*st = s->office->store;
	struct strbuf	 line = { 0 };
	struct arena	*arena = arena_new(0);
	time_t		 ok = mailbox_last_ok(s->office), when;
	time_t		 since = kv_int(st, KV_FETCH_TROUBLE, 0);
	const char	*trouble = log_last_trouble(&when);
	const char	*progress = mailbox_progress(s->mailbox);
	char		*reason = kv_text(st, KV_FETCH_REASON);

	if (log_disk_is_full())
		strbuf_adds(&line, "disk full; ");
	if (*progress != '\0')
		strbuf_addf(&line, "reading %s; ", progress);
	strbuf_addf(&line, "last complete fetch %s", ok != 0 ?
	    local_iso(ok, arena) : "never");
	if (since != 0)
		strbuf_addf(&line, "; mailbox in trouble since %s: %s",
		    local_iso(since, arena), reason != NULL ? reason : "?");
	if (*trouble != '\0')
		strbuf_addf(&line, "; last trouble %s: %s",
		    local_iso(when, arena), trouble);
	notify_status("%s", strbuf_get(&line));
	s->told_trouble = when;
	s->told_ok = ok;
	free(reason);
	strbuf_clear(&line);
	arena_free(arena);
}

static bool
has_news(const struct service *s)
{
	time_t	 when;

	(void)log_last_trouble(&when); /* its words are told later */
	return when != s->told_trouble ||
	    mailbox_last_ok(s->office) != s->told_ok;
}

/* Has the clock or a file woken us? */
static void
turn_wake(struct service *s, int64_t mono)
{
	bool	 clock, files;

	wake_take(s->wake, &clock, &files);
	if (clock)
		s->agenda_at = 0;
	/* Who saves one file may save another in a moment. */
	if (files && s->settled_ms == -1)
		s->settled_ms = mono + LOOP_SETTLE_MS;
	if (s->settled_ms != -1 && mono >= s->settled_ms)
		s->settled_ms = -1;
	else if (!clock)
		return;
	s->woken = true;
	s->files_at = 0; /* the pages may say something else now */
}

/* Files that people edit, and what is due by the clock. */
static void
turn_plans(struct service *s, int64_t mono, time_t now)
{
	bool	 is_busy = intake_is_busy(s->intake);

	/* While mail pours in there is no use in deciding after each one. */
	if (is_busy ? mono < s->next_plans_ms : !s->woken)
		return;
	s->next_plans_ms = mono + LOOP_BUSY_MS;
	s->woken = false;
	wake_watch(s->wake, s->campaigns);
	(void)service_refresh(s->office, now);
	service_purge(s->office, now);
	if (!intake_is_busy(s->intake))
		(void)decision_finish_openings(s->office, now);
	if (sender_cap_tell(s->office, !is_busy, now) == -1)
		log_error("intake: %s", store_error(s->office->store));
	tell_status(s);
	if (post_decide(s->post, !intake_is_busy(s->intake), now) == -1)
		log_error("post: %s", store_error(s->office->store));
	s->agenda_at = agenda_next(s->office, now);
}

/* The log first, then the pages: at most once a second. */
static void
turn_files(struct service *s, int64_t mono, time_t now)
{
	int64_t	 version;

	if (mono < s->next_files_ms)
		return;
	version = store_version(s->office->store);
	if (version == s->store_seen &&
	    now - s->files_at < STATUS_REFRESH_S && now >= s->files_at)
		return;
	s->next_files_ms = mono + STATUS_TICK_MS;
	s->store_seen = version;
	s->files_at = now;
	if (statuslog_flush(s->office) == 0 &&
	    statusfiles_write(s->office, now) == 0) {
		log_disk_works();
	} else {
		s->store_seen = -1; /* again, whatever changes */
		s->next_files_ms = mono + LOOP_BACKOFF_MIN_MS;
	}
}

/* The earlier of two monotonic times; -1: none. */
static int64_t
sooner(int64_t a, int64_t b)
{
	return a == -1 || (b != -1 && b < a) ? b : a;
}

/* When something goes on by itself, whatever happens; -1: nothing does. */
static int64_t
next_work_ms(const struct service *s)
{
	int64_t	 due = sooner(intake_due_ms(s->intake), s->settled_ms);

	due = sooner(due, mailbox_due_ms(s->mailbox));
	if (!mailbox_is_running(s->mailbox))
		due = sooner(due, s->next_poll_ms);
	if (intake_is_busy(s->intake))
		due = sooner(due, s->next_plans_ms);
	if (store_version(s->office->store) != s->store_seen)
		due = sooner(due, s->next_files_ms);
	return due;
}

static void
set_clock(struct service *s)
{
	time_t	 at = s->agenda_at, post = post_due(s->post);

	if (at == 0 || (post != 0 && post < at))
		at = post;
	if (at != 0)
		wake_at(s->wake, at);
}

static void
wait_for_work(struct service *s)
{
	struct pollfd	 fds[3 + WAKE_FDS + INTAKE_CHILDREN];
	int64_t		 due = next_work_ms(s), left = -1;
	size_t		 n = 0;

	fds[n].fd = s->signal_fd;
	fds[n++].events = POLLIN;
	if (mailbox_is_running(s->mailbox)) {
		fds[n].fd = mailbox_fd(s->mailbox);
		fds[n++].events = POLLIN;
	}
	if (post_is_running(s->post)) {
		fds[n].fd = post_fd(s->post);
		fds[n++].events = POLLIN;
	}
	n += wake_fds(s->wake, fds + n);
	n += intake_fds(s->intake, fds + n);
	set_clock(s);
	if (due != -1)
		left = due > mono_ms() ? due - mono_ms() : 0;
	left = sooner(left, s->watchdog_ms);
	if (s->active)
		left = 0;
	if (poll(fds, n, (int)left) == -1 && errno != EINTR)
		panic("loop: poll: %s", strerror(errno));
}

static void
run_loop(struct service *s)
{
	int64_t	 mono;
	time_t	 now;

	while (!s->stopping) {
		now = time(NULL);
		mono = mono_ms();
		s->active = false;
		turn_wake(s, mono);
		turn_mailbox(s, mono, now);
		if (has_news(s))
			tell_status(s);
		s->active |= intake_turn(s->intake, now);
		s->woken |= s->active;
		turn_plans(s, mono, now);
		turn_files(s, mono, now);
		s->active |= post_turn(s->post,
		    !intake_is_busy(s->intake), now);
		notify_alive();
		wait_for_work(s);
		take_signals(s);
	}
}

int
service_run(struct office *o, const char *config_file)
{
	struct service	 s = { .office = o, .config_file = config_file,
		.settled_ms = -1, .woken = true };
	struct strbuf	 campaigns = { 0 };
	time_t		 now = time(NULL);
	int		 rc = EX_OK;

	s.signal_fd = open_signals();
	if (s.signal_fd == -1)
		panic("signals: %s", strerror(errno));
	srandom((unsigned)getpid());
	s.watchdog_ms = notify_watchdog_ms();
	s.mailbox = mailbox_new(o);
	s.intake = intake_new(o);
	s.post = post_new(o);
	s.wake = wake_new();
	strbuf_addf(&campaigns, "%s/campaigns", o->config->state);
	s.campaigns = strbuf_take(&campaigns);
	if (service_start(o, now) == -1) {
		rc = EX_TEMPFAIL;
	} else if (intake_selftest(s.intake) == -1) {
		rc = EX_UNAVAILABLE;
	} else {
		log_info("running: %s: %zu units, %zu campaigns",
		    o->config->office_name, o->roster->n, o->n_campaigns);
		notify_ready();
		tell_status(&s);
		run_loop(&s);
		notify_stopping();
		log_info("stopping");
	}
	mailbox_stop(s.mailbox);
	post_free(s.post);
	intake_free(s.intake);
	mailbox_free(s.mailbox);
	(void)statuslog_flush(o);
	wake_free(s.wake);
	free(s.campaigns);
	close(s.signal_fd);
	return rc;
}
