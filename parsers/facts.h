#ifndef PARSERS_FACTS_H
#define PARSERS_FACTS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct document;

/*
 * What a document says of itself: letterhead, number, date, title,
 * signer's block. Strings are never NULL, "" where not found.
 */
struct facts {
	const char	*parent;  /* upper body of the letterhead */
	const char	*issuer;  /* the body that issued it */
	const char	*number;  /* "08-BC/CB", "45/BC-UBND" */
	const char	*place;
	const char	*date;	  /* ISO; "2026-05" when the day is blank */
	const char	*title;	  /* kind: "BÁO CÁO" */
	const char	*subject; /* the lines below the kind */
	const char	*period;  /* "6 tháng đầu năm 2026", as written */
	const char	*signer_block; /* "T/M CHI BỘ BÍ THƯ Nguyễn Văn A" */
	bool		 signed_part;  /* digital signature part noticed */
	bool		 secret;  /* stamped MẬT, TỐI MẬT, TUYỆT MẬT */
};

/* doc borrowed, must outlive the result. Never NULL. */
struct facts *facts_find(const struct document *doc, struct arena *arena);

#endif
