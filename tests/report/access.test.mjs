// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing that axe-core complains of, in any colours; nothing that sticks out or is cut, in any window and on paper; everything
// that can be used can be used with a keyboard; definitions are reached by touch.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch, watch } from "../support/browser.mjs";
import { badlyLaid, focusable, focused, isDrawn, pagesOf, unfold, windowsOf } from "./layout.mjs";

const axe = readFileSync(`${process.env.AXE_NODE}/node_modules/axe-core/axe.min.js`, "utf8");
let browser;

before(async () => {
    browser = await launch();
});
after(() => browser.close());

async function open(name, options = {}) {
    const context = await browser.newContext({ viewport: { width: options.width ?? 1200, height: 900 },
        deviceScaleFactor: options.zoom ?? 1, hasTouch: options.touch ?? false, ...options.colours });
    const page = await context.newPage();
    const faults = watch(page);
    await page.goto(pathToFileURL(`${process.env.REPORT_FOLDER}/${name}.html`).href);
    return { page, faults, close: () => context.close() };
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

for (const name of ["page", "page_nl", "summary", "side"]) {
    test(`nothing of ${name} sticks out, is cut or out of reach from 320 to 1920 pixels, at 200%, in any colours`, async () => {
        for (const zoom of [1, 2]) {
            const { page, faults, close } = await open(name, { zoom });
            await page.evaluate(unfold);
            for (const colours of Object.keys(COLOURS)) {
                await page.emulateMedia(COLOURS[colours]);
                for (const [width] of windowsOf(colours).filter(([, times]) => times === zoom)) {
                    await page.setViewportSize({ width, height: 900 });
                    await page.waitForFunction(isDrawn, null, { timeout: 120000 });
                    assert.deepEqual(await page.evaluate(badlyLaid), [], `${width} pixels, ${zoom} times, ${colours}`);
                }
            }
            assert.deepEqual(faults, []);
            await close();
        }
    });

    test(`nothing of ${name} is cut on paper, from windows of 390 and 1440 pixels, and the paper is white`, async () => {
        const papers = [];
        for (const width of [390, 1440]) {
            const { page, close } = await open(name, { width, colours: COLOURS.dark });
            papers.push(pagesOf(await page.pdf({ preferCSSPageSize: true })));
            await page.emulateMedia({ media: "print" });
            await page.setViewportSize({ width: 700, height: 1000 }); // A4 less its margins
            assert.deepEqual(await page.evaluate(badlyLaid), [], `${width} pixels`);
            const [paper, ink] = await page.evaluate(() => ["background-color", "color"].map((key) => getComputedStyle(document.body).getPropertyValue(key)));
            assert.match(paper, /^(rgb\(255, 255, 255\)|rgba\(0, 0, 0, 0\))$/); // the sheet's own white
            assert.match(ink, /^rgb\([0-5]?\d, [0-5]?\d, [0-5]?\d\)$/);
            await close();
        }
        assert.ok(papers[0] > 0 && papers[0] === papers[1], `${papers} pages`);
    });
}

test("whatever scrolls or is chosen is reached with Tab, in the order of the page", async () => {
    const { page, close } = await open("page");
    const wanted = await page.evaluate(focusable);
    const seen = [];
    for (let i = 0; i < wanted + 5; i++) {
        await page.keyboard.press("Tab");
        const at = await page.evaluate(focused);
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
