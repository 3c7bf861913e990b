/*
 * Whose address, an answer to which mail of ours, a bounce of which, from
 * which folder: all that rulings need besides the mail itself.
 */
#include "daemon/mail_facts.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/decision_read.h"
#include "daemon/office.h"
#include "daemon/roster.h"
#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/message.h"
#include "parsers/text.h"
#include "spool/address.h"
#include "spool/mail.h"
#include "spool/outgoing.h"

/* Folders that servers put junk into; the last part of the name. */
static const char *const junk_folders[] = { "junk", "junk e-mail",
	"junk email", "spam", "bulk mail", "bulk", "thu rac", "quarantine" };

#define COPIES_LOOKED_AT 8

struct gather {
	const struct office *office;
	struct arena	*arena;
	int		*units;
	size_t		 n;
};

static void
add_unit(struct gather *g, int unit)
{
	int	*grown;
	size_t	 i;

	if (unit < 0)
		return;
	for (i = 0; i < g->n; i++)
		if (g->units[i] == unit)
			return;
	grown = arena_calloc(g->arena, g->n + 1, sizeof(*grown));
	if (g->n > 0)
		memcpy(grown, g->units, g->n * sizeof(*grown));
	grown[g->n++] = unit;
	g->units = grown;
}

static int
learned_row(const struct address_learned *a, void *arg)
{
	struct gather	*g = arg;

	add_unit(g, roster_find(g->office->roster, a->unit));
	return 0;
}

static int
find_addressed(struct gather *g, const char *address)
{
	int	*units;
	size_t	 i, n;

	if (address[0] == '\0')
		return 0;
	n = roster_find_address(g->office->roster, address, g->arena,
	    &units);
	for (i = 0; i < n; i++)
		add_unit(g, units[i]);
	return address_each_learned(g->office->store, address, learned_row,
	    g);
}

/* Units of the mails of ours among these Message-IDs; the last row met. */
static int64_t
find_ours(struct gather *g, const char *const *ids, size_t n)
{
	struct outgoing	*o;
	int64_t		 row = 0;
	size_t		 i, k;

	for (i = 0; i < n && i < LIMIT_REFERENCES; i++) {
		o = outgoing_find_message_id(g->office->store, ids[i]);
		if (o == NULL)
			continue;
		row = o->outgoing;
		for (k = 0; k < o->n_units; k++)
			add_unit(g, roster_find(g->office->roster,
			    o->units[k]));
		free(o);
	}
	return row;
}

bool
mail_is_junk_folder(const char *folder, struct arena *arena)
{
	const char	*last = folder + strlen(folder), *key;
	size_t		 i;

	while (last > folder && strchr("/.", last[-1]) == NULL)
		last--;
	key = text_key(last, TEXT_KEY_BARE, arena);
	for (i = 0; i < sizeof(junk_folders) / sizeof(junk_folders[0]); i++)
		if (strcmp(key, text_key(junk_folders[i], TEXT_KEY_BARE,
		    arena)) == 0)
			return true;
	return false;
}

/*
 * Nothing but the wrapping differs: the same files, or the same text where
 * there are none. The subject is not asked: folding anew changes blanks.
 */
static bool
is_same_content(const struct message *a, const struct message *b,
    struct arena *arena)
{
	size_t	 i;

	if (strcmp(a->from_address, b->from_address) != 0 ||
	    a->n_attachments != b->n_attachments)
		return false;
	for (i = 0; i < a->n_attachments; i++)
		if (strcmp(a->attachments[i].sha256,
		    b->attachments[i].sha256) != 0)
			return false;
	return a->n_attachments > 0 ||
	    strcmp(text_key(a->body, TEXT_KEY_BARE, arena),
	    text_key(b->body, TEXT_KEY_BARE, arena)) == 0;
}

/*
 * Some servers write a mail anew when they move or mend a mailbox. After a
 * change of UIDVALIDITY such a mail comes again under another hash; it is
 * known by Message-ID, time of receipt and content.
 */
static int
find_copied(const struct office *o, const struct mail *mail,
    const struct message *m, struct arena *arena, int64_t *copy_of)
{
	int64_t		 before[COPIES_LOOKED_AT];
	struct bytes	 blob;
	struct message	*other;
	void		*kept;
	int		 i, n;

	n = mail_same_id(o->store, mail, before, COPIES_LOOKED_AT);
	for (i = 0; i < n && *copy_of == 0; i++) {
		kept = mail_parsed_find(o->store, before[i], &blob.len);
		blob.data = kept;
		other = kept == NULL ? NULL : message_decode(blob, arena);
		if (other != NULL && is_same_content(other, m, arena))
			*copy_of = before[i];
		free(kept);
	}
	return n == -1 ? -1 : 0;
}

int
mail_facts_load(const struct office *o, const struct mail *mail,
    const struct message *m, struct arena *arena, struct mail_facts *out)
{
	struct ruling_input *in = &out->ruling;
	struct gather	 addressed = { o, arena, NULL, 0 };
	struct gather	 answered = { o, arena, NULL, 0 };
	struct gather	 returned = { o, arena, NULL, 0 };
	struct gather	 forwarded = { o, arena, NULL, 0 };
	size_t		 i;

	memset(out, 0, sizeof(*out));
	if (find_addressed(&addressed, m->from_address) == -1 ||
	    decision_of_mail(o, mail->mail, arena, &out->word) == -1)
		return -1;
	/* What the clerk has said of it is about it, copy or not. */
	if (out->word.event == 0 &&
	    find_copied(o, mail, m, arena, &out->copy_of) == -1)
		return -1;
	for (i = 0; i < m->n_forwards; i++)
		if (find_addressed(&forwarded, m->forwards[i].from_address) ==
		    -1)
			return -1;
	find_ours(&answered, m->references, m->n_references);
	out->bounced = find_ours(&returned, m->bounced_ids,
	    m->n_bounced_ids);
	in->office = o;
	in->message = m;
	in->received = mail->received_utc;
	in->is_bare = mail->form == FILES_BARE;
	in->is_junk = mail_is_junk_folder(mail->folder, arena);
	in->is_own = m->message_id[0] != '\0' &&
	    find_ours(&returned, &m->message_id, 1) != 0;
	in->is_bounce_of_ours = out->bounced != 0;
	in->addressed = addressed.units;
	in->n_addressed = addressed.n;
	in->answered = answered.units;
	in->n_answered = answered.n;
	in->forwarded = forwarded.units;
	in->n_forwarded = forwarded.n;
	in->word = &out->word;
	return 0;
}
