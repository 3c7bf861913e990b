/*
 * System calls that fail on demand. The functions here are found before
 * libc's; they go to the kernel by syscall(2).
 */
#include "tests/fault.h"

#include <sys/stat.h>
#include <sys/syscall.h>

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum fault_mode	 mode;
static int		 at, calls, syncs, is_armed;
static char		 shadow[4096];

void
fault_arm(enum fault_mode m, int n, const char *shadow_dir)
{
	mode = m;
	at = n;
	calls = syncs = 0;
	snprintf(shadow, sizeof(shadow), "%s",
	    shadow_dir == NULL ? "" : shadow_dir);
	is_armed = 1;
}

int
fault_disarm(int *n_syncs)
{
	is_armed = 0;
	if (n_syncs != NULL)
		*n_syncs = syncs;
	return calls;
}

/* Of a build for `make coverage` only. */
extern void __gcov_dump(void) __attribute__((weak));

void
fault_exit(int status)
{
	is_armed = 0;
	if (__gcov_dump != NULL)
		__gcov_dump();
	_exit(status);
}

int
fault_is_past(void)
{
	return (mode == FAULT_POWER ? syncs : calls) >= at;
}

enum { NEEDS_SPACE = 1, IS_SYNC = 2, READS = 3 };

/* Count a call; 0 = do it, else the error to give. */
static int
strike(int kind)
{
	if (!is_armed || (kind == READS) != (mode == FAULT_READ))
		return 0;
	calls++;
	syncs += kind == IS_SYNC;
	switch (mode) {
	case FAULT_EIO:
	case FAULT_READ:
		if (calls != at)
			return 0;
		return EIO;
	case FAULT_FULL:
		if (calls < at || kind != NEEDS_SPACE)
			return 0;
		return ENOSPC;
	case FAULT_KILL:
		if (calls == at)
			fault_exit(FAULT_EXIT);
		return 0;
	case FAULT_POWER:
		if (kind == IS_SYNC && syncs == at)
			fault_exit(FAULT_EXIT);
		return 0;
	default:
		return 0;
	}
}

#define STRIKE(kind) do { \
	int error_ = strike(kind); \
	if (error_ != 0) { \
		errno = error_; \
		return -1; \
	} \
} while (0)

/* ---- what is on disk for good */

static void
copy_synced(int fd, const char *name)
{
	char	path[4200], buf[65536];
	off_t	off = 0;
	ssize_t	n;
	int	to, from;

	/* the descriptor may be for writing only */
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	from = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY, 0);
	snprintf(path, sizeof(path), "%s/%s", shadow, name);
	to = (int)syscall(SYS_openat, AT_FDCWD, path,
	    O_WRONLY | O_CREAT | O_TRUNC, 0600);
	while ((n = pread(from, buf, sizeof(buf), off)) > 0) {
		if (syscall(SYS_write, to, buf, n) != n)
			abort();
		off += n;
	}
	close(from);
	close(to);
}

static void
list_synced(int fd, const char *name)
{
	struct dirent	*e;
	struct stat	 sb;
	char		 path[4200];
	FILE		*to;
	DIR		*dir;

	snprintf(path, sizeof(path), "%s/%s", shadow, name);
	to = fopen(path, "w");
	dir = fdopendir((int)syscall(SYS_openat, fd, ".",
	    O_RDONLY | O_DIRECTORY, 0));
	while ((e = readdir(dir)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 ||
		    strcmp(e->d_name, "..") == 0)
			continue;
		if (fstatat(fd, e->d_name, &sb, AT_SYMLINK_NOFOLLOW) == 0)
			fprintf(to, "%d %llu %s\n", S_ISDIR(sb.st_mode),
			    (unsigned long long)sb.st_ino, e->d_name);
	}
	closedir(dir);
	fclose(to);
}

static void
synced(int fd)
{
	struct stat	sb;
	char		name[32];
	int		was_armed = is_armed;

	if (!is_armed || mode != FAULT_POWER || *shadow == '\0' ||
	    fstat(fd, &sb) == -1)
		return;
	is_armed = 0;
	snprintf(name, sizeof(name), "%llu", (unsigned long long)sb.st_ino);
	if (S_ISDIR(sb.st_mode))
		list_synced(fd, name);
	else
		copy_synced(fd, name);
	is_armed = was_armed;
}

/* A new file may have the number of one that is gone. */
static void
created(int fd)
{
	struct stat	sb;
	char		path[4200];

	if (!is_armed || mode != FAULT_POWER || fd == -1 ||
	    fstat(fd, &sb) == -1 || sb.st_size != 0)
		return;
	snprintf(path, sizeof(path), "%s/%llu", shadow,
	    (unsigned long long)sb.st_ino);
	(void)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

static void
restore_file(const char *shadow_dir, const char *ino, const char *to)
{
	char	path[4200], buf[65536];
	FILE	*in, *out;
	size_t	n;

	snprintf(path, sizeof(path), "%s/%s", shadow_dir, ino);
	out = fopen(to, "w");
	in = fopen(path, "r");
	while (in != NULL && (n = fread(buf, 1, sizeof(buf), in)) > 0)
		fwrite(buf, 1, n, out);
	if (in != NULL)
		fclose(in);
	fclose(out);
	(void)chmod(to, 0600);
}

static void
restore_folder(const char *shadow_dir, const char *ino, const char *to)
{
	char	path[4200], line[1024], name[512], inode[32];
	FILE	*in;
	int	is_dir;

	(void)mkdir(to, 0700);
	snprintf(path, sizeof(path), "%s/%s", shadow_dir, ino);
	in = fopen(path, "r");
	while (in != NULL && fgets(line, sizeof(line), in) != NULL) {
		if (sscanf(line, "%d %31s %511[^\n]", &is_dir, inode,
		    name) != 3)
			abort();
		snprintf(path, sizeof(path), "%s/%s", to, name);
		if (is_dir)
			restore_folder(shadow_dir, inode, path);
		else if (strstr(name, "-shm") == NULL)
			restore_file(shadow_dir, inode, path);
	}
	if (in != NULL)
		fclose(in);
}

void
fault_restore(const char *shadow_dir, const char *from, const char *to)
{
	struct stat	sb;
	char		ino[32];

	if (stat(from, &sb) == -1)
		abort();
	snprintf(ino, sizeof(ino), "%llu", (unsigned long long)sb.st_ino);
	restore_folder(shadow_dir, ino, to);
}

/* ---- in front of libc */

static int
open_at(int dir, const char *path, int flags, mode_t bits)
{
	int	fd;

	if (flags & (O_CREAT | O_WRONLY | O_RDWR))
		STRIKE(flags & O_CREAT ? NEEDS_SPACE : 0);
	else
		STRIKE(READS);
	fd = (int)syscall(SYS_openat, dir, path, flags, bits);
	if (flags & O_CREAT)
		created(fd);
	return fd;
}

static mode_t
bits_of(int flags, va_list ap)
{
	return flags & O_CREAT ? (mode_t)va_arg(ap, int) : 0;
}

#define OPEN_BODY(dir) do { \
	va_list	ap; \
	mode_t	bits; \
	va_start(ap, flags); \
	bits = bits_of(flags, ap); \
	va_end(ap); \
	return open_at(dir, path, flags, bits); \
} while (0)

int open(const char *path, int flags, ...) { OPEN_BODY(AT_FDCWD); }
int open64(const char *path, int flags, ...) { OPEN_BODY(AT_FDCWD); }
int openat(int dir, const char *path, int flags, ...) { OPEN_BODY(dir); }
int openat64(int dir, const char *path, int flags, ...) { OPEN_BODY(dir); }

/* At the n-th write, half of it is done before the end. */
static void
tear(int fd, const void *p, size_t len, off_t off)
{
	if (!is_armed || mode != FAULT_TORN || calls + 1 != at)
		return;
	if (off == -1)
		(void)syscall(SYS_write, fd, p, len / 2);
	else
		(void)syscall(SYS_pwrite64, fd, p, len / 2, off);
	fault_exit(FAULT_EXIT);
}

ssize_t
read(int fd, void *p, size_t len)
{
	STRIKE(READS);
	return syscall(SYS_read, fd, p, len);
}

ssize_t
pread(int fd, void *p, size_t len, off_t off)
{
	STRIKE(READS);
	return syscall(SYS_pread64, fd, p, len, off);
}

ssize_t
pread64(int fd, void *p, size_t len, off64_t off)
{
	STRIKE(READS);
	return syscall(SYS_pread64, fd, p, len, off);
}

/* The next of the same name: libc's own reads by a call we do not see. */
static void *
libc(const char *name)
{
	static void	*found;

	if (found == NULL)
		found = dlsym(RTLD_NEXT, name);
	return found;
}

struct dirent *
readdir(DIR *dir)
{
	struct dirent *(*next)(DIR *) = libc("readdir");
	int		error = strike(READS);

	if (error != 0)
		errno = error;
	return error != 0 ? NULL : next(dir);
}

int
fstat(int fd, struct stat *sb)
{
	STRIKE(READS);
	return (int)syscall(SYS_newfstatat, fd, "", sb, AT_EMPTY_PATH);
}

int
fstat64(int fd, struct stat64 *sb)
{
	STRIKE(READS);
	return (int)syscall(SYS_newfstatat, fd, "", sb, AT_EMPTY_PATH);
}

int
fstatat(int dir, const char *path, struct stat *sb, int flags)
{
	STRIKE(READS);
	return (int)syscall(SYS_newfstatat, dir, path, sb, flags);
}

ssize_t
write(int fd, const void *p, size_t len)
{
	if (fd > 2) {
		tear(fd, p, len, -1);
		STRIKE(NEEDS_SPACE);
	}
	return syscall(SYS_write, fd, p, len);
}

static ssize_t
write_at(int fd, const void *p, size_t len, off_t off)
{
	tear(fd, p, len, off);
	STRIKE(NEEDS_SPACE);
	return syscall(SYS_pwrite64, fd, p, len, off);
}

ssize_t
pwrite(int fd, const void *p, size_t len, off_t off)
{
	return write_at(fd, p, len, off);
}

ssize_t
pwrite64(int fd, const void *p, size_t len, off64_t off)
{
	return write_at(fd, p, len, off);
}

/*
 * Nothing waits for the real disk: what a lost power would take is known
 * from what was synced here, and the end of a process takes nothing.
 */
int
fsync(int fd)
{
	STRIKE(IS_SYNC);
	synced(fd);
	return 0;
}

int
fdatasync(int fd)
{
	STRIKE(IS_SYNC);
	synced(fd);
	return 0;
}

int
ftruncate(int fd, off_t len)
{
	STRIKE(0);
	return (int)syscall(SYS_ftruncate, fd, len);
}

int
ftruncate64(int fd, off64_t len)
{
	STRIKE(0);
	return (int)syscall(SYS_ftruncate, fd, len);
}

int
renameat(int from_dir, const char *from, int to_dir, const char *to)
{
	STRIKE(NEEDS_SPACE);
	return (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, 0);
}

int
linkat(int from_dir, const char *from, int to_dir, const char *to,
    int flags)
{
	STRIKE(NEEDS_SPACE);
	return (int)syscall(SYS_linkat, from_dir, from, to_dir, to, flags);
}

int
unlink(const char *path)
{
	STRIKE(0);
	return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

int
unlinkat(int dir, const char *path, int flags)
{
	STRIKE(0);
	return (int)syscall(SYS_unlinkat, dir, path, flags);
}

int
mkdirat(int dir, const char *path, mode_t bits)
{
	STRIKE(NEEDS_SPACE);
	return (int)syscall(SYS_mkdirat, dir, path, bits);
}
