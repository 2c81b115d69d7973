// SPDX-License-Identifier: GPL-3.0-or-later
// The page in Firefox, where there is one: it opens from its file, plays, computes, bears a hand without a plan, and complains of
// nothing.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import { hasFirefox, launchFirefox, watch } from "../support/browser.mjs";
import { afterwards, steps, views, wander } from "./wander.mjs";

const whenThere = { skip: !hasFirefox && "no Firefox" };
let browser;
before(async () => {
    browser = hasFirefox ? await launchFirefox() : undefined;
});
after(() => browser?.close());

async function withPage(hash, use) {
    const page = await browser.newPage(), faults = watch(page);
    page.setDefaultTimeout(240000);
    try {
        await page.goto(pathToFileURL(process.env.LAB_PAGE).href + hash);
        await page.waitForFunction(() => document.documentElement.dataset.ready);
        await use(page);
        assert.deepEqual(faults, []);
    } finally {
        await page.close();
    }
}

test("Firefox plays, computes and draws", whenThere, (t) => withPage("#replicate=7&language=en", async (page) => {
    await page.select(".transport select", "32");
    await page.click(".transport .play");
    await page.waitForFunction(() => Number(document.querySelector(".scrub").value) > 30);
    await page.click(".transport .play");
    await page.click("#tab-futures");
    await page.waitForFunction(() => document.getElementById("futures-time").dataset.milliseconds);
    t.diagnostic(`${await browser.version()}: ${await page.$eval("#futures-time", (span) => span.textContent)}`);
    await page.click("#tab-suez");
    await page.waitForFunction(() => document.documentElement.dataset.ready === "suez");
    await page.click("#suez-dredge");
    assert.match(await page.$eval(".suez .log", (log) => log.textContent), /dredged 900/);
}));

test(`a random walk of ${steps.count} actions in Firefox: no error, and every view still works`, whenThere, () => withPage("#view=compare&language=en", async (page) => {
    await page.evaluate(wander, steps);
    await page.evaluate(afterwards, views);
}));
