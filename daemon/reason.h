#ifndef DAEMON_REASON_H
#define DAEMON_REASON_H

#include "daemon/fetch.h"
#include "spool/filing.h"

/*
 * Why a mail waits for the clerk, why a decision is refused, and what a
 * guess rests on: Vietnamese, one table, short enough for a line of
 * status.log.
 */
enum reason {
	REASON_NONE = 0,
	/* whose */
	REASON_UNKNOWN_SENDER,
	REASON_SHARED_ADDRESS,
	REASON_CONFLICT,
	REASON_FORGED,
	/* what */
	REASON_SECRET,
	REASON_OTHER_PERIOD,
	REASON_OTHER_SUBJECT,
	REASON_UNFILLED_OUTLINE,
	REASON_NOT_LISTED,
	REASON_UNREADABLE,
	REASON_UNSURE_REPORT,
	REASON_NO_TITLE,
	REASON_JOINT,
	REASON_IN_BODY,
	REASON_LINK_ONLY,
	REASON_QUESTION,
	REASON_BOUNCE_OURS,
	REASON_BOUNCE_OTHER,
	REASON_JUNK,
	REASON_TOO_LARGE,
	REASON_ASIDE,
	/* flags that need nobody */
	REASON_FUTURE,
	REASON_CLOCK,
	/* decisions */
	REASON_NO_MAIL,
	REASON_NOT_READ_YET,
	REASON_NO_CAMPAIGN,
	REASON_UNIT_NOT_LISTED,
	REASON_NO_UNIT_YET,
	REASON_NO_REPORT_IN_IT,
	REASON_ALREADY,
	REASON_NO_EVENT,
	REASON_NOT_UNDOABLE,
	REASON_UNDONE_ALREADY,
	REASON_DATE_PAST,
	REASON_NO_SECTION,
	REASON_NO_STEP,
	REASON_NOT_OPEN,
	REASON_NOT_DRAFT,
	REASON_NOT_READY,
	REASON_NOTHING_MISSING,
	REASON_FILE,
	REASON_STORE,
	REASON_COUNT
};

const char *reason_text(enum reason r);
/* What a guess rests on: "địa chỉ thư". */
const char *reason_basis(enum filing_basis b);
/* Why mail cannot be fetched. */
const char *reason_trouble(enum fetch_trouble t);

#endif
