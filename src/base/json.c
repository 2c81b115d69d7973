/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/utf8.h"

enum { NUMBER_BYTES = 64 };

static void append(struct json *json, const char *bytes, size_t n_bytes)
{
    if (json->no_memory) {
        return;
    }
    if (n_bytes > json->capacity - json->n_bytes) {
        size_t capacity = 2 * (json->n_bytes + n_bytes) + 256;
        char *text = capacity > n_bytes ? realloc(json->text, capacity) : NULL;
        if (text == NULL) {
            json->no_memory = 1;
            return;
        }
        json->text = text;
        json->capacity = capacity;
    }
    memcpy(json->text + json->n_bytes, bytes, n_bytes);
    json->n_bytes += n_bytes;
}

/* Before a value: the comma that separates it from the one before. Inside an object a value needs its key. */
static void begin_value(struct json *json)
{
    if (json->depth == 0) {
        json->wrong_order |= json->n_bytes > 0;
        return;
    }
    if (json->level[json->depth - 1].closing == ']') {
        if (json->level[json->depth - 1].n_values++ > 0) {
            append(json, ",", 1);
        }
    } else {
        json->wrong_order |= !json->after_key;
        json->after_key = 0;
    }
}

static void begin_level(struct json *json, const char *opening, char closing)
{
    begin_value(json);
    if (json->depth == JSON_MAX_DEPTH) {
        json->wrong_order = 1;
        return;
    }
    append(json, opening, 1);
    json->level[json->depth].closing = closing;
    json->level[json->depth].n_values = 0;
    json->depth++;
}

void json_begin_object(struct json *json)
{
    begin_level(json, "{", '}');
}

void json_begin_array(struct json *json)
{
    begin_level(json, "[", ']');
}

void json_end(struct json *json)
{
    if (json->depth == 0 || json->after_key) {
        json->wrong_order = 1;
        return;
    }
    json->depth--;
    append(json, &json->level[json->depth].closing, 1);
}

static void append_string(struct json *json, const char *string)
{
    append(json, "\"", 1);
    for (int length; *string != '\0'; string += length) {
        char escaped[8];
        uint32_t code = utf8_decode(string, &length);
        if (code == UTF8_INVALID) {
            append(json, "\xEF\xBF\xBD", 3);
        } else if (code == '"' || code == '\\') {
            escaped[0] = '\\';
            escaped[1] = (char)code;
            append(json, escaped, 2);
        } else if (code == '\n') {
            append(json, "\\n", 2);
        } else if (utf8_is_hidden(code) || code == '<') {
            (void)snprintf(escaped, sizeof escaped, "\\u%04x", (unsigned)(code & 0xFFFF));
            append(json, escaped, 6);
        } else {
            append(json, string, (size_t)length);
        }
    }
    append(json, "\"", 1);
}

void json_key(struct json *json, const char *key)
{
    if (json->depth == 0 || json->level[json->depth - 1].closing != '}' || json->after_key) {
        json->wrong_order = 1;
        return;
    }
    if (json->level[json->depth - 1].n_values++ > 0) {
        append(json, ",", 1);
    }
    append_string(json, key);
    append(json, ":", 1);
    json->after_key = 1;
}

void json_string(struct json *json, const char *string)
{
    if (string == NULL) {
        json_null(json);
        return;
    }
    begin_value(json);
    append_string(json, string);
}

/* How a kind of number is written and read back. */
struct precision {
    int n_sure,
        n_most; /* digits: any decimal of so many survives the way through it and back; so many tell all apart */
    double smallest_normal;
    int is_float;
};

static const struct precision double_precision = {15, 17, 0x1p-1022, 0}, float_precision = {6, 9, 0x1p-126, 1};

/* Tries more and more digits. Those that are sure, without trailing zeros, are the shortest form if they read back at
 * all; the numbers below the normal ones have no sure digits. */
static void append_shortest(struct json *json, double number, const struct precision *precision)
{
    char decimal[NUMBER_BYTES];
    int n_digits = fabs(number) < precision->smallest_normal ? 1 : precision->n_sure;
    for (; n_digits <= precision->n_most; n_digits++) {
        (void)snprintf(decimal, sizeof decimal, "%.*g", n_digits, number);
        double back = precision->is_float ? (double)strtof(decimal, NULL) : strtod(decimal, NULL);
        if (back >= number && back <= number) {
            break;
        }
    }
    decimal_use_point(decimal);
    append(json, decimal, strlen(decimal));
}

void json_number(struct json *json, double number)
{
    begin_value(json);
    if (!isfinite(number)) {
        append(json, "null", 4);
        return;
    }
    append_shortest(json, number, &double_precision);
}

void json_float(struct json *json, float number)
{
    begin_value(json);
    if (!isfinite(number)) {
        append(json, "null", 4);
        return;
    }
    append_shortest(json, (double)number, &float_precision);
}

void json_whole(struct json *json, int64_t number)
{
    char decimal[NUMBER_BYTES];
    begin_value(json);
    int n_bytes = snprintf(decimal, sizeof decimal, "%lld", (long long)number);
    append(json, decimal, (size_t)n_bytes);
}

void json_boolean(struct json *json, int truth)
{
    json_raw(json, truth ? "true" : "false");
}

void json_null(struct json *json)
{
    json_raw(json, "null");
}

void json_put_string(struct json *json, const char *key, const char *string)
{
    json_key(json, key);
    json_string(json, string);
}

void json_put_number(struct json *json, const char *key, double number)
{
    json_key(json, key);
    json_number(json, number);
}

void json_put_whole(struct json *json, const char *key, int64_t number)
{
    json_key(json, key);
    json_whole(json, number);
}

void json_put_strings(struct json *json, const char *key, int n, const char *const *strings)
{
    json_key(json, key);
    json_begin_array(json);
    for (int index = 0; index < n; index++) {
        json_string(json, strings[index]);
    }
    json_end(json);
}

void json_put_wholes(struct json *json, const char *key, int n, const int *numbers)
{
    json_key(json, key);
    json_begin_array(json);
    for (int index = 0; index < n; index++) {
        json_whole(json, numbers[index]);
    }
    json_end(json);
}

void json_raw(struct json *json, const char *document)
{
    begin_value(json);
    append(json, document, strlen(document));
}

dredge_status json_finish(struct json *json, char **text)
{
    dredge_status status = DREDGE_OK;
    *text = NULL;
    if (json->wrong_order || json->depth > 0 || json->n_bytes == 0) {
        status = json->no_memory ? status_no_memory(json->capacity)
                                 : status_fail(DREDGE_FAILURE, "a JSON document was left incomplete");
        goto out;
    }
    append(json, "", 1);
    if (json->no_memory) {
        status = status_no_memory(2ULL * json->capacity);
        goto out;
    }
    *text = json->text;
    json->text = NULL;

out:
    json_free(json);
    return status;
}

void json_free(struct json *json)
{
    free(json->text);
    memset(json, 0, sizeof *json);
}
