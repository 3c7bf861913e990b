#ifndef DAEMON_CLI_JSON_H
#define DAEMON_CLI_JSON_H

#include <stddef.h>
#include <time.h>

#include <jansson.h>

/*
 * jansson, with our text in it. Text that is not UTF-8 cannot be lost: it is
 * cleaned first. References are taken over as jansson's _new functions do.
 */
json_t	*json_text(const char *s);
/* A list of strings. */
json_t	*json_texts(const char *const *list, size_t n);
/* "2026-05-12T08:00:00+07:00", "" for 0. */
json_t	*json_time(time_t t);
/* Set a member that was just made. */
void	 json_put(json_t *object, const char *key, json_t *value);
void	 json_put_text(json_t *object, const char *key, const char *s);
void	 json_push(json_t *array, json_t *value);
/* To standard output, indented by one; releases it. 0, the exit code. */
int	 json_print(json_t *j);

#endif
