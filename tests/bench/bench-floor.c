/*
 * The least that taking in a maildir can cost, on one thread and without a
 * jail: read, hash, write aside with fsync, rename and a transaction per
 * hundred; then base64, inflate and SAX2 of the main part.
 *
 * bench-floor MAILDIR/new FOLDER
 */
#include <sys/stat.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <nettle/base64.h>
#include <nettle/sha2.h>
#include <sqlite3.h>

#include "parsers/arena.h"
#include "tests/bench/sax_floor.h"

#define GROUP 100

static sqlite3	*db;
static char	 names[GROUP][2 * SHA256_DIGEST_SIZE + 1];
static size_t	 n_names;
static int	 folder;

static void
must(int ok, const char *what)
{
	if (!ok) {
		perror(what);
		exit(70);
	}
}

static void
sql(const char *text)
{
	must(sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK, text);
}

/* All files of the group get their names, and their rows. */
static void
end_group(void)
{
	char	temporary[80], text[200];
	size_t	i;

	if (n_names == 0)
		return;
	sql("BEGIN IMMEDIATE");
	for (i = 0; i < n_names; i++) {
		snprintf(temporary, sizeof(temporary), "tmp.%zu", i);
		must(renameat(folder, temporary, folder, names[i]) == 0,
		    names[i]);
		snprintf(text, sizeof(text),
		    "INSERT INTO mail (sha256) VALUES ('%.64s')", names[i]);
		sql(text);
	}
	must(fsync(folder) == 0, "fsync");
	sql("COMMIT");
	n_names = 0;
}

static void
store(const uint8_t *data, size_t len)
{
	struct sha256_ctx	ctx;
	uint8_t			sum[SHA256_DIGEST_SIZE];
	char			name[32];
	size_t			i;
	int			fd;

	sha256_init(&ctx);
	sha256_update(&ctx, len, data);
	sha256_digest(&ctx, sizeof(sum), sum);
	for (i = 0; i < sizeof(sum); i++)
		snprintf(names[n_names] + 2 * i, 3, "%02x", sum[i]);
	snprintf(name, sizeof(name), "tmp.%zu", n_names++);
	fd = openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	must(fd != -1 && write(fd, data, len) == (ssize_t)len &&
	    fsync(fd) == 0, name);
	close(fd);
	if (n_names == GROUP)
		end_group();
}

static void
read_attachment(const uint8_t *data, size_t len)
{
	static const char	 mark[] = "base64\r\n\r\n";
	struct base64_decode_ctx ctx;
	const uint8_t		*at = memmem(data, len, mark,
	    sizeof(mark) - 1);
	uint8_t			*file;
	size_t			 n, out;

	if (at == NULL)
		return;
	at += sizeof(mark) - 1;
	n = len - (size_t)(at - data);
	n = (size_t)((const uint8_t *)memmem(at, n, "--b--", 5) - at);
	file = malloc(BASE64_DECODE_LENGTH(n));
	base64_decode_init(&ctx);
	must(file != NULL && base64_decode_update(&ctx, &out, file, n,
	    (const char *)at) == 1, "base64");
	sax_floor_run((struct bytes){ file, out });
	free(file);
}

static void
take(int dir, const char *name)
{
	struct stat	 st;
	uint8_t		*data;
	int		 fd = openat(dir, name, O_RDONLY);

	must(fd != -1 && fstat(fd, &st) == 0, name);
	data = malloc((size_t)st.st_size);
	must(read(fd, data, (size_t)st.st_size) == st.st_size, name);
	close(fd);
	store(data, (size_t)st.st_size);
	read_attachment(data, (size_t)st.st_size);
	free(data);
}

int
main(int argc, char **argv)
{
	struct dirent	*e;
	DIR		*dir;
	char		 path[4096];

	if (argc != 3) {
		fprintf(stderr, "usage: bench-floor MAILDIR/new FOLDER\n");
		return 64;
	}
	snprintf(path, sizeof(path), "%s/floor.db", argv[2]);
	must(sqlite3_open(path, &db) == SQLITE_OK, path);
	sql("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
	    "CREATE TABLE mail (id INTEGER PRIMARY KEY, sha256 TEXT UNIQUE)");
	folder = open(argv[2], O_RDONLY | O_DIRECTORY);
	dir = opendir(argv[1]);
	must(folder != -1 && dir != NULL, argv[1]);
	while ((e = readdir(dir)) != NULL)
		if (e->d_name[0] != '.')
			take(dirfd(dir), e->d_name);
	end_group();
	closedir(dir);
	sqlite3_close(db);
	return 0;
}
