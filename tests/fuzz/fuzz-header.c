/* One value as every kind of header, and as every text of a mail. */
#include <stddef.h>
#include <stdint.h>

#include "parsers/arena.h"
#include "parsers/automail.h"
#include "parsers/bounce.h"
#include "parsers/encoded_word.h"
#include "parsers/mail_date.h"
#include "parsers/mail_html.h"
#include "parsers/mail_text.h"
#include "parsers/message.h"
#include "parsers/mime_header.h"
#include "parsers/mime_name.h"
#include "parsers/strbuf.h"

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena		*arena = arena_new(0);
	struct bounce_list	 bounces = { .arena = arena };
	struct link_list	 links = { .arena = arena };
	struct mailbox		 boxes[8];
	struct strbuf		 words = { 0 };
	struct forward		 forward;
	const char		*s, *ids[8];

	s = arena_strndup(arena, (const char *)data, len);
	(void)mime_mailboxes(s, boxes, 8, arena);
	(void)mime_ids(s, ids, 8, arena);
	(void)mime_name(s, s, arena);
	(void)mail_date(s);
	bounce_read_status(&bounces, s);
	s = encoded_word_decode(s, arena);
	mail_html_text(s, &words, &links);
	s = mail_text_clean(s, arena);
	bounce_read_words(&bounces, s, "", false);
	(void)automail_is_bounce(SIGN_NULL_SENDER, s, s, arena);
	(void)mail_text_document(s, arena);
	(void)mail_text_forward(s, s, arena, &forward);
	(void)mail_text_signature(s, arena);
	strbuf_clear(&words);
	arena_free(arena);
	return 0;
}
