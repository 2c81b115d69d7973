// SPDX-License-Identifier: GPL-3.0-or-later
// How fast the workbench is, beside the command on vectors of the same width:
//
//     export LAB_NODE=build/lab/node LAB_FOLDER=$PWD/build/lab LAB_PAGE=build/lab/lab.html DREDGE=$PWD/build/release/dredge
//     node tests/lab/speed.mjs [RUNS]
//
// All count seconds of processor time, so that other work on the machine changes little: of the command on one thread at level
// v2 (128-bit vectors, as WebAssembly has), of the page's core alone in Node, and of Chromium's page with its workers, from the
// click to the report.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch, open } from "./browser.mjs";
import { startWorker } from "./worker.mjs";

const runs = Number(process.argv[2] ?? 100000), study = `replicates: ${Math.ceil(runs / 2)}\nregimes: [linear_kpi, iterative]\n`;
const folder = mkdtempSync(join(tmpdir(), "dredge-speed-"));
const show = (name, processor, elapsed) => process.stdout.write(`${name}: ${runs} default runs, ${processor.toFixed(2)} s of processor time, ${elapsed.toFixed(2)} s elapsed, `
    + `${Math.round(runs / processor)} runs per second of processor time\n`);

// Seconds of processor time of the command's children, by the shell's clock.
function ofCommand() {
    writeFileSync(join(folder, "default.yaml"), study);
    const started = performance.now();
    const times = execFileSync("/bin/sh", ["-c", '"$DREDGE" run default.yaml --no-file --threads 1 --quiet >/dev/null && times'],
        { cwd: folder, encoding: "utf8", env: { ...process.env, DREDGE_LEVEL: "v2" } });
    const seconds = times.trim().split("\n")[1].split(" ").map((word) => /(\d+)m([\d.]+)s/.exec(word)).reduce((sum, [, minutes, rest]) => sum + 60 * minutes + Number(rest), 0);
    return { processor: seconds, elapsed: (performance.now() - started) / 1000 };
}

// Of one worker's core, which compiles itself on the way.
async function ofCore() {
    const call = startWorker(process.env.LAB_FOLDER), started = performance.now(), before = process.cpuUsage();
    await call("bench_run", { name: "default.yaml", text: study, shard: 0, shards: 1 });
    const { user, system } = process.cpuUsage(before);
    return { processor: (user + system) / 1e6, elapsed: (performance.now() - started) / 1000 };
}

// Of the process that holds the page and its workers.
async function ofPage(browser) {
    const { page, close } = await open(browser, { hash: "#view=bench" }), session = await browser.newBrowserCDPSession();
    const spent = async () => (await session.send("SystemInfo.getProcessInfo")).processInfo.filter(({ type }) => type === "renderer").reduce((sum, { cpuTime }) => sum + cpuTime, 0);
    await page.fill("#bench-text", study);
    await page.waitForFunction((wanted) => document.querySelector("#bench-size").textContent.startsWith(wanted) && document.querySelector("#bench-faults .right"), runs.toLocaleString("en-GB"));
    const before = await spent(), started = performance.now();
    await page.click("#bench-run");
    await page.waitForFunction(() => document.querySelector("#bench-said").dataset.digest, null, { timeout: 1200000 });
    const found = { processor: await spent() - before, elapsed: (performance.now() - started) / 1000, said: await page.textContent("#bench-said") };
    await close();
    return found;
}

const browser = await launch();
try {
    const command = ofCommand(), core = await ofCore(), page = await ofPage(browser);
    show("command, v2, 1 thread", command.processor, command.elapsed);
    show("core in Node, 1 worker", core.processor, core.elapsed);
    show(`Chromium ${browser.version()}`, page.processor, page.elapsed);
    process.stdout.write(`${page.said}\nper second of processor time, of the command: core ${(command.processor / core.processor).toFixed(2)}, page ${(command.processor / page.processor).toFixed(2)}\n`);
} finally {
    await browser.close();
    rmSync(folder, { recursive: true });
}
