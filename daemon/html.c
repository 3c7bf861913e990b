/*
 * HTML of our own pages: escaping, and a frame with a policy under which
 * nothing is loaded or run but what this program wrote (CSP level 2).
 */
#include "daemon/html.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <nettle/base64.h>
#include <nettle/sha2.h>

#include "parsers/strbuf.h"

#define REPLACEMENT "\xef\xbf\xbd"

/* C1, marks of direction, separators of lines, half of a pair. */
static bool
is_unfit(uint32_t c)
{
	return c < 0xa0 || c == 0x61c || (c >= 0x200e && c <= 0x200f) ||
	    (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
	    c == 0xfeff || (c >= 0xd800 && c < 0xe000) || c > 0x10ffff;
}

/* Bytes of the character that begins so; 0 when none does. */
static size_t
length_of(unsigned char first)
{
	if (first >= 0xf0)
		return first < 0xf5 ? 4 : 0;
	if (first >= 0xe0)
		return 3;
	return first >= 0xc2 ? 2 : 0;
}

/*
 * Length of the character at s when it may be shown as it is, 0 when it is
 * to be replaced; *len is what to step over.
 */
static size_t
showable(const unsigned char *s, size_t *len)
{
	uint32_t	 c;
	size_t		 n, i;

	*len = 1;
	if (s[0] < 0x80)
		return s[0] >= 0x20 && s[0] != 0x7f ? 1 : 0;
	n = length_of(s[0]);
	if (n == 0)
		return 0;
	c = s[0] & (0x7fu >> n);
	for (i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3f);
	}
	*len = n;
	/* nor what is written longer than it need be */
	return is_unfit(c) || (n == 3 && c < 0x800) ||
	    (n == 4 && c < 0x10000) ? 0 : n;
}

static const char *const entities[128] = {
	['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;",
	['"'] = "&quot;", ['\''] = "&#39;"
};

void
html_text(struct strbuf *out, const char *s)
{
	const unsigned char	*u = (const unsigned char *)s;
	size_t			 len, run = 0;

	/* runs of harmless bytes go out in one piece */
	while (u[run] != '\0') {
		if (u[run] < 0x80 && u[run] >= 0x20 && u[run] != 0x7f &&
		    entities[u[run]] == NULL) {
			run++;
			continue;
		}
		if (u[run] >= 0x80 && showable(u + run, &len) > 0) {
			run += len;
			continue;
		}
		strbuf_add(out, u, run);
		u += run;
		run = 0;
		if (*u < 0x80 && entities[*u] != NULL) {
			strbuf_adds(out, entities[*u]);
			u++;
		} else if (*u == '\n' || *u == '\t') {
			strbuf_addc(out, (char)*u++);
		} else {
			(void)showable(u, &len);
			strbuf_adds(out, REPLACEMENT);
			u += len;
		}
	}
	strbuf_add(out, u, run);
}

void
html_css_string(struct strbuf *out, const char *s)
{
	const unsigned char	*u = (const unsigned char *)s;
	size_t			 len, n;

	strbuf_addc(out, '"');
	for (; *u != '\0'; u += len) {
		n = showable(u, &len);
		if (n == 0)
			strbuf_adds(out, REPLACEMENT);
		else if (n == 1 && strchr("\"\\<>&'", *u) != NULL)
			strbuf_addf(out, "\\%x ", *u);
		else
			strbuf_add(out, u, n);
	}
	strbuf_addc(out, '"');
}

/* 'sha256-…' as the policy wants it. */
static void
hash_source(struct strbuf *out, const char *content)
{
	struct sha256_ctx	 ctx;
	uint8_t			 digest[SHA256_DIGEST_SIZE];
	char			 text[BASE64_ENCODE_RAW_LENGTH(
				    SHA256_DIGEST_SIZE) + 1];

	sha256_init(&ctx);
	sha256_update(&ctx, strlen(content), (const uint8_t *)content);
	sha256_digest(&ctx, sizeof(digest), digest);
	base64_encode_raw(text, sizeof(digest), digest);
	text[sizeof(text) - 1] = '\0';
	strbuf_addf(out, "'sha256-%s'", text);
}

void
html_begin(struct strbuf *out, const struct html_page *p)
{
	strbuf_adds(out, "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" content=\""
	    "default-src 'none'; style-src ");
	hash_source(out, p->style);
	if (*p->script != '\0') {
		strbuf_adds(out, "; script-src ");
		hash_source(out, p->script);
	}
	strbuf_adds(out, "; base-uri 'none'; form-action 'none'\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, "
	    "initial-scale=1\">\n"
	    "<meta name=\"referrer\" content=\"no-referrer\">\n"
	    "<meta name=\"robots\" content=\"noindex, nofollow\">\n"
	    "<meta name=\"format-detection\" content=\"telephone=no\">\n"
	    "<title>");
	html_text(out, p->title);
	strbuf_adds(out, "</title>\n<style>");
	strbuf_adds(out, p->style);
	strbuf_addf(out, "</style>\n</head>\n<body data-made=\"%lld\">\n",
	    p->made);
}

void
html_end(struct strbuf *out, const struct html_page *p)
{
	if (*p->script != '\0') {
		strbuf_adds(out, "<script>");
		strbuf_adds(out, p->script);
		strbuf_adds(out, "</script>\n");
	}
	strbuf_adds(out, "</body>\n</html>\n");
}
