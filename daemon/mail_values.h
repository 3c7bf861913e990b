#ifndef DAEMON_MAIL_VALUES_H
#define DAEMON_MAIL_VALUES_H

#include <stddef.h>
#include <time.h>

struct arena;
struct office;
struct office_campaign;
struct term;
struct values;
struct verdict;

/*
 * What most mails say: the office, and of a campaign letter, subject,
 * deadline. oc may be NULL; term is the unit's, or the campaign's.
 */
struct values	*mail_values_new(const struct office *o,
    const struct office_campaign *oc, const struct term *term);
/* {don_vi} and {ds_don_vi}, in roster order. */
void	 mail_values_units(struct values *v, const struct office *o,
    const int *units, size_t n);
/* {gio} and {ngay}. */
void	 mail_values_time(struct values *v, time_t t);
/* {tinh_trang}, {muc_co}, {muc_thieu}, {muc_trong}. */
void	 mail_values_verdict(struct values *v,
    const struct office_campaign *oc, const struct verdict *verdict);

/* A unit, and what is thought of its report. */
struct judged_unit {
	const char	*name;
	const struct verdict *verdict;
};
/* The same of several; where they differ it says whose it is. */
void	 mail_values_verdicts(struct values *v,
    const struct office_campaign *oc, const struct judged_unit *units,
    size_t n);
void	 mail_values_number(struct values *v, size_t n);

#endif
