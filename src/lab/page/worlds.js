// SPDX-License-Identifier: GPL-3.0-or-later
// In which world is your strategy right? The rule that a group wrote down against three others, in every theory, computed here.
import { dataTable, make, prose } from "./dom.js";
import { number, text } from "./text.js";
import { examples, mean, theories, worldFutures, worldOverrides } from "./voyage.js";

const others = ["constant", "linear", "rhythm"];

// Mean and standard error of relief and lasting together.
export function sumOf(voyages) {
    const sums = voyages.map(({ relief, lasting }) => relief + lasting), middle = mean(sums);
    const spread = Math.sqrt(sums.reduce((total, sum) => total + (sum - middle) ** 2, 0) / (sums.length - 1));
    return { mean: middle, error: spread / Math.sqrt(sums.length) };
}

export class WorldsView {
    constructor(app) {
        this.app = app;
        this.title = make("h2");
        this.about = make("div");
        this.ruleLabel = make("span");
        this.rule = make("textarea", { id: "worlds-rule", rows: 2, spellcheck: false, oninput: () => { app.rule = this.rule.value; } });
        this.run = make("button", { className: "main", id: "worlds-run", onclick: () => this.compute() });
        this.stop = make("button", { id: "worlds-stop", hidden: true, onclick: () => { this.turn++; } });
        this.bar = make("progress", { id: "worlds-bar", max: 1, value: 0, hidden: true });
        this.fault = make("p", { className: "fault", id: "worlds-fault", role: "alert" });
        this.outcome = make("div", { id: "worlds-outcome" });
        this.element = make("section", { className: "view", id: "view-worlds" }, make("div", { className: "card sail" }, this.title, this.about,
            make("label", { className: "rule" }, this.ruleLabel, this.rule), make("p", { className: "choices" }, this.run, this.stop, this.bar),
            this.fault, this.outcome));
        this.turn = 0;
        this.rows = [];
    }

    refresh() {
        this.title.textContent = text("worlds_title");
        this.about.replaceChildren(prose(text("worlds_about", { n: worldFutures })));
        this.ruleLabel.textContent = text("worlds_rule");
        this.rule.value = this.app.rule;
        this.run.textContent = text("worlds_run", { n: worldFutures });
        this.stop.textContent = text("stop");
        this.bar.setAttribute("aria-label", text("worlds_bar"));
        this.show();
    }

    // World by world, so that one can look on, stop, or go elsewhere.
    async compute() {
        const turn = ++this.turn, rules = [this.app.rule, ...others.map((name) => examples[name])];
        this.rows = [];
        this.of = this.app.rule;
        this.fault.textContent = "";
        this.run.disabled = true;
        this.bar.hidden = this.stop.hidden = false;
        try {
            for (const [index, world] of theories.entries()) {
                const sums = [];
                for (const rule of rules) {
                    const found = await this.app.core.call("helm_rule", { overrides: worldOverrides(world), rule, first: 0, count: worldFutures });
                    if (turn !== this.turn) {
                        return;
                    }
                    sums.push(sumOf(found));
                }
                this.rows.push({ world, sums });
                this.bar.value = (index + 1) / theories.length;
                this.show();
            }
            this.app.say(this.outcome.querySelector(".verdict").textContent);
        } catch (problem) {
            this.fault.textContent = problem.message;
        } finally {
            this.run.disabled = false;
            this.bar.hidden = this.stop.hidden = true;
        }
    }

    show() {
        if (!this.rows.length) {
            this.outcome.replaceChildren();
            return;
        }
        const ahead = this.rows.filter(({ sums: [own, ...rest] }) => rest.every((other) => own.mean >= other.mean)).length;
        const cells = this.rows.map(({ world, sums }) => {
            const most = Math.max(...sums.map((sum) => sum.mean));
            return [text(`theory_${world}`), ...sums.map((sum) => `${sum.mean === most ? "★ " : ""}${number(sum.mean, 0)} ± ${number(sum.error, 0)}`)];
        });
        this.outcome.replaceChildren(make("p", { className: "verdict" }, make("strong", {}, text("worlds_verdict", { ahead, of: this.rows.length }))),
            make("p", {}, text("worlds_of", { rule: this.of })),
            dataTable(text("worlds_caption", { n: worldFutures }), [text("helm_world"), text("worlds_own"), ...others.map((name) => text(`rule_${name}`))], cells));
    }

    hide() {
        this.turn++;
    }
}
