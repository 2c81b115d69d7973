// SPDX-License-Identifier: GPL-3.0-or-later
// A rule, written down, held in five futures: what is skill, not luck.
import { dataTable, make, prose } from "./dom.js";
import { makeCode } from "./code.js";
import { codePicture } from "./square.js";
import { classFutures, examples, mean, worldOverrides } from "./voyage.js";
import { number, text } from "./text.js";

export class Sail {
    constructor(app, world) {
        this.app = app;
        this.world = world;
        this.title = make("h3");
        this.about = make("div");
        this.example = make("select", { id: "rule-example", onchange: () => this.takeExample() });
        this.exampleLabel = make("span");
        this.rule = make("textarea", { id: "rule-text", rows: 3, spellcheck: false, oninput: () => { app.rule = this.rule.value; } });
        this.ruleLabel = make("span");
        this.run = make("button", { className: "main", id: "rule-run", onclick: () => this.score() });
        this.fault = make("p", { className: "fault", id: "rule-fault", role: "alert" });
        this.outcome = make("div", { id: "rule-outcome" });
        this.group = make("input", { id: "rule-group", maxLength: 40, oninput: () => this.showCode() });
        this.groupLabel = make("span");
        this.code = make("output", { id: "rule-code", className: "code" });
        this.copy = make("button", { id: "rule-copy", onclick: () => this.copyCode() });
        this.square = make("div", { id: "rule-square", className: "square" });
        this.codeAbout = make("p");
        this.codes = make("div", { hidden: true }, make("p", { className: "choices" }, make("label", { className: "field" }, this.groupLabel, this.group), this.copy),
            this.code, this.square, this.codeAbout);
        this.element = make("section", { className: "card sail" }, this.title, this.about,
            make("div", { className: "choices" }, make("label", { className: "field" }, this.exampleLabel, this.example), this.run),
            make("label", { className: "rule" }, this.ruleLabel, this.rule), this.fault, this.outcome, this.codes);
        this.scores = null;
    }

    refresh() {
        this.title.textContent = text("rule_title");
        this.about.replaceChildren(prose(text("rule_about")));
        this.exampleLabel.textContent = text("rule_example");
        const chosen = this.example.value;
        this.example.replaceChildren(make("option", { value: "" }, text("rule_own")),
            ...Object.keys(examples).map((name) => make("option", { value: name }, text(`rule_${name}`))));
        this.example.value = chosen;
        this.ruleLabel.textContent = text("rule_text");
        this.rule.value = this.app.rule;
        this.run.textContent = text("rule_run", { n: classFutures });
        this.groupLabel.textContent = text("class_group");
        this.copy.textContent = text("code_copy");
        this.codeAbout.textContent = text("code_about");
        this.show();
    }

    takeExample() {
        if (this.example.value) {
            this.rule.value = this.app.rule = examples[this.example.value];
        }
    }

    async score() {
        this.fault.textContent = "";
        this.run.disabled = true;
        try {
            const first = this.app.settings.replicate;
            const found = await this.app.core.call("helm_rule", { overrides: worldOverrides(this.world()), rule: this.rule.value,
                first, count: classFutures });
            this.scores = { first, found, world: this.world(), rule: this.rule.value };
            this.show();
            this.app.say(this.outcome.textContent);
        } catch (problem) {
            this.fault.textContent = problem.message;
        } finally {
            this.run.disabled = false;
        }
    }

    showCode() {
        this.code.textContent = makeCode({ group: this.group.value || "?", ...this.scores });
        this.square.replaceChildren(codePicture(this.code.textContent, text("code_picture")));
    }

    async copyCode() {
        try {
            await navigator.clipboard.writeText(this.code.textContent);
            this.copy.textContent = text("copied");
        } catch {
            getSelection().selectAllChildren(this.code); // to copy by hand
        }
    }

    show() {
        if (!this.scores) {
            return;
        }
        this.codes.hidden = false;
        this.showCode();
        const { first, found } = this.scores;
        const row = (label, relief, lasting, stopped) => [label, number(relief, 0), number(lasting, 0), number(relief + lasting, 0), stopped];
        const rows = found.map(({ relief, lasting, stopped }, index) => row(text("future_number", { n: first + index }), relief, lasting,
            stopped ? text("in_month_short", { month: stopped }) : text("no")));
        rows.push(row(text("class_score"), mean(found.map(({ relief }) => relief)), mean(found.map(({ lasting }) => lasting)), ""));
        this.outcome.replaceChildren(dataTable(text("rule_caption", { n: found.length }),
            [text("future"), text("score_relief"), text("score_lasting"), text("score_sum"), text("score_stopped")], rows));
    }
}
