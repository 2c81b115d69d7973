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
#include "store/store.h"

static const char help[] =
    "dredge report FILE.h5 [-o FILE.html] [--summary] [--baseline REGIME] [--language CODE] [--force]\n"
    "\n"
    "Writes one HTML page about the results that opens anywhere without a network: the answer in plain sentences, "
    "both\n"
    "sides' strengths, how the regimes develop over time, every outcome with its uncertainty, where the verdict "
    "flips,\n"
    "what drives it, where it fails, the trade-off, limits, and how to make the same results again.\n"
    "\n"
    "  -o FILE.html        the name of FILE.h5 with .html (or _summary.html) when not given\n"
    "  --summary           one side of A4 for who has to decide: question, options in order, the first three years,\n"
    "                      break-even, what would change the verdict, limits, how to repeat it\n"
    "  --baseline REGIME   compare with this regime; the study's first one when not given\n"
    "  --language CODE     of the page: en, English, when not given; nl is Dutch\n"
    "  --force             replace an existing page\n";

/* FILE.html for FILE.h5, with an ending before the dot; the caller frees it. */
static char *report_default_output(const char *file, const char *ending)
{
    size_t n = strlen(file);
    n -= n > 3 && strcmp(file + n - 3, ".h5") == 0 ? 3 : 0;
    return files_text("%.*s%s.html", (int)n, file, ending);
}

static dredge_status report_make(const char *file, const char *output, const struct output_options *how,
                                 const char *baseline, enum language language, int is_summary)
{
    struct results *results = NULL;
    char *page = NULL;
    int base = 0;
    dredge_status status = results_open(&results, file);
    if (status == DREDGE_OK) {
        status = query_regime(results_info(results), baseline, &base);
    }
    if (status == DREDGE_OK) {
        status = (is_summary ? page_write_summary : page_write)(results, base, language, &page);
    }
    if (status == DREDGE_OK) {
        status = output_write(output, how, strlen(page), page);
    }
    free(page);
    results_close(results);
    return status;
}

int cmd_report(int argc, char **argv)
{
    const char *file = NULL;
    const char *output = NULL;
    const char *baseline = NULL;
    const char *code = "en";
    int force = 0;
    int summary = 0;
    int done = 0;
    const struct query_option options[] = {{"-o", &output, NULL},           {"--output", &output, NULL},
                                           {"--baseline", &baseline, NULL}, {"--language", &code, NULL},
                                           {"--summary", NULL, &summary},   {"--force", NULL, &force}};
    dredge_status status = query_parse(argc, argv, 6, options, 1, &file, help, &done);
    if (status != DREDGE_OK || done) {
        return query_exit(argv[0], status);
    }
    enum language language = LANGUAGE_EN;
    status = language_read(code, &language);
    char *owned = output ? NULL : report_default_output(file, summary ? "_summary" : "");
    output = output ? output : owned;
    if (status == DREDGE_OK && output == NULL) {
        status = status_no_memory(strlen(file));
    }
    if (status == DREDGE_OK) {
        const struct output_options how = {.kind = &output_page, .force = force, .n_inputs = 1, .inputs = &file};
        status = output_check(output, &how);
        if (status == DREDGE_OK) {
            status = report_make(file, output, &how, baseline, language, summary);
        }
    }
    if (status == DREDGE_OK) {
        out_print("Report: %s\n", output);
    }
    int code_out = query_exit(argv[0], status);
    free(owned);
    return code_out;
}
