// SPDX-License-Identifier: GPL-3.0-or-later
// Small helpers to make elements.

// An element with properties (or attributes, where a name has a dash) and children (elements or texts).
export function make(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
        if (name.includes("-") || name === "for" || name === "role" || name === "list") {
            element.setAttribute(name, value);
        } else if (name.startsWith("on")) {
            element.addEventListener(name.slice(2), value);
        } else {
            element[name] = value;
        }
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
}

// A button that opens files: its input is there, but not seen.
export function fileButton(label, input) {
    input.type = "file";
    input.className = "hidden";
    return make("label", { className: "button" }, label, input);
}

export function byId(id) {
    return document.getElementById(id);
}

// Text with **strong** parts and [words](https://address) as nodes. Never interprets HTML.
export function rich(source) {
    const nodes = [];
    for (const part of source.split(/(\*\*[^*]+\*\*|\[[^\]]+\]\(https:[^)\s]+\))/)) {
        const link = /^\[([^\]]+)\]\((https:[^)\s]+)\)$/.exec(part);
        if (part.startsWith("**") && part.endsWith("**") && part.length > 4) {
            nodes.push(make("strong", {}, part.slice(2, -2)));
        } else if (link) {
            nodes.push(make("a", { href: link[2], rel: "noopener noreferrer", target: "_blank" }, link[1]));
        } else if (part) {
            nodes.push(document.createTextNode(part));
        }
    }
    return nodes;
}

// Paragraphs from a list of texts; a text that starts with "- " becomes a list item.
export function prose(sources) {
    const fragment = document.createDocumentFragment();
    let list = null;
    for (const source of sources) {
        if (source.startsWith("- ")) {
            list = list ?? fragment.appendChild(make("ul"));
            list.append(make("li", {}, ...rich(source.slice(2))));
        } else {
            list = null;
            fragment.append(make("p", {}, ...rich(source)));
        }
    }
    return fragment;
}

// A table with a caption for screen readers; the first cell of a row is its heading.
export function dataTable(caption, heads, rows) {
    const head = make("tr", {}, ...heads.map((text) => make("th", { scope: "col" }, text)));
    const body = rows.map(([first, ...cells]) =>
        make("tr", {}, make("th", { scope: "row" }, first), ...cells.map((text) => make("td", {}, text))));
    return make("table", {}, make("caption", {}, caption), make("thead", {}, head), make("tbody", {}, ...body));
}

// An element of an SVG picture, with attributes and a text.
export function draw(tag, attributes, content = "") {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.textContent = content;
    return element;
}

// Sizes a canvas to its box on this screen and gives a context in CSS pixels.
export function fitCanvas(canvas) {
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const width = canvas.clientWidth, height = canvas.clientHeight;
    const wide = Math.round(width * ratio), high = Math.round(height * ratio);
    if (canvas.width !== wide || canvas.height !== high) {
        canvas.width = wide;
        canvas.height = high;
    }
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    return { context, width, height };
}

// How much larger than usual the page's text is, for words in pictures.
export function textScale() {
    return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}

export function prefersStill() {
    return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
