# SPDX-License-Identifier: GPL-3.0-or-later
# Target dredge_libraries: GSL, OpenMP, serial HDF5, libyaml, and the headers of Random123 and xxhash.
find_package(PkgConfig REQUIRED)
find_package(GSL REQUIRED)
find_package(OpenMP REQUIRED COMPONENTS C)
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-0.1)

# Where an MPI HDF5 is installed beside the serial one, "hdf5" may be either; Debian's "hdf5-serial" is not.
pkg_check_modules(HDF5_SERIAL IMPORTED_TARGET hdf5-serial)
if(HDF5_SERIAL_FOUND)
    find_library(HDF5_SERIAL_HL NAMES hdf5_hl HINTS ${HDF5_SERIAL_LIBRARY_DIRS} NO_DEFAULT_PATH REQUIRED)
    set(dredge_hdf5 ${HDF5_SERIAL_HL} PkgConfig::HDF5_SERIAL)
else()
    set(HDF5_PREFER_PARALLEL FALSE)
    find_package(HDF5 REQUIRED COMPONENTS C HL)
    set(dredge_hdf5 hdf5::hdf5_hl hdf5::hdf5)
endif()

find_path(RANDOM123_INCLUDE Random123/philox.h REQUIRED)
find_path(XXHASH_INCLUDE xxhash.h REQUIRED)

add_library(dredge_libraries INTERFACE)
target_include_directories(dredge_libraries SYSTEM INTERFACE ${RANDOM123_INCLUDE} ${XXHASH_INCLUDE})
target_link_libraries(dredge_libraries INTERFACE GSL::gsl OpenMP::OpenMP_C ${dredge_hdf5} PkgConfig::YAML m)
