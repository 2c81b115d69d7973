// SPDX-License-Identifier: GPL-3.0-or-later
// The report in a browser: charts draw, numbers equal `compare --json`, nothing is asked of the network, nothing is
// complained of, and it can be used with a keyboard, on a phone, in the dark and on paper.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

const { chromium } = createRequire(`${process.env.LAB_NODE}/`)("playwright-core");
const folder = process.env.REPORT_FOLDER;
const flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-quic", "--no-first-run"];
let browser;

before(async () => {
    browser = await chromium.launch({ executablePath: process.env.LAB_CHROMIUM, args: flags });
});
after(() => browser.close());

async function open(name, options = {}) {
    const context = await browser.newContext({ viewport: { width: options.width ?? 1200, height: 900 }, colorScheme: options.scheme ?? "light" });
    const page = await context.newPage();
    const faults = [];
    page.on("console", (message) => faults.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => faults.push(`page: ${error.message}`));
    page.on("request", (request) => {
        if (!request.url().startsWith("file:")) {
            faults.push(`network: ${request.url()}`);
        }
    });
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
    const regimes = JSON.parse(await page.locator("#data").textContent()).regimes;
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
    assert.ok((await colours(page, "#difference")) > 10);
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
    const cells = page.locator("#phase td");
    assert.equal(await cells.count(), 6);
    const shown = (await cells.allTextContents()).map(Number);
    const mean = shown.reduce((sum, value) => sum + value, 0) / shown.length;
    const wanted = expected.outcomes.structural_share["steady.b-c"].difference;
    assert.ok(Math.abs(mean - wanted) < 0.006, `${mean} is ${wanted} up to rounding to two digits`);
    await page.locator("#map-controls select").nth(1).selectOption({ label: "mean under iterative" });
    const means = (await cells.allTextContents()).map(Number);
    assert.ok(Math.abs(means.reduce((sum, value) => sum + value, 0) / 6 - expected.outcomes.structural_share.iterative.mean) < 0.006);
    assert.ok((await page.locator("#drivers table").count()) >= 3);
    assert.ok(await page.locator("#failure p").first().textContent());
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

test("Dutch, with its decimal comma", async () => {
    const { page, close } = await open("dutch");
    assert.equal(await page.locator("html").getAttribute("lang"), "nl");
    assert.match(await page.locator("#answer").textContent(), /structureel aandeel: 0,\d+ tegen 0,\d+/);
    assert.doesNotMatch(await page.locator("#outcomes").textContent(), /\d\.\d/);
    await close();
});

test("on a phone nothing sticks out; in the dark the paper is dark; on paper the charts stay", async () => {
    for (const options of [{ width: 360 }, { scheme: "dark" }]) {
        const { page, faults, close } = await open("grid", options);
        const width = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        assert.ok(width[0] <= width[1], `${width[0]} in ${width[1]}`);
        const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number)[0]);
        assert.equal(paper < 60, options.scheme === "dark");
        await page.emulateMedia({ media: "print" });
        assert.equal(await page.locator("nav").isVisible(), false);
        assert.equal(await page.locator("#fan canvas").isVisible(), true);
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
        !element.closest("label") && !element.getAttribute("aria-label")).length);
    assert.equal(unnamed, 0);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "#answer");
    await close();
});
