#ifndef DAEMON_ORDER_FIELD_H
#define DAEMON_ORDER_FIELD_H

struct arena;
struct order;

/*
 * The fields of an order's text, one a line: "Lý do: …", "Gửi lại trước
 * ngày: …". Under "Đơn vị:" each line may name one.
 */
void	 order_fields_read(const char *text, struct arena *arena,
    struct order *out);

#endif
