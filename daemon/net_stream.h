#ifndef DAEMON_NET_STREAM_H
#define DAEMON_NET_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <libetpan/mailstream.h>

struct strbuf;

/*
 * A verified connection made by libcurl, handed to libetpan as a stream.
 * libetpan's own TLS accepts any certificate; this is the one TLS policy:
 * chain, host name, TLS 1.2 or newer, no switch to turn it off.
 */
struct net_stream;

struct net_target {
	const char	*host;
	unsigned	 port;
	bool		 tls;	/* false only for loopback */
	const char	*ca_file; /* "" = the system's */
};

/*
 * Connect and shake hands. On failure returns NULL and writes the reason
 * to why (one line). deadline_ms: on the monotonic clock, for everything
 * that is read or written until net_stream_extend().
 */
struct net_stream *net_stream_open(const struct net_target *target,
    int64_t deadline_ms, struct strbuf *why);
/* Closes the connection; the mailstream made from it must be gone. */
void	 net_stream_close(struct net_stream *ns);

/* The stream for libetpan; owned by the mailimap session it is given to. */
mailstream *net_stream_mailstream(struct net_stream *ns);

/* A new overall deadline and byte budget for what follows. */
void	 net_stream_extend(struct net_stream *ns, int64_t deadline_ms,
    uint64_t budget);
/* Why reading stopped: "", "timeout", "deadline", "budget", "closed". */
const char *net_stream_trouble(const struct net_stream *ns);
/* When the server's certificate ends; 0 without TLS. */
time_t	 net_stream_certificate_end(struct net_stream *ns);
/* Bytes read so far. */
uint64_t net_stream_received(const struct net_stream *ns);

/*
 * Wait until the server says something or wake_fd becomes readable.
 * Bytes that TLS has already taken in count. Returns 1 data, 2 wake_fd,
 * 0 time is up, -1 the connection is gone.
 */
int	 net_stream_wait(struct net_stream *ns, int wake_fd,
    int64_t timeout_ms);

/* Milliseconds of the monotonic clock. */
int64_t	 net_now_ms(void);

#endif
