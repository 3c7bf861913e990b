#ifndef DAEMON_IMAP_RANGE_H
#define DAEMON_IMAP_RANGE_H

#include <stddef.h>
#include <stdint.h>

#include "daemon/imap_conn.h"

/* One message that is wanted, as the server announced it. */
struct imap_wanted {
	uint32_t	uid;
	uint64_t	size;	/* RFC822.SIZE: only to refuse giants */
	int64_t		received_utc; /* INTERNALDATE */
	int		done;	/* kept, refused or failed */
};

struct imap_range {
	struct imap_conn *conn;
	uint32_t	 folder; /* index, for the events */
	uint32_t	 uidvalidity;
	struct imap_wanted *wanted; /* ascending UIDs */
	size_t		 n;
};

/*
 * UIDs, sizes and dates of first..last (last 0 = to the end), ascending,
 * only what is ≥ first. 0 with range->wanted on the heap, or the libetpan
 * code.
 */
int	 imap_range_list(struct imap_range *range, uint32_t first,
    uint32_t last);
/* The same for single UIDs. */
int	 imap_range_list_uids(struct imap_range *range, const uint32_t *uids,
    size_t n);
/*
 * Stream the bodies of wanted[from..to) to disk, one command; each is
 * bound to its UID at the end of its FETCH item and told by an event.
 * What is not told stays not done. 0, the libetpan code, or -1 when our
 * disk failed (told).
 */
int	 imap_range_bodies(struct imap_range *range, size_t from, size_t to);

#endif
