#ifndef PARSERS_STATUS_H
#define PARSERS_STATUS_H

/*
 * What became of reading one piece of foreign bytes. Stored as numbers:
 * append only. The words for the clerk stand in daemon/text.c.
 */
enum parse_status {
	PARSE_OK = 0,
	PARSE_NOT_SUPPORTED = 1, /* a format we do not read */
	PARSE_EMPTY = 2,	 /* no bytes at all */
	PARSE_DAMAGED = 3,	 /* zip, CRC or XML broken */
	PARSE_ENCRYPTED = 4,	 /* has a password */
	PARSE_LIMIT = 5,	 /* a limit of parsers/limits.h passed */
	PARSE_HOSTILE = 6,	 /* DOCTYPE, duplicate parts, bombs */
	PARSE_LOCK_FILE = 7,	 /* Word's ~$ owner file */
	PARSE_NO_TEXT = 8,	 /* opens, but holds no text (scan) */
	PARSE_CRASHED = 9,	 /* the jailed child died */
	PARSE_TIMEOUT = 10,	 /* the jailed child took too long */
	PARSE_UNAVAILABLE = 11	 /* no jail, nothing was read: try later;
				    about us, never stored */
};

#endif
