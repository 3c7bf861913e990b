#ifndef DAEMON_PATHS_H
#define DAEMON_PATHS_H

/*
 * Where the programs and their data lie. In a build tree (the running
 * program's folder, or the one above it, holds data/lexicon) everything is
 * taken from there; else from where it was installed.
 */

/*
 * Full path of a worker, "tiepnhan-parse": beside the running program if
 * it is there, else in the build tree's top, else in PKGLIBEXECDIR.
 * On the heap; the caller frees. Never NULL; the file may be missing.
 */
char	*paths_worker(const char *name);
/* The same for `tiepnhan` itself, which lies in BINDIR. */
char	*paths_command(void);
/*
 * Full path of a folder of data: "templates", "holidays", "examples",
 * "lexicon". TIEPNHAN_DATADIR overrides. On the heap; never NULL.
 */
char	*paths_data(const char *folder);

#endif
