#ifndef DAEMON_LIMITS_H
#define DAEMON_LIMITS_H

/* Limits of the daemon and its workers; those on documents and mails
 * stand in parsers/limits.h. */

/* network */
#define NET_CONNECT_TIMEOUT_MS 30000
#define NET_READ_TIMEOUT_MS 60000	/* one read */
#define NET_COMMAND_MS 300000		/* one IMAP command but a fetch */
#define NET_RANGE_MS 1800000		/* one range of messages */
#define NET_SESSION_BYTES ((uint64_t)8 << 20) /* all but message bodies */
#define NET_BUFFER_BYTES ((size_t)32 << 10) /* two records of TLS */
#define NET_LINE_SLACK 65536		/* protocol text around one body */

/* fetching */
#define FETCH_RANGE 1000		/* UIDs asked for at once */
#define FETCH_LIST_RANGE 1000		/* UIDs whose sizes are asked at once */
#define FETCH_PLACE_MAILS 200		/* then our place is told */
#define FETCH_RANGE_BYTES ((uint64_t)64 << 20) /* bodies in one command */
#define FETCH_SYNC_THREADS 8		/* mails synced at the same time */
#define FETCH_SYNC_WAITING 64		/* written, not yet told */
#define FETCH_RECONNECTS 5		/* in one round */
#define FETCH_FOLDERS 16
#define FETCH_LISTED 200		/* folders of a server, to show */
#define FETCH_GATHER_MS 100		/* mails registered together */
#define FETCH_IDLE_MS 540000		/* re-issue IDLE: NATs forget */
#define FETCH_REQUEST_BYTES ((size_t)32 << 20)
#define FETCH_SECRET_BYTES 16384

/* files that people write */
#define TEXTFILE_BYTES ((size_t)4 << 20)
#define ROSTER_UNITS 20000
#define ROSTER_TEXT_WORDS 2000		/* looked at for names */
#define CALENDAR_FILES 200

/* sending */
#define SEND_REPLY_S 600L		/* RFC 5321: after the final dot */
#define SEND_MESSAGE_S 1200L
#define SEND_REQUEST_BYTES ((size_t)128 << 20)

#define WORKER_LEAVE_MS 3000		/* asked to leave, then killed */
#define SECRET_COMMAND_S 30		/* a password or token command */
#define MAILBOX_SINCE_DAYS 30		/* before the very first start */
#define MAILBOX_BACKLOG_WORKDAYS 2	/* older: taken in, no receipt */

/* intake */
#define INTAKE_ATTEMPTS 3		/* bad ends of parsing, then aside */
#define INTAKE_STARTS 10		/* parses begun, whoever ended them */
#define INTAKE_DEFER_S 300		/* our trouble: try again after */
#define INTAKE_GROUP 16			/* kept or filed by one commit */
#define INTAKE_GATHER_MS 100		/* the first waits for the others … */
#define INTAKE_GATHER_BYTES ((size_t)8 << 20) /* … and of so much */
#define SENDER_MAILS_PER_DAY 200	/* of one sender, read at once; */
#define SENDER_MAILS_PER_UNIT 10 /* for each unit, if that is more */
#define INTAKE_POLL_MS 1000
#define CLOCK_ODD_S 86400		/* Date header against receipt */
#define INTAKE_PARSER_VERSION 1		/* of the kept blobs */

/* converting what the parser does not read */
#define CONVERT_FILES 20		/* of one mail */
#define CONVERT_WALL_MS 20000		/* one tool on one file */
#define CONVERT_SLACK_MS 5000		/* then the worker itself is killed */
#define CONVERT_CPU_S 15
#define CONVERT_MEMORY ((size_t)512 << 20)
#define CONVERT_NOFILE 16

/* status files */
#define STATUS_LINE_NAMES 5		/* named in the leader's sentence */
#define STATUS_STALE_POLLS 5		/* polls without success: say so */
#define STATUS_TICK_MS 1000		/* written at most so often … */
#define STATUS_REFRESH_S 300		/* … and at least so often */

/* mails of ours */
#define OUTBOX_PER_ADDRESS_DAY 10	/* all kinds together */
#define POST_BATCH 50			/* messages over one connection */
#define POST_RETRY_MIN_S 300
#define POST_RETRY_MAX_S 21600
#define POST_GIVE_UP_S 432000		/* five days of tries */
#define POST_WAIT_S 60			/* for mail that is still unread */
#define POST_TROUBLE_S 300		/* the server takes nobody's mail */
#define POST_UNCERTAIN_S 1800		/* then once more */
#define RECEIPTS_PER_ADDRESS_DAY 3
#define RECEIPT_FROM_MINUTE 360		/* 06:00 … */
#define RECEIPT_UNTIL_MINUTE 1260	/* … to 21:00, any day */
#define TROUBLE_TELL_S 900		/* a mailbox out of reach so long */
#define COMMAND_FILE_MS 20000 /* a file for a mail, made by tiepnhan */
#define SUPPLEMENT_WORKDAYS 3		/* given for missing sections */
#define STEP_FETCH_FRESH_S 900		/* a complete fetch before a step */
#define STEPS_SEEN_S 3600		/* the mark that something runs */
#define STEP_HOLD_HEADINGS 3		/* fitting ones that hold everybody */

/* doctor */
#define DOCTOR_PROBE_MS 90000		/* one server */
#define DOCTOR_CERTIFICATE_DAYS 21	/* warn so long before its end */
#define DOCTOR_FOLDERS_LENGTH 300	/* of the server's, in one line */
#define DOCTOR_DISK_LOW ((uint64_t)1 << 30)
#define DOCTOR_DISK_LEAST ((uint64_t)64 << 20)
#define DOCTOR_INODES_LEAST 1000
#define DOCTOR_CLOCK_MAILS 5		/* newest, all must say the same */
#define DOCTOR_CLOCK_LEAD_S 300		/* a server's clock may differ so */
#define DOCTOR_CLOCK_PAST_S 604800	/* mails of a week */
#define DOCTOR_YEAR_LEAST 2026		/* an earlier clock is wrong */

/* decisions by mail */
#define TOKEN_VALID_S 604800		/* seven days */
#define TOKEN_KEPT_S 2592000		/* then it is "expired", not unknown */
#define LINKS_PER_MAIL 40
#define LINK_ITEMS 10			/* mails in doubt with links */
#define LINK_UNITS 15			/* units that are held one by one */
#define LINK_BYTES 1500			/* of a prepared text: Windows */
#define ANSWERS_PER_DAY 30		/* to mails that bear no token */
#define CONFIRMATIONS_PER_DAY 200	/* to mails that do */

#define PURGE_GROUP 32			/* expired mails at a time */

/* the loop */
#define LOOP_BUSY_MS 30000 /* plans looked at while mail pours in */
#define LOOP_SETTLE_MS 1000		/* from a changed file to its look */
#define LOOP_BACKOFF_MIN_MS 10000	/* a mailbox in trouble */
#define LOOP_BACKOFF_MAX_MS 900000

#endif
