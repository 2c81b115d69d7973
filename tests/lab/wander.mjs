// SPDX-License-Identifier: GPL-3.0-or-later
// A hand without a plan, in any browser: both functions run inside the page.

export const views = ["guide", "compare", "helm", "worlds", "futures", "suez", "lesson", "bench", "teacher"];

// LAB_WALK: how many actions; few say already whether the page bears it.
export const steps = { seed: 20260117, count: Number(process.env.LAB_WALK ?? 300) };

// Does `count` actions in the page: presses what can be pressed, chooses, types and slides, by numbers from `seed` (a linear
// congruential row, so that a walk can be repeated). Prints, downloads, files and runs at the workbench are left out, and no camera is given. Gives what was done last.
export function wander({ seed, count }) {
    let state = seed >>> 0;
    const below = (n) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 4294967296) * n);
    };
    const words = ["", "0", "7", "-3", "50", "99999999", "60/100", "year<2: 60/100; 0/100", "<b>", "é"];
    window.print = () => {};
    if (navigator.mediaDevices) {
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotAllowedError"));
    }
    const done = [];
    const act = () => {
        const dialog = document.querySelector("dialog[open]"), from = dialog ?? document;
        const all = [...from.querySelectorAll("button:not(#bench-run), select, input:not([type=file]), textarea, summary")].filter((element) =>
            element.getClientRects().length > 0 && !element.disabled);
        const element = all[below(all.length)];
        done.push(`${element.tagName} ${element.id || element.className || element.textContent.slice(0, 20)}`);
        if (element.tagName === "SELECT") {
            element.selectedIndex = below(element.options.length);
            element.dispatchEvent(new Event("change", { bubbles: true }));
        } else if (element.type === "range") {
            element.value = Number(element.min) + below(101) * (Number(element.max) - Number(element.min)) / 100;
            element.dispatchEvent(new Event("input", { bubbles: true }));
            element.dispatchEvent(new Event("change", { bubbles: true }));
        } else if (element.matches("textarea, input:not([type=checkbox])")) {
            const word = words[below(words.length)];
            element.value = element.type === "number" && !/^-?\d*$/.test(word) ? "12" : word;
            element.dispatchEvent(new Event("input", { bubbles: true }));
            element.dispatchEvent(new Event("change", { bubbles: true }));
        } else {
            element.click();
        }
        if (below(12) === 0) {
            const keys = [" ", "ArrowRight", "ArrowLeft", "Home", "End", "d", "t", "w", "Escape"];
            document.body.dispatchEvent(new KeyboardEvent("keydown", { key: keys[below(keys.length)], bubbles: true }));
        }
        if (below(25) === 0) {
            document.querySelectorAll("#tabs button")[below(document.querySelectorAll("#tabs button").length)].click();
        }
    };
    return new Promise((resolve) => {
        const next = () => {
            for (let together = 0; together < 10 && done.length < count; together++) {
                act();
            }
            return done.length < count ? setTimeout(next, 0) : resolve(done.slice(-5));
        };
        next();
    });
}

// What must still work after a walk: a link, every view, a month further in Compare, half a year at the helm.
export async function afterwards(names) {
    const one = (selector) => document.querySelector(selector);
    const until = async (what, isSo) => {
        for (const end = Date.now() + 240000; !isSo();) {
            if (Date.now() > end) {
                throw new Error(`after the walk: ${what}`);
            }
            await new Promise((resolve) => { setTimeout(resolve, 50); });
        }
    };
    const open = (name) => {
        one(`#tab-${name}`).click();
        return until(`no ${name}`, () => document.documentElement.dataset.ready === name && one(`#view-${name}`).getClientRects().length > 0);
    };
    one("dialog[open]")?.close();
    if (/went wrong|ging iets mis/.test(one("#banner").textContent)) {
        throw new Error(`after the walk: ${one("#banner").textContent}`);
    }
    location.hash = "#view=compare&language=en&scenario=pothole";
    await until("no link", () => document.documentElement.dataset.ready === "compare" && document.documentElement.lang === "en" && one("#scenario").value === "pothole");
    for (const name of names) {
        await open(name);
    }
    await open("compare");
    const month = Number(one(".scrub").value), back = month === Number(one(".scrub").max);
    [...document.querySelectorAll("#view-compare .transport button")].find(({ textContent }) => textContent === (back ? "◀" : "▶")).click();
    await until("no other month", () => Number(one(".scrub").value) !== month);
    await open("helm");
    one("#helm-restart").click();
    await until("no beginning", () => one("#view-helm .when").textContent.includes("month 0 of") && !one("#helm-go").disabled);
    one("#helm-go").click();
    await until("no half-year", () => one("#view-helm .when").textContent.includes("month 6 of"));
}
