/*
 * The three steps of a conversion, each waited for in turn: extract,
 * convert, read.
 */
#include "daemon/convert.h"

#include <sys/mman.h>

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "daemon/limits.h"
#include "daemon/log.h"
#include "daemon/worker.h"
#include "daemon/worker_io.h"
#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/record.h"
#include "parsers/strbuf.h"

struct conversion {
	struct convert_request request;
	struct parser_task *task; /* extracting, or reading */
	struct worker	*worker;  /* converting */
	int64_t		 due_ms;  /* of the worker */
	struct strbuf	 got;	  /* text, then the job's answer */
	int		 text_fd;
	bool		 is_text; /* the text is being read */
	bool		 is_over;
	enum parse_status status;
};

static int64_t
now_ms(void)
{
	struct timespec	ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void
end_with(struct conversion *v, enum parse_status status)
{
	v->status = status;
	v->is_over = true;
}

struct conversion *
convert_begin(const struct convert_request *rq)
{
	struct conversion	*v = calloc(1, sizeof(*v));
	const struct parser_request extract = { .job = PARSER_EXTRACT,
	    .in_fd = rq->in_fd, .index = rq->index, .is_bare = rq->is_bare };

	if (v == NULL)
		abort();
	v->request = *rq;
	v->text_fd = -1;
	v->task = parser_begin(rq->parser, &extract);
	return v;
}

/* ---- the steps */

/* The file is out of the jail: hand it to the worker. */
static void
start_worker(struct conversion *v)
{
	struct strbuf		 file = { 0 };
	enum parse_status	 status = parser_finish(v->task, &file);

	v->task = NULL;
	if (status != PARSE_OK) {
		end_with(v, status);
	} else {
		v->worker = worker_start("tiepnhan-convert", (struct bytes){
		    (const uint8_t *)strbuf_get(&file), file.len }, NULL);
		v->due_ms = now_ms() + CONVERT_WALL_MS + CONVERT_SLACK_MS;
		if (v->worker == NULL) {
			log_warn("convert: tiepnhan-convert: %s",
			    strerror(errno));
			end_with(v, PARSE_NOT_SUPPORTED);
		}
	}
	strbuf_clear(&file);
}

/* One trouble of the installation is told once, not with each mail. */
static void
tell_once(const char *why)
{
	static bool	is_told;

	if (!is_told)
		log_warn("convert: nothing is converted: %s", why);
	is_told = true;
}

/* The worker's last word; PARSE_CRASHED when it makes no sense. */
static enum parse_status
last_word(struct bytes payload)
{
	struct arena		*arena = arena_new(0);
	struct record_reader	 r;
	enum parse_status	 status;
	const char		*why;

	record_reader_init(&r, payload, arena);
	status = record_get_u8(&r);
	why = record_get_string(&r);
	if (!record_at_end(&r) || status >= PARSE_UNAVAILABLE)
		status = PARSE_CRASHED;
	else if (status == PARSE_NOT_SUPPORTED)
		tell_once(why);
	arena_free(arena);
	return status;
}

static void
end_worker(struct conversion *v)
{
	(void)worker_finish(v->worker, 0); /* its last word is what counts */
	v->worker = NULL;
}

/* The text is there: into the jail with it. */
static void
start_reading(struct conversion *v)
{
	struct parser_request	rq = { .job = v->request.job,
	    .index = (int)v->request.format };

	v->text_fd = memfd_create("text", MFD_CLOEXEC);
	if (v->text_fd == -1 || worker_write_all(v->text_fd, v->got.s,
	    v->got.len) == -1) {
		log_warn("convert: %s", strerror(errno));
		end_with(v, PARSE_NOT_SUPPORTED);
		return;
	}
	v->is_text = true;
	rq.in_fd = v->text_fd;
	v->task = parser_begin(v->request.parser, &rq);
}

static void
hear_worker(struct conversion *v)
{
	enum parse_status status = PARSE_CRASHED;
	struct bytes	 payload;
	uint16_t	 type;
	int		 got;

	while ((got = worker_next(v->worker, &type, &payload)) == 1) {
		if (type != RECORD_BYTES)
			break;
		strbuf_add(&v->got, payload.data, payload.len);
		if (v->got.len > LIMIT_CONVERTED_BYTES) {
			status = PARSE_LIMIT;
			break;
		}
	}
	if (got == 0 && now_ms() < v->due_ms)
		return;
	if (got == 0)
		status = PARSE_TIMEOUT;
	else if (got == 1 && type == RECORD_END)
		status = last_word(payload);
	end_worker(v);
	if (status == PARSE_OK)
		start_reading(v);
	else
		end_with(v, status);
}

bool
convert_step(struct conversion *v)
{
	if (v->worker != NULL)
		hear_worker(v);
	if (v->task != NULL && parser_step(v->task)) {
		if (v->is_text) {
			end_with(v, parser_finish(v->task, &v->got));
			v->task = NULL;
		} else {
			start_worker(v);
		}
	}
	return v->is_over;
}

/* ---- the outside */

int
convert_fd(const struct conversion *v)
{
	if (v->worker != NULL)
		return worker_fd(v->worker);
	return v->task != NULL ? parser_fd(v->task) : -1;
}

int64_t
convert_due_ms(const struct conversion *v)
{
	if (v->task != NULL)
		return parser_due_ms(v->task);
	return v->worker != NULL ? v->due_ms : now_ms();
}

enum parse_status
convert_finish(struct conversion *v, struct strbuf *answer)
{
	struct pollfd		pfd = { .events = POLLIN };
	enum parse_status	status;
	int64_t			left;

	while (!convert_step(v)) {
		pfd.fd = convert_fd(v);
		left = convert_due_ms(v) - now_ms();
		(void)poll(&pfd, 1, left > 0 ? (int)left : 0);
	}
	status = v->status;
	strbuf_reset(answer);
	if (status == PARSE_OK)
		strbuf_add(answer, v->got.s, v->got.len);
	convert_drop(v);
	return status;
}

enum parse_status
convert_run(const struct convert_request *rq, struct strbuf *answer)
{
	return convert_finish(convert_begin(rq), answer);
}

void
convert_drop(struct conversion *v)
{
	if (v == NULL)
		return;
	if (v->worker != NULL)
		end_worker(v);
	strbuf_clear(&v->got);
	if (v->text_fd != -1)
		close(v->text_fd);
	free(v);
}
