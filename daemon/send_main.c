/*
 * tiepnhan-send: reads one request with its messages on standard input and
 * the secret on descriptor 4, hands the messages over, writes one event a
 * message to standard output. It holds the network and the SMTP secret and
 * sees no file of ours.
 */
#include "daemon/send_session.h"

#include <sys/prctl.h>

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <sys/stat.h>

#include <curl/curl.h>

#include "daemon/confine.h"
#include "daemon/limits.h"
#include "daemon/worker_io.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

static const struct outgoing_kind {
	const char	*prefix;
	int		(*run)(struct send_session *);
	bool		 network;
} kinds[] = {
	{"smtps://", send_smtp_run, true},
	{"smtp://", send_smtp_run, true},
	{"maildir:", send_maildir_run, false},
};

void
send_emit(struct send_session *s, const struct send_event *e)
{
	struct strbuf	out = {0};

	send_event_encode(e, &out);
	if (worker_write_all(s->out_fd, out.s, out.len) == -1)
		_exit(EX_OSERR); /* the daemon is gone: it will find out */
	strbuf_clear(&out);
}

static int
give_up_rights(const struct send_request *rq, bool network)
{
	struct confine	c = {.network = network};
	const char	*path;

	if (network) {
		c.read_paths[0] = rq->ca_file;
	} else {
		path = rq->url + strlen("maildir:");
		if (mkdir(path, 0700) == -1 && errno != EEXIST)
			return -1;
		c.write_paths[0] = path;
		c.make_folders = true;
	}
	return confine_apply(&c);
}

/* Trouble of the whole run is told with the first message's id. */
static void
trouble(struct send_session *s, const char *text)
{
	struct send_event	e = {.result = SEND_TROUBLE, .text = text};

	if (s->request->n_messages > 0)
		e.id = s->request->messages[0].id;
	send_emit(s, &e);
}

static int
run(struct send_session *s)
{
	size_t	i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strncmp(s->request->url, kinds[i].prefix,
		    strlen(kinds[i].prefix)) == 0)
			break;
	if (i == sizeof(kinds) / sizeof(kinds[0])) {
		trouble(s, "not an outgoing address; smtps://HOST, "
		    "smtp://HOST:587 or maildir:PATH is right");
		return EX_CONFIG;
	}
	if (kinds[i].network)
		curl_global_init(CURL_GLOBAL_DEFAULT);
	if (give_up_rights(s->request, kinds[i].network) == -1) {
		trouble(s, strerror(errno));
		return EX_OSERR;
	}
	return kinds[i].run(s);
}

int
main(int argc, char **argv)
{
	struct send_session	 s = {.out_fd = 1, .stop_fd = 5};
	struct strbuf		 request = {0}, secret = {0};
	struct arena		*arena = arena_new(0);
	int			 rc;

	if (argc > 1)
		return worker_options(argc, argv, curl_version());
	signal(SIGPIPE, SIG_IGN);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_DUMPABLE, 0); /* a secret is in memory: no core */
	if (worker_read_all(0, SEND_REQUEST_BYTES, &request) == -1 ||
	    worker_read_secret(4, &secret) == -1)
		return EX_USAGE;
	s.request = send_request_decode((struct bytes){
	    (const uint8_t *)request.s, request.len}, arena);
	if (s.request == NULL)
		return EX_USAGE;
	s.secret = strbuf_get(&secret);
	rc = run(&s);
	explicit_bzero(secret.s, secret.len);
	arena_free(arena);
	strbuf_clear(&request);
	strbuf_clear(&secret);
	return rc;
}
