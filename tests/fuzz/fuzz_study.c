/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/study.h"

/* Reads the input as a study and its overrides: the text of the file, then each override after a byte 0x1E. Besides
 * crashes, leaks and undefined behaviour it looks for broken promises: a refused study must leave nothing but sentences
 * that begin with their place, an accepted one must be read the same again from what it keeps. */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes);

enum { SEPARATOR = 0x1E, MAX_OVERRIDES = 16 };

static void promise(int kept, const char *what)
{
    if (!kept) {
        (void)fprintf(stderr, "broken promise: %s\n%s\n", what, status_message());
        abort();
    }
}

/* Millions of points are allowed, but take the time of thousands of inputs. */
static int is_slow(const char *text)
{
    static const char *const sizes[] = {"points", "bases", "trajectories"};
    for (size_t size = 0; size < 3; size++) {
        for (const char *at = strstr(text, sizes[size]); at != NULL; at = strstr(at + 1, sizes[size])) {
            int n_digits = 0;
            const char *end = at + strnlen(at, 40);
            for (const char *next = at + strlen(sizes[size]); next < end; next++) {
                int is_exponent = *next == 'e' || *next == 'E';
                n_digits += isdigit((unsigned char)*next) ? 1 : 4 * is_exponent;
            }
            if (n_digits > 4) {
                return 1;
            }
        }
    }
    return 0;
}

static void check_refused(const struct study *study)
{
    static const struct study zeroed;
    promise(memcmp(study, &zeroed, sizeof zeroed) == 0, "a refused study is zeroed");
    const char *line = status_message();
    promise(line[0] != '\0', "a refusal has a sentence");
    for (; line != NULL; line = strchr(line, '\n') != NULL ? strchr(line, '\n') + 1 : NULL) {
        int line_number, has_place = sscanf(line, "fuzz.yaml:%d: ", &line_number) == 1 && line_number > 0;
        promise(has_place || strncmp(line, "--set ", 6) == 0 || strncmp(line, "... and ", 8) == 0,
                "a sentence begins with its place");
    }
}

static void check_points(const struct study *study)
{
    struct regime *regimes = malloc((size_t)study->n_regimes * sizeof *regimes);
    promise(regimes != NULL, "memory");
    for (int end = 0; end < 2; end++) {
        struct parameters parameters;
        char sentence[256] = "";
        int point = end == 0 ? 0 : study->design.n_points - 1;
        dredge_status status = study_point(study, point, &parameters, regimes, sizeof sentence, sentence);
        promise((status == DREDGE_OK) == (sentence[0] == '\0'), "an impossible point has a sentence, others have none");
        for (int index = 0; index < n_parameters; index++) {
            double value = parameter_get(&parameters, index);
            promise(value >= parameter_infos[index].low && value <= parameter_infos[index].high, "values in range");
        }
        for (int regime = 0; regime < study->n_regimes; regime++) {
            for (int index = 0; index < n_steering; index++) {
                double value = steering_get(&regimes[regime].phase[0].steering, index);
                promise(value >= steering_infos[index].low && value <= steering_infos[index].high, "steering in range");
            }
        }
    }
    promise(study_n_samples(study) >= 0, "a number of samples");
    free(regimes);
}

static void check_again(const struct study *study)
{
    const char *lines[MAX_OVERRIDES];
    int n_lines = 0;
    char *overrides = strdup(study->overrides);
    promise(overrides != NULL, "memory");
    for (char *line = overrides; *line != '\0' && n_lines < MAX_OVERRIDES;) {
        char *end = strchr(line, '\n');
        promise(end != NULL, "every override ends its line");
        *end = '\0';
        lines[n_lines++] = line;
        line = end + 1;
    }
    struct study again;
    char digests[2][33];
    dredge_status status = study_parse("fuzz.yaml", study->text, strlen(study->text), n_lines, lines, &again);
    promise(status == DREDGE_OK, "an accepted study is accepted again");
    study_digest(study, digests[0]);
    study_digest(&again, digests[1]);
    promise(strcmp(digests[0], digests[1]) == 0, "the same text is the same study");
    study_free(&again);
    free(overrides);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    char *input = malloc(n_bytes + 1);
    if (input == NULL) {
        return 0;
    }
    if (n_bytes > 0) {
        memcpy(input, bytes, n_bytes);
    }
    input[n_bytes] = '\0';
    const char *overrides[MAX_OVERRIDES];
    int n_overrides = 0;
    size_t n_text = n_bytes;
    int slow = is_slow(input);
    for (size_t at = 0; at < n_bytes; at++) {
        if (input[at] == SEPARATOR && n_overrides < MAX_OVERRIDES) {
            n_text = n_overrides == 0 ? at : n_text;
            input[at] = '\0';
            slow |= is_slow(input + at + 1);
            overrides[n_overrides++] = input + at + 1;
        }
    }
    struct study study;
    status_clear();
    dredge_status status =
        slow ? DREDGE_USAGE : study_parse("fuzz.yaml", input, n_text, n_overrides, overrides, &study);
    if (status == DREDGE_STUDY) {
        check_refused(&study);
    } else if (status == DREDGE_OK) {
        check_points(&study);
        check_again(&study);
        study_free(&study);
    }
    free(input);
    return 0;
}
