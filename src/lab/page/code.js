// SPDX-License-Identifier: GPL-3.0-or-later
// A group's code: its name, the world, the first future and its rule. The teacher's page sails it again, so that a code says
// what was done, not what came of it.

const mark = "dredge1.";

function sum(bytes) {
    return bytes.reduce((total, byte) => (31 * total + byte) % 46656, 7).toString(36).padStart(3, "0");
}

export function makeCode({ group, world, first, rule }) {
    const bytes = new TextEncoder().encode([group.trim().slice(0, 40), world, first, rule.trim().replace(/\s+/g, " ")].join("\n"));
    const letters = btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
    return `${mark}${letters}.${sum(bytes)}`;
}

// What a code says, or null when it is none or was copied wrongly. `worlds`: the names that there are.
export function readCode(code, worlds) {
    const found = /^dredge1\.([\w-]+)\.([0-9a-z]{3})$/.exec(code.trim());
    if (!found) {
        return null;
    }
    try {
        const bytes = Uint8Array.from(atob(found[1].replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
        const [group, world, first, rule, ...more] = new TextDecoder("utf-8", { fatal: true }).decode(bytes).split("\n");
        const right = sum(bytes) === found[2] && more.length === 0 && worlds.includes(world) && /^\d{1,6}$/.test(first) && rule;
        return right ? { group, world, first: Number(first), rule } : null;
    } catch {
        return null;
    }
}
