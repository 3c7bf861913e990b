/*
 * Maps a made-up report of LINES headings to an outline of 49 nodes, N
 * times: the cost of matching alone. The matcher is built once, as per
 * campaign.
 *
 * bench-match LINES N      (instructions: under callgrind, with
 *                          --toggle-collect=matcher_cover)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "parsers/arena.h"
#include "parsers/coverage.h"
#include "parsers/label.h"
#include "tests/lexicon_files.h"
#include "tests/notation.h"

#define OUTLINE "%s/tests/bench/outline-49.txt"

/* What reports add to, or put before, the words of an outline. */
static const char *const endings[] = {
	"", " của chi bộ", " tại nhà trường", " trong 6 tháng đầu năm 2026",
	" và một số kết quả khác", " của UBND, HĐND phường",
};

static const char *const sentences[] = {
	"Ngày 12/3 chi bộ tổ chức hội nghị quán triệt nghị quyết",
	"Vận động nhân dân đóng góp làm đường ngõ xóm",
	"Tiếp tục tuyên truyền, vận động hội viên",
};

static struct headings *
make_report(const struct outline *o, size_t lines, struct arena *arena)
{
	struct headings	*h = arena_alloc(arena, sizeof(*h));
	struct heading	*x;
	struct label	 l;
	size_t		 i, node = 0;

	h->h = arena_calloc(arena, lines, sizeof(*h->h));
	h->n = lines;
	for (i = 0; i < lines; i++) {
		x = &h->h[i];
		x->body = "";
		x->words = 40;
		x->confidence = i % 3 == 0 ? 86 : 16;
		if (x->confidence > 50) {
			node = i * o->n / lines;
			while (o->nodes[node].kind == NODE_GUIDANCE)
				node--;
			x->level = o->nodes[node].level;
			x->text = arena_printf(arena, "%s %s%s",
			    o->nodes[node].label, o->nodes[node].text,
			    endings[i % 6]);
		} else {
			x->level = (uint8_t)(o->nodes[node].level + 1);
			x->text = arena_printf(arena, "- %s lần %zu",
			    sentences[i % 3], i);
			x->is_bullet = true;
		}
		label_parse(x->text, &l);
		x->label = arena_strndup(arena, x->text, l.len);
		x->title = x->text + l.title;
	}
	return h;
}

int
main(int argc, char **argv)
{
	struct arena		*arena = arena_new(0), *run;
	const char		*src = getenv("SRC"), *why = "", *text;
	const struct lexicon	*lx = lexicon_files(arena);
	const struct headings	*h;
	struct outline		*o = NULL;
	struct matcher		*m;
	size_t			 lines, n, i, fitting = 0;
	clock_t			 begin;

	if (argc != 3 || lx == NULL) {
		fprintf(stderr, "usage: SRC=… bench-match LINES N\n");
		return 64;
	}
	lines = strtoul(argv[1], NULL, 10);
	n = strtoul(argv[2], NULL, 10);
	text = notation_file(arena_printf(arena, OUTLINE, src == NULL ? "." :
	    src), arena);
	if (text == NULL || outline_parse(text, arena, &o, &why) != 0) {
		fprintf(stderr, "outline: %s\n", why);
		return 65;
	}
	m = matcher_new(o, lx, arena);
	h = make_report(o, lines, arena);
	begin = clock();
	for (i = 0; i < n; i++) {
		run = arena_new(0);
		fitting += matcher_cover(m, h, NULL, run)->fitting;
		arena_free(run);
	}
	printf("%zu nodes, %zu lines: %.1f us each, %zu fitting\n", o->n,
	    lines, (double)(clock() - begin) * 1e6 / CLOCKS_PER_SEC /
	    (double)n, fitting / n);
	arena_free(arena);
	return 0;
}
