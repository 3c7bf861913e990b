/*
 * The parser's jail. The filter is compiled once, in the warm parent, and
 * only loaded in each child. seccomp(2) is mandatory; Landlock (chosen by
 * its ABI at run time) is a second wall where there is one.
 */
#include "daemon/jail.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include <errno.h>
#include <iconv.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <seccomp.h>

#include <config.h>
#include "parsers/limits.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Stands in the filter for the pid of the child that will load it. */
#define PID_PLACE 0x5EA1D00D

#define NOFILE_IN_JAIL 8

/*
 * Charsets met in Vietnamese offices' mail. glibc loads a module for each
 * from a file, which the jail forbids; a charset that is not here is
 * merely not converted.
 */
static const char *const charsets[] = { "WINDOWS-1258", "TCVN5712-1",
    "VISCII", "WINDOWS-1252", "WINDOWS-1250", "WINDOWS-1251",
    "WINDOWS-1253", "WINDOWS-1254", "WINDOWS-1256", "WINDOWS-1257",
    "WINDOWS-874", "ISO-8859-1", "ISO-8859-2", "ISO-8859-5", "ISO-8859-7",
    "ISO-8859-9", "ISO-8859-15", "KOI8-R", "IBM437", "IBM850", "MACINTOSH",
    "US-ASCII", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-7",
    "GB2312", "GBK", "GB18030", "BIG5", "EUC-KR", "CP949", "EUC-JP",
    "SHIFT_JIS", "ISO-2022-JP", "ISO-2022-KR" };

struct jail {
	struct sock_filter *filter;
	unsigned short	 filter_len;
	int		 landlock; /* ABI, 0 = none */
	char		 describe[32];
	iconv_t		 converters[COUNT(charsets)];
};

static const int allowed[] = { SCMP_SYS(read), SCMP_SYS(write),
    SCMP_SYS(readv), SCMP_SYS(writev), SCMP_SYS(close), SCMP_SYS(lseek),
    SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk),
    SCMP_SYS(futex), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
    SCMP_SYS(time), SCMP_SYS(getrandom), SCMP_SYS(getpid),
    SCMP_SYS(gettid), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(restart_syscall), SCMP_SYS(exit),
    SCMP_SYS(exit_group),
#ifdef UNDER_ASAN
    SCMP_SYS(sigaltstack), SCMP_SYS(sched_yield), SCMP_SYS(getrlimit),
    SCMP_SYS(prlimit64), SCMP_SYS(prctl), SCMP_SYS(sched_getaffinity),
    SCMP_SYS(getppid), SCMP_SYS(kill), SCMP_SYS(nanosleep),
#endif
};

/* Answered, so that a library's curiosity does not kill it. */
static const struct {
	int	call;
	int	error;
} refused[] = {
	{ SCMP_SYS(open), ENOENT },
	{ SCMP_SYS(openat), ENOENT },
	{ SCMP_SYS(openat2), ENOENT },
	{ SCMP_SYS(stat), ENOENT },
	{ SCMP_SYS(lstat), ENOENT },
	{ SCMP_SYS(fstat), ENOENT },
	{ SCMP_SYS(newfstatat), ENOENT },
	{ SCMP_SYS(statx), ENOENT },
	{ SCMP_SYS(access), ENOENT },
	{ SCMP_SYS(faccessat), ENOENT },
	{ SCMP_SYS(faccessat2), ENOENT },
	{ SCMP_SYS(readlink), ENOENT },
	{ SCMP_SYS(readlinkat), ENOENT },
	/* glibc's qsort() asks how much memory there is */
	{ SCMP_SYS(sysinfo), ENOSYS },
};

static int
add_rules(scmp_filter_ctx ctx)
{
	size_t	i;
	int	failed;

	failed = 0;
	for (i = 0; i < COUNT(allowed); i++)
		failed |= seccomp_rule_add(ctx, SCMP_ACT_ALLOW, allowed[i],
		    0);
	for (i = 0; i < COUNT(refused); i++)
		failed |= seccomp_rule_add(ctx,
		    SCMP_ACT_ERRNO((uint16_t)refused[i].error),
		    refused[i].call, 0);
	/* memory, but never executable */
	failed |= seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	failed |= seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mprotect),
	    1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	/* abort(), of itself only */
	failed |= seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 2,
	    SCMP_A0(SCMP_CMP_EQ, PID_PLACE, 0),
	    SCMP_A2(SCMP_CMP_EQ, SIGABRT, 0));
	return failed == 0 ? 0 : -1;
}

/* The compiled filter through a memory file: libseccomp wants an fd. */
static int
export_filter(struct jail *j, scmp_filter_ctx ctx)
{
	off_t	len;
	int	fd;

	fd = memfd_create("filter", MFD_CLOEXEC);
	if (fd == -1)
		return -1;
	if (seccomp_export_bpf(ctx, fd) != 0 ||
	    (len = lseek(fd, 0, SEEK_END)) <= 0)
		goto close_fd;
	j->filter = malloc((size_t)len);
	if (j->filter == NULL)
		abort();
	if (pread(fd, j->filter, (size_t)len, 0) != len)
		goto close_fd;
	j->filter_len = (unsigned short)((size_t)len / sizeof(*j->filter));
	close(fd);
	return 0;

close_fd:
	close(fd);
	return -1;
}

static int
compile_filter(struct jail *j)
{
	scmp_filter_ctx	ctx;
	int		failed;

	ctx = seccomp_init(SCMP_ACT_KILL_PROCESS);
	if (ctx == NULL)
		return -1;
	/* a tree: the kernel tries each call when a child loads it */
	failed = seccomp_attr_set(ctx, SCMP_FLTATR_CTL_OPTIMIZE, 2) != 0 ||
	    add_rules(ctx) == -1 || export_filter(j, ctx) == -1;
	seccomp_release(ctx);
	return failed ? -1 : 0;
}

/* Filters can be had, and can kill the whole process? */
static bool
kernel_has_seccomp(void)
{
	uint32_t	action = SECCOMP_RET_KILL_PROCESS;

	return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0,
	    &action) == 0;
}

/* struct landlock_ruleset_attr as of ABI 4; older ABIs know its start. */
struct ruleset {
	uint64_t	fs;
	uint64_t	net;
};

#define LANDLOCK_VERSION_QUESTION 1U
#define LANDLOCK_NET_ABI 4

static int
landlock_abi(void)
{
	long	abi;

	abi = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_VERSION_QUESTION);
	return abi < 0 ? 0 : (int)abi;
}

/* Every right that this ABI can take away; none is given back. */
static int
landlock_lock(int abi)
{
	static const unsigned	fs_rights[] = { 0, 13, 14, 15, 15, 16 };
	struct ruleset		rules;
	size_t			size;
	int			fd, known, locked;

	known = abi < (int)COUNT(fs_rights) ? abi :
	    (int)COUNT(fs_rights) - 1;
	rules.fs = ((uint64_t)1 << fs_rights[known]) - 1;
	rules.net = 3; /* bind and connect TCP */
	size = abi >= LANDLOCK_NET_ABI ? sizeof(rules) : sizeof(rules.fs);
	fd = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
	if (fd == -1)
		return -1;
	locked = (int)syscall(SYS_landlock_restrict_self, fd, 0);
	close(fd);
	return locked;
}

struct jail *
jail_new(const char **why)
{
	struct jail	*j;
	size_t		 i;

	if (!kernel_has_seccomp()) {
		*why = "the kernel has no seccomp filters";
		return NULL;
	}
	j = calloc(1, sizeof(*j));
	if (j == NULL)
		abort();
	/* localtime() and mktime() open /etc/localtime unless told */
	if (setenv("TZ", "UTC0", 1) == -1)
		abort();
	tzset();
	for (i = 0; i < COUNT(charsets); i++)
		j->converters[i] = iconv_open("UTF-8", charsets[i]);
	j->landlock = landlock_abi();
	if (j->landlock > 0)
		snprintf(j->describe, sizeof(j->describe),
		    "seccomp, Landlock %d", j->landlock);
	else
		snprintf(j->describe, sizeof(j->describe), "seccomp");
	if (compile_filter(j) == -1) {
		*why = "the seccomp filter cannot be compiled";
		jail_free(j);
		return NULL;
	}
	return j;
}

void
jail_free(struct jail *j)
{
	size_t	i;

	if (j == NULL)
		return;
	for (i = 0; i < COUNT(charsets); i++)
		if (j->converters[i] != (iconv_t)-1)
			iconv_close(j->converters[i]);
	free(j->filter);
	free(j);
}

const char *
jail_describe(const struct jail *j)
{
	return j->describe;
}

/* Only ever lowers: what we were started with may be stricter. */
static int
limit(__rlimit_resource_t resource, rlim_t most, rlim_t hard)
{
	struct rlimit	l;

	if (getrlimit(resource, &l) == -1)
		return -1;
	if (l.rlim_max > hard)
		l.rlim_max = hard;
	if (l.rlim_cur > most)
		l.rlim_cur = most;
	return setrlimit(resource, &l);
}

static int
set_limits(void)
{
	if (limit(RLIMIT_CPU, LIMIT_JAIL_CPU_S, LIMIT_JAIL_CPU_S + 1) ||
	    limit(RLIMIT_NPROC, 0, 0) || limit(RLIMIT_CORE, 0, 0) ||
	    limit(RLIMIT_NOFILE, NOFILE_IN_JAIL, NOFILE_IN_JAIL))
		return -1;
#ifndef UNDER_ASAN
	/* the sanitizer maps terabytes, and reports on a file */
	if (limit(RLIMIT_AS, LIMIT_JAIL_MEMORY, LIMIT_JAIL_MEMORY) ||
	    limit(RLIMIT_FSIZE, 0, 0))
		return -1;
#endif
	return 0;
}

/* Only out_fd stays, as descriptor 1. */
static int
drop_descriptors(int out_fd)
{
	unsigned	first = 2;

	if (out_fd != 1 && dup2(out_fd, 1) == -1)
		return -1;
	close(0);
#ifdef UNDER_ASAN
	first = 3;
#endif
	return close_range(first, ~0U, 0);
}

static int
load_filter(struct jail *j)
{
	struct sock_fprog	prog = { j->filter_len, j->filter };
	unsigned short		i;
	unsigned		pid;

	pid = (unsigned)getpid();
	for (i = 0; i < j->filter_len; i++)
		if (j->filter[i].k == PID_PLACE)
			j->filter[i].k = pid;
	return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &prog);
}

int
jail_enter(struct jail *j, int out_fd, const char **why)
{
	if (drop_descriptors(out_fd) == -1)
		*why = "descriptors cannot be closed";
	else if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1 ||
	    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == -1)
		*why = "no_new_privs cannot be set";
	else if (j->landlock > 0 && landlock_lock(j->landlock) == -1)
		*why = "Landlock is there but refuses";
	else if (set_limits() == -1)
		*why = "resource limits cannot be set";
	else if (load_filter(j) == -1)
		*why = "the seccomp filter cannot be loaded";
	else
		return 0;
	return -1;
}
