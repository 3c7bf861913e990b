/*
 * `tiepnhan init`: the first set-up. Asks, tries the servers through the
 * workers, and only then writes: secrets and roster first, the
 * configuration last, so that a configuration that is there is whole.
 */
#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <config.h>
#include "daemon/cli.h"
#include "daemon/cli_verbs.h"
#include "daemon/config.h"
#include "daemon/doctor.h"
#include "daemon/init.h"
#include "daemon/paths.h"
#include "daemon/problems.h"
#include "daemon/roster.h"
#include "daemon/textfile.h"
#include "daemon/worker_io.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

#define NOBODY 65534

struct setup {
	struct cli	*c;
	struct init	 in;
	const char	*example;
	const char	*folder; /* of the configuration */
	const char	*name;	 /* of its file */
	bool		 is_usual; /* where the service looks for it */
	struct passwd	*owner;	 /* the service's user; NULL: none yet */
	char		 junk[256]; /* the mailbox's folder for it; "" */
};

static int
ended(const struct cli *c)
{
	fputc('\n', stderr);
	return cli_fail(c, EX_USAGE, "the answers ended; nothing was written");
}

/* ---- trying a server: as the service's user, never as root */

typedef void (*probe)(struct doctor *d, const struct config *c,
    const char *secret);

static void
drop_root(const struct setup *s)
{
	uid_t	uid = s->owner != NULL ? s->owner->pw_uid : NOBODY;
	gid_t	gid = s->owner != NULL ? s->owner->pw_gid : NOBODY;

	if (geteuid() == 0 && (setgroups(0, NULL) == -1 ||
	    setgid(gid) == -1 || setuid(uid) == -1))
		_exit(EX_NOPERM);
}

static void
print_finding(const struct finding *f)
{
	printf("  %-4s %s: %s\n", f->level == FINDING_FAIL ? "FAIL" :
	    f->level == FINDING_WARN ? "warn" : "ok", f->check, f->text);
	if (*f->todo != '\0')
		printf("       -> %s\n", f->todo);
}

/* In a child that is no longer root; the junk folder is told by a pipe. */
static void
try_here(const struct setup *s, const struct config *config, probe run,
    const char *secret, int found)
{
	struct doctor	d = { .arena = s->c->arena, .now = s->c->now };
	size_t		i;

	drop_root(s);
	run(&d, config, secret);
	for (i = 0; i < d.n; i++)
		print_finding(&d.list[i]);
	fflush(stdout);
	if (d.junk != NULL)
		(void)worker_write_all(found, d.junk, strlen(d.junk));
	_exit(doctor_code(&d));
}

/* 0 when it works. s->junk: the server's folder for junk, "" none. */
static int
try(struct setup *s, const struct config *config, probe run,
    const char *secret)
{
	ssize_t	 n;
	pid_t	 pid;
	int	 status, found[2];

	s->junk[0] = '\0';
	fflush(stdout);
	if (pipe2(found, O_CLOEXEC) == -1)
		return EX_TEMPFAIL;
	pid = fork();
	if (pid == 0)
		try_here(s, config, run, secret, found[1]);
	close(found[1]);
	n = read(found[0], s->junk, sizeof(s->junk) - 1);
	s->junk[n > 0 ? n : 0] = '\0';
	close(found[0]);
	if (pid == -1 || waitpid(pid, &status, 0) != pid)
		return EX_TEMPFAIL;
	return WIFEXITED(status) ? WEXITSTATUS(status) : EX_SOFTWARE;
}

/* ---- asking */

static int
ask_range(struct setup *s, enum init_question from, enum init_question to)
{
	enum init_question	q;

	for (q = from; q <= to; q++)
		if (init_ask(&s->in, q) == -1)
			return -1;
	if (from <= INIT_OUTGOING_PASSWORD && INIT_OUTGOING_PASSWORD <= to &&
	    *s->in.answers[INIT_OUTGOING_PASSWORD] == '\0')
		s->in.answers[INIT_OUTGOING_PASSWORD] =
		    s->in.answers[INIT_MAILBOX_PASSWORD];
	return 0;
}

/* The configuration of the answers; NULL after saying what is wrong. */
static struct config *
understand(const struct setup *s, struct strbuf *text)
{
	struct problems	 problems;
	struct config	*config;

	problems_init(&problems);
	init_text(&s->in, s->example, text);
	config = config_parse(strbuf_get(text), arena_printf(s->c->arena,
	    "%s/%s", s->folder, s->name), &problems);
	if (config == NULL)
		(void)cli_problems(&problems); /* the caller asks again */
	problems_clear(&problems);
	return config;
}

/* Does what was answered for this server work? 0, or a sysexits code. */
static int
try_server(struct setup *s, bool is_mailbox)
{
	struct config	*config;
	struct strbuf	 text = { 0 };
	int		 rc;

	config = understand(s, &text);
	strbuf_clear(&text);
	rc = config == NULL ? EX_CONFIG : try(s, config,
	    is_mailbox ? doctor_mailbox : doctor_outgoing,
	    s->in.answers[is_mailbox ? INIT_MAILBOX_PASSWORD :
	    INIT_OUTGOING_PASSWORD]);
	config_free(config);
	return rc;
}

/*
 * Ask for one server until it works or shall be taken as it is. 1 it
 * works, 0 it does not; -1 at the end of the input.
 */
static int
ask_server(struct setup *s, enum init_question from, enum init_question to)
{
	int	again = 0;

	do {
		if (ask_range(s, from, to) == -1)
			return -1;
		/* the login has looked into it */
		if (from == INIT_FOLDERS && strcmp(s->in.answers[from],
		    "INBOX") == 0)
			return 1;
		if (try_server(s, from < INIT_OUTGOING_URL) == 0)
			return 1;
		again = init_yes("Answer again?", true);
	} while (again == 1);
	return again;
}

/* First the login; then the server itself says which folder takes junk. */
static int
ask_mailbox(struct setup *s)
{
	struct init	*in = &s->in;
	int		 works;

	in->answers[INIT_FOLDERS] = "INBOX";
	works = ask_server(s, INIT_MAILBOX_URL, INIT_MAILBOX_CA);
	if (works == -1)
		return -1;
	if (works == 0)
		in->answers[INIT_FOLDERS] = "INBOX, Junk";
	else if (*s->junk != '\0')
		in->answers[INIT_FOLDERS] = arena_printf(in->arena,
		    "INBOX, %s", s->junk);
	if (works == 0 || *in->answers[INIT_MAILBOX_USER] == '\0')
		return init_ask(in, INIT_FOLDERS);
	return ask_server(s, INIT_FOLDERS, INIT_FOLDERS);
}

static int
ask_all(struct setup *s)
{
	struct init	*in = &s->in;

	/* placeholders, so that a part can be understood before the rest */
	in->answers[INIT_OUTGOING_URL] = "maildir:outgoing";
	in->answers[INIT_FROM] = "x <x@office.example>";
	if (ask_range(s, INIT_NAME, INIT_CLERK) == -1 ||
	    ask_mailbox(s) == -1)
		return -1;
	in->answers[INIT_OUTGOING_URL] = in->answers[INIT_FROM] = NULL;
	if (ask_server(s, INIT_OUTGOING_URL, INIT_FROM) == -1)
		return -1;
	return init_ask(in, INIT_STATE);
}

/* ---- writing */

static int
give(const struct setup *s, const char *path, mode_t mode)
{
	if (chmod(path, mode) == -1)
		return -1;
	if (geteuid() != 0 || s->owner == NULL)
		return 0;
	return chown(path, 0, s->owner->pw_gid);
}

static int
write_secret(const struct setup *s, const char *name, const char *secret)
{
	const char	*path = arena_printf(s->c->arena, "%s/credentials/%s",
			    s->folder, name);
	int		 fd, rc;

	if (*secret == '\0')
		return 0;
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC |
	    O_NOFOLLOW, 0600);
	if (fd == -1)
		return -1;
	rc = worker_write_all(fd, secret, strlen(secret)) == -1 ||
	    fsync(fd) == -1 || fchmod(fd, 0600) == -1 ? -1 : 0;
	close(fd);
	/* where the service itself reads it, it must be able to */
	if (rc == 0 && s->in.secrets_beside && s->owner != NULL &&
	    geteuid() == 0)
		rc = chown(path, s->owner->pw_uid, s->owner->pw_gid);
	return rc;
}

/* An empty roster with its column names, where there is none. */
static int
write_roster(const struct setup *s)
{
	const char	*path = arena_printf(s->c->arena, "%s/units.csv",
			    s->folder);
	struct roster	 none = { 0 };
	struct strbuf	 csv = { 0 };
	int		 rc = 0;

	if (access(path, F_OK) == 0)
		return 0;
	roster_write_csv(&none, &csv);
	if (textfile_replace(s->folder, "units.csv", strbuf_get(&csv),
	    csv.len) == -1 || give(s, path, 0640) == -1)
		rc = -1;
	strbuf_clear(&csv);
	return rc;
}

static int
make_folder(const char *path, mode_t mode)
{
	return mkdir(path, mode) == -1 && errno != EEXIST ? -1 : 0;
}

static int
write_all(const struct setup *s, const struct strbuf *text)
{
	struct arena	*a = s->c->arena;
	const char	*credentials = arena_printf(a, "%s/credentials",
			    s->folder);

	if (make_folder(s->folder, 0750) == -1 ||
	    make_folder(credentials, 0700) == -1)
		return -1;
	if (geteuid() == 0 && s->owner != NULL && give(s, s->folder, 0750) ==
	    -1)
		return -1;
	if (s->in.secrets_beside && geteuid() == 0 && s->owner != NULL &&
	    chown(credentials, s->owner->pw_uid, s->owner->pw_gid) == -1)
		return -1;
	if (write_secret(s, "mailbox-password",
	    s->in.answers[INIT_MAILBOX_PASSWORD]) == -1 ||
	    write_secret(s, "outgoing-password",
	    s->in.answers[INIT_OUTGOING_PASSWORD]) == -1 ||
	    write_roster(s) == -1)
		return -1;
	if (textfile_replace(s->folder, s->name, strbuf_get(text), text->len)
	    == -1)
		return -1;
	return give(s, arena_printf(a, "%s/%s", s->folder, s->name), 0640);
}

static void
print_next(const struct setup *s)
{
	const char	*run = arena_printf(s->c->arena, "%stiepnhan%s%s",
			    geteuid() == 0 ? "sudo " : "",
			    s->is_usual ? "" : " -c ",
			    s->is_usual ? "" : s->c->config_file);

	printf("written: %s/%s\n\nNext:\n"
	    "  %s units import FILE.xlsx     the office's own list of units\n"
	    "  %s doctor                     everything once more\n",
	    s->folder, s->name, run, run);
	if (s->is_usual)
		printf("  sudo systemctl enable --now tiepnhand\n");
	printf("  %s campaign new LETTER.docx   the letter that asks for "
	    "reports\n", run);
}

/* ---- */

/* Before anything is asked: may we make the file, and its folder? */
static bool
can_write(const struct cli *c)
{
	char	*path = arena_strdup(c->arena, c->config_file), *slash;

	do {
		slash = strrchr(path, '/');
		if (slash == NULL)
			return access(".", W_OK | X_OK) == 0;
		slash[slash == path] = '\0';
	} while (access(path, F_OK) == -1 && errno == ENOENT &&
	    slash != path);
	return c->is_dry || access(path, W_OK | X_OK) == 0;
}

static int
prepare(struct setup *s)
{
	struct cli	*c = s->c;
	struct problems	 problems;
	char		*examples, *path, *slash;

	if (access(c->config_file, F_OK) == 0)
		return cli_fail(c, EX_CONFIG, "%s is there already; edit it, "
		    "or name another with -c FILE", c->config_file);
	if (!can_write(c))
		return cli_fail(c, EX_NOPERM, "%s: %s; run: sudo tiepnhan "
		    "init", c->config_file, strerror(errno));
	path = arena_strdup(c->arena, *c->config_file == '/' ?
	    c->config_file : arena_printf(c->arena, "./%s",
	    c->config_file));
	slash = strrchr(path, '/');
	*slash = '\0';
	s->folder = *path == '\0' ? "/" : path;
	s->name = slash + 1;
	s->is_usual = strcmp(c->config_file, config_default_file()) == 0;
	problems_init(&problems);
	examples = paths_data("examples");
	s->example = textfile_read(arena_printf(c->arena,
	    "%s/tiepnhan.conf", examples), c->arena, &problems);
	if (s->example == NULL)
		(void)cli_problems(&problems); /* said; below is the code */
	problems_clear(&problems);
	free(examples);
	s->owner = getpwnam(CLI_SERVICE_USER);
	s->in.arena = c->arena;
	/* the units hand over what lies below /etc; else we read it */
	s->in.secrets_beside = strncmp(s->folder, SYSCONFDIR,
	    strlen(SYSCONFDIR)) != 0;
	s->in.answers[INIT_STATE] = s->in.secrets_beside ?
	    arena_printf(c->arena, "%s/state", s->folder) :
	    arena_printf(c->arena, LOCALSTATEDIR "/lib/tiepnhan%s",
	    s->folder + strlen(SYSCONFDIR));
	return s->example == NULL ? EX_CONFIG : 0;
}

int
cli_init(struct cli *c)
{
	struct setup	 s = { .c = c };
	struct config	*config;
	struct strbuf	 text = { 0 };
	int		 rc;

	rc = prepare(&s);
	if (rc != 0)
		return rc;
	if (ask_all(&s) == -1)
		return ended(c);
	config = understand(&s, &text);
	rc = config == NULL ? EX_CONFIG : 0;
	config_free(config);
	if (rc == 0 && c->is_dry)
		fputs(strbuf_get(&text), stdout);
	else if (rc == 0 && write_all(&s, &text) == -1)
		rc = cli_fail(c, errno == EACCES ? EX_NOPERM : EX_TEMPFAIL,
		    "%s: %s%s", s.folder, strerror(errno),
		    errno == EACCES ? "; run: sudo tiepnhan init" : "");
	else if (rc == 0)
		print_next(&s);
	strbuf_clear(&text);
	return rc;
}
