/*
 * Whole mails: the sample set, the cases of tests/cases/mime (NAME.eml and
 * NAME.expect), and mails made to hurt a reader.
 */
#include "parsers/message.h"

#include <stdarg.h>
#include <setjmp.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <gmime/gmime.h>
#include <jansson.h>

#include "parsers/arena.h"
#include "parsers/pages.h"
#include "parsers/strbuf.h"
#include "tests/describe_mail.h"
#include "tests/mapped.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct strbuf
slurp(const char *folder, const char *name, const char *suffix)
{
	const char	*src = getenv("SRC");
	struct strbuf	 path = { 0 }, all = { 0 };
	char		 room[65536];
	size_t		 n;
	FILE		*f;

	strbuf_addf(&path, "%s/tests/%s/%s%s", src == NULL ? "." : src,
	    folder, name, suffix);
	f = fopen(path.s, "rb");
	if (f == NULL)
		fail_msg("%s cannot be read", path.s);
	while ((n = fread(room, 1, sizeof(room), f)) > 0)
		strbuf_add(&all, room, n);
	fclose(f);
	strbuf_clear(&path);
	return all;
}

static struct message *
read_mail(const struct strbuf *raw, struct arena *arena)
{
	return message_read((struct bytes){ (const uint8_t *)raw->s,
	    raw->len }, arena);
}

/* Call test for each file in the folder whose name ends so. */
static size_t
each_file(const char *folder, const char *suffix,
    void (*test)(const char *name))
{
	const char	*src = getenv("SRC");
	struct strbuf	 path = { 0 };
	struct dirent	*e;
	char		*name;
	size_t		 len, n = 0;
	DIR		*d;

	strbuf_addf(&path, "%s/tests/%s", src == NULL ? "." : src, folder);
	d = opendir(path.s);
	assert_non_null(d);
	while ((e = readdir(d)) != NULL) {
		len = strlen(e->d_name);
		if (len <= strlen(suffix) ||
		    strcmp(e->d_name + len - strlen(suffix), suffix) != 0)
			continue;
		name = strndup(e->d_name, len - strlen(suffix));
		test(name);
		free(name);
		n++;
	}
	closedir(d);
	strbuf_clear(&path);
	return n;
}

/* ---- the sample set */

static const char *
string_of(json_t *object, const char *key)
{
	const char	*s = json_string_value(json_object_get(object, key));

	return s == NULL ? "" : s;
}

/* The attachment that the label describes, from *at on. */
static void
check_label(json_t *label, const char *in, const struct message *m,
    size_t *at, const char *mail)
{
	const struct attachment	*a;
	json_t			*inner;
	size_t			 i;

	if (*at >= m->n_attachments)
		fail_msg("%s: %s was not found", mail,
		    string_of(label, "name"));
	a = &m->attachments[(*at)++];
	if (strcmp(a->name, string_of(label, "name")) != 0)
		fail_msg("%s: \"%s\" instead of \"%s\"", mail, a->name,
		    string_of(label, "name"));
	if (strcmp(format_name(a->format), string_of(label, "format")) != 0)
		fail_msg("%s: %s is taken for %s", mail, a->name,
		    format_name(a->format));
	assert_string_equal(a->in, in);
	if (a->format == FORMAT_DOCX)
		assert_non_null(a->report);
	json_array_foreach(json_object_get(label, "contains"), i, inner)
		check_label(inner, a->name, m, at, mail);
}

static void
check_kind(const char *kind, const struct message *m, const char *mail)
{
	unsigned	automatic = SIGN_AUTO_REPLIED | SIGN_MDN;

	if (strcmp(kind, "bounce") == 0) {
		assert_true(m->signs & SIGN_DSN);
	} else if (strcmp(kind, "auto-reply") == 0) {
		assert_true(m->signs & automatic);
	} else if (m->signs & (SIGN_DSN | automatic)) {
		fail_msg("%s looks automatic", mail);
	}
}

static void
check_sample(const char *name)
{
	struct strbuf	 raw, text;
	struct arena	*arena = arena_new(0);
	struct message	*m;
	json_t		*root, *label;
	size_t		 i, at = 0;

	raw = slurp("samples/mail", name, ".eml");
	text = slurp("samples/mail", name, ".expect.json");
	root = json_loads(text.s, 0, NULL);
	assert_non_null(root);
	m = read_mail(&raw, arena);
	json_array_foreach(json_object_get(root, "attachments"), i, label)
		check_label(label, "", m, &at, name);
	if (at != m->n_attachments)
		fail_msg("%s: one too many: %s", name,
		    m->attachments[at].name);
	check_kind(string_of(root, "kind"), m, name);
	assert_int_equal(m->body_report != NULL,
	    json_is_true(json_object_get(root, "in_body")));
	if (string_of(root, "bounced_address")[0] != '\0') {
		assert_int_equal(m->n_bounces, 1);
		assert_string_equal(m->bounces[0].address,
		    string_of(root, "bounced_address"));
		assert_non_null(strstr(string_of(root,
		    "bounced_message_id"), m->bounced_ids[0]));
	}
	assert_string_equal(m->trouble, "");
	json_decref(root);
	arena_free(arena);
	strbuf_clear(&raw);
	strbuf_clear(&text);
}

static void
every_sample_mail_is_read_as_labelled(void **state)
{
	(void)state;
	assert_int_equal(each_file("samples/mail", ".eml", check_sample),
	    28);
}

/* ---- cases */

static void
check_case(const char *name)
{
	static const char body_mark[] = "body has: ";
	struct strbuf	 raw, expect, said = { 0 }, wanted = { 0 };
	struct arena	*arena = arena_new(0);
	struct message	*m;
	char		*line, *rest;

	raw = slurp("cases/mime", name, ".eml");
	expect = slurp("cases/mime", name, ".expect");
	m = read_mail(&raw, arena);
	describe_mail(m, &said);
	rest = expect.s;
	while ((line = strsep(&rest, "\n")) != NULL && line[0] != '\0') {
		if (strncmp(line, body_mark, strlen(body_mark)) != 0)
			strbuf_addf(&wanted, "%s\n", line);
		else if (strstr(m->body, line + strlen(body_mark)) == NULL)
			fail_msg("%s: the body is \"%s\"", name, m->body);
	}
	if (strcmp(strbuf_get(&said), strbuf_get(&wanted)) != 0)
		fail_msg("%s: expected\n%sgot\n%s", name, wanted.s, said.s);
	arena_free(arena);
	strbuf_clear(&raw);
	strbuf_clear(&expect);
	strbuf_clear(&said);
	strbuf_clear(&wanted);
}

static void
every_case_is_read_as_written_down(void **state)
{
	(void)state;
	assert_true(each_file("cases/mime", ".eml", check_case) > 50);
}

/* Each case once more, for the bytes of each attachment alone. */
static void
check_extraction(const char *name)
{
	struct strbuf		 raw;
	struct arena		*arena = arena_new(0);
	struct message		*m;
	struct bytes		 b, bytes;
	size_t			 i;

	raw = slurp("cases/mime", name, ".eml");
	b = (struct bytes){ (const uint8_t *)raw.s, raw.len };
	m = message_read(b, arena);
	for (i = 0; i < m->n_attachments; i++) {
		assert_int_equal(message_attachment(b, i, arena, &bytes),
		    PARSE_OK);
		if (bytes.len != m->attachments[i].size)
			fail_msg("%s: %zu", name, i);
		assert_string_equal(message_read_file(bytes, "",
		    arena)->attachments[0].sha256, m->attachments[i].sha256);
	}
	assert_int_equal(message_attachment(b, i, arena, &bytes),
	    PARSE_DAMAGED);
	arena_free(arena);
	strbuf_clear(&raw);
}

static void
each_attachment_can_be_had_alone(void **state)
{
	(void)state;
	each_file("cases/mime", ".eml", check_extraction);
}

/* ---- the same page by page */

static void
compare(const char *name, struct message *a, struct message *b)
{
	struct strbuf	in_memory = { 0 }, by_pages = { 0 };

	message_encode(a, &in_memory);
	message_encode(b, &by_pages);
	if (in_memory.len != by_pages.len ||
	    memcmp(in_memory.s, by_pages.s, by_pages.len) != 0)
		fail_msg("%s is read otherwise by pages", name);
	strbuf_clear(&in_memory);
	strbuf_clear(&by_pages);
}

/* A mail of any size, and its attachments, as if it were a large one. */
static void
check_by_pages(const char *name, const struct strbuf *raw)
{
	struct bytes	 b = { (const uint8_t *)raw->s, raw->len }, one, two;
	struct arena	*arena = arena_new(0), *paged;
	struct message	*m = message_read(b, arena);
	struct pages	 pages;
	size_t		 i;

	for (i = 0; i <= m->n_attachments; i++) {
		mapped_open(&pages, b);
		paged = arena_new(0);
		arena_set_pages(paged, &pages);
		if (i == m->n_attachments) {
			compare(name, m, message_read(pages.file, paged));
		} else {
			assert_int_equal(message_attachment(b, i, arena,
			    &one), PARSE_OK);
			assert_int_equal(message_attachment(pages.file, i,
			    paged, &two), PARSE_OK);
			assert_int_equal(one.len, two.len);
			assert_memory_equal(one.data, two.data, two.len);
			compare(name, message_read_file(one, "", arena),
			    message_read_file(two, "", paged));
		}
		arena_free(paged);
		mapped_close(&pages);
	}
	arena_free(arena);
}

static void
check_sample_by_pages(const char *name)
{
	struct strbuf	raw = slurp("samples/mail", name, ".eml");

	check_by_pages(name, &raw);
	strbuf_clear(&raw);
}

static void
check_case_by_pages(const char *name)
{
	struct strbuf	raw = slurp("cases/mime", name, ".eml");

	check_by_pages(name, &raw);
	strbuf_clear(&raw);
}

static void
a_large_mail_is_read_as_a_small_one(void **state)
{
	(void)state;
	assert_true(each_file("samples/mail", ".eml",
	    check_sample_by_pages) > 20);
	assert_true(each_file("cases/mime", ".eml",
	    check_case_by_pages) > 50);
}

/* ---- mails made to hurt */

static void
repeat(struct strbuf *out, const char *s, size_t times)
{
	while (times-- > 0)
		strbuf_adds(out, s);
}

/* The mail must be read in a few seconds; what of it does not matter. */
static struct message *
survive(struct strbuf *raw, struct arena *arena)
{
	struct message	*m;

	alarm(60);
	m = read_mail(raw, arena);
	alarm(0);
	assert_non_null(m);
	strbuf_clear(raw);
	return m;
}

static void
headers_of_brackets_and_commas_are_survived(void **state)
{
	static const char *const bits[] = { "(", "\"", "<", ",", ":", ";",
	    "=?", "=?x?b?", "=?x?q?=AA", "a@", "\\", "%", "'", " ", "\t" };
	static const char *const names[] = { "From", "Subject", "To",
	    "Content-Type", "Content-Disposition", "References",
	    "Received", "Authentication-Results", "Return-Path" };
	struct strbuf	 raw = { 0 };
	struct arena	*arena;
	size_t		 i, k;

	(void)state;
	for (i = 0; i < COUNT(bits); i++) {
		for (k = 0; k < COUNT(names); k++) {
			strbuf_addf(&raw, "%s: x; name=", names[k]);
			repeat(&raw, bits[i], 20000);
			strbuf_adds(&raw, "\r\n");
		}
		strbuf_adds(&raw, "\r\nbody\r\n");
		arena = arena_new(0);
		survive(&raw, arena);
		arena_free(arena);
	}
}

static void
a_header_without_end_is_noted(void **state)
{
	struct strbuf	 raw = { 0 };
	struct arena	*arena = arena_new(0);
	struct message	*m;

	(void)state;
	strbuf_adds(&raw, "From: a@b.example\r\n");
	repeat(&raw, "X-Filler: 0123456789012345678901234567890\r\n", 8000);
	strbuf_adds(&raw, "Subject: late\r\n\r\nbody\r\n");
	m = survive(&raw, arena);
	assert_string_equal(m->from_address, "a@b.example");
	assert_non_null(strstr(m->trouble, "header too long"));
	arena_free(arena);
}

static void
a_line_without_end_is_noted(void **state)
{
	struct strbuf	 raw = { 0 };
	struct arena	*arena = arena_new(0);

	(void)state;
	strbuf_adds(&raw, "From: a@b.example\r\n\r\n");
	repeat(&raw, "0123456789abcdef", 100000);
	assert_non_null(strstr(survive(&raw, arena)->trouble,
	    "line too long"));
	arena_free(arena);
}

static void
twenty_thousand_nested_parts_are_survived(void **state)
{
	struct strbuf	 raw = { 0 };
	struct arena	*arena = arena_new(0);
	size_t		 i;

	(void)state;
	for (i = 0; i < 20000; i++)
		strbuf_addf(&raw, "Content-Type: multipart/mixed; "
		    "boundary=b%zu\r\n\r\n--b%zu\r\n", i, i);
	assert_non_null(strstr(survive(&raw, arena)->trouble, "too deep"));
	arena_free(arena);
}

static void
html_full_of_open_tags_is_survived(void **state)
{
	static const char *const bits[] = { "<", "<a", "<a href=\"", "<!--",
	    "<style>", "&", "&#", "<p>", "</", "<a href='x", "&amp" };
	struct strbuf	 raw = { 0 };
	struct arena	*arena;
	size_t		 i;

	(void)state;
	for (i = 0; i < COUNT(bits); i++) {
		strbuf_adds(&raw, "Content-Type: text/html\r\n\r\n");
		repeat(&raw, bits[i], 150000);
		arena = arena_new(0);
		survive(&raw, arena);
		arena_free(arena);
	}
}

static void
bodies_of_one_thing_are_survived(void **state)
{
	static const char *const bits[] = { "http", "http://", "a@b.c ",
	    ">", "\n", "From: x\nSubject: y\n", "--\n", "begin 644 x\n",
	    "--b\nContent-Type: text/plain\n\n", "I. X\n", "1.1.1.1 x\n" };
	struct strbuf	 raw = { 0 };
	struct arena	*arena;
	size_t		 i;

	(void)state;
	for (i = 0; i < COUNT(bits); i++) {
		strbuf_adds(&raw, "From: MAILER-DAEMON@x.example\r\n"
		    "Return-Path: <>\r\nSubject: failure notice\r\n\r\n");
		repeat(&raw, bits[i], 60000);
		arena = arena_new(0);
		survive(&raw, arena);
		arena_free(arena);
	}
}

static void
a_mail_cut_anywhere_is_a_message(void **state)
{
	struct strbuf	 raw, cut = { 0 };
	struct arena	*arena;
	size_t		 len;

	(void)state;
	raw = slurp("cases/mime", "winmail-dat", ".eml");
	for (len = 0; len < raw.len; len += 7) {
		strbuf_reset(&cut);
		strbuf_add(&cut, raw.s, len);
		arena = arena_new(0);
		assert_non_null(read_mail(&cut, arena));
		arena_free(arena);
	}
	strbuf_clear(&cut);
	strbuf_clear(&raw);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(every_sample_mail_is_read_as_labelled),
		cmocka_unit_test(every_case_is_read_as_written_down),
		cmocka_unit_test(each_attachment_can_be_had_alone),
		cmocka_unit_test(a_large_mail_is_read_as_a_small_one),
		cmocka_unit_test(headers_of_brackets_and_commas_are_survived),
		cmocka_unit_test(a_header_without_end_is_noted),
		cmocka_unit_test(a_line_without_end_is_noted),
		cmocka_unit_test(twenty_thousand_nested_parts_are_survived),
		cmocka_unit_test(html_full_of_open_tags_is_survived),
		cmocka_unit_test(bodies_of_one_thing_are_survived),
		cmocka_unit_test(a_mail_cut_anywhere_is_a_message),
	};

	g_mime_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
