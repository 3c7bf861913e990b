#ifndef DAEMON_CONFIG_H
#define DAEMON_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "daemon/localtime.h"

struct arena;
struct problems;
struct strbuf;

enum endpoint_kind {
	ENDPOINT_NONE = 0,
	ENDPOINT_IMAPS = 1,
	ENDPOINT_IMAP = 2,	/* loopback only */
	ENDPOINT_SMTPS = 3,
	ENDPOINT_SMTP = 4,	/* STARTTLS, but on loopback */
	ENDPOINT_MAILDIR = 5
};

/* A mail server or maildir and how we show who we are. */
struct endpoint {
	enum endpoint_kind kind;
	const char	*url;	/* "maildir:/abs/path" made absolute */
	const char	*host;	/* "" for a maildir; IPv6 without [] */
	unsigned	 port;	/* the scheme's default filled in; 0 */
	bool		 is_loopback;
	const char	*path;	/* of the maildir, absolute; else "" */
	const char	*user;
	/* at most one of the three; none: a systemd credential, or none */
	const char	*password_file; /* absolute, or "" */
	const char	*password_command;
	const char	*token_command;	/* XOAUTH2 */
	const char	*credential; /* "mailbox-password", … */
	const char	*ca_file; /* absolute, or "" */
};

enum after_kind { AFTER_NOTHING = 0, AFTER_KEYWORD = 1, AFTER_MOVE = 2 };

/* tiepnhan.conf. Strings are never NULL; all of it lives in arena. */
struct config {
	struct arena	*arena;
	const char	*file;	/* absolute */
	const char	*folder; /* of the file */

	/* [office] */
	const char	*office_name;
	const char	*receiver;
	const char	*contact_name;
	const char	*contact_phone;
	const char	*clerk;	/* lower-case addr-spec */

	/* [mailbox] */
	struct endpoint	 mailbox;
	const char *const *folders;
	size_t		 n_folders;
	long		 since;	/* day; DAY_NONE when not given */
	unsigned	 poll_s;
	enum after_kind	 after;
	const char	*after_name; /* keyword or folder */
	unsigned	 keep_days; /* of mail that is no submission */

	/* [outgoing] */
	struct endpoint	 outgoing;
	const char	*from;	/* as written */
	const char	*from_name;
	const char	*from_address; /* lower case; the office mailbox */

	/*
	 * [paths], all absolute. holidays, templates: config_load() puts
	 * DIR/holidays or what was installed where none is named.
	 */
	const char	*state;
	const char	*units;
	const char	*holidays;
	const char	*templates;
	const char	*publish; /* "" = none */

	/* [reading] */
	bool		 convert; /* .doc and PDF through other programs */

	/* [trust] */
	const char	*authserv_id;
};

/* SYSCONFDIR/tiepnhan.conf. */
const char *config_default_file(void);

/*
 * Read the configuration; every mistake goes to problems. Returns NULL
 * when there were any. config_free() accepts NULL.
 */
struct config	*config_load(const char *file, struct problems *problems);
/*
 * What could be understood of it, mistakes or not, to look for more in the
 * files that it names. NULL only when it cannot be read at all.
 */
struct config	*config_load_despite(const char *file,
    struct problems *problems);
/* As config_load() from a text; file names it and gives the folder. */
struct config	*config_parse(const char *text, const char *file,
    struct problems *problems);
void		 config_free(struct config *c);

/* Effective settings as a configuration file, secrets masked. */
void		 config_print(const struct config *c, struct strbuf *out);

/*
 * One addr-spec, or "Name <addr-spec>": 0 with both in the arena (address
 * in lower case), -1 when it is no address that we would write to.
 */
int	 config_address(const char *s, struct arena *arena,
    const char **name, const char **address);

#endif
