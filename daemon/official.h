#ifndef DAEMON_OFFICIAL_H
#define DAEMON_OFFICIAL_H

struct arena;
struct paper;
struct status;
struct values;
struct templates;

/*
 * Documents that the office completes, signs and issues itself, drafted
 * from what is known. What is not known (superior body, number, day,
 * signer) is left open, visibly.
 */
struct official {
	const struct status *status;
	const char	*office;
	const char	*superior; /* as on the office's own letter; "" */
	const struct templates *templates;
	const struct values *values; /* of the follow-up template */
};

/* Công văn đôn đốc: to those who owe, with their list. */
void	 official_follow_up(const struct official *d, struct paper *p);
/* Phụ lục tình hình nộp báo cáo: every unit, on its side. */
void	 official_annex(const struct official *d, struct paper *p);

/* ---- tables of the state, on any paper */

/* By Kính gửi line, with a sum for each and for all. */
void	 paper_submissions(const struct status *s, struct paper *p,
    struct arena *arena);
/* Who owes, and what was done about it. */
void	 paper_owing(const struct status *s, struct paper *p,
    struct arena *arena);
/* A cell that spans so many columns. */
void	 paper_cell(struct paper *p, int style, unsigned span,
    const char *text);

#endif
