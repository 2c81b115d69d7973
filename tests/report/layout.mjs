// SPDX-License-Identifier: GPL-3.0-or-later
// How a report lies in its window, asked inside the page: both browsers answer the same questions.
import { constants, inflateSync } from "node:zlib";

// What sticks out of the window, is cut off, or cannot be reached. Nothing, on a page that is well.
export function badlyLaid() {
    const found = [];
    const wide = document.documentElement.clientWidth;
    const words = (element) => `${element.tagName.toLowerCase()} "${element.textContent.trim().replace(/\s+/g, " ").slice(0, 50)}"`;
    const scrolling = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
    if (document.documentElement.scrollWidth > wide) {
        found.push(`the page takes ${document.documentElement.scrollWidth} of ${wide} pixels`);
    }
    const shown = [...document.querySelectorAll("body *")].filter((element) => element.getClientRects().length > 0 && !element.closest(".skip"));
    for (const element of shown) {
        const box = element.getBoundingClientRect();
        let around = element.parentElement;
        while (around !== null && !scrolling(around)) {
            around = around.parentElement;
        }
        if (around === null && box.width > 0 && (box.left < -1 || box.right > wide + 1)) {
            found.push(`${words(element)} lies from ${box.left} to ${box.right} of ${wide} pixels`);
        }
        const own = getComputedStyle(element);
        if (["hidden", "clip"].includes(own.overflowX) && !(element instanceof SVGElement) && element.scrollWidth > element.clientWidth + 1) {
            found.push(`${words(element)} is cut: ${element.scrollWidth} in ${element.clientWidth} pixels`);
        }
        if (scrolling(element) && element.scrollWidth > element.clientWidth + 1) { // an arrow key reaches what is out of sight
            if (element.tabIndex < 0 && element.querySelector("a[href], button") === null) {
                found.push(`${words(element)} scrolls for a mouse alone`);
            }
            element.scrollLeft = element.scrollWidth;
            if (element.scrollLeft + element.clientWidth < element.scrollWidth - 1) {
                found.push(`${words(element)} does not scroll to its end`);
            }
            element.scrollLeft = 0;
        }
    }
    for (const text of document.querySelectorAll("svg text")) {
        const [own, chart] = [text.getBoundingClientRect(), text.ownerSVGElement.getBoundingClientRect()];
        if (own.width > 0 && (own.left < chart.left - 1 || own.right > chart.right + 1 || own.top < chart.top - 1 || own.bottom > chart.bottom + 1)) {
            found.push(`${words(text)} leaves its chart ${text.ownerSVGElement.id}`);
        }
    }
    return found;
}

// Everything unfolded, as a reader may have it.
export const unfold = () => document.querySelectorAll("details").forEach((details) => { details.open = true; });

// Has the drawing of a script, if there is one, the width of its place? It follows a window a moment later.
export const isDrawn = () => [...document.querySelectorAll("#fan canvas")].every((canvas) =>
    Math.abs(canvas.getBoundingClientRect().width - document.getElementById("fan").clientWidth) <= 1);

// How many elements can have the focus, in order; and which of all elements has it, -1 for none.
export const focusable = () => [...document.querySelectorAll("a[href], button, select, input, summary, [tabindex='0']")]
    .filter((element) => element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })).length;
export const focused = () => (document.activeElement === document.body ? -1 : [...document.querySelectorAll("*")].indexOf(document.activeElement));

// Windows in which reports are read: their width, and how many times larger their letters are. 1440 pixels at 200% show what
// 720 do. Colours change no more than borders, so that two windows tell.
export const windowsOf = (colours) => (colours === "light" ? [[320, 1], [390, 1], [768, 1], [720, 2], [1440, 1], [1920, 1]] : [[390, 1], [1440, 1]]);

// Pages of a file in the Portable Document Format; some writers pack the objects that tell of them.
export function pagesOf(paper) {
    const bytes = Buffer.from(paper);
    const text = bytes.toString("latin1");
    const packed = [...text.matchAll(/\/Type\s*\/ObjStm\b[^>]*>>\s*stream\r?\n/g)].map((found) =>
        inflateSync(bytes.subarray(found.index + found[0].length), { finishFlush: constants.Z_SYNC_FLUSH }).toString("latin1"));
    return [text, ...packed].join("\n").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}
