/*
 * libcurl as the connector (CURLOPT_CONNECT_ONLY), libetpan as the user:
 * a mailstream_low_driver whose read keeps a per-read timeout, an overall
 * deadline and a byte budget. Read answers -1 at the end of the stream,
 * never 0: libetpan would spin on 0 inside a literal.
 */
#include "daemon/net_stream.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <curl/curl.h>

#include "daemon/certificate.h"
#include "daemon/limits.h"
#include "parsers/strbuf.h"

#define HELD_BYTES 4096

struct net_stream {
	CURL		*curl;
	curl_socket_t	 fd;
	int64_t		 deadline_ms;
	uint64_t	 budget;
	uint64_t	 received;
	const char	*trouble;
	char		 held[HELD_BYTES]; /* read while waiting in IDLE */
	size_t		 held_from;
	size_t		 held_to;
};

int64_t
net_now_ms(void)
{
	struct timespec	ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Wait for the socket within the per-read timeout and the deadline. */
static int
await(struct net_stream *ns, short events)
{
	struct pollfd	p = {.fd = ns->fd, .events = events};
	int64_t		left = ns->deadline_ms - net_now_ms();
	int		n;

	if (left <= 0) {
		ns->trouble = "deadline";
		return -1;
	}
	if (left > NET_READ_TIMEOUT_MS)
		left = NET_READ_TIMEOUT_MS;
	do {
		n = poll(&p, 1, (int)left);
	} while (n == -1 && errno == EINTR);
	if (n > 0)
		return 0;
	ns->trouble = n == 0 ? "timeout" : "poll";
	return -1;
}

static ssize_t
receive(struct net_stream *ns, void *buf, size_t len)
{
	CURLcode	code;
	size_t		n;

	for (;;) {
		if (net_now_ms() >= ns->deadline_ms) {
			ns->trouble = "deadline";
			return -1;
		}
		code = curl_easy_recv(ns->curl, buf, len, &n);
		if (code == CURLE_AGAIN) {
			if (await(ns, POLLIN) == -1)
				return -1;
			continue;
		}
		if (code != CURLE_OK || n == 0) {
			ns->trouble = "closed";
			return -1;
		}
		ns->received += n;
		if (ns->received > ns->budget) {
			ns->trouble = "budget";
			return -1;
		}
		return (ssize_t)n;
	}
}

static ssize_t
driver_read(mailstream_low *low, void *buf, size_t len)
{
	struct net_stream	*ns = low->data;
	size_t			 held = ns->held_to - ns->held_from;

	if (held == 0)
		return receive(ns, buf, len);
	if (len > held)
		len = held;
	memcpy(buf, ns->held + ns->held_from, len);
	ns->held_from += len;
	return (ssize_t)len;
}

static ssize_t
driver_write(mailstream_low *low, const void *buf, size_t len)
{
	struct net_stream	*ns = low->data;
	CURLcode		 code;
	size_t			 n;

	for (;;) {
		code = curl_easy_send(ns->curl, buf, len, &n);
		if (code == CURLE_OK)
			return (ssize_t)n;
		if (code != CURLE_AGAIN) {
			ns->trouble = "closed";
			return -1;
		}
		if (await(ns, POLLOUT) == -1)
			return -1;
	}
}

static int
driver_close(mailstream_low *low)
{
	(void)low; /* the connection belongs to the net_stream */
	return 0;
}

static int
driver_get_fd(mailstream_low *low)
{
	return ((struct net_stream *)low->data)->fd;
}

static void
driver_free(mailstream_low *low)
{
	free(low);
}

static void
driver_cancel(mailstream_low *low)
{
	(void)low; /* the worker is killed instead */
}

static struct mailstream_cancel *
driver_get_cancel(mailstream_low *low)
{
	(void)low;
	return NULL;
}

static mailstream_low_driver driver = {
	.mailstream_read = driver_read,
	.mailstream_write = driver_write,
	.mailstream_close = driver_close,
	.mailstream_get_fd = driver_get_fd,
	.mailstream_free = driver_free,
	.mailstream_cancel = driver_cancel,
	.mailstream_get_cancel = driver_get_cancel,
};

static void
set_policy(CURL *curl, const struct net_target *t, int64_t deadline_ms)
{
	struct strbuf	url = {0};
	bool		v6 = strchr(t->host, ':') != NULL;

	strbuf_addf(&url, "%s://%s%s%s:%u/", t->tls ? "https" : "http",
	    v6 ? "[" : "", t->host, v6 ? "]" : "", t->port);
	curl_easy_setopt(curl, CURLOPT_URL, strbuf_get(&url));
	strbuf_clear(&url);
	curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_ENABLE_ALPN, 0L);
	curl_easy_setopt(curl, CURLOPT_SSLVERSION,
	    (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(curl, CURLOPT_CERTINFO, 1L);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
	    (long)NET_CONNECT_TIMEOUT_MS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS,
	    (long)(deadline_ms - net_now_ms()));
	if (t->ca_file[0] != '\0')
		curl_easy_setopt(curl, CURLOPT_CAINFO, t->ca_file);
}

struct net_stream *
net_stream_open(const struct net_target *target, int64_t deadline_ms,
    struct strbuf *why)
{
	char			 error[CURL_ERROR_SIZE] = "";
	struct net_stream	*ns;
	CURLcode		 code;

	ns = calloc(1, sizeof(*ns));
	if (ns == NULL)
		abort();
	ns->trouble = "";
	ns->deadline_ms = deadline_ms;
	ns->budget = NET_SESSION_BYTES;
	ns->curl = curl_easy_init();
	if (ns->curl == NULL)
		abort();
	set_policy(ns->curl, target, deadline_ms);
	curl_easy_setopt(ns->curl, CURLOPT_ERRORBUFFER, error);
	code = curl_easy_perform(ns->curl);
	curl_easy_setopt(ns->curl, CURLOPT_ERRORBUFFER, NULL);
	if (code == CURLE_OK)
		code = curl_easy_getinfo(ns->curl, CURLINFO_ACTIVESOCKET,
		    &ns->fd);
	if (code == CURLE_OK && ns->fd != CURL_SOCKET_BAD)
		return ns;
	strbuf_addf(why, "%s:%u: %s", target->host, target->port,
	    error[0] != '\0' ? error : curl_easy_strerror(code));
	net_stream_close(ns);
	return NULL;
}

void
net_stream_close(struct net_stream *ns)
{
	if (ns == NULL)
		return;
	curl_easy_cleanup(ns->curl);
	free(ns);
}

mailstream *
net_stream_mailstream(struct net_stream *ns)
{
	mailstream_low	*low;
	mailstream	*stream;

	low = mailstream_low_new(ns, &driver);
	if (low == NULL)
		abort();
	stream = mailstream_new(low, NET_BUFFER_BYTES);
	if (stream == NULL)
		abort();
	return stream;
}

void
net_stream_extend(struct net_stream *ns, int64_t deadline_ms, uint64_t budget)
{
	ns->deadline_ms = deadline_ms;
	ns->budget = ns->received + budget;
}

const char *
net_stream_trouble(const struct net_stream *ns)
{
	return ns->trouble;
}

time_t
net_stream_certificate_end(struct net_stream *ns)
{
	return certificate_end(ns->curl);
}

uint64_t
net_stream_received(const struct net_stream *ns)
{
	return ns->received;
}

/* Take what TLS holds already; 1 there is something, 0 not, -1 gone. */
static int
take_held(struct net_stream *ns)
{
	CURLcode	code;
	size_t		n;

	if (ns->held_from < ns->held_to)
		return 1;
	code = curl_easy_recv(ns->curl, ns->held, sizeof(ns->held), &n);
	if (code == CURLE_AGAIN)
		return 0;
	if (code != CURLE_OK || n == 0) {
		ns->trouble = "closed";
		return -1;
	}
	ns->received += n;
	ns->held_from = 0;
	ns->held_to = n;
	return 1;
}

int
net_stream_wait(struct net_stream *ns, int wake_fd, int64_t timeout_ms)
{
	int64_t		end = net_now_ms() + timeout_ms, left;
	struct pollfd	p[2] = {{.fd = ns->fd, .events = POLLIN},
		    {.fd = wake_fd, .events = POLLIN}};
	int		n, held;

	for (;;) {
		held = take_held(ns);
		if (held != 0)
			return held;
		left = end - net_now_ms();
		if (left <= 0)
			return 0;
		n = poll(p, 2, (int)left);
		if (n == -1 && errno != EINTR)
			return -1;
		if (n > 0 && p[1].revents != 0)
			return 2;
	}
}
