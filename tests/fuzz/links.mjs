// SPDX-License-Identifier: GPL-3.0-or-later
// Gives the lab's reader of links whatever a link may hold: parts of sound links changed, put together and repeated, and
// bytes without sense. Whatever comes, it must give settings that the page can show, a sentence for what it left out, and
// a link that reads back as the same settings. LINKS (default 30000) links from a seed (SEED), or for so many SECONDS.
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const page = join(dirname(fileURLToPath(import.meta.url)), "../../src/lab/page");
const { conditions, defaultSettings, formatLink, highestReplicate, overrides, parseLink, views } =
    await import(join(page, "settings.js"));
const { languages } = await import(join(page, "text.js"));

const scenarios = ["energy_transition", "pothole", "care"].map((name) => ({ name, text: "months: 12\n" }));
const keys = ["view", "language", "scenario", "left", "right", "replicate", ...conditions.map(({ key }) => key),
    "__proto__", "constructor", "toString", "hasOwnProperty", "", "view ", "Months", "conditions", "valueOf"];
const values = [...views, ...Object.keys(languages), ...scenarios.map(({ name }) => name), "linear_kpi", "iterative", "0", "1",
    "0.5", "-1", "1e999", "0x1p4", "0x10", "1_000", "nan", "NaN", "-0", "Infinity", "", " ", "12", "24", "240", "12.5", "999999",
    "1000000", "00000000", "１２", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "{key}",
    "__proto__", "constructor", "%00", "%", "%zz", "%F0%9F", "%ff%fe", "😀", "\ud800", "\u202e", "a".repeat(100000)];

// Numbers from a seed (splitmix32).
let state = Number(process.env.SEED ?? 20220101) >>> 0;
function draw(n) {
    state = (state + 0x9e3779b9) >>> 0;
    let bits = state;
    bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
    bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
    return ((bits ^ (bits >>> 15)) >>> 0) % n;
}

function pick(list) {
    return list[draw(list.length)];
}

function nonsense() {
    return Array.from({ length: draw(40) }, () => String.fromCharCode(draw(8) === 0 ? draw(65536) : 33 + draw(94))).join("");
}

// A few characters changed, removed or doubled.
function change(text) {
    for (let times = draw(3); times > 0; times--) {
        const at = draw(text.length + 1);
        text = [text.slice(0, at) + nonsense().slice(0, 3) + text.slice(at), text.slice(0, at) + text.slice(at + 1),
            text.slice(0, at) + pick(["&", "=", "#", "%", "+", ";", "\0", "\n"]) + text.slice(at)][draw(3)];
    }
    return text;
}

function makeLink() {
    const pairs = Array.from({ length: draw(9) }, () => {
        const value = draw(8) === 0 ? nonsense() : pick(values);
        return `${pick(keys)}=${draw(2) === 0 ? value : safelyEncoded(value)}`;
    });
    const link = draw(10) === 0 ? nonsense() : `${draw(20) === 0 ? "" : "#"}${pairs.join("&")}`;
    return draw(3) === 0 ? change(link) : link;
}

// A lone half of a pair of characters cannot be encoded.
function safelyEncoded(value) {
    return encodeURIComponent(value.replace(/[\ud800-\udfff]/g, "?"));
}

function checkSettings(settings) {
    assert.ok(views.includes(settings.view) && Object.hasOwn(languages, settings.language));
    assert.ok(scenarios.some(({ name }) => name === settings.scenario));
    assert.ok(typeof settings.left === "string" && settings.left.length <= 64);
    assert.ok(typeof settings.right === "string" && settings.right.length <= 64);
    assert.ok(Number.isInteger(settings.replicate) && settings.replicate >= 0 && settings.replicate <= highestReplicate);
    assert.deepEqual(Object.keys(settings).sort(), Object.keys(defaultSettings(scenarios)).sort());
    for (const [key, value] of Object.entries(settings.conditions)) {
        const condition = conditions.find((candidate) => candidate.key === key);
        assert.ok(condition && value >= condition.low && value <= condition.high, `${key}=${value}`);
    }
    for (const line of overrides(settings)) {
        assert.match(line, /^[a-z._]+=[0-9.e-]+$/);
    }
}

function checkLink(link) {
    const { settings, problems } = parseLink(link, scenarios);
    checkSettings(settings);
    for (const problem of problems) {
        const sentence = problem();
        assert.ok(typeof sentence === "string" && sentence.length > 10 && sentence.length < 1000, sentence);
    }
    const again = parseLink(formatLink(settings), scenarios);
    assert.deepEqual(again.settings.conditions, settings.conditions);
    assert.deepEqual(again.problems, []);
    assert.equal(formatLink(again.settings), formatLink(settings));
    return problems.length;
}

const most = Number(process.env.LINKS ?? 30000), seconds = Number(process.env.SECONDS ?? 0);
const end = Date.now() + 1000 * seconds;
let n = 0, problems = 0;
for (; seconds > 0 ? Date.now() < end : n < most; n++) {
    const link = makeLink();
    try {
        problems += checkLink(link);
    } catch (error) {
        console.error(`link ${n}: ${JSON.stringify(link.slice(0, 400))}`);
        throw error;
    }
}
assert.equal(Object.prototype.polluted, undefined);
assert.ok(problems > n / 10, "most links hold something wrong");
console.log(`${n} links, ${problems} sentences about what was left out`);
