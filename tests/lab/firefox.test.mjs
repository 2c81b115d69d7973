// SPDX-License-Identifier: GPL-3.0-or-later
// The page in Firefox, where there is one: it opens from its file, plays, computes, bears a hand without a plan, and complains of
// nothing.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import test, { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import { afterwards, steps, views, wander } from "./wander.mjs";

const firefox = process.env.LAB_FIREFOX || "/usr/bin/firefox-esr", has = existsSync(firefox);
const whenThere = { skip: !has && "no Firefox" }, wait = { timeout: 120000 };
let browser;
before(async () => {
    if (has) {
        const { default: puppeteer } = await import(pathToFileURL(createRequire(`${process.env.LAB_NODE}/`).resolve("puppeteer-core")).href);
        browser = await puppeteer.launch({ browser: "firefox", executablePath: firefox, headless: true, protocolTimeout: 1800000 });
    }
});
after(() => browser?.close());

async function withPage(hash, use) {
    const page = await browser.newPage(), faults = [];
    page.on("console", (message) => ["error", "warn"].includes(message.type()) && faults.push(message.text()));
    page.on("pageerror", (error) => faults.push(error.message));
    try {
        await page.goto(pathToFileURL(process.env.LAB_PAGE).href + hash);
        await page.waitForFunction(() => document.documentElement.dataset.ready, wait);
        await use(page);
        assert.deepEqual(faults, []);
    } finally {
        await page.close();
    }
}

test("Firefox plays, computes and draws", whenThere, (t) => withPage("#replicate=7&language=en", async (page) => {
    await page.select(".transport select", "32");
    await page.click(".transport .play");
    await page.waitForFunction(() => Number(document.querySelector(".scrub").value) > 30, wait);
    await page.click(".transport .play");
    await page.click("#tab-futures");
    await page.waitForFunction(() => document.getElementById("futures-time").dataset.milliseconds, wait);
    t.diagnostic(`${await browser.version()}: ${await page.$eval("#futures-time", (span) => span.textContent)}`);
    await page.click("#tab-suez");
    await page.waitForFunction(() => document.documentElement.dataset.ready === "suez", wait);
    await page.click("#suez-dredge");
    assert.match(await page.$eval(".suez .log", (log) => log.textContent), /dredged 900/);
}));

test(`a random walk of ${steps.count} actions in Firefox: no error, and every view still works`, whenThere, () => withPage("#view=compare&language=en", async (page) => {
    await page.evaluate(wander, steps);
    await page.evaluate(afterwards, views);
}));
