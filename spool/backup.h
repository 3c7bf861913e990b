#ifndef SPOOL_BACKUP_H
#define SPOOL_BACKUP_H

struct store;

/*
 * A copy of the state while daemon and command go on: database, key, the
 * spool's files, campaigns/ and status/. dir is made, or must be empty.
 * The copy is a state folder of its own. 0, or -1.
 */
int	 backup_copy(struct store *st, const char *dir);

/*
 * The same to try something on: the spool's files, which never change, are
 * shared with the original where dir lies on the same file system.
 */
int	 backup_twin(struct store *st, const char *dir);

#endif
