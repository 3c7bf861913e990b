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
#include "tests/whole_file.h"

static void
show(const char *path)
{
	struct bytes	 raw = whole_file(path);
	struct strbuf	 out = { 0 };
	struct arena	*arena = arena_new(0);
	struct message	*m;

	m = message_read(raw, arena);
	describe_mail(m, &out);
	printf("%s%zu bytes of body\n", strbuf_get(&out), strlen(m->body));
	strbuf_clear(&out);
	arena_free(arena);
}

int
main(int argc, char **argv)
{
	int	i;

	g_mime_init();
	for (i = 1; i < argc; i++)
		show(argv[i]);
	return 0;
}
