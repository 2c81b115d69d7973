/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/calibration.h"
#include "study/factor.h"
#include "study/keys.h"
#include "study/parts.h"

/* The targets of the section `calibration`. */

/* A target on its way. */
struct form {
    struct reader *reader;
    const struct yaml_node *node;
    const char *path;
    struct evidence *target;
};

/* ---- entries ---- */

static const struct yaml_node *entry_of(const struct form *form, const char *name, char path[READER_PATH_BYTES])
{
    reader_path(path, form->path, name);
    return yaml_entry(form->node, name);
}

/* Entry `name` as a number; `fallback` where it is not given. */
static double number_of(const struct form *form, const char *name, const struct reader_range *range, double fallback)
{
    char path[READER_PATH_BYTES];
    const struct yaml_node *entry = entry_of(form, name, path);
    double value = fallback;
    if (entry != NULL) {
        (void)reader_number(form->reader, entry, path, range, &value);
    }
    return value;
}

/* Copies a text; one that has no room is a mistake, as a part of it would be another one. */
static void copy_text(const struct form *form, const char *name, size_t n_bytes, char *copy)
{
    char path[READER_PATH_BYTES];
    const struct yaml_node *entry = entry_of(form, name, path);
    if (entry == NULL || !reader_is_text(form->reader, entry, path)) {
        return;
    }
    if (strlen(entry->text) >= n_bytes) {
        reader_mistake_key(form->reader, entry, path, "is too long: at most 63 bytes for a name, 255 for a source");
        return;
    }
    (void)snprintf(copy, n_bytes, "%s", entry->text);
}

/* Complains about keys that the table of keys does not have below `section`. */
static void check_keys(const struct form *form)
{
    for (const struct yaml_node *entry = form->node->first; entry != NULL; entry = entry->next) {
        char path[READER_PATH_BYTES];
        reader_path(path, form->path, entry->key);
        if (key_find("calibration.targets.K", entry->key) < 0) {
            reader_unknown(form->reader, entry, path);
        }
    }
}

/* ---- what the target is a figure of ---- */

static void read_correlation(const struct form *form)
{
    char path[READER_PATH_BYTES];
    const struct yaml_node *pair = entry_of(form, "correlation", path);
    struct evidence *target = form->target;
    target->kind = EVIDENCE_CORRELATION;
    if (pair->kind != YAML_LIST || pair->n_children != 2) {
        reader_mistake_about(form->reader, pair, path, "must be a list of two outcomes");
        return;
    }
    target->outcome = outcome_choice(form->reader, pair->first, path);
    target->other = outcome_choice(form->reader, pair->last, path);
    if (target->outcome >= 0 && target->outcome == target->other) {
        reader_mistake_about(form->reader, pair, path, "needs two outcomes that differ");
    }
}

static void read_series(const struct form *form)
{
    static const struct reader_range months = {READER_WHOLE, 0, 24000, "months"};
    const char *names[N_SERIES + 1] = {NULL};
    char path[READER_PATH_BYTES];
    const struct yaml_node *series = entry_of(form, "series", path);
    struct evidence *target = form->target;
    for (int k = 0; k < N_SERIES; k++) {
        names[k] = series_infos[k].name;
    }
    target->kind = EVIDENCE_SERIES;
    target->series = reader_choice(form->reader, series, path, names);
    target->month = (int)number_of(form, "month", &months, -1);
    target->minus_month = (int)number_of(form, "minus_month", &months, -1);
    if (yaml_entry(form->node, "month") == NULL) {
        reader_mistake_about(form->reader, form->node, form->path, "a series needs the month that it is looked at");
    } else if (target->month == target->minus_month) {
        reader_mistake(form->reader, entry_of(form, "minus_month", path), path, "must be another month than `month`");
    }
}

static void read_share(const struct form *form)
{
    static const struct reader_range any = {READER_REAL, -1e9, 1e9, ""};
    char path[READER_PATH_BYTES], own_path[READER_PATH_BYTES];
    const struct yaml_node *share = entry_of(form, "share", path);
    const struct form own = {form->reader, share, path, form->target};
    form->target->kind = EVIDENCE_SHARE;
    if (share->kind != YAML_MAP || share->n_children != 2 || yaml_entry(share, "outcome") == NULL ||
        yaml_entry(share, "at_least") == NULL) {
        reader_mistake_about(form->reader, share, path, "must be {outcome: NAME, at_least: VALUE}");
        return;
    }
    form->target->outcome = outcome_choice(form->reader, entry_of(&own, "outcome", own_path), own_path);
    form->target->level = number_of(&own, "at_least", &any, 0);
}

static void read_mean(const struct form *form)
{
    static const struct reader_range probability = {READER_REAL, 0, 1, "probability"};
    char path[READER_PATH_BYTES];
    const struct yaml_node *outcome = entry_of(form, "outcome", path);
    form->target->outcome = outcome_choice(form->reader, outcome, path);
    form->target->kind = yaml_entry(form->node, "quantile") != NULL ? EVIDENCE_QUANTILE : EVIDENCE_MEAN;
    form->target->level = number_of(form, "quantile", &probability, 0.5);
}

/* One of these, with the entries that only belong to it; 1, or 0 and a mistake. */
static int read_figure(const struct form *form)
{
    static const struct {
        const char *name, *own[2];
        void (*read)(const struct form *form);
    } kinds[] = {{"outcome", {"quantile", NULL}, read_mean},
                 {"share", {NULL, NULL}, read_share},
                 {"correlation", {NULL, NULL}, read_correlation},
                 {"series", {"month", "minus_month"}, read_series}};
    enum { N_KINDS = sizeof kinds / sizeof *kinds };
    int n = 0;
    for (int kind = 0; kind < N_KINDS; kind++) {
        int is_given = yaml_entry(form->node, kinds[kind].name) != NULL;
        n += is_given;
        if (is_given && n == 1) {
            kinds[kind].read(form);
        }
        for (int k = 0; !is_given && k < 2 && kinds[kind].own[k] != NULL; k++) {
            char path[READER_PATH_BYTES], sentence[MISTAKE_BYTES];
            const struct yaml_node *entry = entry_of(form, kinds[kind].own[k], path);
            if (entry != NULL) {
                (void)snprintf(sentence, sizeof sentence, "belongs to a target that has `%s`", kinds[kind].name);
                reader_mistake_key(form->reader, entry, path, sentence);
            }
        }
    }
    if (n != 1) {
        reader_mistake_about(form->reader, form->node, form->path,
                             "needs one of outcome, share, correlation and series");
    }
    return n == 1;
}

/* ---- the rest ---- */

static void read_settings(const struct form *form)
{
    char set_path[READER_PATH_BYTES];
    const struct yaml_node *set = entry_of(form, "set", set_path);
    struct reader *reader = form->reader;
    struct evidence *target = form->target;
    if (set == NULL || !reader_is_map(reader, set, set_path)) {
        return;
    }
    for (const struct yaml_node *entry = set->first; entry != NULL; entry = entry->next) {
        struct factor factor;
        char own_path[READER_PATH_BYTES];
        reader_path(own_path, set_path, entry->key);
        if (!factor_find(reader->study, entry->key, &factor)) {
            factor_unknown(reader, entry, own_path);
            continue;
        }
        if (target->n_set == EVIDENCE_MAX_SET) {
            reader_mistake_key(reader, entry, own_path, "is one too many: at most eight values can be set");
            continue;
        }
        struct factor_about about = factor_about(&factor);
        enum reader_kind kind = about.is_flag ? READER_FLAG : about.is_whole ? READER_WHOLE : READER_REAL;
        const struct reader_range range = {kind, about.low, about.high, about.unit};
        struct evidence_setting *own = &target->set[target->n_set];
        (void)snprintf(own->key, sizeof own->key, "%s", entry->key);
        target->n_set += reader_number(reader, entry, own_path, &range, &own->value);
    }
}

/* Do two names make the same variable? A dot is an underscore there. */
static int are_alike(const char *name, const char *other)
{
    while (*name != '\0' && (*name == '.' ? '_' : *name) == (*other == '.' ? '_' : *other)) {
        name++;
        other++;
    }
    return *name == *other;
}

/* A name is part of names of variables in the posterior's file, so there is one target of each. */
static void check_name(const struct form *form, const struct calibration *calibration)
{
    char path[READER_PATH_BYTES];
    const struct yaml_node *entry = entry_of(form, "name", path);
    const char *name = form->target->name;
    size_t length = strlen(name);
    int is_odd = entry != NULL && entry->kind == YAML_SCALAR && entry->text[0] == '\0';
    is_odd |= length > 0 && (name[0] == ' ' || name[length - 1] == ' ');
    for (size_t i = 0; i < length; i++) {
        is_odd |= name[i] == '/' || (unsigned char)name[i] < ' ' || name[i] == 0x7f;
    }
    if (is_odd) {
        reader_mistake(form->reader, entry, path,
                       "a name is not empty and has no slash, no control character and no space at an end");
    }
    for (const struct evidence *other = calibration->targets; length > 0 && other < form->target; other++) {
        if (are_alike(other->name, name)) {
            reader_mistake(form->reader, entry, path,
                           "another target is called so (a dot counts as _): give each its own name");
            return;
        }
    }
}

/* What the figure can be. */
static struct reader_range value_range(const struct form *form)
{
    const struct evidence *target = form->target;
    struct reader_range range = {READER_REAL, -1e9, 1e9, ""};
    if (target->kind == EVIDENCE_CORRELATION) {
        return (struct reader_range){READER_REAL, -1, 1, "correlation"};
    }
    if (target->kind == EVIDENCE_SHARE) {
        return (struct reader_range){READER_REAL, 0, 1, "share of runs"};
    }
    int is_series = target->kind == EVIDENCE_SERIES;
    if ((is_series ? target->series : target->outcome) < 0) {
        return range;
    }
    range.unit =
        is_series ? series_infos[target->series].unit : study_outcome_info(form->reader->study, target->outcome).unit;
    outcome_bounds(range.unit, &range.low, &range.high);
    range.high = fmin(range.high, 1e9);
    range.low = is_series && target->minus_month >= 0 ? -range.high : fmax(range.low, -1e9);
    return range;
}

/* Which of the entries that every target has are not there? */
static void check_given(const struct form *form)
{
    static const char *const names[3] = {"name", "value", "error"};
    for (int k = 0; k < 3; k++) {
        if (yaml_entry(form->node, names[k]) == NULL) {
            char sentence[MISTAKE_BYTES];
            (void)snprintf(sentence, sizeof sentence, "has no %s: a target needs a name, a value and its error",
                           names[k]);
            reader_mistake_about(form->reader, form->node, form->path, sentence);
        }
    }
}

static void read_target(const struct form *form, const struct calibration *calibration)
{
    static const struct reader_range any = {READER_REAL, -1e9, 1e9, ""};
    static const struct reader_range positive = {READER_REAL, 1e-9, 1e9, "standard error"};
    struct evidence *target = form->target;
    char path[READER_PATH_BYTES];
    *target = (struct evidence){.minus_month = -1};
    if (!reader_is_map(form->reader, form->node, form->path)) {
        return;
    }
    check_keys(form);
    copy_text(form, "name", sizeof target->name, target->name);
    copy_text(form, "source", sizeof target->source, target->source);
    check_name(form, calibration);
    int is_known = read_figure(form);
    check_given(form);
    const struct reader_range range = is_known ? value_range(form) : any;
    target->value = number_of(form, "value", &range, 0);
    target->error = number_of(form, "error", &positive, 1);
    const struct yaml_node *use = entry_of(form, "use", path);
    target->is_held_out = use != NULL && reader_choice(form->reader, use, path, evidence_use_names) == 1;
    read_settings(form);
}

dredge_status targets_read(struct reader *reader, const struct yaml_node *node, struct calibration *calibration)
{
    static const char path[] = "calibration.targets";
    if (!reader_is_list(reader, node, path)) {
        return DREDGE_OK;
    }
    size_t n = (size_t)node->n_children + 1;
    calibration->targets = calloc(n, sizeof *calibration->targets);
    if (calibration->targets == NULL) {
        return status_no_memory(n * sizeof *calibration->targets);
    }
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next) {
        char own_path[READER_PATH_BYTES];
        (void)snprintf(own_path, sizeof own_path, "%s[%d]", path, calibration->n_targets);
        const struct form form = {reader, item, own_path, &calibration->targets[calibration->n_targets++]};
        read_target(&form, calibration);
    }
    return DREDGE_OK;
}

/* ---- once all is read ---- */

/* The months that runs of a target have; 0 where a prior leaves them open. */
static int months_of(const struct study *study, const struct evidence *target)
{
    static const char *const keys[2] = {"months", "aftercare_months"};
    const int own[2] = {study->parameters.months, study->parameters.aftercare_months};
    int sum = 0;
    for (int part = 0; part < 2; part++) {
        int is_open = 0, months = own[part];
        for (int k = 0; k < study->calibration->n_priors; k++) {
            is_open |= strcmp(study->calibration->priors[k].key, keys[part]) == 0;
        }
        for (int k = 0; k < target->n_set; k++) {
            if (strcmp(target->set[k].key, keys[part]) == 0) {
                is_open = 0;
                months = (int)target->set[k].value;
            }
        }
        if (is_open) {
            return 0;
        }
        sum += months;
    }
    return sum;
}

/* The last month that an outcome looks at; 0 for those of every length. */
static int last_month_of(const struct study *study, int outcome)
{
    const struct derived *derived = outcome < N_OUTCOMES ? NULL : &study->derived[outcome - N_OUTCOMES];
    int last = derived != NULL ? derived->to : 0;
    for (int term = 0; derived != NULL && term < derived->n_terms; term++) {
        int own = last_month_of(study, derived->terms[term].outcome); /* one that stands above */
        last = own > last ? own : last;
    }
    return last;
}

void targets_check(struct reader *reader)
{
    const struct study *study = reader->study;
    const struct yaml_node *item = yaml_entry(reader->root, "calibration");
    item = item != NULL ? yaml_entry(item, "targets") : NULL;
    item = item != NULL ? item->first : NULL;
    for (int t = 0; item != NULL; item = item->next, t++) {
        const struct evidence *target = &study->calibration->targets[t];
        char path[READER_PATH_BYTES], sentence[MISTAKE_BYTES];
        int months = months_of(study, target);
        int last = target->month > target->minus_month ? target->month : target->minus_month;
        if (target->kind != EVIDENCE_SERIES) {
            int other = target->kind == EVIDENCE_CORRELATION ? last_month_of(study, target->other) : 0;
            last = last_month_of(study, target->outcome);
            last = other > last ? other : last;
        }
        if (months > 0 && last > months) {
            (void)snprintf(path, sizeof path, "calibration.targets.%s", target->name);
            (void)snprintf(sentence, sizeof sentence,
                           "month %d is after the last one: its collaborations have %d months, aftercare included",
                           last, months);
            reader_mistake_about(reader, item, path, sentence);
        }
    }
}
