// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the page: one file per language in text/.
import { english } from "./text/en.js";
import { dutch } from "./text/nl.js";

export const languages = { en: english, nl: dutch };
let current = english;

export function setLanguage(code) {
    current = languages[code];
    document.documentElement.lang = code;
}

// The entry of a key: a sentence with {names} replaced, or a list of sentences.
export function text(key, values = {}) {
    const entry = current[key];
    if (entry === undefined) {
        throw new Error(`no text for "${key}"`);
    }
    return Array.isArray(entry) ? entry.map((line) => fill(line, values)) : fill(entry, values);
}

export function hasText(key) {
    return current[key] !== undefined;
}

function fill(sentence, values) {
    return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

export function number(value, digits = 2) {
    if (!Number.isFinite(value)) {
        return "–";
    }
    return value.toLocaleString(document.documentElement.lang, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function percent(value) {
    return Number.isFinite(value) ? `${number(100 * value, 0)}%` : "–";
}

// Fills every element that names its text: data-text (content), data-label (aria-label and tooltip).
export function fillTexts(root) {
    for (const element of root.querySelectorAll("[data-text]")) {
        element.textContent = text(element.dataset.text);
    }
    for (const element of root.querySelectorAll("[data-label]")) {
        element.setAttribute("aria-label", text(element.dataset.label));
        element.title = text(element.dataset.label);
    }
}
