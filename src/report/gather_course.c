/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "report/gather.h"

/* The regimes over time, over the whole design: means over the design points, and the differences of pairs of regimes. */

const int gather_courses[GATHER_COURSES] = {SERIES_structural_share, SERIES_symptom, SERIES_trust,
                                            SERIES_momentum,         SERIES_open,    SERIES_pressure};

struct course_work {
    size_t n_months, n_replicates, n_regimes;
    float *statistics; /* [n_regimes][N_STATISTICS][n_months] of one point */
    float *moments;    /* [n_regimes][N_MOMENTS][n_months] of one point */
    float *runs;       /* [n_replicates][n_months] of one point and regime; files with runs */
    float *rows;       /* [n_regimes][n_rows][n_months]: means over the points by replicate, or the points themselves */
    size_t n_rows;
    double *difference, *se; /* [n_pairs][n_months], sums over the points */
    double *squares;         /* of the differences */
    int *n_points;           /* [n_regimes][n_months] with a value */
    uint8_t *status;         /* [n_regimes][n_replicates] */
};

static void work_free(struct course_work *work)
{
    free(work->statistics);
    free(work->moments);
    free(work->runs);
    free(work->rows);
    free(work->difference);
    free(work->n_points);
    free(work->status);
}

static dredge_status work_init(const struct gathered *gathered, struct course_work *work)
{
    const struct results_info *info = gathered->info;
    size_t n_months = (size_t)info->n_months;
    size_t n_regimes = (size_t)info->n_regimes;
    size_t n_pairs = (size_t)gathered->n_pairs + 1;
    *work =
        (struct course_work){.n_months = n_months, .n_regimes = n_regimes, .n_replicates = (size_t)info->n_replicates};
    int by_points = info->n_replicates == 1;
    work->n_rows = by_points ? (size_t)info->n_points : (size_t)info->n_replicates;
    size_t n_rows = info->trajectories_are_runs ? n_regimes * work->n_rows * n_months : 0;
    work->statistics = calloc(n_regimes * N_STATISTICS * n_months + 1, sizeof *work->statistics);
    work->moments = calloc(n_regimes * N_MOMENTS * n_months + 1, sizeof *work->moments);
    work->runs = calloc(work->n_replicates * n_months + 1, sizeof *work->runs);
    work->rows = calloc(n_rows + 1, sizeof *work->rows);
    work->difference = calloc(3 * n_pairs * n_months, sizeof *work->difference);
    work->n_points = calloc(n_regimes * n_months + 1, sizeof *work->n_points);
    work->status = calloc(n_regimes * work->n_replicates + 1, sizeof *work->status);
    if (work->statistics == NULL || work->moments == NULL || work->runs == NULL || work->rows == NULL ||
        work->difference == NULL || work->n_points == NULL || work->status == NULL) {
        return status_no_memory((n_rows + 1) * sizeof *work->rows);
    }
    work->se = work->difference + n_pairs * n_months;
    work->squares = work->se + n_pairs * n_months;
    return DREDGE_OK;
}

/* One point of one series: statistics of every regime, and for files with summaries the moments of the differences. */
static dredge_status read_point(struct results *results, const struct gathered *gathered, int series, int point,
                                const struct course_work *work)
{
    const struct results_info *info = gathered->info;
    size_t n_months = work->n_months;
    dredge_status status = DREDGE_OK;
    int column = catalogue_series_column(&info->catalogue, series_infos[series].name);
    for (size_t r = 0; status == DREDGE_OK && r < work->n_regimes; r++) {
        float *own = work->statistics + r * N_STATISTICS * n_months;
        if (info->trajectories_are_runs) {
            status = results_runs_named(results, series_infos[series].name, point, (int)r, work->runs);
            for (size_t k = 0; status == DREDGE_OK && k < work->n_replicates; k++) {
                size_t row = info->n_replicates == 1 ? (size_t)point : k;
                float *sum = work->rows + (r * work->n_rows + row) * n_months;
                float share = info->n_replicates == 1 ? 1 : 1.0F / (float)info->n_points;
                for (size_t m = 0; m < n_months; m++) {
                    sum[m] += work->runs[k * n_months + m] * share;
                }
            }
            if (status == DREDGE_OK) {
                status = gather_statistics(info->n_replicates, info->n_months, work->runs, own);
            }
        } else {
            status = results_summary_named(results, series_infos[series].name, point, (int)r, own);
            if (status == DREDGE_OK && info->has_differences && r > 0 && column >= 0) {
                status = results_difference(results, column, point, (int)r, work->moments + r * N_MOMENTS * n_months);
            }
        }
    }
    return status;
}

static void add_means(const struct gathered *gathered, const struct course_work *work, struct course *course)
{
    size_t n_months = work->n_months;
    for (size_t r = 0; r < work->n_regimes; r++) {
        const float *own = work->statistics + r * N_STATISTICS * n_months;
        for (size_t m = 0; m < n_months; m++) {
            float mean = own[TALLY_MEAN * n_months + m];
            if (!isnan(mean)) {
                course->mean[r * n_months + m] += (double)mean;
                work->n_points[r * n_months + m]++;
            }
            if (gathered->info->n_points == 1) {
                course->low[r * n_months + m] = (double)own[TALLY_Q25 * n_months + m];
                course->high[r * n_months + m] = (double)own[TALLY_Q75 * n_months + m];
            }
        }
    }
}

/* Standard deviation of the difference of two regimes in a month, as small as summaries can show it to be: to the stored
 * baseline it is known; of two others it is at most the sum of both to that one, and, since luck is shared, at most that
 * of unpaired runs. */
static double pair_deviation(const struct gathered *gathered, const struct course_work *work, size_t a, size_t b,
                             size_t m)
{
    const size_t regimes[2] = {a, b};
    double unpaired = 0;
    double to_baseline = 0;
    for (int i = 0; i < 2; i++) {
        double sd = (double)work->statistics[(regimes[i] * N_STATISTICS + TALLY_SD) * work->n_months + m];
        unpaired += sd * sd;
        if (regimes[i] > 0) {
            size_t at = (regimes[i] * N_MOMENTS + TALLY_DIFFERENCE_VARIANCE) * work->n_months + m;
            to_baseline += sqrt(fmax((double)work->moments[at], 0));
        }
    }
    int known = a == 0 || b == 0;
    unpaired = sqrt(unpaired);
    return !gathered->info->has_differences ? unpaired : known ? to_baseline : fmin(unpaired, to_baseline);
}

/* Adds the differences of one point of a file with summaries; `n_done` are its replicates. */
static void add_differences(const struct gathered *gathered, const struct course_work *work, int n_done)
{
    size_t n_months = work->n_months;
    for (size_t i = 0; i < (size_t)gathered->n_pairs; i++) {
        size_t a = (size_t)gathered->pairs[i].regime;
        size_t b = (size_t)gathered->pairs[i].against;
        for (size_t m = 0; m < n_months; m++) {
            double difference = (double)work->statistics[(a * N_STATISTICS + TALLY_MEAN) * n_months + m] -
                                (double)work->statistics[(b * N_STATISTICS + TALLY_MEAN) * n_months + m];
            work->difference[i * n_months + m] += difference;
            work->squares[i * n_months + m] += difference * difference;
            work->se[i * n_months + m] += pair_deviation(gathered, work, a, b, m) / sqrt(n_done);
        }
    }
}

/* The band of one pair from the sums over `n_points` points of a file with summaries. Replicates share their luck between
 * points, so that the standard error of the mean over points is at most the mean of theirs; with one replicate a point it
 * is over the points. */
static dredge_status close_summaries(const struct gathered *gathered, const struct course_work *work, int pair,
                                     int n_points, int n_done, struct band *band)
{
    size_t n_months = work->n_months;
    double *difference = work->difference + (size_t)pair * n_months;
    double *se = work->se + (size_t)pair * n_months;
    const double *squares = work->squares + (size_t)pair * n_months;
    int by_points = n_done < 2;
    for (size_t m = 0; m < n_months; m++) {
        double mean = difference[m] / n_points;
        double variance = (squares[m] - n_points * mean * mean) / (n_points - 1.0) / n_points;
        difference[m] = mean;
        se[m] = by_points ? sqrt(fmax(variance, 0)) : se[m] / n_points;
    }
    int n_units = by_points ? n_points : n_done;
    return band_from_moments(n_units < PAIRED_TELLING ? 0 : n_units, gathered->info->n_months, difference, se, 0.95,
                             band);
}

static dredge_status close_bands(const struct gathered *gathered, const struct course_work *work, int n_points,
                                 int n_done, struct course *course)
{
    const struct results_info *info = gathered->info;
    size_t size = work->n_rows * work->n_months;
    dredge_status status = DREDGE_OK;
    for (int i = 0; status == DREDGE_OK && i < gathered->n_pairs; i++) {
        const struct gather_pair *pair = &gathered->pairs[i];
        if (info->trajectories_are_runs) {
            status = work->n_rows < PAIRED_TELLING
                         ? DREDGE_OK
                         : band_from_runs((int)work->n_rows, info->n_months, work->rows + (size_t)pair->regime * size,
                                          work->rows + (size_t)pair->against * size, 0.95, gathered->study.seed,
                                          &course->bands[i]);
        } else if (n_points > 0) {
            status = close_summaries(gathered, work, i, n_points, n_done, &course->bands[i]);
        }
        if (status == DREDGE_FILE) { /* too few runs for a band: none is shown */
            status_clear();
            course->bands[i] = (struct band){0};
            status = DREDGE_OK;
        }
    }
    return status;
}

static dredge_status course_init(const struct gathered *gathered, struct course *course)
{
    size_t n = (size_t)gathered->info->n_regimes * (size_t)gathered->info->n_months;
    course->mean = calloc(3 * n + 1, sizeof *course->mean);
    course->bands = calloc((size_t)gathered->n_pairs + 1, sizeof *course->bands);
    if (course->mean == NULL || course->bands == NULL) {
        return status_no_memory((3 * n + 1) * sizeof *course->mean);
    }
    course->low = course->mean + n;
    course->high = course->low + n;
    return DREDGE_OK;
}

/* The fewest replicates that are done under every regime at the point; 0 when a regime has none there. */
static dredge_status count_done(struct results *results, const struct course_work *work, int point, int *n)
{
    dredge_status status = results_status(results, point, 1, work->status);
    *n = 0;
    for (size_t k = 0; status == DREDGE_OK && k < work->n_replicates; k++) {
        int done = 1;
        for (size_t r = 0; r < work->n_regimes; r++) {
            done &= work->status[r * work->n_replicates + k] == RUN_DONE;
        }
        *n += done;
    }
    return status;
}

static dredge_status gather_one(struct results *results, const struct gathered *gathered, int index,
                                struct course *course)
{
    const struct results_info *info = gathered->info;
    struct course_work work;
    int n_points = 0;
    int fewest = 0;
    dredge_status status = course_init(gathered, course);
    if (status == DREDGE_OK) {
        status = work_init(gathered, &work);
    } else {
        return status;
    }
    for (int p = 0; status == DREDGE_OK && p < info->n_points; p++) {
        int n_done = 0;
        status = read_point(results, gathered, gather_courses[index], p, &work);
        if (status == DREDGE_OK) {
            add_means(gathered, &work, course);
            status = count_done(results, &work, p, &n_done);
        }
        if (status == DREDGE_OK && n_done > 0 && !info->trajectories_are_runs) {
            add_differences(gathered, &work, n_done);
            fewest = n_points == 0 || n_done < fewest ? n_done : fewest;
            n_points++;
        }
    }
    for (size_t i = 0; status == DREDGE_OK && i < work.n_regimes * work.n_months; i++) {
        course->mean[i] = work.n_points[i] > 0 ? course->mean[i] / work.n_points[i] : NAN;
    }
    if (status == DREDGE_OK) {
        status = close_bands(gathered, &work, n_points, fewest, course);
    }
    work_free(&work);
    return status;
}

dredge_status gather_all_courses(struct results *results, struct gathered *gathered)
{
    dredge_status status = DREDGE_OK;
    for (int i = 0; status == DREDGE_OK && gathered->info->n_months > 0 && i < GATHER_COURSES; i++) {
        status = gather_one(results, gathered, i, &gathered->courses[i]);
    }
    return status;
}

static void add_pair(struct gathered *gathered, int regime, int against)
{
    int turned;
    if (regime >= 0 && against >= 0 && regime != against && gather_pair_find(gathered, regime, against, &turned) < 0) {
        gathered->pairs[gathered->n_pairs++] = (struct gather_pair){regime, against};
    }
}

dredge_status gather_choose_pairs(struct gathered *gathered)
{
    const struct gather_choice *choice = &gathered->choice;
    gathered->pairs = calloc((size_t)gathered->info->n_regimes + 3, sizeof *gathered->pairs);
    if (gathered->pairs == NULL) {
        return status_no_memory(((size_t)gathered->info->n_regimes + 3) * sizeof *gathered->pairs);
    }
    for (int r = 0; r < gathered->info->n_regimes; r++) {
        add_pair(gathered, r, gathered->comparison.baseline);
    }
    add_pair(gathered, choice->best, choice->early_best);
    add_pair(gathered, choice->best, choice->runner_up);
    return DREDGE_OK;
}

int gather_pair_find(const struct gathered *gathered, int regime, int against, int *turned)
{
    for (int i = 0; i < gathered->n_pairs; i++) {
        const struct gather_pair *pair = &gathered->pairs[i];
        if ((pair->regime == regime && pair->against == against) ||
            (pair->regime == against && pair->against == regime)) {
            *turned = pair->regime == regime ? 1 : -1;
            return i;
        }
    }
    return -1;
}

void gather_free_courses(struct gathered *gathered)
{
    for (int c = 0; c < GATHER_COURSES; c++) {
        struct course *course = &gathered->courses[c];
        for (int i = 0; course->bands != NULL && i < gathered->n_pairs; i++) {
            band_free(&course->bands[i]);
        }
        free(course->bands);
        free(course->mean);
    }
    free(gathered->pairs);
}
