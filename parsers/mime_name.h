#ifndef PARSERS_MIME_NAME_H
#define PARSERS_MIME_NAME_H

struct arena;

/*
 * The file name of a MIME part, from the raw values of its
 * Content-Disposition and Content-Type (either may be NULL): RFC 2231 in
 * all its shapes, RFC 2047 where it does not belong, raw bytes, forgotten
 * quotes and semicolons. The result is cleaned by mime_name_clean(); ""
 * when there is no name.
 */
const char	*mime_name(const char *disposition, const char *type,
    struct arena *arena);

/*
 * Any name as foreign software gives it (UTF-8): NFC, without folders,
 * controls and bidi marks, at most LIMIT_NAME_BYTES long with its
 * extension kept. Fit for showing; never for a path.
 */
const char	*mime_name_clean(const char *name, struct arena *arena);

/* A parameter's decoded value, not cleaned; NULL when absent. */
const char	*mime_parameter(const char *header, const char *name,
    struct arena *arena);

#endif
