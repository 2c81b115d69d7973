/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/arguments.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "build_info.h"
#include "cli/out.h"
#include "store/file/particles.h"
#include "study/posterior_file.h"
#include "study/yaml.h"

dredge_status arguments_take_sets(int *argc, char **argv, struct overrides *overrides)
{
    int kept = 1;
    overrides->n = 0;
    for (int k = 1; k < *argc; k++) {
        const char *value = NULL;
        if (strcmp(argv[k], "--") == 0) {
            while (k < *argc) {
                argv[kept++] = argv[k++];
            }
            break;
        }
        if (strncmp(argv[k], "--set=", 6) == 0) {
            value = argv[k] + 6;
        } else if (strcmp(argv[k], "--set") == 0) {
            if (k + 1 == *argc) {
                return status_fail(DREDGE_USAGE, "--set needs KEY=VALUE");
            }
            value = argv[++k];
        } else {
            argv[kept++] = argv[k];
            continue;
        }
        if (overrides->n == ARGUMENTS_MAX_OVERRIDES) {
            return status_fail(DREDGE_USAGE, "more than %d times --set", (int)ARGUMENTS_MAX_OVERRIDES);
        }
        overrides->values[overrides->n++] = value;
    }
    *argc = kept;
    return DREDGE_OK;
}

static dredge_status add_short(struct overrides *overrides, const char *key, const char *text, char *place)
{
    if (text == NULL) {
        return DREDGE_OK;
    }
    int length = snprintf(place, ARGUMENTS_OVERRIDE_BYTES, "%s=%s", key, text);
    if (length < 0 || length >= ARGUMENTS_OVERRIDE_BYTES) {
        return status_fail(DREDGE_USAGE, "--%s: \"%.20s...\" is too long for a number", key, text);
    }
    overrides->values[overrides->n++] = place;
    return DREDGE_OK;
}

dredge_status arguments_add_short(struct overrides *overrides, const char *replicates, const char *seed)
{
    dredge_status status = add_short(overrides, "replicates", replicates, overrides->replicates);
    return status == DREDGE_OK ? add_short(overrides, "seed", seed, overrides->seed) : status;
}

dredge_status arguments_whole(const char *option, const char *text, long long low, long long high, long long *number)
{
    if (text == NULL) {
        return DREDGE_OK;
    }
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (end == text || *end != '\0' || errno != 0 || value < low || value > high) {
        return status_fail(DREDGE_USAGE, "%s %s: must be a whole number from %lld to %lld", option, text, low, high);
    }
    *number = value;
    return DREDGE_OK;
}

dredge_status arguments_shard(const char *text, int *shard, int *n_shards)
{
    if (text == NULL) {
        return DREDGE_OK;
    }
    char *end;
    long number = strtol(text, &end, 10);
    long total = *end == '/' ? strtol(end + 1, &end, 10) : 0;
    if (*end != '\0' || number < 1 || number > total || total > 999999999) {
        return status_fail(DREDGE_USAGE, "--shard %s: must be I/N, with I from 1 to N, such as 1/4", text);
    }
    *shard = (int)number - 1;
    *n_shards = (int)total;
    return DREDGE_OK;
}

dredge_status arguments_study(const char *file, const struct overrides *overrides, struct study *study)
{
    posterior_read_by(particles_table);
    if (strcmp(file, "-") != 0) {
        return study_read(file, overrides->n, overrides->values, study);
    }
    memset(study, 0, sizeof *study);
    size_t capacity = YAML_MAX_BYTES + 1, n_bytes = 0; /* one more than is accepted, so that longer ones show */
    char *text = malloc(capacity);
    if (text == NULL) {
        return status_no_memory(capacity);
    }
    dredge_status status = DREDGE_OK;
    while (status == DREDGE_OK && n_bytes < capacity) {
        ssize_t n = read(STDIN_FILENO, text + n_bytes, capacity - n_bytes);
        if (n < 0 && errno != EINTR) {
            status = status_fail(DREDGE_FILE, "cannot read the study from standard input: %s", strerror(errno));
        }
        if (n == 0) {
            break;
        }
        n_bytes += n > 0 ? (size_t)n : 0;
    }
    if (status == DREDGE_OK) {
        status = study_parse("standard input", text, n_bytes, overrides->n, overrides->values, study);
    }
    free(text);
    return status;
}

char *arguments_default_output(const char *study_path)
{
    if (strcmp(study_path, "-") == 0) {
        study_path = "study";
    }
    const char *slash = strrchr(study_path, '/');
    const char *name = slash == NULL ? study_path : slash + 1;
    const char *dot = strrchr(name, '.');
    int length = (int)(dot == NULL || dot == name ? strlen(name) : (size_t)(dot - name));
    size_t n_bytes = (size_t)length + sizeof "results/.h5";
    char *path = malloc(n_bytes);
    if (path != NULL) {
        (void)snprintf(path, n_bytes, "results/%.*s.h5", length, name);
    }
    return path;
}

const char *arguments_duration(double seconds, char text[ARGUMENTS_DURATION_BYTES])
{
    static const double minute = 60, hour = 3600, day = 86400;
    const char *unit = seconds < 2 * minute ? "s"
                       : seconds < 2 * hour ? "minutes"
                       : seconds < 2 * day  ? "hours"
                                            : "days";
    double size = seconds < 2 * minute ? 1 : seconds < 2 * hour ? minute : seconds < 2 * day ? hour : day;
    double number = seconds / size;
    (void)snprintf(text, ARGUMENTS_DURATION_BYTES, number < 10 ? "%.2g %s" : "%.0f %s", number, unit);
    return text;
}

void arguments_print_version(const char *program)
{
    out_print("%s %s\ncommit %s\nmodel %s\n", program, DREDGE_VERSION, DREDGE_COMMIT, DREDGE_MODEL_STAMP);
}

int arguments_exit(const char *command, dredge_status status)
{
    const char *sentence = status_message();
    if (status == DREDGE_STUDY && *sentence != '\0') {
        out_tell("%s\n", sentence);
    } else if (status != DREDGE_OK) {
        out_tell("dredge %s: %s\n", command, *sentence != '\0' ? sentence : status_name(status));
    }
    return status_exit(status);
}
