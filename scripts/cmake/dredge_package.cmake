# SPDX-License-Identifier: GPL-3.0-or-later
# Debian packages by CPack: `dredge` (the command), `libdredge0` (the shared library, called after its soname) and
# `libdredge-dev` (what compiling against it needs). scripts/release builds them; dredge-mpi is built where it runs, against
# the MPI of the cluster.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME dredge)
set(CPACK_PACKAGE_CONTACT "The dredge developers <nobody@dredge.invalid>") # a form needs an address, and there is none (RFC 2606)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)

set(shared_package libdredge${PROJECT_VERSION_MAJOR})
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL command shared library)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_COMMAND_PACKAGE_NAME dredge)
set(CPACK_DEBIAN_SHARED_PACKAGE_NAME ${shared_package})
set(CPACK_DEBIAN_SHARED_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_SHARED_PACKAGE_CONTROL_EXTRA ${PROJECT_BINARY_DIR}/triggers)
file(WRITE ${PROJECT_BINARY_DIR}/triggers "activate-noawait ldconfig\n")
set(CPACK_POST_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/scripts/cmake/dredge_repack.cmake)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libdredge-dev)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SHLIBDEPS OFF)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_DEPENDS "${shared_package} (= ${PROJECT_VERSION})")
set(CPACK_COMPONENT_COMMAND_DESCRIPTION
    "Runs studies of collaborations between public, private, nonprofit and\nknowledge organisations, compares regimes of steering on the same random\nworlds, and writes results that explain themselves.")
set(CPACK_COMPONENT_SHARED_DESCRIPTION "The library behind dredge, for programs that run studies.")
set(CPACK_COMPONENT_LIBRARY_DESCRIPTION "What compiling against the library behind dredge needs: headers,\nCMake package and pkg-config file.")

# Each package says whose it is, and what changed.
if(CMAKE_INSTALL_PREFIX STREQUAL /usr)
    file(STRINGS src/report/assets/uplot-LICENSE.txt uplot_copyright REGEX "^Copyright")
    string(REGEX REPLACE "^Copyright *(\\(c\\))? *" "" uplot_copyright "${uplot_copyright}")
    file(READ src/report/assets/uplot-LICENSE.txt uplot_license)
    string(REGEX REPLACE "^.*Permission is" "Permission is" uplot_license "${uplot_license}")
    string(STRIP "${uplot_license}" uplot_license)
    string(REGEX REPLACE "\n\n" "\n.\n" uplot_license "${uplot_license}")
    string(REGEX REPLACE "\n" "\n " uplot_license " ${uplot_license}")
    configure_file(scripts/cmake/copyright.in copyright @ONLY)

    string(TIMESTAMP today "%a, %d %b %Y %H:%M:%S +0000" UTC) # of SOURCE_DATE_EPOCH where that is set
    file(CONFIGURE OUTPUT changelog @ONLY CONTENT
"dredge (@PROJECT_VERSION@) unstable; urgency=medium

  * What is new: /usr/share/doc/dredge/CHANGELOG.md in the package dredge.

 -- @CPACK_PACKAGE_CONTACT@  @today@
")
    add_custom_command(OUTPUT changelog.gz DEPENDS changelog COMMAND gzip -9nc changelog >changelog.gz)
    add_custom_target(dredge_changelog ALL DEPENDS changelog.gz)
    set(packages dredge ${shared_package} libdredge-dev)
    foreach(component package IN ZIP_LISTS CPACK_COMPONENTS_ALL packages)
        install(FILES ${PROJECT_BINARY_DIR}/copyright ${PROJECT_BINARY_DIR}/changelog.gz
            DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package} COMPONENT ${component})
    endforeach()
endif()
include(CPack)
