/*
 * Open Packaging: relationships and content types. Word Online writes
 * word/document2.xml, others a leading slash or backslashes, so the main
 * part is wherever the package relationship leads (ECMA-376 Part 2, 9.3).
 */
#include "parsers/package.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "parsers/archive.h"
#include "parsers/limits.h"
#include "parsers/strbuf.h"

#define RELATIONS_MAX 4096

struct relation {
	char	*id;
	char	*target; /* resolved part name */
};

struct package {
	struct archive	*archive;
	long		 parts[RELATION_COUNT];
	bool		 is_signed;
	struct relation	*relations; /* of the main part, internal ones */
	size_t		 n_relations;
	/* while reading relationships or content types */
	const char	*base;	/* folder of the source part, "word/" or "" */
	bool		 of_package;
	long		 typed_main; /* by content type */
};

static const char *const relation_names[RELATION_COUNT] = {
	[RELATION_MAIN] = "/officeDocument",
	[RELATION_STYLES] = "/styles",
	[RELATION_NUMBERING] = "/numbering",
	[RELATION_STRINGS] = "/sharedStrings",
	[RELATION_FOOTNOTES] = "/footnotes",
	[RELATION_ENDNOTES] = "/endnotes",
	[RELATION_SIGNATURE] = "/digital-signature/origin",
};

/* Drop the last segment of a path in the making. */
static void
go_up(struct strbuf *path)
{
	if (path->len > 0)
		path->len--; /* the slash it ends with */
	while (path->len > 0 && path->s[path->len - 1] != '/')
		path->len--;
	if (path->s != NULL)
		path->s[path->len] = '\0';
}

/* A target as a part name: relative to base, without "." and "..". */
static char *
resolve(const char *base, struct xml_value target)
{
	struct strbuf	 path = {0};
	const char	*p = target.s, *end, *stop;
	size_t		 len;

	end = memchr(p, '#', target.len);
	if (end == NULL)
		end = p + target.len;
	if (p < end && *p != '/' && *p != '\\')
		strbuf_adds(&path, base);
	while (p < end) {
		for (stop = p; stop < end && *stop != '/' && *stop != '\\';
		    stop++)
			;
		len = (size_t)(stop - p);
		if (len == 2 && memcmp(p, "..", 2) == 0)
			go_up(&path);
		else if (len > 0 && !(len == 1 && *p == '.')) {
			strbuf_add(&path, p, len);
			if (stop < end)
				strbuf_addc(&path, '/');
		}
		p = stop < end ? stop + 1 : end;
	}
	return strbuf_take(&path);
}

static bool
ends_with(struct xml_value v, const char *s)
{
	size_t	n = strlen(s);

	return v.len >= n && strncasecmp(v.s + v.len - n, s, n) == 0;
}

static void
add_relation(struct package *p, struct xml_value id, char *target)
{
	if (p->of_package || id.s == NULL ||
	    p->n_relations == RELATIONS_MAX) {
		free(target);
		return;
	}
	if ((p->n_relations & (p->n_relations - 1)) == 0) {
		p->relations = reallocarray(p->relations,
		    p->n_relations == 0 ? 1 : p->n_relations * 2,
		    sizeof(*p->relations));
		if (p->relations == NULL)
			abort();
	}
	p->relations[p->n_relations].id = strndup(id.s, id.len);
	if (p->relations[p->n_relations].id == NULL)
		abort();
	p->relations[p->n_relations++].target = target;
}

static void
relation_start(void *ctx, const struct xml_tag *tag)
{
	struct package	*p = ctx;
	struct xml_value type, target, mode;
	char		*name;
	int		 r;

	if (tag->ns != NS_RELS || tag->name != N_Relationship)
		return;
	type = xml_attribute(tag, NS_NONE, N_Type);
	target = xml_attribute(tag, NS_NONE, N_Target);
	mode = xml_attribute(tag, NS_NONE, N_TargetMode);
	if (type.s == NULL || target.s == NULL ||
	    xml_equals(mode, "External"))
		return;
	name = resolve(p->base, target);
	for (r = 0; r < RELATION_COUNT; r++)
		if (ends_with(type, relation_names[r]) &&
		    (r == RELATION_MAIN || r == RELATION_SIGNATURE) ==
		    p->of_package && p->parts[r] == -1)
			p->parts[r] = archive_find(p->archive, name);
	if (ends_with(type, relation_names[RELATION_SIGNATURE]))
		p->is_signed = true;
	add_relation(p, xml_attribute(tag, NS_NONE, N_Id), name);
}

static bool
is_main_type(struct xml_value type)
{
	static const char *const types[] = {
	    "wordprocessingml.document.main+xml",
	    "wordprocessingml.template.main+xml",
	    "ms-word.document.macroEnabled.main+xml",
	    "ms-word.template.macroEnabledTemplate.main+xml"};
	size_t	i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (ends_with(type, types[i]))
			return true;
	return false;
}

static void
types_start(void *ctx, const struct xml_tag *tag)
{
	struct package	*p = ctx;
	struct xml_value part;
	char		*name;

	if (tag->ns != NS_TYPES || tag->name != N_Override ||
	    p->typed_main != -1 ||
	    !is_main_type(xml_attribute(tag, NS_NONE, N_ContentType)))
		return;
	part = xml_attribute(tag, NS_NONE, N_PartName);
	if (part.s == NULL)
		return;
	name = resolve("", part);
	p->typed_main = archive_find(p->archive, name);
	free(name);
}

static void
no_end(void *ctx, enum xml_ns ns, enum xml_name name)
{
	(void)ctx;
	(void)ns;
	(void)name;
}

static const struct xml_handler relation_handler = {relation_start, no_end,
	NULL};
static const struct xml_handler types_handler = {types_start, no_end, NULL};

enum parse_status
archive_parse(struct archive *a, long entry, size_t limit,
    const struct xml_handler *h, void *ctx)
{
	struct archive_part *part;
	enum parse_status status;
	const uint8_t	*chunk;
	struct xml	*x;
	size_t		 len = 1;

	if (entry < 0)
		return PARSE_DAMAGED;
	status = archive_part_open(a, (size_t)entry, limit, &part);
	if (status != PARSE_OK)
		return status;
	x = xml_new(h, ctx);
	while (status == PARSE_OK && len > 0) {
		status = archive_part_next(part, &chunk, &len);
		if (status == PARSE_OK && len > 0)
			status = xml_feed(x, chunk, len);
	}
	if (status == PARSE_OK)
		status = xml_finish(x);
	xml_free(x);
	archive_part_close(part);
	return status;
}

enum parse_status
package_parse(struct package *p, long entry, size_t limit,
    const struct xml_handler *h, void *ctx)
{
	return archive_parse(p->archive, entry, limit, h, ctx);
}

/* Relationships of a part: "word/x.xml" has "word/_rels/x.xml.rels". */
static enum parse_status
read_relations(struct package *p, const char *part)
{
	const char	*slash = strrchr(part, '/');
	size_t		 folder = slash == NULL ? 0 :
	    (size_t)(slash + 1 - part);
	struct strbuf	 name = {0}, base = {0};
	enum parse_status status = PARSE_OK;
	long		 entry;

	strbuf_add(&base, part, folder);
	strbuf_add(&name, part, folder);
	strbuf_adds(&name, "_rels/");
	strbuf_adds(&name, part + folder);
	strbuf_adds(&name, ".rels");
	p->base = strbuf_get(&base);
	entry = archive_find(p->archive, strbuf_get(&name));
	if (entry >= 0)
		status = archive_parse(p->archive, entry, LIMIT_PART_BYTES,
		    &relation_handler, p);
	strbuf_clear(&name);
	strbuf_clear(&base);
	return status;
}

static enum parse_status
find_main(struct package *p)
{
	enum parse_status status;
	long		 types;

	p->of_package = true;
	status = read_relations(p, "");
	p->of_package = false;
	if (status != PARSE_OK || p->parts[RELATION_MAIN] >= 0)
		return status;
	types = archive_find(p->archive, "[Content_Types].xml");
	if (types >= 0) {
		status = archive_parse(p->archive, types, LIMIT_PART_BYTES,
		    &types_handler, p);
		if (status != PARSE_OK)
			return status;
		p->parts[RELATION_MAIN] = p->typed_main;
	}
	if (p->parts[RELATION_MAIN] < 0)
		p->parts[RELATION_MAIN] = archive_find(p->archive,
		    "word/document.xml");
	return p->parts[RELATION_MAIN] < 0 ? PARSE_NOT_SUPPORTED : PARSE_OK;
}

enum parse_status
package_open(struct bytes file, struct package **out)
{
	struct package	*p = calloc(1, sizeof(*p));
	enum parse_status status;
	const char	*main_name;
	char		*slashed, *c;
	int		 r;

	if (p == NULL)
		abort();
	for (r = 0; r < RELATION_COUNT; r++)
		p->parts[r] = -1;
	p->typed_main = -1;
	status = archive_open(file, &p->archive);
	if (status == PARSE_OK)
		status = find_main(p);
	if (status == PARSE_OK) {
		main_name = archive_name(p->archive,
		    (size_t)p->parts[RELATION_MAIN]);
		slashed = strdup(main_name + strspn(main_name, "/\\"));
		if (slashed == NULL)
			abort();
		for (c = slashed; *c != '\0'; c++)
			if (*c == '\\')
				*c = '/';
		status = read_relations(p, slashed);
		free(slashed);
	}
	if (status != PARSE_OK) {
		package_close(p);
		return status;
	}
	*out = p;
	return PARSE_OK;
}

void
package_close(struct package *p)
{
	size_t	i;

	if (p == NULL)
		return;
	for (i = 0; i < p->n_relations; i++) {
		free(p->relations[i].id);
		free(p->relations[i].target);
	}
	free(p->relations);
	archive_close(p->archive);
	free(p);
}

long
package_find(const struct package *p, enum package_relation r)
{
	return p->parts[r];
}

long
package_find_id(const struct package *p, struct xml_value id)
{
	size_t	i;

	for (i = 0; i < p->n_relations; i++)
		if (xml_equals(id, p->relations[i].id))
			return archive_find(p->archive,
			    p->relations[i].target);
	return -1;
}

bool
package_is_signed(const struct package *p)
{
	return p->is_signed;
}
