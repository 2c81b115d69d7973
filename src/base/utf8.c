/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

/* The well-formed sequences of the Unicode Standard, table 3-7: ranges of the first and second byte; the rest are 80 to
 * BF. */
static const struct {
    unsigned char first_low, first_high, second_low, second_high;
    int n_bytes;
} forms[] = {
    {0x00, 0x7F, 0x00, 0x00, 1}, {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
    {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
    {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
};

uint32_t utf8_decode(const char *text, int *n_bytes)
{
    const unsigned char *byte = (const unsigned char *)text;
    static const unsigned char masks[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    *n_bytes = 1;
    for (size_t form = 0; form < sizeof forms / sizeof forms[0]; form++) {
        int n = forms[form].n_bytes;
        if (byte[0] < forms[form].first_low || byte[0] > forms[form].first_high) {
            continue;
        }
        if (n > 1 && (byte[1] < forms[form].second_low || byte[1] > forms[form].second_high)) {
            return UTF8_INVALID;
        }
        uint32_t code = byte[0] & masks[n];
        for (int k = 1; k < n; k++) {
            if (k > 1 && utf8_begins(text[k])) {
                return UTF8_INVALID;
            }
            code = code << 6 | (byte[k] & 0x3FU);
        }
        *n_bytes = n;
        return code;
    }
    return UTF8_INVALID;
}

int utf8_count(size_t n_bytes, const char *text)
{
    int n = 0;
    for (size_t at = 0; at < n_bytes; at++) {
        n += utf8_begins(text[at]);
    }
    return n;
}

size_t utf8_head(const char *text, int most, size_t n_bytes)
{
    size_t head = 0;
    for (int n = 0; n < most && text[head] != '\0'; n++) {
        size_t next = head + 1;
        while (text[next] != '\0' && !utf8_begins(text[next])) {
            next++;
        }
        if (next > n_bytes) {
            break;
        }
        head = next;
    }
    return head;
}

int utf8_is_hidden(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xAD || code == 0x061C ||
           (code >= 0x200B && code <= 0x200F && code != 0x200C && code != 0x200D) ||
           (code >= 0x2028 && code <= 0x202E) || (code >= 0x2060 && code <= 0x2069) || code == 0xFEFF;
}

int utf8_show_one(const char *text, char shown[UTF8_SHOWN_BYTES], int *n_bytes)
{
    uint32_t code = utf8_decode(text, n_bytes);
    if (code == UTF8_INVALID && *n_bytes == 1) {
        (void)snprintf(shown, UTF8_SHOWN_BYTES, "\\x%02x", (unsigned)(unsigned char)*text);
        return 1;
    }
    if (utf8_is_hidden(code)) {
        (void)snprintf(shown, UTF8_SHOWN_BYTES, "\\u%04x", (unsigned)(code & 0xFFFF));
        return 1;
    }
    return 0;
}

void utf8_show(const char *text, size_t n_bytes, char *shown)
{
    size_t used = 0;
    for (int n = 0; *text != '\0'; text += n) {
        char one[UTF8_SHOWN_BYTES];
        int is_hidden = utf8_show_one(text, one, &n);
        size_t length = is_hidden ? strlen(one) : (size_t)n;
        if (used + length >= n_bytes) {
            break;
        }
        memcpy(shown + used, is_hidden ? one : text, length);
        used += length;
    }
    shown[used] = '\0';
}
