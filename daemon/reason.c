/*
 * The words for the clerk about single mails and decisions.
 */
#include "daemon/reason.h"

#include <stddef.h>

static const char *const reasons[REASON_COUNT] = {
	[REASON_NONE] = "",
	[REASON_UNKNOWN_SENDER] = "địa chỉ lạ, chưa rõ đơn vị",
	[REASON_SHARED_ADDRESS] = "hộp thư dùng chung, chưa rõ đơn vị nào",
	[REASON_CONFLICT] = "các dấu hiệu chỉ đến những đơn vị khác nhau",
	[REASON_FORGED] = "máy chủ thư báo người gửi không xác thực được",
	[REASON_SECRET] = "văn bản có đóng dấu độ mật",
	[REASON_OTHER_PERIOD] = "có thể là báo cáo kỳ khác",
	[REASON_OTHER_SUBJECT] = "báo cáo về nội dung khác với công văn",
	[REASON_UNFILLED_OUTLINE] = "gửi lại đề cương, chưa có nội dung",
	[REASON_NOT_LISTED] = "đơn vị không có trong danh sách nhận công văn",
	[REASON_UNREADABLE] = "chưa đọc được tệp",
	[REASON_UNSURE_REPORT] = "chưa rõ tệp có phải là báo cáo này không",
	[REASON_NO_TITLE] = "không thấy tên báo cáo, chỉ khớp đề mục",
	[REASON_JOINT] = "báo cáo chung, cần xác định nộp thay cho đơn vị nào",
	[REASON_IN_BODY] = "nộp trong thân thư, không có tệp",
	[REASON_LINK_ONLY] = "chỉ có đường dẫn, không có tệp",
	[REASON_QUESTION] = "đơn vị hỏi hoặc trao đổi, không có báo cáo",
	[REASON_BOUNCE_OURS] = "thư của hệ thống bị trả lại",
	[REASON_BOUNCE_OTHER] = "thư gửi từ hộp thư cơ quan bị trả lại",
	[REASON_JUNK] = "nằm trong mục thư rác",
	[REASON_TOO_LARGE] = ("thư quá lớn, chưa lấy về; đề nghị xem "
	    "trong hộp thư"),
	[REASON_NOT_FETCHED] = ("không lấy được thư này từ hộp thư sau nhiều "
	    "lần thử; đề nghị xem trong hộp thư"),
	[REASON_SENDER_CAP] = ("người gửi có quá nhiều thư trong ngày; các thư "
	    "sau đã nhận, ngày mai mới đọc; đọc ngay: tiepnhan retry MÃ "
	    "(xem tiepnhan queue)"),
	[REASON_ASIDE] = "không đọc được thư sau nhiều lần thử",
	[REASON_FUTURE] = "nhận sau thời điểm đang xét",
	[REASON_CLOCK] = "ngày ghi trên thư lệch quá 24 giờ",
	[REASON_TAKEN_BACK] = "việc ghi nhận tệp này đã được hoàn tác",
	[REASON_NO_MAIL] = "không có thư này",
	[REASON_NOT_READ_YET] = "thư chưa được đọc xong",
	[REASON_NO_CAMPAIGN] = "chưa rõ thuộc đợt báo cáo nào",
	[REASON_UNIT_NOT_LISTED] = "đơn vị không thuộc danh sách đợt này",
	[REASON_NO_UNIT_YET] = "thư chưa được giao cho đơn vị nào",
	[REASON_NO_REPORT_IN_IT] = "thư không có gì để tính là báo cáo",
	[REASON_ALREADY] = "việc này đã được thực hiện",
	[REASON_NO_EVENT] = "không có sự kiện này",
	[REASON_NOT_UNDOABLE] = "sự kiện này không hoàn tác được",
	[REASON_UNDONE_ALREADY] = "sự kiện này đã được hoàn tác",
	[REASON_LATER_FIRST] = ("sau đó đợt báo cáo đã được mở, tạm dừng, "
	    "tiếp tục hoặc đóng; hoàn tác quyết định sau cùng trước"),
	[REASON_DATE_PAST] = "ngày phải sau hạn hiện nay",
	[REASON_UNTIL_PAST] = "ngày đề nghị gửi lại đã qua",
	[REASON_NOT_COME_YET] = ("thời điểm nhận ở sau hiện tại; ghi đúng lúc "
	    "đã nhận báo cáo"),
	[REASON_BEFORE_FROM] = ("thời điểm nhận ở trước đợt báo cáo này (from "
	    "trong campaign.conf)"),
	[REASON_NO_SECTION] = "đề cương không có mục này",
	[REASON_NO_STEP] = "không còn bước nhắc nào",
	[REASON_NOT_OPEN] = "đợt báo cáo chưa mở hoặc đã đóng",
	[REASON_NOT_DRAFT] = "đợt báo cáo đã mở",
	[REASON_CLOSE_PAST] = ("đã qua ngày đóng đợt (close trong "
	    "campaign.conf)"),
	[REASON_NOT_READY] = "chưa đủ điều kiện để mở",
	[REASON_NOTHING_MISSING] = "đơn vị không thiếu mục nào",
	[REASON_CALL_UNIT] = ("không gửi thư cho đơn vị này được (không có "
	    "địa chỉ, hoặc no_mail); đề nghị gọi điện"),
	[REASON_FILE] = "không đọc hoặc ghi được tệp",
	[REASON_STORE] = "không ghi được vào kho dữ liệu",
	[REASON_NOT_UNDERSTOOD] = "chưa hiểu",
	[REASON_NAME_MAIL] = "chưa ghi mã thư (dạng #a1b2c3)",
	[REASON_NAME_FILE] = ("chưa có tệp; đề nghị chuyển tiếp thư của đơn "
	    "vị hoặc gửi kèm tệp; nộp bản giấy thì ghi: Ghi nhận báo cáo "
	    "giấy cho MÃ ĐƠN VỊ"),
	[REASON_NAME_UNIT] = "chưa ghi đơn vị",
	[REASON_NAME_DAY] = "chưa ghi ngày (dạng 20/5/2026)",
	[REASON_NAME_EVENT] = "chưa ghi số sự kiện (dạng !12)",
	[REASON_ONE_UNIT] = "mỗi thư chỉ một đơn vị",
	[REASON_WHICH_MAIL] = "mã này trùng nhiều thư, cần ghi dài hơn",
	[REASON_WHICH_UNIT] = "không rõ đơn vị nào",
	[REASON_WHICH_CAMPAIGN] = "không rõ đợt báo cáo nào",
	[REASON_MEANT] = "ý là",
	[REASON_TOKEN_UNKNOWN] = "mã xác nhận không đúng",
	[REASON_TOKEN_USED] = "mã xác nhận đã được dùng",
	[REASON_TOKEN_EXPIRED] = "mã xác nhận đã hết hạn",
	[REASON_TOKEN_ADDRESS] = "mã xác nhận gửi từ địa chỉ khác",
	[REASON_TOKEN_OTHER] = "mã xác nhận của việc khác",
	[REASON_NO_YES] = "chưa ghi \"Đồng ý\" ở dòng đầu thư",
	[REASON_NO_FILE] = "chưa lập được tệp, đề nghị báo người quản trị",
	[REASON_CAMPAIGN_THERE] = "đợt báo cáo này đã có",
	[REASON_NO_LETTER] = "không thấy công văn trong thư",
	[REASON_LETTER_NUMBER] = "chưa có số công văn",
	[REASON_LETTER_DATE] = "chưa có ngày công văn",
	[REASON_LETTER_DEADLINE] = "chưa có thời hạn",
	[REASON_LETTER_LINE] = "chưa rõ đơn vị của dòng Kính gửi",
	[REASON_LETTER_NOBODY] = "chưa có dòng Kính gửi nào",
	[REASON_WRITE_NUMBER] = ("ghi number = 12-CV/VP, hoặc mở với "
	    "--no-number"),
	[REASON_WRITE_DATE] = "ghi date = 2026-05-05, hoặc mở với --no-number",
	[REASON_WRITE_DEADLINE] = "ghi day = 2026-05-14 dưới [deadline]",
	[REASON_WRITE_NOBODY] = "ghi recipients.1 = … dưới [recipients]",
	[REASON_WRITE_LINE] = "ghi kind:school hoặc +MÃ ở dòng này"
};

static const char *const bases[] = {
	[BASIS_NONE] = "",
	[BASIS_ADDRESS] = "địa chỉ thư",
	[BASIS_LETTERHEAD] = "tên cơ quan trong văn bản",
	[BASIS_REPLY] = "trả lời thư của hệ thống",
	[BASIS_SUBJECT] = "tiêu đề thư",
	[BASIS_FILE_NAME] = "tên tệp",
	[BASIS_DISPLAY_NAME] = "tên người gửi",
	[BASIS_SIGNATURE] = "chữ ký cuối thư",
	[BASIS_CLERK] = "văn thư xác định"
};

static const char *const troubles[] = {
	[FETCH_TROUBLE_NETWORK] = "không kết nối được máy chủ thư",
	[FETCH_TROUBLE_TLS] = "chứng thư số của máy chủ thư không hợp lệ",
	[FETCH_TROUBLE_AUTH] = "máy chủ thư không nhận tài khoản hoặc mật khẩu",
	[FETCH_TROUBLE_FOLDER] = "không mở được thư mục thư",
	[FETCH_TROUBLE_PROTOCOL] = "máy chủ thư trả lời sai quy cách",
	[FETCH_TROUBLE_DISK] = "máy tiếp nhận hết chỗ hoặc lỗi đĩa",
	[FETCH_TROUBLE_CONFIG] = "cấu hình hộp thư chưa đúng",
	[FETCH_TROUBLE_ABSENT] = "hộp thư không có thư mục đã khai báo",
	[FETCH_TROUBLE_WORKER] = "chương trình nhận thư bị dừng đột ngột"
};

const char *
reason_trouble(enum fetch_trouble t)
{
	size_t	 i = (size_t)t;

	return i < sizeof(troubles) / sizeof(troubles[0]) &&
	    troubles[i] != NULL ? troubles[i] : troubles[FETCH_TROUBLE_NETWORK];
}

const char *
reason_text(enum reason r)
{
	return (size_t)r < REASON_COUNT ? reasons[r] : "";
}

const char *
reason_basis(enum filing_basis b)
{
	return (size_t)b < sizeof(bases) / sizeof(bases[0]) ? bases[b] : "";
}
