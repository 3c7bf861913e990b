/*
 * What an attachment may be. By format, as the parser found it in the
 * bytes; the labelled media type only tells apart what we do not read.
 */
#include "daemon/grade.h"

#include <stddef.h>
#include <string.h>

#include "parsers/message.h"

/* Parts of media types of what is never a report, though not read. */
static const struct media {
	const char	*part;
	enum grade	 grade;
} medias[] = {
	{ "pkcs7-signature", GRADE_IGNORED },
	{ "pkcs7-mime", GRADE_CONTAINER },
	{ "pgp-signature", GRADE_IGNORED },
	{ "calendar", GRADE_IGNORED },
	{ "vcard", GRADE_IGNORED },
	{ "ms-tnef", GRADE_CONTAINER },
	{ "spreadsheet", GRADE_COMPANION },
	{ "ms-excel", GRADE_COMPANION },
	{ "presentation", GRADE_COMPANION },
	{ "ms-powerpoint", GRADE_COMPANION },
	{ "audio/", GRADE_COMPANION },
	{ "video/", GRADE_COMPANION }
};

static bool
has_members(const struct message *m, const struct attachment *a)
{
	size_t	 i;

	for (i = 0; i < m->n_attachments; i++)
		if (&m->attachments[i] != a &&
		    m->attachments[i].in[0] != '\0' &&
		    strcmp(m->attachments[i].in, a->name) == 0)
			return true;
	return false;
}

static enum grade
grade_of_other(const struct message *m, const struct attachment *a)
{
	enum grade	 g = GRADE_WEAK;
	size_t		 i;

	for (i = 0; i < sizeof(medias) / sizeof(medias[0]); i++)
		if (strstr(a->media_type, medias[i].part) != NULL)
			g = medias[i].grade;
	if (g == GRADE_CONTAINER && !has_members(m, a))
		return GRADE_WEAK;
	return a->is_inline && g == GRADE_WEAK ? GRADE_IGNORED : g;
}

enum grade
grade_of(const struct message *m, const struct attachment *a)
{
	if (a->report != NULL)
		return GRADE_READ;
	if (a->status == PARSE_LOCK_FILE)
		return GRADE_IGNORED;
	switch (a->format) {
	case FORMAT_DOCX:
	case FORMAT_DOCX_ENCRYPTED:
	case FORMAT_DOC:
	case FORMAT_ODT:
	case FORMAT_RTF:
	case FORMAT_PDF:
		return GRADE_UNREADABLE;
	case FORMAT_ZIP:
		return has_members(m, a) ? GRADE_CONTAINER :
		    GRADE_UNREADABLE;
	case FORMAT_IMAGE:
		return a->is_inline ? GRADE_IGNORED : GRADE_WEAK;
	case FORMAT_HTML:
	case FORMAT_TEXT:
		return a->is_inline ? GRADE_IGNORED : GRADE_COMPANION;
	case FORMAT_OTHER:
		break;
	}
	return grade_of_other(m, a);
}

bool
mail_is_auto_reply(const struct message *m)
{
	return (m->signs & (SIGN_AUTO_REPLIED | SIGN_VACATION_SUBJECT |
	    SIGN_MDN)) != 0;
}

bool
mail_is_bulk(const struct message *m)
{
	return (m->signs & (SIGN_AUTO_SUBMITTED | SIGN_LIST | SIGN_BULK |
	    SIGN_NULL_SENDER | SIGN_DAEMON_SENDER | SIGN_LOOP)) != 0;
}
