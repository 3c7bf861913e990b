/*
 * The states of a mail and the one table of legal steps between them.
 */
#include "spool/message_state.h"

#include <stddef.h>

#define TO(s) (1u << MESSAGE_##s)

static const struct {
	const char	*name;
	unsigned	 next; /* bits of the states that may follow */
} states[] = {
	[MESSAGE_STORED] = { "stored",
	    TO(PARSED) | TO(DEFERRED) | TO(ASIDE) | TO(PURGED) },
	[MESSAGE_DEFERRED] = { "deferred", TO(PARSED) | TO(DEFERRED) |
	    TO(ASIDE) | TO(STORED) | TO(PURGED) },
	[MESSAGE_PARSED] = { "parsed", TO(FILED) | TO(HELD) | TO(DEFERRED) |
	    TO(PARSED) | TO(STORED) | TO(ASIDE) | TO(PURGED) },
	/* decided on again: at once, from the kept blob, or from the mail */
	[MESSAGE_FILED] = { "filed", TO(FILED) | TO(HELD) | TO(PARSED) |
	    TO(STORED) | TO(PURGED) },
	[MESSAGE_HELD] = { "held", TO(HELD) | TO(FILED) | TO(PARSED) |
	    TO(STORED) | TO(PURGED) },
	/* the clerk may decide on what no program could read or file */
	[MESSAGE_ASIDE] = { "aside",
	    TO(STORED) | TO(FILED) | TO(HELD) | TO(PURGED) },
	[MESSAGE_PURGED] = { "purged", 0 },
};

static bool
is_state(enum message_state s)
{
	return s >= MESSAGE_STORED && s <= MESSAGE_PURGED;
}

const char *
message_state_name(enum message_state s)
{
	return is_state(s) ? states[s].name : "none";
}

bool
message_state_may(enum message_state from, enum message_state to)
{
	return is_state(from) && is_state(to) &&
	    (states[from].next & (1u << to)) != 0;
}
