/* Zip files made in memory for tests. */
#include "tests/zip_parts.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zip.h>

#include "parsers/arena.h"
#include "parsers/strbuf.h"

static struct bytes
read_back(zip_source_t *source, struct arena *arena)
{
	struct bytes	 file;
	zip_stat_t	 st;
	uint8_t		*data;

	if (zip_source_stat(source, &st) != 0 ||
	    zip_source_open(source) != 0)
		abort();
	data = arena_alloc(arena, st.size + 1);
	if (zip_source_read(source, data, st.size) != (zip_int64_t)st.size)
		abort();
	(void)zip_source_close(source); /* only read */
	file.data = data;
	file.len = st.size;
	return file;
}

struct bytes
zip_parts(const struct zip_part *parts, struct arena *arena)
{
	zip_source_t	*source, *text;
	struct bytes	 file;
	zip_t		*zip;

	source = zip_source_buffer_create(NULL, 0, 0, NULL);
	if (source == NULL)
		abort();
	zip_source_keep(source);
	zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
	if (zip == NULL)
		abort();
	for (; parts->name != NULL; parts++) {
		text = zip_source_buffer(zip, parts->text,
		    parts->len > 0 ? parts->len : strlen(parts->text), 0);
		if (text == NULL || zip_file_add(zip, parts->name, text,
		    ZIP_FL_ENC_UTF_8) < 0)
			abort();
	}
	if (zip_close(zip) != 0)
		abort();
	file = read_back(source, arena);
	zip_source_free(source);
	return file;
}

struct bytes
load_file(const char *path, struct arena *arena)
{
	struct strbuf	 all = {0};
	struct bytes	 file;
	char		 buffer[65536];
	size_t		 n;
	FILE		*f = fopen(path, "rb");

	if (f == NULL) {
		perror(path);
		abort();
	}
	while ((n = fread(buffer, 1, sizeof(buffer), f)) > 0)
		strbuf_add(&all, buffer, n);
	(void)fclose(f); /* only read */
	file.data = (const uint8_t *)arena_strndup(arena, strbuf_get(&all),
	    all.len);
	file.len = all.len;
	strbuf_clear(&all);
	return file;
}
