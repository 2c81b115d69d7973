// SPDX-License-Identifier: GPL-3.0-or-later
// The workbench: mistakes as the command says them, the command's digest and table, the report inside, a run that is stopped.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { launch, open, view } from "./browser.mjs";

const noCommand = { skip: !process.env.DREDGE && "no dredge command" };
let browser;
before(async () => {
    browser = await launch();
});
after(() => browser.close());

async function withBench(use) {
    const { page, faults, close } = await open(browser, { hash: "#view=bench" });
    try {
        await page.waitForSelector("#bench-faults .right");
        await use(page);
        assert.deepEqual(faults, []);
    } finally {
        await close();
    }
}

async function withFolder(use) {
    const folder = mkdtempSync(join(tmpdir(), "dredge-bench-"));
    try {
        await use(folder);
    } finally {
        rmSync(folder, { recursive: true });
    }
}

const small = `title: a small one, with "quotes", and commas
months: 24
aftercare_months: 6
replicates: 40
convener: {skill: 0.6}   # to be changed
regimes: [linear_kpi, iterative]
design:
  method: grid
  factors: {funder.target: [0.5, 1, 2]}
`;

// Types a study and waits until it was read, as right or as wrong.
async function write(page, study, wanted = ".right") {
    await page.fill("#bench-text", study);
    await page.waitForFunction(([text, selector]) => document.querySelector("#bench-text").value === text
        && document.querySelector("#bench-faults").firstChild?.matches(selector) && (selector !== ".right" || !document.querySelector("#bench-run").disabled), [study, wanted]);
}

const content = (page, selector) => page.$eval(selector, (link) => fetch(link.href).then((answer) => answer.text()));

test("a mistake stands at its line, in the command's words", noCommand, () => withBench((page) => withFolder(async (folder) => {
    for (const wrong of ["months: 24\nreplicates: -4\n", "months: 24\nconvenor: {skill: 0.5}\n", "months: [1\n", "design: {method: grid, factors: {nothing: [1, 2]}}\n", "months: 010\n"]) {
        await write(page, wrong, "li:not(.right)");
        const said = await page.$$eval("#bench-faults li", (all) => all.map((item) => item.textContent));
        writeFileSync(join(folder, "pothole.yaml"), wrong);
        const { status, stderr } = spawnSync(process.env.DREDGE, ["check", "pothole.yaml"], { cwd: folder, encoding: "utf8" });
        assert.equal(status, 3, wrong);
        said.forEach((sentence) => assert.ok(stderr.includes(sentence), `${sentence}\n${stderr}`));
        const line = /^pothole\.yaml:(\d+)/.exec(said[0])?.[1];
        assert.equal(await page.$eval(".gutter .wrong", (span) => span.textContent.trim()), line);
        await page.click("#bench-faults button");
        assert.equal(await page.$eval("#bench-text", ({ value, selectionStart }) => value.slice(0, selectionStart).split("\n").length), Number(line));
        assert.equal(await page.isDisabled("#bench-run"), true);
    }
})));

test("a run on all cores: the command's digest and table, the report inside, everything to take home", noCommand, () => withBench((page) => withFolder(async (folder) => {
    await write(page, small);
    await page.fill("#bench-replicates", "24");
    await page.dispatchEvent("#bench-replicates", "change");
    await page.fill("[id='bench-convener.skill']", "0.7");
    await page.dispatchEvent("[id='bench-convener.skill']", "change");
    const changed = small.replace("replicates: 40", "replicates: 24").replace("skill: 0.6", "skill: 0.7");
    assert.equal(await page.inputValue("#bench-text"), changed, "the form changes the text and keeps its comments");
    await page.waitForFunction(() => !document.querySelector("#bench-run").disabled);
    await page.click("#bench-run");
    await page.waitForFunction(() => document.querySelector("#bench-said").dataset.digest && !document.querySelector("#bench-save-table").hidden, null, { timeout: 120000 });
    writeFileSync(join(folder, "small.yaml"), changed);
    const command = (...words) => execFileSync(process.env.DREDGE, words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    command("run", "small.yaml", "-o", "small.h5", "--quiet");
    assert.equal(await page.getAttribute("#bench-said", "data-digest"), command("digest", "small.h5").trim());

    command("export", "small.h5", "-o", "runs.csv");
    const rows = (table) => table.trim().split(/\r?\n/).map((line) => line.split(",").map((cell) => (cell !== "" && Number.isFinite(Number(cell)) ? Number(cell) : cell)));
    assert.deepEqual(rows(await content(page, "#bench-save-table")), rows(readFileSync(join(folder, "runs.csv"), "utf8").replace(/^\ufeff/, "")));

    const frame = page.frames().find((one) => one !== page.mainFrame());
    await frame.waitForSelector("h1");
    assert.ok((await frame.textContent("body")).includes("a small one"));
    assert.ok((await content(page, "#bench-save-report")).startsWith("<!doctype html>") || (await content(page, "#bench-save-report")).startsWith("<!DOCTYPE html>"));
    await page.click("#bench-save-study");
    assert.equal(await content(page, "#bench-save-study"), changed);
})));

test("a long run can be stopped, blocks no other view, and another can follow", () => withBench(async (page) => {
    await write(page, "months: 240\nreplicates: 200000\n");
    await page.click("#bench-run");
    await page.waitForFunction(() => document.querySelector("#bench-bar").value > 0, null, { timeout: 120000 });
    await view(page, "compare");
    await view(page, "bench");
    await page.click("#bench-stop");
    await page.waitForFunction(() => document.querySelector("#bench-said").textContent.startsWith("Stopped"));
    await write(page, small);
    await page.click("#bench-run");
    await page.waitForFunction(() => document.querySelector("#bench-said").dataset.digest, null, { timeout: 120000 });
}));
