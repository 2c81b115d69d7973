// SPDX-License-Identifier: GPL-3.0-or-later
// A Chromium with the page, opened from its file as a teacher would; whatever it complains of or asks the network for is
// kept. LAB_PAGE is the page.
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { launch, watch } from "../support/browser.mjs";

export { launch };

const patience = 240000; // milliseconds: a busy machine may take long, and a test that fails then says nothing

export async function open(browser, { hash = "#view=compare", file = process.env.LAB_PAGE, width = 1440, height = 900, motion = "no-preference" } = {}) {
    const context = await browser.newContext({ viewport: { width, height }, reducedMotion: motion, locale: "en-GB" });
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    const faults = watch(page);
    await page.goto(pathToFileURL(file).href + hash);
    await settled(page);
    return { page, faults, close: () => context.close() };
}

// For a file of tests, given its `before` and `after`: a browser for all of them, and a function that opens the page, does
// something, and checks that the browser had nothing to complain of. `more` are flags of the browser.
export function onPages({ before, after }, more = []) {
    const shared = {};
    before(async () => {
        shared.browser = await launch(more);
    });
    after(() => shared.browser.close());
    shared.withPage = async (options, use) => {
        const opened = await open(shared.browser, options);
        try {
            await use(opened.page);
            assert.deepEqual(opened.faults, []);
        } finally {
            await opened.close();
        }
    };
    return shared;
}

// Waits until the page has applied its settings.
export async function settled(page) {
    await page.waitForFunction(() => document.documentElement.dataset.ready);
}

// Opens a view by its tab.
export async function view(page, name) {
    await page.click(`#tab-${name}`);
    await page.waitForFunction((wanted) => document.documentElement.dataset.ready === wanted, name);
}

// Chooses the language; words follow when the page has applied it.
export async function speak(page, language) {
    await page.selectOption("#language", language);
    await settled(page);
}

// Moves a slider as a hand would.
export function slide(page, selector, value) {
    return page.$eval(selector, (input, to) => {
        input.value = to;
        input.dispatchEvent(new Event("input"));
        input.dispatchEvent(new Event("change"));
    }, value);
}

// A digest of the pixels of a canvas, to see whether a picture changed; of the settings as they were last chosen.
export async function picture(page, selector) {
    await settled(page);
    return page.$eval(selector, (canvas) => {
        const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
        copy.drawImage(canvas, 0, 0);
        const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
        let sum = 0, inked = 0;
        for (let at = 0; at < data.length; at += 4) {
            sum = (Math.imul(sum, 31) + data[at] + 3 * data[at + 1] + 7 * data[at + 2]) | 0;
            inked += data[at + 3] > 0;
        }
        return { sum, inked };
    });
}
