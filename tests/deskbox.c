/* A small office for tests of the ledger. */
#include "deskbox.h"

#include <sys/stat.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/campaign_write.h"
#include "daemon/intake.h"
#include "daemon/order_take.h"
#include "daemon/problems.h"
#include "daemon/roster.h"
#include "daemon/status_facts.h"
#include "daemon/textfile.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "spool/arrival.h"
#include "spool/filing.h"
#include "spool/mail.h"

static const char units[] =
    "code,name,group,kind,emails,aliases\n"
    "A1,Chi bộ Tổ dân phố số 1,,tdp,to1@p.example,TDP 1\n"
    "A2,Chi bộ Tổ dân phố số 2,,tdp,to2@p.example,TDP 2\n"
    "S1,Chi bộ Trường Mầm non Hoa Mai,,school,truong@p.example,MN Hoa Mai\n"
    "S2,Chi bộ Trường Mầm non Hoa Lan,,school,truong@p.example,MN Hoa Lan\n";

static const char campaign[] =
    "[campaign]\nstate = open\nissuer = Đảng ủy\nnumber = 7-CV/ĐU\n"
    "date = 2031-04-01\nsubject = công tác phòng cháy, chữa cháy quý I"
    " năm 2031\nshort_name = phòng cháy\nfrom = 2031-04-01\n"
    "close = 2031-05-30\nsupplement = ask\n"
    "[deadline]\nday = 2031-04-15\nreading = before-day\n"
    "tolerance = named-day\n"
    "[recipients]\nrecipients.1.text = Các chi bộ tổ dân phố\n"
    "recipients.1 = kind:tdp\nrecipients.2.text = Các trường học\n"
    "recipients.2 = kind:school\n"
    "[required]\nrequired.all = I II III IV V\n";

static const char outline[] =
    "I heading I. | Tình hình trang bị bình chữa cháy\n"
    "II heading II. | Kết quả diễn tập thoát nạn\n"
    "III heading III. | Công tác tuyên truyền trong hộ gia đình\n"
    "IV heading IV. | Kiểm tra nguồn nước và trụ nước\n"
    "V heading V. | Phương hướng quý tiếp theo\n";

static const struct {
	const char	*id;
	const char	*label;
	const char	*title;
} sections[] = {
	{ "I", "I.", "Tình hình trang bị bình chữa cháy" },
	{ "II", "II.", "Kết quả diễn tập thoát nạn" },
	{ "III", "III.", "Công tác tuyên truyền trong hộ gia đình" },
	{ "IV", "IV.", "Kiểm tra nguồn nước và trụ nước" },
	{ "V", "V.", "Phương hướng quý tiếp theo" }
};

static void
put(const char *dir, const char *name, const char *text)
{
	if (textfile_replace(dir, name, text, strlen(text)) == -1)
		abort();
}

void
desk_open(struct desk *d)
{
	char		*conf, *folder;

	memset(d, 0, sizeof(*d));
	d->arena = arena_new(0);
	snprintf(d->dir, sizeof(d->dir), "/tmp/tiepnhan-desk.XXXXXX");
	if (mkdtemp(d->dir) == NULL)
		abort();
	conf = arena_printf(d->arena, "[office]\nname = Phường\n"
	    "receiver = Ban\ncontact_name = A\ncontact_phone = 0\n"
	    "clerk = thuky@p.example\n[mailbox]\nurl = maildir:%s/in\n"
	    "[outgoing]\nurl = maildir:%s/out\nfrom = bc@p.example\n"
	    "[paths]\nstate = %s/state\nunits = units.csv\n"
	    "[trust]\nauthserv_id = mx.p.example\n", d->dir, d->dir, d->dir);
	folder = arena_printf(d->arena, "%s/state", d->dir);
	mkdir(folder, 0700);
	mkdir(arena_printf(d->arena, "%s/campaigns", folder), 0700);
	folder = arena_printf(d->arena, "%s/campaigns/pccc", folder);
	mkdir(folder, 0700);
	put(folder, "campaign.conf", campaign);
	put(folder, "outline.txt", outline);
	put(d->dir, "units.csv", units);
	put(d->dir, "tiepnhan.conf", conf);
	desk_load(d);
}

void
desk_load(struct desk *d)
{
	const char	*file = arena_printf(d->arena, "%s/tiepnhan.conf",
	    d->dir);
	struct problems	 p;

	problems_init(&p);
	office_free(d->office);
	d->office = office_load(file, &p);
	if (d->office == NULL || office_open(d->office, STORE_DAEMON) == -1 ||
	    office_refresh(d->office, at("2031-04-01 08:00")) == -1 ||
	    d->office->n_campaigns != 1) {
		for (size_t i = 0; i < p.n; i++)
			fprintf(stderr, "%s\n", p.lines[i]);
		if (d->office != NULL && d->office->n_all > 0 &&
		    d->office->campaigns[0].trouble != NULL)
			fprintf(stderr, "%s\n",
			    d->office->campaigns[0].trouble);
		abort();
	}
}

static int
remove_entry(const char *path, const struct stat *st, int type,
    struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void
desk_close(struct desk *d)
{
	office_free(d->office);
	arena_free(d->arena);
	(void)nftw(d->dir, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

void
desk_campaign(struct desk *d, const char *key, const char *value, time_t now)
{
	if (campaign_set(desk_oc(d)->campaign->dir, key, value) == -1 ||
	    office_refresh(d->office, now) == -1 ||
	    intake_follow_campaigns(d->office, now) == -1)
		abort();
}

time_t
at(const char *text)
{
	char	 iso[32];
	time_t	 t;

	snprintf(iso, sizeof(iso), "%.10sT%.5s:00+07:00", text, text + 11);
	if (local_parse(iso, &t) == -1)
		abort();
	return t;
}

struct message *
desk_message(struct desk *d, const char *from, const char *subject)
{
	struct message	*m = arena_alloc(d->arena, sizeof(*m));

	m->from_address = from;
	m->subject = subject;
	m->message_id = arena_printf(d->arena, "m%u@x.example",
	    ++d->n_mails);
	m->from_name = m->sender = m->reply_to = m->return_path = "";
	m->auth_results = m->body = m->signature = m->trouble = "";
	return m;
}

static struct attachment *
add_attachment(struct desk *d, struct message *m, const char *name)
{
	struct attachment *grown = arena_calloc(d->arena,
	    m->n_attachments + 1, sizeof(*grown)), *a;

	if (m->n_attachments > 0)
		memcpy(grown, m->attachments, m->n_attachments *
		    sizeof(*grown));
	m->attachments = grown;
	a = &grown[m->n_attachments++];
	a->name = name;
	a->in = a->media_type = "";
	a->size = 1000;
	snprintf(a->sha256, sizeof(a->sha256), "%064x",
	    d->n_mails * 16 + (unsigned)m->n_attachments);
	return a;
}

struct attachment *
desk_report(struct desk *d, struct message *m, const char *issuer,
    const char *subject, const char *wanted)
{
	struct attachment *a = add_attachment(d, m, "bao cao.docx");
	struct facts	*f = arena_alloc(d->arena, sizeof(*f));
	struct headings	*h = arena_alloc(d->arena, sizeof(*h));
	const char	*padded = arena_printf(d->arena, " %s ", wanted);
	size_t		 i;

	f->parent = f->number = f->place = f->date = f->period = "";
	f->signer_block = "";
	f->title = "BÁO CÁO";
	f->issuer = issuer;
	f->subject = subject;
	h->h = arena_calloc(d->arena, 8, sizeof(*h->h));
	for (i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
		struct heading *x = &h->h[h->n];

		if (strstr(padded, arena_printf(d->arena, " %s ",
		    sections[i].id)) == NULL)
			continue;
		x->label = sections[i].label;
		x->title = sections[i].title;
		x->text = arena_printf(d->arena, "%s %s", x->label,
		    x->title);
		x->level = 1;
		x->source = HEADING_BY_STYLE;
		x->confidence = 95;
		x->paragraph = (uint32_t)(h->n * 4);
		x->paragraph_end = x->paragraph + 1;
		x->words = 60;
		x->body = "Trong quý";
		h->n++;
		h->words += 60;
	}
	a->format = FORMAT_DOCX;
	a->report = arena_alloc(d->arena, sizeof(*a->report));
	a->report->facts = f;
	a->report->headings = h;
	return a;
}

struct attachment *
desk_file(struct desk *d, struct message *m, enum format format,
    const char *name)
{
	struct attachment *a = add_attachment(d, m, name);

	a->format = format;
	a->status = PARSE_NOT_SUPPORTED;
	return a;
}

int64_t
desk_parse_mail(struct desk *d, const struct message *m, const char *folder,
    time_t received)
{
	struct store	*st = d->office->store;
	struct arrival	 a = { .form = FILES_MAIL, .name = "",
		.received_utc = received, .taken_utc = received,
		.account = "test", .folder = folder };
	struct strbuf	 blob = { 0 };
	struct mail_parsed p = { .parser_version = 1,
		.from_address = m->from_address, .from_name = m->from_name,
		.subject = m->subject, .message_id = m->message_id };
	char		 sha256[65];

	if (files_write(st, m->message_id, strlen(m->message_id), FILES_MAIL,
	    sha256) == -1)
		abort();
	a.sha256 = sha256;
	a.size = strlen(m->message_id);
	message_encode(m, &blob);
	p.blob = strbuf_get(&blob);
	p.len = blob.len;
	if (arrival_take(st, &a, 1) == -1 || !a.is_new ||
	    mail_attempt(st, &a.mail, 1) == -1 ||
	    mail_set_parsed(st, a.mail, &p) == -1) {
		fprintf(stderr, "%s\n", store_error(st));
		abort();
	}
	strbuf_clear(&blob);
	return a.mail;
}

int64_t
desk_file_mail(struct desk *d, const struct message *m, const char *folder,
    time_t received)
{
	int64_t	 mail = desk_parse_mail(d, m, folder, received);

	if (order_take(d->office, NULL, mail, received) != FILED_DONE) {
		fprintf(stderr, "%s\n", store_error(d->office->store));
		abort();
	}
	return mail;
}

const char *
desk_filed(struct desk *d, int64_t mail)
{
	struct filing	*f = filing_find(d->office->store, mail);
	const char	*text;
	size_t		 i;

	if (f == NULL)
		return "none";
	text = arena_printf(d->arena, "%s [", filing_kind_name(f->kind));
	for (i = 0; i < f->n_units; i++)
		text = arena_printf(d->arena, "%s%s%s", text,
		    i > 0 ? " " : "", f->units[i]);
	text = arena_printf(d->arena, "%s]%s%s", text,
	    f->is_counted ? " counted" : "", f->needs_clerk ? " clerk" : "");
	for (i = 0; i < f->n_guesses; i++)
		text = arena_printf(d->arena, "%s ?%s", text,
		    f->guesses[i].unit);
	free(f);
	return text;
}

int
desk_unit(struct desk *d, const char *code)
{
	return roster_find(d->office->roster, code);
}

struct office_campaign *
desk_oc(struct desk *d)
{
	return office_find(d->office, "pccc");
}

int64_t
desk_report_mail(struct desk *d, const char *from, const char *issuer,
    time_t received)
{
	struct message	*m = desk_message(d, from, "Báo cáo");

	desk_report(d, m, issuer, DESK_SUBJECT, DESK_ALL);
	return desk_file_mail(d, m, "INBOX", received);
}

const char *
desk_verdict(struct desk *d, const char *unit, time_t now)
{
	const struct verdict *v = status_judge_unit(d->office, desk_oc(d),
	    desk_unit(d, unit), now, d->arena, NULL);

	if (v == NULL)
		abort();
	return arena_printf(d->arena, "%s %s%s", time_class_name(v->time),
	    content_class_name(v->content), v->is_submitted ? "" :
	    v->is_excused ? " excused" : " owes");
}

struct decision
desk_decision(struct desk *d, time_t now)
{
	struct decision	 x = { .office = d->office, .arena = d->arena,
		.who = "thuky@p.example", .now = now, .reason = "" };

	return x;
}

struct desk	 desk;
time_t		 noon;

int
desk_setup(void **state)
{
	(void)state;
	desk_open(&desk);
	noon = at("2031-04-10 11:00");
	return 0;
}

int
desk_teardown(void **state)
{
	(void)state;
	desk_close(&desk);
	return 0;
}
