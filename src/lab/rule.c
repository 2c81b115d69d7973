/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/rule.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char *const gauge_names[N_GAUGES] = {
#define X(name) #name,
    GAUGES(X)
#undef X
};

/* Where reading stands. */
struct reader {
    const char *at;
    int line; /* from 1 */
};

static void skip_spaces(struct reader *reader)
{
    while (isspace((unsigned char)*reader->at)) {
        reader->at++;
    }
}

static int take(struct reader *reader, char sign)
{
    skip_spaces(reader);
    int found = *reader->at == sign;
    reader->at += found;
    return found;
}

/* A number between `low` and `high`, with a point or a comma. */
static int take_number(struct reader *reader, double low, double high, float *value)
{
    skip_spaces(reader);
    size_t length = strspn(reader->at, "0123456789.,");
    char digits[16] = "";
    if (length == 0 || length >= sizeof digits) {
        return 0;
    }
    memcpy(digits, reader->at, length);
    char *comma = strchr(digits, ',');
    if (comma != NULL) {
        *comma = '.';
    }
    char *end = NULL;
    double number = strtod(digits, &end);
    *value = (float)number;
    reader->at += length;
    return *end == '\0' && number >= low && number <= high;
}

static int take_gauge(struct reader *reader, enum gauge *gauge)
{
    skip_spaces(reader);
    size_t length = 0;
    while (isalpha((unsigned char)reader->at[length])) {
        length++;
    }
    for (int index = 0; index < N_GAUGES; index++) {
        if (length == strlen(gauge_names[index]) && strncmp(reader->at, gauge_names[index], length) == 0) {
            *gauge = (enum gauge)index;
            reader->at += length;
            return 1;
        }
    }
    return 0;
}

static dredge_status parse_conditions(struct reader *reader, struct rule_line *line)
{
    do {
        if (line->n_conditions == RULE_CONDITIONS) {
            return status_fail(DREDGE_STUDY, "line %d of the rule has more than %d conditions", reader->line,
                               RULE_CONDITIONS);
        }
        struct rule_condition *condition = &line->conditions[line->n_conditions++];
        if (!take_gauge(reader, &condition->gauge)) {
            return status_fail(DREDGE_STUDY,
                               "line %d of the rule: \"%.20s\" is no gauge; there are month, year, verdict, tension, "
                               "momentum, relevance, symptom, grant, known",
                               reader->line, reader->at);
        }
        condition->above = take(reader, '>');
        if ((!condition->above && !take(reader, '<')) || !take_number(reader, 0, 1000, &condition->value)) {
            return status_fail(DREDGE_STUDY, "line %d of the rule: %s needs < or > and a number between 0 and 1000",
                               reader->line, gauge_names[condition->gauge]);
        }
    } while (take(reader, '&'));
    if (!take(reader, ':')) {
        return status_fail(DREDGE_STUDY, "line %d of the rule: a colon must stand after the conditions", reader->line);
    }
    return DREDGE_OK;
}

static dredge_status parse_line(struct reader *reader, struct rule_line *line)
{
    *line = (struct rule_line){0};
    skip_spaces(reader);
    if (isalpha((unsigned char)*reader->at)) {
        dredge_status status = parse_conditions(reader, line);
        if (status != DREDGE_OK) {
            return status;
        }
    }
    float process = 0, depth = 0;
    if (!take_number(reader, 0, 95, &process) || !take(reader, '/') || !take_number(reader, 0, 100, &depth)) {
        return status_fail(DREDGE_STUDY,
                           "line %d of the rule must end with the levers, as 60/100: process work from 0 to 95, depth "
                           "from 0 to 100",
                           reader->line);
    }
    line->lever = (struct lever){process / 100, depth / 100};
    return DREDGE_OK;
}

dredge_status rule_parse(const char *text, struct rule *rule)
{
    struct reader reader = {.at = text};
    rule->n_lines = 0;
    do {
        reader.line++;
        if (rule->n_lines == RULE_LINES) {
            return status_fail(DREDGE_STUDY, "the rule has more than %d lines", RULE_LINES);
        }
        dredge_status status = parse_line(&reader, &rule->lines[rule->n_lines++]);
        if (status != DREDGE_OK) {
            return status;
        }
        int is_last = rule->lines[rule->n_lines - 1].n_conditions == 0;
        int goes_on = take(&reader, ';');
        skip_spaces(&reader);
        if (is_last == goes_on || (is_last && *reader.at != '\0') || (!goes_on && *reader.at != '\0')) {
            return status_fail(
                DREDGE_STUDY,
                "line %d of the rule: lines are set apart by a semicolon, and the last one, only it, has "
                "no condition",
                reader.line);
        }
        if (is_last) {
            return DREDGE_OK;
        }
    } while (1);
}

struct lever rule_lever(const struct rule *rule, const float gauges[N_GAUGES])
{
    for (int index = 0; index < rule->n_lines - 1; index++) {
        const struct rule_line *line = &rule->lines[index];
        int holds = 1;
        for (int c = 0; c < line->n_conditions; c++) {
            const struct rule_condition *condition = &line->conditions[c];
            float gauge = gauges[condition->gauge];
            holds &= condition->above ? gauge > condition->value : gauge < condition->value;
        }
        if (holds) {
            return line->lever;
        }
    }
    return rule->lines[rule->n_lines - 1].lever;
}
