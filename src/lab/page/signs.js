// SPDX-License-Identifier: GPL-3.0-or-later
// Signs of what a cause was found by, and of the links of the chain: the same shapes on canvases and as SVG.
import { palette } from "./palette.js";

// In a box of 20: a bolt for conflict, a lens for analysis, a spade for trying.
const shapes = {
    conflict: "M11.5 1 4 11.5h5L7.5 19 16 8h-5.2z",
    analysis: "M8 2a6 6 0 1 0 3.6 10.8l5 5 1.9-1.9-5-5A6 6 0 0 0 8 2zm0 2.4a3.6 3.6 0 1 1 0 7.2 3.6 3.6 0 0 1 0-7.2z",
    doing: "M8.7 1h2.6v8H15v3.5c0 3.2-2.4 5.2-5 6.5-2.6-1.3-5-3.3-5-6.5V9h3.7z",
};
const links = {
    talk: "M2 3h16v10H9l-4 5v-5H2z",
    worked: "M2 11 6 4l4 8 4-8 4 7-2 1-2-3.5L10 17 6 8.5 4 12z",
    found: "M9 2h2v9.5l3.5-3.5 1.5 1.5-6 6-6-6L5.5 8 9 11.5zM3 17h14v2H3z",
    dug: "M2 8h9l6-6 1.5 1.5L13 9.5V17H2zM4 10v5h7v-5z",
    symptom: "M1 6c3-3.5 6 2.5 9 0s6-2 9 0v3c-3-2-6-2.5-9 0s-6-3.5-9 0zM1 13c3-3.5 6 2.5 9 0s6-2 9 0v3c-3-2-6-2.5-9 0s-6-3.5-9 0z",
    relevance: "M10 2l2.4 5.4 5.8.6-4.4 3.9 1.3 5.8L10 14.7l-5.1 3 1.3-5.8L1.8 8l5.8-.6z",
};

function icon(path) {
    const space = "http://www.w3.org/2000/svg", svg = document.createElementNS(space, "svg");
    svg.setAttribute("viewBox", "0 0 20 20");
    svg.setAttribute("aria-hidden", "true");
    const shape = svg.appendChild(document.createElementNS(space, "path"));
    shape.setAttribute("d", path);
    shape.setAttribute("fill", "currentColor");
    shape.setAttribute("fill-rule", "evenodd");
    return svg;
}

export function signIcon(source) {
    return icon(shapes[source]);
}

export function chainIcon(link) {
    return icon(links[link]);
}

// Draws the signs of `by` side by side around (x, y) on a light disc.
export function drawSigns(context, by, x, y, size) {
    const colours = palette();
    by.forEach((source, index) => {
        const left = x + (index - by.length / 2) * size * 1.1, top = y - size / 2;
        context.save();
        context.fillStyle = colours.paper;
        context.beginPath();
        context.arc(left + size * 0.55, y, size * 0.68, 0, 2 * Math.PI);
        context.fill();
        context.translate(left + size * 0.05, top);
        context.scale(size / 20, size / 20);
        context.fillStyle = colours.signs[source];
        context.fill(new Path2D(shapes[source]), "evenodd");
        context.restore();
    });
}
