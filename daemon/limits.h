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
#define NET_LINE_SLACK 65536		/* protocol text around one body */

/* fetching */
#define FETCH_RANGE 200			/* UIDs asked for at once */
#define FETCH_LIST_RANGE 1000		/* UIDs whose sizes are asked at once */
#define FETCH_RANGE_BYTES ((uint64_t)64 << 20) /* bodies in one command */
#define FETCH_RECONNECTS 5		/* in one round */
#define FETCH_FOLDERS 16
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
#define INTAKE_FILE_GROUP 64		/* mails filed in one turn */
#define INTAKE_POLL_MS 1000
#define INTAKE_PARSER_VERSION 1		/* of the kept blobs */

#endif
