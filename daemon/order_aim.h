#ifndef DAEMON_ORDER_AIM_H
#define DAEMON_ORDER_AIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

struct arena;
struct office;
struct office_campaign;
struct order;

/* What an order is about, looked up. In the arena. */
struct order_aim {
	int64_t		 mail;	 /* 0: none */
	const char	*sha256; /* of that mail; "" */
	int		*units;	 /* roster indexes */
	size_t		 n_units;
	const char	*codes;	 /* ",A1,A2,"; "," when there are none */
	struct office_campaign *oc; /* NULL: none said, none needed */
};

/*
 * Look up mail, units and campaign, and write them into the order as they
 * are called (full ids and codes). 0, or -1 with *why: Vietnamese, one
 * line, in the arena; it says what is missing too.
 */
int	 order_aim(const struct office *o, struct order *order, time_t now,
    struct arena *arena, struct order_aim *out, const char **why);

/*
 * What a token of this order is bound to, besides the verb. Fields that
 * may be filled in by hand (reason, dates of letters) are no part of it.
 */
const char *order_object(const struct order *order,
    const struct order_aim *aim, struct arena *arena);
/*
 * Is the order within what the token's object allows? A supplement may
 * leave units out; the units may be open ("*").
 */
bool	 order_is_within(const char *object, const struct order *order,
    const struct order_aim *aim, struct arena *arena);

/* Units by codes or names, apart by commas. 0, or -1 with *why. */
int	 order_units(const struct office *o, const char *text,
    struct arena *arena, struct order_aim *out, const char **why);

#endif
