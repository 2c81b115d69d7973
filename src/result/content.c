/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result/content.h"

#include <string.h>

enum { GATHERED = 512 };

void content_begin(struct content *content, const struct shape *shape)
{
    content->shape = *shape;
    digest_begin(&content->status);
    for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
        digest_begin(&content->outcome[outcome]);
    }
    for (int series = 0; series < N_SERIES; series++) {
        digest_begin(&content->series[series]);
    }
}

/* Was the replicate run under any regime? status: of its point. */
static int was_run(const uint8_t *status, size_t n_regimes, size_t n_replicates, size_t replicate)
{
    for (size_t regime = 0; regime < n_regimes; regime++) {
        if (status[regime * n_replicates + replicate] != RUN_NOT_RUN) {
            return 1;
        }
    }
    return 0;
}

void content_status(struct content *content, int point, int n_points, int first, int n_replicates,
                    const uint8_t *status)
{
    size_t n_regimes = (size_t)content->shape.n_regimes, stride = (size_t)n_replicates;
    for (int i = 0; i < n_points; i++) {
        const uint8_t *of_point = status + (size_t)i * n_regimes * stride;
        for (size_t replicate = 0; replicate < stride; replicate++) {
            if (!was_run(of_point, n_regimes, stride, replicate)) {
                continue;
            }
            digest_whole(&content->status, point + i);
            digest_whole(&content->status, first + (int)replicate);
            for (size_t regime = 0; regime < n_regimes; regime++) {
                digest_bytes(&content->status, 1, of_point + regime * stride + replicate);
            }
        }
    }
}

void content_outcome(struct content *content, int outcome, int n_points, int n_replicates, const uint8_t *status,
                     const double *values)
{
    size_t n_regimes = (size_t)content->shape.n_regimes, stride = (size_t)n_replicates, n = 0;
    double gathered[GATHERED];
    for (size_t point = 0; point < (size_t)n_points; point++) {
        const double *of_point = values + point * n_regimes * stride;
        for (size_t replicate = 0; replicate < stride; replicate++) {
            if (!was_run(status + point * n_regimes * stride, n_regimes, stride, replicate)) {
                continue;
            }
            for (size_t regime = 0; regime < n_regimes; regime++) {
                gathered[n++] = of_point[regime * stride + replicate];
                if (n == GATHERED) {
                    digest_reals(&content->outcome[outcome], n, gathered);
                    n = 0;
                }
            }
        }
    }
    digest_reals(&content->outcome[outcome], n, gathered);
}

void content_runs(struct content *content, int series, int n_points, int n_replicates, const uint8_t *status,
                  const float *values)
{
    size_t n_regimes = (size_t)content->shape.n_regimes, stride = (size_t)n_replicates;
    size_t n_months = (size_t)content->shape.n_months;
    for (size_t point = 0; point < (size_t)n_points; point++) {
        for (size_t replicate = 0; replicate < stride; replicate++) {
            if (!was_run(status + point * n_regimes * stride, n_regimes, stride, replicate)) {
                continue;
            }
            for (size_t regime = 0; regime < n_regimes; regime++) {
                size_t run = (point * n_regimes + regime) * stride + replicate;
                digest_floats(&content->series[series], n_months, values + run * n_months);
            }
        }
    }
}

void content_summary(struct content *content, int series, const float *values)
{
    size_t n_regimes = (size_t)content->shape.n_regimes, n_months = (size_t)content->shape.n_months;
    digest_floats(&content->series[series], n_regimes * N_STATISTICS * n_months, values);
}

static void add_part(struct digest *whole, const char *name, const struct digest *part)
{
    char hex[33];
    digest_hex(part, hex);
    digest_text(whole, name);
    digest_text(whole, hex);
}

void content_finish(const struct content *content, const char *const *regimes, int n_factors,
                    const char *const *factors, const double *values, const int *months, char hex[33])
{
    struct digest whole;
    digest_begin(&whole);
    digest_text(&whole, "dredge results 1");
    digest_whole(&whole, content->shape.n_points);
    digest_whole(&whole, content->shape.n_regimes);
    digest_whole(&whole, content->shape.n_replicates);
    for (int regime = 0; regime < content->shape.n_regimes; regime++) {
        digest_text(&whole, regimes[regime]);
    }
    digest_whole(&whole, n_factors);
    for (int factor = 0; factor < n_factors; factor++) {
        digest_text(&whole, factors[factor]);
    }
    digest_reals(&whole, (size_t)content->shape.n_points * (size_t)n_factors, values);
    add_part(&whole, "status", &content->status);
    for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
        add_part(&whole, outcome_infos[outcome].name, &content->outcome[outcome]);
    }
    digest_whole(&whole, content->shape.trajectories);
    digest_whole(&whole, content->shape.n_months);
    for (int month = 0; month < content->shape.n_months; month++) {
        digest_whole(&whole, months[month]);
    }
    for (int series = 0; series < N_SERIES && content->shape.n_months > 0; series++) {
        add_part(&whole, series_infos[series].name, &content->series[series]);
    }
    digest_hex(&whole, hex);
}
