/*
 * The wording of office documents: data, and lookups in it.
 */
#include "parsers/lingo.h"

#include "parsers/arena.h"
#include "parsers/words.h"

#define SET(...) (const char *const[]){ __VA_ARGS__, NULL }

static const char *const *const tables[LINGO_SETS] = {
[LINGO_BEFORE] = SET("trước"),
[LINGO_BY] = SET("hết", "cuối", "trong", "chậm nhất", "muộn nhất",
    "trễ nhất", "không quá", "không muộn hơn", "không chậm hơn",
    "không trễ hơn", "không sau", "quá"),
[LINGO_TERM] = SET("hạn", "thời hạn", "hạn cuối", "hạn cuối cùng",
    "hạn chót", "thời gian gửi", "thời gian nộp", "thời gian báo cáo",
    "thời điểm gửi", "thời điểm nộp"),
[LINGO_OVER] = SET("sau", "quá", "ngoài", "không đúng", "chưa đúng",
    "đúng"),
[LINGO_MEETING] = SET("hội nghị", "cuộc họp", "phiên họp", "họp",
    "giao ban", "buổi làm việc"),
[LINGO_DATE_FILLER] = SET("ngày", "là", "vào", "đến", "lúc", "hồi", "thứ",
    "hai", "ba", "tư", "năm", "sáu", "bảy", "chủ nhật", "sáng", "trưa",
    "chiều", "tối", "giờ hành chính", "giờ làm việc", "giờ", "mùng", "mồng",
    "cùng", "gửi", "nộp", "báo cáo", "2", "3", "4", "5", "6", "7"),
[LINGO_HOUR_FILLER] = SET("lúc", "vào", "vào lúc", "hồi", "trước",
    "chậm nhất", "đến"),
[LINGO_RECURRING] = SET("hằng tháng", "hàng tháng", "hằng quý", "hàng quý",
    "hằng năm", "hàng năm", "của tháng", "tháng cuối", "mỗi tháng",
    "mỗi quý"),
[LINGO_WEEKDAY] = SET("chủ nhật", "hai", "ba", "tư", "năm", "sáu", "bảy"),
[LINGO_SPAN] = SET("sau", "sau thời hạn", "sau thời gian", "trong",
    "trong vòng", "trong thời hạn", "trong thời gian", "thời hạn",
    "thời gian", "hạn", "là", "chậm nhất", "muộn nhất", "trễ nhất",
    "không quá", "tối đa"),
[LINGO_SINCE_ISSUE] = SET("kể từ ngày ký", "từ ngày ký", "tính từ ngày ký",
    "kể từ ngày ban hành", "từ ngày ban hành", "tính từ ngày ban hành",
    "kể từ ngày phát hành", "từ ngày phát hành", "kể từ ngày ra",
    "kể từ khi ban hành", "kể từ khi ký", "sau ngày ký",
    "sau ngày ban hành", "sau khi ban hành"),
[LINGO_SINCE] = SET("kể từ", "tính từ", "từ ngày", "từ khi", "sau khi",
    "sau ngày"),

[LINGO_RIGHT_TITLE] = SET("Đảng Cộng sản Việt Nam",
    "Cộng hòa xã hội chủ nghĩa Việt Nam", "Độc lập - Tự do - Hạnh phúc"),
[LINGO_UNION_TITLE] = SET("Đoàn TNCS Hồ Chí Minh",
    "Đoàn Thanh niên Cộng sản Hồ Chí Minh"),
[LINGO_BODY] = SET("đảng bộ", "đảng ủy", "chi bộ", "chi ủy", "tỉnh ủy",
    "thành ủy", "quận ủy", "huyện ủy", "thị ủy", "đảng đoàn",
    "ban cán sự đảng", "ban chấp hành", "bch", "ban thường vụ", "btv",
    "ban thường trực", "btt", "ban chỉ huy", "ban quản lý", "ban chỉ đạo",
    "ban giám hiệu", "ban", "ủy ban nhân dân", "ubnd", "ủy ban", "ub",
    "ubmttq", "hội đồng nhân dân", "hđnd", "hội đồng", "thường trực",
    "thường trực hội đồng nhân dân", "lãnh đạo", "hội", "liên đoàn",
    "công đoàn", "đoàn", "mặt trận tổ quốc", "mặt trận", "mttq", "trường",
    "trung tâm", "trạm", "trạm y tế", "công an", "quân sự", "công ty",
    "công ty tnhh", "công ty cổ phần", "cty", "tổng công ty", "tập đoàn",
    "hợp tác xã", "htx", "quỹ", "văn phòng", "phòng", "sở", "chi cục",
    "cục", "tổ dân phố", "tdp", "khu dân cư", "khu phố", "thôn", "tổ",
    "xóm", "ấp", "bản", "bệnh viện", "viện", "ngân hàng", "chi nhánh",
    "xí nghiệp", "doanh nghiệp", "nhà máy", "đội", "hạt", "bảo hiểm xã hội",
    "kho bạc", "thuế", "chi cục thuế", "tòa án", "bộ", "tổng cục",
    "học viện", "nhà văn hóa", "câu lạc bộ", "đồn", "liên hiệp"),
[LINGO_PLACE] = SET("phường", "xã", "thị trấn", "đặc khu", "quận", "huyện",
    "thành phố", "tp", "tỉnh", "thị xã", "việt nam"),
[LINGO_CLOSING_BODY] = SET("ban thường trực", "ban thường vụ",
    "ban chấp hành"),
[LINGO_STAMP] = SET("mật", "tối mật", "tuyệt mật"),
[LINGO_NOTE] = SET("mật", "tối mật", "tuyệt mật", "hỏa tốc", "khẩn",
    "thượng khẩn", "dự thảo", "mẫu", "phụ lục", "sao y", "bản sao",
    "công văn đến"),
[LINGO_KIND] = SET("báo cáo", "tờ trình", "kế hoạch", "thông báo",
    "nghị quyết", "quyết định", "chương trình", "hướng dẫn", "biên bản",
    "công văn", "đề án", "phương án", "quy chế", "quy định", "chỉ thị",
    "kết luận", "thông tri", "đề cương", "giấy mời", "phiếu trình",
    "công điện"),
[LINGO_ABOUT] = SET("v v", "về việc", "vv", "trích yếu"),
[LINGO_POWER] = SET("t m", "tm", "k t", "kt", "t l", "tl", "tuq", "t u q",
    "q", "thừa lệnh", "thay mặt"),
[LINGO_POST] = SET("bí thư", "phó bí thư", "chủ tịch", "phó chủ tịch",
    "hiệu trưởng", "phó hiệu trưởng", "giám đốc", "phó giám đốc",
    "tổng giám đốc", "trưởng trạm", "phó trưởng trạm", "trưởng ban",
    "phó trưởng ban", "trưởng phòng", "phó trưởng phòng", "chánh văn phòng",
    "phó chánh văn phòng", "chỉ huy trưởng", "chính trị viên",
    "trưởng công an", "phó trưởng công an", "tổ trưởng", "tổ phó",
    "trưởng thôn", "trưởng khu", "đội trưởng", "viện trưởng", "cục trưởng",
    "chi cục trưởng", "thủ trưởng", "người báo cáo", "người lập",
    "chủ nhiệm", "thường trực", "ủy viên"),

[LINGO_SALUTATION] = SET("kính gửi"),
[LINGO_COPY] = SET("đồng kính gửi", "đồng gửi"),
[LINGO_PERSON] = SET("các", "đồng chí", "đ c", "ông", "bà", "trưởng",
    "thủ trưởng", "bí thư", "hiệu trưởng", "giám đốc", "chủ tịch", "tập thể",
    "toàn thể", "những", "cơ quan", "đơn vị", "cán bộ", "lực lượng"),
[LINGO_REQUEST] = SET("đề nghị", "yêu cầu", "báo cáo", "thực hiện",
    "thông báo", "triển khai", "hướng dẫn", "trân trọng", "nhận được",
    "ban hành"),
[LINGO_OPENING] = SET("thực hiện", "căn cứ", "theo", "để", "nhằm", "trên",
    "trên cơ sở", "tiếp tục", "sau khi", "triển khai", "thi hành", "vừa qua",
    "trong thời gian", "trong", "hiện nay", "ngày", "tại", "tiếp theo",
    "xét", "qua", "được sự"),
[LINGO_OUTLINE] = SET("đề cương"),
[LINGO_OUTLINE_LIKE] = SET("nội dung báo cáo", "mẫu báo cáo",
    "bố cục báo cáo", "kết cấu báo cáo", "cấu trúc báo cáo",
    "khung báo cáo", "khung nội dung", "dàn ý", "dàn bài", "gợi ý báo cáo",
    "gợi ý nội dung", "nội dung gợi ý", "một số nội dung gợi ý",
    "hướng dẫn nội dung báo cáo", "hướng dẫn xây dựng báo cáo",
    "hướng dẫn viết báo cáo", "yêu cầu nội dung báo cáo",
    "những nội dung báo cáo", "các nội dung báo cáo",
    "những nội dung chủ yếu của báo cáo", "nội dung chính của báo cáo",
    "nội dung chủ yếu của báo cáo", "một số nội dung báo cáo"),
[LINGO_REPORT_ON] = SET("nội dung báo cáo", "bố cục báo cáo",
    "kết cấu báo cáo", "báo cáo các nội dung", "báo cáo một số nội dung",
    "báo cáo những nội dung", "báo cáo theo các nội dung",
    "báo cáo theo nội dung", "báo cáo gồm", "báo cáo bao gồm",
    "báo cáo gồm các nội dung", "báo cáo cần nêu", "báo cáo cần",
    "báo cáo tập trung", "báo cáo nêu rõ", "báo cáo với các nội dung",
    "báo cáo với những nội dung", "báo cáo về các nội dung",
    "báo cáo đầy đủ các nội dung", "báo cáo theo bố cục",
    "báo cáo theo kết cấu", "theo các nội dung sau", "theo nội dung sau",
    "theo những nội dung sau", "theo các mục sau", "theo bố cục sau",
    "theo các phần sau"),
[LINGO_REPORT] = SET("báo cáo"),
[LINGO_BELOW] = SET("sau", "sau đây", "dưới đây", "như sau", "bên dưới"),
[LINGO_INSTRUCT] = SET("nêu", "làm rõ", "ghi rõ", "đánh giá", "phân tích",
    "trình bày", "thống kê", "số liệu", "liệt kê", "kể", "khái quát",
    "báo cáo", "tập trung"),
[LINGO_GUIDE_COLUMN] = SET("gợi ý", "hướng dẫn", "yêu cầu", "diễn giải",
    "nội dung cần nêu", "nội dung chi tiết"),
[LINGO_ANNEX] = SET("phụ lục", "biểu", "biểu mẫu", "mẫu số", "mẫu biểu",
    "bảng", "danh sách", "danh mục", "phụ biểu"),
[LINGO_RECEIVERS] = SET("nơi nhận"),
[LINGO_ENDING] = SET("nơi nhận", "ghi chú", "lưu ý", "chú ý", "chú thích"),
[LINGO_CLOSING] = SET("đề nghị", "yêu cầu", "trên đây", "nhận được",
    "trong quá trình", "báo cáo gửi", "báo cáo của", "văn bản gửi",
    "thời hạn", "thời gian gửi", "hạn", "các đơn vị gửi", "căn cứ",
    "trân trọng", "quá trình", "giao", "kính đề nghị", "rất mong",
    "sau thời", "mọi", "nếu có", "hình thức gửi", "nơi nhận báo cáo"),
[LINGO_ASK] = SET("đề nghị", "yêu cầu", "giao", "mong"),
[LINGO_SEND] = SET("gửi", "nộp", "chuyển về", "chuyển đến"),
[LINGO_ENCLOSED] = SET("gửi kèm", "gửi theo", "gửi đính kèm"),
[LINGO_ENCLOSURE] = SET("kèm", "kèm theo", "đính kèm", "gửi kèm",
    "ban hành kèm", "ban hành theo", "theo công văn", "theo kế hoạch",
    "theo hướng dẫn", "theo thông báo", "theo văn bản", "dùng cho",
    "áp dụng cho", "dành cho"),
[LINGO_TOWARDS] = SET("về", "đến", "tới", "cho", "về cho", "lên"),
[LINGO_REPORT_TO] = SET("báo cáo về", "báo cáo đến", "báo cáo lên",
    "báo cáo cho"),
[LINGO_MAILBOX] = SET("hộp thư", "hộp thư điện tử", "địa chỉ", "email",
    "e mail", "mail", "địa chỉ email", "địa chỉ thư điện tử",
    "địa chỉ hộp thư", "địa chỉ hộp thư điện tử", "thư điện tử"),
[LINGO_NAME_ENDS] = SET("trước", "chậm nhất", "muộn nhất", "trễ nhất",
    "qua", "để", "theo", "bằng", "hạn", "thời hạn", "thời gian", "trong",
    "đồng thời", "và gửi", "kèm", "đến hết", "hết", "vào", "xong", "nhằm",
    "làm", "không quá", "đúng"),
[LINGO_PURPOSE] = SET("để", "nhằm", "phục vụ", "làm cơ sở", "giúp"),
[LINGO_TALLY] = SET("số liệu", "tính từ", "tính đến", "từ ngày", "thời điểm",
    "kể từ", "mốc"),
[LINGO_IF_ANY] = SET("nếu có"),
};

/* A set's phrases as keys. */
struct keys {
	const char *const *key;	/* NULL until it is first asked for */
	size_t		 n;
};

struct lingo {
	struct keys	*sets;	/* LINGO_SETS of them */
	struct arena	*arena;
};

const struct lingo *
lingo_new(struct arena *arena)
{
	struct lingo	*g = arena_alloc(arena, sizeof(*g));

	g->sets = arena_calloc(arena, LINGO_SETS, sizeof(*g->sets));
	g->arena = arena;
	return g;
}

/* A document asks for a third of the sets. */
static const struct keys *
keys_of(const struct lingo *g, enum lingo_set set)
{
	struct keys	*k = &g->sets[set];

	if (k->key == NULL) {
		while (tables[set][k->n] != NULL)
			k->n++;
		k->key = phrase_keys(tables[set], k->n, g->arena);
	}
	return k;
}

size_t
lingo_at(const struct lingo *g, enum lingo_set set, const struct words *ws,
    size_t i)
{
	const struct keys *keys = keys_of(g, set);
	size_t	k, len, best = 0;
	char	first;

	if (i >= ws->n)
		return 0;
	first = ws->w[i].key[0];
	for (k = 0; k < keys->n; k++) {
		if (keys->key[k][0] != first)
			continue;
		len = words_match(ws, i, keys->key[k]);
		if (len > best)
			best = len;
	}
	return best;
}

int
lingo_index(const struct lingo *g, enum lingo_set set, const struct words *ws,
    size_t i)
{
	const struct keys *keys = keys_of(g, set);
	size_t	k, len, best = 0;
	int	at = -1;

	for (k = 0; k < keys->n; k++) {
		len = words_match(ws, i, keys->key[k]);
		if (len > best) {
			best = len;
			at = (int)k;
		}
	}
	return at;
}

static size_t
phrase_words(const char *key)
{
	size_t	n = 1;

	for (; *key != '\0'; key++)
		n += *key == ' ';
	return n;
}

size_t
lingo_before(const struct lingo *g, enum lingo_set set,
    const struct words *ws, size_t end)
{
	const struct keys *keys = keys_of(g, set);
	size_t	k, n, best = 0;

	for (k = 0; k < keys->n; k++) {
		n = phrase_words(keys->key[k]);
		if (n > best && n <= end &&
		    words_match(ws, end - n, keys->key[k]) == n)
			best = n;
	}
	return best;
}

size_t
lingo_find(const struct lingo *g, enum lingo_set set, const struct words *ws,
    size_t from, size_t to)
{
	size_t	i, n;

	for (i = from; i < to && i < ws->n; i++) {
		n = lingo_at(g, set, ws, i);
		if (n > 0 && i + n <= to)
			return i;
	}
	return to;
}

bool
lingo_in(const struct lingo *g, enum lingo_set set, const struct words *ws,
    size_t from, size_t to)
{
	return lingo_find(g, set, ws, from, to) < to;
}
