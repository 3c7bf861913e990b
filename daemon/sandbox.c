/*
 * Entering the sandbox of our own unit: `systemctl cat` says what it is
 * made of, `systemd-run` makes another like it. So doctor sees what the
 * service will see.
 */
#include "daemon/sandbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "parsers/strbuf.h"

#define ARGUMENTS_MAX 200
#define UNIT_NAME "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" \
	"0123456789-_."

/* What makes it that service, not what restricts it. */
static const char *const not_taken[] = { "Exec", "Type=", "NotifyAccess=",
    "WatchdogSec=", "Restart", "KillMode=", "TimeoutStopSec=", NULL };

int
sandbox_unit(const char *config_file, struct strbuf *unit)
{
	static const char	start[] = SYSCONFDIR "-";
	char			*path = realpath(config_file, NULL), *office;
	size_t			 len;
	int			 rc = -1;

	if (path == NULL)
		return -1;
	if (strcmp(path, SYSCONFDIR "/tiepnhan.conf") == 0) {
		strbuf_adds(unit, "tiepnhand.service");
		rc = 0;
	} else if (strncmp(path, start, strlen(start)) == 0) {
		office = path + strlen(start);
		len = strspn(office, UNIT_NAME);
		if (len > 0 && strcmp(office + len, "/tiepnhan.conf") == 0) {
			office[len] = '\0';
			strbuf_addf(unit, "tiepnhan@%s.service", office);
			rc = 0;
		}
	}
	free(path);
	return rc;
}

static int
is_taken(const char *line)
{
	size_t	i;

	if (*line < 'A' || *line > 'Z' || strchr(line, '=') == NULL)
		return 0;
	for (i = 0; not_taken[i] != NULL; i++)
		if (strncmp(line, not_taken[i], strlen(not_taken[i])) == 0)
			return 0;
	return 1;
}

/* The line with %i put in; on the heap. */
static char *
with_instance(const char *line, const char *instance)
{
	struct strbuf	out = { 0 };

	for (; *line != '\0'; line++)
		if (line[0] == '%' && line[1] == 'i') {
			strbuf_adds(&out, instance);
			line++;
		} else {
			strbuf_addc(&out, *line);
		}
	return strbuf_take(&out);
}

/* Add "-p KEY=VALUE" of each restriction; how many words, 0 none. */
static size_t
read_unit(const char *unit, const char **argv, size_t n)
{
	const char	*at = strchr(unit, '@');
	char		*instance = strdup(at == NULL ? "" : at + 1);
	struct strbuf	 command = { 0 };
	char		*line = NULL;
	size_t		 size = 0, before = n;
	int		 in_service = 0;
	FILE		*f;

	if (instance == NULL)
		abort();
	instance[strcspn(instance, ".")] = '\0';
	/* the name holds nothing that a shell would heed */
	strbuf_addf(&command, "systemctl cat --no-pager %s 2>/dev/null", unit);
	f = popen(strbuf_get(&command), "re");
	while (f != NULL && getline(&line, &size, f) != -1 &&
	    n < ARGUMENTS_MAX) {
		line[strcspn(line, "\n")] = '\0';
		if (*line == '[')
			in_service = strcmp(line, "[Service]") == 0;
		else if (in_service && is_taken(line)) {
			argv[n++] = "-p";
			argv[n++] = with_instance(line, instance);
		}
	}
	if (f == NULL || pclose(f) != 0)
		n = before;
	free(line);
	free(instance);
	strbuf_clear(&command);
	return n == before ? 0 : n;
}

int
sandbox_enter(const char *unit, const char *const *argv)
{
	const char	*words[ARGUMENTS_MAX + 32] = { "systemd-run", "--pipe",
			    "--wait", "--collect", "--quiet" };
	char		 self[4096];
	ssize_t		 len;
	size_t		 n = 5;

	if (geteuid() != 0 || access("/run/systemd/system", F_OK) == -1)
		return -1;
	len = readlink("/proc/self/exe", self, sizeof(self) - 1);
	n = read_unit(unit, words, n);
	if (n == 0 || len <= 0)
		return -1;
	self[len] = '\0';
	words[n++] = self;
	while (*argv != NULL && n < ARGUMENTS_MAX + 30)
		words[n++] = *argv++;
	words[n] = NULL;
	execvp(words[0], (char *const *)words);
	return -1;
}
