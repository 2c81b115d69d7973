// SPDX-License-Identifier: GPL-3.0-or-later
// All groups of a class on one chart: the teacher pastes their codes, the page sails their rules.
import { makeTable } from "./csv.js";
import { dataTable, draw, make } from "./dom.js";
import { palette } from "./palette.js";
import { readCode } from "./code.js";
import { Scanner } from "./scan.js";
import { number, text } from "./text.js";
import { classFutures, mean, theories, worldOverrides } from "./voyage.js";

// Relief across, lasting upwards; each group a numbered dot, so that the table names it.
function chart(groups) {
    const colours = palette(), svg = draw("svg", { viewBox: "0 0 470 440", role: "img", class: "classchart", "aria-label": text("class_chart") });
    const x = (relief) => 50 + 4 * relief, y = (lasting) => 410 - 4 * lasting;
    for (let tick = 0; tick <= 100; tick += 20) {
        svg.append(draw("line", { x1: x(0), x2: x(100), y1: y(tick), y2: y(tick), stroke: colours.line }),
            draw("line", { x1: x(tick), x2: x(tick), y1: y(0), y2: y(100), stroke: colours.line }),
            draw("text", { x: x(tick), y: 426, "text-anchor": "middle", "font-size": 12, fill: colours.soft }, number(tick, 0)),
            draw("text", { x: 44, y: y(tick) + 4, "text-anchor": "end", "font-size": 12, fill: colours.soft }, number(tick, 0)));
    }
    svg.append(draw("text", { x: x(100), y: 438, "text-anchor": "end", "font-size": 13, fill: colours.ink }, text("score_relief")),
        draw("text", { x: 14, y: y(100), "font-size": 13, fill: colours.ink, transform: `rotate(-90 14 ${y(100)})`, "text-anchor": "end" }, text("score_lasting")));
    groups.forEach(({ relief, lasting }, index) => {
        svg.append(draw("circle", { cx: x(relief), cy: y(lasting), r: 11, fill: colours.lanes[2], stroke: colours.paper }),
            draw("text", { x: x(relief), y: y(lasting) + 4, "text-anchor": "middle", "font-size": 12, fill: colours.paper }, index + 1));
    });
    return svg;
}

// The chart as a PNG, twice as large as it is drawn.
function chartPng(svg) {
    const { width, height } = svg.viewBox.baseVal, image = new Image();
    const copy = svg.cloneNode(true);
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    copy.setAttribute("font-family", "sans-serif");
    image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
    return image.decode().then(() => {
        const canvas = make("canvas", { width: 2 * width, height: 2 * height }), context = canvas.getContext("2d");
        context.fillStyle = palette().paper;
        context.fillRect(0, 0, canvas.width, canvas.height);
        context.drawImage(image, 0, 0, canvas.width, canvas.height);
        return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    });
}

export class ClassBoard {
    constructor(app) {
        this.app = app;
        this.title = make("h3");
        this.about = make("p");
        this.label = make("span");
        this.codes = make("textarea", { id: "class-codes", rows: 4, spellcheck: false });
        this.scanner = new Scanner((words) => this.takeCode(words));
        this.run = make("button", { className: "main", id: "class-run", onclick: () => this.sail() });
        this.save = make("a", { className: "button", id: "class-save", hidden: true, download: "dredge-class.csv" });
        this.picture = make("a", { className: "button", id: "class-picture", hidden: true, download: "dredge-class.png" });
        this.fault = make("p", { className: "fault", id: "class-fault", role: "alert" });
        this.outcome = make("div", { id: "class-outcome" });
        this.element = make("section", { className: "card sail", id: "class-board" }, this.title, this.about, make("label", { className: "rule" }, this.label, this.codes),
            this.scanner.element, make("p", { className: "choices" }, this.run, this.save, this.picture), this.fault, this.outcome);
        this.groups = [];
    }

    refresh() {
        this.scanner.refresh();
        this.title.textContent = text("class_title");
        this.about.textContent = text("class_about", { n: classFutures });
        this.label.textContent = text("class_codes");
        this.run.textContent = text("class_run");
        this.save.textContent = text("class_save");
        this.picture.textContent = text("class_picture");
        this.show();
    }

    lines() {
        return this.codes.value.split(/\s+/).filter(Boolean);
    }

    // The text of a QR picture joins the codes, once.
    takeCode(words) {
        const entry = readCode(words, theories), lines = this.lines();
        if (!entry) {
            return text("scan_other", { words: words.slice(0, 24) });
        }
        if (lines.includes(words.trim())) {
            return text("scan_known", { group: entry.group });
        }
        this.codes.value = `${[...lines, words.trim()].join("\n")}\n`;
        return text("scan_added", { group: entry.group, n: lines.length + 1 });
    }

    async sail() {
        const lines = this.lines(), faults = [], groups = [];
        this.run.disabled = true;
        try {
            for (const line of lines) {
                const entry = readCode(line, theories);
                if (!entry) {
                    faults.push(text("class_fault", { code: line.slice(0, 24) }));
                    continue;
                }
                const found = await this.app.core.call("helm_rule", { overrides: worldOverrides(entry.world), rule: entry.rule, first: entry.first,
                    count: classFutures }).catch((problem) => { faults.push(`${entry.group}: ${problem.message}`); return null; });
                if (found) {
                    const relief = mean(found.map((one) => one.relief)), lasting = mean(found.map((one) => one.lasting));
                    groups.push({ ...entry, relief, lasting, stopped: found.filter((one) => one.stopped).length });
                }
            }
        } finally {
            this.run.disabled = false;
        }
        this.groups = groups.sort((one, other) => other.relief + other.lasting - one.relief - one.lasting);
        this.fault.textContent = lines.length ? faults.join(" ") : text("class_none");
        this.show();
        this.app.say(this.outcome.textContent);
    }

    show() {
        const { groups } = this;
        this.save.hidden = groups.length === 0;
        this.picture.hidden = true; // until it is made
        this.element.classList.toggle("filled", groups.length > 0);
        if (!groups.length) {
            this.outcome.replaceChildren();
            return;
        }
        const heads = ["", text("class_group"), text("helm_world"), text("score_relief"), text("score_lasting"), text("score_sum"), text("score_stopped"), text("rule_text")];
        const whole = (value) => number(value, 0);
        const svg = chart(groups);
        chartPng(svg).then((blob) => {
            URL.revokeObjectURL(this.picture.href);
            this.picture.href = URL.createObjectURL(blob);
            this.picture.hidden = false;
        });
        this.outcome.replaceChildren(svg, dataTable(text("class_caption"), heads, groups.map((group, index) => [`${index + 1}`, group.group,
            text(`theory_${group.world}`), whole(group.relief), whole(group.lasting), whole(group.relief + group.lasting), whole(group.stopped), group.rule])));
        const table = makeTable(heads.slice(1), groups.map((group) => [group.group, group.world, group.relief, group.lasting, group.relief + group.lasting,
            group.stopped, group.rule]), document.documentElement.lang);
        URL.revokeObjectURL(this.save.href);
        this.save.href = URL.createObjectURL(new Blob([table], { type: "text/csv" }));
    }
}
