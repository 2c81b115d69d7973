/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_ASSETS_H
#define REPORT_ASSETS_H

/* The files of report/assets as texts; scripts/cmake/dredge_assets.cmake makes the C source. */

extern const char asset_page_css[], asset_page_tools[], asset_page_fan[], asset_page_map[], asset_page_choices[],
    asset_page_take[], asset_page_terms[], asset_page_start[], asset_uplot_css[], asset_uplot_js[],
    asset_uplot_licence[], asset_summary_css[];

#endif
