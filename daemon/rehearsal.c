/*
 * A round on a copy. Everything decides as ever; only that mails of ours
 * stay in the copy's outbox, where they are printed from.
 */
#include "daemon/rehearsal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "daemon/config.h"
#include "daemon/intake.h"
#include "daemon/localtime.h"
#include "daemon/log.h"
#include "daemon/mailbox.h"
#include "daemon/office.h"
#include "daemon/post.h"
#include "daemon/service_start.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "spool/backup.h"
#include "spool/logline.h"
#include "spool/outgoing.h"

struct printing {
	FILE		*out;
	size_t		 skip; /* lines that were there before */
};

static int
count_line(const char *line, void *arg)
{
	struct printing	*p = arg;

	(void)line;
	p->skip++;
	return 0;
}

static int
print_line(const char *line, void *arg)
{
	struct printing	*p = arg;

	if (p->skip > 0)
		p->skip--;
	else
		fprintf(p->out, "%s\n", line);
	return 0;
}

/* "would send: reminder to cb.tdp09@… (TDP09)" */
static int
print_mail(const struct outgoing *o, void *arg)
{
	struct printing	*p = arg;
	size_t		 i;

	fprintf(p->out, "would send: %s%s%s to %s", o->kind,
	    o->step[0] != '\0' ? " " : "", o->step, o->to);
	for (i = 0; i < o->n_units; i++)
		fprintf(p->out, "%s%s", i == 0 ? " (" : ", ", o->units[i]);
	fputs(o->n_units > 0 ? ")\n" : "\n", p->out);
	return 0;
}

static int
remove_entry(const char *path, const struct stat *st, int type,
    struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

/* No state yet, but perhaps campaigns: nothing is written to them. */
static int
link_campaigns(const struct office *o, const char *folder)
{
	struct strbuf	 from = { 0 }, to = { 0 };
	int		 rc;

	strbuf_addf(&from, "%s/campaigns", o->config->state);
	strbuf_addf(&to, "%s/campaigns", folder);
	rc = symlink(strbuf_get(&from), strbuf_get(&to));
	strbuf_clear(&from);
	strbuf_clear(&to);
	return rc;
}

int
rehearsal_begin(struct office *o, struct strbuf *folder)
{
	const char	*tmp = getenv("TMPDIR");
	struct arena	*a;

	strbuf_addf(folder, "%s/tiepnhan-rehearsal.XXXXXX",
	    tmp != NULL && tmp[0] != '\0' ? tmp : "/tmp");
	if (mkdtemp(folder->s) == NULL) {
		log_error("rehearsal: %s: %s", strbuf_get(folder),
		    strerror(errno));
		strbuf_reset(folder);
		return -1;
	}
	if (o->store == NULL && office_open(o, STORE_READ) == -1 &&
	    store_trouble(o->store) != STORE_ABSENT)
		goto fail;
	if ((store_trouble(o->store) == STORE_ABSENT ?
	    link_campaigns(o, strbuf_get(folder)) :
	    backup_twin(o->store, strbuf_get(folder))) == -1)
		goto fail;
	store_close(o->store);
	o->store = NULL;
	a = o->config->arena;
	o->config->state = arena_strdup(a, strbuf_get(folder));
	o->is_copy = true;
	if (office_open(o, STORE_DAEMON) == 0)
		return 0;
fail:
	log_error("rehearsal: %s", store_error(o->store));
	rehearsal_end(o, folder);
	return -1;
}

void
rehearsal_end(struct office *o, struct strbuf *folder)
{
	store_close(o->store);
	o->store = NULL;
	if (folder->len > 0 && nftw(strbuf_get(folder), remove_entry, 16,
	    FTW_DEPTH | FTW_PHYS) == -1)
		log_warn("rehearsal: %s: %s", strbuf_get(folder),
		    strerror(errno));
	strbuf_clear(folder);
}

static int
round_on_copy(struct office *o, time_t now, FILE *out)
{
	struct printing	 p = { out, 0 };
	struct mailbox	*mb = mailbox_new(o);
	struct intake	*in = intake_new(o);
	struct post	*post = post_new(o);
	int		 rc = EX_OK, end;

	(void)logline_each(o->store, 0, count_line, &p);
	if (service_start(o, now) == -1)
		rc = EX_TEMPFAIL;
	end = mailbox_exit(mailbox_run(mb, in, now));
	if (end != EX_OK)
		rc = end;
	if (intake_run(in, now, NULL, NULL) != 0 && rc == EX_OK)
		rc = EX_TEMPFAIL;
	if (post_decide(post, !intake_is_busy(in), now) == -1 && rc == EX_OK)
		rc = EX_TEMPFAIL;
	if (logline_each(o->store, 0, print_line, &p) == -1 ||
	    outgoing_each_due(o->store, now, print_mail, &p) == -1)
		rc = EX_TEMPFAIL;
	post_free(post);
	intake_free(in);
	mailbox_free(mb);
	return rc;
}

int
rehearse(struct office *o, time_t now, FILE *out)
{
	struct strbuf	folder = { 0 };
	int		rc;

	if (rehearsal_begin(o, &folder) == -1)
		return EX_TEMPFAIL;
	rc = round_on_copy(o, now, out);
	rehearsal_end(o, &folder);
	return rc;
}
