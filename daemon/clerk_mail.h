#ifndef DAEMON_CLERK_MAIL_H
#define DAEMON_CLERK_MAIL_H

#include <stdbool.h>
#include <time.h>

#include "daemon/outbox.h"
#include "daemon/reminders.h"
#include "daemon/status.h"

struct office;

/*
 * Mails to the clerk: daily summary, preview, call list, escalation, what
 * waits, what is incomplete, trouble with the mailbox. Rows only; post.c
 * sends. 0 or -1.
 */
int	 clerk_mail_decide(struct office *o, bool is_read, time_t now);

/* One open campaign while the clerk's mails are decided. */
struct telling {
	struct asking	 asking; /* office, campaign, arena, now, facts */
	struct status	*status;
};

/* Was this told already? A step row without a unit, or with one. */
bool	 telling_is_told(const struct telling *t, int unit, const char *step,
    time_t due);
/*
 * Enter the mail to the clerk and note that it is told, in one
 * transaction. values are freed. 0 or -1.
 */
int	 telling_tell(const struct telling *t, struct outbox_mail *m,
    struct values *v, const char *step, time_t due);
/* {n} and the rest that each of these mails says. */
struct values *telling_values(const struct telling *t);
struct values *telling_values_of(const struct telling *t,
    const struct term *term); /* of some units */

/* "Chi bộ … (không có thư điện tử): 0225 000 143, Bí thư chi bộ" */
const char *telling_phone_line(const struct telling *t, int unit);
/* "19 giờ 33 ngày 13/5/2026, từ …, tệp BC.docx: địa chỉ lạ; gợi ý …" */
const char *telling_item_line(const struct telling *t,
    const struct clerk_item *item);

/*
 * Prepared links with tokens, added to {lien_ket} of a mail that is about
 * to be entered; each 0 or -1.
 */
int	 telling_offer_items(const struct telling *t, struct values *v,
    const struct clerk_item *const *items, size_t n);
/* Hold all that is planned for a day, and each unit's where wanted. */
int	 telling_offer_holds(const struct telling *t, struct values *v,
    long day, bool one_by_one);
int	 telling_offer_supplement(const struct telling *t, struct values *v,
    const int *units, size_t n, long until);
/* The table: asked for without a token. */
int	 telling_offer_sheet(const struct telling *t, struct values *v);

/* The parts, each 0 or -1. */
int	 clerk_daily_decide(const struct telling *t);	/* clerk_daily.c */
int	 clerk_lists_decide(const struct telling *t);	/* clerk_lists.c */

#endif
