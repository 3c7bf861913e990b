/* Who owes which section: the rule's table on an outline. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/required.h"
#include "parsers/strbuf.h"
#include "tests/lexicon_fixture.h"

static const char	text[] =
    "I heading I. | ĐẶC ĐIỂM, TÌNH HÌNH CỦA CƠ QUAN, ĐƠN VỊ\n"
    "II heading II. | CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO\n"
    "  II.1 heading 1. | Công tác lãnh đạo của các cấp ủy\n"
    "  II.2 heading 2. | Công tác chỉ đạo của HĐND, UBND\n"
    "    II.2.b1 subheading - | Hội đồng nhân dân các cấp:\n"
    "      II.2.b1.p1 guidance + | Việc tiếp xúc cử tri của hội đồng nhân dân\n"
    "    II.2.b2 subheading - | Ủy ban nhân dân các cấp:\n"
    "  II.3 heading 3. | Hoạt động của MTTQ và các tổ chức CT-XH\n"
    "III heading III. | KẾT QUẢ Ở CÁC LOẠI HÌNH CƠ SỞ\n"
    "  III.1 heading 1. | Kết quả ở phường (tổ dân phố...)\n"
    "  III.2 heading 2. | Kết quả ở cơ quan, đơn vị, lực lượng vũ trang\n"
    "  III.3 heading 3. | Kết quả ở doanh nghiệp\n"
    "  III.4 heading optional 4. | Kết quả ở hợp tác xã (nếu có)\n"
    "IV heading optional IV. | TÌNH HÌNH KHÁC (nếu có)\n"
    "V heading V. | NHIỆM VỤ VÀ KIẾN NGHỊ\n"
    "VI heading VI. | KIẾN NGHỊ, ĐỀ XUẤT VỚI ĐẢNG ỦY, UBND\n";

/* Ids that a unit owes, one blank between. */
static const char *
owed(const char *kind, const char *tag)
{
	struct audience	 unit = { kind, &tag, tag == NULL ? 0 : 1 };
	struct strbuf	 b = {0};
	struct outline	*o = NULL;
	const char	*why, *out;
	size_t		 i;

	assert_int_equal(outline_parse(text, arena, &o, &why), 0);
	for (i = 0; i < o->n; i++)
		if (outline_required(o, lx, kind == NULL ? NULL : &unit,
		    (int)i))
			strbuf_addf(&b, "%s%s", b.len > 0 ? " " : "",
			    o->nodes[i].id);
	out = arena_strdup(arena, strbuf_get(&b));
	strbuf_clear(&b);
	return out;
}

static void
every_kind_owes_the_first_level_and_what_names_it(void **state)
{
	(void)state;
	assert_string_equal(owed("tdp", NULL), "I II III III.1 V");
	assert_string_equal(owed("school", NULL), "I II III III.2 V");
	assert_string_equal(owed("agency", NULL), "I II III III.2 V");
	assert_string_equal(owed("company", NULL), "I II III III.3 V");
	assert_string_equal(owed("soe", NULL), "I II III III.3 V");
	assert_string_equal(owed("hdnd", NULL), "I II II.2 II.2.b1 III V");
	assert_string_equal(owed("ubnd", NULL), "I II II.2 II.2.b2 III V");
	assert_string_equal(owed("mttq", NULL), "I II II.3 III V");
	assert_string_equal(owed("doanthe", NULL), "I II II.3 III V");
	assert_string_equal(owed("coop", NULL), "I II III V");
	assert_string_equal(owed(NULL, NULL), "I II III V");
	assert_string_equal(owed("unheard-of", "tag"), "I II III V");
}

static void
a_node_outside_the_outline_is_owed_by_nobody(void **state)
{
	struct outline	 empty = { NULL, 0 };

	(void)state;
	assert_false(outline_required(&empty, lx, NULL, 0));
	assert_false(outline_required(&empty, lx, NULL, -1));
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(
		    every_kind_owes_the_first_level_and_what_names_it),
		cmocka_unit_test(
		    a_node_outside_the_outline_is_owed_by_nobody),
	};

	return cmocka_run_group_tests_name("required", tests,
	    lexicon_setup, lexicon_teardown);
}
