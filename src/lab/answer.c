/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/answer.h"

#include <stdlib.h>
#include <string.h>

const char *answer_finish(struct json *json)
{
    static char *answer; /* the last one given, owned */
    free(answer);
    answer = NULL;
    if (json_finish(json, &answer) != DREDGE_OK) {
        answer = NULL;
    }
    return answer;
}

int answer_cut_lines(char *text, const char *lines[LAB_MAX_LINES])
{
    int n_lines = 0;
    for (char *line = strtok(text, "\n"); line != NULL && n_lines < LAB_MAX_LINES; line = strtok(NULL, "\n")) {
        lines[n_lines++] = line;
    }
    return n_lines;
}
