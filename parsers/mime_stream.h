#ifndef PARSERS_MIME_STREAM_H
#define PARSERS_MIME_STREAM_H

#include <gmime/gmime.h>

struct pages;

/*
 * The bytes of array as a stream, which is a GMimeStreamMem; they are
 * borrowed until it is gone. With pages, not NULL, it tells them how far
 * it is read.
 */
GMimeStream	*mime_stream_new(GByteArray *array, struct pages *pages);

#endif
