/*
 * The quick reader against libxml2 itself: whatever is done to a part, both
 * take it or both do not, and what they take has the same events.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <libxml/parser.h>

#include "parsers/limits.h"
#include "parsers/strbuf.h"
#include "parsers/xml.h"
#include "parsers/xml_plain.h"

#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define MC "http://schemas.openxmlformats.org/markup-compatibility/2006"

/* Two documents as word processors write them, with all that is plain. */
static const char *const	samples[] = {
	"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
	"<w:d xmlns:w=\"" W "\" xmlns:mc='" MC "' mc:Ignorable=\"y\">"
	"<w:p w:r='0\"1' a=\"2\" xml:space=\"preserve\"><w:t>B\xc3\xa1o "
	"c\xe1\xba\xb1o &amp; [1] &lt;x&gt;</w:t ><y:b xmlns:y='urn:y' "
	"y:val=\"\xf0\x9f\x93\x84\"/></w:p>\n\t<p xmlns=\"urn:z\"/></w:d>\n",
	"\xef\xbb\xbf<a:r xmlns:a=\"" W "\"><a:val a:val='>' val=\"/\">"
	"&quot;&apos;] ]\n</a:val><a:r xmlns:a='u'><a:r/></a:r></a:r>",
};

/* ---- events as text */

static void
add_attribute(struct strbuf *b, enum xml_ns ns, enum xml_name name,
    const char *s, size_t len)
{
	strbuf_addf(b, " %d:%d=", ns, name);
	strbuf_add(b, s, len);
}

static void
on_start(void *ctx, const struct xml_tag *tag)
{
	struct xml_value v;
	enum xml_name	 name;
	int		 i;

	strbuf_addf(ctx, "<%d:%d", tag->ns, tag->name);
	for (i = 0; i < tag->n_attributes; i++) {
		name = xml_attribute_at(tag, i, &v);
		add_attribute(ctx, tag->attributes[i].ns, name, v.s, v.len);
	}
	strbuf_addc(ctx, '>');
}

static void
on_end(void *ctx, enum xml_ns ns, enum xml_name name)
{
	strbuf_addf(ctx, "</%d:%d>", ns, name);
}

static void
on_text(void *ctx, const char *s, size_t len)
{
	strbuf_add(ctx, s, len);
}

static const struct xml_handler handler = { on_start, on_end, on_text };

static bool
read_ours(const char *s, size_t len, size_t piece, struct strbuf *events)
{
	struct xml	*x = xml_new(&handler, events);
	enum parse_status status = PARSE_OK;
	size_t		 at, n;

	strbuf_reset(events);
	for (at = 0; at < len && status == PARSE_OK; at += n) {
		n = len - at < piece ? len - at : piece;
		status = xml_feed(x, s + at, n);
	}
	if (status == PARSE_OK)
		status = xml_finish(x);
	xml_free(x);
	return status == PARSE_OK;
}

static enum xml_ns
ns_of(const xmlChar *uri)
{
	return uri == NULL ? NS_NONE : xml_namespace_of((const char *)uri,
	    strlen((const char *)uri));
}

static void
their_start(void *ctx, const xmlChar *local, const xmlChar *prefix,
    const xmlChar *uri, int n_ns, const xmlChar **ns, int n, int defaulted,
    const xmlChar **a)
{
	(void)prefix, (void)n_ns, (void)ns, (void)defaulted;
	strbuf_addf(ctx, "<%d:%d", ns_of(uri),
	    xml_name_of((const char *)local));
	for (; n > 0; n--, a += 5)
		add_attribute(ctx, ns_of(a[2]),
		    xml_name_of((const char *)a[0]), (const char *)a[3],
		    (size_t)(a[4] - a[3]));
	strbuf_addc(ctx, '>');
}

static void
their_end(void *ctx, const xmlChar *local, const xmlChar *prefix,
    const xmlChar *uri)
{
	(void)prefix;
	strbuf_addf(ctx, "</%d:%d>", ns_of(uri),
	    xml_name_of((const char *)local));
}

static void
their_text(void *ctx, const xmlChar *s, int len)
{
	strbuf_add(ctx, s, (size_t)len);
}

static void
no_error(void *ctx, xmlErrorPtr error)
{
	(void)ctx, (void)error;
}

static bool
read_theirs(const char *s, size_t len, struct strbuf *events)
{
	xmlSAXHandler	 sax = { .initialized = XML_SAX2_MAGIC,
	    .startElementNs = their_start, .endElementNs = their_end,
	    .characters = their_text, .ignorableWhitespace = their_text,
	    .cdataBlock = their_text, .serror = no_error };
	xmlParserCtxtPtr ctxt;
	bool		 is_well_formed;

	strbuf_reset(events);
	ctxt = xmlCreatePushParserCtxt(&sax, events, s, 4, NULL);
	assert_non_null(ctxt);
	xmlCtxtUseOptions(ctxt, XML_PARSE_NONET);
	xmlSetStructuredErrorFunc(NULL, no_error);
	(void)xmlParseChunk(ctxt, s + 4, (int)len - 4, 1);
	is_well_formed = ctxt->wellFormed != 0;
	if (ctxt->myDoc != NULL)
		xmlFreeDoc(ctxt->myDoc);
	xmlFreeParserCtxt(ctxt);
	return is_well_formed;
}

/* ---- tests */

static struct strbuf	theirs, ours;

static void
agree(const char *s, size_t len, size_t piece)
{
	bool	is_well_formed = read_theirs(s, len, &theirs);

	if (read_ours(s, len, piece, &ours) != is_well_formed)
		fail_msg("%d, not %d: %.*s", !is_well_formed,
		    is_well_formed, (int)len, s);
	if (is_well_formed &&
	    strcmp(strbuf_get(&ours), strbuf_get(&theirs)) != 0)
		fail_msg("%s, not %s: %.*s", strbuf_get(&ours),
		    strbuf_get(&theirs), (int)len, s);
}

/* head, the bytes put in, and the rest without its first `cut` bytes. */
static void
agree_changed(const char *s, size_t at, size_t cut, const char *put,
    size_t n_put)
{
	const char	*encoding = strstr(s, "UTF-8");
	struct strbuf	 b = { 0 };

	/* more encodings are known to it than we accept */
	if (encoding != NULL && s + at >= encoding && s + at <= encoding + 5)
		return;
	strbuf_add(&b, s, at);
	strbuf_add(&b, put, n_put);
	strbuf_adds(&b, s + at + cut);
	agree(b.s, b.len, at % 3 == 0 ? 5 : SIZE_MAX);
	strbuf_clear(&b);
}

static void
plain_parts_are_read_to_their_end_without_help(void **state)
{
	struct plain_item item;
	struct xml_plain *p;
	enum plain_token token;
	size_t		 i;

	(void)state;
	for (i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		p = xml_plain_new();
		xml_plain_feed(p, samples[i], strlen(samples[i]));
		while ((token = xml_plain_next(p, &item)) != PLAIN_MORE)
			assert_int_not_equal(token, PLAIN_STRANGE);
		assert_true(xml_plain_is_done(p));
		xml_plain_free(p);
	}
}

static void
pieces_of_any_size_give_the_same_events(void **state)
{
	size_t	i, piece;

	(void)state;
	for (i = 0; i < sizeof(samples) / sizeof(samples[0]); i++)
		for (piece = 1; piece < 60; piece++)
			agree(samples[i], strlen(samples[i]), piece);
}

static void
cut_off_anywhere_they_agree(void **state)
{
	size_t	i, len;

	(void)state;
	for (i = 0; i < sizeof(samples) / sizeof(samples[0]); i++)
		for (len = 4; len < strlen(samples[i]); len++)
			agree(samples[i], len, 11);
}

static void
with_any_byte_changed_they_agree(void **state)
{
	static const char	bytes[] = "<>&\"'/!?:;=[] \t\r\n\xff\xc3\x80"
				    "\xed\xef\x01x-w#";
	size_t			i, at, k;

	(void)state;
	for (i = 0; i < sizeof(samples) / sizeof(samples[0]); i++)
		for (at = 4; at < strlen(samples[i]); at++)
			for (k = 0; k < sizeof(bytes); k++) {
				agree_changed(samples[i], at, 1, bytes + k,
				    1);
				agree_changed(samples[i], at, 0, bytes + k,
				    1);
			}
}

static void
with_something_put_in_anywhere_they_agree(void **state)
{
	static const char *const	what[] = { "", "<!-- - -->",
		"<![CDATA[<&]]>", "<?a b?>", "]]>", "&#xe1;", "&#0;", "&a;",
		"<w:x>", "</w:p>", "<b/>", " w:r=''", " xmlns:w='urn:q'",
		" xmlns=''", " xmlns:xml='u'", " q:r=\"1\"",
		" a=\"&lt;\"", "\xef\xbf\xbe", "\xed\xa0\x80", "\xc0\xaf",
		"\xe1\x80", "\xf4\x90\x80\x80", "\xc2\x85", "xmlns:", "a:b:" };
	size_t				i, at, k;

	(void)state;
	for (i = 0; i < sizeof(samples) / sizeof(samples[0]); i++)
		for (at = 4; at < strlen(samples[i]); at++)
			for (k = 0; k < sizeof(what) / sizeof(what[0]); k++) {
				agree_changed(samples[i], at, 0, what[k],
				    strlen(what[k]));
				agree_changed(samples[i], at, 1, what[k],
				    strlen(what[k]));
			}
}

/* count times "open", then the rest: more than the tables have room for. */
static void
agree_many(const char *before, const char *format, unsigned count,
    const char *after)
{
	struct strbuf	 b = { 0 };
	char		*format_end;
	unsigned	 i;

	strbuf_adds(&b, before);
	for (i = 0; i < count; i++) {
		format_end = strchr(format, '#');
		strbuf_add(&b, format, (size_t)(format_end - format));
		strbuf_addf(&b, "%u%s", i, format_end + 1);
	}
	strbuf_adds(&b, after);
	agree(b.s, b.len, 32768);
	strbuf_clear(&b);
}

static void
what_finds_no_room_is_read_all_the_same(void **state)
{
	struct strbuf	b = { 0 };
	size_t		i;

	(void)state;
	agree_many("<a b='1'>", "<c# d='2'/>t", 1000, "</a>");
	agree_many("<a b='1'><a ", " c#='2'", 200, "/></a>");
	agree_many("<a><b ", " xmlns:p#='u'", 200, "><p1:c/></b></a>");
	agree_many("<a><b ", " xmlns:p#='u'", 60,
	    "><p1:c xmlns:p1='v'/><p59:val/><!-- --><p1:val/></b></a>");
	agree_many("<a>", "<q# xmlns:q='" W "'><q:val/>", 200, "&#65;");
	/* a value longer than a tag is waited for */
	strbuf_adds(&b, "<a><b c='");
	for (i = 0; i < 300000; i++)
		strbuf_addc(&b, 'x');
	strbuf_adds(&b, "'/>y</a>");
	agree(b.s, b.len, 32768);
	strbuf_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    plain_parts_are_read_to_their_end_without_help),
		cmocka_unit_test(pieces_of_any_size_give_the_same_events),
		cmocka_unit_test(cut_off_anywhere_they_agree),
		cmocka_unit_test(with_any_byte_changed_they_agree),
		cmocka_unit_test(with_something_put_in_anywhere_they_agree),
		cmocka_unit_test(what_finds_no_room_is_read_all_the_same),
	};
	int	failed;

	failed = cmocka_run_group_tests(tests, NULL, NULL);
	strbuf_clear(&ours);
	strbuf_clear(&theirs);
	return failed;
}
