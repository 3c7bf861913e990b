#ifndef TESTS_DESKBOX_H
#define TESTS_DESKBOX_H

#include <stdint.h>
#include <time.h>

#include "daemon/decision.h"
#include "daemon/office.h"
#include "parsers/message.h"

struct arena;

/*
 * A small office with a real state and no processes: mails are made as the
 * parser would have made them. Units A1, A2 (kind tdp), S1 and S2 (school,
 * one mailbox), campaign "pccc" with sections I to V, its term
 * "trước ngày 15/4/2031".
 */
struct desk {
	char		 dir[64];
	struct office	*office;
	struct arena	*arena;
	unsigned	 n_mails; /* so that no two have the same bytes */
};

void	 desk_open(struct desk *d);
void	 desk_close(struct desk *d);
/* Its office anew, as a new process would; the one before is freed. */
void	 desk_load(struct desk *d);
/* Rewrite one key of the campaign, as the clerk does, and look again. */
void	 desk_campaign(struct desk *d, const char *key, const char *value,
    time_t now);

/* The desk of a test, and the noon of an ordinary working day before its
 * term; for cmocka, opened before each test and closed behind it. */
extern struct desk desk;
extern time_t	 noon;
int	 desk_setup(void **state);
int	 desk_teardown(void **state);

/* "2031-04-10 09:00" here. */
time_t	 at(const char *text);

/* What the campaign's reports are about, and all that it asks for. */
#define DESK_SUBJECT \
	"kết quả công tác phòng cháy, chữa cháy quý I năm 2031"
#define DESK_ALL "I II III IV V"

/* An empty mail of that sender; then its parts. */
struct message	*desk_message(struct desk *d, const char *from,
    const char *subject);
/* A readable document; sections are outline headings it has, "I II". */
struct attachment *desk_report(struct desk *d, struct message *m,
    const char *issuer, const char *subject, const char *sections);
/* A file that cannot be read. */
struct attachment *desk_file(struct desk *d, struct message *m,
    enum format format, const char *name);

/* Taken in and parsed. The mail. */
int64_t	 desk_parse_mail(struct desk *d, const struct message *m,
    const char *folder, time_t received);
/* And filed. */
int64_t	 desk_file_mail(struct desk *d, const struct message *m,
    const char *folder, time_t received);

/* The same with a whole report of that issuer, as it should be. */
int64_t	 desk_report_mail(struct desk *d, const char *from,
    const char *issuer, time_t received);

/* "kind units counted clerk guesses" of a mail, in the arena. */
const char *desk_filed(struct desk *d, int64_t mail);
/* "time content" of a unit at that time: "on-time complete". */
const char *desk_verdict(struct desk *d, const char *unit, time_t now);
int	 desk_unit(struct desk *d, const char *code);
struct office_campaign *desk_oc(struct desk *d);
struct decision desk_decision(struct desk *d, time_t now);

#endif
