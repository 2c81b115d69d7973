# SPDX-License-Identifier: GPL-3.0-or-later
# Target dredge_flags: how every source of the project is compiled.
include(CheckCCompilerFlag)

if(NOT CMAKE_C_COMPILER_ID MATCHES "GNU|Clang")
    message(WARNING "only gcc and clang are tested; results of other compilers may differ in the last bits")
endif()

# C11 alone knows no files beyond streams, no signals to speak of and no clocks: POSIX.1-2008 with XSI, and what the
# C library has by default.
add_library(dredge_flags INTERFACE)
target_compile_definitions(dredge_flags INTERFACE _XOPEN_SOURCE=700 _DEFAULT_SOURCE)

# The same bits everywhere: no contraction to fused multiply-add, never -ffast-math. Without errno and traps the
# compiler may turn the lanes into vector instructions; neither changes a result.
set(DREDGE_NUMERICS -fno-math-errno -fno-trapping-math -ffp-contract=off)
target_compile_options(dredge_flags INTERFACE ${DREDGE_NUMERICS})

# As compiled in, not as asked for: paths of the machine stay out of the binary, so that two builds are the same bytes.
target_compile_options(dredge_flags INTERFACE -ffile-prefix-map=${PROJECT_SOURCE_DIR}=. -ffile-prefix-map=${PROJECT_BINARY_DIR}=build)

set(DREDGE_WARNINGS -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes
    -Wcast-qual -Wvla -Wundef)
if(CMAKE_C_COMPILER_ID MATCHES Clang)
    list(APPEND DREDGE_WARNINGS -Wno-pass-failed) # a loop that did not become vectors is for bench/ to notice
endif()
target_compile_options(dredge_flags INTERFACE ${DREDGE_WARNINGS} $<$<BOOL:${DREDGE_WERROR}>:-Werror>)
