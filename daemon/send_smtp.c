/*
 * SMTP submission by libcurl (RFC 5321, 4954, 3207): one recipient a
 * transaction, the connection reused. The reply's code decides what became
 * of a message, not curl's own; all sent and no answer is "uncertain".
 */
#include "daemon/send_session.h"

#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>

#include <curl/curl.h>

#include "daemon/certificate.h"
#include "daemon/compose.h"
#include "daemon/limits.h"
#include "parsers/strbuf.h"

/* How far one transaction came, from what passed over the wire. */
enum phase { PHASE_CONNECT, PHASE_AUTH, PHASE_MAIL, PHASE_RCPT,
	PHASE_DATA, PHASE_BODY_SENT };

struct transaction {
	const struct send_message *m;
	size_t		 offset;  /* of raw, handed to curl */
	enum phase	 phase;
	bool		 quitting; /* what follows is no verdict */
	char		 reply[256]; /* the last reply line */
};

static size_t
give_body(char *buf, size_t size, size_t n, void *context)
{
	struct transaction	*t = context;
	size_t			 room = size * n;
	size_t			 left = t->m->raw.len - t->offset;

	if (left == 0) {
		t->phase = PHASE_BODY_SENT;
		return 0;
	}
	if (room > left)
		room = left;
	memcpy(buf, t->m->raw.data + t->offset, room);
	t->offset += room;
	return room;
}

static size_t
take_reply(char *line, size_t size, size_t n, void *context)
{
	struct transaction	*t = context;
	size_t			 len = size * n, i, k = 0;

	if (t->quitting)
		return len;
	for (i = 0; i < len && k < sizeof(t->reply) - 1; i++)
		if ((unsigned char)line[i] >= ' ')
			t->reply[k++] = line[i];
	t->reply[k] = '\0';
	return len;
}

/* Only the command word is looked at: what follows AUTH is a secret. */
static int
watch_commands(CURL *curl, curl_infotype type, char *text, size_t len,
    void *context)
{
	struct transaction	*t = context;

	(void)curl;
	if (type != CURLINFO_HEADER_OUT || len < 4)
		return 0;
	if (strncasecmp(text, "QUIT", 4) == 0)
		t->quitting = true;
	if (t->phase == PHASE_BODY_SENT)
		return 0;
	if (strncasecmp(text, "AUTH", 4) == 0)
		t->phase = PHASE_AUTH;
	else if (strncasecmp(text, "MAIL", 4) == 0)
		t->phase = PHASE_MAIL;
	else if (strncasecmp(text, "RCPT", 4) == 0)
		t->phase = PHASE_RCPT;
	else if (strncasecmp(text, "DATA", 4) == 0)
		t->phase = PHASE_DATA;
	return 0;
}

static bool
is_loopback(const char *url)
{
	CURLU	*u = curl_url();
	char	*host = NULL;
	bool	 yes = false;

	if (curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_HOST, &host, 0) == CURLUE_OK)
		yes = strcmp(host, "localhost") == 0 ||
		    strncmp(host, "127.", 4) == 0 ||
		    strcmp(host, "[::1]") == 0;
	curl_free(host);
	curl_url_cleanup(u);
	return yes;
}

static void
set_url(CURL *curl, const struct send_request *rq)
{
	const char	*domain = strrchr(rq->from, '@');
	struct strbuf	 url = {0};

	/* the path of the URL is the name that EHLO says */
	strbuf_addf(&url, "%s/%s", rq->url, domain == NULL ? "localhost" :
	    domain + 1);
	curl_easy_setopt(curl, CURLOPT_URL, strbuf_get(&url));
	strbuf_clear(&url);
}

static void
set_policy(CURL *curl, const struct send_session *s)
{
	const struct send_request	*rq = s->request;
	bool				 plain;

	set_url(curl, rq);
	/* plain SMTP only to loopback, and not where a CA was named */
	plain = strncmp(rq->url, "smtp://", 7) == 0 &&
	    rq->ca_file[0] == '\0' && is_loopback(rq->url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_USE_SSL,
	    (long)(plain ? CURLUSESSL_NONE : CURLUSESSL_ALL));
	curl_easy_setopt(curl, CURLOPT_SSLVERSION,
	    (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	if (rq->ca_file[0] != '\0')
		curl_easy_setopt(curl, CURLOPT_CAINFO, rq->ca_file);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
	    (long)NET_CONNECT_TIMEOUT_MS);
	curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT,
	    (long)SEND_REPLY_S);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)SEND_MESSAGE_S);
	if (rq->user[0] == '\0')
		return;
	curl_easy_setopt(curl, CURLOPT_USERNAME, rq->user);
	if (rq->xoauth2) {
		curl_easy_setopt(curl, CURLOPT_XOAUTH2_BEARER, s->secret);
		curl_easy_setopt(curl, CURLOPT_LOGIN_OPTIONS,
		    "AUTH=XOAUTH2");
		curl_easy_setopt(curl, CURLOPT_SASL_IR, 1L);
	} else {
		curl_easy_setopt(curl, CURLOPT_PASSWORD, s->secret);
	}
}

/* The table of docs/DESIGN.md: who is to blame, and may it pass later? */
static enum send_result
judge(CURLcode curl, const struct transaction *t, long code)
{
	if (curl == CURLE_OK)
		return SEND_SENT;
	if (t->phase == PHASE_BODY_SENT && code == 354)
		return SEND_UNCERTAIN;
	switch (curl) {
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_USE_SSL_FAILED:
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_URL_MALFORMAT:
		return SEND_TROUBLE;
	default:
		break;
	}
	if (curl == CURLE_LOGIN_DENIED || t->phase == PHASE_AUTH)
		return code / 100 == 4 ? SEND_LATER : SEND_TROUBLE;
	if (code / 100 != 5)
		return SEND_LATER;
	switch (t->phase) {
	case PHASE_CONNECT:
		return SEND_TROUBLE;
	case PHASE_MAIL: /* 552, 554: this message; else our sender */
		return code == 552 || code == 554 ? SEND_FAILED :
		    SEND_TROUBLE;
	default:
		return SEND_FAILED;
	}
}

/* What passes over the wire is watched in t and error. */
static void
listen_in(CURL *curl, struct transaction *t, char *error)
{
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_reply);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, watch_commands);
	curl_easy_setopt(curl, CURLOPT_DEBUGDATA, t);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
}

/* The server's words where there are any, else curl's. */
static const char *
reason(CURLcode rc, const struct transaction *t, long code,
    const char *error)
{
	if (t->reply[0] != '\0' && (rc == CURLE_OK || code >= 400))
		return t->reply;
	return error[0] != '\0' ? error : curl_easy_strerror(rc);
}

/* For `doctor`: as far as the login, and no further. */
static int
probe(struct send_session *s, CURL *curl)
{
	char			 error[CURL_ERROR_SIZE] = "";
	struct transaction	 t = {.m = NULL};
	struct send_event	 e = {.result = SEND_READY};
	CURLcode		 rc;
	long			 code = 0;

	curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
	curl_easy_setopt(curl, CURLOPT_CERTINFO, 1L);
	listen_in(curl, &t, error);
	rc = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, NULL);
	e.code = (int)code;
	e.text = reason(rc, &t, code, error);
	if (rc == CURLE_OK)
		e.until_utc = certificate_end(curl);
	else
		e.result = judge(rc, &t, code) == SEND_LATER ? SEND_LATER :
		    SEND_TROUBLE;
	send_emit(s, &e);
	return rc == CURLE_OK ? 0 : EX_UNAVAILABLE;
}

/*
 * Is it the server that is away, not this message that is in trouble? Then
 * the others need not wait for the same end one by one.
 */
static bool
is_away(CURLcode curl, const struct transaction *t)
{
	return curl != CURLE_OK && (t->phase == PHASE_CONNECT ||
	    t->phase == PHASE_AUTH || curl == CURLE_OPERATION_TIMEDOUT);
}

/* 0: go on with the next one. */
static int
send_one(struct send_session *s, CURL *curl, const struct send_message *m)
{
	char			 error[CURL_ERROR_SIZE] = "";
	struct transaction	 t = {.m = m};
	struct send_event	 e = {.id = m->id};
	struct curl_slist	*to;
	struct strbuf		 from = {0};
	CURLcode		 rc;
	long			 code = 0;

	if (!address_is_valid(m->to)) {
		e.result = SEND_FAILED;
		e.text = "not an address we would put into a command";
		send_emit(s, &e);
		return 0;
	}
	strbuf_addf(&from, "<%s>", s->request->from);
	to = curl_slist_append(NULL, m->to);
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, strbuf_get(&from));
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_body);
	curl_easy_setopt(curl, CURLOPT_READDATA, &t);
	listen_in(curl, &t, error);
	rc = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, NULL);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(to);
	strbuf_clear(&from);
	e.result = judge(rc, &t, code);
	e.code = (int)code;
	if (e.result == SEND_UNCERTAIN)
		e.text = "all was sent, no answer came";
	else
		e.text = reason(rc, &t, code, error);
	send_emit(s, &e);
	if (e.result == SEND_TROUBLE)
		return EX_UNAVAILABLE;
	return is_away(rc, &t) ? EX_TEMPFAIL : 0;
}

static bool
should_leave(const struct send_session *s)
{
	struct pollfd	pfd = { .fd = s->stop_fd, .events = POLLIN };

	return poll(&pfd, 1, 0) == 1;
}

int
send_smtp_run(struct send_session *s)
{
	CURL	*curl = curl_easy_init();
	size_t	 i;
	int	 rc = 0;

	if (curl == NULL)
		abort();
	set_policy(curl, s);
	if (s->request->n_messages == 0)
		rc = probe(s, curl);
	for (i = 0; i < s->request->n_messages && rc == 0; i++)
		rc = i > 0 && should_leave(s) ? EX_TEMPFAIL :
		    send_one(s, curl, &s->request->messages[i]);
	curl_easy_cleanup(curl);
	return rc;
}
