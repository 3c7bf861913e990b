#ifndef DAEMON_SCRATCH_H
#define DAEMON_SCRATCH_H

/*
 * A file without a name, in folder, for what is made of the large input
 * in_fd. All its room is taken at once, so that neither the disk nor the
 * file can run out of it later. It goes with its last descriptor.
 *
 * Returns the descriptor; -1 when the input is not large or past a limit,
 * the folder is NULL, or the file cannot be had: then memory has to do.
 */
int	 scratch_open(const char *folder, int in_fd);

#endif
