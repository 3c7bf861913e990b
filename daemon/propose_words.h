#ifndef DAEMON_PROPOSE_WORDS_H
#define DAEMON_PROPOSE_WORDS_H

struct arena;

/*
 * A subject as it reads behind "báo cáo": "báo cáo kết quả thực hiện công
 * tác cải cách hành chính quý II năm 2026" gives "cải cách hành chính quý
 * II/2026". In the arena.
 */
const char *propose_short_name(const char *subject, struct arena *arena);
/* "cai-cach-hanh-chinh-2026-06": ASCII, fit for a folder's name. */
const char *propose_id(const char *short_name, long day,
    struct arena *arena);

#endif
