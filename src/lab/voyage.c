/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/voyage.h"

#include <string.h>

#include "model/law.h"

const char voyage_study[] = "title: At the helm\n"
                            "months: 120\n"
                            "aftercare_months: 36\n"
                            "seed: 1\n"
                            "replicates: 5\n"
                            "regimes: [linear_kpi, iterative]\n"
                            "convener: {skill_concentration: 60}\n"
                            "model: {rest_concentration: 60, collapse_below: 0.4}\n";

/* ---- the funder's rule ---- */

static const double kpi_weight = 0.2;  /* of a hand; a regime has its own */
static const float stop_below = 0.25F; /* V */
static const float expected = 0.6F;    /* V at which the grant stays as it is */
static const float enough_results = 9; /* in twelve months */
static const float least_change = 0.6F, most_change = 1.2F;
static const float least_grant = 0.1F, most_grant = 1.2F;

static void judge(struct voyage *voyage)
{
    float counted = 0;
    for (int month = 0; month < 12; month++) {
        counted += voyage->counted[month];
    }
    float results = clamp(counted / enough_results, 0, 1);
    float value = (1 - voyage->play.frames[PLAY_symptom]) / 2 + results / 2;
    struct voyage_verdict *verdict = &voyage->verdicts[voyage->n_verdicts++];
    verdict->value = value;
    if (value < stop_below) {
        voyage->stopped = voyage->play.month;
        voyage->grant = 0;
        play_stop(&voyage->play);
    } else {
        voyage->grant =
            clamp(voyage->grant * clamp(value / expected, least_change, most_change), least_grant, most_grant);
        play_grant(&voyage->play, (double)voyage->grant);
    }
    verdict->grant = voyage->grant;
}

/* ---- the voyage ---- */

dredge_status voyage_init(struct voyage *voyage, const struct study *study, const struct regime *regime,
                          uint32_t replicate)
{
    memset(voyage, 0, sizeof *voyage);
    if (study->parameters.months != VOYAGE_MONTHS || study->parameters.aftercare_months != VOYAGE_AFTERCARE) {
        return status_fail(DREDGE_STUDY, "the helm is held for %d months of support and %d after it", VOYAGE_MONTHS,
                           VOYAGE_AFTERCARE);
    }
    struct regime by_hand;
    regime_from_info(&by_hand, regime_info_find("constant"));
    by_hand.phase[0].steering.kpi_weight = kpi_weight;
    voyage->grant = 1;
    voyage->steered = regime == NULL;
    return play_init(&voyage->play, study, 1, regime == NULL ? &by_hand : regime, replicate);
}

void voyage_free(struct voyage *voyage)
{
    play_free(&voyage->play);
    memset(voyage, 0, sizeof *voyage);
}

void voyage_steer(struct voyage *voyage, struct lever lever)
{
    play_steer(&voyage->play, 0, (double)lever.process, (double)lever.depth);
    play_form(&voyage->play, 0, 12); /* a hand has no formation; analysis works in the first year */
}

static void count_month(struct voyage *voyage)
{
    const float *frame = voyage->play.frames;
    int month = voyage->play.month;
    float results = frame[PLAY_quick] + frame[PLAY_structural];
    voyage->counted[(month - 1) % 12] = frame[PLAY_quick] + frame[PLAY_paper] + frame[PLAY_structural] / 2;
    voyage->results += (int)results;
    voyage->process_sum += (double)frame[PLAY_process];
    voyage->relief_sum += 1 - (double)frame[PLAY_symptom];
    voyage->early_relief_sum += month <= VOYAGE_GRANT ? 1 - (double)frame[PLAY_symptom] : 0;
}

int voyage_step(struct voyage *voyage)
{
    if (!play_step(&voyage->play)) {
        return 0;
    }
    int month = voyage->play.month;
    if (month <= VOYAGE_MONTHS) {
        count_month(voyage);
    }
    if (month == VOYAGE_MONTHS) {
        voyage->trust = voyage->play.frames[PLAY_trust] - voyage->play.frames[PLAY_latent];
    }
    if (month % VOYAGE_GRANT == 0 && month < VOYAGE_MONTHS && voyage->stopped == 0) {
        judge(voyage);
    }
    return 1;
}

void voyage_gauges(const struct voyage *voyage, float gauges[N_GAUGES])
{
    const struct play *play = &voyage->play;
    const float *frame = play->frames;
    int month = play->month, within = month % VOYAGE_GRANT;
    int judged = month / VOYAGE_GRANT >= VOYAGE_VERDICTS;
    int year = within / 12 + 1;
    gauges[GAUGE_month] = (float)month;
    gauges[GAUGE_year] = (float)year;
    gauges[GAUGE_verdict] = judged ? 999 : (float)(VOYAGE_GRANT - within);
    gauges[GAUGE_tension] = 100 * (frame[PLAY_open] + frame[PLAY_latent] / 2);
    gauges[GAUGE_momentum] = 100 * frame[PLAY_momentum];
    gauges[GAUGE_relevance] = 100 * frame[PLAY_relevance];
    gauges[GAUGE_symptom] = 100 * frame[PLAY_symptom];
    gauges[GAUGE_grant] = 100 * voyage->grant;
    gauges[GAUGE_known] = (float)play_known(play, 0);
}

void voyage_follow(struct voyage *voyage, const struct rule *rule)
{
    do {
        if (voyage->play.month % VOYAGE_HOLD == 0) {
            float gauges[N_GAUGES];
            voyage_gauges(voyage, gauges);
            voyage_steer(voyage, rule_lever(rule, gauges));
        }
    } while (voyage_step(voyage));
}

struct voyage_score voyage_score(const struct voyage *voyage)
{
    const float *frame = voyage->play.frames;
    const struct totals *totals = &voyage->play.ensemble.blocks[0].totals;
    struct voyage_score score = {
        .relief = 100 * voyage->relief_sum / VOYAGE_MONTHS,
        .lasting = 100 * (double)frame[PLAY_structural_share],
        .relief_after = 100 * (1 - (double)frame[PLAY_symptom]),
        .early_relief = 100 * voyage->early_relief_sum / VOYAGE_GRANT,
        .process = voyage->process_sum / VOYAGE_MONTHS,
        .trust = (double)voyage->trust,
        .by_conflict = (int)totals->found[SOURCE_CONFLICT][0],
        .results = voyage->results,
    };
    for (int index = 0; index < voyage->n_verdicts; index++) {
        score.verdict += (double)voyage->verdicts[index].value / voyage->n_verdicts;
    }
    return score;
}

int voyage_role(enum voyage_role role, const struct voyage_score *score)
{
    switch (role) {
    case ROLE_PUBLIC:
        return score->early_relief >= 45;
    case ROLE_PRIVATE:
        return score->results / 10.0 - 10 * score->process >= 7;
    case ROLE_NONPROFIT:
        return score->lasting >= 60;
    case ROLE_KNOWLEDGE:
        return score->by_conflict >= 6;
    case ROLE_CONVENER:
        return score->trust >= 0.5;
    default:
        return score->verdict >= 0.82;
    }
}
