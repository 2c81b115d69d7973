// SPDX-License-Identifier: GPL-3.0-or-later
// The page in Firefox, where there is one: it opens from its file, plays, computes and complains of nothing.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import test from "node:test";
import { pathToFileURL } from "node:url";

const firefox = process.env.LAB_FIREFOX || "/usr/bin/firefox-esr";

test("Firefox", { skip: !existsSync(firefox) && "no Firefox" }, async (t) => {
    const { default: puppeteer } = await import(pathToFileURL(createRequire(`${process.env.LAB_NODE}/`).resolve("puppeteer-core")).href);
    const browser = await puppeteer.launch({ browser: "firefox", executablePath: firefox, headless: true });
    const wait = { timeout: 120000 };
    try {
        const page = await browser.newPage();
        const faults = [];
        page.on("console", (message) => ["error", "warn"].includes(message.type()) && faults.push(message.text()));
        page.on("pageerror", (error) => faults.push(error.message));
        await page.goto(`${pathToFileURL(process.env.LAB_PAGE).href}#replicate=7&language=en`);
        await page.waitForFunction(() => document.documentElement.dataset.ready, wait);
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
        assert.deepEqual(faults, []);
    } finally {
        await browser.close();
    }
});
