#ifndef DAEMON_MAIL_FACTS_H
#define DAEMON_MAIL_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "daemon/decision.h"
#include "daemon/decision_read.h"
#include "daemon/ruling.h"

struct arena;
struct mail;
struct message;
struct office;

/* What the store knows about a mail, as input of its ruling. */
struct mail_facts {
	struct ruling_input ruling;
	struct mail_word word;	/* ruling.word points here */
	int64_t		 bounced; /* our outgoing that came back; 0 */
	int64_t		 copy_of; /* the same mail, put into other bytes by a
				     server; 0 */
};

/* 0, or -1 when the store fails. *out must stay where it is. */
int	 mail_facts_load(const struct office *o, const struct mail *mail,
    const struct message *m, struct arena *arena, struct mail_facts *out);

/* Is it where servers put junk, by its name? */
bool	 mail_is_junk_folder(const char *folder, struct arena *arena);

#endif
