/*
 * tiepnhan-convert: one file in on descriptor 0, its text out as records.
 * Off unless the office wants it ([reading] convert). It looks into
 * the file only for what kind it is, and only once it is confined; the
 * tools run behind a fence of their own (daemon/convert_tool.h), and their
 * text is as foreign as the file was.
 */
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <seccomp.h>

#include "daemon/confine.h"
#include "daemon/convert_tool.h"
#include "daemon/limits.h"
#include "daemon/worker_io.h"
#include "parsers/bytes.h"
#include "parsers/limits.h"
#include "parsers/record.h"
#include "parsers/strbuf.h"

#define PIECE_BYTES ((size_t)1 << 20)

/* Files of the office and the network are out of reach, for the tools too. */
static int
give_up_rights(void)
{
	struct confine	c = { .read_paths = { "/usr/lib", "/lib", "/lib64",
	    "/etc/ld.so.cache" }, .write_paths = { "/dev/null" },
	    .run_paths = { "/usr/lib", "/lib", "/lib64" },
	    .needs_landlock = true };
	const struct convert_tool *t;
	size_t		read_at = 4, run_at = 3;

	for (t = convert_tools; t->program != NULL; t++) {
		c.read_paths[read_at++] = t->data;
		c.run_paths[run_at++] = t->program;
	}
	return confine_apply(&c);
}

static struct bytes
map_input(int fd)
{
	struct bytes	 in = { (const uint8_t *)"", 0 };
	struct stat	 st;
	void		*p;

	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode) || st.st_size == 0)
		return in;
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (p == MAP_FAILED)
		return in;
	in.data = p;
	in.len = (size_t)st.st_size;
	return in;
}

/* The first tool that makes text of it; else what the last one came to. */
static enum parse_status
convert(struct bytes in, struct strbuf *text, const char **why)
{
	const struct convert_tool *t;
	enum format		  format = format_sniff(in, NULL);
	enum parse_status	  status = PARSE_NOT_SUPPORTED;

	*why = "no program for it is installed";
	for (t = convert_tools; t->program != NULL; t++) {
		if (t->format != format || access(t->program, X_OK) == -1)
			continue;
		status = convert_tool_run(t, 0, CONVERT_WALL_MS, text, why);
		if (status == PARSE_OK || status == PARSE_TIMEOUT)
			break;
	}
	/* a PDF that is locked names the part that says how */
	if (status == PARSE_DAMAGED && format == FORMAT_PDF &&
	    memmem(in.data, in.len, "/Encrypt", 8) != NULL)
		status = PARSE_ENCRYPTED;
	return status;
}

static int
answer(const struct strbuf *text, enum parse_status status, const char *why)
{
	struct strbuf	out = { 0 };
	size_t		at, n, place;
	int		rc;

	for (at = 0; at < text->len; at += n) {
		n = text->len - at < PIECE_BYTES ? text->len - at :
		    PIECE_BYTES;
		place = record_begin(&out, RECORD_BYTES);
		strbuf_add(&out, text->s + at, n);
		record_end(&out, place);
	}
	place = record_begin(&out, RECORD_END);
	record_put_u8(&out, (uint8_t)status);
	record_put_string(&out, status == PARSE_NOT_SUPPORTED ? why : "");
	record_end(&out, place);
	rc = worker_write_all(1, out.s, out.len);
	strbuf_clear(&out);
	return rc;
}

/* For --version. */
static const char *
libraries(void)
{
	static char	line[64];

	snprintf(line, sizeof(line), "libseccomp %u.%u.%u",
	    seccomp_version()->major, seccomp_version()->minor,
	    seccomp_version()->micro);
	return line;
}

int
main(int argc, char **argv)
{
	struct strbuf		 text = { 0 };
	enum parse_status	 status;
	const char		*why;
	int			 rc;

	if (argc > 1)
		return worker_options(argc, argv, libraries());
	signal(SIGPIPE, SIG_IGN);
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == -1)
		return EX_OSERR;
	status = PARSE_NOT_SUPPORTED;
	if (give_up_rights() == -1)
		why = "no fence for it here: Landlock and seccomp are needed";
	else
		status = convert(map_input(0), &text, &why);
	rc = answer(&text, status, why);
	strbuf_clear(&text);
	return rc == 0 ? EX_OK : EX_IOERR;
}
