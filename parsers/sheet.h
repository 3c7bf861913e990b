#ifndef PARSERS_SHEET_H
#define PARSERS_SHEET_H

#include <stddef.h>
#include <stdint.h>

#include "parsers/bytes.h"
#include "parsers/status.h"

struct arena;

/* One row of a worksheet; empty cells in between are "". */
struct sheet_row {
	uint32_t	 number; /* 1.. as the spreadsheet shows it */
	uint32_t	 n;
	const char *const *cells; /* UTF-8, NFC; never NULL */
};

struct sheet {
	struct sheet_row *rows; /* rows without any text are left out */
	size_t		 n;
};

/*
 * The first visible worksheet of an XLSX workbook: values as text
 * (formulas by their stored result).
 *
 * file     borrowed for the call
 * arena    owns everything returned
 * out      set only on PARSE_OK; never NULL then
 */
enum parse_status sheet_read(struct bytes file, struct arena *arena,
    struct sheet **out);

#endif
