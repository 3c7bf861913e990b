/*
 * The command line of `tiepnhan`: one table of options; each verb names
 * those that it takes, so that -n may mean lines here and rehearsal there.
 */
#include "daemon/cli_args.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/problems.h"
#include "parsers/strbuf.h"

struct option_row {
	const char	*name;
	char		 letter;   /* '\0' none */
	const char	*argument; /* NULL: takes none */
	const char	*help;
};

static const struct option_row options[OPT_COUNT] = {
	[OPT_CONFIG] = { "config", 'c', "FILE",
	    "configuration file" },
	[OPT_HELP] = { "help", 'h', NULL,
	    "this text" },
	[OPT_JSON] = { "json", 0, NULL,
	    "print JSON" },
	[OPT_NOW] = { "now", 0, "TIME",
	    "act as if it were TIME (2027-03-15T08:00:00+07:00)" },
	[OPT_DRY_RUN] = { "dry-run", 'n', NULL,
	    "change and send nothing, say what would be done" },
	[OPT_LINE] = { "line", 0, NULL,
	    "one sentence, for the leader" },
	[OPT_CSV] = { "csv", 0, NULL,
	    "print CSV (UTF-8 with BOM, semicolons)" },
	[OPT_REGISTER] = { "register", 0, NULL,
	    "print the register of incoming documents as CSV" },
	[OPT_XLSX] = { "xlsx", 0, "FILE",
	    "write the table as a workbook" },
	[OPT_HTML_FILE] = { "html", 0, "FILE",
	    "write the page" },
	[OPT_ANNEX] = { "annex", 0, "FILE",
	    "write the table as a DOCX to be signed (phụ lục)" },
	[OPT_LETTER] = { "letter", 0, "FILE",
	    "write the draft of a follow-up letter (công văn đôn đốc)" },
	[OPT_FOLLOW] = { "follow", 'f', NULL,
	    "go on printing lines as they come" },
	[OPT_LINES] = { "lines", 'n', "N",
	    "the last N lines (default 20; 0 = all)" },
	[OPT_NEEDS_CLERK] = { "needs-clerk", 0, NULL,
	    "only mail that waits for the clerk" },
	[OPT_RAW] = { "raw", 0, NULL,
	    "print the mail as it was received" },
	[OPT_ID] = { "id", 0, "ID",
	    "name of the campaign's folder (a-z 0-9 -)" },
	[OPT_NUMBER] = { "number", 0, "N",
	    "number of the letter, as 7-CV/VP" },
	[OPT_DATE] = { "date", 0, "DATE",
	    "date of the letter" },
	[OPT_LIKE] = { "like", 0, "OLD",
	    "take over the settings of an older campaign" },
	[OPT_NO_NUMBER] = { "no-number", 0, NULL,
	    "open although number or date of the letter is blank" },
	[OPT_KIND] = { "kind", 0, "KIND",
	    "kind of the reporting unit, as in units.csv; KIND+TAG" },
	[OPT_REMEMBER] = { "remember", 0, NULL,
	    "remember the sender's address for the unit" },
	[OPT_REASON] = { "reason", 0, "TEXT",
	    "why; kept with the event" },
	[OPT_UNTIL] = { "until", 0, "DATE",
	    "last day for the report that is asked for" },
	[OPT_UNIT] = { "unit", 0, "UNIT",
	    "code of the unit" },
	[OPT_RECEIVED] = { "received", 0, "TIME",
	    "when it was received (default: now)" },
	[OPT_CHANNEL] = { "channel", 0, "CHANNEL",
	    "paper, usb, zalo or other (default: other)" },
	[OPT_CAMPAIGN] = { "campaign", 0, "ID",
	    "campaign, where more than one is open" },
	[OPT_SECTION] = { "section", 0, "ID",
	    "section of the outline, as II.1" },
	[OPT_PREVIEW] = { "preview", 0, NULL,
	    "show what would go to whom and when" },
	[OPT_OUTPUT] = { "output", 'o', "FILE",
	    "file to write" },
	[OPT_HTML] = { "html", 0, NULL,
	    "write HTML instead of DOCX" },
	[OPT_CONCERNS] = { "concerns", 0, NULL,
	    "gather shortcomings and proposals in a first annex" },
	[OPT_HEAD] = { "head", 0, "HEX",
	    "a head of the audit chain noted earlier" },
	[OPT_HERE] = { "here", 0, NULL,
	    "look from here, not from within the unit's sandbox" },
	[OPT_VERSION] = { "version", 0, NULL,
	    "versions of program and libraries" }
};

/* What every verb takes. */
static const enum cli_option always[] = { OPT_CONFIG, OPT_HELP, OPT_VERSION,
    OPT_END };

static enum cli_option
find_in(const enum cli_option *list, const char *name, size_t len,
    char letter)
{
	const struct option_row	*row;

	for (; *list != OPT_END; list++) {
		row = &options[*list];
		if (letter != '\0' ? row->letter == letter :
		    strlen(row->name) == len &&
		    memcmp(row->name, name, len) == 0)
			return *list;
	}
	return OPT_END;
}

static enum cli_option
find(const enum cli_option *takes, const char *name, size_t len, char letter)
{
	enum cli_option	o = find_in(takes, name, len, letter);

	return o != OPT_END ? o : find_in(always, name, len, letter);
}

static void
unknown(const enum cli_option *takes, const char *arg, struct strbuf *why)
{
	const char	*names[OPT_COUNT + 1] = { NULL };
	const char	*near = NULL;
	size_t		 n = 0;

	for (; *takes != OPT_END; takes++)
		names[n++] = options[*takes].name;
	if (strncmp(arg, "--", 2) == 0)
		near = problems_nearest(arg + 2, names);
	strbuf_addf(why, "no option %s here", arg);
	if (near != NULL)
		strbuf_addf(why, "; did you mean --%s?", near);
}

static int
set(struct cli_args *a, enum cli_option o, const char *value,
    struct strbuf *why)
{
	if (a->value[o] != NULL && o != OPT_CONFIG) {
		strbuf_addf(why, "--%s is given twice", options[o].name);
		return -1;
	}
	a->value[o] = value;
	return 0;
}

/*
 * One option at argv[*i]; *i moves to the last word that it used. Letters
 * are not bundled: each verb has at most two.
 */
static int
take(struct cli_args *a, const enum cli_option *takes, int argc, char **argv,
    int *i, struct strbuf *why)
{
	const char	*arg = argv[*i], *value = NULL;
	enum cli_option	 o;
	size_t		 len;

	if (arg[1] == '-') {
		len = strcspn(arg + 2, "=");
		o = find(takes, arg + 2, len, '\0');
		if (arg[2 + len] == '=')
			value = arg + 2 + len + 1;
	} else {
		o = find(takes, NULL, 0, arg[1]);
		if (arg[2] != '\0')
			value = arg + 2;
	}
	if (o == OPT_END) {
		unknown(takes, arg, why);
		return -1;
	}
	if (options[o].argument == NULL) {
		if (value != NULL) {
			strbuf_addf(why, "--%s takes no argument",
			    options[o].name);
			return -1;
		}
		return set(a, o, "", why);
	}
	if (value == NULL && *i + 1 < argc)
		value = argv[++*i];
	if (value == NULL) {
		strbuf_addf(why, "--%s wants %s", options[o].name,
		    options[o].argument);
		return -1;
	}
	return set(a, o, value, why);
}

int
cli_args_parse(struct cli_args *a, const enum cli_option *takes, int argc,
    char **argv, struct strbuf *why)
{
	bool	is_over = false;
	int	i;

	memset(a, 0, sizeof(*a));
	a->words = calloc((size_t)argc + 1, sizeof(*a->words));
	if (a->words == NULL)
		abort();
	for (i = 0; i < argc; i++) {
		if (is_over || argv[i][0] != '-' || argv[i][1] == '\0')
			a->words[a->n_words++] = argv[i];
		else if (strcmp(argv[i], "--") == 0)
			is_over = true;
		else if (take(a, takes, argc, argv, &i, why) == -1)
			return -1;
	}
	return 0;
}

void
cli_args_clear(struct cli_args *a)
{
	free(a->words);
	memset(a, 0, sizeof(*a));
}

bool
cli_given(const struct cli_args *a, enum cli_option o)
{
	return a->value[o] != NULL;
}

const char *
cli_value(const struct cli_args *a, enum cli_option o, const char *fallback)
{
	return a->value[o] != NULL ? a->value[o] : fallback;
}

static void
help_line(enum cli_option o, struct strbuf *out)
{
	const struct option_row	*row = &options[o];
	size_t			 start = out->len;

	strbuf_adds(out, "  ");
	if (row->letter != '\0')
		strbuf_addf(out, "-%c, ", row->letter);
	strbuf_addf(out, "--%s", row->name);
	if (row->argument != NULL)
		strbuf_addf(out, " %s", row->argument);
	do
		strbuf_addc(out, ' ');
	while (out->len - start < 24);
	strbuf_addf(out, "%s\n", row->help);
}

void
cli_args_help(const enum cli_option *takes, struct strbuf *out)
{
	const enum cli_option	*o;

	for (o = takes; *o != OPT_END; o++)
		help_line(*o, out);
	for (o = always; *o != OPT_END; o++)
		help_line(*o, out);
}

/* "-o FILE" or "--unit UNIT" among the words of a verb? */
static bool
is_among(const char *words, const struct option_row *row)
{
	const char	letter[] = { '-', row->letter, ' ', '\0' };
	const char	*at = strstr(words, row->name);

	return row->letter != '\0' ? strstr(words, letter) != NULL :
	    at != NULL && at > words + 1 && memcmp(at - 2, "--", 2) == 0;
}

void
cli_args_usage(const char *words, const enum cli_option *takes,
    struct strbuf *out)
{
	const struct option_row	*row;

	for (; *takes != OPT_END; takes++) {
		row = &options[*takes];
		if (is_among(words, row))
			continue;
		if (row->letter != '\0')
			strbuf_addf(out, " [-%c", row->letter);
		else
			strbuf_addf(out, " [--%s", row->name);
		if (row->argument != NULL)
			strbuf_addf(out, " %s", row->argument);
		strbuf_addc(out, ']');
	}
}
