#ifndef SPOOL_KV_H
#define SPOOL_KV_H

#include <stdint.h>

struct store;

/*
 * Small facts of the daemon that are no rows: last complete fetch, trouble
 * since, what was told. Keys in use:
 */
#define KV_FETCH_OK "fetch.ok"		  /* last complete fetch, whole */
#define KV_FETCH_PLACE "fetch.place"	  /* how far, while reading; text */
#define KV_FETCH_TROUBLE "fetch.trouble"  /* trouble since; 0 none */
#define KV_FETCH_REASON "fetch.reason"	  /* its reason, text */
#define KV_FETCH_TOLD "fetch.told"	  /* the clerk was told at */
#define KV_SEND_TROUBLE "send.trouble"	  /* no mail of ours goes since */
#define KV_SEND_CODE "send.code"	  /* the server's last word, SMTP */
#define KV_FIRST_START "first-start"	  /* the daemon's very first */
#define KV_STEPS_SEEN "steps.seen"	  /* .CAMPAIGN: steps looked at */
#define KV_SENDER_CAP "sender.cap"	  /* day and senders told; text */
#define KV_SUMMARY "summary.sent"	  /* last daily summary */

/* The value, or the fallback when the key is absent or unreadable. */
int64_t	 kv_int(struct store *st, const char *key, int64_t fallback);
/* On the heap, caller frees; NULL when absent. */
char	*kv_text(struct store *st, const char *key);
int	 kv_set_int(struct store *st, const char *key, int64_t value);
int	 kv_set_text(struct store *st, const char *key, const char *value);
int	 kv_drop(struct store *st, const char *key);

#endif
