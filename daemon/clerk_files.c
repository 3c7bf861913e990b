/*
 * Files for the clerk, as they go with the daily summary and with answers.
 */
#include "daemon/clerk_files.h"

#include "daemon/campaign.h"
#include "daemon/command_file.h"
#include "daemon/config.h"
#include "daemon/limits.h"
#include "daemon/office.h"
#include "daemon/status.h"
#include "daemon/status_write.h"
#include "parsers/arena.h"

#define MEDIA_OFFICE "application/vnd.openxmlformats-officedocument."

void
clerk_file_clear(struct clerk_file *f)
{
	strbuf_clear(&f->content);
}

static void
name_file(struct clerk_file *f, const struct status *s, const char *suffix,
    const char *media_type, struct arena *arena)
{
	f->attachment.name = arena_printf(arena, "%s.%s", s->campaign->id,
	    suffix);
	f->attachment.media_type = media_type;
	f->attachment.content.data =
	    (const uint8_t *)strbuf_get(&f->content);
	f->attachment.content.len = f->content.len;
}

void
clerk_file_page(const struct office *o, const struct status *s,
    const char *trouble, struct arena *arena, struct clerk_file *out)
{
	struct status_page p = { o->config->office_name,
		o->config->receiver, o->config->from_address, trouble,
		STATUS_STALE_POLLS * o->config->poll_s };

	status_write_html(s, &p, &out->content);
	name_file(out, s, "html", "text/html; charset=utf-8", arena);
}

void
clerk_file_table(const struct office *o, const struct status *s,
    struct arena *arena, struct clerk_file *out)
{
	const char	*words[] = { "status", s->campaign->id, "--xlsx",
		NULL };

	if (command_file(o, words, "xlsx", s->now, &out->content) == 0) {
		name_file(out, s, "xlsx", MEDIA_OFFICE "spreadsheetml.sheet",
		    arena);
		return;
	}
	status_write_csv(s, &out->content);
	name_file(out, s, "csv", "text/csv; charset=utf-8", arena);
}

int
clerk_file_collated(const struct office *o, const struct status *s,
    struct arena *arena, struct clerk_file *out)
{
	const char	*words[] = { "collate", s->campaign->id, "-o", NULL };

	if (command_file(o, words, "docx", s->now, &out->content) == -1)
		return -1;
	name_file(out, s, "docx", MEDIA_OFFICE "wordprocessingml.document",
	    arena);
	return 0;
}
