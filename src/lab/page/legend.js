// SPDX-License-Identifier: GPL-3.0-or-later
// The key to the pictures.
import { make } from "./dom.js";
import { palette, shapeIcon } from "./palette.js";
import { sectorName } from "./people.js";
import { sources } from "./record.js";
import { signIcon } from "./signs.js";
import { text } from "./text.js";

function sample(drawing, label) {
    const holder = make("span");
    const icon = make("span", { className: "icon" });
    icon.innerHTML = `<svg viewBox="0 0 40 20" aria-hidden="true">${drawing}</svg>`;
    holder.append(icon, label);
    return holder;
}

function ring(colour, label) {
    return sample(`<path d="M10 17A11 11 0 0 1 30 17" fill="none" stroke="${colour}" stroke-width="6"/>`, label);
}

export function legendKey() {
    const colours = palette();
    const sectors = [0, 1, 2, 3].map((sector) => make("span", {}, shapeIcon(sector, colours.sectors[sector]), sectorName(sector)));
    return [
        ...sectors,
        sample(`<line x1="1" y1="10" x2="39" y2="10" stroke="${colours.trust}" stroke-width="4"/>`, text("key_trust")),
        sample(`<line x1="4" y1="10" x2="36" y2="10" stroke="${colours.latent}" stroke-width="14" opacity=".5" stroke-linecap="round"/>`, text("key_latent")),
        sample(`<polyline points="1,10 7,3 13,17 19,3 25,17 31,3 39,10" fill="none" stroke="${colours.open}" stroke-width="3"/>`, text("key_open")),
        sample(`<path d="M20 1 23 7 30 5 26 11 31 16 23 14 20 19 17 14 9 16 14 11 10 5 17 7Z" fill="${colours.flash}" stroke="${colours.open}"/>`, text("key_escalation")),
        ring(colours.process, text("key_process")), ring(colours.causes, text("key_causes")), ring(colours.quick, text("key_results")),
        sample(`<circle cx="20" cy="10" r="8" fill="none" stroke="${colours.ink}" stroke-dasharray="3 3" stroke-width="1.6"/>`, text("key_new")),
        sample(`<rect x="4" y="3" width="32" height="14" fill="${colours.sand}"/><text x="20" y="15" font-size="13" text-anchor="middle" fill="${colours.ink}">?</text>`, text("key_unknown")),
        sample(`<rect x="4" y="3" width="32" height="14" fill="${colours.loose}" stroke="${colours.rock}" stroke-dasharray="5 3"/>`, text("key_diagnosed")),
        ...sources.map((source) => make("span", {}, make("span", { className: "icon sign", style: `color:${colours.signs[source]}` }, signIcon(source)), text(`sign_${source}`))),
        sample(`<rect x="4" y="3" width="32" height="14" fill="none" stroke="${colours.soft}" stroke-dasharray="2 3"/>`, text("key_addressed")),
        sample(`<line x1="1" y1="10" x2="39" y2="10" stroke="${colours.ink}" stroke-width="2" stroke-dasharray="7 5"/>`, text("key_return")),
        sample(`<path d="M4 17Q10 0 34 16" fill="none" stroke="${colours.quick}" stroke-width="3"/>`, text("key_quick")),
    ];
}
