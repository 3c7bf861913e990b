/*
 * Taking mail from incoming/ into the spool.
 *
 * Each file gets its name in the spool by link(2) and loses the one in
 * incoming/ only after the commit: whatever a crash leaves behind lies in
 * incoming/ and is taken again, so that a start need not list the spool.
 * Order: link, sync the folder, commit, unlink.
 */
#include "spool/arrival.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "spool/digest.h"
#include "spool/handle.h"
#include "spool/listing.h"
#include "spool/mail.h"
#include "spool/message_state.h"
#include "spool/query.h"
#include "spool/stamp.h"

#define ID_MIN 6

/* ---- files */

/* Is there a regular file of this size? 0 yes, -1 with errno. */
static int
check_file(int dir_fd, const char *name, uint64_t size)
{
	struct stat	sb;

	if (fstatat(dir_fd, name, &sb, AT_SYMLINK_NOFOLLOW) == -1)
		return -1;
	if (!S_ISREG(sb.st_mode) || (uint64_t)sb.st_size != size) {
		errno = EINVAL;
		return -1;
	}
	return 0;
}

/*
 * Give the file its name in the spool. A file that is there already is
 * kept if it is whole, else replaced. Its time becomes that of receipt,
 * from which a lost database can be made anew.
 */
static int
place(struct store *st, const struct arrival *a, bool *is_placed)
{
	struct timespec	times[2] = { { .tv_nsec = UTIME_OMIT },
	    { .tv_sec = (time_t)a->received_utc } };
	char		name[FILES_NAME];

	files_name(a->sha256, a->form, name);
	if (check_file(st->incoming_fd, name, a->size) == -1) {
		/* taken before, or the same bytes twice in one group */
		if (errno == ENOENT &&
		    check_file(st->spool_fd, name, a->size) == 0)
			return 0;
		if (errno == EINVAL)
			return store_fail(st, STORE_REFUSED,
			    "incoming/%s: not a file of %llu bytes", name,
			    (unsigned long long)a->size);
		return store_fail_errno(st, name);
	}
	*is_placed = true;
	/* Only a help for bad times. */
	(void)utimensat(st->incoming_fd, name, times, AT_SYMLINK_NOFOLLOW);
	if (linkat(st->incoming_fd, name, st->spool_fd, name, 0) == 0)
		return 0;
	if (errno == EEXIST && check_file(st->spool_fd, name, a->size) == 0)
		return 0;
	/* damaged there, or a file system without links */
	if (renameat(st->incoming_fd, name, st->spool_fd, name) == -1)
		return store_fail_errno(st, name);
	return 0;
}

/* ---- rows */

static size_t
common(const char *a, const char *b)
{
	size_t	i = 0;

	while (a[i] != '\0' && a[i] == b[i])
		i++;
	return i;
}

/* Digits that tell this hash from its neighbours in the index. */
static int
id_length(struct store *st, const char *sha256, size_t *len)
{
	static const char before[] = "SELECT sha256 FROM mail"
	    " WHERE sha256 < ? ORDER BY sha256 DESC LIMIT 1";
	static const char after[] = "SELECT sha256 FROM mail"
	    " WHERE sha256 > ? ORDER BY sha256 LIMIT 1";
	const char	*sql[] = { before, after };
	struct query	 q;
	size_t		 i, n;

	*len = ID_MIN;
	for (i = 0; i < 2; i++) {
		query_start(&q, st, sql[i]);
		query_text(&q, sha256);
		if (query_step(&q) == 1) {
			n = common(sha256, query_get_text(&q, 0)) + 1;
			if (n > *len)
				*len = n;
		}
		if (query_end(&q) == -1)
			return -1;
	}
	return 0;
}

static int
insert_mail(struct store *st, struct arrival *a)
{
	static const char sql[] = "INSERT INTO mail (sha256, id, form,"
	    " file_name, size, received_utc, taken_utc, account, folder,"
	    " is_backlog, state, sender, turn) VALUES"
	    " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
	struct query	q;
	char		id[DIGEST_HEX];
	size_t		len;
	int64_t		turn;

	if (id_length(st, a->sha256, &len) == -1)
		return -1;
	(void)snprintf(id, sizeof(id), "%.*s", (int)len, a->sha256);
	if (mail_next_turn(st, a->sender, &turn) == -1)
		return -1;
	query_start(&q, st, sql);
	query_text(&q, a->sha256);
	query_text(&q, id);
	query_int(&q, a->form);
	query_text(&q, a->form == FILES_BARE ? a->name : "");
	query_int(&q, (int64_t)a->size);
	query_int(&q, a->received_utc);
	query_int(&q, a->taken_utc);
	query_text(&q, a->account);
	query_text(&q, a->folder);
	query_int(&q, a->is_backlog);
	query_int(&q, MESSAGE_STORED);
	query_int(&q, a->sender);
	query_int(&q, turn);
	if (query_run(&q) == -1)
		return -1;
	a->mail = sqlite3_last_insert_rowid(st->db);
	a->is_new = true;
	return 0;
}

/* A mail entered after a crash without a source: now we know it. */
static int
give_source(struct store *st, const struct arrival *a)
{
	struct query	q;

	query_start(&q, st, "UPDATE mail SET account = ?, folder = ?,"
	    " received_utc = ?, is_backlog = ? WHERE mail = ?");
	query_text(&q, a->account);
	query_text(&q, a->folder);
	query_int(&q, a->received_utc);
	query_int(&q, a->is_backlog);
	query_int(&q, a->mail);
	if (query_run(&q) == -1)
		return -1;
	query_start(&q, st, "UPDATE submission SET received_utc = ?"
	    " WHERE mail = ?");
	query_int(&q, a->received_utc);
	query_int(&q, a->mail);
	return query_run(&q);
}

static int
put_uid(struct store *st, const struct arrival *a)
{
	struct query	q;

	query_start(&q, st, "INSERT INTO uid (account, folder, uidvalidity,"
	    " uid, state, attempts, mail) VALUES (?, ?, ?, ?, 2, 1, ?)"
	    " ON CONFLICT DO UPDATE SET state = 2, mail = excluded.mail,"
	    " text = ''");
	query_text(&q, a->account);
	query_text(&q, a->folder);
	query_int(&q, a->uidvalidity);
	query_int(&q, (int64_t)a->uid);
	query_int(&q, a->mail);
	return query_run(&q);
}

/* One file: in the spool and in the rows. */
static int
take_one(struct store *st, struct arrival *a, bool *is_placed)
{
	struct query	q;
	bool		is_purged = false, has_source = true;

	if (!digest_is_hex(a->sha256))
		return store_fail(st, STORE_REFUSED,
		    "incoming: a name that is no hash");
	a->mail = 0;
	a->is_new = false;
	query_start(&q, st, "SELECT mail, state, account FROM mail"
	    " WHERE sha256 = ?");
	query_text(&q, a->sha256);
	if (query_step(&q) == 1) {
		a->mail = query_get_int(&q, 0);
		is_purged = query_get_int(&q, 1) == MESSAGE_PURGED;
		has_source = *query_get_text(&q, 2) != '\0';
	}
	if (query_end(&q) == -1)
		return -1;
	if (!is_purged && place(st, a, is_placed) == -1)
		return -1;
	if (a->mail == 0 && insert_mail(st, a) == -1)
		return -1;
	if (!has_source && *a->account != '\0' && give_source(st, a) == -1)
		return -1;
	return a->uid == 0 ? 0 : put_uid(st, a);
}

int
arrival_take(struct store *st, struct arrival *a, size_t n)
{
	char	name[FILES_NAME];
	size_t	i;
	bool	is_placed = false, is_ours;

	if (store_begin(st) == -1)
		return -1;
	is_ours = stamp_is_ours(st);
	for (i = 0; i < n; i++) {
		if (take_one(st, &a[i], &is_placed) == -1)
			goto rollback;
	}
	if (is_placed) {
		if (fsync(st->spool_fd) == -1) {
			(void)store_fail_errno(st, "spool"); /* always -1 */
			goto rollback;
		}
		if (is_ours && stamp_put(st) == -1)
			goto rollback;
	}
	if (store_commit(st) == -1)
		return -1;
	for (i = 0; i < n; i++) {
		files_name(a[i].sha256, a[i].form, name);
		/* one that stays is taken again at the next start */
		(void)unlinkat(st->incoming_fd, name, 0);
	}
	return 0;

rollback:
	store_rollback(st);
	return -1;
}

/* ---- after a crash */

/* Names found in a folder, to be worked on in groups. */
struct names {
	char	(*name)[FILES_NAME];
	size_t	  n, cap;
};

static void
names_add(struct names *ns, const char *name)
{
	if (ns->n == ns->cap) {
		ns->cap = ns->cap == 0 ? 64 : ns->cap * 2;
		ns->name = realloc(ns->name, ns->cap * sizeof(*ns->name));
		if (ns->name == NULL)
			abort();
	}
	/* it fits: files_name_parse() has seen it */
	memcpy(ns->name[ns->n++], name, strlen(name) + 1);
}

static int
empty_entry(const char *name, void *arg)
{
	struct store	*st = arg;

	/* what cannot be removed only takes room */
	(void)unlinkat(st->tmp_fd, name, 0);
	return 0;
}

/* Is there a row for the file? 1, 0, or -1. A tombstone's file goes. */
static int
is_known(struct store *st, const char *name, const char *sha256)
{
	struct query	q;
	int64_t		state;

	query_start(&q, st, "SELECT state FROM mail WHERE sha256 = ?");
	query_text(&q, sha256);
	if (query_number(&q, 0, &state) == -1)
		return -1;
	if (state == MESSAGE_PURGED)
		/* what stays is found by verify */
		(void)unlinkat(st->spool_fd, name, 0);
	return state != 0;
}

struct looking {
	struct store	*st;
	struct names	*found;
	bool		 is_spool;
};

static int
list_mail(const char *name, void *arg)
{
	struct looking	*l = arg;
	enum files_form	 form;
	char		 sha256[DIGEST_HEX];
	int		 known = 0;

	if (files_name_parse(name, sha256, &form) == -1)
		return 0;
	if (l->is_spool)
		known = is_known(l->st, name, sha256);
	if (known == 0)
		names_add(l->found, name);
	return known == -1 ? -1 : 0;
}

/* Names of mails in a folder; of the spool only those without a row. */
static int
list_mails(struct store *st, int dir_fd, const char *what,
    struct names *found)
{
	struct looking	l = { st, found, dir_fd == st->spool_fd };

	return listing_each(st, dir_fd, what, list_mail, &l);
}

/*
 * Hash one file that a crash has left. 1 when it is what its name says,
 * 0 when it is not (it stays where it is, verify shows it), -1.
 */
static int
look_at(struct store *st, int dir_fd, const char *name, int64_t now,
    struct arrival *a, char sha256[DIGEST_HEX])
{
	struct stat	sb;
	char		hex[DIGEST_HEX];
	int		fd, saved;

	memset(a, 0, sizeof(*a));
	if (files_name_parse(name, sha256, &a->form) == -1)
		return 0;
	fd = openat(dir_fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd == -1)
		return errno == ELOOP ? 0 : store_fail_errno(st, name);
	if (fstat(fd, &sb) == -1 || digest_file(fd, hex, &a->size) == -1) {
		saved = errno;
		close(fd);
		errno = saved;
		return store_fail_errno(st, name);
	}
	close(fd);
	a->sha256 = sha256;
	a->name = a->account = a->folder = "";
	a->received_utc = sb.st_mtim.tv_sec;
	a->taken_utc = now;
	return strcmp(hex, sha256) == 0;
}

static int
take_found(struct store *st, int dir_fd, const struct names *found,
    int64_t now, size_t *n_entered)
{
	struct arrival	group[ARRIVAL_GROUP];
	char		sha256[ARRIVAL_GROUP][DIGEST_HEX];
	size_t		at = 0, i, n;
	int		good;

	while (at < found->n) {
		for (n = 0; n < ARRIVAL_GROUP && at < found->n; at++) {
			good = look_at(st, dir_fd, found->name[at], now,
			    &group[n], sha256[n]);
			if (good == -1)
				return -1;
			n += (size_t)good;
		}
		if (arrival_take(st, group, n) == -1)
			return -1;
		for (i = 0; i < n; i++)
			*n_entered += group[i].is_new;
	}
	return 0;
}

int
arrival_recover(struct store *st, int64_t now, size_t *n_entered)
{
	struct names	found = { 0 };
	int		result = -1;

	*n_entered = 0;
	if (listing_each(st, st->tmp_fd, "tmp", empty_entry, st) == -1)
		return -1;
	if (list_mails(st, st->incoming_fd, "incoming", &found) == -1 ||
	    take_found(st, st->incoming_fd, &found, now, n_entered) == -1)
		goto done;
	if (stamp_is_ours(st)) {
		result = 0;
		goto done;
	}
	found.n = 0;
	if (list_mails(st, st->spool_fd, "spool", &found) == -1 ||
	    take_found(st, st->spool_fd, &found, now, n_entered) == -1)
		goto done;
	result = stamp_put(st);
done:
	free(found.name);
	return result;
}
