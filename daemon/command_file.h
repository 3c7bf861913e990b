#ifndef DAEMON_COMMAND_FILE_H
#define DAEMON_COMMAND_FILE_H

#include <time.h>

struct office;
struct strbuf;

/*
 * A file that only `tiepnhan` can write (it links the libraries for DOCX
 * and XLSX): it is run as a child, with a deadline.
 *
 * words    the verb, its words, and last the option that takes the file:
 *          { "status", ID, "--xlsx", NULL }
 * suffix   "xlsx"
 *
 * 0, or -1 when there is none to be had: logged.
 */
int	 command_file(const struct office *o, const char *const *words,
    const char *suffix, time_t now, struct strbuf *out);

#endif
