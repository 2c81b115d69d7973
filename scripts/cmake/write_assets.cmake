# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -DFOLDER=... -DOUTPUT=... -P write_assets.cmake: texts as arrays of bytes, terminated.
set(names page_css page_tools page_fan page_map page_choices page_take page_terms page_start uplot_css uplot_js uplot_licence summary_css)
set(files page.css page_tools.js page_fan.js page_map.js page_choices.js page_take.js page_terms.js page_start.js uplot.css uplot.js uplot-LICENSE.txt summary.css)
set(text "/* Made by scripts/cmake/write_assets.cmake from src/report/assets. */\n#include \"report/assets.h\"\n")
foreach(name file IN ZIP_LISTS names files)
    file(READ ${FOLDER}/${file} bytes HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
    string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
    # Bytes above 0x7f are written as what a char makes of them.
    string(REGEX REPLACE "0x([89a-f][0-9a-f])," "(char)0x\\1," bytes "${bytes}")
    string(APPEND text "\nconst char asset_${name}[] = {\n${bytes}0};\n")
endforeach()
file(WRITE ${OUTPUT} "${text}")
