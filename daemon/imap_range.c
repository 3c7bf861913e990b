/*
 * Fetching a range of messages with flat memory (RFC 3501 §6.4.5, §6.4.8):
 * only UID, INTERNALDATE, RFC822.SIZE and BODY.PEEK[] are ever asked for.
 * libetpan hands the bytes of a body to one callback and the message's
 * data items to another at its end; a body belongs to the UID named there.
 */
#include "daemon/imap_range.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "daemon/incoming.h"
#include "daemon/keeper.h"
#include "daemon/limits.h"

/* The data items of one message that we look at. */
struct items {
	uint32_t	uid;
	uint64_t	size;
	int64_t		received_utc;
	size_t		bodies;
	bool		has_size;
};

static int64_t
date_utc(const struct mailimap_date_time *d)
{
	struct tm	tm = {0};
	int		zone;

	tm.tm_year = d->dt_year - 1900;
	tm.tm_mon = d->dt_month - 1;
	tm.tm_mday = d->dt_day;
	tm.tm_hour = d->dt_hour;
	tm.tm_min = d->dt_min;
	tm.tm_sec = d->dt_sec;
	zone = d->dt_zone / 100 * 3600 + d->dt_zone % 100 * 60; /* +0730 */
	return (int64_t)timegm(&tm) - zone;
}

static void
items_read(const struct mailimap_msg_att *att, struct items *it)
{
	struct mailimap_msg_att_item	*item;
	struct mailimap_msg_att_static	*st;
	clistiter			*i;

	memset(it, 0, sizeof(*it));
	for (i = clist_begin(att->att_list); i != NULL; i = clist_next(i)) {
		item = clist_content(i);
		if (item->att_type != MAILIMAP_MSG_ATT_ITEM_STATIC)
			continue;
		st = item->att_data.att_static;
		switch (st->att_type) {
		case MAILIMAP_MSG_ATT_UID:
			it->uid = st->att_data.att_uid;
			break;
		case MAILIMAP_MSG_ATT_RFC822_SIZE:
			it->size = st->att_data.att_rfc822_size;
			it->has_size = true;
			break;
		case MAILIMAP_MSG_ATT_INTERNALDATE:
			if (st->att_data.att_internal_date != NULL)
				it->received_utc =
				    date_utc(st->att_data.att_internal_date);
			break;
		case MAILIMAP_MSG_ATT_BODY_SECTION:
			it->bodies++;
			break;
		default:
			break;
		}
	}
}

static int
by_uid(const void *a, const void *b)
{
	const struct imap_wanted	*x = a, *y = b;

	return (x->uid > y->uid) - (x->uid < y->uid);
}

static int
list(struct imap_range *range, struct mailimap_set *set, uint32_t first)
{
	struct mailimap_fetch_type	*type;
	struct items			 it;
	clist				*result = NULL;
	clistiter			*i;
	size_t				 cap = 64, n;
	int				 r;

	type = mailimap_fetch_type_new_fetch_att_list_empty();
	mailimap_fetch_type_new_fetch_att_list_add(type,
	    mailimap_fetch_att_new_uid());
	mailimap_fetch_type_new_fetch_att_list_add(type,
	    mailimap_fetch_att_new_rfc822_size());
	mailimap_fetch_type_new_fetch_att_list_add(type,
	    mailimap_fetch_att_new_internaldate());
	imap_allow(range->conn, NET_COMMAND_MS, NET_SESSION_BYTES);
	r = mailimap_uid_fetch(range->conn->imap, set, type, &result);
	mailimap_fetch_type_free(type);
	range->n = 0;
	range->wanted = calloc(cap, sizeof(*range->wanted));
	if (range->wanted == NULL)
		abort();
	if (r != MAILIMAP_NO_ERROR)
		return r;
	for (i = clist_begin(result); i != NULL; i = clist_next(i)) {
		items_read(clist_content(i), &it);
		/* "n:*" always names the last message, even one below n; new
		 * flags of any message may be told unasked (RFC 3501 §7.4.2) */
		if (it.uid == 0 || it.uid < first || !it.has_size)
			continue;
		if (range->n == cap) {
			cap *= 2;
			range->wanted = realloc(range->wanted,
			    cap * sizeof(*range->wanted));
			if (range->wanted == NULL)
				abort();
		}
		range->wanted[range->n++] = (struct imap_wanted){
			.uid = it.uid, .size = it.size,
			.received_utc = it.received_utc};
	}
	mailimap_fetch_list_free(result);
	qsort(range->wanted, range->n, sizeof(*range->wanted), by_uid);
	for (n = 1; n < range->n; n++) /* told twice: once is enough */
		if (range->wanted[n].uid == range->wanted[n - 1].uid)
			range->wanted[n].done = 1;
	return 0;
}

int
imap_range_list(struct imap_range *range, uint32_t first, uint32_t last)
{
	struct mailimap_set	*set;
	int			 r;

	set = mailimap_set_new_interval(first, last);
	r = list(range, set, first);
	mailimap_set_free(set);
	return r;
}

int
imap_range_list_uids(struct imap_range *range, const uint32_t *uids, size_t n)
{
	struct mailimap_set	*set = mailimap_set_new_empty();
	size_t			 i;
	int			 r;

	for (i = 0; i < n; i++)
		mailimap_set_add_single(set, uids[i]);
	r = list(range, set, 1);
	mailimap_set_free(set);
	return r;
}

/* What the two callbacks of one body fetch share. */
struct body_fetch {
	struct imap_range	*range;
	struct incoming		*file; /* being written; NULL between */
	int			 disk_errno;
	size_t			 next;	/* all before are done */
	size_t			 placed; /* all before are told to be done */
	size_t			 to;
};

static bool
on_body(int att_type, struct mailimap_msg_att_body_section *section,
    const char *bytes, size_t length, void *context)
{
	struct body_fetch	*b = context;
	struct fetch_session	*s = b->range->conn->session;

	(void)section;
	if (att_type != MAILIMAP_MSG_ATT_BODY_SECTION)
		return true;
	if (b->disk_errno != 0)
		return true; /* keep in step; nothing more is written */
	if (b->file == NULL)
		b->file = incoming_new(s->tmp_fd, s->incoming_fd);
	if (b->file == NULL || incoming_write(b->file, bytes, length) == -1)
		b->disk_errno = errno != 0 ? errno : EIO;
	return true;
}

static struct imap_wanted *
find_wanted(struct imap_range *range, uint32_t uid)
{
	struct imap_wanted	key = {.uid = uid};

	return bsearch(&key, range->wanted, range->n, sizeof(key), by_uid);
}

/* Once in a while: what is done is not for nothing if we are cut short. */
static void
tell_place(struct body_fetch *b)
{
	struct imap_range	*range = b->range;
	struct fetch_event	 e = {.kind = FETCH_PLACE};

	while (b->next < b->to && range->wanted[b->next].done)
		b->next++;
	if (b->next - b->placed < FETCH_PLACE_MAILS)
		return;
	b->placed = b->next;
	e.folder = range->folder;
	e.uidvalidity = range->uidvalidity;
	e.uidnext = range->wanted[b->next - 1].uid + 1;
	keeper_tell(range->conn->session->keeper, &e);
}

static void
on_message(struct mailimap_msg_att *att, void *context)
{
	struct body_fetch	*b = context;
	struct imap_range	*range = b->range;
	struct fetch_session	*s = range->conn->session;
	struct incoming		*file = b->file;
	struct imap_wanted	*w;
	struct fetch_event	 e = {.kind = FETCH_MESSAGE};
	struct items		 it;

	b->file = NULL;
	items_read(att, &it);
	w = find_wanted(range, it.uid);
	if (file == NULL || b->disk_errno != 0 || it.bodies != 1 ||
	    w == NULL || w->done) {
		incoming_drop(file);
		return;
	}
	e.folder = range->folder;
	e.uidvalidity = range->uidvalidity;
	e.uid = it.uid;
	e.received_utc = w->received_utc;
	e.size = incoming_size(file);
	e.sender = incoming_sender(file);
	if (keeper_add(s->keeper, file, &e) == -1) {
		b->disk_errno = errno;
		return;
	}
	w->done = 1;
	tell_place(b);
}

/* Without a progress callback libetpan ignores the message callback. */
static void
no_progress(size_t current, size_t maximum, void *context)
{
	(void)current;
	(void)maximum;
	(void)context;
}

static struct mailimap_fetch_type *
body_items(void)
{
	struct mailimap_fetch_type	*type;

	type = mailimap_fetch_type_new_fetch_att_list_empty();
	mailimap_fetch_type_new_fetch_att_list_add(type,
	    mailimap_fetch_att_new_uid());
	mailimap_fetch_type_new_fetch_att_list_add(type,
	    mailimap_fetch_att_new_body_peek_section(
	    mailimap_section_new(NULL)));
	return type;
}

/*
 * What is wanted of from … to, in few words: between two that are listed
 * one after the other there is nothing else. Returns how many.
 */
static size_t
wanted_set(const struct imap_range *range, size_t from, size_t to,
    struct mailimap_set *set)
{
	size_t	 i, last, asked = 0;

	for (i = from; i < to; i = last + 1) {
		last = i;
		if (range->wanted[i].done)
			continue;
		while (last + 1 < to && !range->wanted[last + 1].done)
			last++;
		mailimap_set_add_interval(set, range->wanted[i].uid,
		    range->wanted[last].uid);
		asked += last + 1 - i;
	}
	return asked;
}

int
imap_range_bodies(struct imap_range *range, size_t from, size_t to)
{
	struct body_fetch		 b = {.range = range, .next = from,
		    .placed = from, .to = to};
	struct mailimap_set		*set = mailimap_set_new_empty();
	struct mailimap_fetch_type	*type;
	mailimap			*imap = range->conn->imap;
	clist				*result = NULL;
	uint64_t			 budget = NET_SESSION_BYTES;
	size_t				 i;
	int				 r = MAILIMAP_NO_ERROR;

	for (i = from; i < to; i++) {
		/* sizes are not to be trusted: some servers announce too
		 * little, so the budget is generous, but it is one */
		if (!range->wanted[i].done)
			budget += range->wanted[i].size * 2 + NET_LINE_SLACK;
	}
	if (wanted_set(range, from, to, set) > 0) {
		type = body_items();
		mailimap_set_progress_callback(imap, no_progress, no_progress,
		    NULL);
		mailimap_set_msg_body_handler(imap, on_body, &b);
		mailimap_set_msg_att_handler(imap, on_message, &b);
		imap_allow(range->conn, NET_RANGE_MS, budget);
		r = mailimap_uid_fetch(imap, set, type, &result);
		mailimap_set_msg_body_handler(imap, NULL, NULL);
		mailimap_set_msg_att_handler(imap, NULL, NULL);
		mailimap_set_progress_callback(imap, NULL, NULL, NULL);
		mailimap_fetch_type_free(type);
		if (result != NULL)
			mailimap_fetch_list_free(result);
	}
	mailimap_set_free(set);
	incoming_drop(b.file);
	if (keeper_wait(range->conn->session->keeper) == -1)
		b.disk_errno = errno;
	if (b.disk_errno != 0) {
		fetch_trouble(range->conn->session, FETCH_TROUBLE_DISK,
		    "cannot write the mail: %s", strerror(b.disk_errno));
		return -1;
	}
	return r;
}
