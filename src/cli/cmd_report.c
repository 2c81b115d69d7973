/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/output.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/query.h"
#include "report/page.h"
#include "report/page_scenarios.h"
#include "report/parts.h"
#include "store/store.h"

static const char help[] =
    "dredge report FILE.h5... [-o FILE.html] [--summary] [--format FORMAT] [--baseline REGIME] [--language CODE] "
    "[--force]\n"
    "\n"
    "Writes one HTML page about the results that opens anywhere without a network: the answer in plain sentences, "
    "both\n"
    "sides' strengths, how the regimes develop over time, every outcome with its uncertainty, where the verdict "
    "flips,\n"
    "what drives it, where it fails, the trade-off, limits, and how to make the same results again. Of several files: "
    "the\n"
    "scenarios side by side, under the regimes that all files have.\n"
    "\n"
    "  -o FILE.html        the name of FILE.h5 with .html (_summary.html, _side_by_side.html) when not given; a "
    "folder,\n"
    "                      FILE_svg or FILE_csv, for those formats\n"
    "  --summary           one side of A4 for who has to decide: question, options in order, the first three years,\n"
    "                      break-even, what would change the verdict, limits, how to repeat it\n"
    "  --format FORMAT     html, the page, when not given; print: the page for paper and word processors, without a\n"
    "                      script and with nothing folded; svg: its charts, csv: its tables, a file each in a folder\n"
    "  --baseline REGIME   compare with this regime; the study's first one when not given\n"
    "  --language CODE     of the page: en, English, when not given; nl is Dutch\n"
    "  --force             replace an existing page, or charts and tables of the same names\n";

enum format { FORMAT_HTML, FORMAT_PRINT, FORMAT_SVG, FORMAT_CSV, N_FORMATS };

static const char *const format_names[N_FORMATS] = {"html", "print", "svg", "csv"};

struct words {
    const char **files; /* [n_files], owned */
    int n_files;
    const char *output, *baseline, *code, *format_word;
    int force, summary, done;
    enum format format;
    enum language language;
};

static dredge_status read_words(struct words *words)
{
    dredge_status status = language_read(words->code, &words->language);
    for (int f = 0; status == DREDGE_OK && strcmp(words->format_word, format_names[words->format]) != 0; f++) {
        if (f == N_FORMATS) {
            return status_fail(DREDGE_USAGE, "--format %s: must be one of html, print, svg, csv", words->format_word);
        }
        words->format = (enum format)f;
    }
    if (status == DREDGE_OK && words->summary && words->n_files > 1) {
        status = status_fail(DREDGE_USAGE, "--summary is about one file; give %s alone", words->files[0]);
    }
    return status;
}

/* FILE.html for FILE.h5, with an ending that says what it is; the caller frees it. */
static char *default_output(const struct words *words)
{
    const char *file = words->files[0];
    size_t n = strlen(file);
    n -= n > 3 && strcmp(file + n - 3, ".h5") == 0 ? 3 : 0;
    int is_folder = words->format == FORMAT_SVG || words->format == FORMAT_CSV;
    return files_text("%.*s%s%s%s", (int)n, file,
                      words->n_files > 1 ? "_side_by_side"
                      : words->summary   ? "_summary"
                                         : "",
                      words->format == FORMAT_HTML ? "" : "_",
                      is_folder                       ? format_names[words->format]
                      : words->format == FORMAT_PRINT ? "print.html"
                                                      : ".html");
}

static dredge_status make_one(const struct words *words, struct results *results, char **page)
{
    int base = 0;
    dredge_status status = query_regime(results_info(results), words->baseline, &base);
    if (status == DREDGE_OK && words->summary) {
        status = page_write_summary(results, base, words->language, page);
    } else if (status == DREDGE_OK) {
        status =
            page_write(results, base, words->language, words->format == FORMAT_HTML ? PAGE_SCREEN : PAGE_PRINT, page);
    }
    return status;
}

static dredge_status make_side(const struct words *words, const struct scenario_source *sources, char **page)
{
    struct scenarios scenarios;
    dredge_status status = scenarios_read(words->n_files, sources, words->baseline, COMPARISON_AT_LEAST, &scenarios);
    if (status == DREDGE_OK) {
        status = page_write_scenarios(&scenarios, words->language, page);
        scenarios_free(&scenarios);
    }
    return status;
}

/* The page as text. */
static dredge_status make_page(const struct words *words, char **page)
{
    struct scenario_source *sources = calloc((size_t)words->n_files, sizeof *sources);
    dredge_status status = DREDGE_OK;
    if (sources == NULL) {
        return status_no_memory((size_t)words->n_files * sizeof *sources);
    }
    for (int i = 0; status == DREDGE_OK && i < words->n_files; i++) {
        sources[i].path = words->files[i];
        status = results_open(&sources[i].results, words->files[i]);
    }
    if (status == DREDGE_OK) {
        status = words->n_files > 1 ? make_side(words, sources, page) : make_one(words, sources[0].results, page);
    }
    for (int i = 0; i < words->n_files; i++) {
        results_close(sources[i].results);
    }
    free(sources);
    return status;
}

/* May every part be written, or does it (`write`)? */
static dredge_status put_parts(const char *folder, const struct output_options *how, const struct parts *parts,
                               int write)
{
    dredge_status status = DREDGE_OK;
    for (int i = 0; status == DREDGE_OK && i < parts->n; i++) {
        char *path = files_text("%s/%s", folder, parts->part[i].name);
        if (path == NULL) {
            return status_no_memory(strlen(folder) + PARTS_NAME_BYTES);
        }
        status =
            write ? output_write(path, how, strlen(parts->part[i].text), parts->part[i].text) : output_check(path, how);
        free(path);
    }
    return status;
}

static dredge_status write_parts(const struct words *words, const char *folder, const struct output_options *how)
{
    struct parts parts = {0};
    char *page = NULL;
    dredge_status status = make_page(words, &page);
    if (status == DREDGE_OK) {
        status = parts_take(page, words->format == FORMAT_SVG ? PARTS_SVG : PARTS_CSV, words->language, &parts);
    }
    if (status == DREDGE_OK && parts.n > 0) {
        status = files_make_folder(folder);
    }
    for (int write = 0; status == DREDGE_OK && write < 2; write++) {
        status = put_parts(folder, how, &parts, write);
    }
    if (status == DREDGE_OK) {
        out_print("%d %s: %s\n", parts.n, words->format == FORMAT_SVG ? "charts" : "tables", folder);
    }
    parts_free(&parts);
    free(page);
    return status;
}

static dredge_status write_page(const struct words *words, const char *output, const struct output_options *how)
{
    char *page = NULL;
    dredge_status status = output_check(output, how);
    if (status == DREDGE_OK) {
        status = make_page(words, &page);
    }
    if (status == DREDGE_OK) {
        status = output_write(output, how, strlen(page), page);
    }
    if (status == DREDGE_OK) {
        out_print("Report: %s\n", output);
    }
    free(page);
    return status;
}

static dredge_status report(struct words *words)
{
    dredge_status status = read_words(words);
    if (status != DREDGE_OK) {
        return status;
    }
    char *owned = words->output ? NULL : default_output(words);
    const char *output = words->output ? words->output : owned;
    const struct output_options how = {.kind = words->format == FORMAT_SVG   ? &output_svg
                                               : words->format == FORMAT_CSV ? &output_csv
                                                                             : &output_page,
                                       .force = words->force,
                                       .n_inputs = (size_t)words->n_files,
                                       .inputs = words->files};
    if (output == NULL) {
        return status_no_memory(strlen(words->files[0]));
    }
    status = words->format == FORMAT_SVG || words->format == FORMAT_CSV ? write_parts(words, output, &how)
                                                                        : write_page(words, output, &how);
    free(owned);
    return status;
}

int cmd_report(int argc, char **argv)
{
    struct words words = {.code = "en", .format_word = "html"};
    const struct query_option options[] = {{"-o", &words.output, NULL},
                                           {"--output", &words.output, NULL},
                                           {"--baseline", &words.baseline, NULL},
                                           {"--language", &words.code, NULL},
                                           {"--format", &words.format_word, NULL},
                                           {"--summary", NULL, &words.summary},
                                           {"--force", NULL, &words.force}};
    dredge_status status = query_parse_files(argc, argv, sizeof options / sizeof options[0], options, &words.files,
                                             help, &words.n_files, &words.done);
    if (status == DREDGE_OK && !words.done) {
        status = report(&words);
    }
    free(words.files);
    return query_exit(argv[0], status);
}
