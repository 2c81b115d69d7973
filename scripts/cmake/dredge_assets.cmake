# SPDX-License-Identifier: GPL-3.0-or-later
# The files of src/report/assets as C texts: sets DREDGE_ASSETS to a generated source that defines what
# report/assets.h declares.
set(DREDGE_ASSETS ${PROJECT_BINARY_DIR}/generated/report_assets.c)
set(asset_folder ${PROJECT_SOURCE_DIR}/src/report/assets)
file(GLOB asset_files CONFIGURE_DEPENDS ${asset_folder}/*)
add_custom_command(
    OUTPUT ${DREDGE_ASSETS}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${asset_folder} -DOUTPUT=${DREDGE_ASSETS}
        -P ${PROJECT_SOURCE_DIR}/scripts/cmake/write_assets.cmake
    DEPENDS ${asset_files} ${PROJECT_SOURCE_DIR}/scripts/cmake/write_assets.cmake
    COMMENT "Report assets"
    VERBATIM)
