#ifndef DAEMON_CONFINE_H
#define DAEMON_CONFINE_H

#include <stdbool.h>

/*
 * What a network worker may still touch after it has its request. Always:
 * no new privileges, no exec, no ptrace, no namespaces. Where the kernel
 * has Landlock: files only below the paths named here and, with `network`,
 * what name resolution and certificates need.
 */
struct confine {
	const char	*read_paths[4];	/* NULL or "" are skipped */
	const char	*write_paths[4]; /* files may be made below these */
	bool		 make_folders; /* below write_paths */
	bool		 network;
};

/* 0, or -1 with errno: then the worker must not go on. */
int	 confine_apply(const struct confine *c);

#endif
