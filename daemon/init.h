#ifndef DAEMON_INIT_H
#define DAEMON_INIT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct strbuf;

/*
 * The questions of `tiepnhan init`, and the configuration made from the
 * answers: the commented example with their values put in.
 */
enum init_question {
	INIT_NAME, INIT_RECEIVER, INIT_CONTACT, INIT_PHONE, INIT_CLERK,
	INIT_MAILBOX_URL, INIT_MAILBOX_USER, INIT_MAILBOX_PASSWORD,
	INIT_MAILBOX_CA, INIT_FOLDERS,
	INIT_OUTGOING_URL, INIT_OUTGOING_USER, INIT_OUTGOING_PASSWORD,
	INIT_OUTGOING_CA, INIT_FROM,
	INIT_STATE, INIT_COUNT
};

struct init {
	struct arena	*arena;	/* borrowed */
	const char	*answers[INIT_COUNT]; /* NULL: not yet asked */
	bool		 secrets_beside; /* password_file, not credentials */
};

/*
 * Ask one question on the terminal (or standard input), the present answer
 * or the usual one as default; passwords without echo. 0, or -1 at the end
 * of the input. Questions that the answers so far make needless are not
 * asked.
 */
int	 init_ask(struct init *in, enum init_question q);
/* "y" or "n", with a default; -1 at the end of the input. */
int	 init_yes(const char *question, bool usual);

/* The text of tiepnhan.conf; example: the commented one. */
void	 init_text(const struct init *in, const char *example,
    struct strbuf *out);

#endif
