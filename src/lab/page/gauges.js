// SPDX-License-Identifier: GPL-3.0-or-later
// What a helmsman can read: tension, momentum, relevance, symptom, what is known and waits, and the funder's verdicts.
import { make } from "./dom.js";
import { verdictMonths } from "./voyage.js";
import { number, percent, text } from "./text.js";

const shares = ["tension", "momentum", "relevance", "symptom"];

export class Gauges {
    constructor() {
        this.bars = Object.fromEntries(shares.map((name) => [name, { label: make("span"), fill: make("div", { className: "fill" }), value: make("b") }]));
        this.known = { label: make("span"), value: make("b") };
        this.skill = { label: make("span"), value: make("b") };
        this.funder = make("p", { className: "funder", id: "helm-funder" });
        this.element = make("section", { className: "card gauges", id: "helm-gauges" },
            ...Object.values(this.bars).map(({ label, fill, value }) => make("div", { className: "bar" }, label, make("div", { className: "track" }, fill), value)),
            make("div", { className: "bar plain" }, this.known.label, this.known.value),
            make("div", { className: "bar plain" }, this.skill.label, this.skill.value), this.funder);
    }

    fill() {
        shares.forEach((name) => { this.bars[name].label.textContent = text(`gauge_${name}`); });
        this.known.label.textContent = text("gauge_known");
        this.skill.label.textContent = text("gauge_skill");
    }

    show({ gauges, lanes }, record, month) {
        for (const name of shares) {
            const value = gauges[name] / 100;
            this.bars[name].fill.style.width = percent(Math.min(1, value)).replace(/[^\d%]/g, "");
            this.bars[name].value.textContent = percent(value);
        }
        this.known.value.textContent = number(gauges.known, 0);
        this.skill.value.textContent = percent(record.scalar(record.last, "skill"));
        this.funder.textContent = this.funderSays(lanes[2], month);
    }

    funderSays({ verdicts, grant, stopped }, month) {
        const said = verdicts.map((verdict) => text(verdict.grant > 0 ? "verdict_was" : "verdict_stopped",
            { month: verdict.month, value: percent(verdict.value), grant: percent(verdict.grant) }));
        const next = verdictMonths.find((due) => due > month);
        if (!stopped) {
            said.push(next ? text("verdict_next", { month: next, left: next - month, grant: percent(grant) }) : text("verdict_none"));
        }
        return said.join(" ");
    }
}
