#ifndef DAEMON_CONVERT_MAIL_H
#define DAEMON_CONVERT_MAIL_H

#include <stdbool.h>
#include <stdint.h>

struct parser;
struct strbuf;

/*
 * The attachments of one mail that only a converter can make readable.
 * They are tried where nothing else in the mail could be read: a scan or
 * an old file beside the .docx is its copy. PDFs are tried only where no
 * .doc gave a text.
 */
struct mail_conversion;

struct mail_conversion_input {
	struct parser	*parser;
	int		 in_fd;	/* the mail; borrowed, as is the parser */
	bool		 is_bare; /* a bare file */
};

/* parsed: the message as the parser encoded it. NULL: nothing to do. */
struct mail_conversion *mail_conversion_begin(
    const struct mail_conversion_input *in, const struct strbuf *parsed);
int	 mail_conversion_fd(const struct mail_conversion *c);
int64_t	 mail_conversion_due_ms(const struct mail_conversion *c);
bool	 mail_conversion_step(struct mail_conversion *c); /* true: over */
/* Once over: the message, with what could be read now; frees c. */
void	 mail_conversion_finish(struct mail_conversion *c,
    struct strbuf *parsed);
/* Before that, once its parser was stopped. Accepts NULL. */
void	 mail_conversion_drop(struct mail_conversion *c);

#endif
