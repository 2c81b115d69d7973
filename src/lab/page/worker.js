// SPDX-License-Identifier: GPL-3.0-or-later
// The worker: answers the page's calls with the WebAssembly core, which the bundle puts before this file. A call is
// {id, kind, content}; an answer {id, result} or {id, error}; long calls also send {id, share}.

let core = null;
let readStudy = "";
let helm = null; // the game under the hand: { game, plan }

const ready = createCore().then((made) => {
    core = made;
});

self.onmessage = async ({ data: { id, kind, content } }) => {
    try {
        await ready;
        const result = await answers[kind](content, (share) => self.postMessage({ id, share }));
        self.postMessage({ id, result });
    } catch (problem) {
        self.postMessage({ id, error: String(problem.message ?? problem) });
    }
};

// Calls `use` with texts copied into the core's memory, and frees them.
function withTexts(texts, use) {
    const places = texts.map((words) => {
        const bytes = core.lengthBytesUTF8(words) + 1, place = core._malloc(bytes);
        core.stringToUTF8(words, place, bytes);
        return place;
    });
    try {
        return use(...places);
    } finally {
        places.forEach((place) => core._free(place));
    }
}

function reply(place) {
    if (place === 0) {
        throw new Error("out of memory");
    }
    return JSON.parse(core.UTF8ToString(place));
}

function failure() {
    return new Error(core.UTF8ToString(core._lab_message()) || "out of memory");
}

// Every call names its study; it is read again only when it changes.
function read({ name, text, overrides }) {
    const key = JSON.stringify([name, text, overrides]);
    if (key === readStudy) {
        return;
    }
    readStudy = "";
    if (!withTexts([name, text, overrides.join("\n")], (...places) => core._lab_read(...places))) {
        throw failure();
    }
    readStudy = key;
}

function newGame({ study, regimes, replicate, kpi = 0 }) {
    read(study);
    const game = withTexts([regimes.join("\n")], (names) => core._lab_game(names, kpi, replicate));
    if (game === 0) {
        throw failure();
    }
    return { game, plan: reply(core._lab_game_plan(game)), n: regimes.length };
}

// A copy of the frames of all regimes.
function framesOf({ game, plan, n }) {
    const place = core._lab_game_frames(game) / 4;
    return Array.from({ length: n }, (_, lane) =>
        core.HEAPF32.slice(place + lane * plan.stride, place + (lane + 1) * plan.stride));
}

// Whole runs: per regime all frames in one array.
function record(content) {
    const started = newGame(content), { plan, n } = started;
    const total = plan.months + plan.aftercare + 1;
    const data = Array.from({ length: n }, () => new Float32Array(total * plan.stride));
    let month = 0;
    do {
        framesOf(started).forEach((frame, lane) => data[lane].set(frame, month * plan.stride));
        month++;
    } while (core._lab_game_step(started.game));
    core._lab_game_free(started.game);
    return { plan, data };
}

function futuresSeries(futures, n, months) {
    const names = reply(core._lab_names()), series = {};
    names.series.forEach((name, which) => {
        series[name] = Array.from({ length: n }, (_, regime) => {
            const place = core._lab_futures_series(futures, regime, which);
            const values = core.HEAPF32.slice(place / 4, place / 4 + names.statistics.length * months);
            core._free(place);
            return Object.fromEntries(names.statistics.map((statistic, row) =>
                [statistic, values.slice(row * months, (row + 1) * months)]));
        });
    });
    return series;
}

function futuresOutcomes(futures, n, count) {
    const names = reply(core._lab_names()), outcomes = {}, place = core._lab_futures_outcomes(futures) / 8;
    names.outcomes.forEach(({ name }, which) => {
        outcomes[name] = Array.from({ length: n }, (_, regime) => {
            const from = place + (which * n + regime) * count;
            return core.HEAPF64.slice(from, from + count);
        });
    });
    return { outcomes, better: Object.fromEntries(names.outcomes.map(({ name, better }) => [name, better])) };
}

// Many futures; `hand` holds the decisions of a hand, month by month, for the last regime.
function runFutures({ study, regimes, count, kpi = 0, hand = null }, progress) {
    const started = performance.now();
    read(study);
    const futures = withTexts([regimes.join("\n")], (names) => core._lab_futures(names, kpi, count, hand ? 1 : 0));
    if (futures === 0) {
        throw failure();
    }
    if (hand) {
        core.HEAPF32.set(hand.process, core._lab_futures_process(futures) / 4);
        core.HEAPF32.set(hand.depth, core._lab_futures_depth(futures) / 4);
    }
    let done = 0;
    while (done < count) {
        done = core._lab_futures_batch(futures);
        progress(done / count);
    }
    const { parameters } = reply(core._lab_study()), months = parameters.months + parameters.aftercare_months;
    const result = {
        series: futuresSeries(futures, regimes.length, months),
        ...futuresOutcomes(futures, regimes.length, count), months,
        milliseconds: performance.now() - started,
    };
    core._lab_futures_free(futures);
    return result;
}

// The whole study, and the digest of its results.
function digest({ study }, progress) {
    const started = performance.now();
    read(study);
    core.onShare = progress;
    const place = core._lab_digest();
    if (place === 0) {
        throw failure();
    }
    return { digest: core.UTF8ToString(place), milliseconds: performance.now() - started };
}

const answers = {
    study: (study) => {
        read(study);
        return reply(core._lab_study());
    },
    record,
    futures: runFutures,
    digest,
    helm_begin: (content) => {
        if (helm) {
            core._lab_game_free(helm.game);
            helm = null;
        }
        helm = newGame(content);
        return { plan: helm.plan, frames: framesOf(helm) };
    },
    helm_step: ({ process, depth }) => {
        core._lab_game_steer(helm.game, helm.n - 1, process, depth);
        return core._lab_game_step(helm.game) ? { frames: framesOf(helm) } : null;
    },
};
