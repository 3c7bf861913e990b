/* Letters and reports that the clerk sends or forwards. */
#include "daemon/order_attached.h"

#include "daemon/decision.h"
#include "daemon/order.h"

int
order_attached(const struct clerk_letter *c, enum filed *filed)
{
	(void)c;
	(void)filed;
	return 1;
}

bool
order_is_attached(const struct order *o)
{
	return o->verb == ORDER_OPEN && o->mail[0] != '\0';
}

int
order_run_attached(const struct clerk_letter *c, const struct order *o,
    struct order_aim *aim, struct decision *d)
{
	(void)c;
	(void)o;
	(void)aim;
	d->why = "";
	return -1;
}
