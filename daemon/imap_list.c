/*
 * Which folders a server has (RFC 3501 §6.3.8), and which of them takes
 * the junk (RFC 6154): for a probe, and to tell a folder that is not there
 * from one that cannot be opened.
 */
#include "daemon/imap_list.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include <unistr.h>

#include "daemon/imap_conn.h"
#include "daemon/limits.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

/* The value of a digit of RFC 3501's base64; -1 none. */
static int
digit(char c)
{
	static const char	 digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+,";
	const char		*p = c == '\0' ? NULL : strchr(digits, c);

	return p == NULL ? -1 : (int)(p - digits);
}

/* The run behind '&', up to its '-'; NULL when it is wrong. */
static const char *
decode_run(const char *s, struct strbuf *out)
{
	uint16_t	 units[256];
	uint8_t		 utf8[1024];
	size_t		 n = 0, len = sizeof(utf8);
	uint32_t	 bits = 0;
	int		 have = 0, value;

	for (; *s != '-'; s++) {
		if ((value = digit(*s)) == -1 || n == 256)
			return NULL;
		bits = (bits << 6) | (uint32_t)value;
		have += 6;
		if (have >= 16) {
			have -= 16;
			units[n++] = (uint16_t)(bits >> have);
		}
	}
	if (u16_to_u8(units, n, utf8, &len) == NULL)
		return NULL;
	strbuf_add(out, (const char *)utf8, len);
	return s + 1;
}

const char *
imap_utf8(const char *name, struct arena *arena)
{
	struct strbuf	 out = { 0 };
	const char	*result;

	while (name != NULL && *name != '\0') {
		if (*name != '&') {
			strbuf_addc(&out, *name++);
		} else if (name[1] == '-') {
			strbuf_addc(&out, '&');
			name += 2;
		} else {
			name = decode_run(name + 1, &out);
		}
	}
	result = name == NULL || u8_check((const uint8_t *)strbuf_get(&out),
	    out.len) != NULL ? NULL : arena_strdup(arena, strbuf_get(&out));
	strbuf_clear(&out);
	return result;
}

static bool
has_flag(const struct mailimap_mbx_list_flags *f, const char *flag)
{
	const struct mailimap_mbx_list_oflag	*o;
	clistiter				*i;

	if (f == NULL || f->mbf_oflags == NULL)
		return false;
	for (i = clist_begin(f->mbf_oflags); i != NULL; i = clist_next(i)) {
		o = clist_content(i);
		if (o->of_type == MAILIMAP_MBX_LIST_OFLAG_FLAG_EXT &&
		    o->of_flag_ext != NULL &&
		    strcasecmp(o->of_flag_ext, flag) == 0)
			return true;
	}
	return false;
}

static bool
holds_mail(const struct mailimap_mbx_list_flags *f)
{
	return !has_flag(f, "NonExistent") && (f == NULL ||
	    f->mbf_type != MAILIMAP_MBX_LIST_FLAGS_SFLAG ||
	    f->mbf_sflag != MAILIMAP_MBX_LIST_SFLAG_NOSELECT);
}

int
imap_list(struct imap_conn *c, const char *pattern, struct arena *arena,
    struct imap_listed **list, size_t *n)
{
	const struct mailimap_mailbox_list	*mb;
	struct strbuf				 name = { 0 };
	clist					*found = NULL;
	clistiter				*i;
	int					 r;

	imap_utf7(pattern, &name);
	imap_allow(c, NET_COMMAND_MS, NET_SESSION_BYTES);
	r = mailimap_list(c->imap, "", strbuf_get(&name), &found);
	strbuf_clear(&name);
	*list = arena_alloc(arena, FETCH_LISTED * sizeof(**list));
	*n = 0;
	if (r != MAILIMAP_NO_ERROR)
		return imap_is_lost(r) ? -1 : 0;
	for (i = clist_begin(found); i != NULL && *n < FETCH_LISTED;
	    i = clist_next(i)) {
		mb = clist_content(i);
		(*list)[*n].name = imap_utf8(mb->mb_name, arena);
		(*list)[*n].is_junk = has_flag(mb->mb_flag, "Junk");
		*n += (*list)[*n].name != NULL && holds_mail(mb->mb_flag);
	}
	mailimap_list_result_free(found);
	return 0;
}
