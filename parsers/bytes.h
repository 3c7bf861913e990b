#ifndef PARSERS_BYTES_H
#define PARSERS_BYTES_H

#include <stddef.h>
#include <stdint.h>

/* Borrowed foreign bytes, in memory or mapped. */
struct bytes {
	const uint8_t	*data;
	size_t		 len;
};

#endif
