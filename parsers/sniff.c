/*
 * What a file is, by its bytes. Pure: walks a zip's directory itself, so
 * that the daemon may ask without linking a format library. A truncated
 * zip still shows its local headers: a damaged report is a report.
 */
#include "parsers/document.h"

#include <string.h>
#include <strings.h>

#include <unistr.h>

#include "parsers/limits.h"
#include "parsers/ole.h"
#include "parsers/pages.h"

#define HEAD_BYTES 4096

static bool
has_prefix(struct bytes file, const void *magic, size_t len)
{
	return file.len >= len && memcmp(file.data, magic, len) == 0;
}

#define BEGINS(file, magic) has_prefix(file, magic, sizeof(magic) - 1)

static uint32_t
little(const uint8_t *p, int n)
{
	uint32_t v = 0;

	while (n-- > 0)
		v = v << 8 | p[n];
	return v;
}

/* Which kinds of entry names a zip holds. */
struct zip_signs {
	bool	word;
	bool	other_office; /* xl/, ppt/, visio/ */
	bool	content_types;
	bool	odf_manifest;
	bool	odf_content;
	bool	mimetype_first;
	bool	mimetype_text; /* … and it says text document */
};

static bool
name_begins(const uint8_t *name, size_t len, const char *prefix)
{
	size_t	n = strlen(prefix);

	if (len > 0 && (name[0] == '/' || name[0] == '\\')) {
		name++;
		len--;
	}
	if (len < n || strncasecmp((const char *)name, prefix, n - 1) != 0)
		return false;
	return prefix[n - 1] == '/' ? name[n - 1] == '/' ||
	    name[n - 1] == '\\' : strncasecmp((const char *)name + n - 1,
	    prefix + n - 1, 1) == 0 && len == n;
}

static void
look_at_name(struct zip_signs *signs, const uint8_t *name, size_t len)
{
	if (name_begins(name, len, "word/"))
		signs->word = true;
	else if (name_begins(name, len, "xl/") ||
	    name_begins(name, len, "ppt/") ||
	    name_begins(name, len, "visio/"))
		signs->other_office = true;
	else if (name_begins(name, len, "[Content_Types].xml"))
		signs->content_types = true;
	else if (name_begins(name, len, "META-INF/manifest.xml"))
		signs->odf_manifest = true;
	else if (name_begins(name, len, "content.xml"))
		signs->odf_content = true;
}

/* Names out of the central directory; false when there is none. */
static bool
walk_directory(struct bytes file, struct zip_signs *signs)
{
	size_t	 at, low, entry, name_len;
	unsigned i;
	const uint8_t *p;

	if (file.len < 22)
		return false;
	low = file.len > 65557 ? file.len - 65557 : 0;
	for (at = file.len - 22 + 1; at-- > low;)
		if (memcmp(file.data + at, "PK\5\6", 4) == 0)
			break;
	if (at + 1 == low || at >= file.len)
		return false;
	entry = little(file.data + at + 16, 4);
	for (i = 0; i < LIMIT_ZIP_ENTRIES; i++) {
		if (entry + 46 > file.len)
			break;
		p = file.data + entry;
		if (memcmp(p, "PK\1\2", 4) != 0)
			break;
		name_len = little(p + 28, 2);
		if (entry + 46 + name_len > file.len)
			break;
		look_at_name(signs, p + 46, name_len);
		entry += 46 + name_len + little(p + 30, 2) +
		    little(p + 32, 2);
	}
	return i > 0;
}

/* Names out of the local headers, wherever they stand. */
static void
walk_local_headers(struct bytes file, struct zip_signs *signs,
    struct pages *pages)
{
	const uint8_t	*p = file.data, *end = file.data + file.len;
	unsigned	 i;
	size_t		 len;

	for (i = 0; i < LIMIT_ZIP_ENTRIES; i++) {
		p = pages_find(pages, (struct bytes){ p,
		    (size_t)(end - p) }, "PK\3\4", 4);
		if (p == NULL || end - p < 30)
			break;
		len = little(p + 26, 2);
		if (len > (size_t)(end - p) - 30)
			break;
		look_at_name(signs, p + 30, len);
		p += 30;
	}
}

static void
look_at_mimetype(struct bytes file, struct zip_signs *signs)
{
	static const char text[] = "application/vnd.oasis.opendocument.text";

	if (file.len < 38 || little(file.data + 26, 2) != 8 ||
	    memcmp(file.data + 30, "mimetype", 8) != 0)
		return;
	signs->mimetype_first = true;
	signs->mimetype_text = memmem(file.data + 38,
	    file.len - 38 < 256 ? file.len - 38 : 256, text,
	    sizeof(text) - 1) != NULL;
}

static enum format
zip_format(struct bytes file, struct pages *pages)
{
	struct zip_signs signs = {0};

	look_at_mimetype(file, &signs);
	if (!walk_directory(file, &signs))
		walk_local_headers(file, &signs, pages);
	if (signs.mimetype_text)
		return FORMAT_ODT;
	if (signs.mimetype_first && signs.odf_content)
		return FORMAT_OTHER; /* calc, impress, epub */
	if (signs.word)
		return FORMAT_DOCX;
	if (signs.other_office)
		return FORMAT_OTHER;
	if (signs.content_types)
		return FORMAT_DOCX;
	if (signs.odf_manifest && signs.odf_content)
		return FORMAT_ODT;
	return FORMAT_ZIP;
}

static enum format
ole_format(struct bytes file, struct pages *pages)
{
	if (ole_find(file, "EncryptedPackage", pages) != NULL)
		return FORMAT_DOCX_ENCRYPTED;
	if (ole_find(file, "WordDocument", pages) != NULL)
		return FORMAT_DOC;
	return FORMAT_OTHER;
}

static bool
is_image(struct bytes file)
{
	return BEGINS(file, "\xff\xd8\xff") ||
	    BEGINS(file, "\x89PNG\r\n\x1a\n") || BEGINS(file, "GIF87a") ||
	    BEGINS(file, "GIF89a") || BEGINS(file, "II*\0") ||
	    BEGINS(file, "MM\0*") ||
	    (BEGINS(file, "BM") && file.len > 26 &&
	    little(file.data + 6, 4) == 0) ||
	    (BEGINS(file, "RIFF") && file.len > 12 &&
	    memcmp(file.data + 8, "WEBP", 4) == 0) ||
	    (file.len > 12 && memcmp(file.data + 4, "ftyphei", 7) == 0) ||
	    (file.len > 12 && memcmp(file.data + 4, "ftypmif1", 8) == 0);
}

/* The tag that the first piece of markup opens, past BOM and comments. */
static bool
is_html(const char *head)
{
	static const char *const tags[] = {"<!doctype html", "<html",
	    "<head", "<body", "<meta", "<title", "<table", "<div", "<p>",
	    "<p ", "<font", "<span", "<style", "<script"};
	const char	*p = head, *end;
	size_t		 i;

	for (;;) {
		p += strspn(p, " \t\r\n\f");
		if (strncmp(p, "<!--", 4) == 0 &&
		    (end = strstr(p, "-->")) != NULL)
			p = end + 3;
		else if (strncmp(p, "<?xml", 5) == 0 &&
		    (end = strstr(p, "?>")) != NULL)
			p = end + 2;
		else
			break;
	}
	for (i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		if (strncasecmp(p, tags[i], strlen(tags[i])) == 0)
			return true;
	return false;
}

/* First bytes as a C string of ASCII, UTF-16 and BOM taken off. */
static void
head_of(struct bytes file, char *head)
{
	size_t	at = 0, step = 1, n = 0;

	if (BEGINS(file, "\xef\xbb\xbf"))
		at = 3;
	else if (BEGINS(file, "\xff\xfe"))
		at = step = 2;
	else if (BEGINS(file, "\xfe\xff")) {
		at = 3;
		step = 2;
	}
	for (; at < file.len && n < HEAD_BYTES - 1; at += step)
		head[n++] = file.data[at] == '\0' ? ' ' :
		    (char)file.data[at];
	head[n] = '\0';
}

/* Without a NUL, and UTF-8. */
static bool
is_text_throughout(struct bytes rest, struct pages *pages)
{
	const uint8_t	*bad;
	size_t		 n;

	for (; rest.len > 0; rest.data += n, rest.len -= n) {
		n = pages_piece(pages, rest.len);
		if (memchr(rest.data, '\0', n) != NULL)
			return false;
		bad = u8_check(rest.data, n);
		/* a letter that the piece's end cuts is seen whole next */
		if (bad != NULL)
			n = (size_t)(bad - rest.data);
		if (n == 0)
			return false;
		pages_passed(pages, n);
	}
	return true;
}

static bool
is_plain_text(struct bytes file, struct pages *pages)
{
	size_t	i;

	for (i = 0; i < file.len && i < HEAD_BYTES; i++)
		if (file.data[i] < 0x20 && strchr("\t\n\r\f\x1b",
		    file.data[i]) == NULL)
			return false;
	return is_text_throughout(file, pages);
}

enum format
format_sniff(struct bytes file, struct pages *pages)
{
	char		 head[HEAD_BYTES];
	const char	*p;

	if (file.len == 0)
		return FORMAT_OTHER;
	if (BEGINS(file, "PK\3\4") || BEGINS(file, "PK\5\6"))
		return zip_format(file, pages);
	if (BEGINS(file, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
		return ole_format(file, pages);
	if (is_image(file))
		return FORMAT_IMAGE;
	head_of(file, head);
	p = head + strspn(head, " \t\r\n");
	if (strncmp(p, "{\\rt", 4) == 0)
		return FORMAT_RTF;
	/* readers find %PDF within the first kilobyte */
	if (memmem(file.data, file.len < 1024 ? file.len : 1024, "%PDF-",
	    5) != NULL)
		return FORMAT_PDF;
	if (is_html(head))
		return FORMAT_HTML;
	if (strncmp(p, "<?xml", 5) == 0)
		return FORMAT_OTHER;
	return is_plain_text(file, pages) ? FORMAT_TEXT : FORMAT_OTHER;
}

const char *
format_name(enum format f)
{
	static const char *const names[] = {
		[FORMAT_OTHER] = "other",
		[FORMAT_DOCX] = "docx",
		[FORMAT_DOCX_ENCRYPTED] = "docx-encrypted",
		[FORMAT_DOC] = "doc",
		[FORMAT_ODT] = "odt",
		[FORMAT_RTF] = "rtf",
		[FORMAT_PDF] = "pdf",
		[FORMAT_ZIP] = "zip",
		[FORMAT_HTML] = "html",
		[FORMAT_TEXT] = "text",
		[FORMAT_IMAGE] = "image",
	};

	if ((size_t)f >= sizeof(names) / sizeof(names[0]))
		return "other";
	return names[f];
}
