/*
 * Developers' tool: one run of tiepnhan-fetch, its events as lines.
 * tool-fetch URL USER SECRET CA SPOOL [FOLDER[:VALIDITY:NEXT[:RETRY,…]]…]
 * Environment: MAX_BYTES, POLL_MS, SINCE, AFTER (keyword:NAME, move:NAME),
 * MARKS (folder:validity:uid …), STOP_AFTER_MS, SEEN (unique names).
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "daemon/fetch_client.h"

static const char *const kinds[] = {"", "folder", "message", "refused",
    "failed", "folder-done", "round-done", "trouble", "marked", "gone",
    "peer", "place"};

static int64_t
env_number(const char *name, int64_t otherwise)
{
	const char	*s = getenv(name);

	return s == NULL ? otherwise : strtoll(s, NULL, 10);
}

static void
add_folder(struct fetch_folder *f, char *spec)
{
	static uint32_t	 retries[8][64];
	static int	 n;
	uint32_t	*retry = retries[n++];
	char		*p = strchr(spec, ':');

	f->name = spec;
	if (p == NULL)
		return;
	*p++ = '\0';
	f->uidvalidity = (uint32_t)strtoul(p, &p, 10);
	if (*p == ':')
		f->next_uid = (uint32_t)strtoul(p + 1, &p, 10);
	f->retry = retry;
	while (*p == ':' || *p == ',')
		retry[f->n_retry++] = (uint32_t)strtoul(p + 1, &p, 10);
}

static void
add_marks(struct fetch_request *rq)
{
	static struct fetch_mark	 marks[64];
	const char			*after = getenv("AFTER");
	char				*p = getenv("MARKS");

	rq->after_name = "";
	if (after == NULL)
		return;
	rq->after = strncmp(after, "move:", 5) == 0 ? FETCH_AFTER_MOVE :
	    FETCH_AFTER_KEYWORD;
	rq->after_name = strchr(after, ':') + 1;
	while (p != NULL && *p != '\0') {
		marks[rq->n_marks].folder = (uint32_t)strtoul(p, &p, 10);
		marks[rq->n_marks].uidvalidity =
		    (uint32_t)strtoul(p + 1, &p, 10);
		marks[rq->n_marks++].uid = (uint32_t)strtoul(p + 1, &p, 10);
		while (*p == ' ')
			p++;
	}
	rq->marks = marks;
}

static void
add_seen(struct fetch_request *rq)
{
	static uint64_t	 seen[64];
	char		*list = getenv("SEEN"), *name;

	if (list == NULL)
		return;
	for (name = strtok(list, " "); name != NULL;
	    name = strtok(NULL, " "))
		seen[rq->n_seen++] = fetch_name_hash(name);
	rq->seen = seen;
}

static void
print_event(const struct fetch_event *e)
{
	printf("%s folder=%u validity=%u uid=%u next=%u exists=%u size=%llu "
	    "received=%lld trouble=%d sha=%.12s name=%s %s\n",
	    kinds[e->kind], e->folder, e->uidvalidity, e->uid, e->uidnext,
	    e->exists, (unsigned long long)e->size,
	    (long long)e->received_utc, e->trouble, e->sha256, e->name,
	    e->text);
	fflush(stdout);
}

int
main(int argc, char **argv)
{
	struct fetch_folder	 folders[8] = {{0}};
	struct fetch_request	 rq = {0};
	struct fetch_client	*fc;
	struct fetch_event	 e;
	struct pollfd		 p;
	int64_t			 stop_ms = env_number("STOP_AFTER_MS", -1);
	int			 got = 0, i, n;

	if (argc < 6)
		return 64;
	signal(SIGPIPE, SIG_IGN);
	rq.url = argv[1];
	rq.user = argv[2];
	rq.xoauth2 = getenv("XOAUTH2") != NULL;
	rq.ca_file = argv[4];
	rq.spool = argv[5];
	rq.since_utc = env_number("SINCE", 0);
	rq.max_bytes = (uint64_t)env_number("MAX_BYTES", 64 << 20);
	rq.poll_ms = env_number("POLL_MS", 0);
	rq.folders = folders;
	for (i = 6; i < argc && rq.n_folders < 8; i++)
		add_folder(&folders[rq.n_folders++], argv[i]);
	add_marks(&rq);
	add_seen(&rq);
	fc = fetch_start(&rq, argv[3]);
	p = (struct pollfd){.fd = fetch_fd(fc), .events = POLLIN};
	while (got != -1) {
		n = poll(&p, 1, (int)stop_ms);
		if (n == 0)
			fetch_stop(fc);
		while ((got = fetch_next(fc, &e)) == 1)
			print_event(&e);
	}
	n = fetch_finish(fc, 5000);
	printf("status %d\n", n);
	return n;
}
