/*
 * tiepnhand: the daemon of the intake desk. Options and exit codes; the
 * only file that reads the clock for a round.
 */
#include <config.h>

#include <sys/stat.h>

#include <errno.h>
#include <getopt.h>
#include <locale.h>
#include <malloc.h>
#include <pwd.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include <nettle/version.h>
#include <unistring/version.h>

#include "daemon/check.h"
#include "daemon/config.h"
#include "daemon/localtime.h"
#include "daemon/log.h"
#include "daemon/notify.h"
#include "daemon/office.h"
#include "daemon/problems.h"
#include "daemon/rehearsal.h"
#include "daemon/service.h"
#include "daemon/sudo_line.h"
#include "parsers/strbuf.h"

#define SERVICE_USER "tiepnhan"
#define KEPT_MEMORY (4 << 20) /* not given back between two mails */

struct options {
	const char	*config_file;
	time_t		 now;	/* with has_now */
	bool		 has_now;
	bool		 test;
	bool		 once;
	bool		 dry_run;
	bool		 foreground;
};

static const char usage_text[] =
    "usage: tiepnhand [-c FILE] [-d] [-t] [--once] [--now TIME] [--dry-run]\n"
    "  -c FILE     configuration (default " SYSCONFDIR "/tiepnhan.conf)\n"
    "  -d          stay in the foreground, log to standard error\n"
    "  -t          test configuration, units, templates and campaigns\n"
    "  --once      one full round, then exit\n"
    "  --now TIME  the clock of that round, 2027-03-15T08:00:00+07:00\n"
    "  --dry-run   decide everything, send and change nothing, print it\n"
    "  --version   versions of program and libraries\n"
    "  --help      this text\n";

static int
usage_error(const char *why)
{
	if (why != NULL)
		fprintf(stderr, "tiepnhand: %s\n", why);
	fputs(usage_text, stderr);
	return EX_USAGE;
}

static void
print_versions(void)
{
	printf("tiepnhand " PACKAGE_VERSION "\nsqlite %s, nettle %d.%d, "
	    "libunistring %d.%d, systemd %s\n", store_sqlite_version(),
	    nettle_version_major(), nettle_version_minor(),
	    _libunistring_version >> 16 & 255, _libunistring_version >> 8 & 255,
	    notify_is_built() ? "yes" : "no");
}

/* EX_OK to go on, -1 when all is said, else the exit code. */
static int
parse_options(int argc, char **argv, struct options *o)
{
	enum { OPTION_ONCE = 256, OPTION_NOW, OPTION_DRY_RUN, OPTION_VERSION,
		OPTION_HELP };
	static const struct option table[] = {
		{ "once", no_argument, NULL, OPTION_ONCE },
		{ "now", required_argument, NULL, OPTION_NOW },
		{ "dry-run", no_argument, NULL, OPTION_DRY_RUN },
		{ "version", no_argument, NULL, OPTION_VERSION },
		{ "help", no_argument, NULL, OPTION_HELP },
		{ NULL, 0, NULL, 0 }
	};
	int	 c;

	while ((c = getopt_long(argc, argv, "c:dht", table, NULL)) != -1) {
		switch (c) {
		case 'c':
			o->config_file = optarg;
			break;
		case 'd':
			o->foreground = true;
			break;
		case 't':
			o->test = true;
			break;
		case OPTION_ONCE:
			o->once = true;
			break;
		case OPTION_NOW:
			if (local_parse(optarg, &o->now) == -1)
				return usage_error("--now: not a time; right "
				    "would be 2027-03-15T08:00:00+07:00");
			o->has_now = true;
			break;
		case OPTION_DRY_RUN:
			o->dry_run = true;
			break;
		case OPTION_VERSION:
			print_versions();
			return -1;
		case 'h':
		case OPTION_HELP:
			fputs(usage_text, stdout);
			return -1;
		default:
			return usage_error(NULL);
		}
	}
	if (optind < argc)
		return usage_error("no arguments are taken");
	if (o->has_now && !o->once && !o->test && !o->dry_run)
		return usage_error("--now is for --once");
	return EX_OK;
}

static int
print_problems(struct problems *p)
{
	size_t	 i;

	for (i = 0; i < p->n; i++)
		fprintf(stderr, "%s\n", p->lines[i]);
	problems_clear(p);
	return EX_CONFIG;
}

static int
run_test(const struct options *o)
{
	struct problems	 p;

	problems_init(&p);
	if (check_everything(o->config_file, o->now, &p) == 0 && p.n == 0) {
		problems_clear(&p);
		return EX_OK;
	}
	return print_problems(&p);
}

/* Why the state could not be opened, as an exit code. */
static int
open_failed(const struct office *o)
{
	switch (store_trouble(o->store)) {
	case STORE_LOCKED:
		log_error("%s: another tiepnhand is running (pid %ld)",
		    o->config->state, (long)store_pid(o->store));
		return EX_TEMPFAIL;
	case STORE_DENIED:
		log_error("%s", store_error(o->store));
		return EX_NOPERM;
	case STORE_ABSENT:
		log_error("%s", store_error(o->store));
		return EX_NOINPUT;
	case STORE_NEWER:
		log_error("%s", store_error(o->store));
		return EX_CONFIG;
	case STORE_DAMAGED:
		log_error("%s", store_error(o->store));
		return EX_DATAERR;
	case STORE_FINE:
	case STORE_DISK:
	case STORE_FULL:
	case STORE_BUSY:
	case STORE_REFUSED:
		break;
	}
	log_error("%s", store_error(o->store));
	return EX_TEMPFAIL;
}

/* 77 with the line that would work. */
static int
not_allowed(const char *what, const char *owner)
{
	struct strbuf	line = {0};

	sudo_line(owner, &line);
	fprintf(stderr, "tiepnhand: %s belongs to the user '%s'; run:\n"
	    "  %s\n", what, owner, strbuf_get(&line));
	strbuf_clear(&line);
	return EX_NOPERM;
}

/* Is there a configuration, and may we read it? */
static int
check_config_file(const char *file)
{
	if (access(file, R_OK) == 0)
		return EX_OK;
	if (errno == EACCES)
		return not_allowed(file, SERVICE_USER);
	if (errno == ENOENT)
		fprintf(stderr, "tiepnhand: %s: there is no configuration "
		    "yet; sudo tiepnhan init makes one, -c FILE names "
		    "another\n", file);
	else
		fprintf(stderr, "tiepnhand: %s: %s\n", file,
		    strerror(errno));
	return EX_CONFIG;
}

/* The state belongs to one user; root would leave files of its own there. */
static int
check_owner(const char *state)
{
	struct passwd	*pw;
	struct stat	 st;

	if (stat(state, &st) == -1)
		return errno == EACCES ? not_allowed(state, SERVICE_USER) :
		    EX_OK; /* it will be made */
	if (st.st_uid == geteuid())
		return EX_OK;
	pw = getpwuid(st.st_uid);
	return not_allowed(state, pw != NULL ? pw->pw_name : SERVICE_USER);
}

static int
run(const struct options *opt)
{
	struct problems	 p;
	struct office	*o;
	int		 rc;

	problems_init(&p);
	o = office_load(opt->config_file, &p);
	if (o == NULL)
		return print_problems(&p);
	problems_clear(&p);
	rc = check_owner(o->config->state);
	if (rc != EX_OK) {
		/* all is said */
	} else if (opt->dry_run) {
		rc = rehearse(o, opt->now, stdout);
	} else if (office_open(o, STORE_DAEMON) == -1) {
		rc = open_failed(o);
	} else if (opt->once) {
		rc = service_once(o, opt->now);
	} else {
		rc = service_run(o, opt->config_file);
	}
	office_free(o);
	return rc;
}

int
main(int argc, char **argv)
{
	struct options	 o = { .config_file = NULL };
	int		 rc;

	/* For libraries that ask the locale what a letter is. */
	if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
		(void)setlocale(LC_CTYPE, "");
	signal(SIGPIPE, SIG_IGN);
	umask(027);
	/* glibc only: each mail takes some 100 kB, and would give them back */
	(void)mallopt(M_TRIM_THRESHOLD, KEPT_MEMORY);
	o.now = time(NULL);
	rc = parse_options(argc, argv, &o);
	if (rc != EX_OK)
		return rc == -1 ? EX_OK : rc;
	log_open("tiepnhand");
	if (o.config_file == NULL)
		o.config_file = config_default_file();
	rc = check_config_file(o.config_file);
	if (rc == EX_OK)
		rc = o.test ? run_test(&o) : run(&o);
	if (fflush(stdout) != 0)
		rc = EX_TEMPFAIL;
	return rc;
}
