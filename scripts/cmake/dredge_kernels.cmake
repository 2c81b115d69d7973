# SPDX-License-Identifier: GPL-3.0-or-later
# dredge_kernels: the objects of src/engine/kernel/kernel.c, once per vector level. On x86-64 the program picks the
# level of the processor it runs on (src/engine/dispatch.c); elsewhere there is one portable build.
set(levels portable)
if(NOT DREDGE_LEVELS STREQUAL portable)
    check_c_compiler_flag(-march=x86-64-v4 DREDGE_HAS_X86_LEVELS)
    if(DREDGE_HAS_X86_LEVELS)
        set(levels v1 v2 v3 v4)
    elseif(DREDGE_LEVELS STREQUAL x86)
        message(FATAL_ERROR "DREDGE_LEVELS=x86, but this compiler does not know -march=x86-64-v4")
    endif()
endif()

set(dredge_kernels)
foreach(level IN LISTS levels)
    add_library(kernel_${level} OBJECT src/engine/kernel/kernel.c)
    target_include_directories(kernel_${level} PRIVATE src include)
    target_link_libraries(kernel_${level} PRIVATE dredge_flags)
    target_include_directories(kernel_${level} SYSTEM PRIVATE ${RANDOM123_INCLUDE} ${GSL_INCLUDE_DIRS})
    target_compile_definitions(kernel_${level} PRIVATE KERNEL_LEVEL=${level})
    target_compile_options(kernel_${level} PRIVATE -fopenmp-simd)
    if(level STREQUAL v1)
        target_compile_options(kernel_${level} PRIVATE -march=x86-64)
    elseif(NOT level STREQUAL portable)
        target_compile_options(kernel_${level} PRIVATE -march=x86-64-${level})
    endif()
    if(CMAKE_C_COMPILER_ID MATCHES Clang)
        # Otherwise clang unrolls short loops over lanes before it could make vector code of them.
        target_compile_options(kernel_${level} PRIVATE -fno-unroll-loops)
    elseif(CMAKE_C_COMPILER_ID STREQUAL GNU)
        # Otherwise gcc makes branches of masks before it could make vector code of them (scripts/check-lanes).
        target_compile_options(kernel_${level} PRIVATE -fno-thread-jumps -fno-tree-pre -fno-loop-unroll-and-jam)
    endif()
    list(APPEND dredge_kernels $<TARGET_OBJECTS:kernel_${level}>)
endforeach()

# Clang prefers 256 bits on processors that have 512; the lanes fill 512.
if(TARGET kernel_v4)
    target_compile_options(kernel_v4 PRIVATE -mprefer-vector-width=512)
    set(DREDGE_LEVEL_DEFINITIONS DREDGE_X86_LEVELS=1)
endif()
