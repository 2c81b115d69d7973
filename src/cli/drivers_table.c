/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/drivers_table.h"

#include <math.h>
#include <stdio.h>

#include "cli/drivers_forms.h"
#include "cli/out.h"
#include "cli/table.h"

enum { BAR = 8, BAR_BYTES = 3 * BAR + 1, MAX_PAIRS = 8, MAX_DRIVERS = 1024 };

static void drivers_heads(struct table *table, int n, const char *const *heads)
{
    for (int i = 0; i < n; i++) {
        table_cell(table, "%s", heads[i]);
    }
    table_end_row(table);
}

static void drivers_share_cells(struct table *table, const struct interval *interval)
{
    char bar[BAR_BYTES];
    table_bar(interval->value, BAR, bar);
    table_cell(table, "%s", bar);
    table_cell(table, "%.2f [%.2f, %.2f]", interval->value + 0.0, interval->low + 0.0, interval->high + 0.0);
}

static dredge_status drivers_print_pairs(const struct sensitivity *sensitivity, const struct results_info *info)
{
    int k = sensitivity->sobol.n_factors;
    int pairs = 0;
    struct table table;
    table_begin(&table, "lll");
    for (int i = 0; i < k; i++) {
        for (int j = i + 1; j < k && pairs < MAX_PAIRS; j++) {
            const struct interval *pair = &sensitivity->sobol.second[(size_t)i * (size_t)k + (size_t)j];
            if (pair->low > 0) {
                if (pairs++ == 0) {
                    out_text("\n");
                    table_heading(&table, "%s", "Pairs, beyond their own shares");
                }
                table_cell(&table, "%s x %s", drivers_unit_name(sensitivity, info, i),
                           drivers_unit_name(sensitivity, info, j));
                drivers_share_cells(&table, pair);
            }
        }
    }
    return table_print(&table);
}

static dredge_status drivers_print_sobol(const struct sensitivity *sensitivity, const struct results_info *info,
                                         const int *order)
{
    static const char *const heads[] = {"", "alone", "", "with others", ""};
    struct table table;
    table_begin(&table, "lllll");
    drivers_heads(&table, 5, heads);
    for (int i = 0; i < sensitivity->sobol.n_factors; i++) {
        int f = order[i];
        table_cell(&table, "%s", drivers_unit_name(sensitivity, info, f));
        drivers_share_cells(&table, &sensitivity->sobol.first[f]);
        drivers_share_cells(&table, &sensitivity->sobol.total[f]);
    }
    dredge_status status = table_print(&table);
    if (status == DREDGE_OK) {
        status = drivers_print_pairs(sensitivity, info);
    }
    out_text("\n");
    char text[400];
    char source[64] = "bootstrapped";
    if (sensitivity->n_scrambles > 1) {
        (void)snprintf(source, sizeof source, "from how %d scrambles differ", sensitivity->n_scrambles);
    }
    (void)snprintf(text, sizeof text,
                   "Shares of the variance between design points: alone (first-order Sobol index), and with others "
                   "(total index). In brackets 95%% intervals, %s. Pairs are shown when their interval lies above 0.",
                   source);
    table_paragraph(0, "", text);
    return status;
}

static dredge_status drivers_print_morris(const struct sensitivity *sensitivity, const struct results_info *info,
                                          const int *order)
{
    static const char *const heads[] = {"", "mu*", "", "mu", "sigma"};
    struct table table;
    double most = sensitivity->morris[order[0]].mu_star;
    table_begin(&table, "lllrr");
    drivers_heads(&table, 5, heads);
    for (int i = 0; i < sensitivity->n_factors; i++) {
        const struct morris *morris = &sensitivity->morris[order[i]];
        char bar[BAR_BYTES];
        char numbers[5][TABLE_NUMBER_BYTES];
        table_bar(most > 0 ? morris->mu_star / most : 0, BAR, bar);
        table_cell(&table, "%s", info->factors[order[i]]);
        table_cell(&table, "%s", bar);
        table_cell(&table, "%s [%s, %s]", table_number(morris->mu_star, most, 0, numbers[0]),
                   table_number(morris->low, most, 0, numbers[1]), table_number(morris->high, most, 0, numbers[2]));
        table_cell(&table, "%s", table_number(morris->mu, most, 1, numbers[3]));
        table_cell(&table, "%s", table_number(morris->sigma, most, 0, numbers[4]));
    }
    dredge_status status = table_print(&table);
    out_text("\n");
    table_paragraph(0, "",
                    "Elementary effects (Morris): the change over the whole range of a factor. mu* is the mean size, "
                    "with its 95% bootstrap interval, mu the mean with its sign; a sigma as large as mu* tells of "
                    "interactions or curvature.");
    return status;
}

/* "  ------|+++++": how far the ends of the factor's range lie from the mean. */
static void drivers_tornado_bar(double value, double scale, char bar[BAR_BYTES])
{
    table_bar(scale > 0 ? fabs(value) / scale : 0, BAR, bar);
}

static dredge_status drivers_print_spread(const struct sensitivity *sensitivity, const struct results_info *info,
                                          const int *order)
{
    static const char *const heads[] = {"", "range", "", "at lowest", "at highest", "share", "slope"};
    struct table table;
    double widest = 0;
    for (int f = 0; f < sensitivity->n_factors; f++) {
        widest = fmax(widest, sensitivity->driver[f].most - sensitivity->driver[f].least);
    }
    table_begin(&table, "llrrrrr");
    drivers_heads(&table, 7, heads);
    for (int i = 0; i < sensitivity->n_factors; i++) {
        const struct driver *driver = &sensitivity->driver[order[i]];
        double scale = fmax(fabs(driver->low), fabs(driver->high));
        char bar[BAR_BYTES];
        char numbers[3][TABLE_NUMBER_BYTES];
        drivers_tornado_bar(driver->most - driver->least, widest, bar);
        table_cell(&table, "%s", info->factors[order[i]]);
        table_cell(&table, "%s", bar);
        table_cell(&table, "%s", table_number(driver->most - driver->least, scale, 0, numbers[0]));
        table_cell(&table, "%s", table_number(driver->low, scale, 0, numbers[1]));
        table_cell(&table, "%s", table_number(driver->high, scale, 0, numbers[2]));
        table_cell(&table, "%.2f", fmax(driver->main_effect, 0));
        table_cell(&table, isnan(driver->slope) ? "-" : "%+.2f", driver->slope);
    }
    dredge_status status = table_print(&table);
    out_text("\n");
    char text[400], explained[80] = "";
    if (!isnan(sensitivity->drivers.r_squared)) {
        (void)snprintf(explained, sizeof explained, "; all factors together in a straight line explain %.0f%%",
                       100 * sensitivity->drivers.r_squared);
    }
    (void)snprintf(text, sizeof text,
                   "Range: between the smallest and the largest mean of a level of the factor (or of a fifth of its "
                   "values). Share: of the variance between design points, by the factor alone. Slope: standardised "
                   "regression coefficient%s.",
                   explained);
    table_paragraph(0, "", text);
    return status;
}

/* Effects of a two-level grid, the largest first. */
static dredge_status drivers_print_factorial(const struct sensitivity *sensitivity, const struct results_info *info)
{
    int n = sensitivity->n_effects;
    int order[1 << FACTORIAL_MAX_FACTORS];
    for (int e = 0; e < n; e++) {
        int at = e;
        double size = fabs(sensitivity->effects[e].estimate.mean);
        for (; at > 0 && size > fabs(sensitivity->effects[order[at - 1]].estimate.mean); at--) {
            order[at] = order[at - 1];
        }
        order[at] = e;
    }
    struct table table;
    double most = n > 0 ? fabs(sensitivity->effects[order[0]].estimate.mean) : 0;
    table_begin(&table, "llrl");
    static const char *const heads[] = {"", "effect", "", "95% interval"};
    drivers_heads(&table, 4, heads);
    for (int i = 0; i < n && i < 2 * MAX_PAIRS; i++) {
        const struct factorial_effect *effect = &sensitivity->effects[order[i]];
        char name[TABLE_CELL_BYTES];
        char bar[BAR_BYTES];
        char numbers[3][TABLE_NUMBER_BYTES];
        drivers_effect_name(effect->factors, info, sizeof name, name);
        table_bar(most > 0 ? fabs(effect->estimate.mean) / most : 0, BAR, bar);
        table_cell(&table, "%s", name);
        table_cell(&table, "%s", bar);
        table_cell(&table, "%s", table_number(effect->estimate.mean, most, 1, numbers[0]));
        table_cell(&table, "[%s, %s]%s", table_number(effect->estimate.low, most, 1, numbers[1]),
                   table_number(effect->estimate.high, most, 1, numbers[2]),
                   effect->estimate.low > 0 || effect->estimate.high < 0 ? "" : "  not clear");
    }
    dredge_status status = table_print(&table);
    out_text("\n");
    table_paragraph(0, "",
                    "Effects in a full grid of two levels: the mean at the high level minus the mean at the low one. A "
                    "product is an interaction: how much more the factors do together than apart.");
    return status;
}

dredge_status drivers_print_table(const struct sensitivity *sensitivity, const struct results_info *info,
                                  const char *name)
{
    int order[MAX_DRIVERS];
    if (sensitivity->n_factors > MAX_DRIVERS) {
        return status_fail(DREDGE_USAGE, "too many factors for a table: use --json or --csv");
    }
    sensitivity_order(sensitivity, order);
    char mean[TABLE_NUMBER_BYTES];
    out_print("What drives %s\n", name);
    out_print("%d design points, mean %s", sensitivity->drivers.n_points,
              table_number(sensitivity->drivers.mean, sensitivity->drivers.mean, 0, mean));
    if (!isnan(sensitivity->noise_share)) {
        out_print("; %.0f%% of the variance between points is luck", 100 * fmin(sensitivity->noise_share, 1));
    }
    out_text("\n\n");
    if (sensitivity->n_groups > 0) {
        sensitivity_order_groups(sensitivity, order);
        return drivers_print_sobol(sensitivity, info, order);
    }
    switch (sensitivity->method) {
    case SENSITIVITY_SOBOL:
        return drivers_print_sobol(sensitivity, info, order);
    case SENSITIVITY_MORRIS:
        return drivers_print_morris(sensitivity, info, order);
    case SENSITIVITY_FACTORIAL:
        return drivers_print_factorial(sensitivity, info);
    case SENSITIVITY_SPREAD:
        break;
    }
    return drivers_print_spread(sensitivity, info, order);
}
