# SPDX-License-Identifier: GPL-3.0-or-later
# Target dredge_libraries: GSL, OpenMP, serial HDF5, libyaml, libdeflate, and the headers of Random123 and xxhash.
find_package(PkgConfig REQUIRED)
find_package(GSL REQUIRED)
find_package(OpenMP REQUIRED COMPONENTS C)
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-0.1)
pkg_check_modules(DEFLATE REQUIRED IMPORTED_TARGET libdeflate)

include(dredge_hdf5)

find_path(RANDOM123_INCLUDE Random123/philox.h REQUIRED)
find_path(XXHASH_INCLUDE xxhash.h REQUIRED)

add_library(dredge_libraries INTERFACE)
target_include_directories(dredge_libraries SYSTEM INTERFACE ${RANDOM123_INCLUDE} ${XXHASH_INCLUDE})
target_link_libraries(dredge_libraries INTERFACE GSL::gsl OpenMP::OpenMP_C dredge_hdf5 PkgConfig::YAML PkgConfig::DEFLATE m)
