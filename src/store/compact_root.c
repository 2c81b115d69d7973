/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "store/compact_parts.h"

void compact_lists(struct compaction *compaction)
{
    struct layout *layout = &compaction->layout;
    const struct replication *replication = &compaction->study->replication;
    int n_points = layout->extents.n_points, is_adaptive = replication->outcome >= 0;
    uint8_t hit_max[1024];
    for (int first = 0; first < n_points; first += 1024) {
        int count = n_points - first < 1024 ? n_points - first : 1024;
        const int *done = compaction->replicates_done + first;
        for (int i = 0; i < count; i++) {
            hit_max[i] = is_adaptive && done[i] >= replication->max;
        }
        layout_put(layout, layout->replicates_done, H5T_NATIVE_INT, 1, &first, &count, done);
        layout_put(layout, layout->hit_max, H5T_NATIVE_UINT8, 1, &first, &count, hit_max);
    }
}

/* The digest of the content and the root attributes. */
dredge_status compact_root(struct compaction *compaction, const struct compact_options *options)
{
    struct layout *layout = &compaction->layout;
    const struct study *study = compaction->study;
    const struct design *design = &study->design;
    const struct extents *extents = &layout->extents;
    size_t n_factors = (size_t)design->n_factors, n_regimes = (size_t)study->n_regimes;
    char digest[33], version[16];
    const char **regimes = malloc(n_regimes * sizeof *regimes), **keys = malloc((n_factors + 1) * sizeof *keys);
    char *factors = calloc(n_factors + 1, STUDY_KEY_BYTES + 1);
    int *months = malloc(((size_t)extents->n_months + 1) * sizeof *months);
    dredge_status status = DREDGE_OK;
    if (regimes == NULL || keys == NULL || factors == NULL || months == NULL) {
        status = status_no_memory((n_factors + 1) * (STUDY_KEY_BYTES + 1));
        goto out;
    }
    for (size_t regime = 0; regime < n_regimes; regime++) {
        regimes[regime] = study->regimes[regime].name;
    }
    for (size_t factor = 0, length = 0; factor < n_factors; factor++) {
        keys[factor] = design->factors[factor].key;
        length += (size_t)snprintf(factors + length, STUDY_KEY_BYTES + 1, "%s%s", factor > 0 ? "\n" : "", keys[factor]);
    }
    for (int sample = 0; sample < extents->n_months; sample++) {
        months[sample] = layout_month(study, sample);
    }
    content_finish(&compaction->content, regimes, design->n_factors, keys, design->values, months, digest);
    (void)snprintf(version, sizeof version, "%d", RESULTS_FORMAT_VERSION);
    layout_put_text(layout, results_text_names[RESULTS_TITLE], study->title);
    layout_put_text(layout, "question", study->question);
    layout_put_text(layout, "scale", study->scale);
    layout_put_text(layout, "Conventions", "CF-1.8");
    layout_put_text(layout, "baseline", regimes[0]);
    layout_put_text(layout, results_text_names[RESULTS_FORMAT], version);
    layout_put_text(layout, results_text_names[RESULTS_DIGEST], digest);
    layout_put_text(layout, results_text_names[RESULTS_STUDY_DIGEST], compaction->pool->shape.study_digest);
    layout_put_text(layout, results_text_names[RESULTS_TRAJECTORIES], results_trajectories[extents->trajectories]);
    layout_put_text(layout, results_text_names[RESULTS_FACTORS], factors);
    if (options->shards[0] != '\0') {
        layout_put_text(layout, results_text_names[RESULTS_SHARDS], options->shards);
    }
    layout_put_number(layout, "runs_done", (double)compaction->n_done);
    layout_put_number(layout, "runs_failed", (double)compaction->n_failed);
    layout_put_text(layout, results_text_names[RESULTS_STUDY], study->text);
    layout_put_text(layout, results_text_names[RESULTS_OVERRIDES], study->overrides);
    layout_put_text(layout, results_text_names[RESULTS_PROVENANCE], options->provenance);

out:
    free(regimes);
    free(keys);
    free(factors);
    free(months);
    return status;
}
