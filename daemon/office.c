/*
 * What one office has loaded. The files people edit are read again when
 * they change; the newest right version of each campaign is kept in the
 * store, so that a slip of the pen never takes a running campaign away,
 * not even over a restart.
 */
#include "daemon/office.h"

#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <nettle/sha2.h>

#include "daemon/calendar.h"
#include "daemon/campaign.h"
#include "daemon/campaign_write.h"
#include "daemon/config.h"
#include "daemon/lexicon_load.h"
#include "daemon/limits.h"
#include "daemon/localtime.h"
#include "daemon/paths.h"
#include "daemon/problems.h"
#include "daemon/roster.h"
#include "daemon/statuslog.h"
#include "daemon/template.h"
#include "daemon/text.h"
#include "daemon/textfile.h"
#include "parsers/arena.h"
#include "parsers/coverage.h"
#include "parsers/strbuf.h"
#include "spool/event.h"
#include "spool/kv.h"

/* The two files of a campaign, in the order of office_campaign.stamps. */
static const char *const campaign_files[2] = { "campaign.conf",
	"outline.txt" };

static char *
join(const char *a, const char *b)
{
	struct strbuf	 path = { 0 };

	strbuf_addf(&path, "%s/%s", a, b);
	return strbuf_take(&path);
}

static char *
copy(const char *s)
{
	struct strbuf	 b = { 0 };

	strbuf_adds(&b, s);
	return strbuf_take(&b);
}

struct office *
office_load(const char *config_file, struct problems *problems)
{
	struct office	*o = calloc(1, sizeof(*o));
	char		*fallback;

	if (o == NULL)
		abort();
	o->who = "daemon";
	o->lexicon_arena = arena_new(0);
	o->lexicon = lexicon_load(o->lexicon_arena, problems);
	o->config = config_load(config_file, problems);
	if (o->config == NULL) {
		office_free(o);
		return NULL;
	}
	o->roster = roster_load(o->config->units, problems);
	o->calendar = calendar_load(o->config->holidays, problems);
	fallback = paths_data("templates");
	o->templates = templates_load(o->config->templates, fallback,
	    problems);
	free(fallback);
	if (o->lexicon == NULL || o->roster == NULL || o->calendar == NULL ||
	    o->templates == NULL) {
		office_free(o);
		return NULL;
	}
	return o;
}

/* ---- campaigns */

static void
campaign_forget(struct office_campaign *oc)
{
	campaign_free(oc->campaign);
	arena_free(oc->arena);
	free(oc->id);
	free(oc->trouble);
}

void
office_free(struct office *o)
{
	size_t	 i;

	if (o == NULL)
		return;
	for (i = 0; i < o->n_all; i++)
		campaign_forget(&o->campaigns[i]);
	free(o->campaigns);
	store_close(o->store);
	templates_free(o->templates);
	calendar_free(o->calendar);
	roster_free(o->roster);
	config_free(o->config);
	arena_free(o->lexicon_arena);
	free(o);
}

struct office_campaign *
office_find(const struct office *o, const char *id)
{
	size_t	 i;

	for (i = 0; i < o->n_campaigns; i++)
		if (strcmp(o->campaigns[i].id, id) == 0)
			return &o->campaigns[i];
	return NULL;
}

struct office_campaign *
office_find_short(const struct office *o, const char *id)
{
	struct office_campaign *found = office_find(o, id);
	size_t	 i, n = 0;

	if (found != NULL || id[0] == '\0')
		return found;
	for (i = 0; i < o->n_campaigns; i++)
		if (strncmp(o->campaigns[i].id, id, strlen(id)) == 0) {
			found = &o->campaigns[i];
			n++;
		}
	return n == 1 ? found : NULL;
}

static bool
is_running(enum campaign_state s)
{
	return s == CAMPAIGN_OPEN || s == CAMPAIGN_PAUSED;
}

bool
office_is_open(const struct office_campaign *oc, time_t now)
{
	return is_running(campaign_state_at(oc->campaign, now));
}

struct office_campaign *
office_only_open(const struct office *o, time_t now)
{
	struct office_campaign *open = NULL, *left = NULL;
	size_t	 i, n_open = 0, n_left = 0;

	for (i = 0; i < o->n_campaigns; i++) {
		if (office_is_open(&o->campaigns[i], now)) {
			open = &o->campaigns[i];
			n_open++;
		} else if (is_running(o->campaigns[i].campaign->state)) {
			left = &o->campaigns[i];
			n_left++;
		}
	}
	if (n_open > 0)
		return n_open == 1 ? open : NULL;
	return n_left == 1 ? left : NULL;
}

time_t
office_since(const struct office *o, time_t now)
{
	time_t	 since = 0, from;
	size_t	 i;

	if (o->config->since != DAY_NONE)
		return day_start(o->config->since);
	for (i = 0; i < o->n_campaigns; i++) {
		from = o->campaigns[i].campaign->from;
		if (since == 0 || from < since)
			since = from;
	}
	if (since != 0)
		return since;
	return kv_int(o->store, KV_FIRST_START, now) -
	    (time_t)MAILBOX_SINCE_DAYS * 86400;
}

static void
hash_texts(const char *a, const char *b, char hex[65])
{
	struct sha256_ctx ctx;
	uint8_t		 digest[SHA256_DIGEST_SIZE];
	size_t		 i;

	sha256_init(&ctx);
	sha256_update(&ctx, strlen(a) + 1, (const uint8_t *)a);
	sha256_update(&ctx, strlen(b), (const uint8_t *)b);
	sha256_digest(&ctx, sizeof(digest), digest);
	for (i = 0; i < sizeof(digest); i++)
		snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}

static void
stamp_of(const char *dir, const char *name, struct office_stamp *out)
{
	char		*path = join(dir, name);
	struct stat	 st;

	memset(out, 0, sizeof(*out));
	if (stat(path, &st) == 0) {
		out->mtime_ns = (int64_t)st.st_mtim.tv_sec * 1000000000 +
		    st.st_mtim.tv_nsec;
		out->size = st.st_size;
		out->inode = st.st_ino;
	}
	free(path);
}

/* Put a version in force: the matcher is built once for it. */
static void
campaign_install(const struct office *o, struct office_campaign *oc,
    struct campaign *c, const char *conf, const char *outline)
{
	campaign_free(oc->campaign);
	arena_free(oc->arena);
	oc->campaign = c;
	oc->is_finished = false;
	oc->arena = arena_new(0);
	oc->matcher = matcher_new(c->outline, o->lexicon, oc->arena);
	hash_texts(conf, outline, oc->version);
	hash_texts(outline, "", oc->outline_hash);
}

static char *
key_of(const char *id, const char *what)
{
	struct strbuf	 key = { 0 };

	strbuf_addf(&key, "campaign.%s.%s", id, what);
	return strbuf_take(&key);
}

static void
blank_setting(struct strbuf *conf, const char *key)
{
	struct strbuf	 next = { 0 };

	campaign_with(strbuf_get(conf), key, "", &next);
	strbuf_clear(conf);
	*conf = next;
}

/* Is more changed than what a decision writes and tells itself? */
static bool
is_edited(const char *before, const char *conf)
{
	static const char *const ours[] = { "state", "no_number" };
	struct strbuf	 a = { 0 }, b = { 0 };
	bool		 edited;
	size_t		 i;

	strbuf_adds(&a, before);
	strbuf_adds(&b, conf);
	for (i = 0; i < sizeof(ours) / sizeof(*ours); i++) {
		blank_setting(&a, ours[i]);
		blank_setting(&b, ours[i]);
	}
	edited = strcmp(strbuf_get(&a), strbuf_get(&b)) != 0;
	strbuf_clear(&a);
	strbuf_clear(&b);
	return edited;
}

/* A change of files while the campaign runs is told in status.log. */
static int
campaign_tell_edit(struct office *o, const struct office_campaign *oc,
    const char *const keys[3], const char *conf, const char *outline,
    time_t now)
{
	const struct campaign	*c = oc->campaign;
	char			*before = kv_text(o->store, keys[1]);
	char			*old = kv_text(o->store, keys[2]);
	struct arena		*arena;
	int			 rc = 0;

	if (before != NULL && old != NULL && c->state != CAMPAIGN_DRAFT &&
	    (strcmp(old, outline) != 0 || is_edited(before, conf))) {
		arena = arena_new(0);
		rc = statuslog_add(o, now, WORD_LOG_CAMPAIGN, "",
		    statuslog_join(arena, arena_printf(arena, "%s %s",
		    text_word(WORD_CAMPAIGN_EDITED), oc->id),
		    text_term(c->reading, c->deadline_day,
		    c->deadline_minute, arena), NULL));
		arena_free(arena);
	}
	free(before);
	free(old);
	return rc;
}

/* Remember the version as the last good one; the change is an event. */
static int
campaign_record(struct office *o, const struct office_campaign *oc,
    const char *conf, const char *outline, time_t now)
{
	struct event	 e = { .time_utc = now, .who = o->who,
		.verb = "campaign-changed", .campaign = oc->id, .unit = "",
		.reason = "" };
	struct strbuf	 detail = { 0 };
	char		*keys[3] = { key_of(oc->id, "version"),
		key_of(oc->id, "conf"), key_of(oc->id, "outline") };
	char		*known = NULL;
	int64_t		 seq;
	int		 rc = -1;
	size_t		 i;

	if (store_begin(o->store) == -1)
		goto free_keys;
	/* Asked inside the transaction: the command may have been first. */
	known = kv_text(o->store, keys[0]);
	if (known != NULL && strcmp(known, oc->version) == 0) {
		rc = store_commit(o->store);
		goto free_keys;
	}
	strbuf_addf(&detail, "version=%s state=%s", oc->version,
	    campaign_state_name(oc->campaign->state));
	e.detail = strbuf_get(&detail);
	if (campaign_tell_edit(o, oc, (const char *const *)keys, conf,
	    outline, now) == -1 ||
	    kv_set_text(o->store, keys[0], oc->version) == -1 ||
	    kv_set_text(o->store, keys[1], conf) == -1 ||
	    kv_set_text(o->store, keys[2], outline) == -1 ||
	    event_append(o->store, &e, &seq) == -1) {
		store_rollback(o->store);
		goto free_keys;
	}
	rc = store_commit(o->store);
free_keys:
	strbuf_clear(&detail);
	free(known);
	for (i = 0; i < 3; i++)
		free(keys[i]);
	return rc;
}

/* The version that was in force before the files went wrong. */
static void
campaign_restore(struct office *o, struct office_campaign *oc,
    const char *dir)
{
	char		*key_conf = key_of(oc->id, "conf");
	char		*key_outline = key_of(oc->id, "outline");
	char		*conf = kv_text(o->store, key_conf);
	char		*outline = kv_text(o->store, key_outline);
	struct problems	 problems;
	struct campaign	*c;

	problems_init(&problems);
	if (conf != NULL && outline != NULL) {
		c = campaign_parse(conf, outline, dir, o->roster, &problems);
		if (c != NULL)
			campaign_install(o, oc, c, conf, outline);
	}
	problems_clear(&problems);
	free(outline);
	free(conf);
	free(key_outline);
	free(key_conf);
}

/* 1 changed, 0 as before (or wrong, with trouble set), -1 store. */
static int
campaign_look(struct office *o, struct office_campaign *oc, const char *dir,
    time_t now)
{
	struct office_stamp stamps[2];
	struct arena	*arena;
	struct problems	 problems;
	struct campaign	*c = NULL;
	char		*paths[2], *texts[2];
	int		 i, rc = 0;

	for (i = 0; i < 2; i++)
		stamp_of(dir, campaign_files[i], &stamps[i]);
	if (memcmp(stamps, oc->stamps, sizeof(stamps)) == 0)
		return 0;
	memcpy(oc->stamps, stamps, sizeof(stamps));
	arena = arena_new(0);
	problems_init(&problems);
	for (i = 0; i < 2; i++) {
		paths[i] = join(dir, campaign_files[i]);
		texts[i] = textfile_read(paths[i], arena, &problems);
		free(paths[i]);
	}
	if (texts[0] != NULL && texts[1] != NULL)
		c = campaign_parse(texts[0], texts[1], dir, o->roster,
		    &problems);
	free(oc->trouble);
	oc->trouble = NULL;
	oc->is_told = false;
	if (c != NULL) {
		campaign_install(o, oc, c, texts[0], texts[1]);
		rc = 1;
		if (o->mode != STORE_READ &&
		    campaign_record(o, oc, texts[0], texts[1], now) == -1)
			rc = -1;
	} else {
		oc->trouble = copy(problems.n > 0 ? problems.lines[0] : dir);
		if (oc->campaign == NULL)
			campaign_restore(o, oc, dir);
	}
	problems_clear(&problems);
	arena_free(arena);
	return rc;
}

/* Those in force first, by id. */
static int
compare_campaigns(const void *a, const void *b)
{
	const struct office_campaign *x = a, *y = b;

	if ((x->campaign == NULL) != (y->campaign == NULL))
		return x->campaign == NULL ? 1 : -1;
	return strcmp(x->id, y->id);
}

static struct office_campaign *
campaign_slot(struct office *o, const char *id)
{
	struct office_campaign *oc;
	size_t	 i;

	for (i = 0; i < o->n_all; i++)
		if (strcmp(o->campaigns[i].id, id) == 0)
			return &o->campaigns[i];
	o->campaigns = reallocarray(o->campaigns, o->n_all + 1,
	    sizeof(*o->campaigns));
	if (o->campaigns == NULL)
		abort();
	oc = &o->campaigns[o->n_all++];
	memset(oc, 0, sizeof(*oc));
	oc->id = copy(id);
	return oc;
}

/* Drop what has no folder any more; count those that were in force. */
static int
drop_gone(struct office *o)
{
	size_t	 i, n = 0;
	int	 dropped = 0;

	for (i = 0; i < o->n_all; i++) {
		if (o->campaigns[i].is_here) {
			o->campaigns[n++] = o->campaigns[i];
			continue;
		}
		dropped += o->campaigns[i].campaign != NULL;
		campaign_forget(&o->campaigns[i]);
	}
	o->n_all = n;
	return dropped;
}

/*
 * Look at each campaign's folder: how many changed, or -1. Not whole when
 * the listing fails: what it does not show need not have gone.
 */
static int
look_at_folders(struct office *o, const char *folder, time_t now,
    bool *is_whole)
{
	struct office_campaign *oc;
	struct dirent	*entry;
	char		*dir;
	DIR		*d = opendir(folder);
	int		 rc = 0, changed = 0;

	*is_whole = d != NULL || errno == ENOENT;
	while (d != NULL && rc != -1) {
		errno = 0; /* the end leaves it so, an error does not */
		entry = readdir(d);
		if (entry == NULL) {
			*is_whole = errno == 0;
			break;
		}
		if (entry->d_name[0] == '.')
			continue;
		dir = join(folder, entry->d_name);
		oc = campaign_slot(o, entry->d_name);
		oc->is_here = true;
		rc = campaign_look(o, oc, dir, now);
		free(dir);
		changed += rc;
	}
	if (d != NULL)
		closedir(d);
	return rc == -1 ? -1 : changed;
}

int
office_refresh(struct office *o, time_t now)
{
	char	*folder = join(o->config->state, "campaigns");
	bool	 is_whole;
	size_t	 i;
	int	 changed;

	for (i = 0; i < o->n_all; i++)
		o->campaigns[i].is_here = false;
	changed = look_at_folders(o, folder, now, &is_whole);
	free(folder);
	if (changed == -1)
		return -1;
	if (is_whole)
		changed += drop_gone(o);
	qsort(o->campaigns, o->n_all, sizeof(*o->campaigns),
	    compare_campaigns);
	o->n_campaigns = 0;
	while (o->n_campaigns < o->n_all &&
	    o->campaigns[o->n_campaigns].campaign != NULL)
		o->n_campaigns++;
	return changed;
}

int
office_open(struct office *o, enum store_mode mode)
{
	o->mode = mode;
	return store_open(o->config->state, mode, &o->store);
}

int
office_reload(struct office *o, const char *config_file,
    struct problems *problems)
{
	struct office	*fresh = office_load(config_file, problems), old;

	if (fresh == NULL)
		return -1;
	if (strcmp(fresh->config->state, o->config->state) != 0) {
		problems_add(problems, config_file, 0, "[paths] state cannot "
		    "change while running; start the daemon anew");
		office_free(fresh);
		return -1;
	}
	fresh->who = o->who;
	fresh->mode = o->mode;
	old = *o;
	*o = *fresh;
	o->store = old.store;
	old.store = NULL;
	*fresh = old;
	office_free(fresh);
	return 0;
}
