/*
 * What the clerk decides: whose mail it is, whether it counts, what came
 * another way, exceptions, and taking a decision back.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/campaign.h"
#include "daemon/cli.h"
#include "daemon/cli_verbs.h"
#include "daemon/decision.h"
#include "daemon/intake.h"
#include "daemon/localtime.h"
#include "daemon/office.h"
#include "daemon/roster.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "spool/mail.h"

/* Row number of the mail that a word names. */
static int
mail_number(struct cli *c, const char *id, int64_t *number)
{
	struct mail	*m;
	int		 rc;

	rc = cli_mail(c, id, &m);
	if (rc == 0) {
		*number = m->mail;
		free(m);
	}
	return rc;
}

/* The campaign of --campaign, else the only one that is open. */
static int
campaign_option(struct cli *c, struct office_campaign **oc)
{
	return cli_campaign(c, cli_value(&c->args, OPT_CAMPAIGN, NULL), oc);
}

/* Units named by the words from.., each once; 0 or an exit code. */
static int
units_from(struct cli *c, size_t from, int **units, size_t *n)
{
	size_t	i, k;
	int	rc;

	*n = 0;
	*units = arena_calloc(c->arena, c->args.n_words - from + 1,
	    sizeof(**units));
	for (i = from; i < c->args.n_words; i++) {
		rc = cli_unit(c, c->args.words[i], &(*units)[*n]);
		if (rc != 0)
			return rc;
		for (k = 0; (*units)[k] != (*units)[*n]; k++)
			;
		*n += k == *n;
	}
	return 0;
}

int
cli_assign(struct cli *c)
{
	struct office_campaign	*oc = NULL;
	struct decision		 d;
	int64_t			 mail;
	size_t			 n;
	int			*units, rc;

	rc = mail_number(c, c->args.words[0], &mail);
	if (rc == 0)
		rc = units_from(c, 1, &units, &n);
	if (rc == 0 && cli_given(&c->args, OPT_CAMPAIGN))
		rc = campaign_option(c, &oc);
	if (rc != 0)
		return rc;
	cli_decision(c, &d);
	rc = decide_assign(&d, mail, oc, units, n,
	    cli_given(&c->args, OPT_REMEMBER));
	return cli_decided(c, &d, rc);
}

int
cli_accept(struct cli *c)
{
	struct decision	 d;
	int64_t		 mail;
	int		 rc;

	rc = mail_number(c, c->args.words[0], &mail);
	if (rc != 0)
		return rc;
	cli_decision(c, &d);
	return cli_decided(c, &d, decide_accept(&d, mail));
}

int
cli_return(struct cli *c)
{
	struct decision	 d;
	int64_t		 mail;
	long		 until = DAY_NONE;
	int		 rc;

	if (*cli_value(&c->args, OPT_REASON, "") == '\0')
		return cli_fail(c, EX_USAGE, "--reason TEXT is wanted: the "
		    "unit is told why");
	rc = mail_number(c, c->args.words[0], &mail);
	if (rc == 0 && cli_given(&c->args, OPT_UNTIL))
		rc = cli_day(c, c->args.value[OPT_UNTIL], &until);
	if (rc != 0)
		return rc;
	cli_decision(c, &d);
	return cli_decided(c, &d, decide_return(&d, mail, until));
}

int
cli_not_a_report(struct cli *c)
{
	struct decision	 d;
	int64_t		 mail;
	int		 rc;

	rc = mail_number(c, c->args.words[0], &mail);
	if (rc != 0)
		return rc;
	cli_decision(c, &d);
	return cli_decided(c, &d, decide_not_a_report(&d, mail));
}

/* ---- what came another way */

static int
read_addition(struct cli *c, struct addition *a)
{
	static const char	right[] = "paper, usb, zalo or other";
	struct office_campaign	*oc;
	const char		*text;
	int			 rc;

	a->received = c->now;
	a->channel = CHANNEL_OTHER;
	a->fd = -1;
	a->name = "";
	if (!cli_given(&c->args, OPT_UNIT))
		return cli_fail(c, EX_USAGE, "--unit U is wanted");
	rc = cli_unit(c, c->args.value[OPT_UNIT], &a->unit);
	if (rc == 0)
		rc = campaign_option(c, &oc);
	if (rc != 0)
		return rc;
	a->campaign = oc;
	text = cli_value(&c->args, OPT_RECEIVED, NULL);
	if (text != NULL && local_parse(text, &a->received) == -1)
		return cli_fail(c, EX_USAGE, "--received %s: not a time; "
		    "right would be 2027-03-15T08:00:00+07:00", text);
	text = cli_value(&c->args, OPT_CHANNEL, NULL);
	if (text != NULL && (channel_parse(text, &a->channel) == -1 ||
	    a->channel == CHANNEL_EMAIL))
		return cli_fail(c, EX_USAGE, "--channel %s: right would be "
		    "%s", text, right);
	return 0;
}

/* The last part of a path, as the name of the file. */
static const char *
file_name(const char *path)
{
	const char	*slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

int
cli_add(struct cli *c)
{
	struct addition	a;
	struct decision	d;
	size_t		i, n = c->args.n_words;
	int		rc;

	rc = read_addition(c, &a);
	for (i = 0; rc == 0 && i < n; i++)
		rc = cli_check_size(c, i);
	for (i = 0; rc == 0 && i < (n == 0 ? 1 : n); i++) {
		if (n > 0) {
			a.fd = c->inputs[i];
			a.name = file_name(c->args.words[i]);
		}
		cli_decision(c, &d);
		rc = decide_add(&d, &a);
		rc = cli_decided(c, &d, rc);
	}
	if (rc == 0 && n > 0 && !c->is_dry)
		rc = cli_take_in(c);
	return rc;
}

/* ---- exceptions */

int
cli_excuse(struct cli *c)
{
	struct office_campaign	*oc;
	struct decision		 d;
	int			 unit, rc;

	/* an empty one would excuse the unit from everything */
	if (*cli_value(&c->args, OPT_SECTION, "I") == '\0')
		return cli_fail(c, EX_USAGE, "--section: right would be a "
		    "section of the outline, as II.1");
	rc = cli_unit(c, c->args.words[0], &unit);
	if (rc == 0)
		rc = campaign_option(c, &oc);
	if (rc != 0)
		return rc;
	cli_decision(c, &d);
	rc = decide_excuse(&d, oc, unit, cli_value(&c->args, OPT_SECTION,
	    ""));
	return cli_decided(c, &d, rc);
}

int
cli_extend(struct cli *c)
{
	struct office_campaign	*oc;
	struct decision		 d;
	long			 until;
	int			 unit, rc;

	rc = cli_unit(c, c->args.words[0], &unit);
	if (rc == 0)
		rc = cli_day(c, c->args.words[1], &until);
	if (rc == 0)
		rc = campaign_option(c, &oc);
	if (rc != 0)
		return rc;
	cli_decision(c, &d);
	return cli_decided(c, &d, decide_extend(&d, oc, unit, until));
}

int
cli_undo(struct cli *c)
{
	struct decision	 d;
	const char	*word = c->args.words[0];
	long long	 event;
	char		*end;

	word += *word == '!' || *word == '#';
	event = strtoll(word, &end, 10);
	if (*word == '\0' || *end != '\0' || event <= 0)
		return cli_fail(c, EX_USAGE, "%s: not an event; right would "
		    "be its number, as the answer to a decision and show "
		    "give it", c->args.words[0]);
	cli_decision(c, &d);
	return cli_decided(c, &d, decide_undo(&d, event));
}

/* ---- what is sent, and when */

int
cli_hold(struct cli *c)
{
	const char		*word = c->args.n_words > 0 ?
				    c->args.words[0] : "";
	struct office_campaign	*oc;
	struct decision		 d;
	const struct plan	*plan;
	int			 unit = -1, rc;
	size_t			 i;

	rc = campaign_option(c, &oc);
	if (rc != 0)
		return rc;
	plan = &oc->campaign->plan;
	for (i = 0; i < plan->n && strcmp(plan->steps[i].name, word) != 0;
	    i++)
		;
	if (*word != '\0' && i == plan->n) {
		rc = cli_unit(c, word, &unit);
		if (rc != 0)
			return rc;
	}
	cli_decision(c, &d);
	rc = decide_hold(&d, oc, unit >= 0 ? "" : word, unit);
	return cli_decided(c, &d, rc);
}

static int
pause_or_resume(struct cli *c, int (*decide)(struct decision *,
    struct office_campaign *))
{
	struct office_campaign	*oc;
	struct decision		 d;
	int			 rc;

	rc = cli_campaign(c, c->args.n_words > 0 ? c->args.words[0] : NULL,
	    &oc);
	if (rc != 0)
		return rc;
	cli_decision(c, &d);
	return cli_decided(c, &d, decide(&d, oc));
}

int
cli_pause(struct cli *c)
{
	return pause_or_resume(c, decide_pause);
}

int
cli_resume(struct cli *c)
{
	return pause_or_resume(c, decide_resume);
}

/*
 * A campaign may stand before the units, or not: the first word is a unit
 * where it names no campaign. *from: the first word that is a unit's.
 */
static int
campaign_before_units(struct cli *c, struct office_campaign **oc,
    size_t *from)
{
	const char	*first = c->args.n_words > 0 ? c->args.words[0] : NULL;
	const char	*near;
	const bool	 is_unit = first != NULL &&
			    office_find_short(c->office, first) == NULL &&
			    roster_find_short(c->office->roster, first,
			    c->arena, &near) >= 0;

	*from = first != NULL && !is_unit;
	return cli_campaign(c, is_unit ? NULL : first, oc);
}

int
cli_supplement(struct cli *c)
{
	struct office_campaign	*oc;
	struct decision		 d;
	long			 until = DAY_NONE;
	size_t			 n, from;
	int			*units, rc;

	rc = campaign_before_units(c, &oc, &from);
	if (rc == 0)
		rc = units_from(c, from, &units, &n);
	if (rc == 0 && cli_given(&c->args, OPT_UNTIL))
		rc = cli_day(c, c->args.value[OPT_UNTIL], &until);
	if (rc != 0)
		return rc;
	cli_decision(c, &d);
	return cli_decided(c, &d, decide_supplement(&d, oc, units, n,
	    until));
}
