/*
 * The clerk's decisions as verbs: assign, accept, return, not-a-report,
 * add, excuse, extend, hold, pause, resume, supplement, undo.
 */
#include "daemon/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/config.h"
#include "daemon/decision.h"
#include "daemon/intake.h"
#include "daemon/localtime.h"
#include "daemon/office.h"
#include "daemon/roster.h"
#include "parsers/arena.h"
#include "spool/mail.h"
#include "spool/store.h"

/* Row number of the mail that word i names; 0 and *rc set when none. */
static int64_t
mail_of_word(struct cli *c, size_t i, int *rc)
{
	struct mail	*m = NULL;
	int64_t		 row = 0;

	*rc = cli_mail(c, c->args.words[i], &m);
	if (*rc == 0)
		row = m->mail;
	free(m);
	return row;
}

/* The units that words from i on name. */
static int
units_of_words(struct cli *c, size_t i, int **units, size_t *n)
{
	size_t	k;
	int	rc;

	*n = c->args.n_words - i;
	*units = arena_calloc(c->arena, *n + 1, sizeof(**units));
	for (k = 0; k < *n; k++) {
		rc = cli_unit(c, c->args.words[i + k], &(*units)[k]);
		if (rc != 0)
			return rc;
	}
	return 0;
}

/* The campaign of --campaign, or the only one that is open. */
static int
campaign_of_option(struct cli *c, struct office_campaign **oc)
{
	return cli_campaign(c, cli_value(&c->args, OPT_CAMPAIGN, NULL), oc);
}

int
cli_assign(struct cli *c)
{
	struct office_campaign	*oc = NULL;
	struct decision		 d;
	size_t			 n;
	int64_t			 mail;
	int			*units, rc;

	mail = mail_of_word(c, 0, &rc);
	if (rc != 0 || (rc = units_of_words(c, 1, &units, &n)) != 0)
		return rc;
	if (cli_given(&c->args, OPT_CAMPAIGN) &&
	    (rc = campaign_of_option(c, &oc)) != 0)
		return rc;
	cli_decision(c, &d);
	rc = decide_assign_for(&d, mail, oc, units, n,
	    cli_given(&c->args, OPT_REMEMBER));
	return cli_decided(c, &d, rc);
}

int
cli_accept(struct cli *c)
{
	struct decision	d;
	int64_t		mail;
	int		rc;

	mail = mail_of_word(c, 0, &rc);
	if (rc != 0)
		return rc;
	cli_decision(c, &d);
	return cli_decided(c, &d, decide_accept(&d, mail));
}

int
cli_return(struct cli *c)
{
	struct decision	 d;
	const char	*until = cli_value(&c->args, OPT_UNTIL, NULL);
	int64_t		 mail;
	long		 day = DAY_NONE;
	int		 rc;

	if (*cli_value(&c->args, OPT_REASON, "") == '\0')
		return cli_fail(c, EX_USAGE, "--reason says why it is "
		    "returned; the unit will ask");
	if (until != NULL && (rc = cli_day(c, until, &day)) != 0)
		return rc;
	mail = mail_of_word(c, 0, &rc);
	if (rc != 0)
		return rc;
	cli_decision(c, &d);
	return cli_decided(c, &d, decide_return(&d, mail, day));
}

int
cli_not_a_report(struct cli *c)
{
	struct decision	d;
	int64_t		mail;
	int		rc;

	mail = mail_of_word(c, 0, &rc);
	if (rc != 0)
		return rc;
	cli_decision(c, &d);
	return cli_decided(c, &d, decide_not_a_report(&d, mail));
}

/* ---- what came another way */

static int
channel_of_option(struct cli *c, enum channel *out)
{
	const char	*s = cli_value(&c->args, OPT_CHANNEL, "other");
	int		 ch;

	for (ch = CHANNEL_PAPER; ch <= CHANNEL_OTHER; ch++) {
		if (strcmp(channel_name((enum channel)ch), s) == 0) {
			*out = (enum channel)ch;
			return 0;
		}
	}
	return cli_fail(c, EX_USAGE, "--channel %s: right would be paper, "
	    "usb, zalo or other", s);
}

static const char *
base_name(const char *path)
{
	const char	*slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* Parse and file what was just entered, unless the daemon will. */
static int
read_now(struct cli *c)
{
	struct intake	*in;
	int		 left;

	if (c->is_dry || store_daemon_pid(c->office->config->state) > 0)
		return 0;
	in = intake_new(c->office);
	left = intake_run(in, c->now);
	intake_free(in);
	if (left == -1)
		return cli_store_failed(c);
	return left > 0 ? EX_TEMPFAIL : 0;
}

int
cli_add(struct cli *c)
{
	struct addition		 a = {.received = c->now, .fd = -1, .name = ""};
	struct office_campaign	*oc;
	struct decision		 d;
	const char		*unit = cli_value(&c->args, OPT_UNIT, NULL);
	const char		*at = cli_value(&c->args, OPT_RECEIVED, NULL);
	size_t			 i = 0;
	int			 rc, read_rc = 0;

	if (unit == NULL)
		return cli_fail(c, EX_USAGE, "--unit says whose report it is");
	if (at != NULL && local_parse(at, &a.received) == -1)
		return cli_fail(c, EX_USAGE, "--received %s: right would be "
		    "2026-05-12T08:00 or 12/5/2026", at);
	if ((rc = campaign_of_option(c, &oc)) != 0 ||
	    (rc = cli_unit(c, unit, &a.unit)) != 0 ||
	    (rc = channel_of_option(c, &a.channel)) != 0)
		return rc;
	a.campaign = oc;
	do {
		if (c->args.n_words > 0) {
			a.fd = c->inputs[i];
			a.name = base_name(c->args.words[i]);
		}
		cli_decision(c, &d);
		rc = decide_add(&d, &a);
		if (rc == 0)
			read_rc = read_now(c);
		rc = cli_decided(c, &d, rc);
	} while (rc == 0 && ++i < c->args.n_words);
	return rc != 0 ? rc : read_rc;
}

/* ---- exceptions */

int
cli_excuse(struct cli *c)
{
	struct office_campaign	*oc;
	struct decision		 d;
	int			 unit, rc;

	if ((rc = campaign_of_option(c, &oc)) != 0 ||
	    (rc = cli_unit(c, c->args.words[0], &unit)) != 0)
		return rc;
	cli_decision(c, &d);
	return cli_decided(c, &d, decide_excuse(&d, oc, unit,
	    cli_value(&c->args, OPT_SECTION, "")));
}

int
cli_extend(struct cli *c)
{
	struct office_campaign	*oc;
	struct decision		 d;
	long			 day;
	int			 unit, rc;

	if ((rc = campaign_of_option(c, &oc)) != 0 ||
	    (rc = cli_unit(c, c->args.words[0], &unit)) != 0 ||
	    (rc = cli_day(c, c->args.words[1], &day)) != 0)
		return rc;
	cli_decision(c, &d);
	return cli_decided(c, &d, decide_extend(&d, oc, unit, day));
}

int
cli_undo(struct cli *c)
{
	struct decision	 d;
	char		*end;
	long long	 event;

	errno = 0;
	event = strtoll(c->args.words[0], &end, 10);
	if (errno != 0 || *end != '\0' || event <= 0)
		return cli_fail(c, EX_USAGE, "%s: not the number of an event; "
		    "each decision says its own", c->args.words[0]);
	cli_decision(c, &d);
	return cli_decided(c, &d, decide_undo(&d, event));
}

/* ---- stop and go */

/* A step of the plan has this name? */
static bool
is_step(const struct campaign *cp, const char *name)
{
	size_t	i;

	for (i = 0; i < cp->plan.n; i++)
		if (strcmp(cp->plan.steps[i].name, name) == 0)
			return true;
	return false;
}

int
cli_hold(struct cli *c)
{
	struct office_campaign	*oc;
	struct decision		 d;
	const char		*step = "";
	int			 unit = -1, rc;

	if ((rc = campaign_of_option(c, &oc)) != 0)
		return rc;
	if (c->args.n_words > 0 && is_step(oc->campaign, c->args.words[0]))
		step = c->args.words[0];
	else if (c->args.n_words > 0 &&
	    (rc = cli_unit(c, c->args.words[0], &unit)) != 0)
		return rc;
	cli_decision(c, &d);
	return cli_decided(c, &d, decide_hold(&d, oc, step, unit));
}

/* The campaign that word 0 names, or the only open one. */
static int
campaign_of_word(struct cli *c, struct office_campaign **oc)
{
	return cli_campaign(c, c->args.n_words > 0 ? c->args.words[0] : NULL,
	    oc);
}

int
cli_pause(struct cli *c)
{
	struct office_campaign	*oc;
	struct decision		 d;
	int			 rc;

	if ((rc = campaign_of_word(c, &oc)) != 0)
		return rc;
	cli_decision(c, &d);
	return cli_decided(c, &d, decide_pause(&d, oc));
}

int
cli_resume(struct cli *c)
{
	struct office_campaign	*oc;
	struct decision		 d;
	int			 rc;

	if ((rc = campaign_of_word(c, &oc)) != 0)
		return rc;
	cli_decision(c, &d);
	return cli_decided(c, &d, decide_resume(&d, oc));
}

int
cli_supplement(struct cli *c)
{
	struct office_campaign	*oc;
	struct decision		 d;
	const char		*until = cli_value(&c->args, OPT_UNTIL, NULL);
	long			 day = DAY_NONE;
	size_t			 n;
	int			*units, rc;

	if ((rc = cli_campaign(c, c->args.words[0], &oc)) != 0 ||
	    (rc = units_of_words(c, 1, &units, &n)) != 0)
		return rc;
	if (until != NULL && (rc = cli_day(c, until, &day)) != 0)
		return rc;
	cli_decision(c, &d);
	return cli_decided(c, &d, decide_supplement(&d, oc, units, n, day));
}
