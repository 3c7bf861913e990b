/*
 * Syncing with a few threads. A disk makes ten syncs at a time hardly
 * slower than one: a file system puts them into one commit. The threads do
 * nothing else: they sync and rename the file they are handed, and all of
 * its memory is theirs for that time.
 */
#include "daemon/keeper.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/fetch_session.h"
#include "daemon/incoming.h"
#include "daemon/limits.h"

#define STACK_BYTES ((size_t)256 << 10)

/* A mail on its way. */
struct kept {
	struct incoming	*in;	/* NULL once it is synced, or failed, and
				   where only something is to be told */
	struct fetch_event event;
	char		 sha256[65];
	char		*name;
	int		 error;
};

/* Mails are numbered as they come; ring[number % size] holds them. */
struct keeper {
	struct fetch_session *session;
	pthread_mutex_t	 lock;
	pthread_cond_t	 has_work;
	pthread_cond_t	 has_result;
	struct kept	 ring[FETCH_SYNC_WAITING];
	size_t		 told;	/* the next to be told to the daemon */
	size_t		 begun;	/* the next to be synced */
	size_t		 added;	/* the next to come */
	pthread_t	 threads[FETCH_SYNC_THREADS];
	size_t		 n_threads;
	bool		 is_over;
	int		 error;	/* of the first that failed */
};

struct keeper *
keeper_new(struct fetch_session *s)
{
	struct keeper	*k = calloc(1, sizeof(*k));

	if (k == NULL)
		abort();
	k->session = s;
	pthread_mutex_init(&k->lock, NULL);
	pthread_cond_init(&k->has_work, NULL);
	pthread_cond_init(&k->has_result, NULL);
	return k;
}

static struct kept *
nth(struct keeper *k, size_t number)
{
	return &k->ring[number % FETCH_SYNC_WAITING];
}

/* Sync the next one, the lock being held, but not meanwhile. */
static void
sync_next(struct keeper *k)
{
	struct kept	*it = nth(k, k->begun++);
	struct incoming	*in = it->in;
	int		 error;

	if (in == NULL)
		return;
	pthread_mutex_unlock(&k->lock);
	error = incoming_keep(in) == -1 ? errno : 0;
	pthread_mutex_lock(&k->lock);
	it->error = error;
	it->in = NULL;
	pthread_cond_signal(&k->has_result);
}

static void *
sync_all(void *arg)
{
	struct keeper	*k = arg;

	pthread_mutex_lock(&k->lock);
	for (;;) {
		while (k->begun == k->added && !k->is_over)
			pthread_cond_wait(&k->has_work, &k->lock);
		if (k->begun == k->added)
			break;
		sync_next(k);
	}
	pthread_mutex_unlock(&k->lock);
	return NULL;
}

/* One thread more; where there is none at all, we sync ourselves. */
static void
start_thread(struct keeper *k)
{
	pthread_attr_t	 attr;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK_BYTES);
	if (pthread_create(&k->threads[k->n_threads], &attr, sync_all, k) ==
	    0)
		k->n_threads++;
	pthread_attr_destroy(&attr);
	if (k->n_threads == 0)
		sync_next(k);
	else
		pthread_cond_signal(&k->has_work);
}

/* Tell what is durable, until at most `most` are on their way. */
static void
tell(struct keeper *k, size_t most)
{
	struct kept	 it;

	while (k->told < k->added) {
		while (nth(k, k->told)->in != NULL) {
			if (k->added - k->told <= most)
				return;
			pthread_cond_wait(&k->has_result, &k->lock);
		}
		it = *nth(k, k->told++);
		if (k->error == 0)
			k->error = it.error;
		if (k->error == 0) {
			if (it.event.kind == FETCH_MESSAGE)
				it.event.sha256 = it.sha256;
			it.event.name = it.name;
			fetch_emit(k->session, &it.event);
		}
		free(it.name);
	}
}

/* Behind the others; wait for the oldest when there is no place. */
static void
add(struct keeper *k, const struct kept *it)
{
	pthread_mutex_lock(&k->lock);
	tell(k, FETCH_SYNC_WAITING - 1);
	*nth(k, k->added++) = *it;
	if (k->n_threads < FETCH_SYNC_THREADS)
		start_thread(k);
	else
		pthread_cond_signal(&k->has_work);
	pthread_mutex_unlock(&k->lock);
}

int
keeper_add(struct keeper *k, struct incoming *in,
    const struct fetch_event *e)
{
	struct kept	 it = { .in = in, .event = *e };

	if (incoming_finish(in, it.sha256) == -1)
		return -1;
	if (e->name != NULL && (it.name = strdup(e->name)) == NULL)
		abort();
	add(k, &it);
	errno = k->error;
	return k->error == 0 ? 0 : -1;
}

void
keeper_tell(struct keeper *k, const struct fetch_event *e)
{
	struct kept	 it = { .event = *e };

	add(k, &it);
}

int
keeper_wait(struct keeper *k)
{
	pthread_mutex_lock(&k->lock);
	tell(k, 0);
	pthread_mutex_unlock(&k->lock);
	errno = k->error;
	k->error = 0;
	return errno == 0 ? 0 : -1;
}

void
keeper_free(struct keeper *k)
{
	size_t	 i;

	if (k == NULL)
		return;
	(void)keeper_wait(k); /* who asked has been told already */
	pthread_mutex_lock(&k->lock);
	k->is_over = true;
	pthread_cond_broadcast(&k->has_work);
	pthread_mutex_unlock(&k->lock);
	for (i = 0; i < k->n_threads; i++)
		pthread_join(k->threads[i], NULL);
	pthread_cond_destroy(&k->has_result);
	pthread_cond_destroy(&k->has_work);
	pthread_mutex_destroy(&k->lock);
	free(k);
}
