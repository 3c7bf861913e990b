#ifndef DAEMON_CERTIFICATE_H
#define DAEMON_CERTIFICATE_H

#include <time.h>

#include <curl/curl.h>

/*
 * When the certificate of the server that this handle is connected to
 * ends; 0 without TLS. CURLOPT_CERTINFO must have been set before.
 */
time_t	 certificate_end(CURL *curl);

#endif
