/*
 * The command line that would be allowed. The words come from the kernel:
 * option parsing may have reordered argv.
 */
#include "daemon/sudo_line.h"

#include <stdio.h>
#include <string.h>

#include "parsers/strbuf.h"

#define PLAIN_WORD "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" \
	"0123456789-_./:=+,@%"

static void
add_word(const char *w, struct strbuf *out)
{
	if (*w != '\0' && w[strspn(w, PLAIN_WORD)] == '\0') {
		strbuf_adds(out, w);
		return;
	}
	strbuf_addc(out, '\'');
	for (; *w != '\0'; w++)
		if (*w == '\'')
			strbuf_adds(out, "'\\''");
		else
			strbuf_addc(out, *w);
	strbuf_addc(out, '\'');
}

void
sudo_line(const char *owner, struct strbuf *out)
{
	FILE	*f = fopen("/proc/self/cmdline", "re");
	char	 words[4096] = "";
	size_t	 i, n;

	n = f != NULL ? fread(words, 1, sizeof(words) - 1, f) : 0;
	if (f != NULL)
		fclose(f);
	strbuf_addf(out, "sudo -u %s", owner);
	for (i = 0; i < n; i += strlen(words + i) + 1) {
		strbuf_addc(out, ' ');
		add_word(words + i, out);
	}
}
