/* `tiepnhan campaign`: from a letter to an open, and a closed, campaign. */
#include <sys/wait.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/campaign.h"
#include "daemon/campaign_folder.h"
#include "daemon/campaign_lacks.h"
#include "daemon/campaign_propose.h"
#include "daemon/campaign_write.h"
#include "daemon/cli.h"
#include "daemon/cli_campaign_show.h"
#include "daemon/cli_json.h"
#include "daemon/cli_read.h"
#include "daemon/cli_verbs.h"
#include "daemon/config.h"
#include "daemon/decision.h"
#include "daemon/intake.h"
#include "daemon/localtime.h"
#include "daemon/office.h"
#include "daemon/problems.h"
#include "daemon/reason.h"
#include "daemon/status.h"
#include "daemon/status_facts.h"
#include "daemon/text.h"
#include "daemon/textfile.h"
#include "parsers/arena.h"
#include "parsers/letter.h"
#include "parsers/message.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

#define KEY_REPORT "bao cao" /* the kind of document, as text_key() has it */

/* ---- new */

/* Number, date, id and model of the command line, checked. */
static int
read_proposal(struct cli *c, struct proposal *p)
{
	struct office_campaign	*like;
	const char		*date = cli_value(&c->args, OPT_DATE, NULL);
	long			 day;
	int			 rc;

	p->roster = c->office->roster;
	p->lexicon = c->office->lexicon;
	p->now = c->now;
	p->id = cli_value(&c->args, OPT_ID, "");
	p->number = cli_value(&c->args, OPT_NUMBER, "");
	p->date = "";
	if (date != NULL) {
		rc = cli_day(c, date, &day);
		if (rc != 0)
			return rc;
		p->date = day_iso(day, c->arena);
	}
	if (cli_given(&c->args, OPT_LIKE)) {
		rc = cli_campaign(c, c->args.value[OPT_LIKE], &like);
		if (rc != 0)
			return rc;
		p->like = like->campaign;
	}
	return 0;
}

/* A unit's report where the letter should be; asks nobody, has no term. */
static int
check_is_letter(struct cli *c, const struct letter *l)
{
	const struct attachment	*a;

	if (l->n_recipients > 0 || l->deadline_date[0] != '\0')
		return 0;
	if (cli_read_report(c, c->inputs[0], c->args.words[0], &a) != 0)
		return EX_DATAERR;
	if (strncmp(text_key(a->report->facts->title, TEXT_KEY_BARE,
	    c->arena), KEY_REPORT, strlen(KEY_REPORT)) != 0)
		return 0;
	return cli_fail(c, EX_DATAERR, "%s: %s", c->args.words[0],
	    text_word(WORD_CLI_REPORT_NO_LETTER));
}

int
cli_campaign_new(struct cli *c)
{
	struct proposal	 p = { 0 };
	struct campaign	*k;
	struct letter	*letter;
	struct bytes	 bytes;
	const char	*why;
	int		 rc;

	rc = cli_read_letter(c, c->inputs[0], c->args.words[0], &letter);
	if (rc == 0)
		rc = check_is_letter(c, letter);
	if (rc == 0)
		rc = read_proposal(c, &p);
	if (rc != 0)
		return rc;
	if (!cli_slurp(c, c->inputs[0], &bytes))
		return cli_fail(c, EX_NOINPUT, "%s: cannot be read",
		    c->args.words[0]);
	p.letter = letter;
	k = campaign_propose(&p);
	if ((c->is_dry ? campaign_folder_check(k->id,
	    c->office->config->state, c->arena, &why) :
	    campaign_folder_make(k, c->office->config->state, bytes,
	    c->arena, &why)) == -1)
		rc = cli_fail(c, EX_DATAERR, "%s", why);
	else
		rc = cli_campaign_print(c, k, c->office->roster,
		    c->office->calendar);
	if (rc == 0 && !c->is_dry) {
		if (office_refresh(c->office, c->now) == -1)
			rc = cli_store_failed(c);
		else
			rc = cli_changed(c);
	}
	campaign_free(k);
	return rc;
}

/* ---- show, check */

int
cli_campaign_show(struct cli *c)
{
	struct office_campaign	*oc;
	int			 rc;

	rc = cli_campaign(c, c->args.n_words > 0 ? c->args.words[0] : NULL,
	    &oc);
	if (rc != 0)
		return rc;
	if (oc->trouble != NULL)
		fprintf(stderr, "%s\n", oc->trouble);
	return cli_campaign_print(c, oc->campaign, c->office->roster,
	    c->office->calendar);
}

/* The folder's files as they stand, ready to be opened or not. */
static int
check_folder(struct cli *c, const char *dir)
{
	struct problems	 problems;
	struct campaign	*k;
	struct strbuf	 remarks = { 0 };
	const char	*lacks = "";
	int		 rc = 0;

	problems_init(&problems);
	k = campaign_load(dir, c->office->roster, &problems);
	if (k != NULL) {
		lacks = decision_open_lines(k, c->arena);
		campaign_remarks(k, c->office->roster, c->office->calendar,
		    &remarks);
		fputs(strbuf_get(&remarks), stdout);
	}
	if (k == NULL)
		rc = cli_problems(&problems);
	else if (lacks[0] != '\0')
		rc = cli_fail(c, EX_CONFIG, "%s:%s",
		    reason_text(REASON_NOT_READY), lacks);
	else
		printf("%s: %s\n", dir, k->state == CAMPAIGN_DRAFT ?
		    text_word(WORD_CLI_READY) : text_campaign_state(k->state));
	campaign_free(k);
	strbuf_clear(&remarks);
	problems_clear(&problems);
	return rc;
}

/* The folder of an id, also of one whose files were never right. */
static int
find_folder(struct cli *c, const char **dir)
{
	const char		*id = c->args.words[0];
	struct office_campaign	*oc;
	int			 rc;

	*dir = arena_printf(c->arena, "%s/campaigns/%s",
	    c->office->config->state, id);
	if (campaign_id_is_valid(id) && access(*dir, F_OK) == 0)
		return 0;
	rc = cli_campaign(c, id, &oc);
	if (rc == 0)
		*dir = arena_printf(c->arena, "%s/campaigns/%s",
		    c->office->config->state, oc->id);
	return rc;
}

int
cli_campaign_check(struct cli *c)
{
	const char	*dir;
	int		 rc;

	rc = find_folder(c, &dir);
	return rc != 0 ? rc : check_folder(c, dir);
}

/* ---- edit */

/* The editor on both files, as the person's environment says. */
static int
run_editor(struct cli *c, const char *dir)
{
	const char	*editor = getenv("VISUAL");
	const char	*script;
	pid_t		 pid;
	int		 status;

	if (editor == NULL || *editor == '\0')
		editor = getenv("EDITOR");
	if (editor == NULL || *editor == '\0')
		editor = "sensible-editor";
	script = arena_printf(c->arena, "%s \"$@\"", editor);
	fflush(NULL);
	pid = fork();
	if (pid == -1)
		return cli_fail(c, EX_TEMPFAIL, "fork: %s", strerror(errno));
	if (pid == 0) {
		if (chdir(dir) == 0)
			execl("/bin/sh", "sh", "-c", script, "editor",
			    "campaign.conf", "outline.txt", (char *)NULL);
		_exit(127);
	}
	while (waitpid(pid, &status, 0) == -1 && errno == EINTR)
		;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return cli_fail(c, EX_TEMPFAIL, "%s: ended badly", editor);
	return 0;
}

/* The text with one KEY=VALUE more; NULL after saying why not. */
static const char *
with_value(struct cli *c, const char *conf, const char *word)
{
	const char	*eq = strchr(word, '=');
	struct strbuf	 out = { 0 };
	const char	*key;

	if (eq == NULL || eq == word || strpbrk(word, "\r\n") != NULL) {
		cli_fail(c, EX_USAGE, "'%s': right would be KEY=VALUE, as "
		    "number=7-CV/VP", word);
		return NULL;
	}
	key = arena_strndup(c->arena, word, (size_t)(eq - word));
	campaign_with(conf, key, eq + 1, &out);
	conf = arena_strdup(c->arena, strbuf_get(&out));
	strbuf_clear(&out);
	if (c->is_dry)
		printf("%s = %s%s\n", key, eq + 1, cli_rehearsed(c));
	return conf;
}

static size_t
count_problems(const struct cli *c, const char *dir, const char *conf,
    const char *outline, struct problems *problems)
{
	const size_t	before = problems->n;

	campaign_free(campaign_parse(conf, outline, dir, c->office->roster,
	    problems));
	return problems->n - before;
}

/*
 * For scripts and for the quick case. What would be more wrong than the
 * file is now is refused, and the file stays as it is.
 */
static int
set_values(struct cli *c, const char *dir)
{
	struct problems	 problems, now;
	const char	*conf, *outline, *next;
	size_t		 i;
	int		 rc = 0;

	problems_init(&problems);
	problems_init(&now);
	conf = textfile_read(arena_printf(c->arena, "%s/campaign.conf", dir),
	    c->arena, &problems);
	outline = textfile_read(arena_printf(c->arena, "%s/outline.txt", dir),
	    c->arena, &problems);
	next = conf;
	if (conf == NULL || outline == NULL)
		rc = cli_problems(&problems);
	for (i = 1; rc == 0 && i < c->args.n_words; i++) {
		next = with_value(c, next, c->args.words[i]);
		rc = next == NULL ? EX_USAGE : 0;
	}
	if (rc == 0 && count_problems(c, dir, next, outline, &problems) >
	    count_problems(c, dir, conf, outline, &now)) {
		cli_problems(&problems);
		rc = EX_DATAERR;
	} else if (rc == 0 && !c->is_dry && textfile_replace(dir,
	    "campaign.conf", next, strlen(next)) == -1)
		rc = cli_fail(c, EX_TEMPFAIL, "%s/campaign.conf: %s", dir,
		    strerror(errno));
	problems_clear(&problems);
	problems_clear(&now);
	return rc;
}

int
cli_campaign_edit(struct cli *c)
{
	const char	*dir;
	int		 rc, checked;

	rc = find_folder(c, &dir);
	if (rc == 0 && c->args.n_words > 1)
		rc = set_values(c, dir);
	else if (rc == 0 && !c->is_dry)
		rc = run_editor(c, dir);
	if (rc != 0 || c->is_dry)
		return rc;
	checked = check_folder(c, dir);
	/* what is right is in force at once; what is not, is not */
	if (office_refresh(c->office, c->now) == -1 ||
	    intake_follow_campaigns(c->office, c->now) == -1)
		return cli_store_failed(c);
	rc = cli_changed(c);
	return checked != 0 ? checked : rc;
}

/* ---- open, close */

int
cli_campaign_open(struct cli *c)
{
	struct office_campaign	*oc;
	struct decision		 d;
	int			 rc;

	rc = cli_campaign(c, c->args.words[0], &oc);
	if (rc != 0)
		return rc;
	cli_decision(c, &d);
	rc = decide_open(&d, oc, cli_given(&c->args, OPT_NO_NUMBER));
	return cli_decided(c, &d, rc);
}

int
cli_campaign_close(struct cli *c)
{
	struct office_campaign	*oc;
	struct decision		 d;
	int			 rc;

	rc = cli_campaign(c, c->args.words[0], &oc);
	if (rc != 0)
		return rc;
	cli_decision(c, &d);
	return cli_decided(c, &d, decide_close(&d, oc));
}

/* ---- list */

static json_t *
list_json(const struct cli *c, const struct office_campaign *oc,
    const struct status *s)
{
	json_t	*j = json_object();

	json_put_text(j, "id", oc->id);
	json_put_text(j, "state", oc->campaign == NULL ? "" :
	    campaign_state_name(campaign_state_at(oc->campaign, c->now)));
	json_put_text(j, "subject", oc->campaign == NULL ? "" :
	    oc->campaign->subject);
	json_put(j, "due", json_time(s == NULL ? 0 : s->term.due));
	json_put(j, "units", json_integer(s == NULL ? 0 :
	    s->counts.units));
	json_put(j, "submitted", json_integer(s == NULL ? 0 :
	    s->counts.submitted));
	json_put(j, "needs_clerk", json_integer(s == NULL ? 0 :
	    s->counts.needs_clerk));
	json_put_text(j, "trouble", oc->trouble == NULL ? "" : oc->trouble);
	return j;
}

static void
list_line(struct cli *c, const struct office_campaign *oc,
    const struct status *s)
{
	if (s == NULL)
		printf("%s\n    ! %s\n", oc->id, oc->trouble);
	else {
		printf("%s (%s) %s\n    %s: %s; %s %u/%u\n", oc->id,
		    text_campaign_state(campaign_state_at(oc->campaign,
		    c->now)),
		    oc->campaign->short_name, text_word(WORD_PAGE_TERM),
		    text_deadline(oc->campaign, &s->term, c->arena),
		    text_word(WORD_SUBMITTED), s->counts.submitted,
		    s->counts.units);
		if (oc->trouble != NULL)
			printf("    ! %s\n", oc->trouble);
	}
}

int
cli_campaign_list(struct cli *c)
{
	const struct office	*o = c->office;
	const struct status	*s;
	json_t			*list = json_array();
	size_t			 i;

	for (i = 0; i < o->n_all; i++) {
		s = NULL;
		if (i < o->n_campaigns && (s = status_load(o,
		    &o->campaigns[i], c->now, c->arena)) == NULL)
			return cli_store_failed(c);
		if (cli_given(&c->args, OPT_JSON))
			json_push(list, list_json(c, &o->campaigns[i], s));
		else
			list_line(c, &o->campaigns[i], s);
	}
	if (cli_given(&c->args, OPT_JSON))
		return json_print(list);
	json_decref(list);
	return 0;
}
