// SPDX-License-Identifier: GPL-3.0-or-later
// Codes as QR pictures: what the page draws is read back, from a picture file and through a camera, and joins the class.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import { onPages, view } from "./browser.mjs";

const { makeCode } = await import(new URL("../../src/lab/page/code.js", import.meta.url));
const { encodeQR } = await import(pathToFileURL(join(process.env.LAB_FOLDER, "qr/index.js")));

const codeOf = (group) => makeCode({ group, world: "mixed", first: 3, rule: "year<2: 60/100; 0/100" });
const gif = (name, words) => ({ name, mimeType: "image/gif", buffer: Buffer.from(encodeQR(words, "gif", { scale: 6, border: 4 })) });

// A film of a camera that sees a QR picture on grey paper: luma of 640 x 480, then the two planes of no colour.
function film(words) {
    const rows = encodeQR(words, "raw", { border: 4 }), wide = 640, high = 480, size = Math.floor(440 / rows.length);
    const luma = Buffer.alloc(wide * high, 128), colours = Buffer.alloc(wide * high / 2, 128);
    rows.forEach((row, y) => row.forEach((isDark, x) => {
        for (let line = 0; line < size; line++) {
            const from = (20 + y * size + line) * wide + 100 + x * size;
            luma.fill(isDark ? 20 : 230, from, from + size);
        }
    }));
    const frame = Buffer.concat([Buffer.from("FRAME\n"), luma, colours]);
    return Buffer.concat([Buffer.from(`YUV4MPEG2 W${wide} H${high} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]);
}

const folder = mkdtempSync(join(tmpdir(), "dredge-scan-"));
writeFileSync(join(folder, "class.y4m"), film(codeOf("Noord")));
after(() => rmSync(folder, { recursive: true }));
const { withPage } = onPages({ before, after }, ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
    `--use-file-for-fake-video-capture=${join(folder, "class.y4m")}`]);

const said = (page, words) => page.waitForFunction((wanted) => document.querySelector("#scan-said").textContent.includes(wanted), words);
const codes = async (page) => (await page.inputValue("#class-codes")).split("\n").filter(Boolean);

test("the QR picture that a group gets, saved as a picture, is its code again and stands on the chart", () => withPage({
    hash: "#view=helm&replicate=3", motion: "reduce" }, async (page) => {
    await page.click("#rule-run");
    await page.waitForSelector("#rule-square svg");
    await page.fill("#rule-group", "Zuid & één");
    const code = await page.textContent("#rule-code");
    assert.ok(await page.$eval("#rule-square svg", (svg) => svg.getBoundingClientRect().width) >= 150);
    const sum = await page.textContent("#rule-outcome tbody tr:last-child td:nth-of-type(3)");
    const picture = { name: "code.png", mimeType: "image/png", buffer: await page.locator("#rule-square svg").screenshot() };
    await view(page, "teacher");
    await page.setInputFiles("#scan-file", picture);
    await said(page, "Zuid & één is added");
    assert.deepEqual(await codes(page), [code]);
    await page.click("#class-run");
    await page.waitForSelector("#class-outcome tbody tr");
    const row = await page.$eval("#class-outcome tbody tr", ({ cells }) => [...cells].map((cell) => cell.textContent));
    assert.deepEqual([row[1], row[5]], ["Zuid & één", sum]);
    assert.equal((await page.$$(".classchart circle")).length, 1);
}));

test("several pictures at once; what is no picture, has no code, another's or one twice gets its sentence", () => withPage({ hash: "#view=teacher" }, async (page) => {
    await page.fill("#class-codes", codeOf("West"));
    const empty = Buffer.from("R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==", "base64");
    await page.setInputFiles("#scan-file", [gif("o.gif", codeOf("Oost")), gif("n.gif", codeOf("Noord")), gif("o2.gif", codeOf("Oost")), gif("w.gif", codeOf("West")),
        gif("site.gif", "https://example.org/a"), { name: "notes.png", mimeType: "image/png", buffer: Buffer.from("no picture") }, { name: "white.gif", mimeType: "image/gif", buffer: empty }]);
    await said(page, "white.gif: no QR picture");
    const sentences = await page.textContent("#scan-said");
    for (const wanted of ["Oost is added. Codes: 2.", "Noord is added. Codes: 3.", "Oost was there already.", "West was there already.",
        "This picture says \"https://example.org/a…\"", "notes.png: no picture that this browser can read."]) {
        assert.ok(sentences.includes(wanted), `${wanted}\n${sentences}`);
    }
    assert.deepEqual(await codes(page), [codeOf("West"), codeOf("Oost"), codeOf("Noord")]);
}));

test("a picture that is small, large, turned or cut off at its edge", () => withPage({ hash: "#view=teacher" }, async (page) => {
    const rows = encodeQR(codeOf("Oost"), "raw", { border: 1 }).slice(1, -1).map((row) => row.slice(1, -1));
    for (const [name, scale, angle] of [["small", 2, 0], ["large", 30, 0], ["turned", 8, 90], ["aslant", 8, 12], ["upside", 8, 180]]) {
        const url = await page.evaluate(([modules, size, turn]) => {
            const side = Math.ceil(modules.length * size * (turn % 90 ? 1.3 : 1)), canvas = new OffscreenCanvas(side, side), context = canvas.getContext("2d");
            context.fillStyle = "#fff";
            context.fillRect(0, 0, side, side);
            context.translate(side / 2, side / 2);
            context.rotate(turn * Math.PI / 180);
            context.translate(-modules.length * size / 2, -modules.length * size / 2);
            context.fillStyle = "#000";
            modules.forEach((row, y) => row.forEach((isDark, x) => isDark && context.fillRect(x * size, y * size, size, size)));
            return canvas.convertToBlob().then((blob) => new Promise((resolve) => {
                const reader = new FileReader();
                reader.onload = () => resolve(reader.result);
                reader.readAsDataURL(blob);
            }));
        }, [rows, scale, angle]);
        await page.fill("#class-codes", "");
        await page.$eval("#scan-said", (line) => { line.textContent = ""; });
        await page.setInputFiles("#scan-file", { name: `${name}.png`, mimeType: "image/png", buffer: Buffer.from(url.split(",")[1], "base64") });
        await said(page, ".");
        assert.deepEqual(await codes(page), [codeOf("Oost")], `${name}: ${await page.textContent("#scan-said")}`);
    }
}));

test("the camera reads a code; it is off when it is stopped and when another view opens", () => withPage({ hash: "#view=teacher" }, async (page) => {
    const isOn = () => page.$eval(".scan video", (video) => video.srcObject !== null);
    await page.click("#scan-start");
    await said(page, "Noord is added");
    assert.deepEqual(await codes(page), [codeOf("Noord")]);
    assert.equal(await isOn(), true);
    await page.click("#scan-stop");
    assert.equal(await isOn(), false);
    await page.click("#scan-start");
    await page.waitForSelector("#scan-stop", { state: "visible" });
    await view(page, "lesson");
    assert.equal(await isOn(), false);
    await view(page, "teacher");
    assert.ok(await page.isVisible("#scan-start"));
}));

test("a camera that is refused, missing or used, and a browser without: a sentence, and the other ways stay", () => withPage({ hash: "#view=teacher" }, async (page) => {
    for (const [name, wanted] of [["NotAllowedError", "does not let the page use the camera"], ["NotFoundError", "There is no camera"], ["NotReadableError", "another program"]]) {
        await page.evaluate((kind) => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", kind)); }, name);
        await page.click("#scan-start");
        await said(page, wanted);
        assert.equal(await page.isDisabled("#scan-start"), false);
    }
    await page.evaluate(() => Object.defineProperty(navigator, "mediaDevices", { value: undefined }));
    await view(page, "lesson");
    await view(page, "teacher");
    assert.equal(await page.isVisible("#scan-start"), false);
    assert.ok(await page.isVisible("#scan-file"));
}));

test("where the browser reads QR pictures itself, it does, and finds several in one; where it fails, the page reads", () => withPage({ hash: "#view=teacher" }, async (page) => {
    await page.evaluate((found) => {
        window.BarcodeDetector = class {
            static getSupportedFormats() { return Promise.resolve(["qr_code"]); }
            detect() { return found.length ? Promise.resolve(found.splice(0).map((rawValue) => ({ rawValue }))) : Promise.reject(new DOMException("", "NotSupportedError")); }
        };
    }, [codeOf("Noord"), codeOf("Zuid")]);
    await page.setInputFiles("#scan-file", gif("both.gif", codeOf("Oost")));
    await said(page, "Zuid is added");
    await page.setInputFiles("#scan-file", gif("one.gif", codeOf("Oost")));
    await said(page, "Oost is added");
    assert.deepEqual(await codes(page), ["Noord", "Zuid", "Oost"].map(codeOf));
}));
