/*
 * Opening and closing an IMAP connection, and its manners: the password is
 * sent only after the certificate was verified, a PREAUTH greeting is
 * refused, a connection out of step is dropped.
 */
#include "daemon/imap_conn.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include <curl/curl.h>
#include <unistr.h>

#include "daemon/imap_list.h"
#include "daemon/limits.h"
#include "daemon/net_stream.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

bool
imap_is_lost(int code)
{
	switch (code) {
	case MAILIMAP_ERROR_BAD_STATE:
	case MAILIMAP_ERROR_STREAM:
	case MAILIMAP_ERROR_PARSE:
	case MAILIMAP_ERROR_PROTOCOL:
	case MAILIMAP_ERROR_FATAL:
	case MAILIMAP_ERROR_MEMORY:
	case MAILIMAP_ERROR_CONNECTION_REFUSED:
	case MAILIMAP_ERROR_DONT_ACCEPT_CONNECTION:
		return true;
	default:
		return false;
	}
}

const char *
imap_reason(const struct imap_conn *c, int code)
{
	const char	*trouble = net_stream_trouble(c->net);

	if (trouble[0] != '\0')
		return trouble;
	if (code == MAILIMAP_ERROR_PARSE)
		return "the server's answer cannot be understood";
	if (c->imap->imap_response != NULL)
		return c->imap->imap_response;
	return "no reason given";
}

void
imap_allow(struct imap_conn *c, int64_t ms, uint64_t bytes)
{
	net_stream_extend(c->net, net_now_ms() + ms, bytes);
}

/* Split imaps://HOST[:PORT] with curl's own parser. */
static int
parse_url(struct fetch_session *s, char **host, struct net_target *t)
{
	const char	*url = s->request->url;
	CURLU		*u = curl_url();
	char		*scheme = NULL, *port = NULL;
	int		 rc = -1;

	if (curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_HOST, host, 0) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) ==
	    CURLUE_OK) {
		t->tls = strcmp(scheme, "imaps") == 0;
		t->host = *host;
		t->port = (unsigned)strtoul(port, NULL, 10);
		t->ca_file = s->request->ca_file;
		if (t->host[0] == '[') { /* curl keeps the brackets of IPv6 */
			t->host++;
			(*host)[strlen(*host) - 1] = '\0';
		}
		rc = 0;
	}
	if (rc == -1)
		fetch_trouble(s, FETCH_TROUBLE_CONFIG,
		    "%s: not a mailbox address; imaps://HOST is right", url);
	if (rc == 0 && !t->tls && strcmp(t->host, "localhost") != 0 &&
	    strncmp(t->host, "127.", 4) != 0 && strcmp(t->host, "::1") != 0) {
		fetch_trouble(s, FETCH_TROUBLE_CONFIG,
		    "%s: without TLS only loopback; use imaps://", url);
		rc = -1;
	}
	curl_free(scheme);
	curl_free(port);
	curl_url_cleanup(u);
	return rc;
}

static int
check_secret(struct fetch_session *s)
{
	const char	*p;

	for (p = s->secret; *p != '\0'; p++) {
		if (iscntrl((unsigned char)*p)) {
			fetch_trouble(s, FETCH_TROUBLE_CONFIG,
			    "the password has a control character");
			return EX_CONFIG;
		}
	}
	return 0;
}

/* What the greeting announced is not what is announced to us. */
static void
forget_capabilities(struct imap_conn *c)
{
	struct mailimap_connection_info	*known = c->imap->imap_connection_info;

	if (known == NULL || known->imap_capability == NULL)
		return;
	mailimap_capability_data_free(known->imap_capability);
	known->imap_capability = NULL;
}

static int
log_in(struct imap_conn *c)
{
	struct fetch_session	*s = c->session;
	const char		*user = s->request->user;
	int			 r;

	imap_allow(c, NET_COMMAND_MS, NET_SESSION_BYTES);
	forget_capabilities(c);
	if (s->request->xoauth2)
		r = mailimap_oauth2_authenticate(c->imap, user, s->secret);
	else
		r = mailimap_login(c->imap, user, s->secret);
	if (r == MAILIMAP_NO_ERROR)
		return 0;
	if (imap_is_lost(r)) {
		fetch_trouble(s, FETCH_TROUBLE_NETWORK, "login: %s",
		    imap_reason(c, r));
		return EX_UNAVAILABLE;
	}
	fetch_trouble(s, FETCH_TROUBLE_AUTH,
	    "the server refused user %s: %s", user, imap_reason(c, r));
	return EX_NOPERM;
}

/*
 * Servers announce more to those they know: most with the answer to the
 * login (RFC 3501 §7.1), the others are asked.
 */
static int
learn(struct imap_conn *c)
{
	struct mailimap_connection_info	*known = c->imap->imap_connection_info;
	struct mailimap_capability_data	*caps = NULL;
	int				 r;

	imap_allow(c, NET_COMMAND_MS, NET_SESSION_BYTES);
	if (known == NULL || known->imap_capability == NULL) {
		r = mailimap_capability(c->imap, &caps);
		if (r != MAILIMAP_NO_ERROR) {
			fetch_trouble(c->session, FETCH_TROUBLE_PROTOCOL,
			    "CAPABILITY: %s", imap_reason(c, r));
			return EX_PROTOCOL;
		}
		mailimap_capability_data_free(caps);
	}
	c->has_idle = mailimap_has_idle(c->imap);
	c->has_uidplus = mailimap_has_uidplus(c->imap);
	c->has_move = mailimap_has_extension(c->imap, "MOVE");
	return 0;
}

int
imap_open(struct imap_conn *c, struct fetch_session *s)
{
	struct strbuf		 why = {0};
	struct net_target	 t;
	char			*host = NULL;
	bool			 tls;
	int			 r;

	memset(c, 0, sizeof(*c));
	c->session = s;
	if ((r = check_secret(s)) != 0)
		return r;
	if (parse_url(s, &host, &t) == -1) {
		curl_free(host);
		return EX_CONFIG;
	}
	c->net = net_stream_open(&t, net_now_ms() + NET_COMMAND_MS, &why);
	curl_free(host);
	if (c->net == NULL) {
		tls = strstr(strbuf_get(&why), "certificate") != NULL ||
		    strstr(strbuf_get(&why), "SSL") != NULL;
		fetch_trouble(s, tls ? FETCH_TROUBLE_TLS :
		    FETCH_TROUBLE_NETWORK, "%s", strbuf_get(&why));
		strbuf_clear(&why);
		return EX_UNAVAILABLE;
	}
	c->imap = mailimap_new(0, NULL);
	if (c->imap == NULL)
		abort();
	r = mailimap_connect(c->imap, net_stream_mailstream(c->net));
	if (r == MAILIMAP_NO_ERROR_NON_AUTHENTICATED) {
		if ((r = log_in(c)) == 0 && (r = learn(c)) == 0)
			return 0;
	} else if (r == MAILIMAP_NO_ERROR_AUTHENTICATED) {
		fetch_trouble(s, FETCH_TROUBLE_PROTOCOL,
		    "the server greets with PREAUTH; refused");
		r = EX_PROTOCOL;
	} else {
		fetch_trouble(s, FETCH_TROUBLE_NETWORK, "greeting: %s",
		    imap_reason(c, r));
		r = EX_UNAVAILABLE;
	}
	imap_close(c, false);
	return r;
}

void
imap_close(struct imap_conn *c, bool in_step)
{
	if (c->imap != NULL) {
		if (in_step) {
			imap_allow(c, 5000, NET_SESSION_BYTES);
			(void)mailimap_logout(c->imap); /* leaving anyway */
		}
		mailimap_free(c->imap);
		c->imap = NULL;
	}
	net_stream_close(c->net);
	c->net = NULL;
}

/* A folder that does not open: is it there at all? 1, or -1 lost. */
static int
tell_unopened(struct imap_conn *c, uint32_t folder, int code)
{
	struct fetch_event	 e = {.kind = FETCH_TROUBLE,
				    .trouble = FETCH_TROUBLE_ABSENT};
	const char		*name = c->session->request->folders[folder].
				    name;
	struct arena		*arena = arena_new(0);
	struct imap_listed	*list;
	size_t			 n, i;
	int			 rc;

	e.folder = folder;
	e.text = arena_printf(arena, "folder %s cannot be opened: %s", name,
	    imap_reason(c, code));
	rc = imap_list(c, name, arena, &list, &n);
	for (i = 0; rc == 0 && i < n; i++)
		if (strcmp(list[i].name, name) == 0)
			e.trouble = FETCH_TROUBLE_FOLDER;
	if (rc == 0)
		fetch_emit(c->session, &e);
	else
		fetch_trouble(c->session, FETCH_TROUBLE_NETWORK, "LIST: %s",
		    imap_reason(c, MAILIMAP_ERROR_STREAM));
	arena_free(arena);
	return rc == 0 ? 1 : -1;
}

int
imap_enter(struct imap_conn *c, uint32_t folder, bool read_only)
{
	const char	*utf8 = c->session->request->folders[folder].name;
	struct strbuf	 name = {0};
	int		 r;

	imap_utf7(utf8, &name);
	imap_allow(c, NET_COMMAND_MS, NET_SESSION_BYTES);
	if (read_only)
		r = mailimap_examine(c->imap, strbuf_get(&name));
	else
		r = mailimap_select(c->imap, strbuf_get(&name));
	strbuf_clear(&name);
	if (r == MAILIMAP_NO_ERROR && c->imap->imap_selection_info != NULL)
		return 0;
	if (imap_is_lost(r)) {
		fetch_trouble(c->session, FETCH_TROUBLE_NETWORK,
		    "folder %s: %s", utf8, imap_reason(c, r));
		return -1;
	}
	return tell_unopened(c, folder, r);
}

/* Base64 of RFC 3501: ',' for '/', no padding. */
static void
utf7_run(const uint16_t *units, size_t n, struct strbuf *out)
{
	static const char	digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+,";
	uint32_t		bits = 0;
	int			have = 0;
	size_t			i;

	strbuf_addc(out, '&');
	for (i = 0; i < n; i++) {
		bits = (bits << 16) | units[i];
		have += 16;
		while (have >= 6) {
			have -= 6;
			strbuf_addc(out, digits[(bits >> have) & 63]);
		}
	}
	if (have > 0)
		strbuf_addc(out, digits[(bits << (6 - have)) & 63]);
	strbuf_addc(out, '-');
}

void
imap_utf7(const char *utf8, struct strbuf *out)
{
	const uint8_t	*s = (const uint8_t *)utf8;
	uint16_t	 run[512], pair[2];
	size_t		 n = 0, i;
	ucs4_t		 c;
	int		 units;

	while ((s = u8_next(&c, s)) != NULL) {
		if (c >= 0x20 && c <= 0x7e) {
			if (n > 0)
				utf7_run(run, n, out);
			n = 0;
			strbuf_addc(out, (char)c);
			if (c == '&')
				strbuf_addc(out, '-');
			continue;
		}
		units = u16_uctomb(pair, c, 2);
		for (i = 0; units > 0 && i < (size_t)units; i++)
			run[n++] = pair[i];
		if (n > 500) { /* a run may be closed and opened again */
			utf7_run(run, n, out);
			n = 0;
		}
	}
	if (n > 0)
		utf7_run(run, n, out);
}
