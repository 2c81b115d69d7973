/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/play.h"

#include <stdlib.h>
#include <string.h>

#include "base/stream.h"
#include "model/tie.h"
#include "run/at_point.h"

/* The play is shown in the first lane; the others are not in use. */
enum { SHOWN = 0 };

/* Where the parts of a frame begin. */
struct layout {
    int momentum, inside, left, trust, latent, open, escalated, diagnosed, addressed, end;
};

static struct layout layout_of(const struct scenario *scenario)
{
    int seats = scenario->plan.n_seats, ties = scenario->plan.n_ties, causes = scenario->parameters.causes;
    struct layout at = {.momentum = N_PLAY_SCALARS};
    at.inside = at.momentum + seats;
    at.left = at.inside + seats;
    at.trust = at.left + seats;
    at.latent = at.trust + ties;
    at.open = at.latent + ties;
    at.escalated = at.open + ties;
    at.diagnosed = at.escalated + ties;
    at.addressed = at.diagnosed + causes;
    at.end = at.addressed + causes;
    return at;
}

/* The state of a block as a frame; flows are left at zero. */
static void pack_state(const struct block *block, const struct scenario *scenario, float *frame)
{
    struct layout at = layout_of(scenario);
    const struct plan *plan = &scenario->plan;
    memset(frame, 0, (size_t)at.end * sizeof *frame);
    frame[PLAY_symptom] = block->symptom[SHOWN];
    frame[PLAY_pressure] = block->pressure[SHOWN];
    frame[PLAY_budget] = block->budget[SHOWN];
    frame[PLAY_formation] = (float)block->formation[SHOWN];
    frame[PLAY_alive] = (float)block->goes_on[SHOWN];
    frame[PLAY_structural_share] =
        (float)block->n_addressed[SHOWN] / (float)(scenario->parameters.causes * scenario->parameters.layers);
    frame[PLAY_trust] = block->mean_trust[SHOWN];
    frame[PLAY_latent] = block->mean_latent[SHOWN];
    frame[PLAY_open] = block->mean_open[SHOWN];
    frame[PLAY_momentum] = block->mean_momentum[SHOWN];
    frame[PLAY_relevance] = block->relevance[SHOWN];
    frame[PLAY_skill] = block->skill[SHOWN];
    frame[PLAY_inclusion] = (float)block->n_inside[SHOWN] / (float)plan->n_seats;
    for (int seat = 0; seat < plan->n_seats; seat++) {
        frame[at.momentum + seat] = block->momentum[seat][SHOWN];
        frame[at.inside + seat] = (float)block->inside[seat][SHOWN];
    }
    for (int tie = 0; tie < plan->n_ties; tie++) {
        frame[at.trust + tie] = block->trust[tie][SHOWN];
        frame[at.latent + tie] = block->latent[tie][SHOWN];
        frame[at.open + tie] = block->open[tie][SHOWN];
    }
    for (int cause = 0; cause < scenario->parameters.causes; cause++) {
        frame[at.diagnosed + cause] = (float)block->diagnosed[cause][SHOWN];
        frame[at.addressed + cause] = (float)block->addressed[cause][SHOWN];
    }
}

/* Which ties escalated: the same rule on the same state of the month before (what the world does at the start of this one is
 * not in it) and the same luck. */
static void pack_escalations(const struct play *play, const struct work *work, float *frame)
{
    const struct scenario *scenario = &play->scenario;
    const struct rates *rates = &scenario_in(scenario, play->month)->rates;
    struct layout at = layout_of(scenario);
    const float *before = play->before;
    const struct tie_month m = {.process = frame[PLAY_process],
                                .pressure = before[PLAY_pressure],
                                .reaching = work->reaching[SHOWN],
                                .skill = work->skill[SHOWN]};
    for (int tie = 0; tie < scenario->plan.n_ties; tie++) {
        const struct pair *pair = &scenario->plan.pair[tie];
        int acts = before[PLAY_alive] > 0 && before[at.inside + pair->i] > 0 && before[at.inside + pair->j] > 0;
        const struct tie now = {
            .trust = before[at.trust + tie], .latent = before[at.latent + tie], .open = before[at.open + tie]};
        float luck = stream_uniform_upper(work->luck.tie[tie][SHOWN]);
        frame[at.escalated + tie] = (float)(acts && happens(luck, tie_escalation_rate(rates, now, m)));
    }
}

/* The frame of a regime after a month, while its flows stand in the work space. */
static void pack_month(struct play *play, int regime, const struct block *block, const struct work *work)
{
    struct layout at = layout_of(&play->scenario);
    float *frame = play->frames + (size_t)regime * (size_t)play->stride;
    memcpy(play->before, frame, (size_t)play->stride * sizeof *frame);
    pack_state(block, &play->scenario, frame);
    frame[PLAY_worked_through] = play->before[PLAY_worked_through];
    if (play->month >= play->scenario.parameters.months) {
        return;
    }
    frame[PLAY_process] = work->process[SHOWN];
    frame[PLAY_depth] = work->depth[SHOWN];
    frame[PLAY_quick] = (float)work->quick[SHOWN];
    frame[PLAY_structural] = (float)work->structural[SHOWN];
    frame[PLAY_paper] = (float)work->paper[SHOWN];
    frame[PLAY_worked_through] += work->learning[SHOWN];
    frame[PLAY_found_by_conflict] = (float)work->found[SOURCE_CONFLICT][SHOWN];
    frame[PLAY_found_by_analysis] = (float)work->found[SOURCE_ANALYSIS][SHOWN];
    frame[PLAY_found_by_doing] = (float)work->found[SOURCE_DOING][SHOWN];
    for (int seat = 0; seat < play->scenario.plan.n_seats; seat++) {
        frame[at.left + seat] = (float)work->leaves[seat][SHOWN];
    }
    pack_escalations(play, work, frame);
}

/* An ensemble_sink. */
static void pack_ensemble(void *context, int regime, int month, const struct work *work)
{
    (void)month;
    struct play *play = context;
    pack_month(play, regime, &play->ensemble.blocks[regime], work);
}

/* One month of a world, the block that is shown last, so that its flows are in the work space at the end. */
static void step_world(struct play *play, struct world *world)
{
    const struct scenario *scenario = scenario_in(&play->scenario, play->month);
    for (int number = world->n_blocks - 1; number >= 0; number--) {
        world_step_block(world, &world->blocks[number], 0);
    }
    if (play->month < scenario->parameters.months) {
        commons_learn(&world->commons, scenario, 0, world->commons.n_organisations);
    }
    world->month++;
    pack_month(play, world->regime, &world->blocks[SHOWN], &world->works[0]);
}

static struct block *shown_block(const struct play *play, int regime)
{
    return play->worlds != NULL ? &play->worlds[regime].blocks[SHOWN] : &play->ensemble.blocks[regime];
}

static dredge_status start_worlds(struct play *play, uint32_t replicate)
{
    const struct scenario *scenario = &play->scenario;
    size_t n_bytes = (size_t)scenario->n_regimes * sizeof *play->worlds;
    play->worlds = calloc(1, n_bytes);
    if (play->worlds == NULL) {
        return status_no_memory(n_bytes);
    }
    dredge_status status = DREDGE_OK;
    for (int regime = 0; regime < scenario->n_regimes && status == DREDGE_OK; regime++) {
        struct world *world = &play->worlds[regime];
        status = world_init(world, kernel_best(), scenario, 0, scenario->parameters.collaborations, 1);
        if (status == DREDGE_OK) {
            world_start(world, replicate, regime);
        }
    }
    return status;
}

dredge_status play_regime(const struct study *study, const char *name, struct regime *regime)
{
    int own = name != NULL ? study_regime(study, name) : 0;
    if (own < 0) {
        return study_regime_named(study, name, regime) ? DREDGE_OK : study_refuse_regime(study, name, 1);
    }
    struct parameters parameters;
    struct regime *regimes = malloc((size_t)study->n_regimes * sizeof *regimes);
    if (regimes == NULL) {
        return status_no_memory((size_t)study->n_regimes * sizeof *regimes);
    }
    dredge_status status = at_point(study, 0, &parameters, regimes);
    if (status == DREDGE_OK) {
        *regime = regimes[own];
    }
    free(regimes);
    return status;
}

static dredge_status make_scenario(const struct study *study, int n_regimes, const struct regime *regimes,
                                   struct scenario *scenario)
{
    struct parameters parameters;
    struct regime *own = malloc((size_t)study->n_regimes * sizeof *own);
    dredge_status status =
        own == NULL ? status_no_memory((size_t)study->n_regimes * sizeof *own) : at_point(study, 0, &parameters, own);
    if (status == DREDGE_OK) {
        status = at_point_scenario(study, 0, &parameters, n_regimes, regimes, scenario);
    }
    free(own);
    return status;
}

dredge_status play_init(struct play *play, const struct study *study, int n_regimes, const struct regime *regimes,
                        uint32_t replicate)
{
    memset(play, 0, sizeof *play);
    dredge_status status = kernel_check(1);
    if (status == DREDGE_OK) {
        status = make_scenario(study, n_regimes, regimes, &play->scenario);
    }
    if (status == DREDGE_OK && play->scenario.parameters.collaborations > 1) {
        status = start_worlds(play, replicate);
    } else if (status == DREDGE_OK) {
        status = ensemble_init(&play->ensemble, kernel_best(), &play->scenario);
        if (status == DREDGE_OK) {
            ensemble_start(&play->ensemble, replicate, 1);
        }
    }
    if (status == DREDGE_OK) {
        play->stride = layout_of(&play->scenario).end;
        size_t n_bytes = (size_t)play->stride * sizeof *play->frames;
        play->frames = malloc(n_bytes * (size_t)n_regimes);
        play->before = malloc(n_bytes);
        if (play->frames == NULL || play->before == NULL) {
            status = status_no_memory(n_bytes * (size_t)n_regimes);
        }
    }
    if (status != DREDGE_OK) {
        play_free(play);
        return status;
    }
    for (int regime = 0; regime < n_regimes; regime++) {
        pack_state(shown_block(play, regime), &play->scenario, play->frames + (size_t)regime * (size_t)play->stride);
    }
    return DREDGE_OK;
}

void play_free(struct play *play)
{
    for (int regime = 0; play->worlds != NULL && regime < play->scenario.n_regimes; regime++) {
        world_free(&play->worlds[regime]);
    }
    free(play->worlds);
    free(play->frames);
    free(play->before);
    ensemble_free(&play->ensemble);
    scenario_free(&play->scenario);
    memset(play, 0, sizeof *play);
}

void play_steer(struct play *play, int regime, double process, double depth)
{
    struct regime *steered = &play->scenario.regimes[regime];
    double kpi_weight = steered->phase[0].steering.kpi_weight;
    /* No rule is left but the funder's: the hand's share holds in a formation that is under way, too. */
    steered->phase[0].steering =
        (struct steering){.front = process, .base = process, .depth = depth, .kpi_weight = kpi_weight};
    steered->n_phases = 1;
}

void play_form(struct play *play, int regime, int months)
{
    play->scenario.regimes[regime].phase[0].steering.formation_months = months;
}

void play_grant(struct play *play, double grant)
{
    play->scenario.rates.attempts = (float)(play->scenario.parameters.attempts * grant);
}

void play_stop(struct play *play)
{
    for (int regime = 0; regime < play->scenario.n_regimes; regime++) {
        struct block *block = shown_block(play, regime);
        block->alive[SHOWN] = 0;
        block->goes_on[SHOWN] = 0;
    }
}

int play_known(const struct play *play, int regime)
{
    const struct block *block = shown_block(play, regime);
    return block->n_diagnosed[SHOWN] - block->n_addressed[SHOWN];
}

int play_step(struct play *play)
{
    int last = play->scenario.parameters.months + play->scenario.parameters.aftercare_months;
    if (play->month >= last) {
        return 0;
    }
    if (play->worlds == NULL) {
        ensemble_step(&play->ensemble, pack_ensemble, play);
    }
    for (int regime = 0; play->worlds != NULL && regime < play->scenario.n_regimes; regime++) {
        step_world(play, &play->worlds[regime]);
    }
    play->month++;
    return 1;
}

void play_describe(const struct play *play, struct json *json)
{
    const struct scenario *scenario = &play->scenario;
    const struct parameters *parameters = &scenario->parameters;
    const struct block *block = shown_block(play, 0);
    const struct {
        const char *key;
        int value;
    } wholes[] = {
        {"seats", scenario->plan.n_seats},
        {"ties", scenario->plan.n_ties},
        {"causes", parameters->causes},
        {"layers", parameters->layers},
        {"months", parameters->months},
        {"aftercare", parameters->aftercare_months},
        {"stride", play->stride},
        {"convenes", parameters->convenes},
        {"funds", parameters->funds},
        {"review", parameters->review_months},
        {"collaborations", parameters->collaborations},
    };
    json_begin_object(json);
    for (size_t index = 0; index < sizeof wholes / sizeof wholes[0]; index++) {
        json_put_whole(json, wholes[index].key, wholes[index].value);
    }
    json_key(json, "skill");
    json_float(json, block->skill[SHOWN]);
    int sectors[N_SECTORS * 2 * 64]; /* seats.inside and seats.outside are at most 64 each */
    for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
        sectors[seat] = scenario->plan.seat[seat].sector;
    }
    json_put_wholes(json, "sectors", scenario->plan.n_seats, sectors);
    int owners[64 * 32]; /* problem.causes times problem.layers, at their highest */
    for (int layer = 0; layer < parameters->causes * parameters->layers; layer++) {
        owners[layer] = block->owner[layer][SHOWN];
    }
    json_put_wholes(json, "owners", parameters->causes * parameters->layers, owners);
    json_key(json, "scalars");
    json_begin_array(json);
#define X(name) json_string(json, #name);
    PLAY_SCALARS(X)
#undef X
    json_end(json);
    /* What every seat, tie and cause has, in the order of a frame. */
    json_put_strings(json, "of_seats", 3, (const char *[]){"momentum", "inside", "left"});
    json_put_strings(json, "of_ties", 4, (const char *[]){"trust", "latent", "open", "escalated"});
    json_put_strings(json, "of_causes", 2, (const char *[]){"diagnosed", "addressed"});
    json_end(json);
}
