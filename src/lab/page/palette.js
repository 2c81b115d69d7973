// SPDX-License-Identifier: GPL-3.0-or-later
// Colours that people with any colour vision can tell apart (after Okabe & Ito 2008), and the sectors' shapes: nothing is
// told by colour alone.

const light = {
    ink: "#14232b", soft: "#5a6b73", paper: "#ffffff", line: "#d5d0c3",
    water: "#cfe6ea", deep: "#5fa3b3", surface: "#0b6e86", trust: "#21606f", latent: "#9b3fa0", open: "#c4400b",
    flash: "#f5c400", sand: "#c9a063", loose: "#e8d3a5", rock: "#8a6a3b", wall: "#9a938a", sky: "#eef4f5",
    process: "#0b6e86", causes: "#8a5a1c", quick: "#e69f00", pressure: "#c4400b",
    signs: { conflict: "#b5390a", analysis: "#1f63a8", doing: "#4b7a14" },
    sectors: ["#2f6fb0", "#e09a00", "#1a8f6a", "#b8548f"], lanes: ["#c4520a", "#1f63a8", "#6b3fa0"],
};
const dark = {
    ink: "#eaf2f4", soft: "#a3b6bd", paper: "#11252d", line: "#2d4753",
    water: "#1c4552", deep: "#2b6f80", surface: "#6fd0e0", trust: "#9ad7e2", latent: "#d97fe0", open: "#ff8a4d",
    flash: "#ffe04d", sand: "#a9834b", loose: "#d9bd85", rock: "#6f552f", wall: "#5d6a70", sky: "#0f2027",
    process: "#5cc4d6", causes: "#d09a4e", quick: "#ffc04d", pressure: "#ff8a4d",
    signs: { conflict: "#ff8a4d", analysis: "#6fb1f0", doing: "#a9d86a" },
    sectors: ["#6fb1f0", "#ffbe3d", "#45c79a", "#e58fc0"], lanes: ["#ff9455", "#6fb1f0", "#c6a0f5"],
};

export function palette() {
    return document.documentElement.dataset.theme === "dark" ? dark : light;
}

// The lanes' dashes in charts: left, right, hand.
export const laneDashes = [[], [10, 4], [3, 3]];

// A sector's shape around (0, 0): public square, private disc, nonprofit triangle, knowledge hexagon.
export function traceShape(context, sector, x, y, radius) {
    context.beginPath();
    if (sector === 1) {
        context.arc(x, y, radius, 0, 2 * Math.PI);
    } else {
        const corners = [4, 0, 3, 6][sector], turn = [Math.PI / 4, 0, -Math.PI / 2, 0][sector];
        const reach = radius * [1.22, 1, 1.32, 1.1][sector];
        for (let corner = 0; corner < corners; corner++) {
            const angle = turn + (2 * Math.PI * corner) / corners;
            context.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
        }
    }
    context.closePath();
}

// The same shape as an SVG for legends.
export function shapeIcon(sector, colour) {
    const shapes = ['<rect x="3" y="3" width="14" height="14"/>', '<circle cx="10" cy="10" r="8"/>',
        '<path d="M10 1 19 17 1 17Z"/>', '<path d="M1 10 5.5 2.2 14.5 2.2 19 10 14.5 17.8 5.5 17.8Z"/>'];
    const holder = document.createElement("span");
    holder.className = "icon";
    holder.innerHTML = `<svg viewBox="0 0 20 20" aria-hidden="true" fill="${colour}">${shapes[sector]}</svg>`;
    return holder;
}
