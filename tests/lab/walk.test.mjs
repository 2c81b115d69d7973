// SPDX-License-Identifier: GPL-3.0-or-later
// A hand without a plan, anywhere in the page. Phones: targets as large as a thumb, picture and controls in one sight. And the
// rules of accessibility in every view, language and theme.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { onPages, speak, view } from "./browser.mjs";
import { afterwards, steps, views, wander } from "./wander.mjs";

const axe = readFileSync(createRequire(join(process.env.LAB_NODE, "x")).resolve("axe-core/axe.min.js"), "utf8");
const { withPage } = onPages({ before, after });

test(`a random walk of ${steps.count} actions: no error, and every view still works`, () => withPage({ hash: "#view=compare", motion: "reduce" }, async (page) => {
    await page.evaluate(wander, steps);
    await page.evaluate(afterwards, views);
}));

// What is pressed or filled in on a phone, and is smaller than 44 px (a range as its row, a box and what opens files with their label).
const small = () => [...document.querySelectorAll("button, select, input, textarea, summary, a.button")].filter((element) => {
    const target = ["checkbox", "file"].includes(element.type) ? element.closest("label") : element;
    const { width, height } = target.getBoundingClientRect();
    return element.getClientRects().length > 0 && (height < 43.5 || width < 43.5);
}).map((element) => element.outerHTML.slice(0, 90));

test("a phone of 390 x 844: targets of 44 px, no sideways scrolling, picture and controls in one sight", () => withPage({
    hash: "#view=compare", width: 390, height: 844, motion: "reduce" }, async (page) => {
    for (const language of ["en", "nl"]) {
        await speak(page, language);
        for (const name of views) {
            await view(page, name);
            assert.deepEqual(await page.evaluate(small), [], name);
            assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${name}: sideways`);
        }
        for (const [name, seen] of Object.entries({
            compare: [".side[data-lane='0'] .table", ".side[data-lane='0'] .river", ".transport .play", ".transport .scrub"],
            helm: ["#view-helm .table", "#lever-process", "#lever-depth", "#helm-go"],
            guide: ["#view-guide .table", "#view-guide .river", "#guide-bet", "#guide-show"],
            suez: [".suez .scene", "#suez-dredge", "#suez-tug", "#suez-wait"] })) {
            await view(page, name);
            await page.evaluate(() => window.scrollTo(0, 0));
            const out = await page.evaluate((selectors) => selectors.filter((selector) => {
                const { top, bottom } = document.querySelector(selector).getBoundingClientRect();
                return top < 0 || bottom > window.innerHeight;
            }), seen);
            assert.deepEqual(out, [], name);
        }
    }
}));

test("accessible by axe's rules: every view, both themes and languages, with the lesson docked", () => withPage({
    hash: "#view=compare&step=2", motion: "reduce" }, async (page) => {
    await page.evaluate(axe);
    for (const [language, theme] of [["en", "light"], ["nl", "dark"]]) {
        await speak(page, language);
        if (await page.getAttribute("html", "data-theme") !== theme) {
            await page.click("#theme");
        }
        for (const name of views) {
            await view(page, name);
            const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
            assert.deepEqual(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 100)}`), [], `${name}, ${language}, ${theme}`);
        }
    }
}));
