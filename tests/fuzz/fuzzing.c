/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzzing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "study/study.h"

void promise(int kept, const char *what)
{
    if (!kept) {
        (void)fprintf(stderr, "broken promise: %s\n%s\n", what, status_message());
        abort();
    }
}

/* Millions of points are allowed, but take the time of thousands of inputs: is the number behind one of these words as
 * large? */
static int is_slow(const char *text)
{
    static const char *const sizes[] = {"points", "bases", "trajectories"};
    for (size_t size = 0; size < 3; size++) {
        for (const char *at = strstr(text, sizes[size]); at != NULL; at = strstr(at + 1, sizes[size])) {
            const char *number = at + strlen(sizes[size]);
            number += strcspn(number, "0123456789");
            if (strspn(number, "0123456789.eE+") > 4 ||
                strpbrk(number, "eE") == number + strspn(number, "0123456789")) {
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
        const char *table = strstr(line, ".csv:"); /* beside the study */
        has_place |= table != NULL && sscanf(table, ".csv:%d: ", &line_number) == 1 && line_number > 0;
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
    const char *lines[FUZZ_MOST_OVERRIDES];
    int n_lines = 0;
    char *overrides = strdup(study->overrides);
    promise(overrides != NULL, "memory");
    for (char *line = overrides; *line != '\0' && n_lines < FUZZ_MOST_OVERRIDES;) {
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

void study_promises(size_t n_text, const char *text, int n_overrides, const char *const *overrides)
{
    struct study study;
    int slow = is_slow(text);
    for (int i = 0; i < n_overrides; i++) {
        slow |= is_slow(overrides[i]);
    }
    status_clear();
    dredge_status status = slow ? DREDGE_USAGE : study_parse("fuzz.yaml", text, n_text, n_overrides, overrides, &study);
    if (status == DREDGE_STUDY) {
        check_refused(&study);
    } else if (status == DREDGE_OK) {
        check_points(&study);
        check_again(&study);
        study_free(&study);
    }
}

enum { MOST_FILES = 4 };

static char folder[64];
static char paths[MOST_FILES][128];

static void remove_folder(void)
{
    for (int file = 0; file < MOST_FILES && paths[file][0] != '\0'; file++) {
        (void)unlink(paths[file]);
    }
    (void)rmdir(folder);
}

const char *fuzz_file(const char *name, size_t n_bytes, const void *bytes)
{
    const char *above = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    char path[sizeof paths[0]];
    if (folder[0] == '\0') {
        (void)snprintf(folder, sizeof folder, "%s/dredge-fuzz-XXXXXX", above);
        promise(mkdtemp(folder) != NULL, "a folder");
        promise(atexit(remove_folder) == 0, "to clear up");
    }
    int own = 0;
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    while (own < MOST_FILES - 1 && paths[own][0] != '\0' && strcmp(paths[own], path) != 0) {
        own++;
    }
    memcpy(paths[own], path, sizeof path);
    FILE *file = fopen(path, "wb");
    promise(file != NULL && fwrite(bytes, 1, n_bytes, file) == n_bytes, "a file");
    promise(fclose(file) == 0, "a file");
    return paths[own];
}
