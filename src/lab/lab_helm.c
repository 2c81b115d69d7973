/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The WebAssembly entry of the helm: one voyage by hand beside voyages under the two poles, one and the same funder for all;
 * and voyages that follow a written rule. Conventions as in lab.c. */
#include <emscripten/emscripten.h>
#include <string.h>

#include "lab/answer.h"
#include "lab/voyage.h"

enum { N_LANES = 3, BY_HAND = 2 };

static const char *const lane_regimes[N_LANES] = {"linear_kpi", "iterative", NULL};
/* The worlds of the voyage by hand and of the rules. */
enum { OF_HAND, OF_RULES, N_WORLDS };
static struct study worlds[N_WORLDS];
static struct voyage voyages[N_LANES];

static void clear_voyages(void)
{
    for (int lane = 0; lane < N_LANES; lane++) {
        voyage_free(&voyages[lane]);
    }
}

/* Chooses the world of the hand (0) or of the rules (1): lines KEY=VALUE that are set in the helm's study. */
EMSCRIPTEN_KEEPALIVE int lab_helm_world(int which, char *overrides)
{
    const char *lines[LAB_MAX_LINES];
    int n_lines = answer_cut_lines(overrides, lines);
    status_clear();
    if (which == OF_HAND) {
        clear_voyages();
    }
    study_free(&worlds[which]);
    return study_parse("helm.yaml", voyage_study, strlen(voyage_study), n_lines, lines, &worlds[which]) == DREDGE_OK;
}

/* Begins future `replicate` in the world of the hand. */
EMSCRIPTEN_KEEPALIVE int lab_helm_begin(int replicate)
{
    status_clear();
    clear_voyages();
    for (int lane = 0; lane < N_LANES; lane++) {
        struct regime regime;
        const struct regime *given = NULL;
        if (lane_regimes[lane] != NULL) {
            regime_from_info(&regime, regime_info_find(lane_regimes[lane]));
            given = &regime;
        }
        if (voyage_init(&voyages[lane], &worlds[OF_HAND], given, (uint32_t)replicate) != DREDGE_OK) {
            clear_voyages();
            return 0;
        }
    }
    return 1;
}

EMSCRIPTEN_KEEPALIVE const char *lab_helm_plan(void)
{
    struct json json = {0};
    play_describe(&voyages[BY_HAND].play, &json);
    return answer_finish(&json);
}

EMSCRIPTEN_KEEPALIVE int lab_helm_step(double process, double depth)
{
    int goes_on = 1;
    voyage_steer(&voyages[BY_HAND], (struct lever){(float)process, (float)depth});
    for (int lane = 0; lane < N_LANES; lane++) {
        goes_on &= voyage_step(&voyages[lane]);
    }
    return goes_on;
}

EMSCRIPTEN_KEEPALIVE const float *lab_helm_frame(int lane)
{
    return voyages[lane].play.frames;
}

static void write_verdicts(struct json *json, const struct voyage *voyage)
{
    json_put_whole(json, "stopped", voyage->stopped);
    json_put_number(json, "grant", (double)voyage->grant);
    json_key(json, "verdicts");
    json_begin_array(json);
    for (int index = 0; index < voyage->n_verdicts; index++) {
        json_begin_object(json);
        json_put_whole(json, "month", (index + 1) * VOYAGE_GRANT);
        json_put_number(json, "value", (double)voyage->verdicts[index].value);
        json_put_number(json, "grant", (double)voyage->verdicts[index].grant);
        json_end(json);
    }
    json_end(json);
}

static void write_score(struct json *json, const struct voyage *voyage)
{
    struct voyage_score score = voyage_score(voyage);
    json_put_number(json, "relief", score.relief);
    json_put_number(json, "lasting", score.lasting);
    json_put_number(json, "relief_after", score.relief_after);
    json_put_number(json, "early_relief", score.early_relief);
    json_key(json, "roles");
    json_begin_array(json);
    for (int role = 0; role < N_ROLES; role++) {
        json_whole(json, voyage_role(role, &score));
    }
    json_end(json);
}

/* The gauges of the hand, and the funder's verdicts and the scores so far of all. */
EMSCRIPTEN_KEEPALIVE const char *lab_helm_state(void)
{
    static const char *const names[N_GAUGES] = {
#define X(name) #name,
        GAUGES(X)
#undef X
    };
    struct json json = {0};
    float gauges[N_GAUGES];
    voyage_gauges(&voyages[BY_HAND], gauges);
    json_begin_object(&json);
    json_key(&json, "gauges");
    json_begin_object(&json);
    for (int gauge = 0; gauge < N_GAUGES; gauge++) {
        json_put_number(&json, names[gauge], (double)gauges[gauge]);
    }
    json_end(&json);
    json_key(&json, "lanes");
    json_begin_array(&json);
    for (int lane = 0; lane < N_LANES; lane++) {
        json_begin_object(&json);
        write_verdicts(&json, &voyages[lane]);
        write_score(&json, &voyages[lane]);
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
    return answer_finish(&json);
}

/* What `rule` comes to in future `replicate` of the world of the rules; NULL when it is no rule. */
EMSCRIPTEN_KEEPALIVE const char *lab_helm_follow(const char *text, int replicate)
{
    static struct voyage voyage;
    struct rule rule;
    struct json json = {0};
    status_clear();
    if (rule_parse(text, &rule) != DREDGE_OK ||
        voyage_init(&voyage, &worlds[OF_RULES], NULL, (uint32_t)replicate) != DREDGE_OK) {
        return NULL;
    }
    voyage_follow(&voyage, &rule);
    json_begin_object(&json);
    write_verdicts(&json, &voyage);
    write_score(&json, &voyage);
    json_end(&json);
    voyage_free(&voyage);
    return answer_finish(&json);
}
