# SPDX-License-Identifier: GPL-3.0-or-later
# After CPack: the packages without the maintainer scripts that it writes where there is a shared library. All that these do is call
# ldconfig, and the package's trigger does so already (Debian Policy 8.1.1).
foreach(package IN LISTS CPACK_PACKAGE_FILES)
    set(folder ${CPACK_TOPLEVEL_DIRECTORY}/repack)
    file(REMOVE_RECURSE ${folder})
    execute_process(COMMAND dpkg-deb --raw-extract ${package} ${folder} COMMAND_ERROR_IS_FATAL ANY)
    file(REMOVE ${folder}/DEBIAN/postinst ${folder}/DEBIAN/postrm)
    execute_process(COMMAND dpkg-deb --root-owner-group --build ${folder} ${package} COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
    file(REMOVE_RECURSE ${folder})
endforeach()
