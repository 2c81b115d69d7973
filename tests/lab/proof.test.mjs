// SPDX-License-Identifier: GPL-3.0-or-later
// The page computes what the command computes; and how fast it is.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { launch, open, settled, view } from "./browser.mjs";

const scenarioFolder = new URL("../../scenarios/", import.meta.url).pathname;
const scenarios = readdirSync(scenarioFolder).filter((name) => name.endsWith(".yaml")).map((name) => name.replace(".yaml", ""));
let browser;
before(async () => {
    browser = await launch();
});
after(() => browser.close());

async function pageDigest(page) {
    await page.click("#reproduce");
    await page.click("#digest-start");
    await page.waitForFunction(() => document.getElementById("digest")?.dataset.digest || document.getElementById("digest")?.textContent);
    const digest = await page.$eval("#digest", (output) => output.dataset.digest ?? output.textContent);
    const commands = await page.textContent("#command");
    await page.keyboard.press("Escape");
    return { digest, commands };
}

// Runs the commands that the page shows, with the scenarios' folder in place of its name.
function commandDigest(commands, folder) {
    const [run, digest] = commands.split("\n").map((line) => line.match(/'[^']*'|\S+/g).slice(1)
        .map((word) => word.replace(/^'|'$/g, "").replace(/^scenarios\//, scenarioFolder)));
    const options = { cwd: folder, stdio: ["ignore", "pipe", "pipe"] };
    execFileSync(process.env.DREDGE, [...run, "--quiet"], options);
    return execFileSync(process.env.DREDGE, digest, options).toString().trim();
}

test("the digest in the page is the command's, for every scenario", { skip: !process.env.DREDGE && "no dredge command" }, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "dredge-lab-"));
    const { page, faults, close } = await open(browser);
    try {
        for (const name of scenarios) {
            await page.selectOption("#scenario", name);
            await settled(page);
            const { digest, commands } = await pageDigest(page);
            assert.match(digest, /^[0-9a-f]{32}$/);
            assert.equal(digest, commandDigest(commands, folder), name);
            t.diagnostic(`${name} ${digest}`);
        }
        assert.deepEqual(faults, []);
    } finally {
        await close();
        rmSync(folder, { recursive: true });
    }
});

test("the same with conditions changed by sliders", { skip: !process.env.DREDGE && "no dredge command" }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "dredge-lab-"));
    const { page, close } = await open(browser, { hash: "#scenario=pothole&recognition=0.85&funder.target=1.3&months=96" });
    try {
        const { digest, commands } = await pageDigest(page);
        assert.match(commands, /--set recognition=0\.85 --set funder\.target=1\.3 --set months=96/);
        assert.equal(digest, commandDigest(commands, folder));
    } finally {
        await close();
        rmSync(folder, { recursive: true });
    }
});

test("the same with events of every kind", { skip: !process.env.DREDGE && "no dredge command" }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "dredge-lab-"));
    const events = "cuts-12-0.3_scandal-18-0.2_crisis-24-0.2_stricter-30-1.5_election-36-0.5_newcomer-42-1_convener-48-0.3_scandal-54-0.05";
    const { page, faults, close } = await open(browser, { hash: `#scenario=pothole&months=96&events=${events}` });
    try {
        const { digest, commands } = await pageDigest(page);
        assert.match(commands, /--set 'events=\[\{month: 12, name: cuts, shock: \{budget: -0\.3\}\}, /);
        assert.equal(digest, commandDigest(commands, folder));
        assert.deepEqual(faults, []);
    } finally {
        await close();
        rmSync(folder, { recursive: true });
    }
});

test("500 futures", async (t) => {
    const { page, faults, close } = await open(browser);
    await view(page, "futures");
    await page.waitForFunction(() => document.getElementById("futures-time").dataset.milliseconds);
    const milliseconds = Number(await page.getAttribute("#futures-time", "data-milliseconds"));
    t.diagnostic(`500 futures of two regimes (1000 runs of the energy transition): ${milliseconds} ms`);
    assert.match(await page.textContent("#futures-time"), /1,?000 runs/);
    assert.equal((await page.$$("#view-futures tbody tr")).length, 9);
    assert.deepEqual(faults, []);
    await close();
});

test("a world of 2,000 collaborations plays, and has futures", async (t) => {
    const { page, faults, close } = await open(browser, { hash: "#scenario=partnership_society" });
    await page.click(".transport button:has-text('▶') >> nth=-1");
    assert.equal(await page.inputValue(".scrub"), "1");
    await view(page, "futures");
    await page.waitForFunction(() => document.getElementById("futures-time").dataset.milliseconds);
    t.diagnostic(`8 worlds under two regimes: ${await page.getAttribute("#futures-time", "data-milliseconds")} ms`);
    assert.deepEqual(faults, []);
    await close();
});

// The frames that appear, and what the page's own code takes of each; a software renderer paints here, which a laptop's
// graphics does in its stead.
test("frames a second with thirty actors", async (t) => {
    const { page, close } = await open(browser, { file: process.env.LAB_THIRTY, hash: "#scenario=thirty_actors" });
    await page.selectOption(".transport select", "8");
    await page.evaluate(() => {
        const request = window.requestAnimationFrame.bind(window);
        window.spent = [];
        window.requestAnimationFrame = (draw) => request((now) => {
            const started = performance.now();
            draw(now);
            window.spent.push(performance.now() - started);
        });
    });
    await page.click(".transport .play");
    const started = Date.now();
    await page.waitForFunction(() => window.spent.length >= 60);
    const spent = await page.evaluate(() => window.spent.sort((a, b) => a - b));
    const seconds = (Date.now() - started) / 1000, at = (share) => spent[Math.floor(share * (spent.length - 1))].toFixed(1);
    t.diagnostic(`two tables of 30 actors: ${(spent.length / seconds).toFixed(1)} frames a second in software; `
        + `the page's code takes ${at(0.5)} ms of a frame (median; 10%: ${at(0.1)}, 90%: ${at(0.9)})`);
    await close();
});
