/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* Writes one JSON document (RFC 8259) piece by piece to a growing buffer. Commas and colons come by themselves. Nothing
 * has to be checked on the way: running out of memory, or pieces in an impossible order, shows in json_finish.
 *
 *     struct json json = {0};
 *     json_begin_object(&json);
 *     json_key(&json, "mean");
 *     json_number(&json, 0.5);
 *     json_end(&json);
 *     status = json_finish(&json, &text); */

enum { JSON_MAX_DEPTH = 64 };

struct json {
    char *text; /* what is written so far, owned; not terminated */
    size_t n_bytes, capacity;
    int depth;     /* open objects and arrays */
    int after_key; /* a key waits for its value */
    int wrong_order, no_memory;
    struct {
        char closing; /* '}' or ']' */
        int n_values; /* members or elements so far */
    } level[JSON_MAX_DEPTH];
};

void json_begin_object(struct json *json);
void json_begin_array(struct json *json);
void json_end(struct json *json); /* of the innermost open object or array */

void json_key(struct json *json, const char *key);

/* UTF-8; what is not becomes U+FFFD. "<" is escaped, so that the document can stand inside an HTML script element. NULL
 * gives null. */
void json_string(struct json *json, const char *string);

/* The shortest decimal that reads back as the same double or float; NaN and infinities give null. */
void json_number(struct json *json, double number);
void json_float(struct json *json, float number);

void json_whole(struct json *json, int64_t number);
void json_boolean(struct json *json, int truth);
void json_null(struct json *json);

/* A member of the innermost object: a key and its value. */
void json_put_string(struct json *json, const char *key, const char *string);
void json_put_number(struct json *json, const char *key, double number);
void json_put_whole(struct json *json, const char *key, int64_t number);

/* A member that is an array. */
void json_put_strings(struct json *json, const char *key, int n, const char *const *strings);
void json_put_wholes(struct json *json, const char *key, int n, const int *numbers);

/* A value that is JSON already, not checked. */
void json_raw(struct json *json, const char *document);

/* The document, terminated, which the caller frees with free; the writer is zeroed, ready for another. On failure
 * `*text` is NULL: DREDGE_MEMORY, or DREDGE_FAILURE when objects or arrays are open or pieces came in a wrong order. */
STATUS_CHECKED dredge_status json_finish(struct json *json, char **text);

/* Frees an unfinished document; safe on a zeroed or finished writer. */
void json_free(struct json *json);

#endif
