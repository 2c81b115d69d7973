// SPDX-License-Identifier: GPL-3.0-or-later
// The report in a browser: charts draw, numbers equal `compare --json`, nothing is asked of the network, nothing is
// complained of, and it can be used with a keyboard, on a phone, in the dark and on paper.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch, watch } from "../support/browser.mjs";

const folder = process.env.REPORT_FOLDER;
let browser;

before(async () => {
    browser = await launch();
});
after(() => browser.close());

async function open(name, options = {}) {
    const context = await browser.newContext({
        viewport: { width: options.width ?? 1200, height: 900 }, colorScheme: options.scheme ?? "light",
        javaScriptEnabled: options.script ?? true,
    });
    const page = await context.newPage();
    const faults = watch(page);
    await page.goto(pathToFileURL(`${folder}/${name}.html`).href);
    return { page, faults, close: () => context.close() };
}

// How many different colours a canvas shows: a blank one has one.
const colours = (page, selector) => page.locator(`${selector} canvas`).evaluate((canvas) => {
    const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    const found = new Set();
    for (let i = 0; i < data.length; i += 4) {
        found.add((data[i] << 24) | (data[i + 1] << 16) | (data[i + 2] << 8) | data[i + 3]);
    }
    return found.size;
});

const fingerprint = (page, selector) => page.locator(`${selector} canvas`).evaluate((canvas) => canvas.toDataURL());

async function compareNumbers(name) {
    const { page, faults, close } = await open(name);
    const expected = JSON.parse(readFileSync(`${folder}/${name === "dutch" ? "grid" : name}.json`, "utf8"));
    const regimes = JSON.parse(await page.locator("#data").textContent()).names;
    const cells = await page.locator("#outcomes [data-cell]").evaluateAll((list) => list.map((cell) => ({
        outcome: cell.closest("tr").dataset.outcome, regime: cell.dataset.of ?? cell.closest("tr").dataset.regime,
        cell: cell.dataset.cell, value: cell.dataset.value, low: cell.dataset.low, high: cell.dataset.high,
    })));
    let compared = 0;
    for (const cell of cells) {
        const own = expected.outcomes[cell.outcome][regimes[cell.regime]];
        const pairs = cell.cell === "interval" ? [[cell.low, own.low], [cell.high, own.high]] : [[cell.value, own[cell.cell]]];
        for (const [shown, wanted] of pairs) {
            assert.equal(shown === undefined ? null : Number(shown), wanted ?? null, `${cell.outcome} ${regimes[cell.regime]} ${cell.cell}`);
            compared++;
        }
    }
    assert.ok(compared > 100, `${compared} numbers compared`);
    assert.deepEqual(faults, []);
    await close();
}

for (const name of ["pair", "grid", "dutch", "other"]) {
    test(`numbers of ${name} equal compare --json`, () => compareNumbers(name));
}

test("charts draw, and change with the choices", async () => {
    const { page, faults, close } = await open("pair");
    assert.ok((await colours(page, "#fan")) > 20);
    const first = await fingerprint(page, "#fan");
    await page.locator("#time-controls select").first().selectOption({ label: "trust" });
    const trust = await fingerprint(page, "#fan");
    assert.notEqual(trust, first);
    const button = page.locator("button.regime").first();
    await button.click();
    assert.equal(await button.getAttribute("aria-pressed"), "false");
    assert.notEqual(await fingerprint(page, "#fan"), trust);
    assert.equal(await page.locator("svg.front .point").count(), 2);
    assert.deepEqual(faults, []);
    await close();
});

test("values can be read with the keyboard and by hovering", async () => {
    const { page, close } = await open("pair");
    await page.locator("#fan").focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("PageUp");
    assert.match(await page.locator("#fan-reading").textContent(), /month 13, structural share: linear_kpi 0\.\d+ \(/);
    await page.locator("#fan .u-over").hover({ position: { x: 300, y: 50 } });
    assert.match(await page.locator("#fan-reading").textContent(), /month \d+, structural share: .*iterative 0\.\d+/);
    await close();
});

test("the map shows the means of the design points", async () => {
    const { page, faults, close } = await open("grid");
    const expected = JSON.parse(readFileSync(`${folder}/grid.json`, "utf8"));
    const cells = page.locator("#phase td:not(.corner)");
    assert.equal(await cells.count(), 6);
    const shown = (await cells.allTextContents()).map(Number);
    const mean = shown.reduce((sum, value) => sum + value, 0) / shown.length;
    const best = Object.entries(expected.outcomes.structural_share).filter(([name]) => name !== expected.baseline)
        .sort((a, b) => b[1].mean - a[1].mean)[0][0];
    const wanted = expected.outcomes.structural_share[best].difference;
    assert.ok(Math.abs(mean - wanted) < 0.006, `${mean} is ${wanted} up to rounding to two digits`);
    await page.locator("#map-controls select").nth(1).selectOption({ label: "mean under iterative" });
    const means = (await cells.allTextContents()).map(Number);
    assert.ok(Math.abs(means.reduce((sum, value) => sum + value, 0) / 6 - expected.outcomes.structural_share.iterative.mean) < 0.006);
    assert.ok((await page.locator("#drivers table").count()) >= 3);
    assert.ok(await page.locator("#failure p").first().textContent());
    assert.deepEqual(faults, []);
    await close();
});

test("the map turns round, its cells tell their interval, and it stands there without a script", async () => {
    const plain = await open("grid", { script: false });
    const still = await plain.page.locator("#phase td:not(.corner)").allTextContents();
    await plain.close();
    const { page, faults, close } = await open("grid");
    const cells = page.locator("#phase td:not(.corner)");
    const drawn = await cells.allTextContents();
    assert.equal(drawn.length, still.length);
    drawn.forEach((text, i) => assert.ok(Math.abs(Number(text) - Number(still[i])) < 0.011, `${text} for ${still[i]}`)); // packed in 16 bits
    const [across, up] = [page.locator("#map-controls select").nth(2), page.locator("#map-controls select").nth(3)];
    const before = [await across.inputValue(), await up.inputValue()];
    await across.selectOption(before[1]); // the other factor: the two change places
    assert.deepEqual([await across.inputValue(), await up.inputValue()], before.reverse());
    assert.deepEqual((await cells.allTextContents()).sort(), [...drawn].sort());
    assert.notDeepEqual(await cells.allTextContents(), drawn);
    await page.locator("#phase .scroll").focus();
    await page.keyboard.press("ArrowRight");
    assert.match(await page.locator("#map-reading").textContent(), /^\S+ [\d.]+, \S+ [\d.]+: [-+]?0\.\d+ \[[-+]?\d\.\d+; [-+]?\d\.\d+\], points: 1/);
    const first = await page.locator("#map-reading").textContent();
    await page.keyboard.press("ArrowRight");
    assert.notEqual(await page.locator("#map-reading").textContent(), first);
    assert.deepEqual(faults, []);
    await close();
});

test("words from the study stay words", async () => {
    const { page, faults, close } = await open("pair");
    assert.equal(await page.evaluate("window.stolen"), undefined);
    assert.match(await page.locator("h1").textContent(), /<\/script><script>window\.stolen = 1<\/script> <b>chips<\/b>/);
    assert.match(await page.title(), /^Fish & /);
    assert.match(await page.locator(".question").textContent(), /"quoting" <img src=x/);
    assert.equal(await page.locator("main img, header img").count(), 0);
    assert.deepEqual(faults, []);
    await close();
});

test("the answer comes first: places, the best against the baseline, when the lead turns, what it rests on", async () => {
    const { page, close } = await open("grid");
    const expected = JSON.parse(readFileSync(`${folder}/grid.json`, "utf8")).outcomes;
    const order = Object.entries(expected.structural_share).sort((a, b) => b[1].mean - a[1].mean).map(([name]) => name);
    const rows = (await page.locator("table.ranking tbody th").allTextContents()).map((text) => text.replace(" (baseline)", ""));
    assert.deepEqual(rows, order);
    const answer = await page.locator("#answer").textContent();
    assert.match(answer, new RegExp(`${order[0]} gives the best lasting result|${order[0]} has the best mean`));
    assert.match(answer, /Early relief: /);
    assert.match(answer, /clearly leads \S+ in months \d+–\d+/);
    assert.match(answer, /The means turn in month \d+/);
    assert.match(answer, /at the 6 design points|of the 6 design points/);
    assert.match(answer, /One theory of how collaboration works: mixed/);
    const top = await page.locator("table.ranking").boundingBox();
    assert.ok(top.y + top.height < 1200, "in the first screen or just below");
    await close();
});

test("Dutch, with its decimal comma", async () => {
    const { page, close } = await open("dutch");
    assert.equal(await page.locator("html").getAttribute("lang"), "nl");
    assert.match(await page.locator("#answer").textContent(), /structureel resultaat: 0,\d+ tegen 0,\d+/);
    assert.doesNotMatch(await page.locator("#outcomes").textContent(), /\d\.\d/);
    await close();
});

test("on a phone nothing sticks out; in the dark the paper is dark; on paper nothing is cut and the charts stay", async () => {
    for (const options of [{ width: 320 }, { width: 1440 }, { scheme: "dark" }]) {
        const { page, faults, close } = await open("grid", options);
        const widths = () => page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        const width = await widths();
        assert.ok(width[0] <= width[1], `${width[0]} in ${width[1]}`);
        const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number)[0]);
        assert.equal(paper < 60, options.scheme === "dark");
        await page.emulateMedia({ media: "print" });
        await page.setViewportSize({ width: 700, height: 1000 }); // A4 less its margins
        assert.equal(await page.locator("nav").isVisible(), false);
        assert.equal(await page.locator("#chart-0-0").isVisible(), true);
        const cut = await page.evaluate(() => [...document.querySelectorAll(".scroll, main")].filter((box) =>
            box.scrollWidth > box.clientWidth + 1).map((box) => box.textContent.slice(0, 60)));
        assert.deepEqual(cut, []);
        assert.deepEqual(faults, []);
        await close();
    }
});

test("without a script the charts, their numbers and every sentence are there", async () => {
    const { page, faults, close } = await open("grid", { script: false });
    const charts = page.locator("svg.lines");
    assert.ok((await charts.count()) >= 8);
    for (const chart of await charts.all()) {
        const box = await chart.evaluate((svg) => ({
            title: svg.querySelector("title").textContent, desc: svg.querySelector("desc").textContent,
            names: [...svg.querySelectorAll("text.name")].length, lines: svg.querySelectorAll("path.line").length,
            dashes: new Set([...svg.querySelectorAll("path.line")].map((line) => line.getAttribute("stroke-dasharray"))).size,
            table: svg.closest("figure").querySelectorAll("tbody tr").length,
        }));
        assert.ok(box.title && box.desc);
        assert.equal(box.names, box.lines);
        assert.equal(box.dashes, box.lines); // not told apart by colour alone
        assert.ok(box.lines <= 5);
        assert.ok(box.table >= 4);
    }
    assert.equal(await page.locator(".interactive").first().isVisible(), false);
    assert.deepEqual(faults, []);
    await close();
});

// Machado, Oliveira & Fernandes 2009 (doi:10.1109/TVCG.2009.113), deuteranopia at full severity, on linear light.
const deuteranope = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]];
const linear = (c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
const rgb = (hex) => [1, 3, 5].map((i) => linear(parseInt(hex.slice(i, i + 2), 16)));
const luminance = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
function lab(colour) {
    const f = (t) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 * t + 16) / 116);
    const [r, g, b] = colour.map((c) => Math.min(1, Math.max(0, c)));
    const [x, y, z] = [f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505), f(luminance([r, g, b])), f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)];
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

test("five lines are told apart by a deuteranope, and each stands out from its paper", async () => {
    for (const scheme of ["light", "dark"]) {
        const { page, close } = await open("grid", { scheme });
        const [paper, ...colours] = await page.evaluate(() => ["--card", "--s0", "--s1", "--s2", "--s3", "--s4"].map((name) =>
            getComputedStyle(document.documentElement).getPropertyValue(name).trim()));
        const seen = colours.map((hex) => lab(deuteranope.map((row) => row.reduce((sum, w, i) => sum + w * rgb(hex)[i], 0))));
        colours.forEach((hex, i) => {
            const light = [luminance(rgb(hex)), luminance(rgb(paper))].sort((a, b) => b - a);
            assert.ok((light[0] + 0.05) / (light[1] + 0.05) >= 3, `${hex} on ${paper}`);
            for (let j = 0; j < i; j++) {
                assert.ok(Math.hypot(...seen[i].map((v, k) => v - seen[j][k])) > 15, `${hex} and ${colours[j]} in ${scheme}`);
            }
        });
        await close();
    }
});

test("weights of the two yardsticks, and charts and tables to take along", async () => {
    const { page, faults, close } = await open("grid");
    const expected = JSON.parse(readFileSync(`${folder}/grid.json`, "utf8")).outcomes;
    const orderBy = (outcome, better) => Object.entries(expected[outcome]).sort((a, b) => better * (b[1].mean - a[1].mean)).map(([name]) => name).join(" › ");
    await page.locator("#weigh input").fill("100");
    assert.equal(await page.locator("#weigh p").textContent(), `In this order: ${orderBy("structural_share", 1)}`);
    await page.locator("#weigh input").fill("0");
    assert.equal(await page.locator("#weigh p").textContent(), `In this order: ${orderBy("symptom_year3", -1)}`);
    const take = async (button) => {
        const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
        return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
    };
    const figure = page.locator("figure.chart-figure").first();
    const svg = await take(figure.getByText("Save as SVG"));
    assert.equal(svg.name, "chart-0-0.svg");
    assert.match(svg.bytes.toString(), /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*<title[\s\S]*stroke="currentColor"[\s\S]*<\/svg>$/);
    const png = await take(figure.getByText("Save as PNG"));
    assert.deepEqual([...png.bytes.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
    const csv = await take(page.locator("#answer").getByText("Save as CSV").first());
    assert.match(csv.bytes.toString(), /^\ufeffRegime,structural sharemore is better,Place,[\s\S]*\r\niterative,/);
    assert.deepEqual(faults, []);
    await close();
});

test("other prices, another smallest difference, and regimes to copy", async () => {
    const { page, faults, close } = await open("grid");
    const rows = page.locator("table.cost tbody tr");
    const shown = () => rows.locator("[data-cost=all]").allTextContents();
    const costs = async () => (await shown()).map((text) => Number(text.replaceAll(",", "")));
    const [hours, convener, discount] = [0, 2, 3].map((i) => page.locator("#cost-controls input").nth(i));
    const before = await costs();
    await hours.fill("0");
    await convener.fill("1000");
    await discount.fill("0");
    const months = await rows.evaluateAll((list) => list.map((row) => row.dataset.months.split(" ").reduce((sum, value) => sum + Number(value), 0)));
    (await costs()).forEach((cost, i) => {
        assert.ok(Math.abs(cost - months[i]) <= 0.5, `${cost} for ${months[i]} months`);
        assert.ok(months[i] > 24 && months[i] <= 48.001 && before[i] > cost);
    });
    await convener.fill("123456789"); // shown in 1,000 euro: 24 to 48 months of it are millions
    (await shown()).forEach((text) => assert.match(text, /^[1-9],\d{3},\d{3}$/));
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#cost").getByText("Save as CSV").click()]);
    assert.match(readFileSync(await download.path(), "utf8"), /,[1-9]\d{6},/); // spreadsheets get them plain
    const verdicts = async () => page.locator("#outcomes tr[data-share] .verdict").allTextContents();
    const plain = await verdicts();
    assert.ok(plain.includes("better"));
    await page.locator("#matters input").fill("2"); // no share can differ by so much
    assert.ok((await verdicts()).every((words) => words === "too small to matter" || words === "equal"));
    await page.locator("#matters input").fill("0");
    assert.deepEqual((await verdicts()).filter((words) => words === "better").length >= plain.filter((words) => words === "better").length, true);
    await page.locator("#front details summary").click();
    assert.match(await page.locator("pre.recipes").textContent(), /^regimes:\n( {2}- .+\n)+$/);
    assert.ok(await page.locator("#front").getByRole("button", { name: "Copy" }).isVisible());
    assert.deepEqual(faults, []);
    await close();
});

test("the summary is one side of A4 from any window, without a script", async () => {
    for (const [name, width] of [["pair_summary", 1440], ["grid_summary", 390]]) {
        const { page, faults, close } = await open(name, { width, script: false });
        const paper = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
        assert.equal(paper.match(/\/Type\s*\/Page\b/g).length, 1);
        const across = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        assert.ok(across[0] <= across[1]);
        const text = await page.locator("main").textContent();
        for (const part of [/Question/, /The answer/, /Options in order/, /The first three years/, /After\s*/, /would change our mind/, /seed 1[12]/]) {
            assert.match(text, part);
        }
        assert.equal(await page.locator("script").count(), 0);
        assert.deepEqual(faults, []);
        await close();
    }
});

test("headings, landmarks and names for a screen reader", async () => {
    const { page, close } = await open("grid");
    assert.equal(await page.locator("h1").count(), 1);
    for (const landmark of ["header", "nav[aria-label]", "main"]) {
        assert.equal(await page.locator(landmark).count(), 1);
    }
    const unnamed = await page.evaluate(() => [...document.querySelectorAll("select, [role=img], svg")].filter((element) =>
        !element.closest("label") && !element.getAttribute("aria-label") && !element.getAttribute("aria-labelledby")).length);
    assert.equal(unnamed, 0);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "#answer");
    await close();
});
