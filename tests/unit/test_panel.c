/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/panel.h"
#include "testing.h"

/* The extra hours of sleep of ten patients under drug 1 and drug 2 (Student 1908, "The probable error of a mean",
 * Biometrika 6; R's data set `sleep`). R's t.test(extra ~ group, paired = TRUE) prints: mean of differences -1.58,
 * interval -2.4598858 to -0.7001142, t = -4.0621, df = 9. */
static const double drug_1[10] = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
static const double drug_2[10] = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

static struct panel panel_of(int n_points, int n_replicates, const double *values)
{
    return (struct panel){
        .n_points = n_points, .n_replicates = n_replicates, .stride = (size_t)n_replicates, .values = values};
}

static void student_sleep(void **state)
{
    (void)state;
    double difference[10];
    struct panel a = panel_of(1, 10, drug_1);
    struct panel b = panel_of(1, 10, drug_2);
    panel_difference(&a, &b, difference);
    struct panel panel = panel_of(1, 10, difference);
    struct estimate estimate;
    assert_int_equal(panel_estimate(&panel, 0.95, &estimate), DREDGE_OK);
    assert_close(estimate.mean, -1.58, 1e-12);
    assert_true(estimate.low < -2.4598858); /* the long tail is on this side */
    assert_true(estimate.low > -1.58 - 2 * (2.4598858 - 1.58));
    assert_close(estimate.high, -0.7001142, 5e-8);
    assert_close(estimate.mean / estimate.se, -4.0621, 5e-5);
    assert_int_equal(estimate.n_units, 10);
    assert_int_equal(estimate.unit, PANEL_REPLICATES);
}

/* With several points the units are the replicates: the same as a t interval of the means over points. */
static void points_share_their_luck(void **state)
{
    (void)state;
    double two_points[20];
    double means[10];
    for (int k = 0; k < 10; k++) {
        two_points[k] = drug_1[k];
        two_points[10 + k] = drug_2[k];
        means[k] = (drug_1[k] + drug_2[k]) / 2;
    }
    struct panel both = panel_of(2, 10, two_points);
    struct panel mean = panel_of(1, 10, means);
    struct estimate a;
    struct estimate b;
    assert_int_equal(panel_estimate(&both, 0.95, &a), DREDGE_OK);
    assert_int_equal(panel_estimate(&mean, 0.95, &b), DREDGE_OK);
    assert_close(a.mean, b.mean, 1e-14);
    assert_close(a.se, b.se, 1e-14);
    assert_close(a.high, b.high, 1e-13);
    assert_int_equal(a.n, 20);
    assert_int_equal(a.n_units, 10);
}

/* Missing values are left out: the rest counts as if it were all there was. */
static void missing_left_out(void **state)
{
    (void)state;
    double with_gap[12];
    double without[10];
    int n = 0;
    for (int k = 0; k < 12; k++) {
        with_gap[k] = k == 3 || k == 11 ? NAN : drug_2[n];
        if (k != 3 && k != 11) {
            without[n] = drug_2[n];
            n++;
        }
    }
    struct panel gap = panel_of(1, 12, with_gap);
    struct panel whole = panel_of(1, 10, without);
    struct estimate a;
    struct estimate b;
    assert_int_equal(panel_estimate(&gap, 0.9, &a), DREDGE_OK);
    assert_int_equal(panel_estimate(&whole, 0.9, &b), DREDGE_OK);
    assert_close(a.mean, b.mean, 1e-14);
    assert_close(a.se, b.se, 1e-14);
    assert_int_equal(a.n, 10);
}

/* One replicate per point: the points are the sample. Values 1, 2, 3: mean 2, se = 1 / sqrt(3). */
static void points_as_sample(void **state)
{
    (void)state;
    const double values[3] = {1, 2, 3};
    struct panel panel = panel_of(3, 1, values);
    struct estimate estimate;
    assert_int_equal(panel_estimate(&panel, 0.95, &estimate), DREDGE_OK);
    assert_int_equal(estimate.unit, PANEL_POINTS);
    assert_close(estimate.mean, 2, 1e-15);
    assert_close(estimate.se, 1 / sqrt(3), 1e-15);
}

static void too_little_to_say(void **state)
{
    (void)state;
    const double one[1] = {4};
    const double none[2] = {NAN, NAN};
    struct panel single = panel_of(1, 1, one);
    struct panel empty = panel_of(1, 2, none);
    struct estimate estimate;
    assert_int_equal(panel_estimate(&single, 0.95, &estimate), DREDGE_OK);
    assert_close(estimate.mean, 4, 0);
    assert_true(isnan(estimate.se) && isnan(estimate.low));
    assert_int_equal(panel_estimate(&empty, 0.95, &estimate), DREDGE_OK);
    assert_true(isnan(estimate.mean));
    assert_int_equal(estimate.n, 0);
}

/* Skewness of 0, 0, 3: mean 1, deviations -1, -1, 2, m3 = 6/3 = 2, m2 = 2, skewness 2 / 2^1.5. */
static void skewness(void **state)
{
    (void)state;
    const double values[3] = {0, 0, 3};
    struct panel panel = panel_of(1, 3, values);
    struct estimate estimate;
    assert_int_equal(panel_estimate(&panel, 0.95, &estimate), DREDGE_OK);
    assert_close(estimate.skewness, 1 / sqrt(2), 1e-14);
}

/* Where bounds are known, runs that all gave the same leave an interval that stays within them. Twenty times 1 of a share:
 * with 0 and 1 added the mean is 21/22 and the squared deviations (21/22)^2 + 21 (1/22)^2 = 462/484, so the standard
 * error is sqrt(462/484/21/22) = 1/22; the 97.5% quantile of t with 21 degrees of freedom is 2.0796. */
static void all_at_a_bound(void **state)
{
    (void)state;
    double values[20];
    for (int k = 0; k < 20; k++) {
        values[k] = 1;
    }
    struct panel panel = panel_of(1, 20, values);
    struct estimate estimate;
    panel.reach = (struct reach){.low = 0, .high = 1};
    assert_int_equal(panel_estimate(&panel, 0.95, &estimate), DREDGE_OK);
    assert_close(estimate.low, 21.0 / 22 - 2.07961 / 22, 1e-5);
    assert_close(estimate.high, 1, 0);
    double least = 0;
    double most = 0;
    panel_span(&panel, &least, &most);
    assert_close(least, 1, 0);
    assert_close(most, 1, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(student_sleep),     cmocka_unit_test(points_share_their_luck),
        cmocka_unit_test(missing_left_out),  cmocka_unit_test(points_as_sample),
        cmocka_unit_test(too_little_to_say), cmocka_unit_test(skewness),
        cmocka_unit_test(all_at_a_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
