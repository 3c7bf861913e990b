/* Legacy encodings of Vietnamese. */
#include "parsers/legacy.h"

enum legacy_verdict
legacy_decode(struct draft *d, struct legacy_votes *v)
{
	(void)d;
	(void)v;
	return LEGACY_NO;
}

enum legacy_verdict
legacy_decode_late(struct draft *d, const struct legacy_votes *v)
{
	(void)d;
	(void)v;
	return LEGACY_NO;
}
