/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/keys.h"
#include "study/parts.h"
#include "study/roster.h"
#include "study/scalar.h"
#include "study/sheet.h"

/* Members and their answers, from tables beside the study. */

/* ---- members ---- */

static const char *const member_columns[] = {"name",       "sector", "organisation", "inside", "momentum",
                                             "collective", "action", "evidence",     NULL};
static const char *const axis_columns[MEMBER_AXES] = {"collective", "action", "evidence"};

static int read_word(const struct sheet *sheet, int row, const char *column, char word[MEMBER_NAME_BYTES])
{
    const struct sheet_cell *cell = sheet_cell(sheet, row, column);
    if (strlen(cell->text) >= MEMBER_NAME_BYTES) {
        sheet_mistake(sheet, cell, column, "is longer than %d bytes", MEMBER_NAME_BYTES - 1);
        return 0;
    }
    (void)snprintf(word, MEMBER_NAME_BYTES, "%s", cell->text);
    return 1;
}

static int read_sector(const struct sheet *sheet, int row, struct member *member)
{
    const struct sheet_cell *cell = sheet_cell(sheet, row, "sector");
    struct suggestion suggestion;
    reader_suggest(sheet->reader, &suggestion, cell->text);
    for (int sector = 0; sector < N_SECTORS; sector++) {
        if (strcmp(cell->text, sector_names[sector]) == 0) {
            member->sector = sector;
            return 1;
        }
        suggest_try(&suggestion, sector_names[sector]);
    }
    const char *best = suggest_best(&suggestion);
    sheet_mistake(sheet, cell, "sector", "%s%s%smust be public, private, nonprofit or knowledge",
                  best != NULL ? "did you mean " : "", best != NULL ? best : "", best != NULL ? "? It " : "");
    return 0;
}

static int read_inside(const struct sheet *sheet, int row, struct member *member)
{
    static const char *const yes[] = {"true", "yes", "1", "TRUE", NULL};
    static const char *const no[] = {"false", "no", "0", "FALSE", NULL};
    const struct sheet_cell *cell = sheet_cell(sheet, row, "inside");
    member->inside = 1;
    for (int word = 0; sheet_has(cell) && word < 4; word++) {
        if (strcmp(cell->text, yes[word]) == 0) {
            return 1;
        }
        if (strcmp(cell->text, no[word]) == 0) {
            member->inside = 0;
            return 1;
        }
    }
    if (sheet_has(cell)) {
        sheet_mistake(sheet, cell, "inside", "must be true or false: sits at the table, or outside");
        return 0;
    }
    return 1;
}

/* What may be left out; NaN then. */
static int read_optional(const struct sheet *sheet, int row, const char *column, double low, double high, double *value)
{
    const struct sheet_cell *cell = sheet_cell(sheet, row, column);
    *value = (double)NAN;
    return !sheet_has(cell) || sheet_number(sheet, cell, column, low, high, value);
}

static int read_member(const struct sheet *sheet, int row, struct roster *roster)
{
    struct member *member = &roster->members[roster->n_members];
    memset(member, 0, sizeof *member);
    member->sector = -1;
    int sound = read_word(sheet, row, "name", member->name);
    const struct sheet_cell *cell = sheet_cell(sheet, row, "name");
    if (!sheet_has(cell)) {
        sheet_mistake(sheet, cell, "name", "each member needs a name");
        sound = 0;
    }
    for (int earlier = 0; earlier < roster->n_members && sound; earlier++) {
        if (strcmp(roster->members[earlier].name, member->name) == 0) {
            sheet_mistake(sheet, cell, "name", "two members are called so");
            sound = 0;
        }
    }
    sound &= read_sector(sheet, row, member) & read_inside(sheet, row, member);
    if (sheet_has(sheet_cell(sheet, row, "organisation"))) {
        sound &= read_word(sheet, row, "organisation", member->organisation);
    } else {
        memcpy(member->organisation, member->name, sizeof member->organisation);
    }
    sound &= read_optional(sheet, row, "momentum", 0, 1, &member->momentum);
    for (int axis = 0; axis < MEMBER_AXES; axis++) {
        sound &= read_optional(sheet, row, axis_columns[axis], -10, 10, &member->position[axis]);
    }
    for (int earlier = 0; earlier < roster->n_members && sound; earlier++) {
        const struct member *other = &roster->members[earlier];
        if (strcmp(other->organisation, member->organisation) == 0 && other->sector >= 0 &&
            other->sector != member->sector) {
            sheet_mistake(sheet, sheet_cell(sheet, row, "sector"), "sector",
                          "%s is in the %s sector by an earlier line: an organisation has one sector",
                          member->organisation, sector_names[other->sector]);
            sound = 0;
        }
    }
    roster->n_members++;
    return sound;
}

static void check_seats(const struct sheet *sheet, const struct roster *roster)
{
    for (int sector = 0; sector < N_SECTORS; sector++) {
        int n = 0;
        for (int k = 0; k < roster->n_members; k++) {
            n += roster->members[k].sector == sector;
        }
        if (n > ROSTER_SECTOR_SEATS) {
            struct sheet_cell first = {"", 1, 1};
            sheet_mistake(sheet, &first, "sector", "%d members of the %s sector: at most %d", n, sector_names[sector],
                          (int)ROSTER_SECTOR_SEATS);
        }
    }
}

/* Keeps the text of a file, so that the study can be made again without it. */
static dredge_status keep(const char *key, int is_file, const char *text, char **kept)
{
    if (is_file) {
        *kept = sheet_override(key, text);
    }
    return is_file && *kept == NULL ? DREDGE_MEMORY : DREDGE_OK;
}

dredge_status read_members(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    (void)key;
    struct roster *roster = &reader->study->roster;
    struct sheet sheet;
    int is_file;
    dredge_status status = sheet_text(reader, node, path, &sheet, &is_file);
    if (status != DREDGE_OK || sheet.text == NULL) {
        return status;
    }
    int sound = sheet_cut(&sheet, member_columns, 2);
    status = sound < 0 ? DREDGE_MEMORY : keep("members", is_file, sheet.text, &reader->kept[0]);
    if (status == DREDGE_OK && sound && sheet.n_rows == 0) {
        reader_mistake(reader, node, path, "names nobody");
    }
    if (sheet.n_rows > N_SECTORS * ROSTER_SECTOR_SEATS) {
        reader_mistake(reader, node, path, "names %d members: at most %d of a sector", sheet.n_rows,
                       (int)ROSTER_SECTOR_SEATS);
    } else if (status == DREDGE_OK && sheet.n_rows > 0) {
        roster->members = calloc((size_t)sheet.n_rows + 1, sizeof *roster->members);
        status = roster->members == NULL ? status_no_memory((size_t)sheet.n_rows * sizeof *roster->members) : DREDGE_OK;
        for (int row = 0; row < sheet.n_rows && roster->members != NULL; row++) {
            sound &= read_member(&sheet, row, roster);
        }
        reader->has_doubtful_members = !sound;
        if (status == DREDGE_OK && sound) {
            check_seats(&sheet, roster);
            roster_order(roster);
        }
    }
    sheet_free(&sheet);
    return status;
}

/* ---- ties ---- */

static const char *const tie_columns[] = {"from", "to", "trust", "latent", NULL};

/* Answers by direction: [n][n] from, to; 1 more than the share, and 0 where there is none. */
struct answers {
    int n;
    double *given;
};

static int find_member(const struct sheet *sheet, int row, const char *column, const struct roster *roster)
{
    const struct sheet_cell *cell = sheet_cell(sheet, row, column);
    struct suggestion suggestion;
    reader_suggest(sheet->reader, &suggestion, cell->text);
    for (int member = 0; member < roster->n_members; member++) {
        if (strcmp(roster->members[member].name, cell->text) == 0) {
            return member;
        }
        suggest_try(&suggestion, roster->members[member].name);
    }
    const char *best = suggest_best(&suggestion);
    if (best != NULL) {
        sheet_mistake(sheet, cell, column, "no member is called so, did you mean %s?", best);
    } else {
        sheet_mistake(sheet, cell, column, "no member is called so");
    }
    return -1;
}

/* One answer of a line: 1, or 0 and a mistake. */
static int read_answer(const struct sheet *sheet, int row, const char *column, const struct answers *answers, int from,
                       int to)
{
    const struct sheet_cell *cell = sheet_cell(sheet, row, column);
    double value;
    if (!sheet_has(cell)) {
        return 1;
    }
    const char *problem = scalar_number(cell->text, &value);
    if (problem != NULL || value < sheet->low || value > sheet->high) {
        sheet_mistake(sheet, cell, column,
                      "%s%smust be between %.10g and %.10g, the scale of this survey (a first line "
                      "such as \"# scale 1 5\" gives another)",
                      problem != NULL ? problem : "", problem != NULL ? ": " : "", sheet->low, sheet->high);
        return 0;
    }
    value = (value - sheet->low) / (sheet->high - sheet->low);
    double *place = &answers->given[from * answers->n + to];
    if (*place > 0 && fabs(*place - 1 - value) > 1e-12) {
        sheet_mistake(sheet, cell, column, "an earlier line from %s to %s says %.10g",
                      sheet_cell(sheet, row, "from")->text, sheet_cell(sheet, row, "to")->text,
                      sheet->low + (*place - 1) * (sheet->high - sheet->low));
        return 0;
    }
    *place = 1 + value;
    return 1;
}

static int read_tie(const struct sheet *sheet, int row, const struct roster *roster, const struct answers answers[2])
{
    int from = find_member(sheet, row, "from", roster), to = find_member(sheet, row, "to", roster);
    if (from < 0 || to < 0) {
        return 0;
    }
    if (from == to) {
        sheet_mistake(sheet, sheet_cell(sheet, row, "to"), "to", "is the same member as from: a tie joins two");
        return 0;
    }
    return read_answer(sheet, row, "trust", &answers[0], from, to) &
           read_answer(sheet, row, "latent", &answers[1], from, to);
}

/* A tie has the mean of what both answered. */
static void join_answers(const struct answers *answers, double *ties)
{
    for (int j = 1; j < answers->n; j++) {
        for (int i = 0; i < j; i++) {
            double there = answers->given[i * answers->n + j], back = answers->given[j * answers->n + i];
            int n = (there > 0) + (back > 0);
            ties[j * (j - 1) / 2 + i] = n > 0 ? (there + back) / n - 1 : (double)NAN;
        }
    }
}

static dredge_status take_answers(const struct answers answers[2], int has_latent, struct roster *roster)
{
    size_t n_ties = (size_t)roster->n_members * (size_t)(roster->n_members - 1) / 2;
    roster->trust = malloc((n_ties + 1) * sizeof *roster->trust);
    roster->latent = has_latent ? malloc((n_ties + 1) * sizeof *roster->latent) : NULL;
    if (roster->trust == NULL || (has_latent && roster->latent == NULL)) {
        return status_no_memory((n_ties + 1) * sizeof *roster->trust);
    }
    join_answers(&answers[0], roster->trust);
    roster_fit((int)n_ties, roster->trust, &roster->trust_mean, &roster->trust_concentration);
    if (has_latent) {
        join_answers(&answers[1], roster->latent);
        roster_fit((int)n_ties, roster->latent, &roster->latent_mean, &roster->latent_concentration);
    }
    return DREDGE_OK;
}

static int n_answers(const struct answers *answers)
{
    int n = 0;
    for (int place = 0; place < answers->n * answers->n; place++) {
        n += answers->given[place] > 0;
    }
    return n;
}

static dredge_status read_rows(struct sheet *sheet, int sound, struct roster *roster)
{
    int n = roster->n_members;
    size_t n_places = (size_t)n * (size_t)n;
    double *given = calloc(2 * n_places + 1, sizeof *given);
    if (given == NULL) {
        return status_no_memory((2 * n_places + 1) * sizeof *given);
    }
    const struct answers answers[2] = {{n, given}, {n, given + n_places}};
    for (int row = 0; row < sheet->n_rows; row++) {
        sound &= read_tie(sheet, row, roster, answers);
    }
    dredge_status status = DREDGE_OK;
    if (sound && n_answers(&answers[0]) == 0) {
        struct sheet_cell first = {"", 1, 1};
        sheet_mistake(sheet, &first, "trust", "nobody answered");
    } else if (sound) {
        status = take_answers(answers, n_answers(&answers[1]) > 0, roster);
    }
    free(given);
    return status;
}

dredge_status read_ties(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    (void)key;
    struct roster *roster = &reader->study->roster;
    struct sheet sheet;
    int is_file;
    if (yaml_entry(reader->root, "members") == NULL) {
        reader_mistake(reader, node, path, "needs members, whose ties they are");
        return DREDGE_OK;
    }
    dredge_status status = sheet_text(reader, node, path, &sheet, &is_file);
    if (status != DREDGE_OK || sheet.text == NULL) {
        return status;
    }
    int sound = sheet_cut(&sheet, tie_columns, 3);
    status = sound < 0 ? DREDGE_MEMORY : keep("ties", is_file, sheet.text, &reader->kept[1]);
    int is_sure = roster->n_members > 0 && !reader->has_doubtful_members; /* who the members are */
    if (status == DREDGE_OK && sound >= 0 && sheet.n_columns > 0 && is_sure) {
        status = read_rows(&sheet, sound, roster);
    }
    sheet_free(&sheet);
    return status;
}
