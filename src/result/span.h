/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RESULT_SPAN_H
#define RESULT_SPAN_H

/* Replicates first .. first + n_replicates - 1 of a design point, under all regimes: the unit in which runs are planned,
 * kept and found again. */
struct span {
    int point, first, n_replicates;
};

/* All replicates of some design points, or some replicates of one, under all regimes: what is written and digested at
 * once. */
struct swath {
    int point, n_points, first, n_replicates;
};

#endif
