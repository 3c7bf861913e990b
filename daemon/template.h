#ifndef DAEMON_TEMPLATE_H
#define DAEMON_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct config;
struct problems;
struct strbuf;

enum template_id {
	TEMPLATE_RECEIPT, TEMPLATE_REMINDER_FIRST, TEMPLATE_REMINDER_LAST,
	TEMPLATE_OVERDUE, TEMPLATE_INCOMPLETE, TEMPLATE_UNREADABLE,
	TEMPLATE_SIGNOFF, TEMPLATE_UNKNOWN_SENDER, TEMPLATE_SUPPLEMENT_LIST,
	TEMPLATE_DAILY_SUMMARY, TEMPLATE_PREVIEW, TEMPLATE_CALL_LIST,
	TEMPLATE_ESCALATION, TEMPLATE_CAMPAIGN_UNDERSTOOD,
	TEMPLATE_DECISION_DONE, TEMPLATE_FETCH_TROUBLE,
	TEMPLATE_FETCH_RECOVERED, TEMPLATE_FOLLOW_UP, TEMPLATE_DECISION_ASK,
	TEMPLATE_DECISION_REFUSED, TEMPLATE_CLERK_ANSWER,
	TEMPLATE_FORWARD_UNDERSTOOD, TEMPLATE_RETURNED, TEMPLATE_COUNT
};

/* The closed list; names as in the templates, without ds_ prefix lost. */
enum template_var {
	VAR_DON_VI, VAR_DS_DON_VI, VAR_OFFICE, VAR_RECEIVER,
	VAR_CONTACT_NAME, VAR_CONTACT_PHONE, VAR_HOP_THU, VAR_SO_CONG_VAN,
	VAR_TRICH_YEU, VAR_TEN_NGAN, VAR_REPORT_TO, VAR_HAN_VIET,
	VAR_NGAY_CUOI, VAR_THU, VAR_N, VAR_GIO, VAR_NGAY, VAR_DS_TEP, VAR_MA,
	VAR_TINH_TRANG, VAR_MUC_CO, VAR_MUC_THIEU, VAR_MUC_TRONG,
	VAR_HAN_BO_SUNG, VAR_TEN_TEP, VAR_LY_DO, VAR_DS_NHAC,
	VAR_DS_CAN_XEM, VAR_DS_MOI, VAR_DS_TRA_LAI, VAR_SU_CO,
	VAR_DONG_LANH_DAO, VAR_LIEN_KET, VAR_NGAY_MOI, VAR_CHAN_THU,
	VAR_COUNT
};

const char *template_name(enum template_id id); /* "reminder-first" */

/* The office's texts. */
struct templates;
/*
 * Read every template from folder, or from fallback where folder has none
 * of that name. Mistakes go to problems; NULL when there were any.
 */
struct templates *templates_load(const char *folder, const char *fallback,
    struct problems *problems);
void		 templates_free(struct templates *t); /* accepts NULL */

/*
 * The values of one mail. Setting copies; setting twice replaces. A plain
 * value is made one line. Values not set are empty.
 */
struct values;
struct values	*values_new(void);
void		 values_free(struct values *v); /* accepts NULL */
void		 values_set(struct values *v, enum template_var var,
    const char *text);
/* What is set already is foreign: make it harmless. */
void		 values_defang(struct values *v, enum template_var var);
/* One more item of a list: a ds_ variable or lien_ket. */
void		 values_add(struct values *v, enum template_var var,
    const char *item);
/* Is there nothing to say for it? */
bool		 values_is_empty(const struct values *v,
    enum template_var var);
/* office, receiver, contact_*, hop_thu. */
void		 values_set_office(struct values *v, const struct config *c);

/*
 * Fill a template: subject (one line, no CR or LF) and body, LF lines.
 * {chan_thu} is made from the signoff template by itself.
 */
void	 template_fill(const struct templates *t, enum template_id id,
    const struct values *v, struct strbuf *subject, struct strbuf *body);

/*
 * Text from outside, made harmless: one line of at most 80 characters, no
 * control or bidi characters, links broken up. In the arena.
 */
const char *template_defang(const char *foreign, struct arena *arena);

#endif
