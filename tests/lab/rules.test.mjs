// SPDX-License-Identifier: GPL-3.0-or-later
// What can be tested without a browser: the rules of the Suez game, the words of both languages, links, colours.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

const page = fileURLToPath(new URL("../../src/lab/page/", import.meta.url));
const { act, chance, gripSand, luck, playOut, rules, startGame, strategies, tide, workingLines } = await import(join(page, "suez_rules.js"));
const { english } = await import(join(page, "text/en.js"));
const { dutch } = await import(join(page, "text/nl.js"));

test("luck has an address and is uniform", () => {
    assert.equal(luck(3, 5, 1), luck(3, 5, 1));
    assert.notEqual(luck(3, 5, 1), luck(3, 5, 2));
    // Mean and variance of 20,000 numbers against 1/2 and 1/12, five standard errors: false alarm below 1e-5.
    const values = Array.from({ length: 20000 }, (_, index) => luck(index, index % 40, 1));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    assert.ok(Math.abs(mean - 0.5) < (5 * Math.sqrt(1 / 12)) / Math.sqrt(values.length));
    assert.ok(Math.abs(square - 1 / 12) < (5 * Math.sqrt(1 / 180)) / Math.sqrt(values.length));
    assert.ok(values.every((value) => value > 0 && value < 1));
});

test("dredging removes more the longer it goes on, and sand slides back", () => {
    let state = startGame(1, "real");
    const removed = [];
    for (let turn = 0; turn < 20; turn++) {
        state = act(state, "dredge");
        removed.push(state.log.at(-1).removed);
    }
    assert.equal(removed[0], rules.firstLoad);
    assert.ok(removed.slice(0, 20).every((load, turn) => turn === 0 || load >= removed[turn - 1] || state.sand === 0));
    const before = act(startGame(1, "real"), "dredge");
    assert.equal(act(before, "wait").sand, before.sand + rules.slide);
    assert.equal(act(startGame(1, "real"), "wait").sand, gripSand.real);
});

test("the chance grows with tide, lines and sand removed, by the rule that the page states", () => {
    const state = startGame(1, "real");
    const rate = 1.6 * tide(0) ** 2 * (4000 / 30000) ** 2;
    assert.ok(Math.abs(chance(state) - rate / (1 + rate)) < 1e-12);
    assert.ok(chance({ ...state, sand: 4000 }) > chance(state));
    assert.ok(chance({ ...state, tick: rules.springTick }) > chance(state));
    assert.ok(chance({ ...state, broken: [5] }) < chance(state));
    assert.ok(tide(rules.springTick) > tide(0) && tide(1) < tide(0));
});

test("a tow line breaks and comes back", () => {
    let state = startGame(8, "deep");
    for (let turn = 0; turn < 12 && state.lost === 0; turn++) {
        state = act(state, "tug");
    }
    assert.equal(state.lost, 1);
    assert.equal(workingLines(state), rules.lines - 1);
    for (let turn = 0; turn <= rules.repairTicks; turn++) {
        state = act(state, "wait");
    }
    assert.equal(workingLines(state), rules.lines);
});

test("a game does not change the states before it, counts the queue and ends", () => {
    const start = startGame(5, "light");
    act(start, "tug");
    assert.deepEqual(start, startGame(5, "light"));
    let state = startGame(5, "deep");
    while (!state.over) {
        state = act(state, "wait");
    }
    assert.equal(state.tick, rules.ticks);
    assert.equal(state.queue, rules.ticks * rules.shipsPerTick);
    assert.equal(act(state, "tug"), state);
});

test("no way of working is always best: tugging wins when she sits lightly, dredging when she sits deep", () => {
    const days = (grip, strategy) => {
        let ticks = 0;
        for (let game = 0; game < 300; game++) {
            ticks += playOut(game, grip, strategy).tick / 300;
        }
        return ticks / 4;
    };
    assert.ok(days("light", "tug") < days("light", "dredge_first"));
    assert.ok(days("deep", "dredge_first") < days("deep", "both") && days("deep", "both") < days("deep", "tug"));
    const best = Object.fromEntries(Object.keys(strategies).map((name) => [name, 0]));
    for (let game = 0; game < 300; game++) {
        const ends = Object.keys(strategies).map((name) => [name, playOut(game, "unknown", name).tick]);
        const least = Math.min(...ends.map(([, tick]) => tick));
        ends.filter(([, tick]) => tick === least).forEach(([name]) => best[name]++);
    }
    assert.ok(Object.values(best).every((count) => count >= 20), JSON.stringify(best));
});

test("both languages have the same keys, names to fill in and numbers of paragraphs", () => {
    const holes = (entry) => (JSON.stringify(entry).match(/\{\w+\}/g) ?? []).sort().join();
    for (const key of Object.keys(english)) {
        assert.ok(key in dutch, `Dutch has no ${key}`);
        assert.equal(holes(dutch[key]), holes(english[key]), key);
        assert.equal(Array.isArray(dutch[key]) ? dutch[key].length : 1, Array.isArray(english[key]) ? english[key].length : 1, key);
    }
    // Studies are in English; Dutch translates their titles and questions.
    const more = Object.keys(dutch).filter((key) => !(key in english));
    assert.ok(more.every((key) => /^(scenario|question)_/.test(key)), more.join());
});

test("every scenario has a Dutch title and question", () => {
    const names = readdirSync(new URL("../../scenarios/", import.meta.url)).filter((name) => name.endsWith(".yaml"));
    assert.ok(names.length >= 8);
    for (const name of names.map((file) => file.replace(".yaml", ""))) {
        assert.ok(dutch[`scenario_${name}`] && dutch[`question_${name}`], name);
    }
});

test("every text that the page names exists", () => {
    for (const file of readdirSync(page).filter((name) => name.endsWith(".js") || name.endsWith(".html"))) {
        const source = readFileSync(join(page, file), "utf8");
        for (const [, key] of source.matchAll(/(?:\btext\(|data-text=|data-label=)"([^"$]+)"[,)>\s]/g)) {
            assert.ok(key in english, `${file}: ${key}`);
        }
    }
});

test("links: what is right is read, what is wrong is left out with a sentence", async () => {
    globalThis.document = { documentElement: {} };
    const { formatLink, overrides, parseLink } = await import(join(page, "settings.js"));
    const scenarios = [{ name: "energy_transition" }, { name: "care" }];
    const good = parseLink("#view=helm&language=nl&scenario=care&left=linear&replicate=12&recognition=0.8&months=60", scenarios);
    assert.deepEqual(good.problems, []);
    assert.equal(good.settings.view, "helm");
    assert.deepEqual(good.settings.conditions, { recognition: 0.8, months: 60 });
    assert.deepEqual(parseLink(formatLink(good.settings), scenarios).settings, good.settings);
    const sailed = parseLink("#view=helm&world=fatigue&course=60.100-0.75", scenarios);
    assert.deepEqual(sailed.problems, []);
    assert.equal(sailed.settings.course, "60.100-0.75");
    assert.deepEqual(parseLink(formatLink(sailed.settings), scenarios).settings, sailed.settings);
    for (const course of ["96.0", "60", "60.101", "60.100-", Array(21).fill("0.0").join("-"), "<b>"]) {
        assert.equal(parseLink(`#course=${encodeURIComponent(course)}`, scenarios).problems.length, 1, course);
    }
    const eventful = parseLink("#months=60&events=scandal-24-0.2_election-48-0.5_scandal-30-0.05", scenarios);
    assert.deepEqual(eventful.problems, []);
    assert.deepEqual(parseLink(formatLink(eventful.settings), scenarios).settings, eventful.settings);
    assert.deepEqual(overrides(eventful.settings), ["months=60", "events=[{month: 24, name: scandal, shock: {trust: -0.2}}, " +
        "{month: 48, name: election, replace: {sector: public, share: 0.5}}, {month: 30, name: scandal_2, shock: {trust: -0.05}}]"]);
    for (const events of ["", "flood-24-0.2", "toString-24-0.2", "scandal-0-0.2", "scandal-241-0.2", "scandal-24-1.1", "scandal-24", "newcomer-24-1.5",
        "scandal-24-0.2_", "scandal-24--0.2", "<b>", Array(13).fill("scandal-24-0.2").join("_")]) {
        const { settings, problems } = parseLink(`#events=${encodeURIComponent(events)}`, scenarios);
        assert.equal(problems.length, 1, events);
        assert.ok(!problems[0]().includes("{") && !("events" in settings.conditions), events);
    }
    const bad = parseLink("#view=x&scenario=<b>&replicate=-1&recognition=7&months=12.5&funder.room=&colour=red", scenarios);
    assert.equal(bad.problems.length, 7);
    assert.deepEqual(bad.settings, parseLink("", scenarios).settings);
    const sentences = bad.problems.map((problem) => problem());
    assert.ok(sentences.some((sentence) => sentence.includes("recognition") && sentence.includes("from 0 to 1")));
});

test("every kind of event has its words in both languages, and ends of its size that a study takes", async () => {
    const { eventKinds, eventsValue, kindOf, parseEvents } = await import(join(page, "events.js"));
    for (const [kind, { low, high, usual }] of Object.entries(eventKinds)) {
        assert.ok(english[`kind_${kind}`] && english[`size_${kind}`] && dutch[`kind_${kind}`] && dutch[`size_${kind}`], kind);
        assert.equal(kindOf(kind), kind);
        assert.equal(kindOf(`${kind}_2`), kind);
        for (const size of [low, usual, high]) {
            assert.deepEqual(parseEvents(`${kind}-12-${size}`), [{ kind, month: 12, size }]);
            assert.match(eventsValue([{ kind, month: 12, size }]), new RegExp(`^\\[\\{month: 12, name: ${kind}, .*\\b${size}[},]`));
        }
    }
    assert.equal(kindOf("gps_join"), "");
});

test("a key of a study is changed in its text, the rest stays", async () => {
    const { faultLines, setKey } = await import(join(page, "study_text.js"));
    for (const [text, key, value, wanted] of [
        ["months: 12 # a year\n", "months", 24, "months: 24 # a year\n"],
        ["months: 12", "seed", 3, "months: 12\nseed: 3\n"],
        ["replicates: {min: 20, max: 40} # few\n", "replicates", 9, "replicates: 9\n"],
        ["convener: {seat: public, skill: 0.4} # she\n", "convener.skill", 0.5, "convener: {seat: public, skill: 0.5} # she\n"],
        ["convener: {seat: public}\n", "convener.skill", 0.5, "convener: {seat: public, skill: 0.5}\n"],
        ["convener: {}\n", "convener.skill", 0.5, "convener: {skill: 0.5}\n"],
        ["funder:\n  # near\n  target: 1 # one\n  room: 0.2\nmonths: 12\n", "funder.room", 0.5, "funder:\n  # near\n  target: 1 # one\n  room: 0.5\nmonths: 12\n"],
        ["funder:\n  target: 1\n\nmonths: 12\n", "funder.room", 0.5, "funder:\n  room: 0.5\n  target: 1\n\nmonths: 12\n"],
        ["title: x\n", "funder.room", 0.5, "title: x\nfunder: {room: 0.5}\n"],
        ["replicates:\n  min: 20\n  max: 40\n", "replicates", 9, null],
        ["funder: {target: {a: 1}}\n", "funder.target", 1, null],
        ["funder: {target: 1,\n  room: 2}\n", "funder.room", 1, null],
        ["theory: *other\n", "theory", "fatigue", null],
    ]) {
        assert.equal(setKey(text, key, value), wanted, text);
    }
    assert.deepEqual(faultLines("a b.yaml says\na b.yaml:12: months: no\na b.yaml:3:4: y\nx.csv:3:4: y\n", "a b.yaml").map(({ line }) => line), [0, 12, 3, 0]);
});

test("codes of groups: read back, and refused when copied wrongly; tables for spreadsheets", async () => {
    const { makeCode, readCode } = await import(join(page, "code.js"));
    const { theories } = await import(join(page, "voyage.js"));
    const { makeTable } = await import(join(page, "csv.js"));
    const entry = { group: "Groep «é» 3", world: "fatigue", first: 7, rule: "year<2: 60/100; 0/100" };
    const code = makeCode(entry);
    assert.deepEqual(readCode(` ${code} `, theories), entry);
    for (let at = 0; at < code.length; at++) {
        const other = code.slice(0, at) + (code[at] === "x" ? "y" : "x") + code.slice(at + 1);
        assert.notDeepEqual(readCode(other, theories), entry);
    }
    for (const wrong of ["", "dredge1.", "dredge1.x.000", code.slice(0, -1), `${code}0`, makeCode({ ...entry, world: "moon" })]) {
        assert.equal(readCode(wrong, theories), null, wrong);
    }
    assert.equal(makeTable(["a", "b"], [["x;y", 1.5], ["=1+1", 2]], "nl"), "\ufeffa;b\r\n\"x;y\";1,5\r\n'=1+1;2\r\n");
    assert.equal(makeTable(["a"], [[0.12345]], "en"), "\ufeffa\r\n0.123\r\n");
});

test("what the page says of the helm is what the core has", async () => {
    const { hold, theories, verdictMonths } = await import(join(page, "voyage.js"));
    const read = (name) => readFileSync(new URL(`../../src/${name}`, import.meta.url), "utf8");
    assert.deepEqual(theories, [...read("model/theory.def").matchAll(/^THEORY\((\w+),/gm)].map(([, name]) => name));
    const [, grant, half, verdicts] = /VOYAGE_GRANT = (\d+).*VOYAGE_HOLD = (\d+), VOYAGE_VERDICTS = (\d+)/.exec(read("lab/voyage.h"));
    assert.equal(hold, Number(half));
    assert.deepEqual(verdictMonths, Array.from({ length: Number(verdicts) }, (_, index) => (index + 1) * Number(grant)));
});

// WCAG 2.1: contrast of text on its ground at least 4.5.
test("text has enough contrast in light and dark", () => {
    const style = readFileSync(join(page, "style.css"), "utf8");
    const luminance = (hex) => {
        const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
            .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (a, b) => {
        const [dark, bright] = [luminance(a), luminance(b)].sort((x, y) => x - y);
        return (bright + 0.05) / (dark + 0.05);
    };
    for (const block of [/:root \{([^}]*)\}/, /\[data-theme="dark"\] \{([^}]*)\}/]) {
        const colours = Object.fromEntries([...block.exec(style)[1].matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map((m) => [m[1], m[2]]));
        for (const [ink, ground] of [["ink", "paper"], ["ink", "ground"], ["soft", "paper"], ["soft", "ground"], ["accent", "paper"],
            ["on-accent", "accent"], ["warn", "warn-ground"], ["ink", "tint"]]) {
            assert.ok(contrast(colours[ink], colours[ground]) >= 4.5, `${ink} on ${ground}: ${contrast(colours[ink], colours[ground]).toFixed(2)}`);
        }
    }
});
