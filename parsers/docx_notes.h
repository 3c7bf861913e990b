#ifndef PARSERS_DOCX_NOTES_H
#define PARSERS_DOCX_NOTES_H

struct flow;
struct numbering;
struct package;
struct styles;

/*
 * Read the foot- and endnotes whose marks were met in the main part. What
 * cannot be read leaves them without text, and REMARK_EMBEDDED_NOT_READ.
 */
void	docx_read_notes(struct package *p, struct flow *f,
    const struct styles *styles, struct numbering *numbering);

#endif
