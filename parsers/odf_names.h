#ifndef PARSERS_ODF_NAMES_H
#define PARSERS_ODF_NAMES_H

/*
 * The names of OpenDocument that some reader looks at, with "_" for "-";
 * sorted by the XML name.
 */
#define ODF_NAMES \
	X(annotation, "annotation") \
	X(automatic_styles, "automatic-styles") \
	X(break_before, "break-before") \
	X(bullet_char, "bullet-char") \
	X(continue_list, "continue-list") \
	X(continue_numbering, "continue-numbering") \
	X(default_outline_level, "default-outline-level") \
	X(default_style, "default-style") \
	X(display, "display") \
	X(display_levels, "display-levels") \
	X(display_name, "display-name") \
	X(encryption_data, "encryption-data") \
	X(family, "family") \
	X(font_family, "font-family") \
	X(font_name, "font-name") \
	X(font_size, "font-size") \
	X(font_style, "font-style") \
	X(font_weight, "font-weight") \
	X(h, "h") \
	X(image, "image") \
	X(is_list_header, "is-list-header") \
	X(keep_with_next, "keep-with-next") \
	X(level, "level") \
	X(line_break, "line-break") \
	X(list, "list") \
	X(list_header, "list-header") \
	X(list_item, "list-item") \
	X(list_level_style_bullet, "list-level-style-bullet") \
	X(list_level_style_image, "list-level-style-image") \
	X(list_level_style_number, "list-level-style-number") \
	X(list_style, "list-style") \
	X(master_page_name, "master-page-name") \
	X(note, "note") \
	X(note_citation, "note-citation") \
	X(num_format, "num-format") \
	X(num_list_format, "num-list-format") \
	X(num_prefix, "num-prefix") \
	X(num_suffix, "num-suffix") \
	X(number, "number") \
	X(number_columns_repeated, "number-columns-repeated") \
	X(outline_level, "outline-level") \
	X(outline_level_style, "outline-level-style") \
	X(outline_style, "outline-style") \
	X(paragraph_properties, "paragraph-properties") \
	X(parent_style_name, "parent-style-name") \
	X(ruby_text, "ruby-text") \
	X(s, "s") \
	X(section, "section") \
	X(showing_place_holder, "showing-place-holder") \
	X(span, "span") \
	X(start_value, "start-value") \
	X(style_name, "style-name") \
	X(table, "table") \
	X(table_cell, "table-cell") \
	X(table_column, "table-column") \
	X(table_of_content, "table-of-content") \
	X(table_row, "table-row") \
	X(text, "text") \
	X(text_align, "text-align") \
	X(text_box, "text-box") \
	X(text_properties, "text-properties") \
	X(text_transform, "text-transform") \
	X(text_underline_style, "text-underline-style") \
	X(tracked_changes, "tracked-changes")

#endif
