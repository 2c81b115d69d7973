// SPDX-License-Identifier: GPL-3.0-or-later
// A hand without a plan: 2,000 actions anywhere in the page. Phones: targets as large as a thumb, picture and controls in one
// sight. And the rules of accessibility in every view, language and theme.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { onPages, view } from "./browser.mjs";

const views = ["guide", "compare", "helm", "worlds", "futures", "suez", "lesson", "bench", "teacher"];
const axe = readFileSync(createRequire(join(process.env.LAB_NODE, "x")).resolve("axe-core/axe.min.js"), "utf8");
const { withPage } = onPages({ before, after });

// Does `count` actions in the page: presses what can be pressed, chooses, types and slides, by numbers from `seed` (a linear
// congruential row, so that a walk can be repeated). Prints, downloads and runs at the workbench are left out. Gives what was done last.
export function wander({ seed, count }) {
    let state = seed >>> 0;
    const below = (n) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 4294967296) * n);
    };
    const words = ["", "0", "7", "-3", "50", "99999999", "60/100", "year<2: 60/100; 0/100", "<b>", "é"];
    window.print = () => {};
    const done = [];
    const act = () => {
        const dialog = document.querySelector("dialog[open]"), from = dialog ?? document;
        const all = [...from.querySelectorAll("button:not(#bench-run), select, input:not([type=file]), textarea, summary")].filter((element) =>
            element.getClientRects().length > 0 && !element.disabled);
        const element = all[below(all.length)];
        done.push(`${element.tagName} ${element.id || element.className || element.textContent.slice(0, 20)}`);
        if (element.tagName === "SELECT") {
            element.selectedIndex = below(element.options.length);
            element.dispatchEvent(new Event("change", { bubbles: true }));
        } else if (element.type === "range") {
            element.value = Number(element.min) + below(101) * (Number(element.max) - Number(element.min)) / 100;
            element.dispatchEvent(new Event("input", { bubbles: true }));
            element.dispatchEvent(new Event("change", { bubbles: true }));
        } else if (element.matches("textarea, input:not([type=checkbox])")) {
            const word = words[below(words.length)];
            element.value = element.type === "number" && !/^-?\d*$/.test(word) ? "12" : word;
            element.dispatchEvent(new Event("input", { bubbles: true }));
            element.dispatchEvent(new Event("change", { bubbles: true }));
        } else {
            element.click();
        }
        if (below(12) === 0) {
            const keys = [" ", "ArrowRight", "ArrowLeft", "Home", "End", "d", "t", "w", "Escape"];
            document.body.dispatchEvent(new KeyboardEvent("keydown", { key: keys[below(keys.length)], bubbles: true }));
        }
        if (below(25) === 0) {
            document.querySelectorAll("#tabs button")[below(document.querySelectorAll("#tabs button").length)].click();
        }
    };
    return new Promise((resolve) => {
        const next = () => {
            for (let together = 0; together < 10 && done.length < count; together++) {
                act();
            }
            return done.length < count ? setTimeout(next, 0) : resolve(done.slice(-5));
        };
        next();
    });
}

test("a random walk of 2,000 actions: no error, and every view still works", () => withPage({ hash: "#view=compare", motion: "reduce" }, async (page) => {
    page.setDefaultTimeout(240000);
    await page.evaluate(wander, { seed: 20260117, count: 2000 });
    await page.evaluate(() => document.querySelector("dialog[open]")?.close());
    assert.doesNotMatch((await page.textContent("#banner")) ?? "", /went wrong|ging iets mis/);
    await page.evaluate(() => { location.hash = "#view=compare&language=en&scenario=pothole"; });
    await page.waitForFunction(() => document.documentElement.dataset.ready === "compare" && location.hash.includes("pothole"));
    for (const name of views) {
        await view(page, name);
    }
    await view(page, "compare");
    await page.click(".transport button:has-text('▶') >> nth=-1");
    await view(page, "helm");
    await page.click("#helm-restart");
    await page.click("#helm-go");
    await page.waitForFunction(() => document.querySelector("#view-helm .when").textContent.includes("month 6 of"));
}));

// What is pressed or filled in on a phone, and is smaller than 44 px (a range as its row, a box with its label).
const small = () => [...document.querySelectorAll("button, select, input, textarea, summary, a.button")].filter((element) => {
    const target = element.type === "checkbox" ? element.closest("label") : element;
    const { width, height } = target.getBoundingClientRect();
    return element.getClientRects().length > 0 && (height < 43.5 || width < 43.5);
}).map((element) => element.outerHTML.slice(0, 90));

test("a phone of 390 x 844: targets of 44 px, no sideways scrolling, picture and controls in one sight", () => withPage({
    hash: "#view=compare", width: 390, height: 844, motion: "reduce" }, async (page) => {
    for (const language of ["en", "nl"]) {
        await page.selectOption("#language", language);
        await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
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
        await page.selectOption("#language", language);
        await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
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
