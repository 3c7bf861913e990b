/*
 * Cells of the CSV files that a spreadsheet opens (RFC 4180 with `;`, as
 * Excel has it under Vietnamese settings).
 */
#include <string.h>

#include "daemon/status_write.h"
#include "parsers/strbuf.h"

void
csv_cell(struct strbuf *out, const char *s)
{
	bool	quoted;

	/* what begins so, a spreadsheet would reckon with */
	const bool formula = *s != '\0' && strchr("=+-@\t\r", *s) != NULL;

	quoted = formula || s[strcspn(s, ";\",\r\n\t")] != '\0';
	if (quoted)
		strbuf_addc(out, '"');
	if (formula)
		strbuf_addc(out, '\'');
	for (; *s != '\0'; s++) {
		if ((unsigned char)*s < 0x20 || *s == 0x7f) {
			strbuf_addc(out, ' ');
			continue;
		}
		if (*s == '"')
			strbuf_addc(out, '"');
		strbuf_addc(out, *s);
	}
	if (quoted)
		strbuf_addc(out, '"');
}
