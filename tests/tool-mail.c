/*
 * For developers and the corpus test: read mails and print what was read,
 * without jail. tool-mail FILE…
 */
#include <stdio.h>
#include <string.h>

#include <gmime/gmime.h>

#include "parsers/arena.h"
#include "parsers/message.h"
#include "parsers/strbuf.h"
#include "tests/describe_mail.h"

static int
slurp(const char *path, struct strbuf *b)
{
	char	 room[65536];
	size_t	 n;
	FILE	*f = fopen(path, "rb");

	if (f == NULL)
		return -1;
	while ((n = fread(room, 1, sizeof(room), f)) > 0)
		strbuf_add(b, room, n);
	fclose(f);
	return 0;
}

static int
show(const char *path)
{
	struct strbuf	 raw = { 0 }, out = { 0 };
	struct arena	*arena = arena_new(0);
	struct message	*m;

	if (slurp(path, &raw) == -1) {
		perror(path);
		return 66;
	}
	m = message_read((struct bytes){ (const uint8_t *)strbuf_get(&raw),
	    raw.len }, arena);
	describe_mail(m, &out);
	printf("%s%zu bytes of body\n", strbuf_get(&out), strlen(m->body));
	strbuf_clear(&raw);
	strbuf_clear(&out);
	arena_free(arena);
	return 0;
}

int
main(int argc, char **argv)
{
	int	i, failed = 0;

	g_mime_init();
	for (i = 1; i < argc; i++)
		failed |= show(argv[i]);
	return failed;
}
