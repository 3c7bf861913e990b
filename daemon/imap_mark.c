/*
 * +FLAGS keyword or a move (RFC 6851, RFC 4315), after the commit. Where
 * the server has no MOVE: UID COPY, \Deleted, UID EXPUNGE of that UID
 * alone; a plain EXPUNGE would remove what people have marked, so it is
 * never sent.
 */
#include "daemon/imap_mark.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "daemon/limits.h"
#include "parsers/strbuf.h"

static int
add_flag(struct imap_conn *c, struct mailimap_set *set,
    struct mailimap_flag *flag)
{
	struct mailimap_flag_list	*flags;
	struct mailimap_store_att_flags	*store;
	int				 r;

	flags = mailimap_flag_list_new_empty();
	mailimap_flag_list_add(flags, flag);
	store = mailimap_store_att_flags_new_add_flags_silent(flags);
	r = mailimap_uid_store(c->imap, set, store);
	mailimap_store_att_flags_free(store);
	return r;
}

static int
move(struct imap_conn *c, struct mailimap_set *set)
{
	struct strbuf	name = {0};
	int		r;

	imap_utf7(c->session->request->after_name, &name);
	if (c->has_move) {
		r = mailimap_uid_move(c->imap, set, strbuf_get(&name));
	} else if (c->has_uidplus) {
		r = mailimap_uid_copy(c->imap, set, strbuf_get(&name));
		if (r == MAILIMAP_NO_ERROR)
			r = add_flag(c, set, mailimap_flag_new_deleted());
		if (r == MAILIMAP_NO_ERROR)
			r = mailimap_uid_expunge(c->imap, set);
	} else {
		/* neither: leave it where it is, visibly ours */
		/* the flag owns the copy
		 * NOLINTNEXTLINE(clang-analyzer-unix.Malloc) */
		r = add_flag(c, set, mailimap_flag_new_flag_keyword(
		    strdup("TiepNhan")));
	}
	strbuf_clear(&name);
	return r;
}

static int
mark_one(struct imap_conn *c, const struct fetch_mark *m)
{
	struct mailimap_set	*set = mailimap_set_new_single(m->uid);
	struct fetch_event	 e = {.kind = FETCH_MARKED};
	int			 r;

	imap_allow(c, NET_COMMAND_MS, NET_SESSION_BYTES);
	if (c->session->request->after == FETCH_AFTER_MOVE)
		r = move(c, set);
	else
		/* the flag owns the copy
		 * NOLINTNEXTLINE(clang-analyzer-unix.Malloc) */
		r = add_flag(c, set, mailimap_flag_new_flag_keyword(
		    strdup(c->session->request->after_name)));
	mailimap_set_free(set);
	if (r == MAILIMAP_NO_ERROR) {
		e.folder = m->folder;
		e.uidvalidity = m->uidvalidity;
		e.uid = m->uid;
		fetch_emit(c->session, &e);
	}
	return r;
}

int
imap_mark(struct imap_conn *c)
{
	const struct fetch_request	*rq = c->session->request;
	struct mailimap_selection_info	*info = NULL;
	uint32_t			 entered = UINT32_MAX;
	size_t				 i;
	int				 r;

	if (rq->after == FETCH_AFTER_NOTHING)
		return 0;
	for (i = 0; i < rq->n_marks; i++) {
		if (rq->marks[i].folder >= rq->n_folders)
			continue;
		if (rq->marks[i].folder != entered) {
			entered = rq->marks[i].folder;
			r = imap_enter(c, entered, false);
			if (r == -1)
				return EX_UNAVAILABLE;
			info = r == 0 ? c->imap->imap_selection_info : NULL;
		}
		/* counted anew since: that UID may be another message */
		if (info == NULL ||
		    info->sel_uidvalidity != rq->marks[i].uidvalidity)
			continue;
		r = mark_one(c, &rq->marks[i]);
		if (imap_is_lost(r)) {
			fetch_trouble(c->session, FETCH_TROUBLE_NETWORK,
			    "marking UID %u: %s", rq->marks[i].uid,
			    imap_reason(c, r));
			return EX_UNAVAILABLE;
		}
	}
	return 0;
}
