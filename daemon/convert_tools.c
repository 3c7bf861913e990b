/* The converters that we know. */
#include "daemon/convert_tool.h"

#include <stddef.h>

const struct convert_tool convert_tools[] = {
	{ FORMAT_DOC, "/usr/bin/antiword", "/usr/share/antiword",
	  { "antiword", "-m", "UTF-8.txt", "-w", "0", CONVERT_INPUT } },
	{ FORMAT_DOC, "/usr/bin/catdoc", "/usr/share/catdoc",
	  { "catdoc", "-w", "-d", "utf-8", CONVERT_INPUT } },
	{ FORMAT_PDF, "/usr/bin/pdftotext", "/usr/share/poppler",
	  { "pdftotext", "-q", "-layout", "-enc", "UTF-8", CONVERT_INPUT,
	    "-" } },
	{ FORMAT_OTHER, NULL, NULL, { NULL } }
};
