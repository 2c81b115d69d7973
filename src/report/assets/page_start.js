/* SPDX-License-Identifier: GPL-3.0-or-later */

startWeigh();
startCost();
startMatters();
startRecipes();
startTaking();
startTerms();

const drawings = [];
document.querySelectorAll(".interactive").forEach((part) => { part.hidden = false; });
if (data.fans) {
    drawings.push(startFans());
}
if (data.map) {
    startMap()();
}
const drawAll = () => drawings.forEach((draw) => draw());
drawAll();
let waiting = null;
let width = document.documentElement.clientWidth;
window.addEventListener("resize", () => {
    if (document.documentElement.clientWidth !== width) {
        width = document.documentElement.clientWidth;
        clearTimeout(waiting);
        waiting = setTimeout(drawAll, 120);
    }
});
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((details) => { details.open = true; }));

const provenance = document.querySelector("#provenance code");
try {
    provenance.textContent = JSON.stringify(JSON.parse(provenance.textContent), null, 2);
} catch (error) {
    provenance.parentElement.dataset.plain = "true"; /* it stays as it was written */
}
