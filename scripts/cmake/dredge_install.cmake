# SPDX-License-Identifier: GPL-3.0-or-later
# What `cmake --install` copies: the command, the library, its headers, and how other projects find them.
include(CMakePackageConfigHelpers)

foreach(program dredge dredge-mpi)
    if(TARGET ${program})
        install(TARGETS ${program} RUNTIME)
    endif()
endforeach()
install(TARGETS dredge_library EXPORT dredge)
install(DIRECTORY include/dredge TYPE INCLUDE)

# find_package(dredge) gives dredge::dredge.
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/dredge)
configure_package_config_file(scripts/cmake/dredge-config.cmake.in dredge-config.cmake INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(dredge-config-version.cmake COMPATIBILITY SameMinorVersion)
install(EXPORT dredge NAMESPACE dredge:: DESTINATION ${package_folder} FILE dredge-targets.cmake)
install(FILES ${PROJECT_BINARY_DIR}/dredge-config.cmake ${PROJECT_BINARY_DIR}/dredge-config-version.cmake
    DESTINATION ${package_folder})

# pkg-config --cflags --libs dredge
configure_file(scripts/cmake/dredge.pc.in dredge.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/dredge.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
