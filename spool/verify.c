/*
 * Does the spool hold what the rows say, and nothing else?
 */
#include "spool/verify.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "spool/digest.h"
#include "spool/files.h"
#include "spool/handle.h"
#include "spool/listing.h"
#include "spool/mail.h"
#include "spool/query.h"

struct walk {
	struct store	*st;
	verify_found	 found;
	void		*arg;
	int64_t		 n_files;
};

static int
check_database(struct walk *w)
{
	struct query	q;
	int		result = 0;

	query_start_once(&q, w->st, "PRAGMA integrity_check(10)");
	while (result == 0 && query_step(&q) == 1) {
		if (strcmp(query_get_text(&q, 0), "ok") != 0)
			result = w->found(VERIFY_DATABASE_DAMAGED,
			    query_get_text(&q, 0), w->arg);
	}
	return query_end(&q) == -1 ? -1 : result;
}

/* Read one file whole. */
static int
check_file(struct walk *w, const char *name, const char *sha256,
    uint64_t size)
{
	char		hex[DIGEST_HEX];
	uint64_t	n = 0;
	int		fd, rc;

	fd = openat(w->st->spool_fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd == -1 && errno == ENOENT)
		return w->found(VERIFY_FILE_MISSING, name, w->arg);
	if (fd == -1)
		return w->found(VERIFY_FILE_DAMAGED, name, w->arg);
	rc = digest_file(fd, hex, &n);
	close(fd);
	w->n_files++;
	if (rc == -1 || n != size || strcmp(hex, sha256) != 0)
		return w->found(VERIFY_FILE_DAMAGED, name, w->arg);
	return 0;
}

static int
check_row(const struct mail *m, void *arg)
{
	struct walk	*w = arg;
	char		 name[FILES_NAME];

	files_name(m->sha256, m->form, name);
	if (m->state != MESSAGE_PURGED)
		return check_file(w, name, m->sha256, m->size);
	if (faccessat(w->st->spool_fd, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return w->found(VERIFY_FILE_UNPURGED, name, w->arg);
	return 0;
}

/* Is this entry of the spool a file of a row, or a folder of ours? */
static int
check_entry(const char *name, void *arg)
{
	struct walk	*w = arg;
	enum files_form	 form = FILES_MAIL;
	struct mail	*m = NULL;
	char		 sha256[DIGEST_HEX];
	bool		 is_known;

	if (name[0] == '.' || strcmp(name, "tmp") == 0 ||
	    strcmp(name, "incoming") == 0)
		return 0;
	if (files_name_parse(name, sha256, &form) == 0)
		m = mail_find_sha256(w->st, sha256);
	is_known = m != NULL && m->form == form;
	free(m);
	return is_known ? 0 : w->found(VERIFY_FILE_UNKNOWN, name, w->arg);
}

int
verify_spool(struct store *st, verify_found found, void *arg,
    int64_t *n_files)
{
	struct walk		w = { st, found, arg, 0 };
	struct mail_filter	all = { 0 };
	int			result;

	result = check_database(&w);
	if (result == 0)
		result = mail_each(st, &all, check_row, &w);
	if (result == 0)
		result = listing_each(st, st->spool_fd, "spool", check_entry,
		    &w);
	*n_files = w.n_files;
	return result;
}
