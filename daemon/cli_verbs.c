/* The verbs of `tiepnhan`: one row each. */
#include "daemon/cli.h"

#define TAKES(...) (const enum cli_option[]){ __VA_ARGS__, OPT_END }
#define TAKES_NOTHING (const enum cli_option[]){ OPT_END }

const struct verb verbs[] = {
	{ "letter", "FILE.docx",
	  "Reads a letter (công văn) and prints what it understood.",
	  cli_letter, VERB_ANYONE, VERB_ALL_FILES, 1, 1, TAKES(OPT_JSON) },
	{ "outline", "FILE.docx",
	  "Reads a report and prints its headings.",
	  cli_outline, VERB_ANYONE, VERB_ALL_FILES, 1, 1, TAKES(OPT_JSON) },
	{ "map", "LETTER.docx REPORT.docx",
	  "Maps a report to the outline of a letter.",
	  cli_map, VERB_ANYONE, VERB_ALL_FILES, 2, 2,
	  TAKES(OPT_KIND, OPT_JSON) },
	{ 0 }
};
