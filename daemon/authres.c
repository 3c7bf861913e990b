/*
 * Reading Authentication-Results (RFC 8601 section 2.2), as far as one
 * question needs it: an explicit failure stated by our own server.
 * Comments in parentheses are skipped; everything is compared without
 * regard to ASCII case.
 */
#include "daemon/authres.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#define TOKEN_BYTES 256

struct scan {
	const char	*at;
	const char	*end;
};

/* One resinfo: what a method said, and of which domain. */
struct result {
	char	method[TOKEN_BYTES];
	char	verdict[TOKEN_BYTES];
	char	domain[TOKEN_BYTES];
};

static void
skip_blanks(struct scan *s)
{
	int	 depth = 0;

	for (; s->at < s->end; s->at++) {
		if (*s->at == '(')
			depth++;
		else if (*s->at == ')' && depth > 0)
			depth--;
		else if (depth == 0 && *s->at != ' ' && *s->at != '\t')
			return;
	}
}

/* A run up to a blank or one of `stops`; cut where it is too long. */
static void
take_token(struct scan *s, const char *stops, char out[TOKEN_BYTES])
{
	size_t	 n = 0;

	skip_blanks(s);
	while (s->at < s->end && *s->at != ' ' && *s->at != '\t' &&
	    *s->at != '(' && strchr(stops, *s->at) == NULL) {
		if (n + 1 < TOKEN_BYTES && *s->at != '"')
			out[n++] = *s->at;
		s->at++;
	}
	out[n] = '\0';
	skip_blanks(s);
}

static bool
take_char(struct scan *s, char c)
{
	if (s->at >= s->end || *s->at != c)
		return false;
	s->at++;
	skip_blanks(s);
	return true;
}

/* The domain that a property names, as far as we align on it. */
static void
note_domain(struct result *r, const char *property, const char *value)
{
	static const char *const wanted[] = { "smtp.mailfrom", "header.d",
		"header.from" };
	const char	*at_sign = strrchr(value, '@');
	const char	*domain = at_sign != NULL ? at_sign + 1 : value;
	size_t		 i;

	for (i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		if (strcasecmp(property, wanted[i]) == 0)
			memcpy(r->domain, domain, strlen(domain) + 1);
}

/* The next ";method=verdict property=value …"; false at the end. */
static bool
next_result(struct scan *s, struct result *r)
{
	char	 property[TOKEN_BYTES], value[TOKEN_BYTES];

	memset(r, 0, sizeof(*r));
	while (s->at < s->end && *s->at != ';')
		s->at++;
	if (!take_char(s, ';'))
		return false;
	take_token(s, "=;/", r->method);
	if (take_char(s, '/'))
		take_token(s, "=;", value); /* version of the method */
	if (take_char(s, '='))
		take_token(s, ";", r->verdict);
	while (s->at < s->end && *s->at != ';') {
		take_token(s, "=;", property);
		if (!take_char(s, '='))
			continue;
		take_token(s, ";", value);
		note_domain(r, property, value);
	}
	return true;
}

/* Same organisation: equal, or one lies below the other. */
static bool
is_aligned(const char *domain, const char *from)
{
	const char	*at_sign = strrchr(from, '@');
	const char	*own = at_sign != NULL ? at_sign + 1 : from;
	size_t		 d = strlen(domain), o = strlen(own);

	if (d == 0 || o == 0)
		return false;
	if (d == o)
		return strcasecmp(domain, own) == 0;
	if (d < o)
		return own[o - d - 1] == '.' &&
		    strcasecmp(own + o - d, domain) == 0;
	return domain[d - o - 1] == '.' &&
	    strcasecmp(domain + d - o, own) == 0;
}

struct tally {
	bool	dmarc_fails;
	bool	dmarc_seen;
	bool	other_fails;
	bool	passes;
};

static void
weigh(const struct result *r, const char *from, bool is_first,
    struct tally *t)
{
	bool	 fails = strcasecmp(r->verdict, "fail") == 0;
	bool	 passes = is_first && strcasecmp(r->verdict, "pass") == 0;

	if (strcasecmp(r->method, "dmarc") == 0) {
		t->dmarc_fails |= fails;
		t->dmarc_seen |= fails || passes;
	} else if (strcasecmp(r->method, "spf") == 0 ||
	    strcasecmp(r->method, "dkim") == 0) {
		t->other_fails |= fails;
		t->passes |= passes && is_aligned(r->domain, from);
	}
}

bool
authres_says_forged(const char *results, const char *authserv_id,
    const char *from)
{
	struct tally	 t = { false, false, false, false };
	struct result	 r;
	struct scan	 s;
	char		 id[TOKEN_BYTES];
	const char	*line;
	bool		 is_first = true;

	if (authserv_id[0] == '\0')
		return false;
	for (line = results; *line != '\0'; is_first = false) {
		s.at = line;
		s.end = strchrnul(line, '\n');
		line = *s.end == '\n' ? s.end + 1 : s.end;
		take_token(&s, ";", id);
		if (strcasecmp(id, authserv_id) != 0)
			break;
		while (next_result(&s, &r))
			weigh(&r, from, is_first, &t);
	}
	if (t.dmarc_seen)
		return t.dmarc_fails;
	return t.other_fails && !t.passes;
}
