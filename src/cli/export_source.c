/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/export_source.h"

#include <string.h>

#include "study/factor.h"

dredge_status export_source_open(struct results *results, const struct export_choice *choice,
                                 struct export_source *source)
{
    memset(source, 0, sizeof *source);
    source->results = results;
    source->info = results_info(results);
    source->choice = choice;
    dredge_status status = results_study(results, &source->study);
    if (status == DREDGE_STUDY) { /* by a program with other keys: then categories show as numbers */
        status_clear();
        status = DREDGE_OK;
    }
    return status;
}

void export_source_close(struct export_source *source)
{
    study_free(&source->study);
}

void export_head_point(const struct export_source *source, struct csv *csv)
{
    char name[SETTING_NAME_BYTES];
    csv_text(csv, "point");
    for (int factor = 0; factor < source->info->n_factors; factor++) {
        settings_factor_name((const char *const *)source->info->factors, factor, name);
        csv_text(csv, name);
    }
}

void export_put_point(const struct export_source *source, int point, struct csv *csv)
{
    int n_factors = source->info->n_factors;
    csv_whole(csv, point);
    for (int factor = 0; factor < n_factors; factor++) {
        double value = source->info->values[(size_t)point * (size_t)n_factors + (size_t)factor];
        struct factor_about about = {.names = NULL};
        if (source->study.design.n_factors == n_factors) {
            about = factor_about(&source->study.design.factors[factor]);
        }
        if (about.names != NULL || about.is_flag) {
            csv_text(csv, about.names != NULL ? about.names[(int)value] : value > 0 ? "TRUE" : "FALSE");
        } else {
            csv_real(csv, value);
        }
    }
}
