#ifndef SPOOL_ARRIVAL_H
#define SPOOL_ARRIVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "spool/files.h"

struct store;

#define ARRIVAL_GROUP 100 /* most mails worth one transaction */

/* One file that lies in incoming/, and where it came from. */
struct arrival {
	const char	*sha256;  /* names the file */
	enum files_form	 form;
	const char	*name;	  /* file name of a bare file; "" for a mail,
				     unique name of a maildir message */
	uint64_t	 size;
	int64_t		 received_utc; /* INTERNALDATE or likewise */
	int64_t		 taken_utc;    /* now */
	const char	*account; /* mailbox account, or "inject", "add";
				     "" when not known (left by a crash) */
	const char	*folder;  /* "" for a maildir */
	uint32_t	 uidvalidity;
	uint64_t	 uid;	  /* UID, or hash of a maildir name; 0 = no
				     uid row wanted */
	bool		 is_backlog;
	int64_t		 sender; /* tells senders apart; 0 = not known */
	/* set by arrival_take(): */
	int64_t		 mail;
	bool		 is_new;  /* false: these bytes were here already */
};

/*
 * Take a group into the spool: file, one sync of the folder, rows, one
 * transaction. Bytes that are here already only get their uid row; a
 * purged mail stays purged; a mail that was entered after a crash without
 * its source gets it now, with its true time of receipt.
 * 0 with mail and is_new set in each; -1 and nothing is registered: the
 * files stay in incoming/, the call may be repeated.
 */
int	 arrival_take(struct store *st, struct arrival *a, size_t n);

/*
 * What a crash has left, to be called once at start: empties tmp/, takes
 * what lies in incoming/, and enters spool files that have no row. Times
 * of receipt come from the files' times. *n_entered counts new mails.
 */
int	 arrival_recover(struct store *st, int64_t now, size_t *n_entered);

#endif
