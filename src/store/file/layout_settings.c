/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>

#include "result/settings.h"
#include "store/file/layout_inside.h"
#include "study/design.h"
#include "study/factor.h"
#include "study/keys.h"

/* Factors, parameters, seed and design. */

/* What the numbers of a variable of categories mean. */
static void put_categories(struct layout *layout, hid_t dataset, const char *const *names)
{
    enum { MOST = 64, MOST_BYTES = 1024 };
    double values[MOST];
    char meanings[MOST_BYTES] = "";
    size_t used = 0;
    int n = 0;
    for (; names[n] != NULL && n < MOST && used < sizeof meanings; n++) {
        values[n] = n;
        used += (size_t)snprintf(meanings + used, sizeof meanings - used, "%s%s", n > 0 ? " " : "", names[n]);
    }
    layout_numbers(layout, dataset, "flag_values", H5T_IEEE_F64LE, n, values);
    layout_text(layout, dataset, "flag_meanings", meanings);
}

static void label_setting(struct layout *layout, hid_t dataset, const struct setting *setting)
{
    const struct parameter_info *parameter = setting->parameter >= 0 ? &parameter_infos[setting->parameter] : NULL;
    if (parameter != NULL) {
        layout_put_labels(layout, dataset, parameter->unit, setting->key, parameter->meaning);
        return;
    }
    if (setting->steering >= 0) {
        const struct steering_info *steering =
            setting->steering < N_STEERING ? &steering_infos[setting->steering] : NULL;
        layout_put_labels(layout, dataset, steering != NULL ? steering->unit : "months", setting->key,
                          steering != NULL ? steering->meaning : "months passed when the phase begins");
        return;
    }
    struct factor_about about = factor_about(&layout->study->design.factors[setting->factor]);
    layout_put_labels(layout, dataset, about.unit, setting->key, about.meaning);
    if (about.names != NULL) {
        put_categories(layout, dataset, about.names);
    }
}

/* Of what is no content, and so has no digest from there. */
static void put_own_digest(struct layout *layout, hid_t dataset, const struct setting *setting)
{
    struct digest digest;
    int extent[3], rank = setting_extent(setting, extent);
    size_t n = 1;
    for (int axis = 0; axis < rank; axis++) {
        n *= (size_t)extent[axis];
    }
    digest_begin(&digest);
    digest_reals(&digest, n, setting->values);
    layout_put_digest(layout, dataset, &digest);
}

static dredge_status put_setting(void *context, const struct setting *setting)
{
    struct layout *layout = context;
    struct layout_variable variable = {.name = setting->name, .type = H5T_IEEE_F64LE, .axis = {LAYOUT_POINT}};
    variable.rank = setting->n_points > 0;
    if (setting->n_phases > 0) {
        variable.axis[variable.rank++] = LAYOUT_REGIME;
        variable.axis[variable.rank++] = LAYOUT_PHASE;
    }
    hid_t dataset = layout_make_variable(layout, &variable);
    label_setting(layout, dataset, setting);
    layout_note(layout, H5Dwrite(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, setting->values) >= 0);
    if (setting->steering >= 0) {
        put_own_digest(layout, dataset, setting);
    }
    return DREDGE_OK;
}

/* As a number for those who line up files by it; exact as a text. */
static void put_seed(struct layout *layout)
{
    const struct layout_variable variable = {.name = "seed", .type = H5T_IEEE_F64LE};
    double seed = (double)layout->study->seed;
    char exact[32];
    hid_t dataset = layout_make_variable(layout, &variable);
    (void)snprintf(exact, sizeof exact, "%" PRIu64, layout->study->seed);
    layout_put_labels(layout, dataset, NULL, "seed of all chance", NULL);
    layout_text(layout, dataset, "exact", exact);
    layout_note(layout, H5Dwrite(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, &seed) >= 0);
}

static void put_design(struct layout *layout)
{
    static const char *const orders[] = {
        [DESIGN_NONE] = "one point",
        [DESIGN_GRID] = "every combination, the last factor fastest",
        [DESIGN_LIST] = "as listed",
        [DESIGN_LATIN_HYPERCUBE] = "as sampled",
        [DESIGN_SOBOL] = "as the sequence goes on",
        [DESIGN_MORRIS] = "trajectory after trajectory, each of factors + 1 points that differ in one factor",
        [DESIGN_SALTELLI] =
            "row after row, each of A, B, A with one factor (or group) of B (for each), B with one of A",
        [DESIGN_POSTERIOR] = "particles of a posterior, equally likely"};
    const struct design *design = &layout->study->design;
    int is_morris = design->method == DESIGN_MORRIS, is_saltelli = design->method == DESIGN_SALTELLI;
    const struct {
        const char *name;
        double value; /* 0: the method has none */
    } sizes[] = {{"points", design->n_points},
                 {"factors", design->n_factors},
                 {"trajectories", is_morris ? design->n_rows : 0},
                 {"levels", is_morris ? design->n_levels : 0},
                 {"bases", is_saltelli && design->n_scrambles > 0 ? design->n_rows / design->n_scrambles : 0},
                 {"scrambles", is_saltelli ? design->n_scrambles : 0}};
    hid_t group = layout_make_group(layout, "design");
    layout_text(layout, group, "method", design_methods[design->method]);
    layout_text(layout, group, "order", orders[design->method]);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        if (sizes[i].value > 0) {
            layout_numbers(layout, group, sizes[i].name, H5T_STD_I32LE, 1, &sizes[i].value);
        }
    }
    (void)H5Gclose(group);
}

dredge_status layout_put_settings(struct layout *layout)
{
    put_seed(layout);
    put_design(layout);
    hid_t group = layout_make_group(layout, SETTINGS_PARAMETERS);
    (void)H5Gclose(group);
    return settings_each(layout->study, put_setting, layout);
}
