// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing that axe-core complains of, in any colours; nothing that sticks out, from 320 to 1920 pixels and at twice the size;
// everything that can be used can be used with a keyboard; definitions are reached by touch.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

const { chromium } = createRequire(`${process.env.LAB_NODE}/`)("playwright-core");
const axe = readFileSync(`${process.env.AXE_NODE}/node_modules/axe-core/axe.min.js`, "utf8");
const flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-quic", "--no-first-run"];
let browser;

before(async () => {
    browser = await chromium.launch({ executablePath: process.env.LAB_CHROMIUM, args: flags });
});
after(() => browser.close());

async function open(name, options = {}) {
    const context = await browser.newContext({ viewport: { width: options.width ?? 1200, height: 900 },
        deviceScaleFactor: options.zoom ?? 1, hasTouch: options.touch ?? false, ...options.colours });
    const page = await context.newPage();
    await page.goto(pathToFileURL(`${process.env.REPORT_FOLDER}/${name}.html`).href);
    return { page, close: () => context.close() };
}

const COLOURS = { light: { colorScheme: "light" }, dark: { colorScheme: "dark" }, contrast: { forcedColors: "active" } };
const SEEN = { page: ["light", "dark", "contrast"], page_nl: ["dark"], print: ["light"], summary: ["light"], side: ["dark", "contrast"] };
for (const [name, all] of Object.entries(SEEN)) {
    for (const colours of all) {
        test(`axe finds nothing in ${name}, ${colours}`, async () => {
            const { page, close } = await open(name, { colours: COLOURS[colours] });
            await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
            await page.evaluate(axe);
            const found = await page.evaluate(async () => {
                const result = await window.axe.run(document, { resultTypes: ["violations"] });
                return result.violations.map((fault) => `${fault.id}: ${fault.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 140)} (${node.any.concat(node.all)[0]?.message ?? ""})`).join(" | ")} [${fault.nodes.length}]`);
            });
            assert.deepEqual(found, []);
            await close();
        });
    }
}

test("nothing sticks out from 320 to 1920 pixels, and at 200%", async () => {
    for (const name of ["page", "page_nl", "summary", "side"]) {
        for (const width of [320, 390, 600, 768, 1280, 1920]) { // 600 at 200% is what a window of 1200 shows
            const { page, close } = await open(name, { width, zoom: width === 600 ? 2 : 1 });
            const [scrolls, shows] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
            assert.ok(scrolls <= shows, `${name}: ${scrolls} in ${shows}`);
            await close();
        }
    }
});

test("whatever scrolls or is chosen is reached with Tab, in the order of the page", async () => {
    const { page, close } = await open("page");
    const wanted = await page.evaluate(() => [...document.querySelectorAll("a[href], button, select, input, summary, [tabindex='0']")]
        .filter((element) => element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })).length);
    const seen = [];
    for (let i = 0; i < wanted + 5; i++) {
        await page.keyboard.press("Tab");
        const at = await page.evaluate(() => {
            const all = [...document.querySelectorAll("*")];
            return document.activeElement === document.body ? -1 : all.indexOf(document.activeElement);
        });
        if (at < 0) {
            break;
        }
        seen.push(at);
    }
    assert.equal(new Set(seen).size, wanted);
    assert.deepEqual(seen, [...seen].sort((a, b) => a - b));
    await close();
});

test("definitions are reached by touch and with the keyboard", async () => {
    const { page, close } = await open("page", { width: 390, touch: true });
    const term = page.locator("#outcomes button.term").first();
    await term.tap();
    assert.match(await page.locator("#outcomes .meaning").first().textContent(), /addressed layers/);
    assert.equal(await term.getAttribute("aria-expanded"), "true");
    await term.press("Enter");
    assert.equal(await term.getAttribute("aria-expanded"), "false");
    await close();
});
