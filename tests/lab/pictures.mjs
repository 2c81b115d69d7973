// SPDX-License-Identifier: GPL-3.0-or-later
// Takes the pictures of docs/lab.md: LAB_NODE=build/lab/node LAB_PAGE=build/lab/lab.html node tests/lab/pictures.mjs docs/pictures
import { join } from "node:path";
import { launch, open, slide } from "./browser.mjs";

const folder = process.argv[2];
const browser = await launch();
const size = { width: 1280, height: 800 };

async function take(name, hash, prepare, motion = "reduce") {
    const { page, close } = await open(browser, { ...size, hash, motion });
    await prepare(page);
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(folder, `lab-${name}.png`) });
    await close();
}

await take("compare", "#view=compare&replicate=6&left=linear_kpi&right=iterative", (page) => slide(page, ".scrub", 96));
await take("helm", "#view=helm&replicate=7", async (page) => {
    for (const [process, half] of [[60, 1], [60, 2], [0, 3], [0, 4], [0, 5], [0, 6], [60, 7], [60, 8], [0, 9]]) {
        await slide(page, "#lever-process", process);
        await slide(page, "#lever-depth", 100);
        await page.click("#helm-go");
        await page.waitForFunction((month) => document.querySelector("#view-helm .when").textContent.includes(`month ${month} of`)
            && !document.querySelector("#helm-go").disabled, 6 * half);
    }
});
await take("suez", "#view=suez", async (page) => {
    await page.selectOption("#suez-grip", "real");
    for (const action of ["tug", "dredge", "dredge", "tug", "dredge", "dredge", "dredge", "dredge", "dredge", "dredge", "dredge", "tug"]) {
        await page.click(`#suez-${action}`);
    }
});
await take("futures", "#view=futures&language=nl", (page) =>
    page.waitForFunction(() => document.getElementById("futures-time").dataset.milliseconds, null, { timeout: 60000 }));
await browser.close();
