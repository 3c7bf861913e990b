/*
 * Reads single settings of tiepnhan.conf: URLs, addresses, durations.
 */
#include "daemon/config_value.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "parsers/arena.h"
#include "parsers/text.h"

#define POLL_MIN_S 1
#define POLL_MAX_S 3600
#define HOST_BYTES 253
#define ADDRESS_BYTES 254

static const struct scheme {
	const char	*prefix;
	enum endpoint_kind kind;
	enum endpoint_use use;
	unsigned	 port;
} schemes[] = {
	{ "imaps://", ENDPOINT_IMAPS, ENDPOINT_FOR_MAILBOX, 993 },
	{ "imap://", ENDPOINT_IMAP, ENDPOINT_FOR_MAILBOX, 143 },
	{ "smtps://", ENDPOINT_SMTPS, ENDPOINT_FOR_OUTGOING, 465 },
	{ "smtp://", ENDPOINT_SMTP, ENDPOINT_FOR_OUTGOING, 587 },
};

const char *
config_path(const char *value, const char *folder, struct arena *arena)
{
	char	*path;
	size_t	 len;

	if (*value == '\0')
		return "";
	if (*value == '/')
		path = arena_strdup(arena, value);
	else
		path = arena_printf(arena, "%s/%s", folder, value);
	for (len = strlen(path); len > 1 && path[len - 1] == '/'; len--)
		path[len - 1] = '\0';
	return path;
}

/* ---- URLs */

static bool
is_host(const char *host)
{
	const char	*s;

	if (*host == '\0' || strlen(host) > HOST_BYTES || *host == '.' ||
	    *host == '-')
		return false;
	for (s = host; *s != '\0'; s++)
		if (!(*s >= 'a' && *s <= 'z') && !(*s >= 'A' && *s <= 'Z') &&
		    !(*s >= '0' && *s <= '9') && *s != '.' && *s != '-' &&
		    *s != '_')
			return false;
	return true;
}

static bool
is_ipv6(const char *host)
{
	return strchr(host, ':') != NULL &&
	    strspn(host, "0123456789abcdefABCDEF:.") == strlen(host);
}

static bool
is_loopback(const char *host)
{
	size_t	digits = strspn(host, "0123456789.");

	return strcasecmp(host, "localhost") == 0 ||
	    strcmp(host, "::1") == 0 ||
	    (strncmp(host, "127.", 4) == 0 && host[digits] == '\0');
}

/* HOST, HOST:PORT, [IPV6]:PORT, with a slash at the end at most. */
static const char *
read_authority(const char *s, struct arena *arena, struct endpoint *out)
{
	char	*host = arena_strdup(arena, s), *port = NULL, *end;
	long	 n;

	if (strchr(host, '@') != NULL)
		return "names a user; put it into the key `user`";
	end = host + strcspn(host, "/?#");
	if (*end != '\0' && strcmp(end, "/") != 0)
		return "goes on after the host; end the URL there";
	*end = '\0';
	if (*host == '[') {
		end = strchr(++host, ']');
		if (end == NULL)
			return "has no ] after the address; write "
			    "[ADDRESS]:PORT";
		*end++ = '\0';
		if (*end != '\0' && *end != ':')
			return "has text after the ]; write [ADDRESS]:PORT";
		port = *end == ':' ? end + 1 : NULL;
		if (!is_ipv6(host))
			return "has no IPv6 address inside the [ ]";
	} else {
		port = strchr(host, ':');
		if (port != NULL)
			*port++ = '\0';
		if (!is_host(host))
			return "has no valid host name";
	}
	if (port != NULL) {
		n = strtol(port, &end, 10);
		if (*port < '0' || *port > '9' || *end != '\0' || n < 1 ||
		    n > 65535)
			return "has no valid port; use 1 to 65535";
		out->port = (unsigned)n;
	}
	out->host = host;
	out->is_loopback = is_loopback(host);
	return NULL;
}

static const char *
read_maildir(const char *value, const char *folder, struct arena *arena,
    struct endpoint *out)
{
	const char	*path = value + strlen("maildir:");

	if (*path == '\0')
		return "names no folder; write maildir:/PATH";
	out->kind = ENDPOINT_MAILDIR;
	out->host = "";
	out->path = config_path(path, folder, arena);
	out->url = arena_printf(arena, "maildir:%s", out->path);
	return NULL;
}

const char *
config_read_url(const char *value, enum endpoint_use use,
    const char *folder, struct arena *arena, struct endpoint *out)
{
	const struct scheme	*s = schemes;
	struct endpoint		 e = { .path = "" };
	const char		*why;
	size_t			 i, n = sizeof(schemes) / sizeof(schemes[0]);

	if (strncmp(value, "maildir:", 8) == 0)
		return read_maildir(value, folder, arena, out);
	for (i = 0; i < n; i++, s++)
		if (s->use == use && strncasecmp(value, s->prefix,
		    strlen(s->prefix)) == 0)
			break;
	if (i == n)
		return use == ENDPOINT_FOR_MAILBOX ?
		    "is no mailbox; write imaps://HOST or maildir:/PATH" :
		    "is no way out; write smtps://HOST, smtp://HOST:587 or "
		    "maildir:/PATH";
	e.kind = s->kind;
	e.port = s->port;
	why = read_authority(value + strlen(s->prefix), arena, &e);
	if (why != NULL)
		return why;
	if (e.kind == ENDPOINT_IMAP && !e.is_loopback)
		return "would send the password in the clear; imap:// is for "
		    "this machine only, write imaps://";
	e.url = arena_printf(arena, strchr(e.host, ':') != NULL ?
	    "%s[%s]:%u" : "%s%s:%u", s->prefix, e.host, e.port);
	out->kind = e.kind;
	out->url = e.url;
	out->host = e.host;
	out->port = e.port;
	out->is_loopback = e.is_loopback;
	out->path = e.path;
	return NULL;
}

/* ---- addresses */

static bool
is_local_part(const char *s, size_t len)
{
	size_t	i;

	if (len == 0 || len > 64 || s[0] == '.' || s[len - 1] == '.')
		return false;
	for (i = 0; i < len; i++)
		if (s[i] <= ' ' || s[i] >= 127 ||
		    strchr("()<>[]:;,\\\"@", s[i]) != NULL ||
		    (s[i] == '.' && s[i + 1] == '.'))
			return false;
	return true;
}

/* An addr-spec that can stand in an envelope: ASCII, no quoting. */
static bool
is_address(const char *s)
{
	const char	*at = strchr(s, '@');

	return at != NULL && strlen(s) <= ADDRESS_BYTES &&
	    is_local_part(s, (size_t)(at - s)) && is_host(at + 1) &&
	    strstr(at, "..") == NULL && s[strlen(s) - 1] != '.';
}

int
config_address(const char *s, struct arena *arena, const char **name,
    const char **address)
{
	const char	*open = strrchr(s, '<');
	char		*addr, *shown;
	size_t		 len, i;

	s += strspn(s, " \t");
	if (open == NULL) {
		shown = arena_strdup(arena, "");
		addr = arena_strdup(arena, s);
	} else {
		len = strcspn(open, ">");
		if (open[len] != '>' ||
		    open[len + 1 + strspn(open + len + 1, " \t")] != '\0')
			return -1;
		addr = arena_strndup(arena, open + 1, len - 1);
		shown = text_clean(arena_strndup(arena, s,
		    (size_t)(open - s)), arena);
		len = strlen(shown);
		if (len >= 2 && shown[0] == '"' && shown[len - 1] == '"') {
			shown[len - 1] = '\0';
			shown++;
		}
	}
	for (len = strlen(addr); len > 0 && strchr(" \t", addr[len - 1]);)
		addr[--len] = '\0';
	if (!is_address(addr))
		return -1;
	for (i = 0; i < len; i++)
		if (addr[i] >= 'A' && addr[i] <= 'Z')
			addr[i] += 'a' - 'A';
	*name = shown;
	*address = addr;
	return 0;
}

/* ---- small things */

const char *
config_read_duration(const char *value, unsigned *out)
{
	static const char	wrong[] = "is no time between 1s and 1h; "
				    "write seconds like 120s";
	char			*end;
	unsigned long		 n = strtoul(value, &end, 10), unit = 1;

	if (*value < '0' || *value > '9' || n > POLL_MAX_S)
		return wrong;
	if (strcmp(end, "m") == 0)
		unit = 60;
	else if (strcmp(end, "h") == 0)
		unit = 3600;
	else if (strcmp(end, "s") != 0)
		return wrong;
	if (n * unit < POLL_MIN_S || n * unit > POLL_MAX_S)
		return wrong;
	*out = (unsigned)(n * unit);
	return NULL;
}

const char *
config_read_days(const char *value, unsigned *out)
{
	char		*end;
	unsigned long	 n = strtoul(value, &end, 10);

	if (*value < '0' || *value > '9' || *end != '\0' || n < 1 ||
	    n > 36500)
		return "is no number of days; write one like 90";
	*out = (unsigned)n;
	return NULL;
}

const char *
config_read_yes(const char *value, bool *out)
{
	if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0)
		return "is neither yes nor no";
	*out = value[0] == 'y';
	return NULL;
}

/* An IMAP keyword is an atom (RFC 3501). */
static bool
is_keyword(const char *s)
{
	const char	*c;

	for (c = s; *c != '\0'; c++)
		if (*c <= ' ' || *c >= 127 ||
		    strchr("(){%*\"\\]", *c) != NULL)
			return false;
	return *s != '\0';
}

const char *
config_read_after(const char *value, struct arena *arena,
    enum after_kind *kind, const char **name)
{
	if (strcmp(value, "nothing") == 0) {
		*kind = AFTER_NOTHING;
		*name = "";
	} else if (strncmp(value, "keyword:", 8) == 0) {
		if (!is_keyword(value + 8))
			return "is no IMAP keyword; write keyword:NAME, "
			    "ASCII and without spaces";
		*kind = AFTER_KEYWORD;
		*name = arena_strdup(arena, value + 8);
	} else if (strncmp(value, "move:", 5) == 0 && value[5] != '\0') {
		*kind = AFTER_MOVE;
		*name = arena_strdup(arena, value + 5);
	} else {
		return "is not known; write nothing, keyword:NAME or "
		    "move:FOLDER";
	}
	return NULL;
}
