/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "base/threads.h"
#include "engine/kernel.h"

#ifdef DREDGE_X86_LEVELS

/* The levels of the x86-64 psABI, the best one last. Every processor of that kind has the first. */
extern const struct kernel kernel_v1, kernel_v2, kernel_v3, kernel_v4;
static const struct kernel *const kernels[] = {&kernel_v1, &kernel_v2, &kernel_v3, &kernel_v4};

/* How many of them this processor has. */
static int n_usable(void)
{
    __builtin_cpu_init();
    int has_v2 =
        __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("ssse3") && __builtin_cpu_supports("popcnt");
    int has_v3 =
        has_v2 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
    int has_v4 = has_v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                 __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                 __builtin_cpu_supports("avx512vl");
    return 1 + has_v2 + has_v3 + has_v4;
}

#else

extern const struct kernel kernel_portable;
static const struct kernel *const kernels[] = {&kernel_portable};

static int n_usable(void)
{
    return 1;
}

#endif

enum { N_KERNELS = sizeof kernels / sizeof kernels[0] };

/* What DREDGE_LEVEL asks for; NULL: nothing. */
static const char *wish(void)
{
    const char *level = getenv("DREDGE_LEVEL");
    return level != NULL && *level != '\0' ? level : NULL;
}

/* The number of a level; -1 when there is none of this name. */
static int find(const char *level)
{
    for (int k = 0; k < N_KERNELS; k++) {
        if (strcmp(kernels[k]->level, level) == 0) {
            return k;
        }
    }
    return -1;
}

/* ---- how threads compute ---- */

/* What a thread has switched; the first is what most threads are. */
enum arithmetic { ARITHMETIC_PLAIN, ARITHMETIC_TRAPS, ARITHMETIC_ROUNDS, ARITHMETIC_FLUSHES };

/* Does a number that is too large, too small or none end the program? Not asked by computing one. */
static int has_traps(void)
{
#ifdef __SSE__
    const unsigned masks = 0x1F80; /* of MXCSR: set where nothing happens */
    return (__builtin_ia32_stmxcsr() & masks) != masks;
#else
    return 0; /* other processors have none, or the C library alone knows */
#endif
}

/* Are sums rounded to the nearest number, as they are unless a program has switched it? Volatile, for no compiler to work
 * it out. */
static int rounds_to_nearest(void)
{
    volatile float one = 1, less = FLT_EPSILON / 4, more = 3 * FLT_EPSILON / 4;
    volatile float low = one + less, high = one + more, below = -one - less;
    return low <= one && high > one && below >= -one;
}

/* Are numbers below FLT_MIN numbers, as they are unless a program, or a library of it built with -ffast-math, has switched
 * it? */
static int has_subnormals(void)
{
    volatile float least = FLT_MIN;
    volatile float half = least / 2;
    return half > 0;
}

static enum arithmetic arithmetic_of_thread(void)
{
    return has_traps()            ? ARITHMETIC_TRAPS
           : !rounds_to_nearest() ? ARITHMETIC_ROUNDS
           : !has_subnormals()    ? ARITHMETIC_FLUSHES
                                  : ARITHMETIC_PLAIN;
}

/* OpenMP keeps its threads, and a thread what was switched when it began: those that the program has used before are asked
 * too. */
static dredge_status check_arithmetic(int n_threads)
{
    enum arithmetic own = arithmetic_of_thread();
    int worst = (int)own;
    threads_take(n_threads);
    if (own == ARITHMETIC_PLAIN && n_threads > 1) {
#pragma omp parallel num_threads(n_threads) reduction(max : worst)
        worst = (int)arithmetic_of_thread();
    }
    const char *whose = own != ARITHMETIC_PLAIN ? "this thread" : "a thread that OpenMP keeps for this one";
    switch ((enum arithmetic)worst) {
    case ARITHMETIC_PLAIN:
        break;
    case ARITHMETIC_TRAPS:
        return status_fail(
            DREDGE_USAGE,
            "in %s a number that is too large, too small or none ends the program (feenableexcept): switch "
            "that off for calls of dredge",
            whose);
    case ARITHMETIC_ROUNDS:
        return status_fail(
            DREDGE_USAGE,
            "%s does not round to the nearest number (fesetround): results would be others; switch it back "
            "to FE_TONEAREST for calls of dredge",
            whose);
    case ARITHMETIC_FLUSHES:
        return status_fail(
            DREDGE_USAGE,
            "%s takes the smallest numbers for zero, which a library built with -ffast-math switches when "
            "it is loaded: results would be others; switch it back for calls of dredge",
            whose);
    }
    return DREDGE_OK;
}

/* ---- the level ---- */

static dredge_status check_level(void)
{
    const char *level = wish();
    int found = level != NULL ? find(level) : 0;
    int n = n_usable();
    if (found >= 0 && found < n) {
        return DREDGE_OK;
    }
    return status_fail(DREDGE_USAGE, "DREDGE_LEVEL=%.32s: %s; it can be %s%s%s here, or not set: then it is %s", level,
                       found < 0 ? "there is no such vector level" : "this processor has no such vector level",
                       kernels[0]->level, n > 1 ? " to " : "", n > 1 ? kernels[n - 1]->level : "",
                       kernels[n - 1]->level);
}

dredge_status kernel_check(int n_threads)
{
    dredge_status status = check_arithmetic(n_threads);
    return status == DREDGE_OK ? check_level() : status;
}

const struct kernel *kernel_best(void)
{
    const char *level = wish();
    int found = level != NULL ? find(level) : -1;
    int n = n_usable();
    return kernels[found >= 0 && found < n ? found : n - 1];
}
