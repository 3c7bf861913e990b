/*
 * For the test of our mails: tool-templates TEMPLATES FOLDER fills every
 * template with hostile values, writes each mail to FOLDER/N.eml and what
 * GMime reads in it to FOLDER/N.json, for another reader to compare.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gmime/gmime.h>
#include <jansson.h>

#include "daemon/compose.h"
#include "daemon/problems.h"
#include "daemon/template.h"
#include "parsers/strbuf.h"

static const char *const hostile[] = {
	"x", /* what the others are measured against */
	"một\r\nBcc: thief@evil.example\r\n\r\nhai\n.\n..",
	"\xe2\x80\xae" "bidi\xe2\x81\xa6 \x07\x1b[31m \xc2\x85 \xe2\x80\xa8",
	"=?UTF-8?B?SGFja2Vk?= {don_vi} \"quoted\\ \" <a@b> , ; (c",
	"e\xcc\x82\xcc\x81 \xf0\x9f\x93\x84 a\xcc\x83", /* decomposed */
	"", ".",
	NULL /* a long word, made below */
};

#define N_HOSTILE (sizeof(hostile) / sizeof(hostile[0]))

static const char	*folder;
static char		 long_word[4096];
static int		 written;

static void
put(json_t *j, const char *key, const char *text)
{
	json_object_set_new(j, key, json_string(text != NULL ? text : ""));
}

static void
part_seen(GMimeObject *parent, GMimeObject *part, gpointer arg)
{
	json_t	*j = arg;
	char	*text;

	(void)parent;
	if (!GMIME_IS_PART(part))
		return;
	if (g_mime_part_is_attachment(GMIME_PART(part))) {
		json_array_append_new(json_object_get(j, "attachments"),
		    json_string(g_mime_part_get_filename(GMIME_PART(part))));
		return;
	}
	text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
	put(j, "body", text);
	g_free(text);
}

static json_t *
read_by_gmime(const struct strbuf *raw)
{
	GMimeStream	*stream = g_mime_stream_mem_new_with_buffer(raw->s,
			    raw->len);
	GMimeParser	*parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage	*m = g_mime_parser_construct_message(parser, NULL);
	InternetAddress	*from;
	json_t		*j = json_object();
	char		*date;

	json_object_set_new(j, "attachments", json_array());
	put(j, "subject", g_mime_message_get_subject(m));
	put(j, "message_id", g_mime_message_get_message_id(m));
	put(j, "in_reply_to", g_mime_object_get_header(GMIME_OBJECT(m),
	    "In-Reply-To"));
	from = internet_address_list_get_address(g_mime_message_get_from(m),
	    0);
	put(j, "from_name", internet_address_get_name(from));
	put(j, "from", internet_address_mailbox_get_addr(
	    INTERNET_ADDRESS_MAILBOX(from)));
	date = g_date_time_format(g_mime_message_get_date(m),
	    "%Y-%m-%d %H:%M:%S %z");
	put(j, "date", date);
	g_free(date);
	g_mime_message_foreach(m, part_seen, j);
	g_object_unref(m);
	g_object_unref(parser);
	g_object_unref(stream);
	return j;
}

static void
write_mail(const struct strbuf *raw, const char *template)
{
	json_t	*j = read_by_gmime(raw);
	char	 path[4096];
	FILE	*f;

	put(j, "template", template);
	(void)snprintf(path, sizeof(path), "%s/%03d.eml", folder, written);
	f = fopen(path, "wb");
	if (f == NULL || fwrite(raw->s, 1, raw->len, f) != raw->len ||
	    fclose(f) != 0)
		abort();
	(void)snprintf(path, sizeof(path), "%s/%03d.json", folder,
	    written++);
	if (json_dump_file(j, path, JSON_SORT_KEYS) == -1)
		abort();
	json_decref(j);
}

static const char *
value(size_t i)
{
	return i % N_HOSTILE == N_HOSTILE - 1 ? long_word :
	    hostile[i % N_HOSTILE];
}

/* shift: each variable in turn has each of the hostile values. */
static int
make(const struct templates *t, enum template_id id, size_t shift)
{
	struct compose_attachment files[2] = {
		{ .name = "../Báo \"cáo\"; x=1\\.docx", .media_type =
		    "text/html; charset=utf-8" },
		{ .name = long_word, .media_type = "text/csv" } };
	struct compose	 c = { .from_name = "Ban \"X\" \\ Đảng, (a) =?x?=",
		.from = "baocao@office.example", .to = "u@unit.example",
		.reply_to = "baocao@office.example",
		.message_id = "1.tiepnhan@office.example",
		.date = 1778202000, .is_reply = shift % 2 == 0 };
	struct values	*v = values_new();
	struct strbuf	 subject = { 0 }, body = { 0 }, raw = { 0 };
	const char	*why = "";
	size_t		 i;

	for (i = 0; i < VAR_COUNT; i++) {
		values_set(v, (enum template_var)i, shift == 0 ? hostile[0] :
		    value(i + shift));
		values_add(v, (enum template_var)i, value(shift));
	}
	template_fill(t, id, v, &subject, &body);
	c.subject = strbuf_get(&subject);
	c.body = strbuf_get(&body);
	c.in_reply_to = shift % 3 == 0 ? "ok@unit.example" :
	    "a b@x>\r\nBcc: thief@evil.example";
	c.references = &c.in_reply_to;
	c.n_references = 1;
	files[0].content.data = files[1].content.data =
	    (const uint8_t *)hostile[1];
	files[0].content.len = files[1].content.len = strlen(hostile[1]);
	c.attachments = files;
	c.n_attachments = shift % 3;
	if (compose_mail(&c, &raw, &why) == -1)
		fprintf(stderr, "%s: %s\n", template_name(id), why);
	else
		write_mail(&raw, template_name(id));
	values_free(v);
	strbuf_clear(&subject);
	strbuf_clear(&body);
	strbuf_clear(&raw);
	return *why == '\0' ? 0 : -1;
}

int
main(int argc, char **argv)
{
	struct problems	 problems;
	struct templates *t;
	size_t		 shift, i;
	int		 id, rc = 0;

	if (argc != 3)
		return 64;
	folder = argv[2];
	for (i = 0; i + 3 < sizeof(long_word); i += 2)
		memcpy(long_word + i, "ă", 3);
	g_mime_init();
	problems_init(&problems);
	t = templates_load(argv[1], argv[1], &problems);
	if (t == NULL)
		return 78;
	for (id = 0; id < TEMPLATE_COUNT; id++)
		for (shift = 0; id != TEMPLATE_SIGNOFF && shift < N_HOSTILE;
		    shift++)
			rc |= make(t, (enum template_id)id, shift);
	templates_free(t);
	g_mime_shutdown();
	return rc == 0 ? 0 : 1;
}
