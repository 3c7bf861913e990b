#ifndef TESTS_WHOLE_FILE_H
#define TESTS_WHOLE_FILE_H

#include "parsers/bytes.h"

/* A file's bytes, for developers' programs: without it they exit with 66. */
struct bytes	 whole_file(const char *path);

#endif
