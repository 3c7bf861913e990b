/*
 * Files that came by mail: what they are by content, their hash, and the
 * document in them. Containers are opened one level deep.
 */
#include "parsers/attachment.h"

#include <string.h>

#include <nettle/sha2.h>

#include "parsers/archive.h"
#include "parsers/arena.h"
#include "parsers/charset.h"
#include "parsers/document.h"
#include "parsers/facts.h"
#include "parsers/heading.h"
#include "parsers/limits.h"
#include "parsers/message.h"
#include "parsers/mime_name.h"
#include "parsers/pages.h"
#include "parsers/strbuf.h"
#include "parsers/tnef.h"

/* Shown as the container's name where it has none. */
#define NAMELESS_ZIP "zip"
#define NAMELESS_TNEF "winmail.dat"

void
attachment_trouble(struct strbuf *trouble, const char *what)
{
	if (strstr(strbuf_get(trouble), what) != NULL)
		return;
	if (trouble->len > 0)
		strbuf_adds(trouble, "; ");
	strbuf_adds(trouble, what);
}

static void
hash(struct bytes content, struct pages *pages, char out[65])
{
	static const char	digits[] = "0123456789abcdef";
	struct sha256_ctx	ctx;
	uint8_t			sum[SHA256_DIGEST_SIZE];
	size_t			i, n;

	sha256_init(&ctx);
	for (; content.len > 0; content.data += n, content.len -= n) {
		n = pages_piece(pages, content.len);
		sha256_update(&ctx, n, content.data);
		pages_passed(pages, n);
	}
	sha256_digest(&ctx, sizeof(sum), sum);
	for (i = 0; i < sizeof(sum); i++) {
		out[2 * i] = digits[sum[i] >> 4];
		out[2 * i + 1] = digits[sum[i] & 15];
	}
	out[2 * i] = '\0';
}

struct report *
attachment_report(const struct document *doc, struct arena *arena)
{
	struct report	*report;

	report = arena_alloc(arena, sizeof(*report));
	report->headings = headings_find(doc, arena);
	report->facts = facts_find(doc, arena);
	report->remarks = doc->remarks;
	return report;
}

static void
read_document(struct attachment *a, struct bytes content,
    struct arena *arena)
{
	struct document	*doc;

	a->status = document_read(content, a->format, arena, &doc);
	if (a->status == PARSE_OK)
		a->report = attachment_report(doc, arena);
}

/* It must outlast what it was found in. */
static void
found(struct attachment_list *list, struct bytes content)
{
	list->is_found = true;
	list->found = content;
	if (!pages_pin(arena_pages(list->arena), content))
		list->found.data = (const uint8_t *)arena_strndup(
		    list->arena, (const char *)content.data, content.len);
}

/* A place in the list; NULL when it is full. */
static struct attachment *
new_attachment(struct attachment_list *list,
    const struct attachment_source *source, struct bytes content)
{
	struct attachment	*a;

	if (list->n >= LIMIT_ATTACHMENTS) {
		attachment_trouble(list->trouble, "too many attachments");
		return NULL;
	}
	if (list->wanted == (long)list->n)
		found(list, content);
	list->a = arena_grow(list->arena, list->a, list->n, &list->cap,
	    sizeof(*list->a));
	a = &list->a[list->n++];
	memset(a, 0, sizeof(*a));
	a->name = source->name;
	a->in = source->in;
	a->media_type = source->media_type;
	a->is_inline = source->is_inline;
	a->depth = source->depth;
	a->size = content.len;
	if (list->wanted >= 0)
		return a;
	a->format = format_sniff(content, arena_pages(list->arena));
	hash(content, arena_pages(list->arena), a->sha256);
	return a;
}

/* macOS puts its own notes beside the files. */
static bool
is_archive_litter(const char *name)
{
	return strncmp(name, "__MACOSX/", 9) == 0 ||
	    strstr(name, ".DS_Store") != NULL;
}

static const char *
entry_name(const char *raw, struct arena *arena)
{
	struct bytes	b = { (const uint8_t *)raw, strlen(raw) };
	const char	*name;

	/* "" reads UTF-8, or says so by U+FFFD … */
	name = charset_import(b, "UTF-8", arena);
	if (strstr(name, "\xEF\xBF\xBD") != NULL)
		name = charset_import(b, CHARSET_ZIP, arena);
	return mime_name_clean(name, arena);
}

/* One entry of an attached zip; false when the file's limit is passed. */
static bool
add_entry(struct attachment_list *list, struct attachment_source *source,
    struct archive *zip, size_t entry)
{
	struct attachment	*a;
	struct bytes		 content = { (const uint8_t *)"", 0 };
	enum parse_status	 status = PARSE_ENCRYPTED;
	struct pages		*pages = arena_pages(list->arena);
	size_t			 mark = pages_mark(pages);
	struct arena		*scratch;

	scratch = arena_new(0);
	arena_set_pages(scratch, pages);
	source->name = entry_name(archive_name(zip, entry), list->arena);
	if (!archive_is_encrypted(zip, entry))
		status = archive_read(zip, entry, LIMIT_ATTACHMENT_BYTES,
		    scratch, &content);
	if (status != PARSE_OK)
		content.len = 0;
	a = new_attachment(list, source, content);
	if (a != NULL)
		a->status = status;
	if (a != NULL && status == PARSE_OK && list->wanted < 0)
		read_document(a, content, list->arena);
	pages_release(pages, mark);
	arena_free(scratch);
	return a != NULL && status != PARSE_LIMIT;
}

static void
add_entries(struct attachment_list *list,
    const struct attachment_source *container, struct archive *zip)
{
	struct attachment_source source = *container;
	size_t			 i, n = 0;

	source.in = container->name[0] == '\0' ? NAMELESS_ZIP :
	    container->name;
	source.media_type = "";
	for (i = 0; i < archive_count(zip); i++) {
		if (archive_is_folder(zip, i) ||
		    is_archive_litter(archive_name(zip, i)))
			continue;
		if (n++ == LIMIT_ZIP_MEMBERS) {
			attachment_trouble(list->trouble,
			    "too many files in a zip");
			break;
		}
		if (!add_entry(list, &source, zip, i))
			break;
	}
}

static void
open_zip(struct attachment_list *list,
    const struct attachment_source *source, struct bytes content,
    size_t index)
{
	struct archive		*zip;
	enum parse_status	 status;

	status = archive_open(content, &zip);
	list->a[index].status = status;
	if (status != PARSE_OK)
		return;
	add_entries(list, source, zip);
	archive_close(zip);
}

static void
open_tnef(struct attachment_list *list,
    const struct attachment_source *container, struct bytes content)
{
	struct attachment_source source = *container;
	struct attachment	*a;
	struct tnef_file	*files;
	size_t			 i, n;

	source.in = container->name[0] == '\0' ? NAMELESS_TNEF :
	    container->name;
	source.media_type = "";
	n = tnef_files(content, list->arena, &files);
	for (i = 0; i < n; i++) {
		if (files[i].content.data == NULL)
			files[i].content.data = (const uint8_t *)"";
		source.name = mime_name_clean(files[i].name, list->arena);
		a = new_attachment(list, &source, files[i].content);
		if (a == NULL)
			return;
		if (list->wanted < 0)
			read_document(a, files[i].content, list->arena);
	}
}

void
attachment_add(struct attachment_list *list,
    const struct attachment_source *source, struct bytes content)
{
	struct attachment	*a;
	enum format		 format;
	size_t			 index = list->n;

	a = new_attachment(list, source, content);
	if (a == NULL)
		return;
	format = list->wanted < 0 ? a->format : format_sniff(content,
	    arena_pages(list->arena));
	if (list->closed != PARSE_OK) {
		a->status = list->closed;
	} else if (content.len > LIMIT_ATTACHMENT_BYTES) {
		a->status = PARSE_LIMIT;
	} else if (format == FORMAT_ZIP) {
		open_zip(list, source, content, index);
	} else if (tnef_sniff(content)) {
		a->status = PARSE_OK;
		open_tnef(list, source, content);
	} else if (list->wanted < 0) {
		read_document(a, content, list->arena);
	}
}
