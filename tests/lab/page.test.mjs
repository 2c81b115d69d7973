// SPDX-License-Identifier: GPL-3.0-or-later
// The page in a real browser: every view, both languages, bad links, no complaint and no network.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { onPages, picture, settled, slide, speak, view } from "./browser.mjs";

const shared = onPages({ before, after }), { withPage } = shared;

const left = "#view-compare [data-lane='0']", right = "#view-compare [data-lane='1']";
const text = (page, selector) => page.textContent(selector);

test("one file under 3 MB that opens from file:// and draws", () => withPage({}, async (page) => {
    assert.ok(statSync(process.env.LAB_PAGE).size < 3e6);
    assert.equal(await page.title(), "dredge lab: dredging or quick results?");
    for (const canvas of [`${left} .table`, `${left} .river`, `${right} .table`, `${right} .river`]) {
        assert.ok((await picture(page, canvas)).inked > 1000, canvas);
    }
    assert.equal(await page.isVisible("#banner"), false);
    const scenarios = readdirSync(new URL("../../scenarios", import.meta.url)).filter((name) => name.endsWith(".yaml"));
    assert.equal((await page.$$("#scenario option")).length, scenarios.length);
}));

test("play, pause, step, scrub back; charts grow; equal at the start, different later", () => withPage({ hash: "#replicate=7" }, async (page) => {
    const start = await picture(page, `${left} .table`);
    assert.equal((await picture(page, `${right} .table`)).sum, start.sum, "the same luck gives the same start");
    await page.selectOption(".transport select", "32");
    await page.click(".transport .play");
    await page.waitForFunction(() => Number(document.querySelector(".scrub").value) > 20);
    await page.click(".transport .play");
    const paused = Number(await page.inputValue(".scrub"));
    await page.waitForTimeout(300);
    assert.equal(Number(await page.inputValue(".scrub")), paused);
    await page.click(".transport button:has-text('▶') >> nth=-1");
    assert.equal(Number(await page.inputValue(".scrub")), paused + 1);
    assert.notEqual((await picture(page, `${left} .table`)).sum, (await picture(page, `${right} .table`)).sum);
    assert.match(await text(page, "#live"), /Month \d+\. Linear with KPIs: symptom \d+%/);
    const inked = (await picture(page, "#view-compare .chart canvas")).sum;
    await slide(page, ".scrub", 0);
    assert.notEqual((await picture(page, "#view-compare .chart canvas")).sum, inked);
    let back = await picture(page, `${left} .table`);
    for (let look = 0; look < 30 && back.sum !== start.sum; look++) { // a busy browser draws later
        await page.waitForTimeout(100);
        back = await picture(page, `${left} .table`);
    }
    assert.equal(back.sum, start.sum, "scrubbed back to the start");
}));

test("the numbers are there as tables, and follow the month", () => withPage({}, async (page) => {
    await page.click(`${left} summary`);
    await slide(page, ".scrub", 60);
    const rows = await page.$$eval(`${left} table:nth-of-type(1) tbody tr`, (all) => all.map((row) => row.textContent));
    assert.equal(rows.length, 11);
    const trust = rows.find((row) => row.startsWith("Trust"));
    assert.ok((await page.getAttribute(`${left} .table`, "aria-label")).includes(`trust ${trust.replace("Trust", "")}`));
    assert.equal((await page.$$(`${left} table:nth-of-type(3) tbody tr`)).length, 15);
}));

test("an event is added, moved and taken away; charts, the line under the pictures and the link have it", () => withPage({}, async (page) => {
    const hash = () => page.evaluate(() => location.hash);
    const marked = "#view-compare .legend .event-key";
    await slide(page, ".scrub", 30);
    const before = (await picture(page, "#view-compare .chart canvas")).sum;
    await page.click("#conditions-open");
    await page.click("#condition-event-add");
    await settled(page);
    assert.match(await hash(), /events=scandal-24-0\.2/);
    assert.equal(await text(page, marked), "month 24: scandal");
    assert.notEqual((await picture(page, "#view-compare .chart canvas")).sum, before);
    await slide(page, ".scrub", 24);
    for (const side of [left, right]) {
        assert.match(await text(page, `${side} .events`), /^Month 24: From outside: scandal\./);
    }
    await page.selectOption("#condition-event-0-kind", "convener");
    await settled(page);
    await page.fill("#condition-event-0-month", "36");
    await page.press("#condition-event-0-month", "Tab");
    await settled(page);
    assert.match(await hash(), /events=convener-36-0\.3/);
    assert.equal(await text(page, marked), "month 36: another convener");
    await page.selectOption("#language", "nl");
    await settled(page);
    assert.equal(await text(page, marked), "maand 36: andere procesbegeleider");
    await view(page, "futures");
    await page.waitForFunction(() => document.querySelector("#view-futures .legend .event-key"));
    await view(page, "compare");
    await page.click("#condition-event-0-remove");
    await settled(page);
    assert.ok(!(await hash()).includes("events"));
    assert.equal(await page.$(marked), null);
}));

test("other regimes, scenarios, luck and conditions change the run; the link keeps them", () => withPage({}, async (page) => {
    await slide(page, ".scrub", 80);
    const before = (await picture(page, `${left} .river`)).sum;
    await page.click("#conditions-open");
    await slide(page, "#condition-divergence", 0.2);
    await page.waitForFunction(() => location.hash.includes("divergence=0.2"));
    assert.notEqual((await picture(page, `${left} .river`)).sum, before);
    await page.selectOption("#regime-left", "results_only");
    await page.selectOption("#scenario", "climate");
    await page.waitForFunction(() => location.hash.includes("scenario=climate"));
    assert.ok(!(await page.evaluate(() => location.hash)).includes("divergence"), "a new scenario starts with its own conditions");
    await page.fill("#replicate", "12");
    await page.press("#replicate", "Enter");
    await page.waitForFunction(() => location.hash.includes("replicate=12"));
    const label = (from) => from.getAttribute(`${right} .table`, "aria-label"), shown = await label(page);
    const link = await page.evaluate(() => location.hash);
    await withPage({ hash: link }, async (again) => {
        await slide(again, ".scrub", Number(await page.inputValue(".scrub")));
        assert.equal(await label(again), shown, "the link gives the same run");
    });
}));

test("a bad link gets a sentence for each mistake, and the page works", () => withPage({
    hash: "#scenario=nowhere&recognition=7&left=sideways&colour=red&replicate=x" }, async (page) => {
    const items = await page.$$eval("#banner li", (all) => all.map((item) => item.textContent));
    assert.equal(items.length, 5);
    assert.ok(items.some((item) => item.includes("recognition") && item.includes("0 to 1")));
    assert.ok(items.some((item) => item.includes("sideways") && item.includes("linear_kpi")));
    await page.click("#banner button");
    assert.equal(await page.isVisible("#banner"), false);
    await page.click(".transport button:has-text('▶') >> nth=-1");
    assert.equal(await page.inputValue(".scrub"), "1");
}));

test("an address that is changed while the page is busy is followed, not overwritten", () => withPage({}, async (page) => {
    await page.evaluate(() => {
        const tabs = document.querySelector("#tabs"), watch = new MutationObserver(() => {
            watch.disconnect();
            location.hash = "#view=teacher&language=nl"; // just before the page saves the link of what it shows
        });
        watch.observe(tabs, { childList: true });
        document.querySelector("#tab-suez").click();
    });
    await page.waitForFunction(() => document.documentElement.dataset.ready === "teacher" && document.documentElement.lang === "nl");
    assert.match(await page.evaluate(() => location.hash), /view=teacher/);
}));

test("an impossible combination gets the study reader's sentence", () => withPage({ hash: "#scenario=care&months=12" }, async (page) => {
    assert.match(await text(page, "#banner"), /care\.yaml|months/);
    assert.ok((await picture(page, `${left} .table`)).inked > 1000);
}));

const onMonth = (page, month) => page.waitForFunction((wanted) => document.querySelector("#view-helm .when").textContent.includes(`month ${wanted} of`)
    && !document.querySelector("#helm-go").disabled, month);

test("a link to a course draws at once, without a complaint", () => withPage({ hash: "#view=helm&replicate=7&course=60.100-0.75" }, async (page) => {
    await onMonth(page, 12);
    assert.ok((await picture(page, "#view-helm .table")).inked > 1000);
    assert.equal(await page.inputValue("#lever-depth"), "75");
    assert.equal(await page.isVisible("#banner"), false);
}));

test("the helm: ten years, three verdicts, scores, roles; the link keeps the course", () => withPage({
    hash: "#view=helm&replicate=3", motion: "reduce" }, async (page) => {
    for (let half = 1; half <= 20; half++) {
        const rhythm = [0, 1, 6, 7, 12, 13, 18, 19].includes(half - 1);
        await slide(page, "#lever-process", rhythm ? 60 : 0);
        await slide(page, "#lever-depth", 100);
        await page.click("#helm-go");
        if (half < 20) {
            await onMonth(page, 6 * half);
        }
        if (half === 5) {
            assert.match(await text(page, "#helm-funder"), /judges in month 36, in 6 months/);
        }
        if (half === 6) {
            assert.match(await text(page, "#view-helm .news"), /The funder judged in month 36: \d+%/);
        }
    }
    await page.waitForSelector("#helm-score section");
    assert.equal((await page.$$("#helm-score section")).length, 5);
    assert.equal((await page.$$("#helm-score .roles li")).length, 6);
    assert.match(await text(page, "#helm-funder"), /Month 36: verdict .* Month 72: verdict .* Month 108: verdict/);
    const score = await text(page, "#helm-score"), link = await page.evaluate(() => location.hash);
    await withPage({ hash: link, motion: "reduce" }, async (again) => {
        await again.waitForSelector("#helm-score section");
        assert.equal(await text(again, "#helm-score"), score, "the link gives the same voyage");
    });

    // The same rule, written down, is the same voyage in this future, and four more.
    await page.selectOption("#rule-example", "rhythm");
    await page.click("#rule-run");
    await page.waitForSelector("#rule-outcome tbody tr");
    const rows = await page.$$eval("#rule-outcome tbody tr", (all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
    assert.equal(rows.length, 6);
    const yours = await page.$$eval("#helm-score section:nth-child(-n+2) .bar:nth-of-type(3) b", (all) => all.map((one) => one.textContent));
    assert.deepEqual(rows[0].slice(1, 3), [yours[0], yours.find((_, index) => index > 0)]);
    await page.fill("#rule-text", "mood<5: 0/0; 0/0");
    await page.click("#rule-run");
    await page.waitForFunction(() => document.querySelector("#rule-fault").textContent.includes("no gauge"));
}));

test("a class: groups' codes on the teacher's chart", () => withPage({ hash: "#view=helm&replicate=3", motion: "reduce" }, async (page) => {
    const codes = [];
    for (const [group, example] of [["North", "rhythm"], ["South", "constant"]]) {
        await page.selectOption("#rule-example", example);
        await page.click("#rule-run");
        await page.waitForFunction(() => !document.querySelector("#rule-run").disabled);
        await page.fill("#rule-group", group);
        codes.push(await text(page, "#rule-code"));
    }
    const sum = await text(page, "#rule-outcome tbody tr:last-child td:nth-of-type(3)");
    await view(page, "teacher");
    await page.fill("#class-codes", `${codes.join("\n")}\ndredge1.spoiled.000`);
    await page.click("#class-run");
    await page.waitForSelector("#class-outcome tbody tr");
    const rows = await page.$$eval("#class-outcome tbody tr", (all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
    assert.deepEqual(rows.map((row) => row[1]), ["North", "South"]);
    assert.equal(rows[1][5], sum, "the code gives what the group saw");
    assert.equal((await page.$$(".classchart circle")).length, 2);
    assert.match(await text(page, "#class-fault"), /is no code/);
    assert.match(await page.evaluate(() => fetch(document.querySelector("#class-save").href).then((answer) => answer.text())), /North,mixed,/);
}));

test("the helm: levers and worlds change the course, a half-year can be taken back, other views do no harm", () => withPage({
    hash: "#view=helm&replicate=3" }, async (page) => {
    await slide(page, "#lever-process", 0);
    await page.click("#helm-go");
    await page.click("#tab-lesson"); // not waited for: the half-year is still passing
    await view(page, "helm");
    await onMonth(page, 6);
    const none = (await picture(page, "#view-helm .table")).sum;
    await page.click("#helm-undo");
    await onMonth(page, 0);
    await slide(page, "#lever-process", 80);
    await page.click("#helm-go");
    await onMonth(page, 6);
    assert.notEqual((await picture(page, "#view-helm .table")).sum, none);
    await page.click("#helm-undo");
    await onMonth(page, 0);
    await slide(page, "#lever-process", 0);
    await page.click("#helm-go");
    await onMonth(page, 6);
    assert.equal((await picture(page, "#view-helm .table")).sum, none, "the same decisions and luck give the same half-year");
    await page.selectOption("#helm-world", "old_wounds");
    await onMonth(page, 0);
    await settled(page);
    assert.match(await page.evaluate(() => location.hash), /world=old_wounds/);
}));

test("Suez: dredge, tug, wait, until the end, by button and by key", () => withPage({ hash: "#view=suez", motion: "reduce" }, async (page) => {
    await page.selectOption("#suez-grip", "light");
    const before = (await picture(page, ".suez .scene")).sum;
    await page.click("#suez-dredge");
    assert.match(await text(page, ".suez .log"), /dredged 900 m³/);
    assert.notEqual((await picture(page, ".suez .scene")).sum, before);
    await page.click(".suez h2");
    for (let turn = 0; turn < 45 && (await page.$("#suez-outcome table")) === null; turn++) {
        await page.keyboard.press(turn % 2 ? "t" : "w");
    }
    assert.equal((await page.$$("#suez-outcome tbody tr")).length, 4);
    assert.match(await text(page, "#live"), /free|Ten days/);
    await page.click(".suez details summary");
    const sources = await page.$$eval(".suez details a", (links) => links.map((link) => link.href));
    assert.ok(sources.length >= 8 && sources.every((source) => source.startsWith("https://")));
    await page.click("#suez-new");
    assert.equal(await page.$("#suez-outcome table"), null);
}));

test("the lesson: five steps of 45 minutes, each opens its view", () => withPage({ hash: "#view=lesson" }, async (page) => {
    const minutes = await page.$$eval(".steps button span:last-child", (all) => all.map((span) => parseInt(span.textContent, 10)));
    assert.equal(minutes.length, 5);
    assert.equal(minutes.reduce((sum, value) => sum + value, 0), 45);
    for (const [step, goal] of ["compare", "compare", "suez", "helm", "worlds"].entries()) {
        await view(page, "lesson");
        await page.click(`.steps li:nth-child(${step + 1}) button`);
        await page.click("#lesson-go");
        await page.waitForFunction((wanted) => document.documentElement.dataset.ready === wanted, goal);
        assert.ok(await page.isVisible(`#view-${goal}`));
    }
    await view(page, "teacher");
    assert.ok((await text(page, "#view-teacher")).length > 2500);
}));

test("Dutch: every view, and nothing in English left", () => withPage({ hash: "#view=compare&language=nl" }, async (page) => {
    assert.equal(await page.getAttribute("html", "lang"), "nl");
    assert.equal(await text(page, "#tab-compare"), "Vergelijken");
    for (const name of ["guide", "compare", "helm", "worlds", "futures", "suez", "lesson", "bench", "teacher"]) {
        await view(page, name);
        const words = await page.innerText("main");
        assert.ok(!/\b(the|which|of the|month)\b/i.test(words.replace(/".*?"|\bThe (Guardian|Construction|Press)\b/g, "")), `${name}: ${/.{30}\b(the|which|month)\b.{30}/is.exec(words)?.[0]}`);
    }
    await speak(page, "en");
    assert.equal(await text(page, "#tab-compare"), "Compare");
}));

test("by keyboard alone, with still pictures where motion is not wanted", () => withPage({ motion: "reduce" }, async (page) => {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.inputValue(".scrub"), "2");
    await page.keyboard.press("End");
    assert.match(await text(page, ".transport .when"), /36 months after support stopped/);
    await page.keyboard.press("Home");
    await page.keyboard.press(" ");
    await page.waitForFunction(() => Number(document.querySelector(".scrub").value) > 3);
    await page.keyboard.press(" ");
}));

test("everything that can be pressed or seen has a name for a screen reader", () => withPage({}, async (page) => {
    for (const name of ["guide", "compare", "helm", "worlds", "futures", "suez", "lesson", "bench"]) {
        await view(page, name);
        const nameless = await page.$$eval("button, select, input, canvas[role=img]", (all) => all.filter((element) => {
            const box = element.getBoundingClientRect();
            const label = element.getAttribute("aria-label") || element.textContent.trim() || element.closest("label")?.textContent.trim();
            return box.width > 0 && !label;
        }).map((element) => element.outerHTML.slice(0, 80)));
        assert.deepEqual(nameless, [], name);
    }
}));

test("light and dark, larger text, a small screen", () => withPage({ width: 640, height: 900 }, async (page) => {
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.click("#theme");
    assert.notEqual(await ground(), light);
    await page.click("#big");
    await settled(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth + 1), "no sideways scrolling");
}));

test("a browser that cannot compute gets a sentence, not a blank page", async () => {
    const file = join(tmpdir(), `dredge-lab-${process.pid}.html`);
    writeFileSync(file, readFileSync(process.env.LAB_PAGE, "utf8").replace('typeof WebAssembly!="object"', "true"));
    const context = await shared.browser.newContext({ locale: "en-GB" });
    try {
        const page = await context.newPage();
        await page.goto(`file://${file}`);
        await page.waitForFunction(() => document.getElementById("banner").textContent.includes("try another browser"));
        assert.equal(await text(page, "#tab-compare"), "Compare");
    } finally {
        await context.close();
        rmSync(file);
    }
});
