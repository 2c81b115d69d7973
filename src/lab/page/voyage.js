// SPDX-License-Identifier: GPL-3.0-or-later
// What the helm's rules are, for all parts of the page that speak of them.

export const hold = 6; // months that the levers stay
export const classFutures = 5; // over which a written rule is scored
export const worldFutures = 20; // over which a rule is compared in every world
export const verdictMonths = [36, 72, 108];

export const theories = ["mixed", "dredging", "analysis_first", "experimentalism", "goal_setting", "storming_first", "inertia",
    "collective_action", "old_wounds", "time_heals", "hand_in_hand", "fatigue"];

export const roles = ["public", "private", "nonprofit", "knowledge", "convener", "funder"];

// Rules to start from: none of them is the best there is.
export const examples = {
    constant: "30/50",
    linear: "month<12: 60/50; 8/50",
    rhythm: "year<2: 60/100; 0/100",
    gauges: "momentum<50: 0/75; relevance<60: 0/75; tension>20 & verdict>12: 70/100; 0/75",
};

export function worldOverrides(theory) {
    return theory === "mixed" ? [] : [`theory=${theory}`];
}

export function mean(values) {
    return values.reduce((sum, value) => sum + value, 0) / values.length;
}
