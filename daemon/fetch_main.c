/*
 * tiepnhan-fetch: reads one request on standard input and the secret on
 * descriptor 4, looks into the mailbox, writes events to standard output.
 * It holds the network and the mailbox's secret, and may write to tmp/ and
 * incoming/ of the spool; it sees neither the database nor any other file.
 */
#include "daemon/fetch_session.h"

#include <sys/prctl.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <curl/curl.h>
#include <libetpan/libetpan.h>

#include "daemon/confine.h"
#include "daemon/keeper.h"
#include "daemon/limits.h"
#include "daemon/worker_io.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

static const struct mailbox_kind {
	const char	*prefix;
	int		(*run)(struct fetch_session *);
	bool		 network;
} kinds[] = {
	{"imaps://", fetch_imap_run, true},
	{"imap://", fetch_imap_run, true},
	{"maildir:", fetch_maildir_run, false},
};

void
fetch_emit(struct fetch_session *s, const struct fetch_event *e)
{
	struct strbuf	out = {0};

	fetch_event_encode(e, &out);
	if (worker_write_all(s->out_fd, out.s, out.len) == -1)
		_exit(EX_OSERR); /* the daemon is gone: nothing to tell */
	strbuf_clear(&out);
}

void
fetch_trouble(struct fetch_session *s, enum fetch_trouble t,
    const char *fmt, ...)
{
	struct fetch_event	e = {.kind = FETCH_TROUBLE, .trouble = t};
	char			text[512];
	va_list			ap;
	char			*p;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap); /* may be cut */
	va_end(ap);
	for (p = text; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			*p = ' ';
	e.text = text;
	fetch_emit(s, &e);
}

static const struct mailbox_kind *
find_kind(const char *url)
{
	size_t	i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strncmp(url, kinds[i].prefix, strlen(kinds[i].prefix))
		    == 0)
			return &kinds[i];
	return NULL;
}

static int
open_spool(struct fetch_session *s)
{
	char	path[PATH_MAX];

	(void)snprintf(path, sizeof(path), "%s/tmp", s->request->spool);
	s->tmp_fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	(void)snprintf(path, sizeof(path), "%s/incoming",
	    s->request->spool);
	s->incoming_fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->tmp_fd != -1 && s->incoming_fd != -1)
		return 0;
	fetch_trouble(s, FETCH_TROUBLE_DISK, "%s: %s", path,
	    strerror(errno));
	return -1;
}

/* From here on only what the mailbox kind needs can be touched. */
static int
give_up_rights(struct fetch_session *s, const struct mailbox_kind *kind)
{
	struct confine	c = {0};
	char		tmp[PATH_MAX], incoming[PATH_MAX];

	(void)snprintf(tmp, sizeof(tmp), "%s/tmp", s->request->spool);
	(void)snprintf(incoming, sizeof(incoming), "%s/incoming",
	    s->request->spool);
	if (!s->request->is_probe) {
		c.write_paths[0] = tmp;
		c.write_paths[1] = incoming;
	}
	c.network = kind->network;
	if (kind->network)
		c.read_paths[0] = s->request->ca_file;
	else
		c.read_paths[0] = s->request->url + strlen("maildir:");
	return confine_apply(&c);
}

/* For --version. */
static const char *
libraries(struct arena *arena)
{
	return arena_printf(arena, "libetpan %d.%d, %s",
	    libetpan_get_version_major(), libetpan_get_version_minor(),
	    curl_version());
}

int
main(int argc, char **argv)
{
	struct fetch_session		 s = {.secret = "", .out_fd = 1};
	struct strbuf			 request = {0}, secret = {0};
	const struct mailbox_kind	*kind;
	struct arena			*arena = arena_new(0);
	int				 rc;

	if (argc > 1)
		return worker_options(argc, argv, libraries(arena));
	signal(SIGPIPE, SIG_IGN);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_DUMPABLE, 0); /* a secret is in memory: no core */
	if (worker_read_all(0, FETCH_REQUEST_BYTES, &request) == -1 ||
	    worker_read_secret(4, &secret) == -1)
		return EX_USAGE;
	s.request = fetch_request_decode((struct bytes){
	    (const uint8_t *)request.s, request.len}, arena);
	if (s.request == NULL)
		return EX_USAGE;
	s.secret = strbuf_get(&secret);
	s.stop_fd = 5;
	kind = find_kind(s.request->url);
	if (kind == NULL) {
		fetch_trouble(&s, FETCH_TROUBLE_CONFIG, "%s: no mailbox "
		    "address; imaps://HOST or maildir:PATH is right",
		    s.request->url);
		return EX_CONFIG;
	}
	if (!s.request->is_probe && open_spool(&s) == -1)
		return EX_IOERR;
	if (kind->network)
		curl_global_init(CURL_GLOBAL_DEFAULT);
	if (give_up_rights(&s, kind) == -1) {
		fetch_trouble(&s, FETCH_TROUBLE_CONFIG,
		    "cannot confine the fetch worker: %s", strerror(errno));
		return EX_OSERR;
	}
	s.keeper = keeper_new(&s);
	rc = kind->run(&s);
	keeper_free(s.keeper);
	explicit_bzero(secret.s, secret.len);
	arena_free(arena);
	strbuf_clear(&request);
	strbuf_clear(&secret);
	return rc;
}
