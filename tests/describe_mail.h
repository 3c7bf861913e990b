#ifndef TESTS_DESCRIBE_MAIL_H
#define TESTS_DESCRIBE_MAIL_H

struct message;
struct strbuf;

/* A line per fact that is there: "attachment: NAME | FORMAT | …". */
void	 describe_mail(const struct message *m, struct strbuf *out);

#endif
