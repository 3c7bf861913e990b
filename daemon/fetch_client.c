/*
 * The daemon's side of tiepnhan-fetch.
 */
#include "daemon/fetch_client.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <sys/eventfd.h>

#include "daemon/worker.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

struct fetch_client {
	struct worker	*worker; /* NULL: could not be started */
	int		 ready_fd; /* stands in for the worker then */
	int		 start_errno;
	struct arena	*arena;	/* strings of the last event */
};

struct fetch_client *
fetch_start(const struct fetch_request *rq, const char *secret)
{
	struct fetch_client	*fc;
	struct strbuf		 out = {0};

	fc = calloc(1, sizeof(*fc));
	if (fc == NULL)
		abort();
	fetch_request_encode(rq, &out);
	fc->ready_fd = -1;
	fc->worker = worker_start("tiepnhan-fetch",
	    (struct bytes){(const uint8_t *)out.s, out.len}, secret);
	if (fc->worker == NULL) {
		fc->start_errno = errno != 0 ? errno : EIO;
		fc->ready_fd = eventfd(1, EFD_CLOEXEC);
	}
	strbuf_clear(&out);
	return fc;
}

int
fetch_fd(const struct fetch_client *fc)
{
	return fc->worker != NULL ? worker_fd(fc->worker) : fc->ready_fd;
}

int
fetch_next(struct fetch_client *fc, struct fetch_event *out)
{
	struct bytes	payload;
	uint16_t	type;
	int		got;

	arena_free(fc->arena);
	fc->arena = arena_new(0);
	if (fc->worker == NULL) {
		if (fc->start_errno == 0)
			return -1;
		memset(out, 0, sizeof(*out));
		out->kind = FETCH_TROUBLE;
		out->trouble = FETCH_TROUBLE_WORKER;
		out->sha256 = out->name = "";
		out->text = arena_printf(fc->arena,
		    "tiepnhan-fetch cannot be started: %s",
		    strerror(fc->start_errno));
		fc->start_errno = 0;
		return 1;
	}
	got = worker_next(fc->worker, &type, &payload);
	if (got == 1 && fetch_event_decode(payload, fc->arena, out) == -1)
		return -1; /* nonsense: fetch_finish() kills it */
	return got;
}

void
fetch_stop(struct fetch_client *fc)
{
	if (fc->worker != NULL)
		worker_ask_to_leave(fc->worker);
}

int
fetch_finish(struct fetch_client *fc, int64_t wait_ms)
{
	int	status = EX_UNAVAILABLE;

	if (fc->worker != NULL)
		status = worker_finish(fc->worker, wait_ms);
	else
		close(fc->ready_fd);
	arena_free(fc->arena);
	free(fc);
	return status;
}
