#ifndef PARSERS_LIMITS_H
#define PARSERS_LIMITS_H

/*
 * Every limit on foreign input, in one place. They leave real files ample
 * room.
 */

/* zip and DOCX */
#define LIMIT_ZIP_ENTRIES 4096
#define LIMIT_PART_BYTES ((size_t)64 << 20)	/* one part, inflated */
#define LIMIT_MAIN_PART_BYTES ((size_t)48 << 20) /* word/document.xml */
#define LIMIT_FILE_BYTES ((size_t)128 << 20)	/* all parts read */
#define LIMIT_RATIO 200				/* inflated : stored … */
#define LIMIT_RATIO_FROM ((size_t)1 << 20)	/* … once past this */
#define LIMIT_XML_DEPTH 256
#define LIMIT_TAG_BYTES ((size_t)1 << 20)	/* one start tag; VML keeps
						   pictures in attributes */
#define LIMIT_TAG_ATTRIBUTES 256
#define LIMIT_PARAGRAPHS 200000
#define LIMIT_PARAGRAPH_BYTES ((size_t)1 << 20)
#define LIMIT_PARAGRAPH_NOTES 1000
#define LIMIT_NOTES 4096	/* foot- and endnotes kept, … */
#define LIMIT_NOTES_BYTES ((size_t)4 << 20) /* … all together */
#define LIMIT_HEADING_BYTES 2000
#define LIMIT_HEADINGS 20000
#define LIMIT_STYLES 20000
#define LIMIT_STYLE_DEPTH 64
#define LIMIT_LISTS 20000
#define LIMIT_LVL_TEXT 255
#define LIMIT_TABLE_DEPTH 32
#define LIMIT_TABLE_COLUMNS 1000
#define LIMIT_SHEET_ROWS 20000
#define LIMIT_SHEET_NUMBER 1048576 /* of a row: Excel's last */
#define LIMIT_SHEET_COLUMNS 256

/* outline and letter */
#define LIMIT_LETTER_PARAGRAPHS 5000
#define LIMIT_OUTLINE_TRIES 16	/* places looked at for the outline */
#define LIMIT_LINE_TEXT 16000	/* of a line of a letter; cut there */
#define LIMIT_JOINED_BYTES 8000	/* lines put together to one text */
#define LIMIT_SENTENCE_WORDS 400 /* looked at on each side of a date */
#define LIMIT_OUTLINE_NODES 2000
#define LIMIT_OUTLINE_LEVELS 9
#define LIMIT_RECIPIENTS 500
#define LIMIT_OPEN_HEADINGS 1000 /* a report with more that fit nothing
					   is not looked at twice */
#define LIMIT_MATCHED_BYTES ((size_t)1 << 20) /* of a report's titles and
					   texts that are compared; hundreds
					   of pages have less */

/* mail */
#define LIMIT_MAIL_BYTES ((size_t)72 << 20) /* 50 MiB in base64 */
#define LIMIT_HEADER_BYTES 262144
#define LIMIT_LINE_BYTES ((size_t)1 << 20)
#define LIMIT_MIME_DEPTH 32
#define LIMIT_MIME_PARTS 1000
#define LIMIT_RFC822_DEPTH 4
#define LIMIT_ATTACHMENTS 200
#define LIMIT_ATTACHMENT_BYTES ((size_t)64 << 20)
#define LIMIT_ZIP_MEMBERS 200	/* read out of an attached zip */
#define LIMIT_IN_MEMORY ((size_t)2 << 20) /* what is larger is never in
					   memory as a whole … */
#define LIMIT_PIECE ((size_t)1 << 20)	/* … but so much of it */
#define LIMIT_SCRATCH_TIMES 2	/* the scratch file, of the input's size */
#define LIMIT_REFERENCES 100
#define LIMIT_ID_BYTES 998
#define LIMIT_COMMENT_DEPTH 32
#define LIMIT_SUBJECT_BYTES 2000
#define LIMIT_NAME_BYTES 255
#define LIMIT_BODY_BYTES 262144
#define LIMIT_LINKS 50
#define LIMIT_BOUNCES 100

/* text out of converters */
#define LIMIT_CONVERTED_BYTES ((size_t)8 << 20)

/* the jail */
#define LIMIT_JAIL_MEMORY ((size_t)512 << 20)
#define LIMIT_JAIL_CPU_S 10
#define LIMIT_JAIL_WALL_S 20
#define LIMIT_JAIL_OUTPUT ((size_t)32 << 20)
#define LIMIT_RECORD_BYTES ((size_t)16 << 20)

#endif
