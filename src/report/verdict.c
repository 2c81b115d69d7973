/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/verdict.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST_LISTED = 256 }; /* outcomes in a sentence */

/* The word for a scale. */
static enum text scale_word(enum scale scale)
{
    static const enum text words[N_SCALES] = {[SCALE_local] = TEXT_scale_local,
                                              [SCALE_regional] = TEXT_scale_regional,
                                              [SCALE_national] = TEXT_scale_national,
                                              [SCALE_international] = TEXT_scale_international};
    return words[scale];
}

void verdict_facts(const struct results_info *info, const struct study *study, enum language language,
                   char sentence[VERDICT_BYTES])
{
    char numbers[6][LANGUAGE_NUMBER_BYTES];
    language_count(language, info->n_regimes, numbers[0]);
    language_count(language, info->n_points, numbers[1]);
    language_count(language, info->n_replicates, numbers[2]);
    language_count(language, info->n_done, numbers[3]);
    (void)snprintf(numbers[4], sizeof numbers[4], "%d", study->parameters.months);
    (void)snprintf(numbers[5], sizeof numbers[5], "%d", study->parameters.aftercare_months);
    const struct language_place places[] = {{"regimes", numbers[0]},
                                            {"points", numbers[1]},
                                            {"replicates", numbers[2]},
                                            {"runs", numbers[3]},
                                            {"months", numbers[4]},
                                            {"aftercare", numbers[5]},
                                            {"scale", language_text(language, scale_word(study->scale))}};
    language_fill(language_text(language, info->n_points > 1 ? TEXT_facts : TEXT_facts_one), 7, places, VERDICT_BYTES,
                  sentence);
}

enum text verdict_word(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_BETTER:
        return TEXT_word_better;
    case VERDICT_WORSE:
        return TEXT_word_worse;
    case VERDICT_HIGHER:
        return TEXT_word_higher;
    case VERDICT_LOWER:
        return TEXT_word_lower;
    case VERDICT_SMALL:
        return TEXT_word_small;
    case VERDICT_EQUAL:
        return TEXT_word_equal;
    case VERDICT_UNCLEAR:
        break;
    }
    return TEXT_word_unclear;
}

int verdict_decimals(double scale)
{
    double size = fabs(scale);
    return size < 10 ? 2 : size < 100 ? 1 : 0;
}

static void say(struct verdict_text *text, enum language language, enum text words, int n_places,
                const struct language_place *places)
{
    if (text->n < VERDICT_SENTENCES) {
        language_fill(language_text(language, words), n_places, places, VERDICT_BYTES, text->sentence[text->n++]);
    }
}

static enum text choose_main(const struct paired *paired)
{
    if (paired->verdict == VERDICT_EQUAL || paired->verdict == VERDICT_SMALL) {
        return paired->verdict == VERDICT_EQUAL ? TEXT_verdict_main_equal : TEXT_verdict_main_small;
    }
    if (isnan(paired->difference.low)) {
        return TEXT_verdict_main_unknown;
    }
    if (paired->verdict == VERDICT_BETTER) {
        return TEXT_verdict_main_better;
    }
    return paired->verdict == VERDICT_WORSE ? TEXT_verdict_main_worse : TEXT_verdict_main_unclear;
}

/* The names of the outcomes with verdict `wanted`, without `main`: "trust, momentum and inclusion". At most `most` are
 * named, those with the clearest difference first. Returns how many there are. */
static int list_outcomes(const struct comparison *comparison, const struct study *study, int regime, int main,
                         enum verdict wanted, int most, enum language language, size_t n_bytes, char *out)
{
    int order[MOST_LISTED];
    double size[MOST_LISTED];
    int n = 0;
    for (int outcome = 0; outcome < comparison->n_outcomes && n < MOST_LISTED; outcome++) {
        const struct paired *paired = &comparison_cell(comparison, outcome, regime)->paired;
        const struct comparison_row *row = &comparison->row[outcome];
        if (outcome == main || paired_verdict(paired) != wanted || row->better == 0 || paired->difference.n == 0 ||
            strchr(row->name, '[') != NULL) { /* of a sector or pair: the table has them */
            continue;
        }
        double t = paired->difference.se > 0 ? fabs(paired->difference.mean) / paired->difference.se : INFINITY;
        int at = n++;
        for (; at > 0 && size[at - 1] < t; at--) {
            size[at] = size[at - 1];
            order[at] = order[at - 1];
        }
        size[at] = t;
        order[at] = outcome;
    }
    int named = n <= most ? n : most - 1;
    char more[64] = "";
    if (named < n) {
        char number[LANGUAGE_NUMBER_BYTES];
        language_count(language, n - named, number);
        struct language_place place = {"n", number};
        language_fill(language_text(language, TEXT_list_more), 1, &place, sizeof more, more);
    }
    size_t used = 0;
    out[0] = 0;
    for (int i = 0; i < named + (named < n) && used < n_bytes; i++) {
        const char *word = i < named ? label_outcome_named(study, language, comparison->row[order[i]].name) : more;
        int last = i == named - (named == n);
        const char *joint = i == 0 ? "" : last ? " " : ", ";
        used += (size_t)snprintf(out + used, n_bytes - used, "%s%s%s%s", joint,
                                 i > 0 && last ? language_text(language, TEXT_list_and) : "", i > 0 && last ? " " : "",
                                 word);
    }
    return n;
}

static void say_sides(const struct comparison *comparison, const struct study *study, int regime, int outcome,
                      enum language language, struct language_place *names, struct verdict_text *text)
{
    char better[512];
    char worse[512];
    enum { MOST = 6 };
    int n_better =
        list_outcomes(comparison, study, regime, outcome, VERDICT_BETTER, MOST, language, sizeof better, better);
    int n_worse = list_outcomes(comparison, study, regime, outcome, VERDICT_WORSE, MOST, language, sizeof worse, worse);
    struct language_place places[] = {names[0], names[1], {"better", better}, {"worse", worse}};
    enum text words = n_better && n_worse ? TEXT_verdict_sides
                      : n_better          ? TEXT_verdict_sides_only_better
                      : n_worse           ? TEXT_verdict_sides_only_worse
                                          : TEXT_verdict_sides_none;
    say(text, language, words, 4, places);
}

static void say_sureness(const struct comparison *comparison, const struct study *study, int regime, int outcome,
                         enum language language, struct verdict_text *text)
{
    const struct estimate *difference = &comparison_cell(comparison, outcome, regime)->paired.difference;
    char n[LANGUAGE_NUMBER_BYTES];
    char unclear[512];
    char small[512];
    language_count(language, difference->n_units, n);
    int n_unclear = list_outcomes(comparison, study, regime, outcome, VERDICT_UNCLEAR, MOST_LISTED, language,
                                  sizeof unclear, unclear);
    int n_small =
        list_outcomes(comparison, study, regime, outcome, VERDICT_SMALL, MOST_LISTED, language, sizeof small, small);
    struct language_place places[] = {{"n", n}, {"unclear", unclear}, {"small", small}};
    if (n_small > 0) {
        say(text, language, TEXT_verdict_small, 3, places);
    }
    if (difference->n_units < PAIRED_TELLING && difference->unit != PANEL_NOTHING) {
        say(text, language, TEXT_verdict_few, 1, places);
    } else if (difference->unit == PANEL_POINTS) {
        say(text, language, TEXT_verdict_sure_points, 2, places);
    } else if (difference->unit == PANEL_REPLICATES) {
        say(text, language, n_unclear ? TEXT_verdict_sure_unclear : TEXT_verdict_sure, 2, places);
    }
}

/* Where the points of a design do not agree. */
static void say_flip(const struct comparison *comparison, const struct comparison_cell *cell, enum language language,
                     const struct language_place *names, struct verdict_text *text)
{
    char better[LANGUAGE_NUMBER_BYTES];
    char worse[LANGUAGE_NUMBER_BYTES];
    char points[LANGUAGE_NUMBER_BYTES];
    language_count(language, cell->n_points_better, better);
    language_count(language, cell->n_points_worse, worse);
    language_count(language, comparison->n_points, points);
    struct language_place places[] = {names[0], {"better", better}, {"worse", worse}, {"points", points}};
    enum text words = cell->n_points_better && cell->n_points_worse ? TEXT_verdict_flip
                      : cell->n_points_better                       ? TEXT_verdict_points
                      : cell->n_points_worse                        ? TEXT_verdict_points_worse
                                                                    : TEXT_verdict_points_none;
    say(text, language, words, 4, places);
}

void verdict_pair(const struct paired *paired, const char *outcome, const char *regime, const char *other,
                  enum language language, char sentence[VERDICT_BYTES])
{
    const struct estimate *difference = &paired->difference;
    int decimals = verdict_decimals(fmax(fabs(paired->regime), fabs(paired->baseline)));
    int fine = decimals + (difference->se < 0.5 * pow(10, -decimals)); /* an extra digit where it is meant */
    char numbers[6][LANGUAGE_NUMBER_BYTES];
    char n[LANGUAGE_NUMBER_BYTES];
    language_count(language, difference->n, n);
    const struct language_place places[] = {
        {"regime", regime},
        {"baseline", other},
        {"outcome", outcome},
        {"mean", language_number(language, paired->regime, fine, 0, numbers[0])},
        {"base", language_number(language, paired->baseline, fine, 0, numbers[1])},
        {"difference", language_number(language, difference->mean, fine, 1, numbers[2])},
        {"low", language_number(language, difference->low, fine, 1, numbers[3])},
        {"high", language_number(language, difference->high, fine, 1, numbers[4])},
        {"n", n},
        {"matters", language_number(language, paired->matters, fine, 0, numbers[5])},
    };
    language_fill(language_text(language, choose_main(paired)), 10, places, VERDICT_BYTES, sentence);
}

void verdict_write(const struct comparison *comparison, const struct results_info *info, const struct study *study,
                   int regime, int outcome, enum language language, struct verdict_text *text)
{
    const struct comparison_cell *cell = comparison_cell(comparison, outcome, regime);
    struct language_place names[] = {{"regime", label_name(study, language, info->regimes[regime])},
                                     {"baseline", label_name(study, language, info->regimes[comparison->baseline])}};
    text->n = 1;
    verdict_pair(&cell->paired, label_outcome(study, language, outcome), names[0].value, names[1].value, language,
                 text->sentence[0]);
    if (comparison->n_points > 1 && cell->paired.difference.unit == PANEL_REPLICATES) {
        say_flip(comparison, cell, language, names, text);
    }
    say_sides(comparison, study, regime, outcome, language, names, text);
    say_sureness(comparison, study, regime, outcome, language, text);
}

/* Adds one part of a list: what does not fit is told by an ellipsis. */
static void list_part(enum language language, enum text words, int n_places, const struct language_place *places,
                      char list[VERDICT_BYTES])
{
    char part[VERDICT_BYTES / 4];
    size_t used = strlen(list);
    language_fill(language_text(language, words), n_places, places, sizeof part, part);
    int fits = used + strlen(part) + sizeof ", …, " < VERDICT_BYTES;
    if (fits || (used > 0 && strcmp(list + used - strlen("…"), "…") != 0)) {
        (void)snprintf(list + used, VERDICT_BYTES - used, "%s%s", used > 0 ? ", " : "", fits ? part : "…");
    }
}

void verdict_missing(const struct comparison *comparison, const struct results_info *info, const struct study *study,
                     int outcome, enum language language, char text[VERDICT_MISSING_BYTES])
{
    char runs[VERDICT_BYTES] = "", pairs[VERDICT_BYTES] = "", reason[VERDICT_BYTES] = "";
    const char *name = comparison->row[outcome].name;
    int n_compared = 0;
    const char *about = outcome < N_OUTCOMES ? language_outcome_description(language, outcome) : "";
    const char *why = strstr(about, language_text(language, TEXT_missing_begins));
    (void)snprintf(reason, sizeof reason, why != NULL ? " (%s)" : "%s", why != NULL ? why : "");
    for (int r = 0; r < comparison->n_regimes; r++) {
        const struct comparison_cell *cell = comparison_cell(comparison, outcome, r);
        const struct paired *paired = &cell->paired;
        long n_all = comparison_cell(comparison, OUTCOME_survival, r)->mean.n;
        int decimals = verdict_decimals(fmax(fabs(paired->regime), fabs(paired->baseline)));
        char numbers[5][LANGUAGE_NUMBER_BYTES];
        const struct language_place places[] = {
            {"n", language_count(language, n_all - cell->mean.n, numbers[0])},
            {"all", language_count(language, n_all, numbers[1])},
            {"regime", label_name(study, language, info->regimes[r])},
            {"baseline", label_name(study, language, info->regimes[comparison->baseline])},
            {"pairs", language_count(language, paired->difference.n, numbers[2])},
            {"mean", language_number(language, paired->regime, decimals + (decimals == 2), 0, numbers[3])},
            {"base", language_number(language, paired->baseline, decimals + (decimals == 2), 0, numbers[4])}};
        list_part(language, TEXT_missing_runs, 7, places, runs);
        if (r != comparison->baseline) {
            list_part(language, paired->difference.n > 0 ? TEXT_missing_pair : TEXT_missing_no_pair, 7, places, pairs);
            n_compared += paired->difference.n > 0;
        }
    }
    const struct language_place places[] = {
        {"outcome", label_outcome_named(study, language, name)}, {"runs", runs}, {"reason", reason}, {"pairs", pairs}};
    language_fill(language_text(language, n_compared > 0 ? TEXT_missing : TEXT_missing_alone), 4, places,
                  VERDICT_MISSING_BYTES, text);
}
