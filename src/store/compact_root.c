/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/compact_parts.h"

void compact_lists(struct compaction *compaction)
{
    struct layout *layout = compaction->layout;
    const struct replication *replication = &compaction->study->replication;
    int n_points = compaction->shape.n_points, is_adaptive = replication->outcome >= 0;
    uint8_t hit_max[1024];
    for (int first = 0; first < n_points; first += 1024) {
        int count = n_points - first < 1024 ? n_points - first : 1024;
        const int *done = compaction->replicates_done + first;
        for (int i = 0; i < count; i++) {
            hit_max[i] = is_adaptive && done[i] >= replication->max;
        }
        layout_put_done(layout, first, count, done, hit_max);
    }
}

/* The texts as lines; the caller frees them; NULL when out of memory. */
static char *join_lines(size_t n, const char *const *texts)
{
    size_t n_bytes = 1, length = 0;
    for (size_t i = 0; i < n; i++) {
        n_bytes += strlen(texts[i]) + 1;
    }
    char *lines = calloc(n_bytes, 1);
    for (size_t i = 0; lines != NULL && i < n; i++) {
        length += (size_t)snprintf(lines + length, n_bytes - length, "%s%s", i > 0 ? "\n" : "", texts[i]);
    }
    return lines;
}

static void put_texts(struct compaction *compaction, const struct compact_options *options, const char *digest,
                      const char *regimes, const char *factors)
{
    const struct study *study = compaction->study;
    struct layout *layout = compaction->layout;
    char version[16];
    (void)snprintf(version, sizeof version, "%d", RESULTS_FORMAT_VERSION);
    const struct {
        enum results_text which;
        const char *text;
    } texts[] = {{RESULTS_FORMAT, version},
                 {RESULTS_DIGEST, digest},
                 {RESULTS_STUDY_DIGEST, compaction->pool->head.study_digest},
                 {RESULTS_TRAJECTORIES, results_trajectories[compaction->shape.trajectories]},
                 {RESULTS_REGIMES, regimes},
                 {RESULTS_FACTORS, factors},
                 {RESULTS_STUDY, study->text},
                 {RESULTS_OVERRIDES, study->overrides},
                 {RESULTS_PROVENANCE, options->provenance}};
    layout_put_text(layout, results_text_names[RESULTS_TITLE], study->title);
    layout_put_text(layout, "question", study->question);
    layout_put_text(layout, "scale", scale_names[study->scale]);
    layout_put_text(layout, "Conventions", "CF-1.8");
    layout_put_text(layout, "baseline", study->regimes[0].name);
    layout_put_number(layout, "runs_done", (double)compaction->n_done);
    layout_put_number(layout, "runs_failed", (double)compaction->n_failed);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        layout_put_text(layout, results_text_names[texts[i].which], texts[i].text);
    }
    if (options->shards[0] != '\0') {
        layout_put_text(layout, results_text_names[RESULTS_SHARDS], options->shards);
    }
}

dredge_status compact_root(struct compaction *compaction, const struct compact_options *options)
{
    const struct study *study = compaction->study;
    const struct design *design = &study->design;
    size_t n_factors = (size_t)design->n_factors, n_regimes = (size_t)study->n_regimes;
    size_t n_months = (size_t)compaction->shape.n_months;
    char digest[33], *regimes = NULL, *factors = NULL;
    const char **names = malloc((n_regimes + n_factors) * sizeof *names), **keys = NULL;
    int *months = malloc((n_months + 1) * sizeof *months);
    dredge_status status = DREDGE_OK;
    if (names == NULL || months == NULL) {
        status = status_no_memory((n_regimes + n_factors) * sizeof *names);
        goto out;
    }
    keys = names + n_regimes;
    for (size_t regime = 0; regime < n_regimes; regime++) {
        names[regime] = study->regimes[regime].name;
    }
    for (size_t factor = 0; factor < n_factors; factor++) {
        keys[factor] = design->factors[factor].key;
    }
    for (size_t sample = 0; sample < n_months; sample++) {
        months[sample] = layout_month(study, (int)sample);
    }
    regimes = join_lines(n_regimes, names);
    factors = join_lines(n_factors, keys);
    if (regimes == NULL || factors == NULL) {
        status = status_no_memory(n_factors * STUDY_KEY_BYTES);
        goto out;
    }
    content_finish(&compaction->content, names, design->n_factors, keys, design->values, months, digest);
    put_texts(compaction, options, digest, regimes, factors);

out:
    free(regimes);
    free(factors);
    free(names);
    free(months);
    return status;
}
