/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DEFAULTS_H
#define DEFAULTS_H

/* The default scenario, as constants of the plain program. Rival mechanisms, which are off in it, are not there; nor are the
 * factors that are 1 because government funds, sits and does not convene. */

enum { SECTORS = 4, KNOWLEDGE = 3, SEATS = 14, INSIDE = 10, CAUSES = 4, LAYERS = 3, COUPLING = 2 };
enum { MONTHS = 120, AFTERCARE_MONTHS = 36, REVIEW_MONTHS = 12, FORMATION_LEAST = 3 };

/* Inside seats by sector (public, private, nonprofit, knowledge), then outside seats by sector. */
static const int seat_sector[SEATS] = {0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 0, 1, 2, 3};
static const double sector_position[SECTORS][3] = {
    {0.8, -0.3, 0.2}, {-0.8, 0.5, -0.2}, {0.3, 0.8, 0.3}, {0.0, -0.4, 0.9}};
static const double sector_patience[SECTORS] = {1, 1.3, 1, 0.7};
static const double sector_sensitivity[SECTORS] = {1.2, 1, 0.8, 0.8};
static const double sector_insight[SECTORS] = {1, 1, 1, 1.3};

static const double divergence = 1, recognition = 0.5, foreseeable = 0.2, known = 0.25, urgency = 0.7;
static const double room = 0.5, target = 0.75, skill = 0.5, skill_concentration = 20, sensing = 0.5;

static const double gen_base = 0.01, gen_work = 0.10, surface = 0.7, safety_floor = 0.3, bury = 0.2;
static const double escalate = 0.06, escalate_share = 0.6, latent_start = 0.5, reframe = 1.6, frame_shift = 0.9;
static const double explore = 1, renew = 0.005, constituency = 0.02, position_spread = 0.4, frame_spread = 0.1;
static const double trust_start = 0.4, trust_concentration = 20, trust_through = 0.8, trust_win = 0.03;
static const double trust_open = 0.15, trust_escalate = 0.5, trust_drift = 0.01;
static const double rest = 0.75, rest_concentration = 17, momentum_concentration = 20, newcomer_momentum = 0.8;
static const double recover = 0.15, win_energy = 0.09, drain_open = 0.28, drain_process = 0.10, drain_pressure = 0.10;
static const double drain_unseen = 0.075, drain_escalation = 0.3, momentum_noise = 0.02, visibility_months = 9;
static const double turnover = 0.004, burnout = 0.06, withdrawal = 0.025, memory = 0.4, standing_weight = 0.5;
static const double invite = 0.5, experience = 0.25, succession = 0.01;
static const double attempts = 2.2, coord_floor = 0.25, ease = 0.6, quick_floor = 0.3, kpi_drive = 0.4;
static const double focus = 0.4, focus_full = 0.75, gaming = 0.5, diagnose = 12, analysis = 0.5, doing = 0.1,
                    reach = 0.6;
static const double stale = 0.005, relapse = 0.002, fragile = 0.4, block = 0.03, regenerate = 0.045, relief = 0.065;
static const double unsupported = 0.03, absent = 0.01, lapse = 0.01, org_learning = 0.02, org_shift = 0.01;
static const double structural_visible = 0.5, pressure_speed = 0.7, cut = 0.15, budget_recovery = 0.1;
static const double budget_floor = 0.1, collapse_below = 0.5;

#endif
