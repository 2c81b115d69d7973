/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The batteries of TestU01 (L'Ecuyer & Simard 2007) over the addressed stream:
 *
 *     crush_stream BATTERY STREAM [TEST]
 *
 * BATTERY is small, crush or big; STREAM is whole, reversed, upper or lower (walk.h); TEST is the number of one test of the
 * battery, which then reads a part of the stream of its own. After TestU01's report each statistic stands on a line
 * "statistic NAME P". Exit status 1 when a statistic is as extreme as once in a million: P below 1e-6 or above 1 - 1e-6,
 * a false alarm in at most one of 33,000 runs of the small battery over other seeds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <testu01/bbattery.h>
#include <testu01/swrite.h>
#include <testu01/unif01.h>

#include "walk.h"

/* Tests of the largest battery, and replicates between the parts of the stream that two tests read. */
enum { MOST_TESTS = 106, APART = 1 << 24 };

static const double ALARM = 1e-6;
static struct walk walk;

static unsigned int next_bits(void)
{
    return walk_next(&walk);
}

struct battery {
    const char *name;
    int n_tests;
    void (*run)(unif01_Gen *generator);
    void (*repeat)(unif01_Gen *generator, int *times);
};

static const struct battery BATTERY[] = {
    {"small", 10, bbattery_SmallCrush, bbattery_RepeatSmallCrush},
    {"crush", 96, bbattery_Crush, bbattery_RepeatCrush},
    {"big", 106, bbattery_BigCrush, bbattery_RepeatBigCrush},
};

/* Which of the names is asked for; -1 for none. */
static int battery_named(const char *name)
{
    for (int k = 0; k < 3; k++) {
        if (strcmp(BATTERY[k].name, name) == 0) {
            return k;
        }
    }
    return -1;
}

static int part_named(const char *name)
{
    for (int k = 0; k < N_WALK_PARTS; k++) {
        if (strcmp(WALK_PART_NAME[k], name) == 0) {
            return k;
        }
    }
    return -1;
}

static int report(void)
{
    int extreme = 0;
    for (int k = 0; k < bbattery_NTests; k++) {
        double p = bbattery_pVal[k];
        printf("statistic %s %.10g\n", bbattery_TestNames[k], p);
        extreme |= !(p >= ALARM && p <= 1.0 - ALARM);
    }
    return bbattery_NTests == 0 || extreme;
}

int main(int n_words, char **words)
{
    int battery = n_words < 3 ? -1 : battery_named(words[1]);
    int part = n_words < 3 ? -1 : part_named(words[2]);
    int test = n_words == 4 ? atoi(words[3]) : 0;
    if (battery < 0 || part < 0 || n_words > 4 || test < 0 || test > BATTERY[battery].n_tests) {
        fprintf(stderr, "usage: crush_stream small|crush|big whole|reversed|upper|lower [TEST]\n");
        return 2;
    }
    char name[] = "addressed stream";
    unif01_Gen *generator = unif01_CreateExternGenBits(name, next_bits);
    swrite_Basic = FALSE;
    walk_start(&walk, (enum walk_part)part, (uint32_t)test * APART);
    if (test == 0) {
        BATTERY[battery].run(generator);
    } else {
        int times[1 + MOST_TESTS] = {0};
        times[test] = 1;
        BATTERY[battery].repeat(generator, times);
    }
    unif01_DeleteExternGenBits(generator);
    return report();
}
