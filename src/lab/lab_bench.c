/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The WebAssembly entry of the workbench: a study whose runs are spread over several workers. Each runs its shard and gives what
 * it gathered as bytes; one of them adds the bytes of all, and makes of them the digest, the report and the table of runs.
 * Conventions as in lab.c. */
#include <emscripten/emscripten.h>
#include <stdlib.h>
#include <string.h>

#include "lab/answer.h"
#include "report/page.h"
#include "run/memory_sink.h"
#include "run/schedule.h"

static struct study study;
static struct memory_sink *gathered;
static struct results *results; /* borrowed from `gathered`; NULL until it is whole */

extern void lab_tell(double share);

static void tell(void *context, const struct runner_progress *progress)
{
    (void)context;
    lab_tell((double)progress->n_done / (double)progress->n_runs);
}

/* Reads a study, of which nothing is gathered yet. */
EMSCRIPTEN_KEEPALIVE int lab_bench_read(const char *name, const char *text)
{
    status_clear();
    memory_sink_free(gathered);
    gathered = NULL;
    results = NULL;
    study_free(&study);
    return study_parse(name, text, strlen(text), 0, NULL, &study) == DREDGE_OK &&
           memory_sink_new(&gathered, &study) == DREDGE_OK;
}

static void put_parameters(struct json *json)
{
    json_key(json, "parameters");
    json_begin_object(json);
    for (int index = 0; index < n_parameters; index++) {
        json_put_number(json, parameter_infos[index].key, parameter_get(&study.parameters, index));
    }
    json_end(json);
}

/* What is asked: its runs, how many chunks they can be cut into, and the parameters of the study. */
EMSCRIPTEN_KEEPALIVE const char *lab_bench_about(void)
{
    struct json json = {0};
    json_begin_object(&json);
    json_put_string(&json, "title", study.title);
    json_put_number(&json, "runs", (double)runner_runs(&study));
    json_put_number(&json, "chunks", (double)runner_runs(&study) / ((double)schedule_chunk(&study) * study.n_regimes));
    json_put_whole(&json, "points", study.design.n_points);
    json_put_whole(&json, "replicates", study.replication.max);
    json_put_whole(&json, "regimes", study.n_regimes);
    put_parameters(&json);
    json_end(&json);
    return answer_finish(&json);
}

/* Runs shard `shard` of `n_shards`. */
EMSCRIPTEN_KEEPALIVE int lab_bench_run(int shard, int n_shards)
{
    struct runner_options options = {.n_threads = 1, .shard = shard, .n_shards = n_shards, .progress = tell};
    struct runner_sink sink = memory_sink_runner(gathered);
    status_clear();
    return runner_run(&study, &options, &sink) == DREDGE_OK;
}

/* What was gathered, as bytes that the worker frees, and how many; NULL when out of memory. */
EMSCRIPTEN_KEEPALIVE unsigned char *lab_bench_pack(size_t *n_bytes)
{
    unsigned char *bytes = NULL;
    status_clear();
    return memory_sink_pack(gathered, &bytes, n_bytes) == DREDGE_OK ? bytes : NULL;
}

EMSCRIPTEN_KEEPALIVE int lab_bench_add(size_t n_bytes, const unsigned char *bytes)
{
    status_clear();
    results = NULL;
    return memory_sink_unpack(gathered, n_bytes, bytes) == DREDGE_OK;
}

/* The names of all columns of outcomes: a row's own, or one for each of its places. */
static void put_columns(struct json *json, const struct catalogue *catalogue)
{
    json_key(json, "columns");
    json_begin_array(json);
    for (int index = 0; index < catalogue->n_outcomes; index++) {
        const struct catalogue_row *row = &catalogue->outcome[index];
        const char *const *places = dimension_places(row->dimension);
        for (int place = 0; place < row->n_columns; place++) {
            json_begin_object(json);
            json_put_string(json, "name", row->name);
            json_put_string(json, "place", places == NULL ? "" : places[place]);
            json_end(json);
        }
    }
    json_end(json);
}

/* Makes results of all that was added: what they hold, with the digest that `dredge digest` gives. */
EMSCRIPTEN_KEEPALIVE const char *lab_bench_finish(void)
{
    status_clear();
    if (memory_sink_results(gathered, &results) != DREDGE_OK) {
        return NULL;
    }
    const struct results_info *info = results_info(results);
    struct json json = {0};
    json_begin_object(&json);
    json_put_string(&json, "digest", info->digest);
    json_put_number(&json, "done", (double)info->n_done);
    json_put_number(&json, "failed", (double)info->n_failed);
    json_put_whole(&json, "points", info->n_points);
    json_put_whole(&json, "replicates", info->n_replicates);
    json_put_strings(&json, "regimes", info->n_regimes, (const char *const *)info->regimes);
    json_put_strings(&json, "factors", info->n_factors, (const char *const *)info->factors);
    put_columns(&json, &info->catalogue);
    json_end(&json);
    return answer_finish(&json);
}

/* The page that `dredge report` writes; the worker frees it. NULL when it fails. */
EMSCRIPTEN_KEEPALIVE char *lab_bench_report(const char *code)
{
    enum language language;
    char *page = NULL;
    status_clear();
    if (language_read(code, &language) != DREDGE_OK ||
        page_write(results, 0, language, PAGE_SCREEN, &page) != DREDGE_OK) {
        return NULL;
    }
    return page;
}

/* Factors of the points, [n_points][n_factors]. */
EMSCRIPTEN_KEEPALIVE const double *lab_bench_values(void)
{
    return results_info(results)->values;
}

/* Column `column` of outcomes into out[n_points][n_regimes][n_replicates]. */
EMSCRIPTEN_KEEPALIVE int lab_bench_outcome(int column, double *out)
{
    status_clear();
    return results_outcome(results, column, 0, results_info(results)->n_points, out) == DREDGE_OK;
}

/* Status of every run into out[n_points][n_regimes][n_replicates]. */
EMSCRIPTEN_KEEPALIVE int lab_bench_status(uint8_t *out)
{
    status_clear();
    return results_status(results, 0, results_info(results)->n_points, out) == DREDGE_OK;
}
