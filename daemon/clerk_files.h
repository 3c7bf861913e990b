#ifndef DAEMON_CLERK_FILES_H
#define DAEMON_CLERK_FILES_H

#include <time.h>

#include "daemon/compose.h"
#include "parsers/strbuf.h"

struct arena;
struct office;
struct status;

/* One file that goes with a mail to the clerk; zeroed before use. */
struct clerk_file {
	struct compose_attachment attachment;
	struct strbuf	 content; /* the attachment's bytes are here */
};
void	 clerk_file_clear(struct clerk_file *f);

/* The page of a campaign. trouble: one line, "" when all is well. */
void	 clerk_file_page(const struct office *o, const struct status *s,
    const char *trouble, struct arena *arena, struct clerk_file *out);
/* The table: a workbook, or CSV where our command can make none. */
void	 clerk_file_table(const struct office *o, const struct status *s,
    struct arena *arena, struct clerk_file *out);
/* The aggregated report. 0, or -1 when it cannot be made: logged. */
int	 clerk_file_collated(const struct office *o, const struct status *s,
    struct arena *arena, struct clerk_file *out);

#endif
