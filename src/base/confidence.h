/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_CONFIDENCE_H
#define BASE_CONFIDENCE_H

/* Confidence intervals of a mean that hold for few, discrete and bounded values, in closed form.
 *
 * Where values vary, the interval is the union of Student's t and of the t interval corrected for skewness by Hall's
 * cubic transformation (Hall 1992, J. R. Statist. Soc. B 54), so that it is not too short on the side of a long tail. As few
 * values hardly show a tail, the skewness counts with half its standard error more on the side that it makes longer; as the
 * transformation knows no bounds in small samples, a side at most doubles. Where all but a few values are the same,
 * spread tells nothing of the rare other values: then two values are added, one on each side as far away as a value may
 * lie, and the interval is Student's t of these n + 2 values. For differences of paired 0/1 outcomes that is the adjusted
 * interval of Bonett & Price (2012, J. Educ. Behav. Stat. 37). The same is done where one value stands for "there was none"
 * and a few or no values are as far from the middle as that. No interval goes beyond what a mean can be. */

/* What values can be; all zero: nothing is known of it. */
struct reach {
    double low, high; /* they lie between; either may be infinite */
    int has_none;     /* does the value `none` stand for "there was none", such as the month after the last? */
    double none;
    double step; /* how far from the usual value another one may lie, for the added values; 0: none are added */
    double rare; /* and how far the value for none lies from others; 0: there is no such value */
};

/* Fills step and rare, given the least and most value that was seen: another value may be as far away as these two are
 * apart; where they are the same, anywhere between the bounds, or without upper bound twice as large, by 1 at least. */
struct reach reach_make(const struct reach *bounds, double least, double most);

/* The numbers behind intervals of one sample. */
struct sample {
    int n;
    double mean, se;     /* standard error; NaN below two values */
    double skewness;     /* third moment over the second to the power 1.5; 0 without spread */
    int is_sparse;       /* all but a few values are the same, or few are as far out as a value for none: the next two
                            stand in for mean and se */
    double moved, error; /* mean and standard error with the two added values */
    struct reach reach;
};

/* Fewer values than this that differ from the usual one make a sample sparse, where they are not its larger half; or fewer
 * that lie as far out as a value for none. */
enum { CONFIDENCE_FEW = 8 };

/* Reads n values (n >= 0, finite), which may be put in order. */
void sample_read(int n, double *values, const struct reach *reach, struct sample *sample);

/* The two-sided interval of `confidence` (0.95); NaN below two values. */
void sample_interval(const struct sample *sample, double confidence, double *low, double *high);

/* The largest 1 - confidence at which the interval still holds `value`: the p value of its test. NaN below two values. */
double sample_p(const struct sample *sample, double value);

#endif
