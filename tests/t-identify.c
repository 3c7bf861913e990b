/* Whose report is it: cases over a small roster, as rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "daemon/identify.h"
#include "daemon/lexicon_load.h"
#include "daemon/problems.h"
#include "daemon/roster.h"
#include "parsers/arena.h"
#include "parsers/message.h"

static const char units_csv[] =
    "code,name,kind,emails,aliases\n"
    "A1,Chi bộ Tổ dân phố số 1,tdp,to1@p.example,TDP 1;Tổ 1\n"
    "A2,Chi bộ Tổ dân phố số 2,tdp,to2@p.example,TDP 2;Tổ 2\n"
    "A12,Chi bộ Tổ dân phố số 12,tdp,to12@p.example;chung@p.example,TDP 12\n"
    "B1,Chi bộ Trường Mầm non Hoa Mai,school,chung@p.example,MN Hoa Mai;Mầm non Hoa Mai\n"
    "B2,Chi bộ Trường Mầm non Hoa Lan,school,chung@p.example,MN Hoa Lan\n"
    "C1,Chi bộ Hợp tác xã Sông Xanh,coop,sx@p.example,HTX Sông Xanh\n";

static struct arena	*arena;
static struct lexicon	*lexicon;
static struct roster	*roster;

/* What a case says of the mail; NULL is nothing. */
struct letter_case {
	const char	*from;
	const char	*answered; /* code of the unit our mail went to */
	const char	*forwarded; /* address of the mail inside */
	const char	*subject;
	const char	*from_name;
	const char	*signature;
	const char	*file;
	const char	*issuer;
	const char	*number;
	bool		 forged;
	/* what is right: a unit, or a doubt and the first guesses */
	const char	*unit;
	enum filing_basis basis;
	enum doubt	 doubt;
	const char	*guesses;
};

static const char *
or_empty(const char *s)
{
	return s != NULL ? s : "";
}

static void
run(const struct letter_case *c, struct identity *out)
{
	struct message	*m = arena_alloc(arena, sizeof(*m));
	struct attachment *a = arena_alloc(arena, sizeof(*a));
	struct facts	*f = arena_alloc(arena, sizeof(*f));
	struct report	*r = arena_alloc(arena, sizeof(*r));
	struct identity_input in = { .roster = roster, .lexicon = lexicon,
		.message = m, .is_forged = c->forged };
	int		 *units, answered;

	m->from_address = or_empty(c->from);
	m->subject = or_empty(c->subject);
	m->from_name = or_empty(c->from_name);
	m->signature = or_empty(c->signature);
	a->name = or_empty(c->file);
	a->in = "";
	f->parent = f->place = f->date = f->title = f->subject = "";
	f->period = f->signer_block = "";
	f->issuer = or_empty(c->issuer);
	f->number = or_empty(c->number);
	r->facts = f;
	if (c->issuer != NULL || c->number != NULL)
		a->report = r;
	if (c->file != NULL || a->report != NULL)
		in.document = a;
	in.n_addressed = roster_find_address(roster, m->from_address, arena,
	    &units);
	in.addressed = units;
	in.n_forwarded = roster_find_address(roster, or_empty(c->forwarded),
	    arena, &units);
	in.forwarded = units;
	if (c->answered != NULL) {
		answered = roster_find(roster, c->answered);
		in.answered = &answered;
		in.n_answered = 1;
	}
	identify(&in, arena, out);
}

static const char *
guesses_of(const struct identity *id)
{
	const char	*text = "";
	size_t		 i;

	for (i = 0; i < id->n_guesses; i++)
		text = arena_printf(arena, "%s%s%s", text, i > 0 ? " " : "",
		    roster->units[id->guesses[i].unit].code);
	return text;
}

static void
check(const struct letter_case *cases, size_t n)
{
	struct identity	 id;
	size_t		 i;

	for (i = 0; i < n; i++) {
		const struct letter_case *c = &cases[i];

		print_message("# case %zu: %s %s %s\n", i, or_empty(c->from),
		    or_empty(c->subject), or_empty(c->issuer));
		run(c, &id);
		assert_int_equal(id.doubt, c->doubt);
		assert_string_equal(id.unit < 0 ? "" :
		    roster->units[id.unit].code, or_empty(c->unit));
		if (c->basis != BASIS_NONE)
			assert_int_equal(id.basis, c->basis);
		if (c->guesses != NULL)
			assert_string_equal(guesses_of(&id), c->guesses);
	}
}
#define CHECK(cases) check(cases, sizeof(cases) / sizeof(cases[0]))

static void
the_own_address_places_a_mail(void **state)
{
	static const struct letter_case cases[] = {
		{ .from = "to1@p.example", .unit = "A1",
		  .basis = BASIS_ADDRESS },
		{ .from = "to1@p.example", .file = "Document.docx",
		  .unit = "A1", .basis = BASIS_ADDRESS },
		{ .from = "to1@p.example", .issuer = "CHI BỘ TỔ DÂN PHỐ SỐ 1",
		  .subject = "Báo cáo", .unit = "A1",
		  .basis = BASIS_ADDRESS }
	};

	(void)state;
	CHECK(cases);
}

static void
a_letterhead_against_the_address_is_for_the_clerk(void **state)
{
	static const struct letter_case cases[] = {
		{ .from = "to1@p.example", .issuer = "CHI BỘ TỔ DÂN PHỐ SỐ 2",
		  .subject = "Báo cáo TDP 1", .file = "BC TDP 1.docx",
		  .doubt = DOUBT_CONFLICT },
		{ .from = "to1@p.example",
		  .issuer = "CHI BỘ HỢP TÁC XÃ SÔNG XANH",
		  .doubt = DOUBT_CONFLICT }
	};

	(void)state;
	CHECK(cases);
}

static void
a_subject_against_the_address_is_for_the_clerk_too(void **state)
{
	static const struct letter_case cases[] = {
		{ .from = "to1@p.example", .subject = "Báo cáo Tổ 2",
		  .doubt = DOUBT_CONFLICT },
		{ .from = "to1@p.example", .file = "BC TDP 12.doc",
		  .doubt = DOUBT_CONFLICT },
		/* but a letterhead settles it */
		{ .from = "to1@p.example", .file = "BC TDP 12.docx",
		  .issuer = "CHI BỘ TỔ DÂN PHỐ SỐ 1", .unit = "A1" }
	};

	(void)state;
	CHECK(cases);
}

static void
a_forwarded_sender_is_a_guess_and_never_enough(void **state)
{
	static const struct letter_case cases[] = {
		/* a colleague whom no list knows sends it on */
		{ .from = "dongnghiep@x.example", .forwarded = "to2@p.example",
		  .doubt = DOUBT_UNKNOWN_SENDER, .guesses = "A2" },
		{ .from = "dongnghiep@x.example", .forwarded = "to2@p.example",
		  .file = "BC.docx", .issuer = "CHI BỘ TỔ DÂN PHỐ SỐ 1",
		  .doubt = DOUBT_UNKNOWN_SENDER, .guesses = "A1 A2" },
		/* one unit for another: whose is it? */
		{ .from = "to1@p.example", .forwarded = "to2@p.example",
		  .file = "scan.pdf", .doubt = DOUBT_CONFLICT,
		  .guesses = "A1 A2" },
		/* its own letterhead tells, and its own second address */
		{ .from = "to1@p.example", .forwarded = "to2@p.example",
		  .file = "BC.docx", .issuer = "CHI BỘ TỔ DÂN PHỐ SỐ 1",
		  .unit = "A1" },
		{ .from = "to12@p.example", .forwarded = "to12@p.example",
		  .file = "scan.pdf", .unit = "A12" },
		{ .from = "to1@p.example", .forwarded = "ai-do@x.example",
		  .file = "scan.pdf", .unit = "A1" }
	};

	(void)state;
	CHECK(cases);
}

static void
a_shared_mailbox_wants_another_sign(void **state)
{
	static const struct letter_case cases[] = {
		{ .from = "chung@p.example", .doubt = DOUBT_SHARED_ADDRESS,
		  .guesses = "A12 B1 B2" },
		{ .from = "chung@p.example",
		  .issuer = "CHI BỘ TRƯỜNG MẦM NON HOA LAN", .unit = "B2",
		  .basis = BASIS_LETTERHEAD },
		{ .from = "chung@p.example", .subject = "Báo cáo MN Hoa Mai",
		  .unit = "B1", .basis = BASIS_SUBJECT },
		{ .from = "chung@p.example", .file = "bc mn hoa lan.pdf",
		  .unit = "B2", .basis = BASIS_FILE_NAME },
		{ .from = "chung@p.example", .from_name = "Mầm non Hoa Mai",
		  .unit = "B1", .basis = BASIS_DISPLAY_NAME },
		{ .from = "chung@p.example",
		  .subject = "Báo cáo MN Hoa Mai và MN Hoa Lan",
		  .doubt = DOUBT_SHARED_ADDRESS },
		/* a letterhead of somebody else does not win */
		{ .from = "chung@p.example",
		  .issuer = "CHI BỘ TỔ DÂN PHỐ SỐ 2",
		  .doubt = DOUBT_CONFLICT }
	};

	(void)state;
	CHECK(cases);
}

static void
an_unknown_address_is_never_placed_by_names(void **state)
{
	static const struct letter_case cases[] = {
		{ .from = "x@web.example", .issuer = "CHI BỘ TỔ DÂN PHỐ SỐ 2",
		  .subject = "Báo cáo TDP 2", .file = "TDP 2.docx",
		  .doubt = DOUBT_UNKNOWN_SENDER, .guesses = "A2",
		  .basis = BASIS_LETTERHEAD },
		{ .from = "x@web.example", .doubt = DOUBT_UNKNOWN_SENDER,
		  .guesses = "" },
		{ .from = "", .subject = "tổ 12",
		  .doubt = DOUBT_UNKNOWN_SENDER }
	};

	(void)state;
	CHECK(cases);
}

static void
an_answer_to_our_mail_vouches_for_its_unit(void **state)
{
	static const struct letter_case cases[] = {
		{ .from = "x@web.example", .answered = "A2", .unit = "A2",
		  .basis = BASIS_REPLY },
		{ .from = "x@web.example", .answered = "A2",
		  .issuer = "CHI BỘ TỔ DÂN PHỐ SỐ 1",
		  .doubt = DOUBT_CONFLICT }
	};

	(void)state;
	CHECK(cases);
}

static void
a_forged_sender_is_for_the_clerk(void **state)
{
	static const struct letter_case cases[] = {
		{ .from = "to1@p.example", .forged = true,
		  .issuer = "CHI BỘ TỔ DÂN PHỐ SỐ 1",
		  .doubt = DOUBT_AUTHENTICATION, .guesses = "A1" }
	};

	(void)state;
	CHECK(cases);
}

static void
near_numbers_are_kept_apart(void **state)
{
	static const struct letter_case cases[] = {
		{ .from = "x@web.example", .subject = "Báo cáo TDP 12",
		  .doubt = DOUBT_UNKNOWN_SENDER, .guesses = "A12" },
		{ .from = "x@web.example", .subject = "Báo cáo TDP 1",
		  .doubt = DOUBT_UNKNOWN_SENDER, .guesses = "A1" }
	};

	(void)state;
	CHECK(cases);
}

static void
there_are_never_more_than_three_guesses(void **state)
{
	static const struct letter_case one = { .from = "x@web.example",
		.subject = "TDP 1, TDP 2, TDP 12, MN Hoa Mai, HTX Sông Xanh" };
	struct identity	 id;

	(void)state;
	run(&one, &id);
	assert_int_equal(id.n_guesses, IDENTITY_GUESSES);
}

static int
setup(void **state)
{
	struct problems	 p;

	(void)state;
	problems_init(&p);
	arena = arena_new(0);
	roster = roster_parse(units_csv, sizeof(units_csv) - 1, "units.csv",
	    &p);
	lexicon = lexicon_load(arena, &p);
	return roster == NULL || lexicon == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	(void)state;
	roster_free(roster);
	arena_free(arena);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_own_address_places_a_mail),
		cmocka_unit_test(
		    a_letterhead_against_the_address_is_for_the_clerk),
		cmocka_unit_test(
		    a_subject_against_the_address_is_for_the_clerk_too),
		cmocka_unit_test(a_forwarded_sender_is_a_guess_and_never_enough),
		cmocka_unit_test(a_shared_mailbox_wants_another_sign),
		cmocka_unit_test(an_unknown_address_is_never_placed_by_names),
		cmocka_unit_test(an_answer_to_our_mail_vouches_for_its_unit),
		cmocka_unit_test(a_forged_sender_is_for_the_clerk),
		cmocka_unit_test(near_numbers_are_kept_apart),
		cmocka_unit_test(there_are_never_more_than_three_guesses)
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
