#ifndef PARSERS_MAIL_DATE_H
#define PARSERS_MAIL_DATE_H

#include <stdint.h>

/*
 * A date of RFC 5322 §3.3 or like it, in any order that people's programs
 * write: seconds since 1970 UTC; 0 when it is none. Without a zone it is
 * taken as UTC.
 */
int64_t	 mail_date(const char *s);

#endif
