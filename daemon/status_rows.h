#ifndef DAEMON_STATUS_ROWS_H
#define DAEMON_STATUS_ROWS_H

#include <stddef.h>
#include <time.h>

struct arena;
struct clerk_item;
struct status;
struct status_unit;
struct verdict;

/* What the cells of a unit's row say, the same in every output. */

/* "12/05/2026 09:14"; "" for 0. */
const char *row_time(time_t t, struct arena *arena);
/* What waits for the clerk: "#a1b2c3", or "!12" of an event. */
const char *row_item(const struct clerk_item *item, struct arena *arena);
/* "V, VI": sections surely missing, then "trống: …" and "chưa chắc: …". */
const char *row_missing(const struct status_unit *u, struct arena *arena);
/* Number of the newest document; "" while it has none. */
const char *row_document_number(const struct status_unit *u);
/* Name of the newest file; "". */
const char *row_file(const struct status_unit *u);
/* "lần đầu, lần cuối"; addresses that came back. */
const char *row_reminders(const struct status *s,
    const struct status_unit *u, struct arena *arena);
/* dd/mm/yyyy of its date; "". */
const char *row_document_date(const struct status_unit *u,
    struct arena *arena);
/* "đã nộp", "chưa nộp", "miễn báo cáo", or the channel. */
const char *row_submitted(const struct status_unit *u);

/* How one section of the outline stands for one unit. */
enum row_section {
	ROW_SECTION_NOT_OWED = 0, /* absent, and not asked for */
	ROW_SECTION_FILLED, ROW_SECTION_EMPTY, ROW_SECTION_MISSING,
	ROW_SECTION_UNSURE	/* seems missing or empty */
};
enum row_section row_section(const struct verdict *v, size_t node);
/* "✓", "○", "✕", "?", "": never colour alone. */
const char *row_section_sign(enum row_section s);

/* "IV" of 4; in figures from 40 on. */
const char *row_roman(size_t n, struct arena *arena);

#endif
