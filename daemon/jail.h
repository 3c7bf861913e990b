#ifndef DAEMON_JAIL_H
#define DAEMON_JAIL_H

/*
 * The parser's jail: rlimits, no_new_privs, Landlock where the kernel has
 * it, and a mandatory seccomp allow-list. Calls that open or look up a
 * path are answered ENOENT; everything else that is not on the list kills.
 */
struct jail;

/*
 * Everything that can be done once, in the warm parent: compiles the
 * filter, sets TZ=UTC0, opens the converters we support.
 * Returns NULL with *why set when this system cannot jail.
 */
struct jail	*jail_new(const char **why);
void		 jail_free(struct jail *j); /* accepts NULL */

/*
 * Lock the calling process, for good. Of its descriptors only out_fd
 * stays, as descriptor 1. What it reads must be in memory or mapped.
 * 0, or -1 with *why set: then nothing may be parsed.
 */
int		 jail_enter(struct jail *j, int out_fd, const char **why);

/* What the kernel gives: "seccomp, Landlock 4" or "seccomp". */
const char	*jail_describe(const struct jail *j);

#endif
