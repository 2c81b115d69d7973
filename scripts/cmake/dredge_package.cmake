# SPDX-License-Identifier: GPL-3.0-or-later
# Debian packages by CPack: `dredge` (the command) and `libdredge-dev` (the library and what compiling against it
# needs). scripts/release builds them; dredge-mpi is built where it runs, against the MPI of the cluster.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME dredge)
set(CPACK_PACKAGE_CONTACT "The dredge developers <dredge@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL command library)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_COMMAND_PACKAGE_NAME dredge)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libdredge-dev)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libdevel)
set(CPACK_COMPONENT_COMMAND_DESCRIPTION
    "Runs studies of collaborations between public, private, nonprofit and knowledge\n organisations, compares regimes of steering on the same random worlds, and writes\n results that explain themselves.")
set(CPACK_COMPONENT_LIBRARY_DESCRIPTION "The library behind dredge, with headers, CMake package and pkg-config file.")
include(CPack)
