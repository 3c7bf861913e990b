/*
 * Zip files in memory, through libzip. Sizes in a zip are claims, so what
 * comes out is counted; names are checked for doubles here, because libzip
 * accepts them silently and its consistency check refuses honest files of
 * Word Online and docx4j.
 */
#include "parsers/archive.h"

#include <stdlib.h>
#include <string.h>

#include <zip.h>

#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/pages.h"
#include "parsers/strbuf.h"

#define CHUNK_BYTES 32768

struct archive {
	zip_t		*zip;
	size_t		 n;
	size_t		 file_len;
	size_t		 total; /* bytes inflated so far, all parts */
	uint32_t	*order; /* entries sorted by folded name */
	char	       **names; /* folded: lower case, "/" only */
};

struct archive_part {
	struct archive	*archive;
	zip_file_t	*file;
	size_t		 limit;
	size_t		 stored;
	size_t		 claimed; /* inflated */
	size_t		 done;
	uint8_t		 chunk[CHUNK_BYTES];
};

static char *
fold_name(const char *name)
{
	char	*folded, *p;

	while (*name == '/' || *name == '\\')
		name++;
	folded = strdup(name);
	if (folded == NULL)
		abort();
	for (p = folded; *p != '\0'; p++) {
		if (*p >= 'A' && *p <= 'Z')
			*p += 'a' - 'A';
		else if (*p == '\\')
			*p = '/';
	}
	return folded;
}

static int
compare_entries(const void *a, const void *b, void *names)
{
	char **const	 name = names;

	return strcmp(name[*(const uint32_t *)a], name[*(const uint32_t *)b]);
}

/* Sort the names; two alike mean that readers would differ. */
static enum parse_status
index_names(struct archive *a)
{
	const char	*name;
	size_t		 i;

	a->names = calloc(a->n + 1, sizeof(*a->names));
	a->order = calloc(a->n + 1, sizeof(*a->order));
	if (a->names == NULL || a->order == NULL)
		abort();
	for (i = 0; i < a->n; i++) {
		name = zip_get_name(a->zip, i, ZIP_FL_ENC_RAW);
		a->names[i] = fold_name(name == NULL ? "" : name);
		a->order[i] = (uint32_t)i;
	}
	qsort_r(a->order, a->n, sizeof(*a->order), compare_entries, a->names);
	for (i = 1; i < a->n; i++)
		if (strcmp(a->names[a->order[i - 1]],
		    a->names[a->order[i]]) == 0)
			return PARSE_HOSTILE;
	return PARSE_OK;
}

/*
 * The number of entries that the end record claims, before libzip makes
 * room for them; 0 when there is no such record.
 */
static unsigned
claimed_entries(struct bytes file)
{
	size_t	at, low;

	if (file.len < 22)
		return 0;
	low = file.len > 65557 ? file.len - 65557 : 0;
	for (at = file.len - 22 + 1; at-- > low;)
		if (memcmp(file.data + at, "PK\5\6", 4) == 0)
			return file.data[at + 10] |
			    (unsigned)file.data[at + 11] << 8;
	return 0;
}

enum parse_status
archive_open(struct bytes file, struct archive **out)
{
	struct archive	*a;
	enum parse_status status;
	zip_source_t	*source;
	unsigned	 claimed = claimed_entries(file);

	/* 65535: the real number stands in a zip64 record */
	if (claimed > LIMIT_ZIP_ENTRIES && claimed != 65535)
		return PARSE_LIMIT;
	a = calloc(1, sizeof(*a));
	source = zip_source_buffer_create(file.data, file.len, 0, NULL);
	if (a == NULL || source == NULL)
		abort();
	a->zip = zip_open_from_source(source, ZIP_RDONLY, NULL);
	if (a->zip == NULL) {
		zip_source_free(source);
		status = PARSE_DAMAGED;
		goto close;
	}
	a->file_len = file.len;
	a->n = (size_t)zip_get_num_entries(a->zip, 0);
	if (a->n > LIMIT_ZIP_ENTRIES) {
		a->n = 0;
		status = PARSE_LIMIT;
		goto close;
	}
	status = index_names(a);
	if (status != PARSE_OK)
		goto close;
	*out = a;
	return PARSE_OK;

close:
	archive_close(a);
	return status;
}

void
archive_close(struct archive *a)
{
	size_t	i;

	if (a == NULL)
		return;
	for (i = 0; a->names != NULL && i < a->n; i++)
		free(a->names[i]);
	free(a->names);
	free(a->order);
	if (a->zip != NULL)
		zip_discard(a->zip);
	free(a);
}

size_t
archive_count(const struct archive *a)
{
	return a->n;
}

const char *
archive_name(const struct archive *a, size_t entry)
{
	const char	*name = zip_get_name(a->zip, entry, ZIP_FL_ENC_RAW);

	return name == NULL ? "" : name;
}

bool
archive_is_encrypted(const struct archive *a, size_t entry)
{
	zip_stat_t	st;

	return zip_stat_index(a->zip, entry, 0, &st) == 0 &&
	    (st.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
	    st.encryption_method != ZIP_EM_NONE;
}

bool
archive_is_folder(const struct archive *a, size_t entry)
{
	size_t	len = strlen(a->names[entry]);

	return len == 0 || a->names[entry][len - 1] == '/';
}

long
archive_find(const struct archive *a, const char *name)
{
	char	*folded = fold_name(name);
	size_t	 low = 0, high = a->n, middle;
	long	 found = -1;
	int	 c;

	while (found == -1 && low < high) {
		middle = (low + high) / 2;
		c = strcmp(folded, a->names[a->order[middle]]);
		if (c == 0)
			found = a->order[middle];
		else if (c < 0)
			high = middle;
		else
			low = middle + 1;
	}
	free(folded);
	return found;
}

enum parse_status
archive_part_open(struct archive *a, size_t entry, size_t limit,
    struct archive_part **out)
{
	struct archive_part *p;
	zip_stat_t	 st;

	if (entry >= a->n || zip_stat_index(a->zip, entry, 0, &st) != 0)
		return PARSE_DAMAGED;
	if (archive_is_encrypted(a, entry))
		return PARSE_ENCRYPTED;
	p = malloc(sizeof(*p));
	if (p == NULL)
		abort();
	p->file = zip_fopen_index(a->zip, entry, 0);
	if (p->file == NULL) {
		free(p);
		return PARSE_DAMAGED;
	}
	p->archive = a;
	p->limit = limit;
	p->stored = st.comp_size < a->file_len ? st.comp_size : a->file_len;
	p->claimed = (st.valid & ZIP_STAT_SIZE) != 0 ? st.size : 0;
	p->done = 0;
	*out = p;
	return PARSE_OK;
}

enum parse_status
archive_part_next(struct archive_part *p, const uint8_t **chunk, size_t *len)
{
	zip_int64_t	got = zip_fread(p->file, p->chunk, sizeof(p->chunk));

	if (got < 0)
		return PARSE_DAMAGED;
	p->done += (size_t)got;
	p->archive->total += (size_t)got;
	if (p->done > p->limit || p->archive->total > LIMIT_FILE_BYTES)
		return PARSE_LIMIT;
	if (p->done > LIMIT_RATIO_FROM && p->done / LIMIT_RATIO > p->stored)
		return PARSE_HOSTILE;
	*chunk = p->chunk;
	*len = (size_t)got;
	return PARSE_OK;
}

void
archive_part_close(struct archive_part *p)
{
	if (p == NULL)
		return;
	(void)zip_fclose(p->file); /* what it would say, fread has said */
	free(p);
}

enum parse_status
archive_read(struct archive *a, size_t entry, size_t limit,
    struct arena *arena, struct bytes *out)
{
	struct pages	*pages = arena_pages(arena);
	struct archive_part *p;
	struct strbuf	 all = {0};
	enum parse_status status;
	const uint8_t	*chunk;
	size_t		 len = 1;

	status = archive_part_open(a, entry, limit, &p);
	if (status != PARSE_OK)
		return status;
	/* the size is a claim: where it is wrong the heap has to do */
	pages_lend(pages, p->claimed, &all);
	while (len > 0 && status == PARSE_OK) {
		status = archive_part_next(p, &chunk, &len);
		if (status == PARSE_OK)
			pages_add(pages, &all, (struct bytes){ chunk, len });
	}
	archive_part_close(p);
	if (status == PARSE_OK)
		*out = pages_take(arena, &all);
	strbuf_clear(&all);
	return status;
}
