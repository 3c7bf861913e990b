/*
 * Where programs and data lie, found from the running program itself so
 * that a build tree works without being installed.
 */
#include "daemon/paths.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "parsers/strbuf.h"

/* Marks the top of a build tree, and nothing that is installed. */
#define BUILD_MARK "data/lexicon"

static char *
join(const char *folder, const char *name)
{
	struct strbuf	path = { 0 };

	strbuf_addf(&path, "%s/%s", folder, name);
	return strbuf_take(&path);
}

/* Cut the last part of a path; false when only the root is left. */
static bool
cut_name(char *path)
{
	char	*slash;

	slash = strrchr(path, '/');
	if (slash == NULL || slash == path)
		return false;
	*slash = '\0';
	return true;
}

static bool
is_there(const char *folder, const char *name)
{
	char	*path;
	int	 found;

	path = join(folder, name);
	found = access(path, F_OK) == 0;
	free(path);
	return found;
}

/* Folder of the running program; false when the kernel will not say. */
static bool
own_folder(char *folder, size_t size)
{
	ssize_t	len;

	len = readlink("/proc/self/exe", folder, size - 1);
	if (len <= 0)
		return false;
	folder[len] = '\0';
	return cut_name(folder);
}

/* Top of the build tree we run from: our folder or the one above. */
static bool
build_top(char *folder, size_t size)
{
	if (!own_folder(folder, size))
		return false;
	return is_there(folder, BUILD_MARK) ||
	    (cut_name(folder) && is_there(folder, BUILD_MARK));
}

/* Beside us, in the build tree, or where it was installed. */
static char *
find_program(const char *name, const char *installed)
{
	char	folder[PATH_MAX];

	if (own_folder(folder, sizeof(folder)) && is_there(folder, name))
		return join(folder, name);
	if (build_top(folder, sizeof(folder)) && is_there(folder, name))
		return join(folder, name);
	return join(installed, name);
}

char *
paths_worker(const char *name)
{
	return find_program(name, PKGLIBEXECDIR);
}

char *
paths_command(void)
{
	return find_program("tiepnhan", BINDIR);
}

char *
paths_data(const char *folder)
{
	char		 top[PATH_MAX];
	const char	*told;
	char		*data, *path;

	told = getenv("TIEPNHAN_DATADIR");
	if (told != NULL && told[0] != '\0')
		return join(told, folder);
	if (!build_top(top, sizeof(top)))
		return join(PKGDATADIR, folder);
	data = join(top, "data");
	path = join(data, folder);
	free(data);
	return path;
}
