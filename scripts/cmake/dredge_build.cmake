# SPDX-License-Identifier: GPL-3.0-or-later
# build_info.h for the provenance of results: DREDGE_VERSION, DREDGE_COMMIT, DREDGE_MODEL_STAMP, DREDGE_COMPILER,
# DREDGE_FLAGS, DREDGE_LIBYAML_VERSION. Commit and stamp are looked up at every build; the header is written only when
# something changed.
set(DREDGE_GENERATED ${PROJECT_BINARY_DIR}/generated)
string(REPLACE ";" " " numerics "${DREDGE_NUMERICS}")
string(STRIP "${CMAKE_C_FLAGS} ${CMAKE_C_FLAGS_${build_type}} ${numerics}" DREDGE_FLAGS)

add_custom_target(dredge_build_info
    BYPRODUCTS ${DREDGE_GENERATED}/build_info.h
    COMMAND ${CMAKE_COMMAND}
        "-DVERSION=${PROJECT_VERSION}"
        "-DCOMPILER=${CMAKE_C_COMPILER_ID} ${CMAKE_C_COMPILER_VERSION}"
        "-DFLAGS=${DREDGE_FLAGS}"
        "-DLIBYAML_VERSION=${YAML_VERSION}"
        "-DSOURCE=${PROJECT_SOURCE_DIR}"
        "-DOUTPUT=${DREDGE_GENERATED}/build_info.h"
        -P ${PROJECT_SOURCE_DIR}/scripts/cmake/write_build_info.cmake
    COMMENT "" VERBATIM)
