// SPDX-License-Identifier: GPL-3.0-or-later
// What the lesson's words point at can be seen in the lesson's run: a test for each hint.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test, { before } from "node:test";
import { startWorker } from "./worker.mjs";

globalThis.document = { documentElement: { lang: "en" } };
const page = new URL("../../src/lab/page/", import.meta.url);
const { Record, sources, tieSeats } = await import(new URL("record.js", page));
const { lessonRun } = await import(new URL("lesson.js", page));
const { leastOpen, strongest } = await import(new URL("ties.js", page));
const { chainOf, links } = await import(new URL("chain.js", page));
const { tellEvents, lastEvents } = await import(new URL("tell.js", page));
const { personAt } = await import(new URL("people.js", page));

let linear, iterative, months;
before(async () => {
    const call = startWorker(process.env.LAB_FOLDER);
    const text = readFileSync(new URL(`../../scenarios/${lessonRun.scenario}.yaml`, import.meta.url), "utf8");
    const { plan, data } = await call("record", { study: { name: `${lessonRun.scenario}.yaml`, text, overrides: [] },
        regimes: [lessonRun.left, lessonRun.right], replicate: lessonRun.replicate });
    [linear, iterative] = data.map((rows, lane) => new Record(plan, [lessonRun.left, lessonRun.right][lane], rows));
    months = [...Array(plan.months).keys()].map((month) => month + 1);
});

const both = (check) => [linear, iterative].forEach((record) => check(record, record.name));
const ties = (record, month, field) => Array.from({ length: record.plan.ties }, (_, tie) => record.value(month, field, tie));
const jagged = (record, month) => ties(record, month, "open").filter((value) => value >= leastOpen).length;

test("the two tables are equal at month 0", () => {
    assert.deepEqual(linear.data.slice(0, linear.stride), iterative.data.slice(0, iterative.stride));
});

test("the glow under the table", () => both((record, name) => {
    const glow = months.map((month) => record.scalar(month, "latent"));
    assert.ok(Math.max(...glow) > 0.25 && Math.max(...glow) - Math.min(...glow) > 0.1, name);
}));

test("jagged lines on the table, in some months many and in others few", () => both((record, name) => {
    const lines = months.map((month) => jagged(record, month));
    assert.ok(Math.max(...lines) >= 10 && Math.min(...lines) * 3 <= Math.max(...lines), `${name}: ${Math.min(...lines)} to ${Math.max(...lines)}`);
}));

test("a quiet table is not a safe one: tension without jagged lines", () => {
    assert.ok(months.some((month) => linear.scalar(month, "latent") > 0.3 && jagged(linear, month) <= 8));
});

test("lines are few: the strongest and those in conflict", () => both((record) => {
    const trust = ties(record, 36, "trust"), open = ties(record, 36, "open");
    const drawn = strongest(trust, 5, (tie) => open[tie] >= 0.2);
    const hot = open.filter((value) => value >= 0.2).length, count = drawn.filter(Boolean).length;
    assert.ok(count >= 5 && count <= 5 + hot);
    const least = Math.min(...trust.filter((_, tie) => drawn[tie] && open[tie] < 0.2));
    assert.ok(trust.every((value, tie) => drawn[tie] || value <= least));
}));

test("the arrow of the funder grows, and after a review of it the ring holds less process", () => {
    const pressure = months.map((month) => linear.scalar(month, "pressure"));
    assert.ok(Math.max(...pressure) > 0.2);
    const review = linear.plan.review;
    assert.ok(months.some((month) => month % review === 0 && month + 1 < months.length && month > 1
        && linear.scalar(month + 1, "pressure") > linear.scalar(month - 1, "pressure") + 0.02
        && linear.scalar(month + 1, "process") < linear.scalar(month - 1, "process") - 0.002));
});

test("causes come up by each of three sources, and the sign says by which", () => {
    const seen = new Set([linear, iterative].flatMap((record) => months.flatMap((month) => chainOf(record, month).found.by)));
    assert.deepEqual([...seen].sort(), [...sources].sort());
    both((record) => months.forEach((month) => {
        const { found } = record.along(month), known = found.map((layers) => layers.length);
        assert.deepEqual(known.map((_, cause) => record.value(month, "diagnosed", cause) >= known[cause]), known.map(() => true));
        for (const cause of record.events(month).diagnosed) {
            assert.ok(found[cause].at(-1).length > 0, "a layer that came up has a sign");
        }
    }));
});

test("going back and forth finds more by conflict than the linear way", () => {
    const found = (record) => months.reduce((sum, month) => sum + record.scalar(month, "found_by_conflict"), 0);
    assert.ok(found(iterative) > found(linear));
});

test("worse before better: more water at first, less three years after support", () => {
    const end = iterative.last;
    assert.ok(iterative.scalar(36, "symptom") > linear.scalar(36, "symptom") + 0.05);
    assert.ok(iterative.scalar(end, "symptom") < linear.scalar(end, "symptom") - 0.05);
    assert.ok(iterative.scalar(120, "structural_share") > linear.scalar(120, "structural_share"));
});

test("somebody walks out, somebody joins, layers slide back, conflict escalates: said with names", () => both((record, name) => {
    const of = (kind) => months.filter((month) => record.events(month)[kind].length > 0);
    for (const kind of ["left", "joined", "escalated", ...(record === linear ? ["relapsed"] : [])]) {
        assert.ok(of(kind).length > 0, `${name}: ${kind}`);
    }
    const [month] = of("left"), [seat] = record.events(month).left;
    const before = personAt(record, month - 1, seat), after = personAt(record, month, seat);
    assert.notEqual(before.name, after.name);
    const sentence = tellEvents(record, month).join(" ");
    assert.ok(sentence.includes(before.name) && sentence.includes(after.name), sentence);
}));

test("no two people at a table have one name", () => both((record) => [0, 60, 120].forEach((month) => {
    const names = Array.from({ length: record.plan.seats }, (_, seat) => personAt(record, month, seat)).map(({ name }) => name);
    assert.equal(new Set(names).size, names.length, names.join());
})));

test("each link of the chain is lit in some month", () => both((record, name) => {
    for (const link of links) {
        assert.ok(months.some((month) => chainOf(record, month)[link].lit > 0.2), `${name}: ${link}`);
    }
}));

test("after support nothing works, and the line under the picture says so", () => both((record) => {
    const month = record.plan.months + 12, chain = chainOf(record, month);
    assert.equal(record.works(month), false);
    for (const link of ["talk", "worked", "found", "dug", "relevance"]) {
        assert.equal(chain[link].lit, 0, link);
    }
    assert.match(lastEvents(record, month), /^Support has stopped/);
}));

test("ties are numbered as the core does", () => {
    assert.deepEqual(tieSeats(4), [[0, 1], [0, 2], [1, 2], [0, 3], [1, 3], [2, 3]]);
});
