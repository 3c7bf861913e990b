/*
 * Has anybody else changed the spool folder?
 */
#include "spool/stamp.h"

#include <sys/stat.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "spool/handle.h"
#include "spool/kv.h"

#define KV_STAMP "spool.stamp"
#define STAMP_TEXT 80

static int
read_stamp(struct store *st, char text[STAMP_TEXT])
{
	struct stat	sb;

	if (fstat(st->spool_fd, &sb) == -1)
		return store_fail_errno(st, "spool");
	(void)snprintf(text, STAMP_TEXT, "%llu %lld.%09ld",
	    (unsigned long long)sb.st_ino, (long long)sb.st_mtim.tv_sec,
	    sb.st_mtim.tv_nsec);
	return 0;
}

int
stamp_put(struct store *st)
{
	char	text[STAMP_TEXT];

	return read_stamp(st, text) == -1 ? -1 :
	    kv_set_text(st, KV_STAMP, text);
}

int
stamp_drop(struct store *st)
{
	return kv_drop(st, KV_STAMP);
}

bool
stamp_is_ours(struct store *st)
{
	char	 text[STAMP_TEXT];
	char	*kept;
	bool	 is_same;

	if (read_stamp(st, text) == -1)
		return false;
	kept = kv_text(st, KV_STAMP);
	is_same = kept != NULL && strcmp(kept, text) == 0;
	free(kept);
	return is_same;
}
