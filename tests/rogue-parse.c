/*
 * A worker that behaves badly, put in the place of tiepnhan-parse: the
 * job's index says how. Index 0 is done well.
 */
#include <sys/socket.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/parse_order.h"
#include "parsers/record.h"
#include "parsers/strbuf.h"

enum manner { WELL, HANG, FLOOD, BAD_FRAME, EXIT, DROP, BAD_STATUS,
	TWO_ENDS };

static void
put_end(struct strbuf *out, uint8_t status)
{
	size_t	place;

	place = record_begin(out, RECORD_END);
	record_put_u8(out, status);
	record_put_string(out, "");
	record_end(out, place);
}

static void
flood(int fd)
{
	static char	room[65536];

	while (write(fd, room, sizeof(room)) > 0)
		;
}

static void
answer(int fd, int manner)
{
	struct strbuf	out = { 0 };

	switch (manner) {
	case HANG:
		pause();
		break;
	case FLOOD:
		flood(fd);
		break;
	case EXIT:
		_exit(0);
	case BAD_FRAME:
		strbuf_adds(&out, "certainly no record");
		break;
	case BAD_STATUS:
		put_end(&out, 200);
		break;
	case TWO_ENDS:
		put_end(&out, 0);
		put_end(&out, 0);
		break;
	case WELL:
		record_end(&out, record_begin(&out, RECORD_BYTES));
		put_end(&out, 0);
		break;
	default:
		break;
	}
	if (out.len > 0)
		(void)!write(fd, out.s, out.len);
	strbuf_clear(&out);
}

int
main(void)
{
	union {
		struct cmsghdr	header;
		char		room[CMSG_SPACE(2 * sizeof(int))];
	}			 control;
	struct parse_order	 order;
	struct iovec		 iov = { &order, sizeof(order) };
	struct msghdr		 msg;
	int			 fds[2];

	for (;;) {
		memset(&msg, 0, sizeof(msg));
		msg.msg_iov = &iov;
		msg.msg_iovlen = 1;
		msg.msg_control = &control;
		msg.msg_controllen = sizeof(control);
		if (recvmsg(PARSE_CONTROL_FD, &msg, 0) !=
		    (ssize_t)sizeof(order))
			return 0;
		if (order.job == 0)
			continue;
		memcpy(fds, CMSG_DATA(CMSG_FIRSTHDR(&msg)), sizeof(fds));
		close(fds[0]);
		answer(fds[1], order.index);
		close(fds[1]);
	}
}
