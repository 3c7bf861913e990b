#ifndef DAEMON_SEND_H
#define DAEMON_SEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/bytes.h"

struct arena;
struct strbuf;

/*
 * What the daemon asks of tiepnhan-send: several messages over one
 * connection, one recipient each; one result event a message. Without any
 * message it only looks whether sending would work: one SEND_READY, or
 * SEND_TROUBLE or SEND_LATER with the reason.
 */
struct send_message {
	uint64_t	 id;	/* the daemon's own, echoed */
	const char	*to;	/* one addr-spec */
	struct bytes	 raw;	/* whole message, CRLF lines */
};

struct send_request {
	const char	*url;	/* smtps://HOST[:PORT], smtp://HOST[:PORT]
				   (STARTTLS, but on loopback), maildir:PATH */
	const char	*user;
	const char	*ca_file;
	bool		 xoauth2;
	const char	*from;	/* envelope sender, an addr-spec */
	const struct send_message *messages;
	size_t		 n_messages;
};

void	 send_request_encode(const struct send_request *r,
    struct strbuf *out);
struct send_request *send_request_decode(struct bytes b, struct arena *arena);

enum send_result {
	SEND_SENT = 1,
	SEND_LATER = 2,		/* 4xx, network: try again */
	SEND_FAILED = 3,	/* 5xx for this recipient or message */
	SEND_UNCERTAIN = 4,	/* all was sent, no answer came */
	SEND_READY = 6,		/* a probe is logged in: until_utc */
	SEND_TROUBLE = 5	/* nobody's mail can go: configuration,
				   certificate, password; not this
				   recipient's fault */
};

struct send_event {
	uint64_t	 id;
	enum send_result result;
	int		 code;	/* SMTP reply, 0 when there was none */
	int64_t		 until_utc; /* of SEND_READY: the certificate's end;
				   0 without TLS */
	const char	*text;	/* the reply or the reason, one line */
};

void	 send_event_encode(const struct send_event *e, struct strbuf *out);
int	 send_event_decode(struct bytes payload, struct arena *arena,
    struct send_event *out);

/* The daemon's side: as daemon/fetch_client.h. */
struct send_client;
struct send_client *send_start(const struct send_request *rq,
    const char *secret);
int	 send_fd(const struct send_client *sc);
int	 send_next(struct send_client *sc, struct send_event *out);
/*
 * Ask it to leave after the message in its hands; killed when that takes
 * too long. Its last results can still be read.
 */
void	 send_leave(struct send_client *sc);
int	 send_finish(struct send_client *sc, int64_t wait_ms);

#endif
