# SPDX-License-Identifier: GPL-3.0-or-later
# The classroom page: `cmake --build . --target lab` builds it with scripts/build-lab (emscripten needed, see
# scripts/setup-lab); `dredge lab` finds it in build/lab, or where it was installed.
set(DREDGE_LAB_PAGE ${PROJECT_SOURCE_DIR}/build/lab/lab.html)
add_custom_target(lab COMMAND ${PROJECT_SOURCE_DIR}/scripts/build-lab WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    USES_TERMINAL VERBATIM)
install(FILES ${DREDGE_LAB_PAGE} DESTINATION ${CMAKE_INSTALL_DATADIR}/dredge OPTIONAL)
