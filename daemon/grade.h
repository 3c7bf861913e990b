#ifndef DAEMON_GRADE_H
#define DAEMON_GRADE_H

#include <stdbool.h>

struct attachment;
struct message;

/* What an attachment may be, by its content alone; better is more. */
enum grade {
	GRADE_IGNORED = 0,	/* signature, logo, owner file */
	GRADE_COMPANION,	/* tables, texts: never the report itself */
	GRADE_CONTAINER,	/* an archive whose members stand beside it */
	GRADE_WEAK,		/* a photo, an unknown file: if nothing else */
	GRADE_UNREADABLE,	/* a document we cannot read */
	GRADE_READ		/* read, with headings */
};

enum grade grade_of(const struct message *m, const struct attachment *a);

/* What its headers say a mail is, whatever it holds. */
bool	 mail_is_auto_reply(const struct message *m); /* vacation, receipt */
bool	 mail_is_bulk(const struct message *m); /* list, newsletter, robot */

#endif
