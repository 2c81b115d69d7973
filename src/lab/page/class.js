// SPDX-License-Identifier: GPL-3.0-or-later
// All groups of a class on one chart: the teacher pastes their codes, the page sails their rules.
import { makeTable } from "./csv.js";
import { dataTable, make } from "./dom.js";
import { palette } from "./palette.js";
import { readCode } from "./code.js";
import { number, text } from "./text.js";
import { classFutures, mean, theories, worldOverrides } from "./voyage.js";

const svgSpace = "http://www.w3.org/2000/svg";

function draw(tag, attributes, content = "") {
    const element = document.createElementNS(svgSpace, tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.textContent = content;
    return element;
}

// Relief across, lasting upwards; each group a numbered dot, so that the table names it.
function chart(groups) {
    const colours = palette(), svg = draw("svg", { viewBox: "0 0 460 440", role: "img", class: "classchart", "aria-label": text("class_chart") });
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

export class ClassBoard {
    constructor(app) {
        this.app = app;
        this.title = make("h3");
        this.about = make("p");
        this.label = make("span");
        this.codes = make("textarea", { id: "class-codes", rows: 4, spellcheck: false });
        this.run = make("button", { className: "main", id: "class-run", onclick: () => this.sail() });
        this.save = make("a", { className: "button", id: "class-save", hidden: true, download: "dredge-class.csv" });
        this.fault = make("p", { className: "fault", id: "class-fault", role: "alert" });
        this.outcome = make("div", { id: "class-outcome" });
        this.element = make("section", { className: "card sail", id: "class-board" }, this.title, this.about, make("label", { className: "rule" }, this.label, this.codes),
            make("p", { className: "choices" }, this.run, this.save), this.fault, this.outcome);
        this.groups = [];
    }

    refresh() {
        this.title.textContent = text("class_title");
        this.about.textContent = text("class_about", { n: classFutures });
        this.label.textContent = text("class_codes");
        this.run.textContent = text("class_run");
        this.save.textContent = text("class_save");
        this.show();
    }

    async sail() {
        const lines = this.codes.value.split(/\s+/).filter(Boolean), faults = [], groups = [];
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
        if (!groups.length) {
            this.outcome.replaceChildren();
            return;
        }
        const heads = ["", text("class_group"), text("helm_world"), text("score_relief"), text("score_lasting"), text("score_sum"), text("score_stopped"), text("rule_text")];
        const whole = (value) => number(value, 0);
        this.outcome.replaceChildren(chart(groups), dataTable(text("class_caption"), heads, groups.map((group, index) => [`${index + 1}`, group.group,
            text(`theory_${group.world}`), whole(group.relief), whole(group.lasting), whole(group.relief + group.lasting), whole(group.stopped), group.rule])));
        const table = makeTable(heads.slice(1), groups.map((group) => [group.group, group.world, group.relief, group.lasting, group.relief + group.lasting,
            group.stopped, group.rule]), document.documentElement.lang);
        URL.revokeObjectURL(this.save.href);
        this.save.href = URL.createObjectURL(new Blob([table], { type: "text/csv" }));
    }
}
