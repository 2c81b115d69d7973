/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Text in UTF-8 (RFC 3629), and how what cannot be seen in it is made visible. */

enum { UTF8_INVALID = 0xFFFD, UTF8_SHOWN_BYTES = 7 }; /* of one character that is made visible, "\u009b" */

/* The code point at `text`, which is not at its end, and its bytes; a byte that begins no character counts as one
 * character, UTF8_INVALID. */
uint32_t utf8_decode(const char *text, int *n_bytes);

/* Does a character begin with this byte? */
static inline int utf8_begins(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

/* The characters in `n_bytes` of text. */
int utf8_count(size_t n_bytes, const char *text);

/* The bytes of the whole characters with which `text` begins: at most `most` of them, in at most `n_bytes`. */
size_t utf8_head(const char *text, int most, size_t n_bytes);

/* Does this character move the cursor, switch a terminal or turn text around instead of showing something? So do the
 * control characters (C0, DEL, C1), the marks of direction, the separators of lines and paragraphs; and what has no width
 * (a soft hyphen, a zero width space), which makes two names look the same. The joiners are part of some scripts. */
int utf8_is_hidden(uint32_t code);

/* If the character at `text` is hidden or no UTF-8: writes what is shown for it, "\u001b" or "\x9b", and returns 1. */
int utf8_show_one(const char *text, char shown[UTF8_SHOWN_BYTES], int *n_bytes);

/* Copies `text` with all such characters made visible; what does not fit into `n_bytes`, a terminator included, is left
 * off at the end of a character. */
void utf8_show(const char *text, size_t n_bytes, char *shown);

#endif
