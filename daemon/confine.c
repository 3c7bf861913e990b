/*
 * The workers' fence: seccomp for what they never do, Landlock
 * (where there is one) for the files they may see. The parser has a far
 * narrower jail of its own.
 */
#include "daemon/confine.h"

#include <config.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

#include <linux/landlock.h>
#include <seccomp.h>

#define READ_RIGHTS (LANDLOCK_ACCESS_FS_READ_FILE | \
	LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITE_RIGHTS (READ_RIGHTS | LANDLOCK_ACCESS_FS_WRITE_FILE | \
	LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE)
#define RUN_RIGHTS (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE)
#define HANDLED (WRITE_RIGHTS | LANDLOCK_ACCESS_FS_EXECUTE | \
	LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_SYM | \
	LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | \
	LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK | \
	LANDLOCK_ACCESS_FS_REMOVE_DIR)
/* ABI 2: without it a rename between tmp and incoming is forbidden */
#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (1ULL << 13)
#endif

/* Name resolution, certificates, shared libraries of both. */
static const char *const network_paths[] = {
	"/etc/resolv.conf", "/etc/hosts", "/etc/host.conf",
	"/etc/nsswitch.conf", "/etc/gai.conf", "/etc/services",
	"/etc/ssl", "/etc/gnutls", "/etc/crypto-policies",
	"/usr/share/ca-certificates", "/usr/local/share/ca-certificates",
	"/etc/localtime", "/etc/ld.so.cache", "/run/systemd/resolve",
	"/run/nscd", "/usr/lib", "/lib", "/lib64", "/usr/share/zoneinfo",
	"/usr/share/locale", "/dev/urandom", "/dev/null"
};

static int
allow_path(int ruleset, const char *path, uint64_t rights)
{
	struct landlock_path_beneath_attr rule = {.allowed_access = rights};
	int	fd, rc;

	if (path == NULL || path[0] == '\0')
		return 0;
	fd = open(path, O_PATH | O_CLOEXEC);
	if (fd == -1)
		return 0; /* what is not there cannot be needed */
	rule.parent_fd = fd;
	rc = (int)syscall(SYS_landlock_add_rule, ruleset,
	    LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	if (rc == -1 && errno == EINVAL) {
		/* a plain file has no folder rights */
		rule.allowed_access = rights &
		    (RUN_RIGHTS | LANDLOCK_ACCESS_FS_WRITE_FILE);
		rc = (int)syscall(SYS_landlock_add_rule, ruleset,
		    LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	}
	close(fd);
	return rc;
}

static int
allow_paths(int ruleset, const char *const *paths, size_t n, uint64_t rights)
{
	size_t	i;
	int	rc = 0;

	for (i = 0; rc == 0 && i < n; i++)
		rc = allow_path(ruleset, paths[i], rights);
	return rc;
}

static int
landlock(const struct confine *c)
{
	struct landlock_ruleset_attr	attr = {.handled_access_fs = HANDLED};
	uint64_t			write_rights = WRITE_RIGHTS;
	int				abi, ruleset, rc;

	abi = (int)syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);
	if (abi < 2) { /* no Landlock here, or one without renames */
		errno = ENOSYS;
		return c->needs_landlock ? -1 : 0;
	}
	attr.handled_access_fs |= LANDLOCK_ACCESS_FS_REFER;
	write_rights |= LANDLOCK_ACCESS_FS_REFER;
	if (c->make_folders)
		write_rights |= LANDLOCK_ACCESS_FS_MAKE_DIR;
	ruleset = (int)syscall(SYS_landlock_create_ruleset, &attr,
	    sizeof(attr), 0);
	if (ruleset == -1)
		return -1;
	rc = allow_paths(ruleset, c->read_paths, CONFINE_PATHS, READ_RIGHTS);
	if (rc == 0)
		rc = allow_paths(ruleset, c->write_paths, CONFINE_PATHS,
		    write_rights);
	if (rc == 0)
		rc = allow_paths(ruleset, c->run_paths, CONFINE_PATHS,
		    RUN_RIGHTS);
	if (rc == 0 && c->network)
		rc = allow_paths(ruleset, network_paths,
		    sizeof(network_paths) / sizeof(network_paths[0]),
		    READ_RIGHTS);
	if (rc == 0)
		rc = (int)syscall(SYS_landlock_restrict_self, ruleset, 0);
	close(ruleset);
	return rc;
}

static int
forbid_calls(bool network, bool may_run)
{
	static const int never[] = {
		SCMP_SYS(execveat), SCMP_SYS(ptrace),
		SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
		SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root),
		SCMP_SYS(chroot), SCMP_SYS(unshare), SCMP_SYS(setns),
		SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(keyctl),
		SCMP_SYS(add_key), SCMP_SYS(request_key),
		SCMP_SYS(init_module), SCMP_SYS(finit_module),
		SCMP_SYS(kexec_load), SCMP_SYS(reboot), SCMP_SYS(swapon),
		SCMP_SYS(userfaultfd), SCMP_SYS(io_uring_setup),
		SCMP_SYS(bind), SCMP_SYS(listen)
	};
	scmp_filter_ctx	ctx;
	size_t		i;
	int		rc = 0;

	ctx = seccomp_init(SCMP_ACT_ALLOW);
	if (ctx == NULL) {
		errno = ENOMEM;
		return -1;
	}
	for (i = 0; rc == 0 && i < sizeof(never) / sizeof(never[0]); i++) {
		/* the resolver binds a netlink socket to list addresses */
		if (network && never[i] == SCMP_SYS(bind))
			continue;
		rc = seccomp_rule_add(ctx, SCMP_ACT_KILL_PROCESS, never[i],
		    0);
	}
	if (rc == 0 && !may_run)
		rc = seccomp_rule_add(ctx, SCMP_ACT_KILL_PROCESS,
		    SCMP_SYS(execve), 0);
	if (rc == 0 && !network)
		rc = seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM),
		    SCMP_SYS(socket), 0);
	if (rc == 0)
		rc = seccomp_load(ctx);
	seccomp_release(ctx);
	if (rc != 0) {
		errno = -rc;
		return -1;
	}
	return 0;
}

#ifdef UNDER_ASAN
/* Looking for leaks needs ptrace, which is forbidden here. */
const char	*__asan_default_options(void);

const char *
__asan_default_options(void)
{
	return "detect_leaks=0";
}
#endif

int
confine_files(const struct confine *c)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1)
		return -1;
	return landlock(c);
}

int
confine_apply(const struct confine *c)
{
	return confine_files(c) == -1 ? -1 : forbid_calls(c->network,
	    c->run_paths[0] != NULL);
}
