/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "engine/kernel.h"

#ifdef DREDGE_X86_LEVELS

extern const struct kernel kernel_v2, kernel_v3, kernel_v4;

const struct kernel *kernel_best(void)
{
    __builtin_cpu_init();
    int has_v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
    int has_v4 = has_v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                 __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                 __builtin_cpu_supports("avx512vl");
    const char *wish = getenv("DREDGE_LEVEL");
    if (wish != NULL && strcmp(wish, "v2") == 0) {
        return &kernel_v2;
    }
    if (has_v3 && wish != NULL && strcmp(wish, "v3") == 0) {
        return &kernel_v3;
    }
    if (has_v4) {
        return &kernel_v4;
    }
    return has_v3 ? &kernel_v3 : &kernel_v2;
}

#else

extern const struct kernel kernel_portable;

const struct kernel *kernel_best(void)
{
    return &kernel_portable;
}

#endif
