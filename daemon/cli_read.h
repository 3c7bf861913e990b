#ifndef DAEMON_CLI_READ_H
#define DAEMON_CLI_READ_H

#include <stdbool.h>

#include "parsers/document.h"

struct attachment;
struct cli;
struct letter;
struct lexicon;
struct sheet;

/*
 * Foreign documents for the verbs, through the jailed parser; answers live
 * in c->arena. name is what messages call the file. Each gives 0, or an
 * exit code with everything said: EX_DATAERR for a document that cannot be
 * read, EX_TEMPFAIL when nothing can be read now.
 */
int	 cli_read_letter(struct cli *c, int fd, const char *name,
    struct letter **out);
/* The best document of a bare file (a zip holds several). */
int	 cli_read_report(struct cli *c, int fd, const char *name,
    const struct attachment **out);
int	 cli_read_sheet(struct cli *c, int fd, const char *name,
    struct sheet **out);
/* Which document of a stored file. */
struct cli_part {
	int		 fd;
	int		 index;	/* of message.attachments */
	bool		 is_bare; /* a bare file, no mail */
	enum format	 converted_from; /* FORMAT_OTHER: it was not */
	const char	*name;
};
int	 cli_read_content(struct cli *c, const struct cli_part *part,
    struct document **out);
int	 cli_read_lexicon(struct cli *c, struct lexicon **out);

#endif
