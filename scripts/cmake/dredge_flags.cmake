# SPDX-License-Identifier: GPL-3.0-or-later
# Target dredge_flags: how every source of the project is compiled.
include(CheckCCompilerFlag)
include(CheckCSourceCompiles)
string(TOUPPER "${CMAKE_BUILD_TYPE}" build_type)

if(NOT CMAKE_C_COMPILER_ID MATCHES "GNU|Clang")
    message(WARNING "only gcc and clang are tested; results of other compilers may differ in the last bits")
endif()

# C11 alone knows no files beyond streams, no signals to speak of and no clocks: POSIX.1-2008 with XSI, and what the
# C library has by default; files of any size and number also on 32 bits.
add_library(dredge_flags INTERFACE)
target_compile_definitions(dredge_flags INTERFACE _XOPEN_SOURCE=700 _DEFAULT_SOURCE _FILE_OFFSET_BITS=64)

# The same bits everywhere: no contraction to fused multiply-add, never -ffast-math. Without errno and traps the
# compiler may turn the lanes into vector instructions; neither changes a result.
set(DREDGE_NUMERICS -fno-math-errno -fno-trapping-math -ffp-contract=off)

# What the user's own flags may not ask for. src/base/exact.h refuses what the compiler tells; it does not tell all.
set(given "")
foreach(flags C_COMPILER_ARG1 C_FLAGS EXE_LINKER_FLAGS SHARED_LINKER_FLAGS)
    string(APPEND given " ${CMAKE_${flags}} ${CMAKE_${flags}_${build_type}} ")
endforeach()
string(REGEX REPLACE "[ \t\r\n\"']+" " " given "${given}")
set(refused -Ofast --optimize=fast
    "-f(fast-math|unsafe-math-optimizations|associative-math|reciprocal-math|finite-math-only|no-signed-zeros)"
    "-f(no-honor-nans|no-honor-infinities|approx-func|single-precision-constant|fp-model=[^ ]*|veclib=[^n ][^ ]*)"
    "-fdenormal-fp-math(-f32)?=p[^ ]*" "-m(fpmath=387|pc[0-9]+|daz-ftz|recip[^ ]*|enable-[^ ]*|veclibabi=[^ ]*)"
    "-enable-[^ ]*fp-math" "[^ ]*crtfastmath[^ ]*")
string(REPLACE ";" "|" refused "${refused}")
if(given MATCHES " (${refused}) ")
    message(FATAL_ERROR "${CMAKE_MATCH_1} changes results: dredge computes the same bits everywhere. Leave it out of the flags "
        "for the compiler and the linker")
endif()

# 32-bit x86 computes floats with more digits unless it is told to use SSE2.
function(dredge_floats_are_floats found)
    unset(${found} CACHE)
    set(CMAKE_REQUIRED_INCLUDES ${PROJECT_SOURCE_DIR}/src)
    set(CMAKE_REQUIRED_FLAGS ${ARGN})
    check_c_source_compiles("#include \"base/exact.h\"\nint main(void) { return 0; }" ${found})
endfunction()
dredge_floats_are_floats(DREDGE_EXACT)
if(NOT DREDGE_EXACT)
    dredge_floats_are_floats(DREDGE_EXACT_WITH_SSE2 "-msse2 -mfpmath=sse")
    if(NOT DREDGE_EXACT_WITH_SSE2)
        message(FATAL_ERROR "this compiler, with these flags (${CMAKE_C_FLAGS}), does not compute float and double as IEEE 754 "
            "says (FLT_EVAL_METHOD is not 0, or it may reorder sums): results would differ from those of other machines")
    endif()
    list(APPEND DREDGE_NUMERICS -msse2 -mfpmath=sse)
endif()
target_compile_options(dredge_flags INTERFACE ${DREDGE_NUMERICS})

# As compiled in, not as asked for: paths of the machine stay out of the binary, so that two builds are the same bytes.
target_compile_options(dredge_flags INTERFACE -ffile-prefix-map=${PROJECT_SOURCE_DIR}=. -ffile-prefix-map=${PROJECT_BINARY_DIR}=build)

set(DREDGE_WARNINGS -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes
    -Wcast-qual -Wvla -Wundef)
if(CMAKE_C_COMPILER_ID MATCHES Clang)
    list(APPEND DREDGE_WARNINGS -Wno-pass-failed) # a loop that did not become vectors is for bench/ to notice
endif()
target_compile_options(dredge_flags INTERFACE ${DREDGE_WARNINGS} $<$<BOOL:${DREDGE_WERROR}>:-Werror>)
