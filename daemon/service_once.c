/*
 * One full round, for rehearsals, tests and cron.
 */
#include "daemon/service.h"

#include <sysexits.h>

#include "daemon/decision.h"
#include "daemon/intake.h"
#include "daemon/log.h"
#include "daemon/mailbox.h"
#include "daemon/office.h"
#include "daemon/post.h"
#include "daemon/sender_cap.h"
#include "daemon/service_start.h"
#include "daemon/statusfiles.h"
#include "daemon/statuslog.h"

/* The worst of two ends: an unread mailbox says most. */
static int
worse(int a, int b)
{
	if (a == EX_UNAVAILABLE || b == EX_UNAVAILABLE)
		return EX_UNAVAILABLE;
	return a != EX_OK ? a : b;
}

struct round {
	struct office	*office;
	struct post	*post;
	time_t		 now;
};

/* Receipts need not wait until the last mail is read. */
static void
send_meanwhile(void *arg)
{
	struct round	*r = arg;

	/* The log tells it before anybody outside hears of it. */
	if (statuslog_flush(r->office) == 0)
		post_meanwhile(r->post, r->now);
}

int
service_once(struct office *o, time_t now)
{
	struct mailbox	*mb = mailbox_new(o);
	struct intake	*in = intake_new(o);
	struct post	*post = post_new(o);
	struct round	 round = { o, post, now };
	int		 rc = EX_OK;

	if (service_start(o, now) == -1) {
		rc = EX_TEMPFAIL;
		goto free_all;
	}
	rc = mailbox_exit(mailbox_run(mb, in, now));
	if (intake_run(in, now, send_meanwhile, &round) != 0)
		rc = worse(rc, EX_TEMPFAIL);
	if (sender_cap_tell(o, true, now) == -1)
		rc = worse(rc, EX_TEMPFAIL);
	if (!intake_is_busy(in) && decision_finish_openings(o, now) == -1)
		rc = worse(rc, EX_TEMPFAIL);
	/* The server hears of it only once it is filed. */
	if (rc == EX_OK && mailbox_has_marks(mb))
		rc = mailbox_exit(mailbox_run(mb, in, now));
	if (post_decide(post, !intake_is_busy(in), now) == -1)
		rc = worse(rc, EX_TEMPFAIL);
	if (statuslog_flush(o) == -1 ||
	    post_run(post, !intake_is_busy(in), now) != 0)
		rc = worse(rc, EX_TEMPFAIL);
	service_purge(o, now);
	if (statuslog_flush(o) == -1 || statusfiles_write(o, now) == -1)
		rc = worse(rc, EX_TEMPFAIL);
free_all:
	post_free(post);
	intake_free(in);
	mailbox_free(mb);
	return rc;
}
