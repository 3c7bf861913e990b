/*
 * `tiepnhan`, the command for clerk and administrator: finds the verb,
 * reads its options, opens what its row in the table says, and runs it.
 */
#include "daemon/cli.h"

#include <errno.h>
#include <pwd.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>
#include <libxml/xmlversion.h>
#include <libxml/parser.h>
#include <unistring/version.h>
#include <xlsxwriter.h>
#include <zip.h>

#include <config.h>
#include "daemon/cli_verbs.h"
#include "daemon/config.h"
#include "daemon/localtime.h"
#include "daemon/office.h"
#include "daemon/parser.h"
#include "daemon/problems.h"
#include "daemon/rehearsal.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "spool/store.h"

#define WHO_MAX 64

int
cli_fail(const struct cli *c, int code, const char *fmt, ...)
{
	va_list	ap;

	fflush(stdout);
	fprintf(stderr, "tiepnhan %s: ", c->verb->name);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	return code;
}

int
cli_problems(const struct problems *p)
{
	size_t	i;

	for (i = 0; i < p->n; i++)
		fprintf(stderr, "%s\n", p->lines[i]);
	return EX_CONFIG;
}

/* ---- help */

static void
usage_line(const struct verb *v, struct strbuf *out)
{
	strbuf_addf(out, "usage: tiepnhan [-c FILE] %s", v->name);
	if (*v->words != '\0')
		strbuf_addf(out, " %s", v->words);
	cli_args_usage(v->words, v->takes, out);
	strbuf_addc(out, '\n');
}

static int
print_help(const struct verb *v)
{
	struct strbuf	out = { 0 };

	usage_line(v, &out);
	strbuf_addf(&out, "\n%s\n\n", v->help);
	cli_args_help(v->takes, &out);
	fputs(strbuf_get(&out), stdout);
	strbuf_clear(&out);
	return 0;
}

/* What a verb does, in a line: its help's first clause. */
static void
print_clause(const char *help, FILE *f)
{
	const char	*s;

	for (s = help; *s != '\0' && strchr(":;", *s) == NULL; s++) {
		if (*s == '.' && (s[1] == '\0' || s[1] == '\n' ||
		    s[1] == ' '))
			break;
		fputc(*s == '\n' ? ' ' : *s, f);
	}
	fputc('\n', f);
}

static void
print_verbs(FILE *f)
{
	const struct verb	*v;

	fputs("usage: tiepnhan [-c FILE] VERB ...\n"
	    "       tiepnhan VERB --help\n"
	    "       tiepnhan --version\n\n", f);
	for (v = verbs; v->name != NULL; v++) {
		fprintf(f, "  %-14s  ", v->name);
		print_clause(v->help, f);
	}
}

/* The program and the libraries it runs with. */
static int
print_versions(void)
{
	puts(PACKAGE_STRING);
	printf("sqlite %s, libxml2 %s, libzip %s, jansson %s, "
	    "libxlsxwriter %s, libunistring %d.%d\n", store_sqlite_version(),
	    xmlParserVersion, zip_libzip_version(), jansson_version_str(),
	    lxw_version(), _libunistring_version >> 16 & 255,
	    _libunistring_version >> 8 & 255);
	return 0;
}

/* ---- finding the verb */

/* A verb of one or two words; *used says how many. */
static const struct verb *
find_verb(int argc, char **argv, int *used)
{
	const struct verb	*v;
	size_t			 len = strlen(argv[0]);

	for (v = verbs; v->name != NULL; v++) {
		*used = 1;
		if (strcmp(v->name, argv[0]) == 0)
			return v;
		*used = 2;
		if (argc > 1 && strncmp(v->name, argv[0], len) == 0 &&
		    v->name[len] == ' ' &&
		    strcmp(v->name + len + 1, argv[1]) == 0)
			return v;
	}
	return NULL;
}

/* `tiepnhan campaign` alone: say which there are. */
static bool
print_family(const char *word)
{
	const struct verb	*v;
	size_t			 len = strlen(word);
	bool			 found = false;

	for (v = verbs; v->name != NULL; v++) {
		if (strncmp(v->name, word, len) != 0 || v->name[len] != ' ')
			continue;
		if (!found)
			fprintf(stderr, "tiepnhan: %s what? There are:\n",
			    word);
		fprintf(stderr, "  %s %s\n", v->name, v->words);
		found = true;
	}
	return found;
}

static int
unknown_verb(const char *word)
{
	const char		**names;
	const struct verb	*v;
	const char		*near;
	size_t			 n = 0;

	if (print_family(word))
		return EX_USAGE;
	for (v = verbs; v->name != NULL; v++)
		n++;
	names = calloc(n + 1, sizeof(*names));
	if (names == NULL)
		abort();
	for (n = 0, v = verbs; v->name != NULL; v++)
		names[n++] = v->name;
	near = problems_nearest(word, names);
	fprintf(stderr, "tiepnhan: no verb '%s'", word);
	if (near != NULL)
		fprintf(stderr, "; did you mean '%s'?", near);
	fputs(" (tiepnhan --help lists them)\n", stderr);
	free(names);
	return EX_USAGE;
}

/* ---- running it */

static const char *
person(struct arena *arena)
{
	const char	*name = getenv("SUDO_USER");
	struct passwd	*pw;
	size_t		 i;

	if (name == NULL || *name == '\0') {
		pw = getpwuid(getuid());
		if (pw == NULL)
			return arena_printf(arena, "uid %u",
			    (unsigned)getuid());
		name = pw->pw_name;
	}
	for (i = 0; i < WHO_MAX && name[i] > ' ' && name[i] != 0x7f; i++)
		;
	return arena_strndup(arena, name, i);
}

static int
check_words(const struct cli *c)
{
	struct strbuf	out = { 0 };
	const size_t	n = c->args.n_words;

	if (n >= c->verb->least && n <= c->verb->most)
		return 0;
	usage_line(c->verb, &out);
	if (n < c->verb->least)
		cli_fail(c, EX_USAGE, "too few words");
	else
		cli_fail(c, EX_USAGE, "one word too many: %s",
		    c->args.words[c->verb->most]);
	fputs(strbuf_get(&out), stderr);
	strbuf_clear(&out);
	return EX_USAGE;
}

static int
read_args(struct cli *c, int argc, char **argv)
{
	struct strbuf	 why = { 0 };
	const char	*now;
	int		 rc;

	rc = cli_args_parse(&c->args, c->verb->takes, argc, argv, &why);
	if (rc == -1)
		cli_fail(c, EX_USAGE, "%s", strbuf_get(&why));
	strbuf_clear(&why);
	if (rc == -1)
		return EX_USAGE;
	if (cli_given(&c->args, OPT_HELP) ||
	    cli_given(&c->args, OPT_VERSION))
		return 0;
	c->config_file = cli_value(&c->args, OPT_CONFIG, c->config_file);
	c->is_dry = cli_given(&c->args, OPT_DRY_RUN);
	now = cli_value(&c->args, OPT_NOW, NULL);
	if (now != NULL && local_parse(now, &c->now) == -1)
		return cli_fail(c, EX_USAGE, "--now %s: not a time; right "
		    "would be 2027-03-15T08:00:00+07:00", now);
	return check_words(c);
}

static int
run(struct cli *c, int argc, char **argv)
{
	size_t	i;
	int	rc;

	rc = read_args(c, argc, argv);
	if (rc != 0)
		return rc;
	if (cli_given(&c->args, OPT_HELP))
		return print_help(c->verb);
	if (cli_given(&c->args, OPT_VERSION))
		return print_versions();
	/* files first: root may read what the owner of the state may not */
	rc = cli_open_inputs(c);
	if (rc == 0 && c->verb->access != VERB_ANYONE)
		rc = cli_open(c);
	if (rc == 0)
		rc = c->verb->run(c);
	for (i = 0; c->inputs != NULL && i < c->args.n_words; i++)
		if (c->inputs[i] != -1)
			close(c->inputs[i]);
	return rc;
}

/* What was printed has arrived; a reader that has seen enough is no
 * trouble. */
static int
end_output(int rc)
{
	if ((fflush(stdout) == 0 && !ferror(stdout)) || errno == EPIPE)
		return rc;
	fprintf(stderr, "tiepnhan: standard output: %s\n", strerror(errno));
	return EX_TEMPFAIL;
}

/* Options before the verb; the number of words used, or -1. */
static int
leading(int argc, char **argv, const char **config_file, int *rc)
{
	int	i;

	*rc = EX_USAGE;
	for (i = 1; i < argc && argv[i][0] == '-'; i++) {
		if (strcmp(argv[i], "--help") == 0 ||
		    strcmp(argv[i], "-h") == 0) {
			print_verbs(stdout);
			*rc = 0;
			return -1;
		}
		if (strcmp(argv[i], "--version") == 0) {
			*rc = print_versions();
			return -1;
		}
		if (strncmp(argv[i], "--config=", 9) == 0)
			*config_file = argv[i] + 9;
		else if ((strcmp(argv[i], "-c") == 0 ||
		    strcmp(argv[i], "--config") == 0) && i + 1 < argc)
			*config_file = argv[++i];
		else {
			fprintf(stderr, "tiepnhan: %s: only -c FILE, --help "
			    "and --version may stand before the verb\n",
			    argv[i]);
			return -1;
		}
	}
	if (i == argc) {
		print_verbs(stderr);
		return -1;
	}
	return i;
}

int
main(int argc, char **argv)
{
	struct cli	 c = { .now = time(NULL), .output = -1 };
	int		 at, used, rc;

	signal(SIGPIPE, SIG_IGN);
	c.config_file = config_default_file();
	at = leading(argc, argv, &c.config_file, &rc);
	if (at == -1)
		return end_output(rc);
	c.verb = find_verb(argc - at, argv + at, &used);
	if (c.verb == NULL)
		return unknown_verb(argv[at]);
	c.arena = arena_new(0);
	c.who = person(c.arena);
	rc = end_output(run(&c, argc - at - used, argv + at + used));
	parser_stop(c.parser);
	if (c.scratch.len > 0)
		rehearsal_end(c.office, &c.scratch);
	office_free(c.office);
	free(c.inputs);
	cli_args_clear(&c.args);
	arena_free(c.arena);
	return rc;
}
