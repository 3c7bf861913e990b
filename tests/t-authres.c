/* Authentication-Results: only an outright failure, only from our server. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/authres.h"

#define OURS "mx.office.example"
#define FROM "to05@phuong.example"

static bool
forged(const char *results)
{
	return authres_says_forged(results, OURS, FROM);
}

static void
no_header_is_no_failure(void **state)
{
	(void)state;
	assert_false(forged(""));
	assert_false(forged(OURS "; none"));
}

static void
a_failed_dmarc_of_our_server_is_a_failure(void **state)
{
	(void)state;
	assert_true(forged(OURS "; dmarc=fail (p=reject) "
	    "header.from=phuong.example"));
	assert_true(forged("MX.Office.Example 1; spf=pass; DMARC=Fail"));
}

static void
another_server_is_not_believed(void **state)
{
	(void)state;
	assert_false(forged("mx.evil.example; dmarc=fail"));
	assert_false(forged("mx.evil.example; x=y\n" OURS "; dmarc=fail"));
}

static void
without_a_configured_server_nobody_is(void **state)
{
	(void)state;
	assert_false(authres_says_forged(OURS "; dmarc=fail", "", FROM));
}

static void
spf_or_dkim_fail_only_while_nothing_aligned_passes(void **state)
{
	(void)state;
	assert_true(forged(OURS "; spf=fail smtp.mailfrom=evil.example"));
	assert_true(forged(OURS "; dkim=fail header.d=phuong.example;"
	    " spf=pass smtp.mailfrom=bulk.example"));
	assert_false(forged(OURS "; dkim=fail header.d=phuong.example;"
	    " spf=pass smtp.mailfrom=to05@phuong.example"));
	assert_false(forged(OURS "; spf=fail smtp.mailfrom=x@list.example;"
	    " dkim=pass header.d=mail.phuong.example"));
}

static void
what_is_not_proven_is_no_failure(void **state)
{
	static const char *const lines[] = {
		OURS "; dmarc=none; spf=none; dkim=none",
		OURS "; spf=softfail smtp.mailfrom=phuong.example",
		OURS "; spf=neutral; dkim=temperror; dmarc=permerror",
		OURS "; dkim=policy", OURS "; dmarc=", OURS ";;;=;" };
	size_t	 i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert_false(forged(lines[i]));
}

static void
a_dmarc_pass_outweighs_a_failed_part(void **state)
{
	(void)state;
	assert_false(forged(OURS "; dmarc=pass; spf=fail"));
}

static void
lines_that_a_forger_adds_below_cannot_speak_for_him(void **state)
{
	(void)state;
	assert_true(forged(OURS "; spf=fail smtp.mailfrom=phuong.example\n"
	    OURS "; dkim=pass header.d=phuong.example"));
	assert_true(forged(OURS "; dmarc=fail\n" OURS "; dmarc=pass"));
}

static void
comments_and_odd_spaces_are_skipped(void **state)
{
	(void)state;
	assert_true(forged(OURS " (us) ;\t dmarc = fail (policy; spf=pass)"));
	assert_false(forged(OURS "; (dmarc=fail) spf=pass"));
	assert_false(forged(OURS "; reason=\"dmarc=fail\""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_header_is_no_failure),
		cmocka_unit_test(a_failed_dmarc_of_our_server_is_a_failure),
		cmocka_unit_test(another_server_is_not_believed),
		cmocka_unit_test(without_a_configured_server_nobody_is),
		cmocka_unit_test(
		    spf_or_dkim_fail_only_while_nothing_aligned_passes),
		cmocka_unit_test(what_is_not_proven_is_no_failure),
		cmocka_unit_test(a_dmarc_pass_outweighs_a_failed_part),
		cmocka_unit_test(
		    lines_that_a_forger_adds_below_cannot_speak_for_him),
		cmocka_unit_test(comments_and_odd_spaces_are_skipped)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
