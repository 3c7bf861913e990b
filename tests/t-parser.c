/* The real tiepnhan-parse through its client, on sample mails. */
#include "daemon/parser.h"

#include <stdarg.h>
#include <stdint.h>
#include <setjmp.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/document.h"
#include "parsers/document_codec.h"
#include "parsers/limits.h"
#include "parsers/message.h"
#include "parsers/strbuf.h"

#define MAIL "mail/m11-docx-and-signed-pdf.eml"
#define FILE_IN_IT "reports/bc-mttq-va-cac-to-chuc-ct-xh.docx"
#define INDEX_IN_IT 1

struct fixture {
	struct parser	*parser;
	struct strbuf	 answer;
	struct arena	*arena;
};

static int
open_sample(const char *name)
{
	const char	*src = getenv("SRC");
	struct strbuf	 path = { 0 };
	int		 fd;

	strbuf_addf(&path, "%s/tests/samples/%s", src == NULL ? "." : src,
	    name);
	fd = open(path.s, O_RDONLY | O_CLOEXEC);
	strbuf_clear(&path);
	assert_int_not_equal(fd, -1);
	return fd;
}

static int
set_up(void **state)
{
	struct fixture	*f = calloc(1, sizeof(*f));

	f->parser = parser_start();
	f->arena = arena_new(0);
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture	*f = *state;

	parser_stop(f->parser);
	strbuf_clear(&f->answer);
	arena_free(f->arena);
	free(f);
	return 0;
}

static enum parse_status
run(struct fixture *f, enum parser_job job, const char *sample, int index)
{
	struct parser_request	rq = { job, open_sample(sample), index,
		false };
	enum parse_status	status;

	status = parser_run(f->parser, &rq, &f->answer);
	close(rq.in_fd);
	return status;
}

static struct bytes
answer_of(const struct fixture *f)
{
	return (struct bytes){ (const uint8_t *)f->answer.s, f->answer.len };
}

static void
the_jail_proves_itself(void **state)
{
	struct fixture		*f = *state;
	struct parser_request	 rq = { .job = PARSER_SELFTEST, .in_fd = -1 };

	assert_int_equal(parser_run(f->parser, &rq, &f->answer), PARSE_OK);
	assert_memory_equal(f->answer.s, "seccomp", 7);
}

static void
a_mail_comes_back_as_a_message(void **state)
{
	struct fixture	*f = *state;
	struct message	*m;

	assert_int_equal(run(f, PARSER_MAIL, MAIL, 0), PARSE_OK);
	m = message_decode(answer_of(f), f->arena);
	assert_non_null(m);
	assert_int_equal(m->n_attachments, 2);
	assert_int_equal(m->attachments[INDEX_IN_IT].format, FORMAT_DOCX);
	assert_true(m->attachments[INDEX_IN_IT].report->headings->n > 10);
}

static void
an_attachment_is_extracted_byte_for_byte(void **state)
{
	struct fixture	*f = *state;
	struct stat	 st;
	void		*file;
	int		 fd;

	assert_int_equal(run(f, PARSER_EXTRACT, MAIL, INDEX_IN_IT),
	    PARSE_OK);
	fd = open_sample(FILE_IN_IT);
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(f->answer.len, st.st_size);
	file = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	assert_memory_equal(file, f->answer.s, f->answer.len);
	munmap(file, (size_t)st.st_size);
	close(fd);
}

static void
content_is_the_same_from_mail_and_from_file(void **state)
{
	struct fixture	*f = *state;
	struct document	*a, *b;

	assert_int_equal(run(f, PARSER_CONTENT, MAIL, INDEX_IN_IT),
	    PARSE_OK);
	a = document_decode(answer_of(f), f->arena);
	assert_int_equal(run(f, PARSER_CONTENT, FILE_IN_IT,
	    PARSER_WHOLE_FILE), PARSE_OK);
	b = document_decode(answer_of(f), f->arena);
	assert_non_null(a);
	assert_non_null(b);
	assert_true(a->n > 20);
	assert_int_equal(a->n, b->n);
	assert_string_equal(a->paragraphs[9].text, b->paragraphs[9].text);
}

static void
a_bare_file_is_a_message_with_attachments_only(void **state)
{
	struct fixture	*f = *state;
	struct message	*m;

	assert_int_equal(run(f, PARSER_REPORT, FILE_IN_IT, 0), PARSE_OK);
	m = message_decode(answer_of(f), f->arena);
	assert_non_null(m);
	assert_string_equal(m->from_address, "");
	assert_int_equal(m->n_attachments, 1);
	assert_int_equal(m->attachments[0].status, PARSE_OK);
}

static void
an_attachment_that_is_not_there_is_damage(void **state)
{
	assert_int_equal(run(*state, PARSER_CONTENT, MAIL, 7),
	    PARSE_DAMAGED);
	assert_int_equal(((struct fixture *)*state)->answer.len, 0);
}

static void
what_is_no_document_is_said_to_be_none(void **state)
{
	assert_int_equal(run(*state, PARSER_CONTENT, MAIL, 0),
	    PARSE_NOT_SUPPORTED);
}

static void
a_pipe_is_no_input(void **state)
{
	struct fixture		*f = *state;
	struct parser_request	 rq = { .job = PARSER_MAIL, .in_fd = -1 };
	int			 fds[2];

	assert_int_equal(pipe(fds), 0);
	rq.in_fd = fds[0];
	assert_int_equal(parser_run(f->parser, &rq, &f->answer),
	    PARSE_UNAVAILABLE);
	assert_string_equal(parser_error(f->parser),
	    "the input is no regular file");
	close(fds[0]);
	close(fds[1]);
}

static void
a_mail_of_monstrous_size_is_past_a_limit(void **state)
{
	struct fixture		*f = *state;
	struct parser_request	 rq = { .job = PARSER_MAIL, .in_fd = -1 };

	rq.in_fd = memfd_create("mail", MFD_CLOEXEC);
	assert_int_equal(ftruncate(rq.in_fd, (off_t)LIMIT_MAIL_BYTES + 1),
	    0);
	assert_int_equal(parser_run(f->parser, &rq, &f->answer),
	    PARSE_LIMIT);
	close(rq.in_fd);
}

static void
an_empty_mail_is_a_message_all_the_same(void **state)
{
	struct fixture		*f = *state;
	struct parser_request	 rq = { .job = PARSER_MAIL, .in_fd = -1 };

	rq.in_fd = memfd_create("mail", MFD_CLOEXEC);
	assert_int_equal(parser_run(f->parser, &rq, &f->answer), PARSE_OK);
	assert_non_null(message_decode(answer_of(f), f->arena));
	close(rq.in_fd);
}

/* 5 MiB of noise in base64. */
static int
open_large_mail(void)
{
	FILE		*f = tmpfile();
	uint32_t	 noise = 1;
	int		 fd, i, k;

	assert_non_null(f);
	fputs("From: a@b.example\r\nSubject: x\r\n"
	    "Content-Disposition: attachment; filename=\"x.bin\"\r\n"
	    "Content-Transfer-Encoding: base64\r\n\r\n", f);
	for (i = 0; i < 5 << 20; i += 54) {
		for (k = 0; k < 72; k++) {
			noise = noise * 1664525 + 1013904223;
			fputc('A' + (int)(noise >> 24) % 26, f);
		}
		fputs("\r\n", f);
	}
	fflush(f);
	fd = dup(fileno(f));
	fclose(f);
	return fd;
}

static void
a_large_mail_answers_alike_with_a_scratch_file_and_without(void **state)
{
	struct fixture		*f = *state;
	struct parser_request	 rq[2] = { { .job = PARSER_MAIL },
		{ .job = PARSER_EXTRACT } };
	struct strbuf		 with = { 0 };
	size_t			 i;

	for (i = 0; i < 2; i++) {
		rq[i].in_fd = open_large_mail();
		parser_set_scratch(f->parser, "/tmp");
		assert_int_equal(parser_run(f->parser, &rq[i], &with),
		    PARSE_OK);
		/* there is no such folder, so there is no such file */
		parser_set_scratch(f->parser, "/proc/none");
		assert_int_equal(parser_run(f->parser, &rq[i], &f->answer),
		    PARSE_OK);
		assert_int_equal(with.len, f->answer.len);
		assert_memory_equal(with.s, f->answer.s, with.len);
		close(rq[i].in_fd);
	}
	assert_true(with.len > (size_t)4 << 20);
	strbuf_clear(&with);
}

static void
two_jobs_run_at_once_in_a_poll_loop(void **state)
{
	struct fixture		*f = *state;
	struct parser_request	 rq[2] = {
		{ .job = PARSER_MAIL, .in_fd = open_sample(MAIL) },
		{ .job = PARSER_REPORT, .in_fd = open_sample(FILE_IN_IT) },
	};
	struct parser_task	*t[2];
	struct pollfd		 pfd[2];
	size_t			 i, done = 0;

	for (i = 0; i < 2; i++)
		t[i] = parser_begin(f->parser, &rq[i]);
	while (done < 2) {
		for (i = 0; i < 2; i++) {
			pfd[i].fd = parser_fd(t[i]);
			pfd[i].events = POLLIN;
		}
		assert_int_not_equal(poll(pfd, 2, 10000), 0);
		for (done = i = 0; i < 2; i++)
			done += parser_step(t[i]);
	}
	assert_int_equal(parser_finish(t[1], &f->answer), PARSE_OK);
	assert_non_null(message_decode(answer_of(f), f->arena));
	assert_int_equal(parser_finish(t[0], &f->answer), PARSE_OK);
	assert_non_null(message_decode(answer_of(f), f->arena));
	close(rq[0].in_fd);
	close(rq[1].in_fd);
}

static void
a_closed_mail_shows_what_came_with_it(void **state)
{
	struct fixture	*f = *state;
	struct message	*m;

	assert_int_equal(run(f, PARSER_MAIL_CLOSED, MAIL, 0), PARSE_OK);
	m = message_decode(answer_of(f), f->arena);
	assert_non_null(m);
	assert_true(m->from_address[0] != '\0');
	assert_int_equal(m->n_attachments, 2);
	assert_int_equal(m->attachments[INDEX_IN_IT].format, FORMAT_DOCX);
	assert_int_equal(m->attachments[INDEX_IN_IT].status, PARSE_CRASHED);
	assert_null(m->attachments[INDEX_IN_IT].report);
}

static void
a_bare_file_is_its_own_first_attachment(void **state)
{
	struct fixture		*f = *state;
	struct parser_request	 rq = { PARSER_EXTRACT,
		open_sample(FILE_IN_IT), 0, true };
	struct stat		 st;

	assert_int_equal(parser_run(f->parser, &rq, &f->answer), PARSE_OK);
	assert_int_equal(fstat(rq.in_fd, &st), 0);
	assert_int_equal(f->answer.len, st.st_size);
	rq.index = 1;
	assert_int_equal(parser_run(f->parser, &rq, &f->answer),
	    PARSE_DAMAGED);
	close(rq.in_fd);
}

static void
tasks_under_way_are_dropped_with_the_parser(void **state)
{
	struct fixture		*f = *state;
	struct parser_request	 rq = { .job = PARSER_MAIL };

	rq.in_fd = open_sample(MAIL);
	(void)parser_begin(f->parser, &rq);
	(void)parser_begin(f->parser, &rq);
	parser_stop(f->parser);
	f->parser = NULL;
	close(rq.in_fd);
}

static void
no_time_at_all_is_a_timeout_and_the_next_job_runs(void **state)
{
	struct fixture	*f = *state;

	parser_set_wall(f->parser, 0);
	assert_int_equal(run(f, PARSER_MAIL, MAIL, 0), PARSE_TIMEOUT);
	parser_set_wall(f->parser, 20000);
	assert_int_equal(run(f, PARSER_MAIL, MAIL, 0), PARSE_OK);
}

#define UNIT(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		UNIT(the_jail_proves_itself),
		UNIT(a_mail_comes_back_as_a_message),
		UNIT(an_attachment_is_extracted_byte_for_byte),
		UNIT(content_is_the_same_from_mail_and_from_file),
		UNIT(a_bare_file_is_a_message_with_attachments_only),
		UNIT(an_attachment_that_is_not_there_is_damage),
		UNIT(what_is_no_document_is_said_to_be_none),
		UNIT(a_pipe_is_no_input),
		UNIT(a_mail_of_monstrous_size_is_past_a_limit),
		UNIT(an_empty_mail_is_a_message_all_the_same),
		UNIT(a_large_mail_answers_alike_with_a_scratch_file_and_without),
		UNIT(two_jobs_run_at_once_in_a_poll_loop),
		UNIT(a_closed_mail_shows_what_came_with_it),
		UNIT(a_bare_file_is_its_own_first_attachment),
		UNIT(tasks_under_way_are_dropped_with_the_parser),
		UNIT(no_time_at_all_is_a_timeout_and_the_next_job_runs),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
