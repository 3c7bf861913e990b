/*
 * What a verb works on: files named on the command line, the office and
 * its state, campaigns, units and mails by their short names; and who may.
 * The state belongs to one user. Root becomes that user, so that nothing
 * in the state ever belongs to root.
 */
#include "daemon/cli.h"

#include <sys/mman.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/cli_json.h"
#include "daemon/cli_verbs.h"
#include "daemon/config.h"
#include "daemon/decision.h"
#include "daemon/localtime.h"
#include "daemon/office.h"
#include "daemon/parser.h"
#include "daemon/problems.h"
#include "daemon/rehearsal.h"
#include "daemon/roster.h"
#include "daemon/statusfiles.h"
#include "daemon/statuslog.h"
#include "daemon/sudo_line.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/strbuf.h"
#include "spool/mail.h"

#define COPY_BYTES 65536

/* ---- files of the command line */

static bool
write_all(int fd, struct bytes b)
{
	ssize_t	n;

	while (b.len > 0) {
		n = write(fd, b.data, b.len);
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		b.data += n;
		b.len -= (size_t)n;
	}
	return true;
}

/* A pipe's contents as a file: the parser wants to seek. */
static int
copy_to_memory(int from)
{
	char	buffer[COPY_BYTES];
	size_t	sum = 0;
	ssize_t	n;
	int	fd;

	fd = memfd_create("input", MFD_CLOEXEC);
	if (fd == -1)
		return -1;
	while ((n = read(from, buffer, sizeof(buffer))) > 0) {
		sum += (size_t)n;
		if (sum > LIMIT_MAIL_BYTES)
			errno = EFBIG;
		if (sum > LIMIT_MAIL_BYTES || !write_all(fd,
		    (struct bytes){ (const uint8_t *)buffer, (size_t)n }))
			break;
	}
	if (n == 0)
		return fd;
	close(fd); /* half a file would be read as a whole one */
	return -1;
}

static int
open_input(const char *path)
{
	struct stat	st;
	int		fd, copy;

	fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) :
	    open(path, O_RDONLY | O_CLOEXEC);
	if (fd == -1 || fstat(fd, &st) == -1)
		return -1;
	if (S_ISREG(st.st_mode))
		return fd;
	if (S_ISDIR(st.st_mode)) {
		close(fd);
		errno = EISDIR;
		return -1;
	}
	copy = copy_to_memory(fd);
	close(fd);
	return copy;
}

/* A file of the command line that does not open. */
static int
no_file(const struct cli *c, const char *path)
{
	if (errno == EACCES && geteuid() != 0)
		return cli_fail(c, EX_NOPERM, "%s: %s; with plain sudo root "
		    "opens it, whatever user the rest runs as", path,
		    strerror(errno));
	return cli_fail(c, errno == EACCES ? EX_NOPERM : errno == EFBIG ?
	    EX_DATAERR : EX_NOINPUT, "%s: %s", path, strerror(errno));
}

int
cli_check_size(const struct cli *c, size_t i)
{
	struct stat	st;

	if (fstat(c->inputs[i], &st) == -1)
		return no_file(c, c->args.words[i]);
	if (st.st_size <= (off_t)LIMIT_MAIL_BYTES)
		return 0;
	return cli_fail(c, EX_DATAERR, "%s: larger than a mail may be "
	    "(%zu MiB)", c->args.words[i], LIMIT_MAIL_BYTES >> 20);
}

int
cli_open_inputs(struct cli *c)
{
	static const enum cli_option outputs[] = { OPT_OUTPUT, OPT_XLSX,
		OPT_HTML_FILE, OPT_ANNEX, OPT_LETTER };
	const char	*output;
	size_t		 i, n;

	c->inputs = calloc(c->args.n_words + 1, sizeof(*c->inputs));
	if (c->inputs == NULL)
		abort();
	for (i = 0; i < c->args.n_words; i++)
		c->inputs[i] = -1;
	n = c->verb->files == VERB_ALL_FILES ? c->args.n_words :
	    c->verb->files == VERB_FIRST_IS_FILE ? 1 : 0;
	for (i = 0; i < n; i++) {
		c->inputs[i] = open_input(c->args.words[i]);
		if (c->inputs[i] == -1)
			return no_file(c, c->args.words[i]);
	}
	/* root's output is opened while we are root */
	output = "-";
	for (i = 0; i < sizeof(outputs) / sizeof(*outputs); i++)
		output = cli_value(&c->args, outputs[i], output);
	if (geteuid() == 0 && strcmp(output, "-") != 0) {
		c->output = open(output, O_WRONLY | O_CREAT | O_CLOEXEC,
		    0666);
		if (c->output == -1)
			return no_file(c, output);
	}
	return 0;
}

bool
cli_slurp(struct cli *c, int fd, struct bytes *out)
{
	struct stat	 st;
	uint8_t		*data;
	size_t		 len = 0;
	ssize_t		 n = 0;

	if (fstat(fd, &st) == -1 || st.st_size < 0 ||
	    (size_t)st.st_size > LIMIT_MAIL_BYTES)
		return false;
	data = arena_alloc(c->arena, (size_t)st.st_size + 1);
	while (len < (size_t)st.st_size && (n = pread(fd, data + len,
	    (size_t)st.st_size - len, (off_t)len)) > 0)
		len += (size_t)n;
	out->data = data;
	out->len = len;
	return n >= 0;
}

/*
 * Aside and renamed, so that the old file stays when the disk is full; a
 * pipe or a device takes it as it is.
 */
static bool
replace(struct cli *c, const char *path, struct bytes content)
{
	const char	*aside = arena_printf(c->arena, "%s.%d~", path,
	    (int)getpid());
	struct stat	 st;
	bool		 ok;
	int		 fd;

	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		fd = open(path, O_WRONLY | O_CLOEXEC);
		ok = fd != -1 && write_all(fd, content);
		return (fd == -1 || close(fd) == 0) && ok;
	}
	fd = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd == -1)
		return false;
	ok = write_all(fd, content) && fsync(fd) == 0;
	ok = close(fd) == 0 && ok && rename(aside, path) == 0;
	if (!ok)
		unlink(aside);
	return ok;
}

int
cli_write(struct cli *c, const char *path, struct bytes content)
{
	bool	ok;

	if (strcmp(path, "-") == 0) {
		fflush(stdout);
		/* a reader that has seen enough is no trouble */
		ok = write_all(STDOUT_FILENO, content) || errno == EPIPE;
	} else if (c->output != -1)
		ok = ftruncate(c->output, 0) == 0 &&
		    write_all(c->output, content);
	else
		ok = replace(c, path, content);
	if (ok)
		return 0;
	return errno == EACCES || errno == ENOENT ? no_file(c, path) :
	    cli_fail(c, EX_TEMPFAIL, "%s: %s", path, strerror(errno));
}

struct parser *
cli_parser(struct cli *c)
{
	if (c->parser == NULL)
		c->parser = parser_start();
	return c->parser;
}

/* ---- who may */

int
cli_not_allowed(const struct cli *c, const char *owner)
{
	struct strbuf	line = { 0 };

	sudo_line(owner, &line);
	cli_fail(c, EX_NOPERM, "only the user '%s' may do this; run:\n"
	    "  %s", owner, strbuf_get(&line));
	strbuf_clear(&line);
	return EX_NOPERM;
}

static int
no_state_yet(const struct cli *c, const char *state)
{
	return cli_fail(c, EX_NOINPUT, "%s: there is no whole state yet; "
	    "start with tiepnhan campaign new LETTER.docx", state);
}

/* A state that is not there yet is made; by root for the service's user. */
static int
make_state(const struct cli *c, const char *state)
{
	struct passwd	*pw;

	if (c->verb->access != VERB_WRITES)
		return no_state_yet(c, state);
	if (mkdir(state, 0750) == -1 && errno != EEXIST)
		return cli_fail(c, errno == EACCES ? EX_NOPERM : EX_CONFIG,
		    "%s: %s", state, strerror(errno));
	pw = geteuid() == 0 ? getpwnam(CLI_SERVICE_USER) : NULL;
	if (pw != NULL && chown(state, pw->pw_uid, pw->pw_gid) == -1)
		return cli_fail(c, EX_CONFIG, "%s: %s", state,
		    strerror(errno));
	return 0;
}

int
cli_become(const struct cli *c, uid_t uid, gid_t gid)
{
	struct passwd	*pw;
	const char	*name;

	if (uid == geteuid())
		return 0;
	pw = getpwuid(uid);
	name = pw != NULL ? pw->pw_name : CLI_SERVICE_USER;
	if (geteuid() != 0)
		return cli_not_allowed(c, name);
	if ((pw != NULL ? initgroups(name, gid) : setgroups(0, NULL)) == -1 ||
	    setgid(gid) == -1 || setuid(uid) == -1)
		return cli_fail(c, EX_NOPERM, "cannot become '%s': %s", name,
		    strerror(errno));
	return 0;
}

/* Become the owner of the state, or say who should. */
static int
become_owner(const struct cli *c, const char *state)
{
	struct stat	 st;
	int		 rc;

	if (stat(state, &st) == -1) {
		if (errno == EACCES)
			return cli_not_allowed(c, CLI_SERVICE_USER);
		if (c->is_dry && c->verb->access == VERB_WRITES)
			return 0;
		rc = make_state(c, state);
		if (rc != 0)
			return rc;
		if (stat(state, &st) == -1)
			return cli_fail(c, EX_CONFIG, "%s: %s", state,
			    strerror(errno));
	}
	return cli_become(c, st.st_uid, st.st_gid);
}

int
cli_check_config(const struct cli *c)
{
	if (access(c->config_file, R_OK) == 0)
		return 0;
	if (errno == EACCES)
		return cli_not_allowed(c, CLI_SERVICE_USER);
	if (errno == ENOENT)
		return cli_fail(c, EX_CONFIG, "%s: there is no configuration "
		    "yet; sudo tiepnhan init makes one, -c FILE names "
		    "another", c->config_file);
	return cli_fail(c, EX_CONFIG, "%s: %s", c->config_file,
	    strerror(errno));
}

int
cli_store_failed(const struct cli *c)
{
	static const int codes[] = {
		[STORE_FINE] = EX_SOFTWARE, [STORE_DISK] = EX_TEMPFAIL,
		[STORE_FULL] = EX_TEMPFAIL, [STORE_BUSY] = EX_TEMPFAIL,
		[STORE_DAMAGED] = EX_DATAERR, [STORE_NEWER] = EX_CONFIG,
		[STORE_LOCKED] = EX_TEMPFAIL, [STORE_ABSENT] = EX_NOINPUT,
		[STORE_DENIED] = EX_NOPERM, [STORE_REFUSED] = EX_DATAERR
	};

	return cli_fail(c, codes[store_trouble(c->office->store)], "%s",
	    store_error(c->office->store));
}

/*
 * A rehearsal is opened for writing too: it writes, and takes it back. A
 * first command makes the database, as the daemon would; its rehearsal
 * makes one that is thrown away.
 */
static int
open_store(struct cli *c)
{
	/* reading makes nothing, so it tells whether there is a state */
	if ((c->verb->access == VERB_READS || c->is_dry) &&
	    office_open(c->office, STORE_READ) == -1) {
		if (store_trouble(c->office->store) != STORE_ABSENT)
			return cli_store_failed(c);
		if (c->verb->access == VERB_READS)
			return no_state_yet(c, c->office->config->state);
		return rehearsal_begin(c->office, &c->scratch) == -1 ?
		    EX_TEMPFAIL : 0;
	}
	if (c->verb->access == VERB_READS)
		return 0;
	store_close(c->office->store);
	c->office->store = NULL;
	return office_open(c->office, STORE_COMMAND) == -1 ?
	    cli_store_failed(c) : 0;
}

int
cli_open(struct cli *c)
{
	struct problems	 problems;
	struct config	*config;
	int		 rc;

	rc = cli_check_config(c);
	if (rc != 0)
		return rc;
	problems_init(&problems);
	config = config_load(c->config_file, &problems);
	rc = config == NULL ? cli_problems(&problems) :
	    become_owner(c, config->state);
	config_free(config);
	problems_clear(&problems);
	if (rc != 0)
		return rc;
	c->office = office_load(c->config_file, &problems);
	if (c->office == NULL) {
		rc = cli_problems(&problems);
		problems_clear(&problems);
		return rc;
	}
	c->office->who = c->who;
	rc = open_store(c);
	if (rc == 0 && office_refresh(c->office, c->now) == -1)
		rc = cli_store_failed(c);
	return rc;
}

/* ---- things by their short names */

static void
list_campaigns(const struct cli *c, struct strbuf *out, bool only_open)
{
	const struct office_campaign	*oc;
	size_t				 i;

	for (i = 0; i < c->office->n_campaigns; i++) {
		oc = &c->office->campaigns[i];
		if (only_open && !office_is_open(oc, c->now))
			continue;
		strbuf_addf(out, "%s%s", out->len > 0 ? ", " : "", oc->id);
	}
}

int
cli_campaign(struct cli *c, const char *name, struct office_campaign **out)
{
	struct strbuf	 names = { 0 };
	int		 rc;

	*out = name == NULL ? office_only_open(c->office, c->now) :
	    office_find_short(c->office, name);
	if (*out != NULL)
		return 0;
	list_campaigns(c, &names, name == NULL);
	if (name != NULL)
		rc = cli_fail(c, EX_NOINPUT, "%s \"%s\"; %s: %s",
		    text_word(WORD_CLI_NO_CAMPAIGN), name,
		    text_word(WORD_CLI_THERE_ARE), names.len > 0 ? names.s :
		    "0");
	else if (names.len > 0)
		rc = cli_fail(c, EX_USAGE, "%s: %s",
		    text_word(WORD_CLI_WHICH_CAMPAIGN), names.s);
	else
		rc = cli_fail(c, EX_NOINPUT, "%s (tiepnhan campaign list)",
		    text_word(WORD_CLI_NONE_OPEN));
	strbuf_clear(&names);
	return rc;
}

int
cli_unit(struct cli *c, const char *code, int *unit)
{
	const char	*near;

	*unit = roster_find_short(c->office->roster, code, c->arena, &near);
	if (*unit >= 0)
		return 0;
	return cli_fail(c, EX_NOINPUT, "%s \"%s\"%s%s%s%s",
	    text_word(WORD_CLI_NO_UNIT), code, *near != '\0' ? "; " : "",
	    *near != '\0' ? text_word(WORD_CLI_DID_YOU_MEAN) : "",
	    *near != '\0' ? " " : "", near);
}

int
cli_mail(struct cli *c, const char *id, struct mail **out)
{
	int	n;

	*out = mail_find_id(c->office->store, id, &n);
	if (*out != NULL)
		return 0;
	if (n == 0)
		return cli_fail(c, EX_NOINPUT, "%s \"%s\" (tiepnhan list)",
		    text_word(WORD_CLI_NO_SUCH_MAIL), id);
	return cli_fail(c, EX_USAGE, "\"%s\": %s", id,
	    text_word(WORD_CLI_SEVERAL));
}

int
cli_day(struct cli *c, const char *text, long *day)
{
	if (day_parse(text, day) == 0)
		return 0;
	return cli_fail(c, EX_USAGE, "%s: not a day; right would be "
	    "2027-03-15 or 15/3/2027", text);
}

/* ---- decisions */

const char *
cli_rehearsed(const struct cli *c)
{
	return c->is_dry ? arena_printf(c->arena, " %s",
	    text_word(WORD_CLI_REHEARSED)) : "";
}

void
cli_decision(struct cli *c, struct decision *d)
{
	memset(d, 0, sizeof(*d));
	d->office = c->office;
	d->arena = c->arena;
	d->who = c->who;
	d->now = c->now;
	d->reason = cli_value(&c->args, OPT_REASON, "");
	d->is_dry = c->is_dry;
}

/* For a script that wants to take it back; event 0 in a rehearsal. */
static void
print_decision(const struct cli *c, const struct decision *d)
{
	json_t	*j = json_object();

	json_put(j, "event", json_integer(d->event));
	json_put_text(j, "done", d->done);
	json_put(j, "dry_run", json_boolean(c->is_dry));
	(void)json_print(j);
}

int
cli_decided(struct cli *c, const struct decision *d, int rc)
{
	if (rc != 0)
		return cli_fail(c, EX_DATAERR, "%s", d->why);
	if (cli_given(&c->args, OPT_JSON)) {
		print_decision(c, d);
		return cli_changed(c);
	}
	printf("%s%s", d->done, cli_rehearsed(c));
	if (d->event > 0)
		printf(" (%s: tiepnhan undo %lld)", text_word(WORD_CLI_UNDO),
		    (long long)d->event);
	putchar('\n');
	return cli_changed(c);
}

int
cli_changed(struct cli *c)
{
	pid_t	pid;

	if (c->is_dry)
		return 0;
	pid = store_daemon_pid(c->office->config->state);
	if (pid > 0) {
		kill(pid, SIGUSR1);
		return 0;
	}
	/* nobody else will do it */
	return statuslog_flush(c->office) == -1 ||
	    statusfiles_write(c->office, c->now) == -1 ? EX_TEMPFAIL : 0;
}
