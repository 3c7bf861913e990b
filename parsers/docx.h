#ifndef PARSERS_DOCX_H
#define PARSERS_DOCX_H

#include "parsers/bytes.h"
#include "parsers/status.h"

struct arena;
struct document;

/* A WordprocessingML package; contract as document_read(). */
enum parse_status docx_read(struct bytes file, struct arena *arena,
    struct document **out);

#endif
