/*
 * Questions, their usual answers, and where each answer stands in the
 * configuration.
 */
#include "daemon/init.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "daemon/config_value.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

#define MAILDIR "maildir:"

static const struct row {
	const char	*section, *key; /* NULL: stands nowhere */
	const char	*prompt;
	bool		 may_be_empty;
} rows[INIT_COUNT] = {
	[INIT_NAME] = { "office", "name",
	    "Name of the office, as its letters have it", false },
	[INIT_RECEIVER] = { "office", "receiver",
	    "Who collects the reports and signs our mails", false },
	[INIT_CONTACT] = { "office", "contact_name",
	    "Whom a unit may ask, with the form of address", true },
	[INIT_PHONE] = { "office", "contact_phone",
	    "Telephone of that person", true },
	[INIT_CLERK] = { "office", "clerk",
	    "Mail address of the clerk (summaries and alarms go there)",
	    false },
	[INIT_MAILBOX_URL] = { "mailbox", "url",
	    "Mailbox: imaps://HOST, or maildir:/PATH on this machine",
	    false },
	[INIT_MAILBOX_USER] = { "mailbox", "user",
	    "Login of the mailbox", false },
	[INIT_MAILBOX_PASSWORD] = { NULL, NULL,
	    "Password of the mailbox", true },
	[INIT_MAILBOX_CA] = { "mailbox", "ca_file",
	    "Certificate (PEM file) of the office's own authority, if it has "
	    "one", true },
	[INIT_FOLDERS] = { "mailbox", "folders",
	    "Folders to read", false },
	[INIT_OUTGOING_URL] = { "outgoing", "url",
	    "Outgoing mail: smtps://HOST, smtp://HOST:587 or maildir:/PATH",
	    false },
	[INIT_OUTGOING_USER] = { "outgoing", "user",
	    "Login for outgoing mail", true },
	[INIT_OUTGOING_PASSWORD] = { NULL, NULL,
	    "Password for outgoing mail (empty: as of the mailbox)", true },
	[INIT_OUTGOING_CA] = { "outgoing", "ca_file",
	    "Certificate (PEM file) of the office's own authority, if it has "
	    "one", true },
	[INIT_FROM] = { "outgoing", "from",
	    "Sender of our mails: NAME <ADDRESS>", false },
	[INIT_STATE] = { "paths", "state",
	    "Folder of database, mail and status files", false },
};

static const char *
answer(const struct init *in, enum init_question q)
{
	return in->answers[q] == NULL ? "" : in->answers[q];
}

static bool
starts(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

/* What the answers so far make likely. */
static const char *
usual(const struct init *in, enum init_question q)
{
	const char	*url = answer(in, INIT_MAILBOX_URL);

	if (in->answers[q] != NULL)
		return in->answers[q];
	switch (q) {
	case INIT_RECEIVER:
		return answer(in, INIT_NAME);
	case INIT_OUTGOING_URL:
		return starts(url, "imaps://") ? arena_printf(in->arena,
		    "smtps://%.*s", (int)strcspn(url + 8, ":/"), url + 8) :
		    "";
	case INIT_OUTGOING_USER:
		return answer(in, INIT_MAILBOX_USER);
	case INIT_OUTGOING_CA:
		return answer(in, INIT_MAILBOX_CA);
	case INIT_FROM:
		return strchr(answer(in, INIT_MAILBOX_USER), '@') != NULL ?
		    arena_printf(in->arena, "%s <%s>",
		    answer(in, INIT_RECEIVER),
		    answer(in, INIT_MAILBOX_USER)) : "";
	default:
		return "";
	}
}

static bool
is_needless(const struct init *in, enum init_question q)
{
	switch (q) {
	case INIT_MAILBOX_USER:
	case INIT_MAILBOX_PASSWORD:
	case INIT_MAILBOX_CA:
	case INIT_FOLDERS:
		return starts(answer(in, INIT_MAILBOX_URL), MAILDIR);
	case INIT_OUTGOING_USER:
	case INIT_OUTGOING_CA:
		return starts(answer(in, INIT_OUTGOING_URL), MAILDIR);
	case INIT_OUTGOING_PASSWORD:
		return starts(answer(in, INIT_OUTGOING_URL), MAILDIR) ||
		    *answer(in, INIT_OUTGOING_USER) == '\0';
	default:
		return false;
	}
}

/* One line, on the heap, without the newline; NULL at the end. */
static char *
read_line(bool is_secret)
{
	struct termios	 before, quiet;
	bool		 is_quiet = false;
	char		*line = NULL;
	size_t		 size = 0;
	ssize_t		 len;

	if (is_secret && tcgetattr(STDIN_FILENO, &before) == 0) {
		quiet = before;
		quiet.c_lflag &= (tcflag_t)~ECHO;
		is_quiet = tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
	}
	len = getline(&line, &size, stdin);
	if (is_quiet) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
		fputc('\n', stderr);
	}
	if (len == -1) {
		free(line);
		return NULL;
	}
	line[strcspn(line, "\r\n")] = '\0';
	return line;
}

/* The scheme may be left out; port 587 begins without TLS. */
static const char *
completed(const struct init *in, enum init_question q, const char *s)
{
	if (*s == '\0' || strstr(s, "://") != NULL || starts(s, MAILDIR))
		return s;
	if (q == INIT_MAILBOX_URL)
		return arena_printf(in->arena, "imaps://%s", s);
	if (q == INIT_OUTGOING_URL)
		return arena_printf(in->arena, "%s://%s", strstr(s, ":587") !=
		    NULL ? "smtp" : "smtps", s);
	return s;
}

/* What the service cannot see, whoever may read it: see the units. */
static bool
is_hidden(const char *path)
{
	static const char *const hidden[] = { "/home/", "/root/",
		"/run/user/", "/tmp/", "/var/tmp/" };
	size_t	i;

	for (i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
		if (starts(path, hidden[i]))
			return true;
	return false;
}

/* What is wrong with an answer, by itself; NULL when it may be right. */
static const char *
complaint(const struct init *in, enum init_question q, const char *s)
{
	const char	*name, *address;

	if (*s == '\0')
		return rows[q].may_be_empty ? NULL : "This must be given.";
	if (q == INIT_CLERK && config_address(s, in->arena, &name, &address)
	    == -1)
		return "This is no mail address; write one like box@host.";
	if (q == INIT_FROM && config_address(s, in->arena, &name, &address)
	    == -1)
		return "Write it as NAME <box@host>.";
	if (q != INIT_MAILBOX_CA && q != INIT_OUTGOING_CA)
		return NULL;
	if (*s != '/')
		return "Give the whole path, from / on.";
	if (access(s, R_OK) == -1)
		return arena_printf(in->arena, "%s cannot be read: %s", s,
		    strerror(errno));
	if (!in->secrets_beside && is_hidden(s))
		return arena_printf(in->arena, "The service does not see %s; "
		    "copy it into /etc/ssl/certs, and name it there.", s);
	return NULL;
}

int
init_ask(struct init *in, enum init_question q)
{
	const bool	 is_secret = rows[q].key == NULL;
	const char	*proposed = usual(in, q), *s, *wrong;
	char		*line;

	if (is_needless(in, q)) {
		in->answers[q] = q == INIT_FOLDERS ? "INBOX" : "";
		return 0;
	}
	for (;;) {
		fprintf(stderr, "%s", rows[q].prompt);
		if (*proposed != '\0')
			fprintf(stderr, " [%s]", is_secret ? "as before" :
			    proposed);
		fputs(": ", stderr);
		line = read_line(is_secret);
		if (line == NULL)
			return -1;
		s = arena_strdup(in->arena, *line != '\0' ? line : proposed);
		explicit_bzero(line, strlen(line));
		free(line);
		wrong = complaint(in, q, s);
		if (wrong == NULL)
			break;
		fprintf(stderr, "  %s\n", wrong);
	}
	in->answers[q] = completed(in, q, s);
	return 0;
}

int
init_yes(const char *question, bool as_usual)
{
	char	*line;
	int	 yes;

	fprintf(stderr, "%s [%s]: ", question, as_usual ? "Y/n" : "y/N");
	line = read_line(false);
	if (line == NULL)
		return -1;
	yes = *line == '\0' ? as_usual : *line == 'y' || *line == 'Y';
	free(line);
	return yes;
}

/* ---- the text */

/* The question whose answer stands here; INIT_COUNT none. */
static size_t
find_row(const char *section, const char *key, size_t len)
{
	size_t	q;

	for (q = 0; q < INIT_COUNT; q++)
		if (rows[q].key != NULL &&
		    strcmp(rows[q].section, section) == 0 &&
		    strlen(rows[q].key) == len &&
		    memcmp(rows[q].key, key, len) == 0)
			break;
	return q;
}

/* A line "key = value" of the example, with our value. */
static void
put_value(const struct init *in, const char *section, const char *line,
    size_t len, struct strbuf *out)
{
	size_t		 key_len = strcspn(line, " ="), q;
	const char	*value = "";

	q = find_row(section, line, key_len);
	if (q == INIT_COUNT && strncmp(line, "since", key_len) != 0) {
		strbuf_add(out, line, len); /* as in the example */
		strbuf_addc(out, '\n');
		return;
	}
	if (q != INIT_COUNT)
		value = answer(in, q);
	strbuf_addf(out, "%.*s =%s%s\n", (int)key_len, line,
	    *value != '\0' ? " " : "", value);
	if (!in->secrets_beside)
		return;
	if (q == INIT_MAILBOX_USER && *value != '\0')
		strbuf_adds(out, "password_file = "
		    "credentials/mailbox-password\n");
	if (q == INIT_OUTGOING_USER && *value != '\0')
		strbuf_adds(out, "password_file = "
		    "credentials/outgoing-password\n");
}

void
init_text(const struct init *in, const char *example, struct strbuf *out)
{
	char	 section[32] = "";
	size_t	 len;

	for (; *example != '\0'; example += len + (example[len] == '\n')) {
		len = strcspn(example, "\n");
		if (sscanf(example, "[%31[^]\n]", section) == 1 ||
		    len == 0 || *example == '#') {
			strbuf_add(out, example, len);
			strbuf_addc(out, '\n');
		} else {
			put_value(in, section, example, len, out);
		}
		if (*example == '[' && strcmp(section, "outgoing") == 0 &&
		    *answer(in, INIT_OUTGOING_CA) != '\0')
			strbuf_addf(out, "ca_file = %s\n",
			    answer(in, INIT_OUTGOING_CA));
	}
}
