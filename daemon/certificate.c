/*
 * The end of a server's certificate, from what libcurl tells of the chain:
 * lines such as "Expire Date:2027-03-15 08:00:00 GMT", the server's first.
 */
#include "daemon/certificate.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define LINE "expire date:" /* in which case differs between versions */

time_t
certificate_end(CURL *curl)
{
	struct curl_certinfo	*chain = NULL;
	struct curl_slist	*l;
	struct tm		 tm = {0};

	if (curl_easy_getinfo(curl, CURLINFO_CERTINFO, &chain) != CURLE_OK ||
	    chain == NULL || chain->num_of_certs < 1)
		return 0;
	for (l = chain->certinfo[0]; l != NULL; l = l->next)
		if (strncasecmp(l->data, LINE, strlen(LINE)) == 0 &&
		    sscanf(l->data + strlen(LINE), "%d-%d-%d %d:%d:%d",
		    &tm.tm_year, &tm.tm_mon, &tm.tm_mday, &tm.tm_hour,
		    &tm.tm_min, &tm.tm_sec) == 6)
			break;
	if (l == NULL)
		return 0;
	tm.tm_year -= 1900;
	tm.tm_mon--;
	return timegm(&tm);
}
