/*
 * Documents as data: every case in tests/cases/docx is read and compared
 * with its NAME.expect. A case is
 *   NAME.xml       what stands in w:body, with NAME.styles.xml and
 *                  NAME.numbering.xml (what stands in those parts) if any;
 *   NAME.d/        a folder of parts, zipped as they are;
 *   NAME.raw       a file as it is.
 * The first line of .expect is "FORMAT STATUS REMARK…", then one line a
 * paragraph: LEVEL|NUMBER|SIGNS|TEXT, where a line break in the text is
 * "⏎". A new case needs no code.
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
#include <zip.h>

#include "parsers/arena.h"
#include "parsers/document.h"
#include "parsers/strbuf.h"

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

static const char *folder;

static bool
load(const char *name, const char *suffix, struct strbuf *out)
{
	char	 path[1024], buffer[65536];
	size_t	 n;
	FILE	*f;

	(void)snprintf(path, sizeof(path), "%s/%s%s", folder, name, suffix);
	f = fopen(path, "rb");
	if (f == NULL)
		return false;
	while ((n = fread(buffer, 1, sizeof(buffer), f)) > 0)
		strbuf_add(out, buffer, n);
	(void)fclose(f); /* only read */
	return true;
}

/* The zip takes the text over. */
static void
add_part(zip_t *zip, const char *name, struct strbuf *part)
{
	size_t		 len = part->len;
	zip_source_t	*source;

	source = zip_source_buffer(zip, strbuf_take(part), len, 1);
	assert_non_null(source);
	assert_true(zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8) >= 0);
}

static void
add_wrapped(zip_t *zip, const char *name, const char *root,
    const struct strbuf *inner)
{
	struct strbuf	part = {0};

	strbuf_addf(&part, "<?xml version=\"1.0\"?><w:%s" PREFIXES ">", root);
	strbuf_add(&part, strbuf_get(inner), inner->len);
	strbuf_addf(&part, "</w:%s>", root);
	add_part(zip, name, &part);
}

static void
add_relations(zip_t *zip, const char *name, const char *const *pairs)
{
	struct strbuf	part = {0};
	int		i;

	strbuf_adds(&part, "<Relationships xmlns=\"http://schemas."
	    "openxmlformats.org/package/2006/relationships\">");
	for (i = 0; pairs[i] != NULL; i += 2)
		strbuf_addf(&part, "<Relationship Id=\"r%d\" Type=\"" R "/%s\""
		    " Target=\"%s\"/>", i, pairs[i], pairs[i + 1]);
	strbuf_adds(&part, "</Relationships>");
	add_part(zip, name, &part);
}

static void
zip_body(zip_t *zip, const char *name)
{
	static const char *const top[] = {"officeDocument",
	    "word/document.xml", NULL};
	static const char *const parts[] = {"styles", "styles.xml",
	    "numbering", "numbering.xml", NULL};
	struct strbuf	inner = {0}, body = {0};

	add_relations(zip, "_rels/.rels", top);
	add_relations(zip, "word/_rels/document.xml.rels", parts);
	assert_true(load(name, ".xml", &inner));
	strbuf_addf(&body, "<w:body>%s</w:body>", strbuf_get(&inner));
	add_wrapped(zip, "word/document.xml", "document", &body);
	strbuf_reset(&inner);
	if (load(name, ".styles.xml", &inner))
		add_wrapped(zip, "word/styles.xml", "styles", &inner);
	strbuf_reset(&inner);
	if (load(name, ".numbering.xml", &inner))
		add_wrapped(zip, "word/numbering.xml", "numbering", &inner);
	strbuf_clear(&inner);
	strbuf_clear(&body);
}

/* All files below NAME.d, by their paths in it. */
static void
zip_folder(zip_t *zip, const char *name, const char *below)
{
	char		 path[1024], part[1024];
	struct dirent	*e;
	struct strbuf	 text = {0};
	DIR		*d;

	(void)snprintf(path, sizeof(path), "%s/%s.d/%s", folder, name, below);
	d = opendir(path);
	if (d == NULL) {
		(void)snprintf(path, sizeof(path), "%s.d/%s", name, below);
		assert_true(load(path, "", &text));
		add_part(zip, below, &text);
		return;
	}
	while ((e = readdir(d)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 ||
		    strcmp(e->d_name, "..") == 0)
			continue;
		(void)snprintf(part, sizeof(part), "%s%s%s", below,
		    *below == '\0' ? "" : "/", e->d_name);
		zip_folder(zip, name, part);
	}
	closedir(d);
}

static struct bytes
zip_case(const char *name, bool is_folder, struct arena *arena)
{
	struct bytes	 file;
	zip_source_t	*source;
	zip_stat_t	 st;
	uint8_t		*data;
	zip_t		*zip;

	source = zip_source_buffer_create(NULL, 0, 0, NULL);
	assert_non_null(source);
	zip_source_keep(source);
	zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
	assert_non_null(zip);
	if (is_folder)
		zip_folder(zip, name, "");
	else
		zip_body(zip, name);
	assert_int_equal(zip_close(zip), 0);
	assert_int_equal(zip_source_stat(source, &st), 0);
	data = arena_alloc(arena, st.size);
	assert_int_equal(zip_source_open(source), 0);
	assert_int_equal(zip_source_read(source, data, st.size), st.size);
	zip_source_close(source);
	zip_source_free(source);
	file.data = data;
	file.len = st.size;
	return file;
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

static void
print_text(struct strbuf *out, const struct paragraph *p)
{
	uint32_t	i = 0;
	const char	*c;

	for (c = p->text; *c != '\0'; c++)
		if (i < p->n_breaks && p->breaks[i] == c - p->text) {
			assert_int_equal(*c, ' ');
			strbuf_adds(out, "⏎");
			i++;
		} else
			strbuf_addc(out, *c);
	assert_int_equal(i, p->n_breaks);
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
	enum format	 format = format_sniff(file);
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
		print_text(out, p);
		strbuf_addc(out, '\n');
	}
}

static void
document_reads_as_expected(void **state)
{
	const char	*name = *state;
	char		 path[1024];
	struct strbuf	 expected = {0}, found = {0}, raw = {0};
	struct arena	*arena = arena_new(0);
	struct bytes	 file;
	struct stat	 st;

	assert_true(load(name, ".expect", &expected));
	(void)snprintf(path, sizeof(path), "%s/%s.d", folder, name);
	if (load(name, ".raw", &raw)) {
		file.data = (const uint8_t *)strbuf_get(&raw);
		file.len = raw.len;
	} else
		file = zip_case(name, stat(path, &st) == 0, arena);
	print_document(&found, file, arena);
	assert_string_equal(strbuf_get(&found), strbuf_get(&expected));
	strbuf_clear(&expected);
	strbuf_clear(&found);
	strbuf_clear(&raw);
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
