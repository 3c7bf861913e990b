#ifndef DAEMON_CLI_READ_H
#define DAEMON_CLI_READ_H

struct attachment;
struct cli;
struct document;
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
/* index: of the mail's attachment, or PARSER_WHOLE_FILE. */
int	 cli_read_content(struct cli *c, int fd, int index, const char *name,
    struct document **out);
int	 cli_read_lexicon(struct cli *c, struct lexicon **out);

#endif
