/* A mail of the clerk: first line the subject, below it the text. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "daemon/order.h"
#include "parsers/arena.h"
#include "parsers/mail_text.h"
#include "parsers/text.h"

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena	*arena = arena_new(0);
	char		*text = arena_strndup(arena, (const char *)data, len);
	char		*body = strchr(text, '\n');
	struct order	 o;

	if (body != NULL)
		*body++ = '\0';
	/* as the parser hands it over */
	if (order_read(text_clean(text, arena), mail_text_clean(
	    body != NULL ? body : "", arena), arena, &o)) {
		(void)order_line(&o, arena);
		(void)order_fields(&o, arena);
	}
	arena_free(arena);
	return 0;
}
