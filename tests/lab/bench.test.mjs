// SPDX-License-Identifier: GPL-3.0-or-later
// The workbench: mistakes as the command says them, the command's digest and table, the report inside, a run that is stopped.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { onPages, view } from "./browser.mjs";

const noCommand = { skip: !process.env.DREDGE && "no dredge command" };
const { withPage } = onPages({ before, after });

const withBench = (use) => withPage({ hash: "#view=bench" }, async (page) => {
    await page.waitForSelector("#bench-faults .right");
    await use(page);
});

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
    await page.waitForFunction(() => document.querySelector("#bench-said").dataset.digest && !document.querySelector("#bench-save-table").hidden);
    writeFileSync(join(folder, "small.yaml"), changed);
    const command = (...words) => execFileSync(process.env.DREDGE, words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    command("run", "small.yaml", "-o", "small.h5", "--quiet");
    assert.equal(await page.getAttribute("#bench-said", "data-digest"), command("digest", "small.h5").trim());

    command("export", "small.h5", "-o", "runs.csv");
    const rows = (table) => table.trim().split(/\r?\n/).map((line) => line.split(",").map((cell) => (cell !== "" && Number.isFinite(Number(cell)) ? Number(cell) : cell)));
    await page.click("#bench-save-table");
    await page.waitForFunction(() => document.querySelector("#bench-save-table").href.startsWith("blob:"));
    assert.deepEqual(rows(await content(page, "#bench-save-table")), rows(readFileSync(join(folder, "runs.csv"), "utf8").replace(/^\ufeff/, "")));

    const frame = page.frames().find((one) => one !== page.mainFrame());
    await frame.waitForSelector("h1");
    assert.ok((await frame.textContent("body")).includes("a small one"));
    assert.ok((await content(page, "#bench-save-report")).startsWith("<!doctype html>") || (await content(page, "#bench-save-report")).startsWith("<!DOCTYPE html>"));
    await page.click("#bench-save-study");
    await page.waitForFunction(() => document.querySelector("#bench-save-study").href.startsWith("blob:"));
    assert.equal(await content(page, "#bench-save-study"), changed);
})));

test("a long run can be stopped, blocks no other view, and another can follow", () => withBench(async (page) => {
    await write(page, "months: 240\nreplicates: 40000\n");
    await page.click("#bench-run");
    await page.waitForFunction(() => document.querySelector("#bench-bar").value > 0);
    await view(page, "compare");
    await view(page, "bench");
    await page.click("#bench-stop");
    await page.waitForFunction(() => document.querySelector("#bench-said").textContent.startsWith("Stopped"));
    await write(page, small);
    await page.click("#bench-run");
    await page.waitForFunction(() => document.querySelector("#bench-said").dataset.digest);
}));

// A copy of the own case, with few runs, and a function that asks the command about it.
function ownCase(folder) {
    cpSync(new URL("../../scenarios/own_case", import.meta.url), folder, { recursive: true });
    const study = join(folder, "partnership.yaml");
    writeFileSync(study, readFileSync(study, "utf8").replace("replicates: 400", "replicates: 8"));
    return (...words) => spawnSync(process.env.DREDGE, words, { cwd: folder, encoding: "utf8" });
}

const listed = (page) => page.$$eval("#bench-files li span", (all) => all.map((item) => item.textContent));
const lists = (page, n) => page.waitForFunction((wanted) => document.querySelectorAll("#bench-files li").length === wanted, n);
const isRight = (page) => page.waitForSelector("#bench-faults .right");

async function digestOf(page) {
    await page.click("#bench-run");
    await page.waitForFunction(() => document.querySelector("#bench-said").dataset.digest);
    return page.getAttribute("#bench-said", "data-digest");
}

test("a study with members and ties: opened with its files, the command's digest, saved with them", noCommand, () => withBench((page) => withFolder(async (folder) => {
    const command = ownCase(folder), path = (name) => join(folder, name);
    writeFileSync(path("notes.txt"), "no part of it");
    await page.setInputFiles("#bench-file", ["notes.txt", "ties.csv", "partnership.yaml", "members.csv"].map(path));
    await lists(page, 3);
    await isRight(page);
    const bytes = (name) => readFileSync(path(name)).length.toLocaleString("en-GB");
    assert.deepEqual(await listed(page), [`ties.csv: read with the study (${bytes("ties.csv")} bytes)`, `members.csv: read with the study (${bytes("members.csv")} bytes)`,
        "notes.txt: not named by the study"]);
    const digest = await digestOf(page);
    assert.equal(command("run", "partnership.yaml", "-o", "a.h5", "--quiet").status, 0);
    assert.equal(digest, command("digest", "a.h5").stdout.trim());

    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#bench-save-study")]);
    assert.equal(download.suggestedFilename(), "partnership.zip");
    await download.saveAs(path("saved.zip"));
    execFileSync("/usr/bin/python3", ["-c", "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; z.extractall(sys.argv[2])",
        path("saved.zip"), path("saved")]);
    for (const name of ["partnership.yaml", "members.csv", "ties.csv"]) {
        assert.deepEqual(readFileSync(path(`saved/${name}`)), readFileSync(path(name)), name);
    }

    await page.click("#bench-files li:nth-child(2) button");
    await page.waitForFunction(() => document.querySelector("#bench-faults li:not(.right)")?.textContent.includes("members.csv"));
    assert.equal(await page.isDisabled("#bench-run"), true);
    await page.setInputFiles("#bench-file", path("members.csv"));
    await isRight(page);
    await page.selectOption("#bench-example", "pothole");
    await isRight(page);
    assert.deepEqual(await listed(page), [], "another study has other files");
})));

test("mistakes in a study's files stand at their file, line and column, as the command says them", noCommand, () => withBench((page) => withFolder(async (folder) => {
    for (const [name, from, to] of [["members.csv", "public,true,0.7,", "publik,true,7,"], ["ties.csv", "Bram de Wit,5", "Bram Wit,5"], ["members.csv", "sector", "sector,sector"],
        ["ties.csv", "# scale 1 5", "# scale 5"], ["partnership.yaml", "ties: ties.csv", "ties: tie.csv"], ["partnership.yaml", "members: members.csv", "members: /members.csv"]]) {
        const command = ownCase(folder), path = join(folder, name), right = readFileSync(path, "utf8");
        assert.ok(right.includes(from), from);
        writeFileSync(path, right.replace(from, to));
        await page.setInputFiles("#bench-file", ["partnership.yaml", "members.csv", "ties.csv"].map((one) => join(folder, one)));
        await page.waitForSelector("#bench-faults li:not(.right)");
        const said = await page.$$eval("#bench-faults li", (all) => all.map((item) => item.textContent));
        const { status, stderr } = command("check", "partnership.yaml");
        assert.equal(status, 3, to);
        said.forEach((sentence) => assert.ok(stderr.includes(sentence), `${sentence}\n${stderr}`));
        assert.equal((await page.$$("#bench-faults button")).length > 0, said[0].startsWith("partnership.yaml:"), "only a line of the text can be gone to");
        await page.selectOption("#bench-example", "pothole");
        await isRight(page);
    }
})));

test("a folder that is dropped: files below the study's folder and beside it are found as on the disk", noCommand, () => withBench((page) => withFolder(async (folder) => {
    const place = join(folder, "case"), study = join(place, "studies");
    mkdirSync(study, { recursive: true });
    ownCase(study);
    mkdirSync(join(study, "data"));
    mkdirSync(join(place, "shared"));
    renameSync(join(study, "members.csv"), join(study, "data/members.csv"));
    renameSync(join(study, "ties.csv"), join(place, "shared/ties.csv"));
    const text = readFileSync(join(study, "partnership.yaml"), "utf8").replace("members.csv", "data/members.csv").replace("ties.csv", "../shared/ties.csv");
    writeFileSync(join(study, "partnership.yaml"), text);
    const session = await page.context().newCDPSession(page);
    for (const type of ["dragEnter", "dragOver", "drop"]) {
        await session.send("Input.dispatchDragEvent", { type, x: 300, y: 300, data: { items: [], files: [place], dragOperationsMask: 1 } });
    }
    await page.waitForFunction((wanted) => document.querySelector("#bench-text").value === wanted, text);
    await isRight(page);
    assert.deepEqual((await listed(page)).map((line) => line.split(":")[0]).sort(), ["case/shared/ties.csv", "data/members.csv"]);
    const digest = await digestOf(page);
    const command = (...words) => execFileSync(process.env.DREDGE, words, { cwd: study, encoding: "utf8" });
    command("run", "partnership.yaml", "-o", "a.h5", "--quiet");
    assert.equal(digest, command("digest", "a.h5").trim());
})));
