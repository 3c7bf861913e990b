#include "tests/status_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/calendar.h"
#include "daemon/campaign.h"
#include "daemon/localtime.h"
#include "daemon/problems.h"
#include "daemon/roster.h"
#include "daemon/status.h"
#include "parsers/arena.h"
#include "parsers/coverage.h"
#include "parsers/strbuf.h"

static const char outline_text[] =
	"I heading I. | ĐẶC ĐIỂM, TÌNH HÌNH\n"
	"II heading II. | CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO <TRIỂN KHAI> & \"NỘI"
	" DUNG\"\n"
	"  II.1 heading 1. | Lãnh đạo của cấp ủy\n"
	"  II.2 heading 2. | Kiểm tra, giám sát\n"
	"    II.2.b1 guidance - | Số cuộc kiểm tra\n"
	"III heading III. | KẾT QUẢ THỰC HIỆN\n"
	"  III.1 heading 1. | Kết quả ở nhà trường\n"
	"  III.2 heading 2. | Kết quả ở tổ dân phố\n"
	"IV heading IV. | ĐÁNH GIÁ CHUNG\n"
	"V heading V. | NHIỆM VỤ TRỌNG TÂM\n"
	"VI heading optional VI. | KIẾN NGHỊ, ĐỀ XUẤT\n";

static const char conf_text[] =
	"[campaign]\nstate = open\nissuer = Đảng ủy phường Mẫu\n"
	"number = 12-CV/ĐU\ndate = 2026-05-05\n"
	"subject = báo cáo kết quả công tác 6 tháng đầu năm 2026\n"
	"short_name = công tác 6 tháng đầu năm 2026\n"
	"report_to = cấp trên\nfrom = 2026-05-05\n"
	"close = 2026-06-30\nsupplement = ask\n"
	"[deadline]\nday = 2026-05-14\nreading = before-day\n"
	"tolerance = named-day\nroll = yes\n"
	"[recipients]\n"
	"recipients.1.text = Ủy ban Mặt trận Tổ quốc và các đoàn thể\n"
	"recipients.1 = kind:mttq\n"
	"recipients.2.text = Chi bộ trường học, tổ dân phố\n"
	"recipients.2 = kind:school kind:tdp\n"
	"[required]\nrequired.all = I II III IV V\n"
	"required.school = I II III III.1 IV V\n"
	"[plan]\n"
	"step.first = reminder-first, 3 working days before due, 08:00\n";

static const char *const kinds[] = { "mttq", "school", "tdp", "tdp", "tdp" };

static struct roster *
make_roster(size_t n, struct problems *problems)
{
	struct strbuf	 b = { 0 };
	struct roster	*r;
	size_t		 i;

	strbuf_adds(&b, "code,name,group,kind,tags,aliases,emails,phone,"
	    "contact_role,no_mail\n");
	for (i = 0; i < n; i++)
		strbuf_addf(&b, "DV%05zu,Chi bộ Đơn vị trực thuộc số %zu,,"
		    "%s,,,dv%zu@donvi.example,,,\n", i + 1, i + 1,
		    kinds[i % 5], i + 1);
	r = roster_parse(b.s, b.len, "units.csv", problems);
	strbuf_clear(&b);
	return r;
}

/* Sections of unit i: mostly filled, now and then not. */
static struct coverage *
make_coverage(const struct campaign *c, size_t i, struct arena *arena)
{
	struct coverage	*cover = arena_alloc(arena, sizeof(*cover));
	struct section_cover *s;
	size_t		 node;

	cover->sections = arena_calloc(arena, c->outline->n,
	    sizeof(*cover->sections));
	for (node = 0; node < c->outline->n; node++) {
		if (c->outline->nodes[node].kind == NODE_GUIDANCE)
			continue;
		s = &cover->sections[cover->n_sections++];
		s->node = (int)node;
		s->state = SECTION_FILLED;
		s->sure = true;
		s->words = 100;
		s->evidence = "";
		if (i % 6 == 1 && node == 9)
			s->state = SECTION_MISSING;
		if (i % 8 == 2 && node == 8)
			s->state = SECTION_EMPTY;
		if (i % 10 == 3 && node == 6) {
			s->state = SECTION_MISSING;
			s->sure = false;
		}
		if (i % 3 == 0 && (node == 7 || node == 10))
			s->state = SECTION_MISSING;
	}
	cover->fitting = 8;
	return cover;
}

static void
make_version(struct unit_facts *f, const struct campaign *c, size_t i,
    const char *foreign, struct arena *arena)
{
	struct version_facts	*v = arena_alloc(arena, sizeof(*v));

	v->id = arena_printf(arena, "a%05zx", i);
	v->received = day_at(day_from_civil(2026, 5, 7 + (int)(i % 7)),
	    450 + (int)(i * 37 % 600));
	if (i % 13 == 5)
		v->received = day_at(day_from_civil(2026, 5, 14), 600);
	if (i % 17 == 7)
		v->received = day_at(day_from_civil(2026, 5, 16), 560);
	v->channel = i % 19 == 4 ? CHANNEL_PAPER : CHANNEL_EMAIL;
	v->standing = i % 23 == 6 ? STANDING_REVIEW : STANDING_COUNTED;
	v->is_readable = i % 15 != 8;
	v->coverage = v->is_readable ? make_coverage(c, i, arena) : NULL;
	v->number = i % 4 == 0 ? "" : arena_printf(arena, "%zu-BC/CB", i);
	v->date = "2026-05-12";
	v->file = i % 9 == 1 ? foreign : "BC 6 thang.docx";
	v->note = i % 9 == 1 ? foreign : "";
	f->versions = v;
	f->n_versions = 1;
}

static struct unit_facts *
make_facts(const struct campaign *c, size_t n, const char *foreign,
    struct arena *arena)
{
	static const char *const first[] = { "first" };
	struct unit_facts	*facts = arena_calloc(arena, n,
				    sizeof(*facts));
	size_t			 i;

	for (i = 0; i < n; i++) {
		if (i % 21 == 11)
			facts[i].is_excused = true;
		else if (i % 5 != 3)
			make_version(&facts[i], c, i, foreign, arena);
		else {
			facts[i].reminders = first;
			facts[i].n_reminders = 1;
		}
	}
	return facts;
}

static const struct clerk_item *
make_clerk(const char *foreign, size_t n_units, struct arena *arena)
{
	struct clerk_item	*list = arena_calloc(arena, 2, sizeof(*list));
	struct clerk_guess	*g = arena_calloc(arena, 2, sizeof(*g));

	g[0].unit = "DV00003";
	g[0].why = "địa chỉ thư";
	g[1].unit = "DV00004";
	g[1].why = foreign;
	list[0] = (struct clerk_item){ .id = "0718aa",
	    .from = "la@hopthu.example", .subject = "Báo cáo của chi bộ",
	    .received = day_at(day_from_civil(2026, 5, 13), 602),
	    .reason = "không rõ đơn vị", .guesses = g,
	    .n_guesses = n_units >= 4 ? 2 : 0 };
	list[1] = (struct clerk_item){ .id = "99beef", .from = foreign,
	    .subject = foreign,
	    .received = day_at(day_from_civil(2026, 5, 13), 700),
	    .reason = "báo cáo kỳ trước" };
	return list;
}

void
status_fixture_new(struct status_fixture *f, size_t n, const char *foreign)
{
	struct status_facts	 facts = { 0 };
	struct judging		 j = { 0 };
	struct problems		 problems;
	size_t			 i;

	problems_init(&problems);
	memset(f, 0, sizeof(*f));
	f->arena = arena_new(0);
	f->roster = make_roster(n, &problems);
	f->calendar = calendar_new();
	if (f->roster != NULL)
		f->campaign = campaign_parse(conf_text, outline_text,
		    "mau-2026", f->roster, &problems);
	for (i = 0; i < problems.n; i++)
		fprintf(stderr, "# %s\n", problems.lines[i]);
	if (problems.n > 0)
		abort();
	problems_clear(&problems);
	facts.units = make_facts(f->campaign, n, foreign, f->arena);
	facts.clerk = make_clerk(foreign, n, f->arena);
	facts.n_clerk = 2;
	facts.last_fetch = day_at(day_from_civil(2026, 5, 17), 475);
	j.campaign = f->campaign;
	j.roster = f->roster;
	j.calendar = f->calendar;
	j.now = day_at(day_from_civil(2026, 5, 17), 480);
	f->status = status_build(&j, &facts, f->arena);
}

void
status_fixture_free(struct status_fixture *f)
{
	campaign_free(f->campaign);
	calendar_free(f->calendar);
	roster_free(f->roster);
	arena_free(f->arena);
}
