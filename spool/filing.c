/*
 * What became of each mail, and of each file in it.
 */
#include "spool/filing.h"

#include <stdlib.h>
#include <string.h>

#include "spool/handle.h"
#include "spool/query.h"
#include "spool/wordlist.h"

static const char *
word(const char *const *words, size_t n, int i)
{
	return i >= 0 && (size_t)i < n && words[i] != NULL ? words[i] : "";
}

#define WORD(table, i) \
	word(table, sizeof(table) / sizeof(*(table)), (int)(i))

const char *
filing_kind_name(enum filing_kind k)
{
	static const char *const names[] = {
		[FILING_SUBMISSION] = "submission",
		[FILING_BOUNCE] = "bounce",
		[FILING_AUTO_REPLY] = "auto-reply",
		[FILING_QUESTION] = "question",
		[FILING_OTHER] = "other",
	};

	return WORD(names, k);
}

const char *
filing_basis_name(enum filing_basis b)
{
	static const char *const names[] = {
		[BASIS_NONE] = "none",
		[BASIS_ADDRESS] = "address",
		[BASIS_LETTERHEAD] = "letterhead",
		[BASIS_REPLY] = "reply",
		[BASIS_SUBJECT] = "subject",
		[BASIS_FILE_NAME] = "file-name",
		[BASIS_DISPLAY_NAME] = "display-name",
		[BASIS_SIGNATURE] = "signature",
		[BASIS_CLERK] = "clerk",
	};

	return WORD(names, b);
}

const char *
filing_role_name(enum filing_role r)
{
	static const char *const names[] = {
		[ROLE_REPORT] = "report",
		[ROLE_COMPANION] = "companion",
		[ROLE_IGNORED] = "ignored",
	};

	return WORD(names, r);
}

static int
put_attachment(struct store *st, int64_t mail,
    const struct filing_attachment *a)
{
	struct query	q;

	query_start(&q, st, "INSERT INTO attachment (mail, idx, name,"
	    " container, format, role, unit, sha256, size, status)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	query_int(&q, mail);
	query_int(&q, a->index);
	query_text(&q, a->name);
	query_text(&q, a->in);
	query_text(&q, a->format);
	query_int(&q, a->role);
	query_text(&q, a->unit);
	query_text(&q, a->sha256);
	query_int(&q, (int64_t)a->size);
	query_int(&q, a->status);
	return query_run(&q);
}

static int
put_row(struct store *st, const struct filing *f)
{
	struct wordlist	units = { 0 }, guesses = { 0 };
	struct query	q;
	size_t		i;
	int		result;

	for (i = 0; i < f->n_units; i++)
		wordlist_add(&units, f->units[i], '\n');
	for (i = 0; i < f->n_guesses; i++) {
		wordlist_add(&guesses, f->guesses[i].unit, '\t');
		wordlist_add(&guesses, f->guesses[i].why, '\n');
	}
	query_start(&q, st, "INSERT OR REPLACE INTO filing (mail, kind,"
	    " campaign, units, basis, is_counted, needs_clerk,"
	    " is_quarantined, reason, guesses, evidence, duplicate_of,"
	    " fitting, decided_utc, decided_by)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	query_int(&q, f->mail);
	query_int(&q, f->kind);
	query_text(&q, f->campaign);
	query_text(&q, wordlist_get(&units));
	query_int(&q, f->basis);
	query_int(&q, f->is_counted);
	query_int(&q, f->needs_clerk);
	query_int(&q, f->is_quarantined);
	query_text(&q, f->reason);
	query_text(&q, wordlist_get(&guesses));
	query_text(&q, f->evidence);
	query_int(&q, f->duplicate_of);
	query_int(&q, f->fitting);
	query_int(&q, f->decided_utc);
	query_text(&q, f->decided_by);
	result = query_run(&q);
	free(units.text);
	free(guesses.text);
	return result;
}

int
filing_put(struct store *st, const struct filing *f,
    const struct filing_attachment *attachments, size_t n)
{
	struct query	q;
	size_t		i;

	if (store_begin(st) == -1)
		return -1;
	query_start(&q, st, "DELETE FROM attachment WHERE mail = ?");
	query_int(&q, f->mail);
	if (query_run(&q) == -1 || put_row(st, f) == -1)
		return store_commit(st); /* it is broken: -1 */
	for (i = 0; i < n; i++) {
		if (put_attachment(st, f->mail, &attachments[i]) == -1)
			break;
	}
	return store_commit(st);
}

#define COLUMNS "SELECT mail, kind, campaign, units, basis, is_counted," \
	" needs_clerk, is_quarantined, reason, guesses, evidence," \
	" duplicate_of, fitting, decided_utc, decided_by FROM filing"

/*
 * One block: the struct, its arrays, then all texts. The two lists are
 * cut apart where they then stand.
 */
static struct filing *
pack(const struct filing *f, const char *unit_list, const char *guess_list)
{
	const char *const	 texts[] = { f->campaign, f->reason,
	    f->evidence, f->decided_by, unit_list, guess_list };
	size_t			 n_units = wordlist_count(unit_list);
	size_t			 n_guesses = wordlist_count(guess_list);
	size_t			 i, need;
	const char		**units;
	struct filing_guess	*guesses;
	struct filing		*out;
	char			*at, *list;

	need = sizeof(*out) + n_units * sizeof(*units) +
	    n_guesses * sizeof(*guesses);
	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		need += strlen(texts[i]) + 1;
	out = store_alloc(need);
	*out = *f;
	units = (const char **)(out + 1);
	guesses = (struct filing_guess *)(units + n_units);
	at = (char *)(guesses + n_guesses);
	out->campaign = wordlist_put(&at, f->campaign);
	out->reason = wordlist_put(&at, f->reason);
	out->evidence = wordlist_put(&at, f->evidence);
	out->decided_by = wordlist_put(&at, f->decided_by);
	list = wordlist_put(&at, unit_list);
	for (i = 0; i < n_units; i++)
		units[i] = wordlist_next(&list, '\n');
	list = wordlist_put(&at, guess_list);
	for (i = 0; i < n_guesses; i++) {
		guesses[i].unit = wordlist_next(&list, '\t');
		guesses[i].why = wordlist_next(&list, '\n');
	}
	out->units = units;
	out->n_units = n_units;
	out->guesses = guesses;
	out->n_guesses = n_guesses;
	return out;
}

static struct filing *
read_row(struct query *q)
{
	struct filing	f = { 0 };

	f.mail = query_get_int(q, 0);
	f.kind = (enum filing_kind)query_get_int(q, 1);
	f.campaign = query_get_text(q, 2);
	f.basis = (enum filing_basis)query_get_int(q, 4);
	f.is_counted = query_get_int(q, 5) != 0;
	f.needs_clerk = query_get_int(q, 6) != 0;
	f.is_quarantined = query_get_int(q, 7) != 0;
	f.reason = query_get_text(q, 8);
	f.evidence = query_get_text(q, 10);
	f.duplicate_of = query_get_int(q, 11);
	f.fitting = (int)query_get_int(q, 12);
	f.decided_utc = query_get_int(q, 13);
	f.decided_by = query_get_text(q, 14);
	return pack(&f, query_get_text(q, 3), query_get_text(q, 9));
}

struct filing *
filing_find(struct store *st, int64_t mail)
{
	struct filing	*f = NULL;
	struct query	 q;

	query_start(&q, st, COLUMNS " WHERE mail = ?");
	query_int(&q, mail);
	if (query_step(&q) == 1)
		f = read_row(&q);
	(void)query_end(&q); /* NULL says it */
	return f;
}

static int
walk(struct query *q, filing_row row, void *arg)
{
	struct filing	*f;
	int		 result = 0;

	while (result == 0 && query_step(q) == 1) {
		f = read_row(q);
		result = row(f, arg);
		free(f);
	}
	return query_end(q) == -1 ? -1 : result;
}

int
filing_each_needs_clerk(struct store *st, filing_row row, void *arg)
{
	struct query	q;

	query_start(&q, st, COLUMNS " WHERE needs_clerk = 1 ORDER BY mail");
	return walk(&q, row, arg);
}

int
filing_each_attachment(struct store *st, int64_t mail,
    filing_attachment_row row, void *arg)
{
	struct filing_attachment a;
	struct query	q;
	int		result = 0;

	query_start(&q, st, "SELECT mail, idx, name, container, format,"
	    " role, unit, sha256, size, status FROM attachment"
	    " WHERE mail = ? ORDER BY idx");
	query_int(&q, mail);
	while (result == 0 && query_step(&q) == 1) {
		a.mail = query_get_int(&q, 0);
		a.index = (int)query_get_int(&q, 1);
		a.name = query_get_text(&q, 2);
		a.in = query_get_text(&q, 3);
		a.format = query_get_text(&q, 4);
		a.role = (enum filing_role)query_get_int(&q, 5);
		a.unit = query_get_text(&q, 6);
		a.sha256 = query_get_text(&q, 7);
		a.size = (uint64_t)query_get_int(&q, 8);
		a.status = (int)query_get_int(&q, 9);
		result = row(&a, arg);
	}
	return query_end(&q) == -1 ? -1 : result;
}
