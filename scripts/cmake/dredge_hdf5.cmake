# SPDX-License-Identifier: GPL-3.0-or-later
# Target dredge_hdf5: serial HDF5 with its high-level library; DREDGE_HDF5_LINK: the same as words for a linker. Also
# installed, for programs that link the archive.
# Where an MPI HDF5 is installed beside the serial one, "hdf5" may be either; Debian's "hdf5-serial" is not. Its high-level
# library is called hdf5_hl in a folder of its own, from HDF5 2 on hdf5_serial_hl. Elsewhere CMake's own search.
pkg_check_modules(HDF5_SERIAL IMPORTED_TARGET hdf5-serial)
if(HDF5_SERIAL_FOUND)
    find_library(HDF5_SERIAL_HL NAMES hdf5_serial_hl hdf5_hl
        HINTS ${HDF5_SERIAL_LIBRARY_DIRS} ${HDF5_SERIAL_LIBDIR} NO_DEFAULT_PATH)
endif()
add_library(dredge_hdf5 INTERFACE IMPORTED)
if(HDF5_SERIAL_HL)
    target_link_libraries(dredge_hdf5 INTERFACE ${HDF5_SERIAL_HL} PkgConfig::HDF5_SERIAL)
    list(JOIN HDF5_SERIAL_LDFLAGS " " DREDGE_HDF5_LINK)
    string(PREPEND DREDGE_HDF5_LINK "${HDF5_SERIAL_HL} ")
else()
    set(HDF5_PREFER_PARALLEL FALSE)
    find_package(HDF5 REQUIRED COMPONENTS C HL)
    target_include_directories(dredge_hdf5 INTERFACE ${HDF5_INCLUDE_DIRS})
    target_link_libraries(dredge_hdf5 INTERFACE ${HDF5_HL_LIBRARIES} ${HDF5_C_LIBRARIES})
    set(DREDGE_HDF5_LINK ${HDF5_HL_LIBRARIES} ${HDF5_C_LIBRARIES})
    list(JOIN DREDGE_HDF5_LINK " " DREDGE_HDF5_LINK)
endif()
# Functions as HDF5 1.10 has them, whatever is installed: later releases give the same names more arguments.
target_compile_definitions(dredge_hdf5 INTERFACE H5_USE_110_API)
