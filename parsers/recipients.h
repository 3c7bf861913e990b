#ifndef PARSERS_RECIPIENTS_H
#define PARSERS_RECIPIENTS_H

#include <stddef.h>

#include "parsers/lines.h"

struct arena;
struct lingo;

/* The Kính gửi lines of a letter. */
struct recipients {
	const char *const *names; /* without dash and final mark */
	size_t		 n;
	size_t		 salutation; /* line of "Kính gửi"; lines.n: none */
	size_t		 end;	/* the first line behind them */
};

struct recipients recipients_find(const struct lines *ls,
    const struct lingo *g, struct arena *arena);

#endif
