#ifndef DAEMON_STATUS_SHEET_H
#define DAEMON_STATUS_SHEET_H

#include <time.h>

struct office;
struct strbuf;

/*
 * The state of a campaign as a workbook. Only `tiepnhan` can write one
 * (it links the libraries for that), so it is run as a child, with a
 * deadline. 0, or -1 when there is none to be had: logged.
 */
int	 status_sheet(const struct office *o, const char *campaign,
    time_t now, struct strbuf *out);

#endif
