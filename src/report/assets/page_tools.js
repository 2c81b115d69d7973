/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page's script is one module: page_tools.js, page_fan.js, page_map.js, page_choices.js, page_take.js,
 * page_terms.js and page_start.js, one after the other. It shows on request what is not on the page already. */

const data = JSON.parse(document.getElementById("data").textContent);
const texts = data.texts;
const COLOURS = 8;

function css(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function colour(regime) {
    return css("--s" + (regime % COLOURS));
}

function faded(hex, opacity) {
    const n = parseInt(hex.slice(1), 16);
    return "rgba(" + (n >> 16) + "," + ((n >> 8) & 255) + "," + (n & 255) + "," + opacity + ")";
}

function number(value, decimals) {
    if (value === null || !isFinite(value)) {
        return "–";
    }
    const text = value.toFixed(decimals);
    const [whole, part] = (Number(text) === 0 ? text.replace("-", "") : text).split(".");
    return whole.replace(/\B(?=(\d{3})+$)/g, texts.thousands_sign) + (part ? texts.decimal_sign + part : "");
}

function decimalsFor(scale) {
    return scale < 1 ? 3 : scale < 10 ? 2 : scale < 100 ? 1 : 0;
}

function fill(words, places) {
    return words.replace(/\{(\w+)\}/g, (whole, name) => (name in places ? places[name] : whole));
}

/* The numbers that report/packed.c wrote; missing ones are null. */
function unpack(packed) {
    const bytes = atob(packed.bytes);
    const values = new Array(packed.n);
    for (let i = 0; i < packed.n; i++) {
        const code = bytes.charCodeAt(2 * i) | (bytes.charCodeAt(2 * i + 1) << 8);
        values[i] = code === 65535 ? null : packed.low + ((packed.high - packed.low) * code) / 65534;
    }
    return values;
}

function element(name, attributes, text) {
    const made = document.createElement(name);
    for (const key in attributes) {
        made.setAttribute(key, attributes[key]);
    }
    if (text !== undefined) {
        made.textContent = text;
    }
    return made;
}

function choice(parent, label, options, selected, changed) {
    const wrap = element("label", {}, label);
    const select = element("select", {});
    options.forEach((option, i) => {
        const item = element("option", { value: i }, option);
        item.selected = i === selected;
        select.append(item);
    });
    select.addEventListener("change", () => changed(Number(select.value)));
    wrap.append(select);
    parent.append(wrap);
    return select;
}
