/*
 * Questions of the clerk: page, table, aggregated report.
 */
#include "daemon/order_question.h"

#include "daemon/office.h"
#include "daemon/order.h"
#include "daemon/order_aim.h"
#include "daemon/order_answer.h"
#include "daemon/reason.h"
#include "daemon/status_facts.h"

int
order_question_file(const struct clerk_letter *c, const struct order *o,
    const struct order_aim *aim, struct clerk_file *out, const char **why)
{
	const struct office *office = c->office;
	struct status	*s = status_load(office, aim->oc, c->now, c->arena);

	*why = reason_text(REASON_NO_FILE);
	if (s == NULL)
		return -1;
	switch (o->verb) {
	case ORDER_PAGE:
		clerk_file_page(office, s, "", c->arena, out);
		return 0;
	case ORDER_SHEET:
		clerk_file_table(office, s, c->arena, out);
		return 0;
	case ORDER_COLLATE:
		return clerk_file_collated(office, s, c->arena, out);
	default:
		return 0;
	}
}
