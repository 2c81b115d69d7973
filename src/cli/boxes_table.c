/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/boxes_table.h"

#include <math.h>
#include <stdio.h>

#include "cli/out.h"
#include "cli/query.h"
#include "cli/table.h"

enum { BAR = 12, BAR_BYTES = 3 * BAR + 1 };

/* Where the restricted interval lies in the factor's range: "  ██████    ". */
static void draw_bar(const struct prim_limit *limit, double low, double high, char bar[BAR_BYTES])
{
    const char *full = table_symbol("█", "#");
    const char *empty = table_symbol("·", ".");
    size_t used = 0;
    for (int i = 0; i < BAR; i++) {
        double place = low + (high - low) * (i + 0.5) / BAR;
        int inside = place >= limit->low && place <= limit->high;
        used += (size_t)snprintf(bar + used, BAR_BYTES - used, "%s", inside ? full : empty);
    }
}

static void find_range(const struct results_info *info, int factor, double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (int p = 0; p < info->n_points; p++) {
        double value = info->values[(size_t)p * (size_t)info->n_factors + (size_t)factor];
        *low = fmin(*low, value);
        *high = fmax(*high, value);
    }
}

static void add_cells(struct table *table, const struct discovery *discovery, const struct prim_box *box,
                      const struct results_info *info)
{
    for (int f = 0; f < info->n_factors; f++) {
        const struct prim_limit *limit = &box->limits[f];
        double low = 0;
        double high = 0;
        char bar[BAR_BYTES];
        if (!prim_is_restricted(limit)) {
            continue;
        }
        if (limit->is_chosen) {
            char names[TABLE_CELL_BYTES];
            discovery_categories(discovery, f, limit, sizeof names, names);
            table_cell(table, "  %s", info->factors[f]);
            table_cell(table, "%s", names);
            table_cell(table, "%s", "");
            table_cell(table, "%.2g", limit->quasi_p);
            continue;
        }
        find_range(info, f, &low, &high);
        draw_bar(limit, low, high, bar);
        table_cell(table, "  %s", info->factors[f]);
        if (limit->has_low && limit->has_high) {
            table_cell(table, "%.4g to %.4g", limit->low, limit->high);
        } else {
            table_cell(table, limit->has_low ? "at least %.4g" : "at most %.4g",
                       limit->has_low ? limit->low : limit->high);
        }
        table_cell(table, "%s", bar);
        table_cell(table, "%.2g", limit->quasi_p);
    }
}

/* The peeling trajectory of the first box: a line for each tenth of coverage that it passes. */
static dredge_status print_trade_off(const struct prim *prim)
{
    struct table table;
    out_text("\nThe way to the first box: how many of such points are inside, and how dense\n");
    table_begin(&table, "rrrr");
    const char *heads[] = {"coverage", "density", "mass", "factors"};
    for (int c = 0; c < 4; c++) {
        table_cell(&table, "%s", heads[c]);
    }
    double next = 1;
    for (int s = 0; s < prim->n_steps; s++) {
        const struct prim_step *step = &prim->steps[s];
        if (step->coverage <= next || s == prim->n_steps - 1) {
            table_cell(&table, "%.0f%%", 100 * step->coverage);
            table_cell(&table, "%.0f%%", 100 * step->density);
            table_cell(&table, "%.0f%%", 100 * step->mass);
            table_cell(&table, "%d", step->n_restricted);
            next = fmin(next, step->coverage) - 0.1;
        }
    }
    return table_print(&table);
}

dredge_status boxes_print_table(const struct discovery *discovery, const struct results_info *info, const char *name)
{
    const struct prim *prim = &discovery->prim;
    out_print("When is %s %s %.4g?\n", name, discovery->above ? "above" : "below", discovery->threshold);
    char numbers[2][TABLE_NUMBER_BYTES];
    out_print("%s of %s design points (%.0f%%)\n\n", table_count(prim->n_cases, numbers[0]),
              table_count(prim->n_points, numbers[1]),
              prim->n_points > 0 ? 100.0 * prim->n_cases / prim->n_points : 0.0);
    if (prim->n_boxes == 0) {
        table_paragraph(0, "",
                        prim->n_cases == 0                ? "Nowhere in this design."
                        : prim->n_cases == prim->n_points ? "Everywhere in this design."
                                                          : "No box of conditions holds these points better than "
                                                            "chance would.");
        return DREDGE_OK;
    }
    struct table table;
    table_begin(&table, "lllr");
    for (int b = 0; b < prim->n_boxes; b++) {
        const struct prim_box *box = &prim->boxes[b];
        table_heading(&table, "Box %d: %.0f%% of its %s points (density), %.0f%% of all such points (coverage)", b + 1,
                      100 * box->density, table_count(box->n_points, numbers[0]), 100 * box->coverage);
        add_cells(&table, discovery, box, info);
    }
    dredge_status status = table_print(&table);
    out_text("\n");
    table_paragraph(
        0, "",
        "Boxes by PRIM (peeling and pasting). The bar shows the interval within the range of the factor; "
        "the last number is the quasi-p value: the chance that a restriction is no more than luck, times the "
        "restrictions that the search tried.");
    return status == DREDGE_OK ? print_trade_off(prim) : status;
}

static void write_box(struct json *json, const struct discovery *discovery, const struct prim_box *box,
                      const struct results_info *info)
{
    json_begin_object(json);
    json_put_number(json, "density", box->density);
    json_put_number(json, "coverage", box->coverage);
    json_put_number(json, "mass", box->mass);
    json_put_whole(json, "points", box->n_points);
    json_put_whole(json, "cases", box->n_cases);
    json_key(json, "limits");
    json_begin_object(json);
    for (int f = 0; f < info->n_factors; f++) {
        const struct prim_limit *limit = &box->limits[f];
        if (prim_is_restricted(limit)) {
            json_key(json, info->factors[f]);
            json_begin_object(json);
            if (limit->is_chosen) {
                char names[TABLE_CELL_BYTES];
                discovery_categories(discovery, f, limit, sizeof names, names);
                json_put_string(json, "categories", names);
            }
            json_put_number(json, "low", limit->has_low ? limit->low : NAN);
            json_put_number(json, "high", limit->has_high ? limit->high : NAN);
            json_put_number(json, "quasi_p", limit->quasi_p);
            json_end(json);
        }
    }
    json_end(json);
    json_end(json);
}

void boxes_write_json(struct json *json, const struct discovery *discovery, const struct results_info *info,
                      const char *outcome, const char *name)
{
    const struct prim *prim = &discovery->prim;
    json_begin_object(json);
    json_put_string(json, "outcome", outcome);
    json_put_string(json, "target", name);
    json_put_number(json, discovery->above ? "above" : "below", discovery->threshold);
    json_put_whole(json, "points", prim->n_points);
    json_put_whole(json, "cases", prim->n_cases);
    json_put_number(json, "base_rate", prim->n_points > 0 ? (double)prim->n_cases / prim->n_points : NAN);
    json_key(json, "boxes");
    json_begin_array(json);
    for (int b = 0; b < prim->n_boxes; b++) {
        write_box(json, discovery, &prim->boxes[b], info);
    }
    json_end(json);
    json_key(json, "peeling");
    json_begin_array(json);
    for (int s = 0; s < prim->n_steps; s++) {
        json_begin_object(json);
        json_put_number(json, "density", prim->steps[s].density);
        json_put_number(json, "coverage", prim->steps[s].coverage);
        json_put_number(json, "mass", prim->steps[s].mass);
        json_put_whole(json, "restricted", prim->steps[s].n_restricted);
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

void boxes_print_csv(const struct discovery *discovery, const struct results_info *info)
{
    out_text("box,density,coverage,mass,points,cases,factor,low,high,quasi_p,categories\n");
    for (int b = 0; b < discovery->prim.n_boxes; b++) {
        const struct prim_box *box = &discovery->prim.boxes[b];
        for (int f = 0; f < info->n_factors; f++) {
            const struct prim_limit *limit = &box->limits[f];
            char names[TABLE_CELL_BYTES];
            if (prim_is_restricted(limit)) {
                out_print("%d,%.10g,%.10g,%.10g,%d,%d,", b + 1, box->density, box->coverage, box->mass, box->n_points,
                          box->n_cases);
                query_csv_text(info->factors[f]);
                out_text(",");
                query_csv_number(limit->has_low ? limit->low : NAN);
                out_text(",");
                query_csv_number(limit->has_high ? limit->high : NAN);
                out_print(",%.10g,", limit->quasi_p);
                names[0] = 0;
                if (limit->is_chosen) {
                    discovery_categories(discovery, f, limit, sizeof names, names);
                }
                query_csv_text(names);
                out_text("\n");
            }
        }
    }
}
