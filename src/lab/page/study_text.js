// SPDX-License-Identifier: GPL-3.0-or-later
// Changes a key in the text of a study and leaves the rest, with its comments, as it stands.

// A scalar, and what follows it on its line.
const scalar = /^(\s*)([^#{}[\],|>&*!]*?)(\s*(?:\s#.*)?)$/;

// Puts `value` in place of the scalar behind a colon; null where something else stands there.
function swap(behind, value) {
    const found = scalar.exec(behind);
    return found ? `${found[1] || " "}${value}${found[3]}` : null;
}

// A mapping in braces on one line: { before, inside, after }, or null.
function braces(behind) {
    const found = /^(\s*\{)([^{}]*(?:\{[^{}]*\}[^{}]*)*)(\}\s*(?:#.*)?)$/.exec(behind);
    return found && { before: found[1], inside: found[2], after: found[3] };
}

// Sets `key` among the entries inside braces.
function swapInside(inside, key, value) {
    const own = new RegExp(`(^|,)(\\s*)(${key}\\s*:\\s*)([^,{}[\\]]*)(?=,|$)`);
    if (own.test(inside)) {
        return inside.replace(own, (whole, comma, space, name) => `${comma}${space}${name}${value}`);
    }
    return new RegExp(`(^|,)\\s*${key}\\s*:`).test(inside) ? null : `${inside.trim() ? `${inside.trimEnd()}, ` : ""}${key}: ${value}`;
}

// The block below line `at`: one past its last line, and the indentation of its entries ("" when it has none).
function blockBelow(lines, at) {
    let end = at + 1, indent = "";
    for (; end < lines.length && (/^\s/.test(lines[end]) || lines[end].trim() === "" || lines[end].startsWith("#")); end++) {
        indent ||= /^(\s+)[\w"-]/.exec(lines[end])?.[1] ?? "";
    }
    return { end, indent };
}

// The text with `key` ("months", "convener.skill") set to `value`; null where the key stands in a form that this does not change.
export function setKey(text, key, value) {
    const [top, inner] = key.split("."), lines = text.replace(/\n$/, "").split("\n");
    const at = lines.findIndex((line) => line.startsWith(`${top}:`));
    if (at < 0) {
        return `${lines.join("\n")}\n${inner ? `${top}: {${inner}: ${value}}` : `${top}: ${value}`}\n`;
    }
    const behind = lines[at].slice(top.length + 1), { end, indent } = blockBelow(lines, at);
    const flow = braces(behind);
    let changed = null;
    if (!inner) {
        changed = indent ? null : flow ? ` ${value}` : swap(behind, value);
    } else if (flow) {
        const inside = swapInside(flow.inside, inner, value);
        changed = inside === null ? null : `${flow.before}${inside}${flow.after}`;
    } else if (indent && /^\s*(#.*)?$/.test(behind)) {
        const own = lines.findIndex((line, index) => index > at && index < end && line.startsWith(`${indent}${inner}:`));
        if (own < 0) {
            lines.splice(at + 1, 0, `${indent}${inner}: ${value}`);
            return `${lines.join("\n")}\n`;
        }
        const replaced = swap(lines[own].slice(indent.length + inner.length + 1), value);
        lines[own] = `${indent}${inner}:${replaced}`;
        return replaced === null ? null : `${lines.join("\n")}\n`;
    }
    lines[at] = `${top}:${changed}`;
    return changed === null ? null : `${lines.join("\n")}\n`;
}

// The lines of the study `name` that the sentences of its reader name: [{ line, sentence }], line 0 where none is named, as in
// what is said of another file.
export function faultLines(message, name) {
    return message.split("\n").filter(Boolean).map((sentence) =>
        ({ line: sentence.startsWith(`${name}:`) ? Number(/^:(\d+)/.exec(sentence.slice(name.length))?.[1] ?? 0) : 0, sentence }));
}
