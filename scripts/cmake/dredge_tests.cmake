# SPDX-License-Identifier: GPL-3.0-or-later
# Every tests/FOLDER/test_NAME.c is a cmocka program, every executable tests/FOLDER/test_NAME.py or .sh a script; each
# becomes the test FOLDER/NAME with the label FOLDER. Other C files of the folder and of tests/support are compiled once
# and linked to its programs. Tests find the command in DREDGE, the source tree in DREDGE_SOURCE, the build folder in DREDGE_BUILD;
# exit status 77 means skipped.
find_package(cmocka QUIET)
if(NOT cmocka_FOUND)
    message(STATUS "No tests: cmocka is missing (scripts/setup test)")
    return()
endif()

set(test_environment DREDGE=${PROJECT_BINARY_DIR}/dredge DREDGE_MPI=${PROJECT_BINARY_DIR}/dredge-mpi
    DREDGE_SOURCE=${PROJECT_SOURCE_DIR} DREDGE_BUILD=${PROJECT_BINARY_DIR})

# What tests of all folders share: fixtures, and cmocka with the library from inside.
file(GLOB test_support CONFIGURE_DEPENDS tests/support/*.c)
add_library(dredge_testing STATIC ${test_support})
target_include_directories(dredge_testing PUBLIC tests/support)
target_include_directories(dredge_testing SYSTEM PUBLIC ${CMOCKA_INCLUDE_DIR})
target_link_libraries(dredge_testing PUBLIC $<TARGET_NAME_IF_EXISTS:dredge_cli> dredge_inside ${CMOCKA_LIBRARIES})

# What a test needs to know, given its name, folder and further labels.
function(dredge_describe_test name folder)
    set(timeout 1200)
    if(folder STREQUAL long)
        set(timeout 7200)
    endif()
    set_tests_properties(${name} PROPERTIES LABELS "${folder};${ARGN}" ENVIRONMENT "${test_environment}"
        SKIP_RETURN_CODE 77 TIMEOUT ${timeout})
endfunction()

function(dredge_add_folder folder)
    file(GLOB programs CONFIGURE_DEPENDS tests/${folder}/test_*.c)
    file(GLOB helpers CONFIGURE_DEPENDS tests/${folder}/*.c)
    list(FILTER helpers EXCLUDE REGEX "/(test|fuzz|crush)_[^/]*\\.c$")
    set(shared dredge_testing)
    if(programs AND helpers)
        set(shared ${folder}_shared)
        add_library(${shared} STATIC ${helpers})
        target_link_libraries(${shared} PUBLIC dredge_testing)
    endif()
    foreach(program IN LISTS programs)
        get_filename_component(stem ${program} NAME_WE)
        string(REGEX REPLACE "^test_" "" short ${stem})
        set(target ${folder}_${stem})
        add_executable(${target} ${program})
        target_link_libraries(${target} PRIVATE ${shared})
        if(folder STREQUAL unit) # these run for a moment: compiling them well takes longer
            target_compile_options(${target} PRIVATE -O0)
        endif()
        if(EXISTS ${PROJECT_SOURCE_DIR}/src/lab/${short}.c)
            target_link_libraries(${target} PRIVATE dredge_lab)
        endif()
        set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
        add_test(NAME ${folder}/${short} COMMAND ${target})
        if(stem MATCHES "^test_null")
            dredge_describe_test(${folder}/${short} ${folder} nulls)
        else()
            dredge_describe_test(${folder}/${short} ${folder})
        endif()
    endforeach()

    file(GLOB scripts CONFIGURE_DEPENDS tests/${folder}/test_*.py tests/${folder}/test_*.sh)
    foreach(script IN LISTS scripts)
        get_filename_component(stem ${script} NAME_WE)
        string(REGEX REPLACE "^test_" "" short ${stem})
        add_test(NAME ${folder}/${short} COMMAND ${script})
        dredge_describe_test(${folder}/${short} ${folder})
    endforeach()

    if(EXISTS ${PROJECT_SOURCE_DIR}/tests/${folder}/CMakeLists.txt)
        add_subdirectory(tests/${folder})
    endif()
endfunction()

file(GLOB folders RELATIVE ${PROJECT_SOURCE_DIR}/tests CONFIGURE_DEPENDS tests/*)
list(REMOVE_ITEM folders data support)
foreach(folder IN LISTS folders)
    if(IS_DIRECTORY ${PROJECT_SOURCE_DIR}/tests/${folder})
        dredge_add_folder(${folder})
    endif()
endforeach()

# The house's own rules, proved from the sources and from the symbols of objects and library.
add_test(NAME unit/check-floors
    COMMAND ${PROJECT_SOURCE_DIR}/scripts/check-floors ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
add_test(NAME unit/check-names COMMAND ${PROJECT_SOURCE_DIR}/scripts/check-names $<TARGET_FILE:dredge_library>)
dredge_describe_test(unit/check-floors unit)
dredge_describe_test(unit/check-names unit)

# Those that take minutes begin first, so that the others run beside them.
foreach(name IN ITEMS reference/program lab/page package/python_package package/r_package determinism/same_bits fault/injection)
    if(TEST ${name})
        set_tests_properties(${name} PROPERTIES COST 1000)
    endif()
endforeach()
