#ifndef DAEMON_FETCH_H
#define DAEMON_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/bytes.h"

struct arena;
struct strbuf;

/*
 * What the daemon asks of tiepnhan-fetch, and what comes back: one
 * request, one stream of events, one exit status. Both travel as records
 * (parsers/record.h). The secret comes on a descriptor of its own.
 */

struct fetch_folder {
	const char	*name;	 /* UTF-8; encoded to modified UTF-7 later */
	uint32_t	 uidvalidity; /* as stored; 0 = never seen */
	uint32_t	 next_uid;    /* first UID not yet taken in; 0 */
	const uint32_t	*retry;	 /* UIDs below next_uid to try again */
	size_t		 n_retry;
};

enum fetch_after { FETCH_AFTER_NOTHING = 0, FETCH_AFTER_KEYWORD = 1,
	FETCH_AFTER_MOVE = 2 };

/* A message that is durably ours: the server may be told. */
struct fetch_mark {
	uint32_t	 folder; /* index into folders */
	uint32_t	 uidvalidity;
	uint32_t	 uid;
};

struct fetch_request {
	const char	*url;	/* imaps://HOST[:PORT], imap:// loopback,
				   maildir:PATH */
	const char	*user;
	const char	*ca_file;
	bool		 xoauth2; /* the secret is a token */
	const char	*spool;	/* folder that holds tmp/ and incoming/ */
	int64_t		 since_utc; /* older mail is not looked at */
	uint64_t	 max_bytes; /* larger mails are refused */
	int64_t		 poll_ms; /* stay and use IDLE; 0 = one round */
	struct fetch_folder *folders; /* not used for a maildir */
	size_t		 n_folders;
	const uint64_t	*seen;	/* maildir: fetch_name_hash() of the known */
	size_t		 n_seen;
	enum fetch_after after;
	const char	*after_name; /* keyword or folder */
	const struct fetch_mark *marks;
	size_t		 n_marks;
	bool		 is_probe; /* only look whether it would work */
};

void	 fetch_request_encode(const struct fetch_request *r,
    struct strbuf *out);
/* NULL when the bytes are no request. Lives in the arena. */
struct fetch_request *fetch_request_decode(struct bytes b,
    struct arena *arena);
/* Of a maildir file's unique name (what stands before ":2,"). */
uint64_t fetch_name_hash(const char *unique);

enum fetch_event_kind {
	FETCH_FOLDER = 1,	/* opened: uidvalidity, uidnext, exists */
	FETCH_MESSAGE = 2,	/* lies in incoming/, synced */
	FETCH_REFUSED = 3,	/* too large: uid, size */
	FETCH_FAILED = 4,	/* one UID could not be read: uid, text */
	FETCH_FOLDER_DONE = 5,	/* everything below uidnext is dealt with */
	FETCH_ROUND_DONE = 6,	/* no more folders in this round */
	FETCH_TROUBLE = 7,	/* why it did not work: trouble, text */
	FETCH_MARKED = 8,	/* the server was told of uid */
	FETCH_GONE = 9,		/* a UID that is no longer there */
	FETCH_PEER = 10,	/* a probe is logged in: received_utc, text */
	FETCH_PLACE = 11,	/* as FETCH_FOLDER_DONE, but more is to come */
	FETCH_LISTED_FOLDER = 12 /* of a probe: the server has a folder: text;
				   exists 1: it is where junk goes */
};

enum fetch_trouble {
	FETCH_TROUBLE_NETWORK = 1, /* resolve, connect, timeout, cut */
	FETCH_TROUBLE_TLS = 2,	/* certificate or handshake */
	FETCH_TROUBLE_AUTH = 3,	/* the server refused user or secret */
	FETCH_TROUBLE_FOLDER = 4, /* a folder cannot be opened */
	FETCH_TROUBLE_PROTOCOL = 5, /* the server speaks oddly */
	FETCH_TROUBLE_DISK = 6,	/* our own disk */
	FETCH_TROUBLE_CONFIG = 7,
	FETCH_TROUBLE_ABSENT = 8, /* the server has no such folder: its index */
	FETCH_TROUBLE_WORKER = 9 /* said by nobody: the worker died, or never
				    came to life */
};

struct fetch_event {
	enum fetch_event_kind kind;
	uint32_t	 folder; /* index; 0 for a maildir */
	uint32_t	 uidvalidity;
	uint32_t	 uid;
	uint32_t	 uidnext; /* FETCH_FOLDER, _FOLDER_DONE, _PLACE */
	uint32_t	 exists;
	uint64_t	 size;
	int64_t		 received_utc; /* INTERNALDATE, or file time; of
				   FETCH_PEER the certificate's end, 0 none */
	uint64_t	 sender; /* FETCH_MESSAGE: incoming_sender() */
	enum fetch_trouble trouble;
	const char	*sha256; /* hex; "" */
	const char	*name;	 /* maildir: unique name; "" */
	const char	*text;	 /* one line, for the log; "" */
};

void	 fetch_event_encode(const struct fetch_event *e, struct strbuf *out);
/* 0, or -1 when the record's payload is no event. Strings in the arena. */
int	 fetch_event_decode(struct bytes payload, struct arena *arena,
    struct fetch_event *out);

#endif
