/*
 * The `key=value` words of an event's detail.
 */
#include "daemon/detail.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/strbuf.h"

void
detail_add(struct strbuf *detail, const char *key, const char *value)
{
	const char	*p;

	if (detail->len > 0)
		strbuf_addc(detail, ' ');
	strbuf_addf(detail, "%s=", key);
	for (p = value; *p != '\0'; p++)
		strbuf_addc(detail, (unsigned char)*p <= ' ' ? '_' : *p);
}

const char *
detail_get(const char *detail, const char *key, struct arena *arena)
{
	size_t	 len = strlen(key), word;

	while (*detail != '\0') {
		word = strcspn(detail, " ");
		if (word > len && strncmp(detail, key, len) == 0 &&
		    detail[len] == '=')
			return arena_strndup(arena, detail + len + 1,
			    word - len - 1);
		detail += word;
		detail += strspn(detail, " ");
	}
	return "";
}

long
detail_day(const char *detail, const char *key, struct arena *arena)
{
	long	 day;

	if (day_parse(detail_get(detail, key, arena), &day) == -1)
		return DAY_NONE;
	return day;
}
