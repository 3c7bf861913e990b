/*
 * Log lines on standard error. systemd sets JOURNAL_STREAM to device and
 * inode of the stream it connected; when that is ours, lines start with
 * "<N>" (sd-daemon(3)), else with the program's name.
 */
#include "daemon/log.h"

#include <sys/stat.h>

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "parsers/strbuf.h"

enum { PRIORITY_CRIT = 2, PRIORITY_ERROR = 3, PRIORITY_WARN = 4,
	PRIORITY_INFO = 6 };

static const char *program_name = "tiepnhand";
static bool to_journal;
static const char full_disk_promise[] =
    " (nothing is lost; it goes on by itself when there is room)";
static bool disk_is_full; /* and that was told */
static struct strbuf last_trouble; /* escaped, one line */
static time_t last_trouble_at;

void
log_open(const char *program)
{
	const char	*stream = getenv("JOURNAL_STREAM");
	struct stat	 st;
	uintmax_t	 dev, ino;

	program_name = program;
	to_journal = stream != NULL &&
	    sscanf(stream, "%ju:%ju", &dev, &ino) == 2 &&
	    fstat(STDERR_FILENO, &st) == 0 && (uintmax_t)st.st_dev == dev &&
	    (uintmax_t)st.st_ino == ino;
}

/* Bytes of a character that must not reach a terminal or a log; else 0. */
static size_t
unsafe_at(const unsigned char *s)
{
	if (s[0] < 0x20 || s[0] == 0x7f)
		return 1;
	if (s[0] == 0xc2 && s[1] >= 0x80 && s[1] < 0xa0)
		return 2; /* C1 controls */
	if (s[0] != 0xe2)
		return 0;
	/* U+200E/F, U+2028 to U+202E, U+2066 to U+2069: bidi, separators */
	if (s[1] == 0x80 && (s[2] == 0x8e || s[2] == 0x8f ||
	    (s[2] >= 0xa8 && s[2] <= 0xae)))
		return 3;
	if (s[1] == 0x81 && s[2] >= 0xa6 && s[2] <= 0xa9)
		return 3;
	return 0;
}

static void
add_escaped(struct strbuf *line, const char *text)
{
	const unsigned char *s = (const unsigned char *)text;
	size_t		 i, n;

	while (*s != '\0') {
		n = unsafe_at(s);
		for (i = 0; i < n; i++)
			strbuf_addf(line, "\\x%02x", s[i]);
		if (n == 0) {
			strbuf_addc(line, (char)*s);
			n = 1;
		}
		s += n;
	}
}

/* By errno, or as SQLite puts it. */
static bool
is_of_full_disk(const char *text)
{
	return strstr(text, strerror(ENOSPC)) != NULL ||
	    strstr(text, strerror(EDQUOT)) != NULL ||
	    strstr(text, "database or disk is full") != NULL;
}

static void __attribute__((format(printf, 2, 0)))
log_line(int priority, const char *fmt, va_list ap)
{
	struct strbuf	 line = { 0 };
	char		*text;
	bool		 is_full;

	if (vasprintf(&text, fmt, ap) == -1)
		abort();
	is_full = is_of_full_disk(text);
	if (is_full && disk_is_full) {
		free(text);
		return;
	}
	if (to_journal)
		strbuf_addf(&line, "<%d>", priority);
	else
		strbuf_addf(&line, "%s: ", program_name);
	if (priority <= PRIORITY_WARN) {
		strbuf_reset(&last_trouble);
		add_escaped(&last_trouble, text);
		last_trouble_at = time(NULL);
	}
	add_escaped(&line, text);
	if (is_full) {
		disk_is_full = true;
		strbuf_add(&line, full_disk_promise,
		    strlen(full_disk_promise));
	}
	strbuf_addc(&line, '\n');
	/* One write, so that lines of several processes do not mix. Nobody
	 * to tell when it fails. */
	if (write(STDERR_FILENO, strbuf_get(&line), line.len) == -1)
		(void)0;
	strbuf_clear(&line);
	free(text);
}

const char *
log_last_trouble(time_t *when)
{
	*when = last_trouble_at;
	return strbuf_get(&last_trouble);
}

void
log_disk_works(void)
{
	if (!disk_is_full)
		return;
	disk_is_full = false;
	log_info("disk: there is room again");
}

bool
log_disk_is_full(void)
{
	return disk_is_full;
}

void
log_info(const char *fmt, ...)
{
	va_list	 ap;

	va_start(ap, fmt);
	log_line(PRIORITY_INFO, fmt, ap);
	va_end(ap);
}

void
log_warn(const char *fmt, ...)
{
	va_list	 ap;

	va_start(ap, fmt);
	log_line(PRIORITY_WARN, fmt, ap);
	va_end(ap);
}

void
log_error(const char *fmt, ...)
{
	va_list	 ap;

	va_start(ap, fmt);
	log_line(PRIORITY_ERROR, fmt, ap);
	va_end(ap);
}

void
panic(const char *fmt, ...)
{
	va_list	 ap;

	va_start(ap, fmt);
	log_line(PRIORITY_CRIT, fmt, ap);
	va_end(ap);
	abort();
}
