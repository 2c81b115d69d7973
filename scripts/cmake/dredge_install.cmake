# SPDX-License-Identifier: GPL-3.0-or-later
# What `cmake --install` copies: the command with its manual page, completion and scenarios; the library, its headers,
# and how other projects find them.
include(CMakePackageConfigHelpers)
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME command)

foreach(program dredge dredge-mpi)
    if(TARGET ${program})
        install(TARGETS ${program} RUNTIME COMPONENT command)
    endif()
endforeach()
install(DIRECTORY scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/dredge FILES_MATCHING PATTERN *.yaml PATTERN *.csv)
install(FILES README.md CHANGELOG.md CITATION.cff DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)
if(NOT CMAKE_INSTALL_PREFIX STREQUAL /usr) # where the system has the text, see dredge_package.cmake
    install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
endif()
install(FILES scripts/completion/dredge.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME dredge)
install(FILES scripts/completion/_dredge DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)

# The manual page is what the command says of itself.
if(TARGET dredge AND NOT CMAKE_CROSSCOMPILING)
    add_custom_command(OUTPUT dredge.1 DEPENDS dredge scripts/make-man VERBATIM
        COMMAND ${PROJECT_SOURCE_DIR}/scripts/make-man $<TARGET_FILE:dredge> dredge.1)
    set(man_page dredge.1)
    if(CMAKE_INSTALL_PREFIX STREQUAL /usr) # where packages go, and their pages are compressed
        set(man_page dredge.1.gz)
        add_custom_command(OUTPUT dredge.1.gz DEPENDS dredge.1 COMMAND gzip -9nc dredge.1 >dredge.1.gz)
    endif()
    add_custom_target(dredge_man ALL DEPENDS ${man_page})
    install(FILES ${PROJECT_BINARY_DIR}/${man_page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endif()

# find_package(dredge) gives dredge::dredge.
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME library)
install(TARGETS dredge_library EXPORT dredge LIBRARY COMPONENT shared NAMELINK_COMPONENT library)
install(DIRECTORY include/dredge TYPE INCLUDE)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/dredge)
configure_package_config_file(scripts/cmake/dredge-config.cmake.in dredge-config.cmake INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(dredge-config-version.cmake COMPATIBILITY SameMinorVersion)
install(EXPORT dredge NAMESPACE dredge:: DESTINATION ${package_folder} FILE dredge-targets.cmake)
install(FILES ${PROJECT_BINARY_DIR}/dredge-config.cmake ${PROJECT_BINARY_DIR}/dredge-config-version.cmake
    scripts/cmake/dredge_hdf5.cmake DESTINATION ${package_folder})

# pkg-config --cflags --libs dredge; the file finds its prefix from where it lies, so the tree may be moved.
# Only the archive asks for what it stands on; the shared library brings it along.
if(NOT BUILD_SHARED_LIBS)
    set(stands_on "Requires.private: gsl yaml-0.1 libdeflate\nLibs.private: ${DREDGE_HDF5_LINK} -fopenmp -lm")
endif()
file(RELATIVE_PATH back_to_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(scripts/cmake/dredge.pc.in dredge.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/dredge.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
