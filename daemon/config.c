/*
 * tiepnhan.conf: one table says what each key is; reading, checking and
 * printing follow it.
 */
#include "daemon/config.h"

#include <sys/stat.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/config_value.h"
#include "daemon/inifile.h"
#include "daemon/limits.h"
#include "daemon/paths.h"
#include "daemon/problems.h"
#include "daemon/textfile.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

enum setting_kind {
	SET_TEXT, SET_ADDRESS, SET_FROM, SET_MAILBOX_URL, SET_OUTGOING_URL,
	SET_FOLDERS, SET_DAY, SET_DURATION, SET_AFTER, SET_DAYS, SET_PATH,
	SET_YES,
	SET_SECRET	/* a command that may hold a secret */
};

struct setting {
	const char	*section;
	const char	*key;
	enum setting_kind kind;
	size_t		 offset; /* into struct config */
	const char	*usual;	 /* where the file does not say */
	bool		 required;
};

#define AT(field) offsetof(struct config, field)

static const struct setting settings[] = {
	{ "office", "name", SET_TEXT, AT(office_name), "", true },
	{ "office", "receiver", SET_TEXT, AT(receiver), "", false },
	{ "office", "contact_name", SET_TEXT, AT(contact_name), "", false },
	{ "office", "contact_phone", SET_TEXT, AT(contact_phone), "", false },
	{ "office", "clerk", SET_ADDRESS, AT(clerk), "", true },

	{ "mailbox", "url", SET_MAILBOX_URL, AT(mailbox), "", true },
	{ "mailbox", "user", SET_TEXT, AT(mailbox.user), "", false },
	{ "mailbox", "password_file", SET_PATH, AT(mailbox.password_file),
	  "", false },
	{ "mailbox", "password_command", SET_SECRET,
	  AT(mailbox.password_command), "", false },
	{ "mailbox", "token_command", SET_SECRET, AT(mailbox.token_command),
	  "", false },
	{ "mailbox", "ca_file", SET_PATH, AT(mailbox.ca_file), "", false },
	{ "mailbox", "folders", SET_FOLDERS, AT(folders), "INBOX", false },
	{ "mailbox", "since", SET_DAY, AT(since), "", false },
	{ "mailbox", "poll", SET_DURATION, AT(poll_s), "120s", false },
	{ "mailbox", "after", SET_AFTER, AT(after), "nothing", false },
	{ "mailbox", "keep", SET_DAYS, AT(keep_days), "90", false },

	{ "outgoing", "url", SET_OUTGOING_URL, AT(outgoing), "", true },
	{ "outgoing", "user", SET_TEXT, AT(outgoing.user), "", false },
	{ "outgoing", "password_file", SET_PATH, AT(outgoing.password_file),
	  "", false },
	{ "outgoing", "password_command", SET_SECRET,
	  AT(outgoing.password_command), "", false },
	{ "outgoing", "token_command", SET_SECRET,
	  AT(outgoing.token_command), "", false },
	{ "outgoing", "ca_file", SET_PATH, AT(outgoing.ca_file), "", false },
	{ "outgoing", "from", SET_FROM, AT(from), "", true },

	{ "paths", "state", SET_PATH, AT(state),
	  LOCALSTATEDIR "/lib/tiepnhan", false },
	{ "paths", "units", SET_PATH, AT(units), "units.csv", false },
	{ "paths", "holidays", SET_PATH, AT(holidays), "", false },
	{ "paths", "templates", SET_PATH, AT(templates), "", false },
	{ "paths", "publish", SET_PATH, AT(publish), "", false },

	{ "reading", "convert", SET_YES, AT(convert), "no", false },

	{ "trust", "authserv_id", SET_TEXT, AT(authserv_id), "", false },
};

#define N_SETTINGS (sizeof(settings) / sizeof(settings[0]))

const char *
config_default_file(void)
{
	return SYSCONFDIR "/tiepnhan.conf";
}

/* ---- reading */

static const char *
read_folders(struct config *c, const char *value)
{
	const char	**list, *name;
	size_t		  len;

	list = arena_calloc(c->arena, FETCH_FOLDERS, sizeof(*list));
	c->n_folders = 0;
	for (; *value != '\0'; value += value[len] == ',' ? len + 1 : len) {
		len = strcspn(value, ",");
		name = text_clean(arena_strndup(c->arena, value, len),
		    c->arena);
		if (*name == '\0')
			continue;
		if (c->n_folders == FETCH_FOLDERS)
			return "names too many folders; 16 is the limit";
		list[c->n_folders++] = name;
	}
	c->folders = list;
	return c->n_folders == 0 ? "names no folder; write INBOX" :
	    NULL;
}

static const char *
read_from(struct config *c, const char *value)
{
	c->from = text_clean(value, c->arena);
	return config_address(c->from, c->arena, &c->from_name,
	    &c->from_address) == 0 ? NULL :
	    "is no sender; write NAME <box@host>";
}

/* What is wrong with the value, NULL when it was taken. */
static const char *
read_value(struct config *c, const struct setting *s, const char *value)
{
	char		*field = (char *)c + s->offset;
	const char	*name;

	switch (s->kind) {
	case SET_TEXT:
		*(const char **)field = text_clean(value, c->arena);
		return NULL;
	case SET_SECRET:
		*(const char **)field = arena_strdup(c->arena, value);
		return NULL;
	case SET_PATH:
		*(const char **)field = config_path(value, c->folder,
		    c->arena);
		return NULL;
	case SET_ADDRESS:
		return config_address(value, c->arena, &name,
		    (const char **)field) == 0 ? NULL :
		    "is no mail address; write one like box@host";
	case SET_FROM:
		return read_from(c, value);
	case SET_MAILBOX_URL:
	case SET_OUTGOING_URL:
		return config_read_url(value, s->kind == SET_MAILBOX_URL ?
		    ENDPOINT_FOR_MAILBOX : ENDPOINT_FOR_OUTGOING, c->folder,
		    c->arena, (struct endpoint *)field);
	case SET_FOLDERS:
		return read_folders(c, value);
	case SET_DAY:
		return day_parse(value, (long *)field) == 0 ? NULL :
		    "is no day; write one like 2026-05-01";
	case SET_DURATION:
		return config_read_duration(value, (unsigned *)field);
	case SET_AFTER:
		return config_read_after(value, c->arena, &c->after,
		    &c->after_name);
	case SET_DAYS:
		return config_read_days(value, (unsigned *)field);
	case SET_YES:
		return config_read_yes(value, (bool *)field);
	}
	abort();
}

/* Every pointer set, so that nothing is NULL whatever the file says. */
static void
set_nothing(struct config *c)
{
	size_t	i;

	c->mailbox.url = c->mailbox.host = c->mailbox.path = "";
	c->outgoing.url = c->outgoing.host = c->outgoing.path = "";
	c->mailbox.credential = "mailbox-password";
	c->outgoing.credential = "outgoing-password";
	c->from_name = c->from_address = "";
	c->since = DAY_NONE;
	for (i = 0; i < N_SETTINGS; i++)
		switch (settings[i].kind) {
		case SET_TEXT:
		case SET_ADDRESS:
		case SET_FROM:
		case SET_PATH:
		case SET_SECRET:
			*(const char **)((char *)c + settings[i].offset) = "";
			break;
		default:
			break;
		}
}

static void
read_setting(struct config *c, const struct setting *s,
    const struct inifile *ini, struct problems *problems)
{
	const struct ini_entry	*e = inifile_find(ini, s->section, s->key);
	const char		*why;

	if (e != NULL && *e->value != '\0') {
		why = read_value(c, s, e->value);
		if (why != NULL)
			problems_add(problems, c->file, e->line, "%s: \"%s\" "
			    "%s", s->key, s->kind == SET_SECRET ? "***" :
			    e->value, why);
		return;
	}
	if (s->required)
		problems_add(problems, c->file, e == NULL ? 0 : e->line,
		    "%s in [%s] is missing; it must be given", s->key,
		    s->section);
	else if (*s->usual != '\0')
		(void)read_value(c, s, s->usual); /* right by construction */
}

static unsigned
line_of(const struct inifile *ini, const char *section, const char *key)
{
	const struct ini_entry	*e = inifile_find(ini, section, key);

	return e == NULL ? 0 : e->line;
}

/* What no key alone can tell: the keys of one endpoint together. */
static void
check_endpoint(const struct config *c, const struct endpoint *e,
    const struct inifile *ini, struct problems *problems)
{
	const char	*section = e == &c->mailbox ? "mailbox" : "outgoing";
	int		 ways;

	ways = (*e->password_file != '\0') + (*e->password_command != '\0') +
	    (*e->token_command != '\0');
	if (ways > 1)
		problems_add(problems, c->file, line_of(ini, section,
		    *e->token_command != '\0' ? "token_command" :
		    "password_command"), "[%s] has more than one of "
		    "password_file, password_command, token_command; keep "
		    "one", section);
	if (*e->user == '\0' && (e->kind == ENDPOINT_IMAPS ||
	    e->kind == ENDPOINT_IMAP))
		problems_add(problems, c->file, line_of(ini, section, "url"),
		    "[%s] names no user; add user = BOX", section);
	else if (*e->user == '\0' && ways > 0 && *e->host != '\0')
		problems_add(problems, c->file, line_of(ini, section, "url"),
		    "[%s] has a secret but no user; add user = BOX",
		    section);
}

static void
read_settings(struct config *c, const struct inifile *ini,
    struct problems *problems)
{
	size_t	i;

	for (i = 0; i < N_SETTINGS; i++)
		read_setting(c, &settings[i], ini, problems);
	check_endpoint(c, &c->mailbox, ini, problems);
	check_endpoint(c, &c->outgoing, ini, problems);
	if (*c->receiver == '\0')
		c->receiver = c->office_name;
}

/* What could be understood; mistakes go to problems. */
static struct config *
parse(const char *text, const char *file, struct problems *problems)
{
	struct arena		*arena = arena_new(0);
	struct config		*c = arena_alloc(arena, sizeof(*c));
	struct ini_known	 known[N_SETTINGS + 1] = {0};
	struct inifile		*ini;
	size_t			 i;
	char			*slash;

	c->arena = arena;
	c->file = arena_strdup(arena, file);
	c->folder = arena_strdup(arena, file);
	slash = strrchr(c->folder, '/');
	if (slash == NULL)
		c->folder = ".";
	else
		slash[slash == c->folder] = '\0';
	for (i = 0; i < N_SETTINGS; i++) {
		known[i].section = settings[i].section;
		known[i].key = settings[i].key;
	}
	set_nothing(c);
	ini = inifile_parse(text, file, known, arena, problems);
	read_settings(c, ini, problems);
	return c;
}

struct config *
config_parse(const char *text, const char *file, struct problems *problems)
{
	const size_t	 before = problems->n;
	struct config	*c = parse(text, file, problems);

	if (problems->n == before)
		return c;
	config_free(c);
	return NULL;
}

/* DIR/NAME when there is such a folder, else what was installed. */
static const char *
usual_folder(struct config *c, const char *name)
{
	const char	*path = arena_printf(c->arena, "%s/%s", c->folder,
			    name);
	struct stat	 st;
	char		*installed;

	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return path;
	installed = paths_data(name);
	path = arena_strdup(c->arena, installed);
	free(installed);
	return path;
}

struct config *
config_load_despite(const char *file, struct problems *problems)
{
	struct arena	*arena = arena_new(0);
	struct config	*c = NULL;
	char		*text, *path = realpath(file, NULL);

	text = textfile_read(path != NULL ? path : file, arena, problems);
	if (text != NULL)
		c = parse(text, path != NULL ? path : file, problems);
	if (c != NULL && *c->holidays == '\0')
		c->holidays = usual_folder(c, "holidays");
	if (c != NULL && *c->templates == '\0')
		c->templates = usual_folder(c, "templates");
	free(path);
	arena_free(arena);
	return c;
}

struct config *
config_load(const char *file, struct problems *problems)
{
	const size_t	 before = problems->n;
	struct config	*c = config_load_despite(file, problems);

	if (problems->n == before)
		return c;
	config_free(c);
	return NULL;
}

void
config_free(struct config *c)
{
	if (c != NULL)
		arena_free(c->arena);
}

/* ---- printing */

static void
print_value(const struct config *c, const struct setting *s,
    struct strbuf *out)
{
	const char	*field = (const char *)c + s->offset, *text;
	size_t		 i;

	switch (s->kind) {
	case SET_SECRET:
		text = *(const char *const *)field;
		strbuf_adds(out, *text == '\0' ? "" : "***");
		break;
	case SET_TEXT:
	case SET_PATH:
	case SET_ADDRESS:
	case SET_FROM:
		strbuf_adds(out, *(const char *const *)field);
		break;
	case SET_MAILBOX_URL:
	case SET_OUTGOING_URL:
		strbuf_adds(out, ((const struct endpoint *)field)->url);
		break;
	case SET_FOLDERS:
		for (i = 0; i < c->n_folders; i++)
			strbuf_addf(out, "%s%s", i > 0 ? ", " : "",
			    c->folders[i]);
		break;
	case SET_DAY:
		if (c->since != DAY_NONE)
			strbuf_adds(out, day_iso(c->since, c->arena));
		break;
	case SET_DURATION:
		strbuf_addf(out, "%us", c->poll_s);
		break;
	case SET_AFTER:
		strbuf_addf(out, "%s%s", c->after == AFTER_NOTHING ?
		    "nothing" : c->after == AFTER_KEYWORD ? "keyword:" :
		    "move:", c->after_name);
		break;
	case SET_DAYS:
		strbuf_addf(out, "%u", c->keep_days);
		break;
	case SET_YES:
		strbuf_adds(out, *(const bool *)field ? "yes" : "no");
		break;
	}
}

void
config_print(const struct config *c, struct strbuf *out)
{
	const char	*section = "";
	size_t		 i;

	strbuf_addf(out, "# %s\n", c->file);
	for (i = 0; i < N_SETTINGS; i++) {
		if (strcmp(section, settings[i].section) != 0) {
			section = settings[i].section;
			strbuf_addf(out, "\n[%s]\n", section);
		}
		strbuf_addf(out, "%s = ", settings[i].key);
		print_value(c, &settings[i], out);
		while (out->s[out->len - 1] == ' ')
			out->s[--out->len] = '\0';
		strbuf_addc(out, '\n');
	}
}
