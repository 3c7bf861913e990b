#ifndef DAEMON_CLI_LIST_H
#define DAEMON_CLI_LIST_H

#include "spool/filing.h"
#include "spool/message_state.h"

struct cli;
struct mail;

/* "báo cáo", "thư trả lại", … */
const char *cli_kind_word(enum filing_kind k);
/* "chờ xử lý", "đã ghi nhận", … */
const char *cli_state_word(enum message_state s);
/* As cli_mail(), refusing one that was purged. */
int	 cli_kept_mail(struct cli *c, const char *id, struct mail **out);
/* `list --register`: the register of incoming documents as CSV. */
int	 cli_register(struct cli *c);

#endif
