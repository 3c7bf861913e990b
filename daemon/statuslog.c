/*
 * The submission status log: lines that people read and grep.
 */
#include "daemon/statuslog.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "daemon/localtime.h"
#include "daemon/config.h"
#include "daemon/log.h"
#include "daemon/office.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"
#include "spool/logline.h"
#include "spool/store.h"

/* Columns of the word and of the unit's code, blanks included. */
#define LABEL_COLUMNS 11
#define CODE_COLUMNS 7

static void
add_padded(struct strbuf *line, const char *text, int columns)
{
	int	 width = text_width(text);

	strbuf_adds(line, text);
	do {
		strbuf_addc(line, ' ');
	} while (++width < columns);
}

int
statuslog_add(const struct office *o, time_t now, enum word label,
    const char *code, const char *text)
{
	struct arena	*arena = arena_new(0);
	struct strbuf	 line = { 0 };
	int		 rc;

	strbuf_addf(&line, "%s  ", local_stamp(now, arena));
	add_padded(&line, text_word(label), LABEL_COLUMNS);
	add_padded(&line, code[0] != '\0' ? code : "—", CODE_COLUMNS);
	strbuf_adds(&line, text_clean(text, arena));
	rc = logline_add(o->store, strbuf_get(&line));
	strbuf_clear(&line);
	arena_free(arena);
	return rc;
}

const char *
statuslog_join(struct arena *arena, ...)
{
	const char	*joined = "", *part;
	va_list		 ap;

	va_start(ap, arena);
	while ((part = va_arg(ap, const char *)) != NULL)
		if (part[0] != '\0')
			joined = joined[0] == '\0' ? part :
			    arena_printf(arena, "%s · %s", joined, part);
	va_end(ap);
	return joined;
}

static int
flush_into(const struct office *o, int dir, const char *where)
{
	enum logline_flushed	 what;
	int			 rc;

	rc = logline_flush(o->store, dir, "status.log", &what);
	if (rc == -1)
		log_error("status.log: %s: %s", where,
		    store_error(o->store));
	else if (what == LOGLINE_REPLACED)
		log_warn("status.log: %s: was not ours: kept as status.log~",
		    where);
	close(dir);
	return rc;
}

/* The copy that others see. A share that is away holds up nothing. */
static void
flush_published(const struct office *o)
{
	const char	*where = o->config->publish;
	int		 dir;

	if (where[0] == '\0')
		return;
	dir = open(where, O_DIRECTORY | O_RDONLY | O_CLOEXEC);
	if (dir == -1)
		log_error("status.log: %s: %s", where, strerror(errno));
	else
		(void)flush_into(o, dir, where);
}

int
statuslog_flush(const struct office *o)
{
	int	 top = store_dir_fd(o->store), dir;

	if (mkdirat(top, "status", 0750) == -1 && errno != EEXIST) {
		log_error("status.log: status: %s", strerror(errno));
		return -1;
	}
	dir = openat(top, "status", O_DIRECTORY | O_RDONLY | O_CLOEXEC);
	if (dir == -1) {
		log_error("status.log: status: %s", strerror(errno));
		return -1;
	}
	if (flush_into(o, dir, "status") == -1)
		return -1;
	flush_published(o);
	return 0;
}
