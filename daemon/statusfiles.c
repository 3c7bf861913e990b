/*
 * Writing the status files. A format is one row: suffix and function.
 */
#include "daemon/statusfiles.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/campaign.h"
#include "daemon/config.h"
#include "daemon/limits.h"
#include "daemon/log.h"
#include "daemon/office.h"
#include "daemon/status.h"
#include "daemon/status_facts.h"
#include "daemon/status_write.h"
#include "daemon/text.h"
#include "daemon/textfile.h"
#include "daemon/trouble.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "spool/kv.h"

static void
write_csv(const struct status *s, const struct status_page *page,
    struct strbuf *out)
{
	(void)page; /* a table has nothing around it */
	status_write_csv(s, out);
}

static const struct status_format {
	const char	*suffix;
	void		 (*write)(const struct status *s,
	    const struct status_page *page, struct strbuf *out);
} formats[] = {
	{ "html", status_write_html },
	{ "csv", write_csv }
};

struct writing {
	const struct office *office;
	struct arena	*arena;
	time_t		 now;
	struct status_page page;
	struct status_index *rows;
	size_t		 n_rows;
	const char	*folders[2];
	size_t		 n_folders;
	int		 rc;
};

/* Do the bytes differ from what stands there? */
static bool
is_changed(const char *dir, const char *name, const struct strbuf *text)
{
	struct strbuf	 path = { 0 };
	struct stat	 st;
	char		 buf[8192];
	size_t		 at = 0;
	ssize_t		 n = 0;
	int		 fd;
	bool		 same;

	strbuf_addf(&path, "%s/%s", dir, name);
	fd = open(strbuf_get(&path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	strbuf_clear(&path);
	if (fd == -1)
		return true;
	same = fstat(fd, &st) == 0 && (size_t)st.st_size == text->len;
	while (same && (n = read(fd, buf, sizeof(buf))) > 0) {
		same = at + (size_t)n <= text->len &&
		    memcmp(text->s + at, buf, (size_t)n) == 0;
		at += (size_t)n;
	}
	close(fd);
	return !same || n == -1 || at != text->len;
}

static void
put_file(struct writing *w, const char *name, const struct strbuf *text)
{
	size_t	 i;

	for (i = 0; i < w->n_folders; i++) {
		if (!is_changed(w->folders[i], name, text))
			continue;
		if (textfile_replace(w->folders[i], name, strbuf_get(text),
		    text->len) == -1) {
			log_error("status: %s/%s: %s", w->folders[i], name,
			    strerror(errno));
			w->rc = -1;
		}
	}
}

static void
index_row(struct writing *w, const struct office_campaign *oc,
    const struct status *s)
{
	const struct campaign *c = oc->campaign;
	struct status_index *row = &w->rows[w->n_rows++];
	struct strbuf	 line = { 0 };
	struct term	 term = campaign_term(c, w->office->calendar,
	    DAY_NONE);

	row->id = oc->id;
	row->short_name = c->short_name;
	row->subject = c->subject;
	row->state = text_campaign_state(campaign_state_at(c, w->now));
	row->term = text_deadline(c, &term, w->arena);
	row->line = "";
	row->is_draft = s == NULL;
	if (s == NULL)
		return;
	status_line(s, STATUS_LINE_NAMES, &line);
	row->line = arena_strdup(w->arena, strbuf_get(&line));
	strbuf_clear(&line);
	row->units = s->counts.units;
	row->submitted = s->counts.submitted;
	row->excused = s->counts.excused;
	row->needs_clerk = s->counts.needs_clerk;
}

static void
write_campaign(struct writing *w, const struct office_campaign *oc)
{
	struct strbuf	 text = { 0 };
	struct status	*s = NULL;
	size_t		 i;

	if (oc->campaign->state != CAMPAIGN_DRAFT) {
		s = status_load(w->office, oc, w->now, w->arena);
		if (s == NULL) {
			log_error("status: %s: %s", oc->id,
			    store_error(w->office->store));
			w->rc = -1;
			return;
		}
	}
	index_row(w, oc, s);
	for (i = 0; s != NULL && i < sizeof(formats) / sizeof(formats[0]);
	    i++) {
		strbuf_reset(&text);
		formats[i].write(s, &w->page, &text);
		put_file(w, arena_printf(w->arena, "%s.%s", oc->id,
		    formats[i].suffix), &text);
	}
	strbuf_clear(&text);
}

/* The folders that exist: ours is made, the published one is theirs. */
static void
find_folders(struct writing *w)
{
	const struct config *c = w->office->config;
	const char	*own = arena_printf(w->arena, "%s/status", c->state);

	if (mkdir(own, 0750) == -1 && errno != EEXIST) {
		log_error("status: %s: %s", own, strerror(errno));
		w->rc = -1;
	}
	w->folders[w->n_folders++] = own;
	if (c->publish[0] != '\0')
		w->folders[w->n_folders++] = c->publish;
}

int
statusfiles_write(const struct office *o, time_t now)
{
	struct writing	 w = { .office = o, .now = now };
	struct strbuf	 text = { 0 };
	size_t		 i;

	w.arena = arena_new(0);
	find_folders(&w);
	w.page.office = o->config->office_name;
	w.page.receiver = o->config->receiver;
	w.page.mailbox = o->config->from_address;
	w.page.trouble = trouble_text(o, NULL, now, w.arena);
	w.page.stale_s = STATUS_STALE_POLLS * o->config->poll_s;
	w.rows = arena_calloc(w.arena, o->n_campaigns + 1, sizeof(*w.rows));
	for (i = 0; i < o->n_campaigns; i++)
		write_campaign(&w, &o->campaigns[i]);
	status_write_index(w.rows, w.n_rows, &w.page, now,
	    kv_int(o->store, KV_FETCH_OK, 0), &text);
	put_file(&w, "index.html", &text);
	strbuf_clear(&text);
	arena_free(w.arena);
	return w.rc;
}
