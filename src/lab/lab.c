/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The WebAssembly entry of the classroom page: what the page's worker may call. Texts go in and out as UTF-8; objects are
 * handles that the worker frees. A call that fails returns 0 or NULL, and lab_message says why. */
#include <emscripten/emscripten.h>
#include <stdlib.h>
#include <string.h>

#include "lab/answer.h"
#include "lab/futures.h"
#include "run/play.h"
#include "lab/proof.h"

static struct study study;

EMSCRIPTEN_KEEPALIVE const char *lab_message(void)
{
    return status_message();
}

/* Reads a study (overrides: lines KEY=VALUE). It is the one that all calls after it use. */
EMSCRIPTEN_KEEPALIVE int lab_read(const char *name, const char *text, char *overrides)
{
    const char *lines[LAB_MAX_LINES];
    int n_lines = answer_cut_lines(overrides, lines);
    status_clear();
    study_free(&study);
    return study_parse(name, text, strlen(text), n_lines, lines, &study) == DREDGE_OK;
}

static void write_texts(struct json *json, const char *key, int n, const char *(*name)(int))
{
    json_key(json, key);
    json_begin_array(json);
    for (int index = 0; index < n; index++) {
        json_string(json, name(index));
    }
    json_end(json);
}

static const char *regime_name(int index)
{
    return study.regimes[index].name;
}

static const char *builtin_regime(int index)
{
    return regime_infos[index].name;
}

static const char *statistic(int index)
{
    return statistic_names[index];
}

static void write_events(struct json *json)
{
    json_key(json, "events");
    json_begin_array(json);
    for (int index = 0; index < study.n_events; index++) {
        json_begin_object(json);
        json_put_whole(json, "month", study.events[index].month);
        json_put_string(json, "name", study.events[index].name);
        json_end(json);
    }
    json_end(json);
}

/* What the page needs to know of the study. */
EMSCRIPTEN_KEEPALIVE const char *lab_study(void)
{
    struct json json = {0};
    json_begin_object(&json);
    json_put_string(&json, "title", study.title);
    json_put_string(&json, "question", study.question);
    json_put_whole(&json, "replicates", study.replication.max);
    json_put_whole(&json, "points", study.design.n_points);
    write_events(&json);
    write_texts(&json, "regimes", study.n_regimes, regime_name);
    write_texts(&json, "builtin", n_regime_infos, builtin_regime);
    json_key(&json, "parameters");
    json_begin_object(&json);
    for (int index = 0; index < n_parameters; index++) {
        json_put_number(&json, parameter_infos[index].key, parameter_get(&study.parameters, index));
    }
    json_end(&json);
    json_end(&json);
    return answer_finish(&json);
}

/* The regimes named by lines. */
static int read_regimes(char *names, struct regime *regimes)
{
    const char *lines[LAB_MAX_LINES];
    int n_regimes = answer_cut_lines(names, lines);
    for (int index = 0; index < n_regimes; index++) {
        if (play_regime(&study, lines[index], &regimes[index]) != DREDGE_OK) {
            return 0;
        }
    }
    return n_regimes;
}

EMSCRIPTEN_KEEPALIVE struct play *lab_game(char *names, int replicate)
{
    status_clear();
    struct regime *regimes = calloc(LAB_MAX_LINES, sizeof *regimes);
    struct play *game = calloc(1, sizeof *game);
    int n_regimes = regimes != NULL && game != NULL ? read_regimes(names, regimes) : 0;
    if (n_regimes == 0 || play_init(game, &study, n_regimes, regimes, (uint32_t)replicate) != DREDGE_OK) {
        free(game);
        game = NULL;
    }
    free(regimes);
    return game;
}

EMSCRIPTEN_KEEPALIVE void lab_game_free(struct play *game)
{
    play_free(game);
    free(game);
}

EMSCRIPTEN_KEEPALIVE const char *lab_game_plan(const struct play *game)
{
    struct json json = {0};
    play_describe(game, &json);
    return answer_finish(&json);
}

EMSCRIPTEN_KEEPALIVE int lab_game_step(struct play *game)
{
    return play_step(game);
}

/* The frames of all regimes after the last month, one after the other. */
EMSCRIPTEN_KEEPALIVE const float *lab_game_frames(const struct play *game)
{
    return game->frames;
}

EMSCRIPTEN_KEEPALIVE struct futures *lab_futures(char *names, int n)
{
    status_clear();
    struct regime *regimes = calloc(LAB_MAX_LINES, sizeof *regimes);
    struct futures *futures = calloc(1, sizeof *futures);
    int n_regimes = regimes != NULL && futures != NULL ? read_regimes(names, regimes) : 0;
    int made = n_regimes > 0 && futures_init(futures, &study, n_regimes, regimes, n) == DREDGE_OK;
    free(regimes);
    if (!made) {
        free(futures);
        futures = NULL;
    }
    return futures;
}

EMSCRIPTEN_KEEPALIVE void lab_futures_free(struct futures *futures)
{
    futures_free(futures);
    free(futures);
}

EMSCRIPTEN_KEEPALIVE int lab_futures_batch(struct futures *futures)
{
    return futures_batch(futures);
}

/* [N_OUTCOMES][n_regimes][n] */
EMSCRIPTEN_KEEPALIVE const double *lab_futures_outcomes(const struct futures *futures)
{
    return futures->outcomes;
}

/* Statistics of a series under a regime, [N_STATISTICS][months + aftercare]; NULL when out of memory. The worker frees
 * it. */
EMSCRIPTEN_KEEPALIVE float *lab_futures_series(const struct futures *futures, int regime, int series)
{
    const struct tally *tally = &futures->tallies[regime];
    float *out = malloc(sizeof *out * N_STATISTICS * (size_t)tally->n_samples);
    if (out != NULL) {
        tally_statistics(tally, series, out);
    }
    return out;
}

/* The names of outcomes, series and statistics, in the order of the arrays. */
EMSCRIPTEN_KEEPALIVE const char *lab_names(void)
{
    struct json json = {0};
    json_begin_object(&json);
    json_key(&json, "outcomes");
    json_begin_array(&json);
    for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
        json_begin_object(&json);
        json_put_string(&json, "name", outcome_infos[outcome].name);
        json_put_whole(&json, "better", outcome_infos[outcome].better);
        json_end(&json);
    }
    json_end(&json);
    json_key(&json, "series");
    json_begin_array(&json);
    for (int series = 0; series < N_SERIES; series++) {
        json_string(&json, series_infos[series].name);
    }
    json_end(&json);
    write_texts(&json, "statistics", N_STATISTICS, statistic);
    json_end(&json);
    return answer_finish(&json);
}

EM_JS(void, lab_tell, (double share), {
    if (Module["onShare"]) {
        Module["onShare"](share);
    }
})

/* Runs the whole study and gives the digest of its results; NULL when it fails. */
EMSCRIPTEN_KEEPALIVE const char *lab_digest(void)
{
    static char digest[33];
    status_clear();
    return proof_digest(&study, lab_tell, digest) == DREDGE_OK ? digest : NULL;
}
