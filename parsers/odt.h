#ifndef PARSERS_ODT_H
#define PARSERS_ODT_H

#include "parsers/bytes.h"
#include "parsers/status.h"

struct arena;
struct document;

/* An OpenDocument text file; contract as document_read(). */
enum parse_status odt_read(struct bytes file, struct arena *arena,
    struct document **out);

#endif
