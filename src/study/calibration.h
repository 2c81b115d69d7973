/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_CALIBRATION_H
#define STUDY_CALIBRATION_H

#include "study/study.h"

/* What is known of real collaborations: targets, and which values of which keys may explain them. */

enum evidence_kind {
    EVIDENCE_MEAN,        /* the mean of `outcome` */
    EVIDENCE_QUANTILE,    /* its quantile at `level` */
    EVIDENCE_SHARE,       /* the share of runs in which it is at least `level` */
    EVIDENCE_CORRELATION, /* of `outcome` and `other` over runs, the mean over regimes */
    EVIDENCE_SERIES /* the mean of `series` after `month` months, less that after `minus_month` where that is >= 0 */
};

enum { EVIDENCE_MAX_SET = 8, EVIDENCE_NAME_BYTES = 64, EVIDENCE_SOURCE_BYTES = 256 };

struct evidence_setting {
    char key[STUDY_KEY_BYTES];
    double value;
};

struct evidence {
    char name[EVIDENCE_NAME_BYTES], source[EVIDENCE_SOURCE_BYTES];
    enum evidence_kind kind;
    int outcome, other, series, month, minus_month;
    double level;
    double value, error; /* what was found, and its standard error */
    int is_held_out;     /* told, but not fitted */
    int n_set;
    struct evidence_setting set[EVIDENCE_MAX_SET]; /* how the collaborations differ from the study's */
};

struct calibration {
    int n_regimes;
    struct regime *regimes; /* [n_regimes], how the observed collaborations were steered, owned */
    double *weights;        /* [n_regimes], sum 1, owned */
    int n_priors;
    struct factor *priors; /* [n_priors], each a span, owned */
    int n_theories;
    int *theories; /* [n_theories], numbers in theory_infos, equally likely beforehand; none: the study's own; owned */
    int n_targets;
    struct evidence *targets; /* [n_targets], owned */
};

void calibration_free(struct calibration *calibration); /* and the memory it stands in; safe on NULL */

#endif
