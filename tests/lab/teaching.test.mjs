// SPDX-License-Identifier: GPL-3.0-or-later
// The page as a lesson: the first five minutes, the lesson docked beside every view, the worlds, the QR picture, print.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { onPages, picture, view } from "./browser.mjs";

const { withPage } = onPages({ before, after });

const text = (page, selector) => page.textContent(selector);

test("the first five minutes: who comes without a link bets, then sees, idea by idea; the sandbox is last", () => withPage({
    hash: "", motion: "reduce" }, async (page) => {
    assert.ok(await page.isVisible("#view-guide"));
    const bets = ["10", "12", "0", "50", "100"];
    for (const [index, bet] of bets.entries()) {
        assert.match(await text(page, "#guide-card .where"), new RegExp(`^Idea ${index + 1} of 6$`));
        assert.equal(await page.isDisabled("#guide-show"), true, "nothing is shown before a bet");
        assert.equal(await page.$(".beside"), null);
        for (const wrong of ["-1", "1.5", "1000", ""]) {
            await page.fill("#guide-bet", wrong);
            assert.equal(await page.isDisabled("#guide-show"), true, wrong);
        }
        await page.fill("#guide-bet", bet);
        const before = await picture(page, "#view-guide .river");
        await page.press("#guide-bet", "Enter");
        await page.waitForSelector(".beside");
        const [yours, came] = await page.$$eval(".beside b", (all) => all.map((one) => one.textContent));
        assert.equal(parseInt(yours, 10), Number(bet));
        assert.match(came, /^\d+%?$/);
        if (index < 4) {
            assert.notEqual((await picture(page, "#view-guide .river")).sum, before.sum);
        }
        assert.equal(await page.isDisabled("#guide-bet"), true, "a bet stands");
        await page.click("#guide-next");
    }
    assert.equal((await page.$$(".beside")).length, bets.length);
    await page.click("#guide-back");
    assert.equal(await page.inputValue("#guide-bet"), "100", "a bet is kept");
    await page.click("#guide-next");
    await page.click("#guide-to-compare");
    await page.waitForFunction(() => document.documentElement.dataset.ready === "compare");
}));

test("a reveal that is left is harmless", () => withPage({ hash: "" }, async (page) => {
    await page.fill("#guide-bet", "30");
    await page.click("#guide-show");
    await view(page, "suez");
    await view(page, "guide");
    await page.waitForFunction(() => document.querySelector(".beside"));
    await page.click("#guide-next");
    assert.match(await text(page, "#guide-card .where"), /^Idea 2/);
    assert.equal(await page.isDisabled("#guide-bet"), false);
}));

test("the lesson stands beside every view; its clock counts by the time of day and says when time is up", () => withPage({
    hash: "#view=lesson" }, async (page) => {
    await page.clock.install();
    await page.click(".steps li:nth-child(2) button");
    await page.click("#lesson-go");
    await page.waitForFunction(() => document.documentElement.dataset.ready === "compare");
    assert.match(await page.evaluate(() => location.hash), /step=2/);
    for (const name of ["helm", "worlds", "futures", "suez", "teacher", "guide", "compare"]) {
        await page.click(`#tab-${name}`);
        await page.waitForFunction((wanted) => document.documentElement.dataset.ready === wanted, name);
        assert.ok(await page.isVisible("#dock"), name);
        assert.match(await text(page, "#dock-title"), /Step 2 of 5/);
        assert.ok((await text(page, "#dock .content")).includes("Whose prediction"));
    }
    assert.equal(await text(page, "#dock-clock"), "8:00");
    await page.click("#dock-start");
    await page.clock.fastForward("07:00");
    await page.waitForFunction(() => document.querySelector("#dock-clock").textContent <= "1:00");
    assert.equal(await text(page, "#dock .alarm"), "");
    await page.check("#dock-sound");
    await page.evaluate(() => {
        window.tones = 0;
        window.AudioContext = class {
            get currentTime() { return 0; }
            createOscillator() { window.tones++; return { frequency: {}, connect: (next) => next, start() {}, stop() {} }; }
            createGain() { return { gain: { setValueAtTime() {}, exponentialRampToValueAtTime() {} }, connect: (next) => next }; }
            close() {}
        };
    });
    await page.clock.fastForward("01:05");
    await page.waitForFunction(() => document.querySelector("#dock .alarm").textContent === "Time is up.");
    assert.ok(await page.evaluate(() => document.querySelector("#dock").classList.contains("up")), "seen");
    assert.equal(await page.evaluate(() => window.tones), 3, "heard");
    await page.click("#dock-next");
    await page.waitForFunction(() => document.documentElement.dataset.ready === "suez");
    assert.equal(await text(page, "#dock-clock"), "9:00");
    await page.click("#dock-close");
    await page.waitForSelector("#dock", { state: "hidden" });
}));

test("worlds: the table of theories is computed here, a rule that is none gets its sentence, stopping and leaving are harmless", () => withPage({
    hash: "#view=worlds" }, async (page) => {
    await page.fill("#worlds-rule", "mood<5: 0/0; 0/0");
    await page.click("#worlds-run");
    await page.waitForFunction(() => document.querySelector("#worlds-fault").textContent.includes("no gauge"));
    await page.fill("#worlds-rule", "year<2: 60/100; 0/100");
    await page.click("#worlds-run");
    await page.waitForSelector("#worlds-outcome tbody tr");
    await page.click("#worlds-stop");
    await page.waitForFunction(() => !document.querySelector("#worlds-run").disabled);
    await page.click("#worlds-run");
    await view(page, "compare");
    await view(page, "worlds");
    await page.waitForFunction(() => !document.querySelector("#worlds-run").disabled);
    await page.click("#worlds-run");
    await page.waitForSelector("#worlds-outcome tbody tr:nth-child(12)");
    const rows = await page.$$eval("#worlds-outcome tbody tr", (all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
    assert.ok(rows.every((row) => row.length === 5 && row.slice(1).filter((cell) => cell.startsWith("★")).length >= 1));
    assert.ok(rows.every((row) => row[1] === row[4]), "the rhythm against itself");
    const stars = rows.filter((row) => row[1].startsWith("★")).length;
    assert.match(await text(page, "#worlds-outcome .verdict"), new RegExp(`in ${stars} of 12 worlds`));
    await view(page, "helm");
    assert.equal(await page.inputValue("#rule-text"), "year<2: 60/100; 0/100", "one rule for both views");
}));

test("the teacher's page prints: the plan without buttons and bars, on a few pages", () => withPage({ hash: "#view=teacher&step=1" }, async (page) => {
    await page.emulateMedia({ media: "print" });
    for (const hidden of [".top", "#dock", "#class-board", "#view-teacher button"]) {
        assert.equal(await page.isVisible(hidden), false, hidden);
    }
    assert.ok(await page.isVisible("#view-teacher table"));
    const paper = (await page.pdf({ format: "A4", margin: { top: "1.5cm", bottom: "1.5cm", left: "1.5cm", right: "1.5cm" } })).toString("latin1");
    const pages = (paper.match(/\/Type\s*\/Page\b/g) ?? []).length;
    assert.ok(pages >= 1 && pages <= 4, `${pages} pages`);
}));
