#ifndef DAEMON_CONFINE_H
#define DAEMON_CONFINE_H

#include <stdbool.h>

#define CONFINE_PATHS 8

/*
 * What a worker may still touch after it has its request. Always: no new
 * privileges, no ptrace, no namespaces, no exec without run_paths. Where
 * the kernel has Landlock: files only below the paths named here and, with
 * `network`, what name resolution and certificates need.
 */
struct confine {
	/* NULL or "" are skipped, and so is what is not there */
	const char	*read_paths[CONFINE_PATHS];
	const char	*write_paths[CONFINE_PATHS]; /* files may be made
						        below these */
	const char	*run_paths[CONFINE_PATHS]; /* programs, and what the
						      kernel loads for them */
	bool		 make_folders; /* below write_paths */
	bool		 network;
	bool		 needs_landlock; /* without it, -1 with ENOSYS */
};

/* 0, or -1 with errno: then the worker must not go on. */
int	 confine_apply(const struct confine *c);
/*
 * The files alone, for a process that is about to run the program of
 * run_paths and brings a filter of its own. no_new_privs is set. 0 or -1.
 */
int	 confine_files(const struct confine *c);

#endif
