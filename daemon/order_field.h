#ifndef DAEMON_ORDER_FIELD_H
#define DAEMON_ORDER_FIELD_H

struct arena;
struct letter;
struct order;

/*
 * The fields of an order's text, one a line: "Lý do: …", "Gửi lại trước
 * ngày: …". Under "Đơn vị:" each line may name one.
 */
void	 order_fields_read(const char *text, struct arena *arena,
    struct order *out);
/*
 * A term as a clerk writes it: "trước ngày 14/5/2026", "hết ngày …", "trước
 * 16h30 ngày …"; a day alone is the one before which. 0 or -1.
 */
int	 order_field_deadline(const char *text, struct arena *arena,
    struct letter *out);

#endif
