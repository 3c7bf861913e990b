#ifndef DAEMON_STATUS_XLSX_H
#define DAEMON_STATUS_XLSX_H

struct status;
struct status_page;

/*
 * The clerk's workbook: the table by Kính gửi lines with sums, what waits
 * for the clerk, and units by sections. Text cells only, so nothing that
 * came with a mail can be a formula. 0, or -1 with *why.
 */
int	 status_write_xlsx(const struct status *s,
    const struct status_page *page, const char *path, const char **why);

#endif
