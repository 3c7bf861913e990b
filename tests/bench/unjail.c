/*
 * Preloaded by bench.sh to count instructions, and by nobody else. Under
 * valgrind a program makes calls that its jail forbids, so that here the
 * jail is not locked; the programs themselves have no such switch. Each
 * process counts from its birth, and one that is killed ends so that its
 * count is told.
 */
#include <sys/resource.h>
#include <sys/syscall.h>

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <seccomp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <valgrind/callgrind.h>

#define ENVIRONMENT_MAX 100

static void
forget_parent(void)
{
	CALLGRIND_ZERO_STATS;
}

__attribute__((constructor)) static void
begin(void)
{
	if (pthread_atfork(NULL, NULL, forget_parent) != 0)
		abort();
}

/* What is behind this library. */
static void *
real(const char *name)
{
	void	*f = dlsym(RTLD_NEXT, name);

	if (f == NULL)
		abort();
	return f;
}

/* ---- what is not locked */

int
seccomp_load(const scmp_filter_ctx ctx)
{
	(void)ctx;
	return 0;
}

int
setrlimit(__rlimit_resource_t resource, const struct rlimit *l)
{
	(void)resource, (void)l;
	return 0;
}

long
syscall(long number, ...)
{
	static long	(*call)(long, ...);
	long		 a[6];
	va_list		 ap;
	size_t		 i;

	va_start(ap, number);
	for (i = 0; i < 6; i++)
		a[i] = va_arg(ap, long);
	va_end(ap);
	if (number == SYS_seccomp && a[2] != 0)
		return 0;
	/* libseccomp asks what there is: valgrind itself has none */
	if (number == SYS_seccomp || number == SYS_landlock_create_ruleset) {
		errno = EINVAL;
		return -1;
	}
	if (call == NULL)
		*(void **)&call = real("syscall");
	return call(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* ---- how the count goes on, and is told */

/* The same, with this library preloaded. */
static char **
with_us(char *const *env)
{
	static char	 preload[4096], *all[ENVIRONMENT_MAX + 2];
	Dl_info		 us;
	size_t		 n = 0;

	if (dladdr(preload, &us) == 0)
		abort();
	snprintf(preload, sizeof(preload), "LD_PRELOAD=%s", us.dli_fname);
	while (n < ENVIRONMENT_MAX && env[n] != NULL) {
		all[n] = env[n];
		n++;
	}
	all[n++] = preload;
	all[n] = NULL;
	return all;
}

int
execve(const char *path, char *const argv[], char *const env[])
{
	int	(*call)(const char *, char *const *, char *const *);

	*(void **)&call = real("execve");
	return call(path, argv, with_us(env));
}

int
posix_spawn(pid_t *pid, const char *path,
    const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *at,
    char *const argv[], char *const env[])
{
	int	(*call)(pid_t *, const char *,
		    const posix_spawn_file_actions_t *,
		    const posix_spawnattr_t *, char *const *,
		    char *const *);

	*(void **)&call = real("posix_spawn");
	return call(pid, path, actions, at, argv, with_us(env));
}

int
kill(pid_t pid, int sig)
{
	int	(*call)(pid_t, int);

	*(void **)&call = real("kill");
	return call(pid, sig == SIGKILL ? SIGTERM : sig);
}
