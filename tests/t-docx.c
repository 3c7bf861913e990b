/*
 * Documents as data: every case in tests/cases/docx is read and compared
 * with its NAME.expect. A case is
 *   NAME.xml       what stands in w:body, with NAME.styles.xml,
 *                  NAME.numbering.xml, NAME.footnotes.xml and
 *                  NAME.endnotes.xml (what stands in those parts) if any;
 *   NAME.d/        a folder of parts, zipped as they are;
 *   NAME.raw       a file as it is.
 * The first line of .expect is "FORMAT STATUS REMARK…", then one line a
 * paragraph: LEVEL|NUMBER|SIGNS|TEXT, where a line break in the text is
 * "⏎" and a note stands in ⟦⟧ at its mark. A new case needs no code.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dirent.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/document.h"
#include "parsers/strbuf.h"
#include "tests/zip_parts.h"

#define CASES_MAX 500
#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define R "http://schemas.openxmlformats.org/officeDocument/2006/" \
	"relationships"
#define PREFIXES " xmlns:w=\"" W "\" xmlns:r=\"" R "\"" \
	" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/" \
	"2006\"" \
	" xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/" \
	"wordprocessingShape\"" \
	" xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\"" \
	" xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/" \
	"math\"" \
	" xmlns:v=\"urn:schemas-microsoft-com:vml\"" \
	" xmlns:xx=\"urn:unknown-extension\""

#define RELS "<Relationships xmlns=\"http://schemas.openxmlformats.org/" \
	"package/2006/relationships\">"
#define RELATION(type, target) "<Relationship Id=\"" type "\" Type=\"" R \
	"/" type "\" Target=\"" target "\"/>"
#define PARTS_MAX 64

struct parts {
	struct arena	*arena;
	struct zip_part	 all[PARTS_MAX + 1];
	size_t		 n;
};

static const char *folder;

static const char *
path_of(const char *name, const char *suffix, struct arena *arena)
{
	return arena_printf(arena, "%s/%s%s", folder, name, suffix);
}

/* NULL when there is no such file. */
static const char *
load(const char *name, const char *suffix, struct arena *arena)
{
	const char	*path = path_of(name, suffix, arena);
	struct stat	 st;

	if (stat(path, &st) == -1)
		return NULL;
	return (const char *)load_file(path, arena).data;
}

static void
add_part(struct parts *p, const char *name, struct bytes text)
{
	assert_true(p->n < PARTS_MAX);
	p->all[p->n].name = name;
	p->all[p->n].text = (const char *)text.data;
	p->all[p->n++].len = text.len;
}

static void
add_text(struct parts *p, const char *name, const char *text)
{
	add_part(p, name, (struct bytes){(const uint8_t *)text,
	    strlen(text)});
}

static void
add_wrapped(struct parts *p, const char *name, const char *root,
    const char *inner)
{
	if (inner != NULL)
		add_text(p, name, arena_printf(p->arena,
		    "<?xml version=\"1.0\"?><w:%s" PREFIXES ">%s</w:%s>",
		    root, inner, root));
}

static void
add_body(struct parts *p, const char *name)
{
	const char	*body = load(name, ".xml", p->arena);

	assert_non_null(body);
	add_text(p, "_rels/.rels", RELS RELATION("officeDocument",
	    "word/document.xml") "</Relationships>");
	add_text(p, "word/_rels/document.xml.rels", RELS
	    RELATION("styles", "styles.xml")
	    RELATION("numbering", "numbering.xml")
	    RELATION("footnotes", "footnotes.xml")
	    RELATION("endnotes", "endnotes.xml") "</Relationships>");
	add_wrapped(p, "word/document.xml", "document", arena_printf(
	    p->arena, "<w:body>%s</w:body>", body));
	add_wrapped(p, "word/styles.xml", "styles", load(name,
	    ".styles.xml", p->arena));
	add_wrapped(p, "word/numbering.xml", "numbering", load(name,
	    ".numbering.xml", p->arena));
	add_wrapped(p, "word/footnotes.xml", "footnotes", load(name,
	    ".footnotes.xml", p->arena));
	add_wrapped(p, "word/endnotes.xml", "endnotes", load(name,
	    ".endnotes.xml", p->arena));
}

/* All files below NAME.d, by their paths in it. */
static void
add_folder(struct parts *p, const char *name, const char *below)
{
	struct dirent	*e;
	const char	*path;
	DIR		*d;

	path = arena_printf(p->arena, "%s/%s.d/%s", folder, name, below);
	d = opendir(path);
	if (d == NULL) {
		add_part(p, below, load_file(path, p->arena));
		return;
	}
	while ((e = readdir(d)) != NULL)
		if (strcmp(e->d_name, ".") != 0 &&
		    strcmp(e->d_name, "..") != 0)
			add_folder(p, name, arena_printf(p->arena, "%s%s%s",
			    below, *below == '\0' ? "" : "/", e->d_name));
	closedir(d);
}

static struct bytes
load_case(const char *name, struct arena *arena)
{
	const char	*raw = path_of(name, ".raw", arena);
	struct parts	 p = {.arena = arena};
	struct stat	 st;

	if (stat(raw, &st) == 0)
		return load_file(raw, arena);
	if (stat(path_of(name, ".d", arena), &st) == 0)
		add_folder(&p, name, "");
	else
		add_body(&p, name);
	return zip_parts(p.all, arena);
}

static const char *const status_names[] = {"ok", "not-supported", "empty",
	"damaged", "encrypted", "limit", "hostile", "lock-file", "no-text"};
static const char *const remark_names[] = {"tracked-changes",
	"embedded-not-read", "legacy-text", "signature-part", "has-images",
	"from-converter"};

static void
print_signs(struct strbuf *out, const struct paragraph *p)
{
	size_t	from = out->len;

	if (p->n_spans > 0 || p->bold > 0)
		strbuf_addf(out, "bold%u ", p->bold);
	if (p->italic > 0)
		strbuf_addf(out, "italic%u ", p->italic);
	if (p->underline > 0)
		strbuf_addf(out, "underline%u ", p->underline);
	if (p->table > 0)
		strbuf_addf(out, "t%u.%u.%u/%u%s ", p->table, p->row,
		    p->cell, p->row_cells, p->row_merged ? "M" : "");
	strbuf_adds(out, p->is_bullet ? "bullet " : "");
	strbuf_adds(out, p->is_list ? "list " : "");
	strbuf_adds(out, p->is_title ? "title " : "");
	strbuf_adds(out, p->is_toc ? "toc " : "");
	strbuf_adds(out, p->centred ? "centred " : "");
	strbuf_adds(out, p->keep_next ? "keep " : "");
	strbuf_adds(out, p->page_break_before ? "page " : "");
	strbuf_adds(out, p->in_textbox ? "box " : "");
	strbuf_adds(out, p->run_on ? "run-on " : "");
	if (out->len > from)
		out->s[--out->len] = '\0';
}

/* The notes marked at this offset, from the k-th on; the next one. */
static uint32_t
print_notes(struct strbuf *out, const struct document *d,
    const struct paragraph *p, uint32_t k, size_t at)
{
	for (; k < p->n_notes && p->notes[k].at == at; k++)
		if (*d->notes[p->notes[k].note] != '\0')
			strbuf_addf(out, "⟦%s⟧",
			    d->notes[p->notes[k].note]);
	return k;
}

static void
print_text(struct strbuf *out, const struct document *d,
    const struct paragraph *p)
{
	uint32_t	i = 0, k = 0;
	const char	*c;

	for (c = p->text; *c != '\0'; c++) {
		k = print_notes(out, d, p, k, (size_t)(c - p->text));
		if (i < p->n_breaks && p->breaks[i] == c - p->text) {
			assert_int_equal(*c, ' ');
			strbuf_adds(out, "⏎");
			i++;
		} else
			strbuf_addc(out, *c);
	}
	k = print_notes(out, d, p, k, strlen(p->text));
	assert_int_equal(i, p->n_breaks);
	assert_int_equal(k, p->n_notes);
}

/* Spans, where there are any, cover the text. */
static void
check_spans(const struct paragraph *p)
{
	size_t		len = 0;
	uint32_t	i;

	for (i = 0; i < p->n_spans; i++) {
		assert_true(p->spans[i].len > 0);
		len += p->spans[i].len;
	}
	if (p->n_spans > 0)
		assert_int_equal(len, strlen(p->text));
}

static void
print_document(struct strbuf *out, struct bytes file, struct arena *arena)
{
	enum format	 format = format_sniff(file, NULL);
	enum parse_status status;
	struct document	*doc;
	size_t		 i;

	status = document_read(file, format, arena, &doc);
	strbuf_addf(out, "%s %s", format_name(format), status_names[status]);
	for (i = 0; status == PARSE_OK && i < 6; i++)
		if ((doc->remarks & 1U << i) != 0)
			strbuf_addf(out, " %s", remark_names[i]);
	strbuf_addc(out, '\n');
	for (i = 0; status == PARSE_OK && i < doc->n; i++) {
		const struct paragraph *p = &doc->paragraphs[i];

		check_spans(p);
		strbuf_addf(out, "%u|%s|", p->style_level, p->number);
		print_signs(out, p);
		strbuf_addc(out, '|');
		print_text(out, doc, p);
		strbuf_addc(out, '\n');
	}
}

static void
document_reads_as_expected(void **state)
{
	const char	*name = *state, *expected;
	struct strbuf	 found = {0};
	struct arena	*arena = arena_new(0);

	expected = load(name, ".expect", arena);
	print_document(&found, load_case(name, arena), arena);
	assert_string_equal(strbuf_get(&found), expected);
	strbuf_clear(&found);
	arena_free(arena);
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(((const struct CMUnitTest *)a)->name,
	    ((const struct CMUnitTest *)b)->name);
}

int
main(void)
{
	static struct CMUnitTest tests[CASES_MAX];
	struct strbuf	 where = {0};
	const char	*src = getenv("SRC");
	struct dirent	*e;
	size_t		 n = 0, len;
	int		 failed;
	DIR		*d;

	strbuf_addf(&where, "%s/tests/cases/docx", src == NULL ? "." : src);
	folder = strbuf_get(&where);
	d = opendir(folder);
	while (d != NULL && (e = readdir(d)) != NULL && n < CASES_MAX) {
		len = strlen(e->d_name);
		if (len <= 7 || strcmp(e->d_name + len - 7, ".expect") != 0)
			continue;
		tests[n].name = strndup(e->d_name, len - 7);
		tests[n].test_func = document_reads_as_expected;
		tests[n].initial_state = (void *)(uintptr_t)tests[n].name;
		n++;
	}
	if (d == NULL || n == 0) {
		printf("1..0 # no cases in %s\n", folder);
		return 1;
	}
	closedir(d);
	qsort(tests, n, sizeof(tests[0]), compare_names);
	failed = _cmocka_run_group_tests("documents", tests, n, NULL, NULL);
	for (; n > 0; n--)
		free((void *)(uintptr_t)tests[n - 1].name);
	strbuf_clear(&where);
	return failed;
}
