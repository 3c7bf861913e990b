/*
 * Reads and replaces the text files that people edit.
 */
#include "daemon/textfile.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "daemon/limits.h"
#include "daemon/problems.h"
#include "parsers/arena.h"
#include "parsers/bytes.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

/* Line of the first byte that is no UTF-8. */
static unsigned
line_of_trouble(struct bytes b)
{
	struct bytes	 part;
	unsigned	 line = 1;
	size_t		 i, start = 0;

	for (i = 0; i < b.len; i++) {
		if (b.data[i] != '\n')
			continue;
		part.data = b.data + start;
		part.len = i - start;
		if (!text_is_utf8(part))
			break;
		line++;
		start = i + 1;
	}
	return line;
}

bool
textfile_is_text(struct bytes b, const char *path, struct problems *problems)
{
	if (text_is_utf8(b))
		return true;
	problems_add(problems, path, line_of_trouble(b), "is not UTF-8 "
	    "text; save the file as UTF-8");
	return false;
}

static int
read_all(int fd, struct strbuf *b)
{
	char	buf[16384];
	ssize_t	n;

	while ((n = read(fd, buf, sizeof(buf))) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return -1;
		strbuf_add(b, buf, (size_t)n);
		if (b->len > TEXTFILE_BYTES) {
			errno = EFBIG;
			return -1;
		}
	}
	return 0;
}

char *
textfile_read(const char *path, struct arena *arena,
    struct problems *problems)
{
	struct strbuf	 b = {0};
	struct bytes	 bytes;
	struct stat	 st;
	char		*text = NULL;
	int		 fd;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd == -1 || fstat(fd, &st) == -1) {
		problems_add(problems, path, 0, "cannot be read: %s",
		    strerror(errno));
		goto close_fd;
	}
	if (!S_ISREG(st.st_mode)) {
		problems_add(problems, path, 0, "is no file; name a text "
		    "file here");
		goto close_fd;
	}
	if (read_all(fd, &b) == -1) {
		problems_add(problems, path, 0, "cannot be read: %s",
		    strerror(errno));
		goto close_fd;
	}
	bytes.data = (const uint8_t *)b.s;
	bytes.len = b.len;
	if (textfile_is_text(bytes, path, problems))
		text = arena_strndup(arena, strbuf_get(&b), b.len);
close_fd:
	if (fd != -1)
		close(fd);
	strbuf_clear(&b);
	return text;
}

static int
write_all(int fd, const char *text, size_t len)
{
	ssize_t	n;

	for (; len > 0; text += n, len -= (size_t)n) {
		n = write(fd, text, len);
		if (n == -1 && errno == EINTR)
			n = 0;
		if (n == -1)
			return -1;
	}
	return fsync(fd);
}

/* Write NAME.new beside, with the mode that NAME has. */
static int
write_aside(int dir_fd, const char *name, const char *aside,
    const char *text, size_t len)
{
	struct stat	 st;
	mode_t		 mode = 0640;
	int		 fd, saved;

	if (fstatat(dir_fd, name, &st, 0) == 0)
		mode = st.st_mode & 0777;
	fd = openat(dir_fd, aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC |
	    O_NOFOLLOW, mode);
	if (fd == -1)
		return -1;
	if (write_all(fd, text, len) == -1) {
		saved = errno;
		close(fd);
		errno = saved;
		return -1;
	}
	return close(fd);
}

int
textfile_replace(const char *dir, const char *name, const char *text,
    size_t len)
{
	struct strbuf	aside = {0};
	int		dir_fd, rc = -1, saved;

	dir_fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir_fd == -1)
		return -1;
	strbuf_addf(&aside, "%s.new", name);
	if (write_aside(dir_fd, name, aside.s, text, len) == 0 &&
	    renameat(dir_fd, aside.s, dir_fd, name) == 0)
		rc = fsync(dir_fd);
	saved = errno;
	if (rc == -1)
		(void)unlinkat(dir_fd, aside.s, 0); /* may not be there */
	close(dir_fd);
	strbuf_clear(&aside);
	errno = saved;
	return rc;
}
