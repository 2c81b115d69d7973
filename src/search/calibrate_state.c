/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search/calibrate_state.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/files.h"
#include "build_info.h"

static const char magic[16] = CALIBRATE_STATE_BEGINS;

struct state_head {
    char magic[16];
    char study[33];   /* digest of its text, overrides, what determines results, the replicates and the model */
    char content[33]; /* digest of what was found: the numbers below and those that follow the head */
    int32_t n, n_priors, n_targets, has_theory, n_generations, n_steps;
    int64_t n_draws, n_runs;
    double tolerance;
    struct generation generations[CALIBRATE_MAX_GENERATIONS];
};

static size_t count_numbers(const struct posterior *posterior)
{
    return (size_t)posterior->n * (2 * (size_t)posterior->n_priors + 4 * (size_t)posterior->n_targets + 2);
}

static void digest_study(const struct study *study, int n_replicates, char hex[33])
{
    struct digest digest;
    char own[33];
    study_digest(study, own);
    digest_begin(&digest);
    digest_text(&digest, own);
    digest_text(&digest, study->text);
    digest_text(&digest, study->overrides);
    digest_text(&digest, DREDGE_MODEL_STAMP);
    digest_whole(&digest, n_replicates);
    digest_hex(&digest, hex);
}

void calibrate_identity(const struct study *study, const struct calibrate_options *options, char hex[33])
{
    struct digest digest;
    char own[33];
    digest_study(study, options->n_replicates, own);
    digest_begin(&digest);
    digest_text(&digest, own);
    digest_whole(&digest, options->n_particles);
    digest_whole(&digest, options->n_draws);
    digest_hex(&digest, hex);
}

static void digest_content(const struct state_head *head, const struct posterior *posterior, char hex[33])
{
    struct digest digest;
    digest_begin(&digest);
    digest_whole(&digest, head->n_generations);
    digest_whole(&digest, head->n_steps);
    digest_whole(&digest, head->n_draws);
    digest_whole(&digest, head->n_runs);
    digest_reals(&digest, 1, &head->tolerance);
    digest_bytes(&digest, sizeof head->generations, head->generations);
    digest_reals(&digest, count_numbers(posterior), posterior->u);
    for (int i = 0; posterior->theory != NULL && i < posterior->n; i++) {
        digest_whole(&digest, posterior->theory[i]);
    }
    digest_hex(&digest, hex);
}

dredge_status calibrate_state_save(const char *path, const struct study *study, const struct posterior *posterior,
                                   int n_replicates, int n_steps)
{
    struct state_head head;
    struct files_writer writer = {0};
    memset(&head, 0, sizeof head);
    memcpy(head.magic, magic, sizeof head.magic);
    head.n = posterior->n;
    head.n_priors = posterior->n_priors;
    head.n_targets = posterior->n_targets;
    head.has_theory = posterior->theory != NULL;
    head.n_generations = posterior->n_generations;
    head.n_steps = n_steps;
    head.n_draws = posterior->n_draws;
    head.n_runs = posterior->n_runs;
    head.tolerance = posterior->tolerance;
    memcpy(head.generations, posterior->generations, sizeof head.generations);
    digest_study(study, n_replicates, head.study);
    digest_content(&head, posterior, head.content);
    dredge_status status = files_begin(&writer, path);
    if (status == DREDGE_OK) {
        status = files_add(&writer, sizeof head, &head);
    }
    if (status == DREDGE_OK) {
        status = files_add(&writer, count_numbers(posterior) * sizeof(double), posterior->u);
    }
    if (status == DREDGE_OK && posterior->theory != NULL) {
        status = files_add(&writer, (size_t)posterior->n * sizeof(int), posterior->theory);
    }
    if (status == DREDGE_OK) {
        status = files_commit(&writer);
    }
    files_abandon(&writer);
    return status;
}

dredge_status calibrate_state_load(const char *path, const struct study *study, struct posterior *posterior,
                                   int n_replicates, int *n_steps, int *found)
{
    struct state_head head;
    char own[33];
    char *bytes = NULL;
    size_t n_bytes = 0;
    size_t n_numbers = count_numbers(posterior) * sizeof(double);
    size_t n_theories = posterior->theory != NULL ? (size_t)posterior->n * sizeof(int) : 0;
    *found = 0;
    if (!files_exist(path)) {
        return DREDGE_OK;
    }
    digest_study(study, n_replicates, own);
    size_t n_expected = sizeof head + n_numbers + n_theories;
    int fits = files_size(path) <= (long long)n_expected;
    dredge_status status = fits ? files_read(path, n_expected, &bytes, &n_bytes) : DREDGE_OK;
    if (status != DREDGE_OK) {
        return status;
    }
    fits = bytes != NULL && n_bytes == n_expected;
    if (fits) {
        memcpy(&head, bytes, sizeof head);
        fits = memcmp(head.magic, magic, sizeof magic) == 0 && memcmp(head.study, own, sizeof own) == 0 &&
               head.n == posterior->n && head.n_priors == posterior->n_priors &&
               head.n_targets == posterior->n_targets && head.has_theory == (posterior->theory != NULL) &&
               head.n_generations >= 0 && head.n_generations <= CALIBRATE_MAX_GENERATIONS;
    }
    if (fits) {
        memcpy(posterior->u, bytes + sizeof head, n_numbers);
        if (posterior->theory != NULL) {
            memcpy(posterior->theory, bytes + sizeof head + n_numbers, n_theories);
        }
        digest_content(&head, posterior, own);
        fits = memcmp(head.content, own, sizeof own) == 0;
    }
    free(bytes);
    if (status == DREDGE_OK && !fits) {
        return status_fail(
            DREDGE_FILE,
            "%s: not the state of this calibration: of another study or another model, with other options, "
            "or damaged; remove it to begin anew",
            path);
    }
    posterior->n_generations = head.n_generations;
    memcpy(posterior->generations, head.generations, sizeof head.generations);
    posterior->n_draws = head.n_draws;
    posterior->n_runs = head.n_runs;
    posterior->tolerance = head.tolerance;
    *n_steps = head.n_steps;
    *found = 1;
    return status;
}
