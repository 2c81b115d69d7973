/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DEFAULTS_H
#define DEFAULTS_H

/* The default scenario, as constants of the plain program. */

enum { SECTORS = 4, SEATS = 14, INSIDE = 10, CAUSES = 4, LAYERS = 3, COUPLING = 2 };
enum { MONTHS = 120, AFTERCARE_MONTHS = 36, REVIEW_MONTHS = 12 };

/* Inside seats by sector (public, private, nonprofit, knowledge), then outside seats by sector. */
static const int seat_sector[SEATS] = {0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 0, 1, 2, 3};
static const double sector_position[SECTORS][3] = {
    {0.8, -0.3, 0.2}, {-0.8, 0.5, -0.2}, {0.3, 0.8, 0.3}, {0.0, -0.4, 0.9}};
static const double sector_patience[SECTORS] = {1, 1.3, 1, 0.7};
static const double sector_sensitivity[SECTORS] = {1.2, 1, 0.8, 0.8};
static const double sector_insight[SECTORS] = {1, 1, 1, 1.3};

static const double divergence = 1, recognition = 0.5, foreseeable = 0.2, known = 0.25, urgency = 0.7;
static const double room = 0.5, target = 0.5, skill = 0.5, sensing = 0.5;

static const double gen_base = 0.01, gen_work = 0.10, surface = 0.7, safety_floor = 0.3, bury = 0.2;
static const double escalate = 0.06, escalate_share = 0.6, reframe = 1.6, frame_shift = 0.10, constituency = 0.02;
static const double trust_start = 0.4, trust_through = 0.8, trust_win = 0.04, trust_open = 0.15;
static const double trust_escalate = 0.5, trust_drift = 0.01;
static const double rest = 0.75, recover = 0.15, win_energy = 0.08, drain_open = 0.35, drain_process = 0.12;
static const double drain_pressure = 0.10, drain_unseen = 0.06, drain_escalation = 0.3, momentum_noise = 0.02;
static const double visibility_months = 9, turnover = 0.005, burnout = 0.06, memory = 0.4, standing_weight = 0.5;
static const double invite = 0.5, attempts = 2.2, coord_floor = 0.25, kpi_drive = 0.4, diagnose = 16, stale = 0.005;
static const double relapse = 0.002, fragile = 0.5, block = 0.03, regenerate = 0.05, relief = 0.06;
static const double structural_visible = 0.5, cut = 0.15, collapse_below = 0.3, unsupported = 0.03;
static const double org_learning = 0.02, org_shift = 0.01;

#endif
