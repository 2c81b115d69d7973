// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of the Suez game. A ship is stuck; every tick of six hours the crews dredge, tug or wait. All numbers here are
// choices that make the dilemma playable, except where a source is named; the facts stand in the texts.
//
//   dredging   removes sand, the more the longer it goes on (the soil gets known, more gear arrives)
//   sand       slides back a little in every tick without dredging
//   tide       high and low water take turns; spring tide comes in the course of the game
//   freeing    chance r / (1 + r) with r = 1.6 * pull * tide^2 * (4000 / sand)^2
//   lines      may break while tugging, the sooner the firmer the ship sits; a broken line is back after two ticks
//   queue      about 50 ships a day want to pass (Taipei Times 2021)

export const rules = {
    ticks: 40, // ten days; then the containers have to come off
    hours: 6,
    springTick: 24, // six days after the grounding, as in 2021
    halfMoonTicks: 59, // spring tides are 14.8 days apart
    lines: 4,
    repairTicks: 2,
    firstLoad: 900, // m3 dredged in the first tick
    loadGrowth: 150, // more in every further one
    mostLoad: 3000,
    slide: 200, // m3 that slide back in a tick without dredging
    shipsPerTick: 12.5, // 50 ships a day
    tradePerTick: 2.4, // billion dollars of goods held up: 9.6 a day (Lloyd's List 2021)
};

// How stuck the ship is at the start: m3 of sand that hold it. "unknown" draws it from the luck of the game.
export const gripSand = { light: 4500, real: 30000, deep: 55000 };

export const actions = ["dredge", "tug", "wait"];

// Luck with an address (game, tick, purpose), as in the model: the same whatever was done before. In (0, 1).
export function luck(game, tick, purpose) {
    let word = Math.imul(game + 1, 0x9e3779b1) ^ Math.imul(tick + 1, 0x85ebca6b) ^ Math.imul(purpose + 1, 0xc2b2ae35);
    word = Math.imul(word ^ (word >>> 16), 0x7feb352d);
    word = Math.imul(word ^ (word >>> 15), 0x846ca68b);
    word ^= word >>> 16;
    return ((word >>> 0) + 0.5) / 2 ** 32;
}

const purposes = { sand: 0, free: 1, line: 2 };

export function startGame(game, grip) {
    const sand = grip === "unknown" ? Math.round(2500 * 24 ** luck(game, 0, purposes.sand)) : gripSand[grip];
    return { game, grip, tick: 0, sand, start: sand, dredged: 0, dredging: 0, broken: [], queue: 0, trade: 0, freed: false,
        over: false, lost: 0, attempts: 0, log: [] };
}

// Tide of a tick, 0 .. 1: every second tick is high water, and spring tide makes it higher.
export function tide(tick) {
    const spring = 0.5 + 0.5 * Math.cos((2 * Math.PI * (tick - rules.springTick)) / rules.halfMoonTicks);
    return tick % 2 === 0 ? 0.55 + 0.45 * spring : 0.25 - 0.15 * spring;
}

export function workingLines(state) {
    return rules.lines - state.broken.filter((until) => until > state.tick).length;
}

// The chance that a pull in this tick frees the ship.
export function chance(state) {
    const pull = workingLines(state) / rules.lines;
    const rate = 1.6 * pull * tide(state.tick) ** 2 * (4000 / Math.max(state.sand, 250)) ** 2;
    return rate / (1 + rate);
}

// The state after a tick; `state` stays as it is.
export function act(state, action) {
    if (state.over) {
        return state;
    }
    const next = { ...state, broken: [...state.broken], log: [...state.log] };
    const entry = { tick: state.tick, action, freed: false, broke: false, removed: 0, chance: chance(state) };
    if (action === "dredge") {
        const load = Math.min(rules.mostLoad, rules.firstLoad + rules.loadGrowth * state.dredging);
        entry.removed = Math.min(load, state.sand);
        next.sand -= entry.removed;
        next.dredged += entry.removed;
        next.dredging++;
    } else {
        next.sand = Math.min(state.start, state.sand + (state.sand < state.start ? rules.slide : 0));
    }
    if (action === "tug") {
        next.attempts++;
        entry.freed = luck(state.game, state.tick, purposes.free) < entry.chance;
        entry.broke = !entry.freed && workingLines(state) > 1
            && luck(state.game, state.tick, purposes.line) < 0.45 * (1 - entry.chance);
        if (entry.broke) {
            next.broken.push(state.tick + 1 + rules.repairTicks);
            next.lost++;
        }
    }
    next.freed = entry.freed;
    next.tick++;
    next.queue += rules.shipsPerTick;
    next.trade += rules.tradePerTick;
    next.over = next.freed || next.tick >= rules.ticks;
    next.log.push(entry);
    return next;
}

// Ways to play to the end, to compare with. None of them knows how much sand there is.
export const strategies = {
    tug: () => "tug",
    both: (state) => (state.tick % 2 === 0 ? "tug" : "dredge"), // pull at high water, dredge at low water
    dredge_first: (state) => (state.tick < rules.springTick - 2 ? "dredge" : strategies.both(state)),
};

export function playOut(game, grip, strategy) {
    let state = startGame(game, grip);
    while (!state.over) {
        state = act(state, strategies[strategy](state));
    }
    return state;
}
