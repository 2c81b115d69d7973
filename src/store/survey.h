/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_SURVEY_H
#define STORE_SURVEY_H

#include "study/study.h"

/* How far a run is, looked at from outside while it may be under way. Nothing is changed. */

enum survey_state { SURVEY_NOT_BEGUN, SURVEY_RUNNING, SURVEY_INTERRUPTED, SURVEY_PART, SURVEY_FINISHED };

enum { SURVEY_HOLDER_BYTES = 256 };

struct survey {
    enum survey_state state;
    long long n_runs;                 /* that the study asks for, at most */
    long long n_done, n_failed;       /* that are saved */
    long long n_now;                  /* of these, by the process under way, or the last one */
    double seconds;                   /* from its start to its last saved runs */
    int n_worlds;                     /* saved in mid-run */
    int n_damaged;                    /* segments whose runs count as not done: a run that goes on makes them again */
    char holder[SURVEY_HOLDER_BYTES]; /* the process under way: "process 123 on machine, since ..." */
};

/* Looks at the output `path`, or at the folder of its parts. `study`, zeroed, becomes the study of it when there is
 * something there (n_regimes > 0); the caller frees it. DREDGE_FILE when what is there cannot be read. */
STATUS_CHECKED dredge_status survey_output(const char *path, struct study *study, struct survey *survey);

/* The folder of parts of the output `path`, which may be that folder itself, as a shell takes it; the caller frees it;
 * NULL when out of memory. */
char *survey_parts_word(const char *path);

/* A campaign: a folder with the shards of a study, I-of-N.h5, and what was submitted, study.yaml and study.sets. */
struct campaign {
    int n_tasks;
    struct survey *tasks; /* [n_tasks], owned */
    int *has_failed;      /* [n_tasks], the task left word of a failure and has not succeeded since; owned */
};

/* Is this folder one? */
int survey_is_campaign(const char *path);

STATUS_CHECKED dredge_status survey_campaign(const char *path, struct study *study, struct campaign *campaign);
void campaign_free(struct campaign *campaign); /* safe on a zeroed one */

#endif
