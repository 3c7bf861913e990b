/*
 * Makes an open campaign folder from a letter, for tests of the daemon:
 *   tool-campaign UNITS.csv LETTER.docx STATE/campaigns/ID NUMBER DATE
 */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "daemon/campaign.h"
#include "daemon/campaign_propose.h"
#include "daemon/campaign_write.h"
#include "daemon/lexicon_load.h"
#include "daemon/parser.h"
#include "daemon/problems.h"
#include "daemon/roster.h"
#include "parsers/arena.h"
#include "parsers/letter_codec.h"
#include "parsers/strbuf.h"

static int
complain(const struct problems *p)
{
	size_t	 i;

	for (i = 0; i < p->n; i++)
		fprintf(stderr, "%s\n", p->lines[i]);
	return 1;
}

int
main(int argc, char **argv)
{
	struct parser_request rq = { .job = PARSER_LETTER, .in_fd = -1,
		.index = PARSER_WHOLE_FILE };
	struct arena	*arena = arena_new(0);
	struct strbuf	 answer = { 0 };
	struct proposal	 pr = { .id = "" };
	struct problems	 problems;
	struct parser	*parser;
	struct campaign	*c;
	struct bytes	 blob;
	enum parse_status status;

	if (argc != 6)
		return 64;
	problems_init(&problems);
	parser = parser_start();
	rq.in_fd = open(argv[2], O_RDONLY | O_CLOEXEC);
	status = parser_run(parser, &rq, &answer);
	if (status != PARSE_OK) {
		fprintf(stderr, "%s: not read: %d %s\n", argv[2], (int)status,
		    parser_error(parser));
		return 1;
	}
	blob.data = (const uint8_t *)answer.s;
	blob.len = answer.len;
	pr.letter = letter_decode(blob, arena);
	pr.roster = roster_load(argv[1], &problems);
	pr.lexicon = lexicon_load(arena, &problems);
	if (pr.letter == NULL || pr.roster == NULL || pr.lexicon == NULL)
		return complain(&problems);
	pr.id = basename(arena_strdup(arena, argv[3]));
	pr.number = argv[4];
	pr.date = argv[5];
	pr.now = time(NULL);
	c = campaign_propose(&pr);
	c->dir = argv[3];
	c->state = CAMPAIGN_OPEN;
	if ((mkdir(argv[3], 0700) == -1 && errno != EEXIST) ||
	    campaign_save(c) == -1) {
		fprintf(stderr, "%s: %s\n", argv[3], strerror(errno));
		return 1;
	}
	campaign_free(c);
	parser_stop(parser);
	strbuf_clear(&answer);
	arena_free(arena);
	return 0;
}
