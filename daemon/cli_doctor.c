/*
 * `tiepnhan doctor`: checks of everything outside, with what to do. As
 * root, where systemd runs, it looks from within the service's own sandbox
 * and with its credentials; else as the owner of the state.
 */
#include <sys/stat.h>

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/cli.h"
#include "daemon/cli_json.h"
#include "daemon/cli_verbs.h"
#include "daemon/config.h"
#include "daemon/doctor.h"
#include "daemon/problems.h"
#include "daemon/sandbox.h"
#include "daemon/secret.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

static const char *const level_words[] = {
	[FINDING_FINE] = "ok", [FINDING_WARN] = "warn",
	[FINDING_FAIL] = "FAIL"
};

static void
print_people(const struct doctor *d)
{
	const struct finding	*f;
	size_t			 i, warnings = 0, failures = 0;

	for (i = 0; i < d->n; i++) {
		f = &d->list[i];
		warnings += f->level == FINDING_WARN;
		failures += f->level == FINDING_FAIL;
		printf("%-5s %-14s %s\n", level_words[f->level], f->check,
		    f->text);
		if (*f->todo != '\0')
			printf("%20s -> %s\n", "", f->todo);
	}
	printf("%zu failure%s, %zu warning%s\n", failures,
	    failures == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s");
}

static void
print_json(const struct doctor *d)
{
	const struct finding	*f;
	json_t			*list = json_array(), *j;
	size_t			 i;

	for (i = 0; i < d->n; i++) {
		f = &d->list[i];
		j = json_object();
		json_put_text(j, "check", f->check);
		json_put_text(j, "result", f->level == FINDING_FAIL ? "fail" :
		    level_words[f->level]);
		json_put_text(j, "text", f->text);
		json_put_text(j, "todo", f->todo);
		json_push(list, j);
	}
	json_print(list);
}

/* ---- secrets: those that systemd hands over, while we may read them */

static bool
is_credential(const struct endpoint *e)
{
	return *e->password_file == '\0' && *e->password_command == '\0' &&
	    *e->token_command == '\0';
}

static void
load(struct doctor *d, const struct endpoint *e, struct strbuf *secret)
{
	struct finding	f = { .check = "secrets", .code = EX_CONFIG,
			    .todo = "the user of the service must be able to "
			    "get it" };

	if (secret_load(e, secret) == 0)
		return;
	doctor_fail(d, &f, "%s", strbuf_get(secret));
	strbuf_reset(secret);
}

/* Beside the configuration, as the unit has them. */
static void
find_credentials(const struct config *c)
{
	struct strbuf	folder = { 0 };

	strbuf_addf(&folder, "%s/credentials", c->folder);
	if (getenv("CREDENTIALS_DIRECTORY") == NULL &&
	    access(strbuf_get(&folder), X_OK) == 0)
		setenv("CREDENTIALS_DIRECTORY", strbuf_get(&folder), 1);
	strbuf_clear(&folder);
}

/* ---- */

/* Who looks: the owner of the state, or of the one to come. */
static int
become(struct cli *c, const char *state)
{
	struct stat	 st;
	struct passwd	*pw;

	if (stat(state, &st) == 0)
		return cli_become(c, st.st_uid, st.st_gid);
	if (errno == EACCES)
		return cli_not_allowed(c, CLI_SERVICE_USER);
	pw = geteuid() == 0 ? getpwnam(CLI_SERVICE_USER) : NULL;
	return pw == NULL ? 0 : cli_become(c, pw->pw_uid, pw->pw_gid);
}

static int
examine(struct cli *c, const struct config *config)
{
	struct doctor	d = { .arena = c->arena, .now = c->now };
	struct strbuf	mailbox = { 0 }, outgoing = { 0 };
	int		rc;

	find_credentials(config);
	if (is_credential(&config->mailbox))
		load(&d, &config->mailbox, &mailbox);
	if (is_credential(&config->outgoing))
		load(&d, &config->outgoing, &outgoing);
	rc = become(c, config->state);
	if (rc != 0)
		return rc;
	if (!is_credential(&config->mailbox))
		load(&d, &config->mailbox, &mailbox);
	if (!is_credential(&config->outgoing))
		load(&d, &config->outgoing, &outgoing);
	doctor_files(&d, config);
	doctor_host(&d, config);
	doctor_state(&d, config);
	doctor_mailbox(&d, config, strbuf_get(&mailbox));
	doctor_outgoing(&d, config, strbuf_get(&outgoing));
	secret_wipe(&mailbox);
	secret_wipe(&outgoing);
	if (cli_given(&c->args, OPT_JSON))
		print_json(&d);
	else
		print_people(&d);
	return doctor_code(&d);
}

/* In the service's own sandbox, where there is one; else go on here. */
static void
enter_sandbox(struct cli *c)
{
	struct strbuf	 unit = { 0 };
	const char	*argv[] = { "-c", c->config_file, "doctor", "--here",
			    cli_given(&c->args, OPT_JSON) ? "--json" : NULL,
			    NULL };

	if (!cli_given(&c->args, OPT_HERE) &&
	    sandbox_unit(c->config_file, &unit) == 0)
		(void)sandbox_enter(strbuf_get(&unit), argv);
	strbuf_clear(&unit);
}

int
cli_doctor(struct cli *c)
{
	struct problems	 problems;
	struct config	*config;
	int		 rc;

	enter_sandbox(c);
	rc = cli_check_config(c);
	if (rc != 0)
		return rc;
	problems_init(&problems);
	config = config_load(c->config_file, &problems);
	rc = config == NULL ? cli_problems(&problems) : examine(c, config);
	problems_clear(&problems);
	config_free(config);
	return rc;
}
