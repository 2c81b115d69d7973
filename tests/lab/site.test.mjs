// SPDX-License-Identifier: GPL-3.0-or-later
// The folder for a web host: it installs, works without its host, and opens the same links as the file.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import test from "node:test";
import { launch, open, picture } from "./browser.mjs";

const maker = new URL("../../src/lab/site.mjs", import.meta.url).pathname;
const types = { ".html": "text/html", ".js": "text/javascript", ".png": "image/png", ".svg": "image/svg+xml", ".webmanifest": "application/manifest+json" };

const make = (folder) => execFileSync(process.execPath, [maker, process.env.LAB_PAGE, folder, "0.0"], { encoding: "utf8" });

// Serves a folder below /some/where/, as a learning platform would; counts what is asked.
async function serve(folder) {
    const asked = [];
    const server = createServer((request, response) => {
        const path = new URL(request.url, "http://x").pathname.replace("/some/where/", "") || "index.html";
        asked.push(path);
        try {
            const body = readFileSync(join(folder, path));
            response.writeHead(200, { "content-type": types[extname(path)] ?? "text/plain" }).end(body);
        } catch {
            response.writeHead(404).end();
        }
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const stop = () => new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
    });
    return { address: `http://127.0.0.1:${server.address().port}/some/where/`, asked, stop };
}

async function withFolder(use) {
    const folder = mkdtempSync(join(tmpdir(), "dredge-site-"));
    try {
        await use(folder);
    } finally {
        rmSync(folder, { recursive: true });
    }
}

test("the folder: its files, twice the same; another page is not overwritten", () => withFolder((folder) => {
    make(folder);
    const read = () => Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), "latin1")]));
    const first = read();
    assert.deepEqual(Object.keys(first).sort(), ["icon-192.png", "icon-512.png", "icon.svg", "index.html", "manifest.webmanifest", "service-worker.js"]);
    make(folder);
    assert.deepEqual(read(), first);
    for (const size of [192, 512]) {
        const png = Buffer.from(first[`icon-${size}.png`], "latin1");
        assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [size, size]);
    }
    writeFileSync(join(folder, "index.html"), "<title>mine</title>");
    const refused = spawnSync(process.execPath, [maker, process.env.LAB_PAGE, folder, "0.0"], { encoding: "utf8" });
    assert.equal(refused.status, 4);
    assert.match(refused.stderr, /another page stands there/);
    assert.equal(readFileSync(join(folder, "index.html"), "utf8"), "<title>mine</title>");
}));

test("hosted: it can be installed, works without the host, and links open the same as from the file", () => withFolder(async (folder) => {
    make(folder);
    const { address, asked, stop } = await serve(folder), browser = await launch();
    let stopped = false;
    try {
        const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1366, height: 768 }, reducedMotion: "reduce" });
        const page = await context.newPage(), faults = [];
        page.setDefaultTimeout(240000);
        page.on("console", (message) => ["error", "warning"].includes(message.type()) && faults.push(message.text()));
        page.on("pageerror", (error) => faults.push(error.message));
        const link = "#view=helm&replicate=7&course=60.100-0.75";
        const ready = (view) => page.waitForFunction((wanted) => document.documentElement.dataset.ready === wanted, view);
        await page.goto(address + link);
        await ready("helm");
        await page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active.state === "activated"
            || new Promise((resolve) => { active.onstatechange = () => active.state === "activated" && resolve(); })));
        const session = await context.newCDPSession(page);
        const manifest = await session.send("Page.getAppManifest");
        assert.deepEqual(manifest.errors, []);
        assert.match(manifest.url, /manifest\.webmanifest$/);
        assert.deepEqual((await session.send("Page.getInstallabilityErrors")).installabilityErrors.map(({ errorId }) => errorId)
            .filter((id) => id !== "in-incognito"), []);

        await stop();
        stopped = true;
        const before = asked.length;
        await page.reload();
        await ready("helm");
        assert.equal(asked.length, before);
        assert.deepEqual(faults, []);
        const { page: filed, close } = await open(browser, { hash: link, width: 1366, height: 768, motion: "reduce" });
        await filed.waitForFunction(() => document.querySelector("#view-helm .when").textContent.includes("month 12 of"));
        assert.equal(await page.getAttribute("#view-helm .table", "aria-label"), await filed.getAttribute("#view-helm .table", "aria-label"));
        assert.equal(await page.evaluate(() => location.hash), await filed.evaluate(() => location.hash));
        assert.ok((await picture(page, "#view-helm .table")).inked > 1000);
        await close();
        await context.close();
    } finally {
        if (!stopped) {
            await stop();
        }
        await browser.close();
    }
}));
