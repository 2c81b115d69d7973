// SPDX-License-Identifier: GPL-3.0-or-later
// The worker: answers the page's calls with the WebAssembly core, which the bundle puts before this file. A call is
// {id, kind, content}; an answer {id, result} or {id, error}; long calls also send {id, share}.

let core = null;
let readStudy = "";
let helm = null; // the voyage under the hand: { plan }
const worlds = [null, null]; // the overrides of the worlds of the hand and of the rules

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

function newGame({ study, regimes, replicate }) {
    read(study);
    const game = withTexts([regimes.join("\n")], (names) => core._lab_game(names, replicate));
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

function runFutures({ study, regimes, count }, progress) {
    const started = performance.now();
    read(study);
    const futures = withTexts([regimes.join("\n")], (names) => core._lab_futures(names, count));
    if (futures === 0) {
        throw failure();
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

const benchFolder = "/bench";

function emptyFolder(folder) {
    for (const name of core.FS.readdir(folder).filter((one) => one !== "." && one !== "..")) {
        const path = `${folder}/${name}`;
        if (core.FS.isDir(core.FS.stat(path).mode)) {
            emptyFolder(path);
            core.FS.rmdir(path);
        } else {
            core.FS.unlink(path);
        }
    }
}

// Puts files into the core's memory as they stand on the disk; the study is read in the folder `inside` among them ("" or "x/").
function placeFiles(files, inside) {
    core.FS.chdir("/");
    core.FS.mkdirTree(benchFolder);
    emptyFolder(benchFolder);
    for (const { path, bytes } of files) {
        core.FS.mkdirTree(`${benchFolder}/${path}`.replace(/\/[^/]*$/, ""));
        core.FS.writeFile(`${benchFolder}/${path}`, bytes);
    }
    core.FS.mkdirTree(`${benchFolder}/${inside}`);
    core.FS.chdir(`${benchFolder}/${inside}`);
}

function readBench({ name, text, files = [], inside = "" }) {
    placeFiles(files, inside);
    if (!withTexts([name, text], (...places) => core._lab_bench_read(...places))) {
        throw failure();
    }
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

// The world of the hand (0) or of the rules (1): overrides of the helm's own study.
function chooseWorld(which, overrides) {
    const key = overrides.join("\n");
    if (key !== worlds[which]) {
        worlds[which] = null;
        if (!withTexts([key], (lines) => core._lab_helm_world(which, lines))) {
            throw failure();
        }
        worlds[which] = key;
    }
}

// The frames of all lanes now, and what the funder and the gauges say.
function helmMonth() {
    const frames = [0, 1, 2].map((lane) => {
        const place = core._lab_helm_frame(lane) / 4;
        return core.HEAPF32.slice(place, place + helm.plan.stride);
    });
    return { frames, state: reply(core._lab_helm_state()) };
}

const answers = {
    study: (study) => {
        read(study);
        return reply(core._lab_study());
    },
    record,
    futures: runFutures,
    digest,
    // A study at the workbench, which is read anew by each of its calls.
    bench_check: (study) => {
        readBench(study);
        return reply(core._lab_bench_about());
    },
    bench_run: ({ shard, shards, ...study }, progress) => {
        readBench(study);
        core.onShare = progress;
        if (!core._lab_bench_run(shard, shards)) {
            throw failure();
        }
        const size = core._malloc(4), place = core._lab_bench_pack(size);
        if (place === 0) {
            throw failure();
        }
        const length = core.HEAPU32[size / 4], bytes = core.HEAPU8.slice(place, place + length);
        core._free(place);
        core._free(size);
        return { bytes };
    },
    bench_add: ({ bytes }) => {
        const place = core._malloc(bytes.length || 1);
        core.HEAPU8.set(bytes, place);
        const added = core._lab_bench_add(bytes.length, place);
        core._free(place);
        if (!added) {
            throw failure();
        }
    },
    bench_finish: () => {
        const found = core._lab_bench_finish();
        if (found === 0) {
            throw failure();
        }
        return reply(found);
    },
    bench_report: ({ language }) => {
        const place = withTexts([language], (code) => core._lab_bench_report(code));
        if (place === 0) {
            throw failure();
        }
        const page = core.UTF8ToString(place);
        core._free(place);
        return { page };
    },
    bench_table: ({ points, replicates, regimes, factors, columns }) => {
        const runs = points * replicates * regimes.length, place = core._malloc(8 * runs);
        const from = core._lab_bench_values() / 8, values = core.HEAPF64.slice(from, from + points * factors.length);
        const read = (done, copy) => {
            if (!done) {
                throw failure();
            }
            return copy();
        };
        const status = read(core._lab_bench_status(place), () => core.HEAPU8.slice(place, place + runs));
        const table = columns.map((_, column) => read(core._lab_bench_outcome(column, place), () => core.HEAPF64.slice(place / 8, place / 8 + runs)));
        core._free(place);
        return { values, status, columns: table };
    },
    helm_begin: ({ overrides, replicate, course = [] }) => {
        chooseWorld(0, overrides);
        if (!core._lab_helm_begin(replicate)) {
            throw failure();
        }
        helm = { plan: reply(core._lab_helm_plan()) };
        const months = [helmMonth()];
        for (const { process, depth } of course) {
            for (let month = 0; month < 6 && core._lab_helm_step(process, depth); month++) {
                months.push(helmMonth());
            }
        }
        return { plan: helm.plan, months };
    },
    helm_step: ({ process, depth, count }) => {
        const months = [];
        for (let month = 0; month < count && core._lab_helm_step(process, depth); month++) {
            months.push(helmMonth());
        }
        return { months };
    },
    helm_rule: ({ overrides, rule, first, count }, progress) => {
        chooseWorld(1, overrides);
        return Array.from({ length: count }, (_, index) => {
            const place = withTexts([rule], (words) => core._lab_helm_follow(words, first + index));
            if (place === 0) {
                throw failure();
            }
            progress((index + 1) / count);
            return JSON.parse(core.UTF8ToString(place));
        });
    },
};
