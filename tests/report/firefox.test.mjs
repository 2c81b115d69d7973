// SPDX-License-Identifier: GPL-3.0-or-later
// Reports in Firefox: nothing sticks out, is cut or out of reach in any window and in any colours; Tab goes through the page in
// its order; a summary is one side of paper; nothing is complained of and nothing asked of the network.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { launchFirefox, watch } from "../support/browser.mjs";
import { badlyLaid, focusable, focused, isDrawn, pagesOf, unfold, windowsOf } from "./layout.mjs";

// What about:config calls light, dark and a theme of high contrast.
const SCHEME = "layout.css.prefers-color-scheme.content-override";
const COLOURS = { light: { [SCHEME]: 1 }, dark: { [SCHEME]: 0 }, contrast: { "browser.display.document_color_use": 2 } };

async function onPage(browser, name, use) {
    const page = await browser.newPage();
    const faults = watch(page);
    await page.goto(pathToFileURL(`${process.env.REPORT_FOLDER}/${name}.html`).href);
    await use(page);
    assert.deepEqual(faults, [], name);
    await page.close();
}

async function windows(page, colours, what) {
    await page.evaluate(unfold);
    for (const [width, times] of windowsOf(colours)) {
        await page.setViewport({ width, height: 900, deviceScaleFactor: times });
        await page.waitForFunction(isDrawn, { timeout: 120000 });
        assert.deepEqual(await page.evaluate(badlyLaid), [], `${what}: ${width} pixels, ${times} times`);
    }
}

async function keyboard(page) {
    await page.setViewport({ width: 1200, height: 900 });
    const wanted = await page.evaluate(focusable);
    const seen = [];
    for (let i = 0; i < wanted; i++) {
        await page.keyboard.press("Tab");
        seen.push(await page.evaluate(focused));
    }
    assert.equal(new Set(seen).size, wanted);
    assert.deepEqual(seen, [...seen].sort((a, b) => a - b));
}

async function paper(page) {
    const pages = [];
    for (const width of [390, 1440]) {
        await page.setViewport({ width, height: 900 });
        pages.push(pagesOf(await page.pdf({ format: "A4" })));
    }
    return pages;
}

for (const [colours, preferences] of Object.entries(COLOURS)) {
    test(`reports in Firefox, ${colours}`, async () => {
        const browser = await launchFirefox(preferences);
        try {
            for (const name of colours === "light" ? ["page", "page_nl", "summary", "side"] : ["page", "summary"]) {
                await onPage(browser, name, async (page) => {
                    assert.equal(await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches), colours === "dark");
                    assert.equal(await page.evaluate(() => matchMedia("(forced-colors: active)").matches), colours === "contrast");
                    if (colours === "light" && name === "page") {
                        await keyboard(page);
                    } else if (colours === "light" && name === "summary") {
                        assert.deepEqual(await paper(page), [1, 1]);
                    }
                    await windows(page, colours, `${name}, ${colours}`);
                });
            }
        } finally {
            await browser.close();
        }
    });
}
