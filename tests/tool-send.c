/*
 * Developers' tool: one run of tiepnhan-send, its events as lines.
 * tool-send URL USER SECRET CA FROM TO… : a composed mail to each.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/compose.h"
#include "daemon/send.h"
#include "parsers/strbuf.h"

int
main(int argc, char **argv)
{
	static const char *const results[] = {"", "sent", "later", "failed",
	    "uncertain", "trouble", "ready"};
	struct send_message	 messages[64];
	struct compose		 mail = {.from_name = "Ban Xây dựng Đảng",
		.reply_to = "", .subject = "Đề nghị gửi báo cáo",
		.body = "Kính gửi:\n.\nmột dòng chấm\n", .in_reply_to = "",
		.date = 1778634843};
	struct send_request	 rq = {0};
	struct send_client	*sc;
	struct send_event	 e;
	struct strbuf		 raw = {0}, id = {0};
	const char		*why;
	struct pollfd		 p;
	int			 got = 0, i;

	if (argc < 7)
		return 64;
	signal(SIGPIPE, SIG_IGN);
	rq.url = argv[1];
	rq.user = argv[2];
	rq.ca_file = argv[4];
	rq.from = mail.from = argv[5];
	rq.xoauth2 = getenv("XOAUTH2") != NULL;
	for (i = 6; i < argc && rq.n_messages < 64; i++) {
		mail.to = argv[i];
		strbuf_init(&raw);
		strbuf_reset(&id);
		compose_message_id(mail.from, &id);
		mail.message_id = strbuf_get(&id);
		if (compose_mail(&mail, &raw, &why) == -1) {
			printf("%s: wrong %s\n", argv[i], why);
			return 65;
		}
		messages[rq.n_messages].id = rq.n_messages + 1;
		messages[rq.n_messages].to = argv[i];
		messages[rq.n_messages].raw = (struct bytes){
		    (const uint8_t *)raw.s, raw.len};
		rq.n_messages++;
	}
	rq.messages = messages;
	sc = send_start(&rq, argv[3]);
	p = (struct pollfd){.fd = send_fd(sc), .events = POLLIN};
	while (got != -1) {
		poll(&p, 1, -1);
		while ((got = send_next(sc, &e)) == 1)
			printf("%llu %s %d %s\n", (unsigned long long)e.id,
			    results[e.result], e.code, e.text);
	}
	printf("status %d\n", send_finish(sc, 5000));
	return 0;
}
