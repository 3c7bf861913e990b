/*
 * The machine: clock, time zone, disk, who may read the secrets, and
 * whether the parser's jail holds here.
 */
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "daemon/config.h"
#include "daemon/convert_tool.h"
#include "daemon/doctor.h"
#include "daemon/limits.h"
#include "daemon/localtime.h"
#include "daemon/parser.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

#define SYNCHRONIZED "/run/systemd/timesync/synchronized"

static void
check_clock(struct doctor *d)
{
	struct finding	f = { .check = "clock", .code = EX_CONFIG,
			    .todo = "set it (timedatectl set-ntp true)" };
	struct timex	t = { .modes = 0 };
	const char	*now = local_iso(d->now, d->arena);
	int		state;

	if (local_civil(d->now).year < DOCTOR_YEAR_LEAST) {
		doctor_fail(d, &f, "%s: the clock is wrong", now);
		return;
	}
	state = adjtimex(&t);
	if (state == -1 && access(SYNCHRONIZED, F_OK) == -1)
		/* the unit's sandbox forbids to ask the kernel */
		doctor_fine(d, "clock", "%s; whether it is kept by NTP cannot "
		    "be seen from here", now);
	else if (state == TIME_ERROR)
		doctor_warn(d, "clock", "keep it by NTP (timedatectl set-ntp "
		    "true): late or in time is judged by the mail server's "
		    "clock, but reminders go by this one", "%s; nothing keeps "
		    "it right", now);
	else
		doctor_fine(d, "clock", "%s, kept by NTP", now);
}

static void
check_zone(struct doctor *d)
{
	struct tm	tm;

	tzset();
	if (localtime_r(&d->now, &tm) != NULL &&
	    tm.tm_gmtoff == LOCAL_OFFSET_S)
		doctor_fine(d, "time zone", "+07:00, as everything we print");
	else
		doctor_fine(d, "time zone", "this machine is on %s; we reckon "
		    "and print in +07:00 all the same, only the journal shows "
		    "its own time", tm.tm_zone != NULL ? tm.tm_zone : "?");
}

/* The nearest folder above a path that is there. */
static const char *
existing(const char *path, struct arena *arena)
{
	char	*p = arena_strdup(arena, path), *slash;

	while (access(p, F_OK) == -1 && (slash = strrchr(p, '/')) != NULL &&
	    slash != p)
		*slash = '\0';
	return p;
}

static void
check_disk(struct doctor *d, const struct config *c)
{
	struct finding	f = { .check = "disk", .code = EX_TEMPFAIL,
			    .todo = "make room: without it mail stays on the "
			    "server and is taken in later" };
	const char	*folder = existing(c->state, d->arena);
	struct statvfs	v;
	uint64_t	free_bytes;

	if (statvfs(folder, &v) == -1) {
		doctor_fail(d, &f, "%s: %s", folder, strerror(errno));
		return;
	}
	free_bytes = (uint64_t)v.f_bavail * v.f_frsize;
	if (free_bytes < DOCTOR_DISK_LEAST ||
	    (v.f_files > 0 && v.f_favail < DOCTOR_INODES_LEAST))
		doctor_fail(d, &f, "%s: only %llu MB and %llu files are left",
		    folder, (unsigned long long)(free_bytes >> 20),
		    (unsigned long long)v.f_favail);
	else if (free_bytes < DOCTOR_DISK_LOW)
		doctor_warn(d, "disk", f.todo, "%s: %llu MB are left", folder,
		    (unsigned long long)(free_bytes >> 20));
	else
		doctor_fine(d, "disk", "%s: %llu MB are free", folder,
		    (unsigned long long)(free_bytes >> 20));
}

/* A secret that others may read. */
static void
check_mode(struct doctor *d, const char *path)
{
	struct finding	f = { .check = "secrets", .code = EX_CONFIG };
	struct stat	st;

	if (*path == '\0' || stat(path, &st) == -1)
		return;
	if ((st.st_mode & 077) == 0) {
		doctor_fine(d, "secrets", "%s: only its owner may read it",
		    path);
		return;
	}
	f.todo = arena_printf(d->arena, "chmod 600 %s, and change the "
	    "password if others have seen it", path);
	doctor_fail(d, &f, "%s: others than its owner may read it (mode "
	    "%04o)", path, (unsigned)(st.st_mode & 07777));
}

static void
check_endpoint(struct doctor *d, const struct endpoint *e)
{
	const char	*folder = getenv("CREDENTIALS_DIRECTORY");
	struct stat	 st;

	check_mode(d, e->password_file);
	/* a folder asks for no password, whatever user is named */
	if (e->kind == ENDPOINT_MAILDIR || e->kind == ENDPOINT_NONE ||
	    *e->user == '\0' || *e->password_file != '\0' ||
	    *e->password_command != '\0' || *e->token_command != '\0')
		return;
	if (folder != NULL && stat(arena_printf(d->arena, "%s/%s", folder,
	    e->credential), &st) == 0 && st.st_size > 1)
		doctor_fine(d, "secrets", "%s comes as a credential",
		    e->credential);
	else
		doctor_warn(d, "secrets", arena_printf(d->arena, "put it into "
		    "the file credentials/%s beside the configuration, root "
		    "only, mode 0600; the unit hands it over",
		    e->credential), "no password of %s is to be seen from "
		    "here", e->user);
}

static void
check_jail(struct doctor *d)
{
	struct finding		f = { .check = "jail", .code = EX_UNAVAILABLE,
				    .todo = "without a jail nothing is "
				    "parsed: the kernel must have seccomp "
				    "filters, and no sandbox around may "
				    "forbid them" };
	struct parser_request	rq = { .job = PARSER_SELFTEST, .in_fd = -1 };
	struct strbuf		answer = { 0 };
	struct parser		*p;

	signal(SIGPIPE, SIG_IGN);
	p = parser_start();
	if (parser_run(p, &rq, &answer) == PARSE_OK)
		doctor_fine(d, "jail", "the parser's jail holds: %s",
		    strbuf_get(&answer));
	else
		doctor_fail(d, &f, "%s", parser_error(p));
	parser_stop(p);
	strbuf_clear(&answer);
}

static void
check_converters(struct doctor *d, const struct config *c)
{
	const struct convert_tool *t;
	const char	*there = "", *formats = "";

	if (!c->convert)
		return;
	for (t = convert_tools; t->program != NULL; t++) {
		if (access(t->program, X_OK) == -1)
			continue;
		there = arena_printf(d->arena, "%s %s", there, t->program);
		formats = arena_printf(d->arena, "%s %s", formats,
		    format_name(t->format));
	}
	if (strstr(formats, "doc") == NULL || strstr(formats, "pdf") == NULL)
		doctor_warn(d, "convert", "apt install antiword "
		    "poppler-utils, or set convert = no", "convert = yes, "
		    "but of its programs only these are there:%s",
		    *there != '\0' ? there : " none");
	else
		doctor_fine(d, "convert", "through%s", there);
}

void
doctor_host(struct doctor *d, const struct config *c)
{
	check_clock(d);
	check_zone(d);
	check_disk(d, c);
	check_endpoint(d, &c->mailbox);
	check_endpoint(d, &c->outgoing);
	check_mode(d, arena_printf(d->arena, "%s/secret.key", c->state));
	check_jail(d);
	check_converters(d, c);
}
