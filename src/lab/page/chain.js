// SPDX-License-Identifier: GPL-3.0-or-later
// The mechanism as a chain of six links, each lit as far as it works this month: talk, conflict that is worked through, a cause
// that comes up (with the sign of what found it), work that digs it away, the symptom, and what people see in it.
import { make } from "./dom.js";
import { chainIcon, signIcon } from "./signs.js";
import { sources } from "./record.js";
import { number, percent, text } from "./text.js";

export const links = ["talk", "worked", "found", "dug", "symptom", "relevance"];

// Conflict worked through in a month in which much is.
const usualLearning = 0.012;

// What each link shows of a month: how brightly it is lit (0 to 1), and its number.
export function chainOf(record, month) {
    const works = record.works(month), scalar = (name) => record.scalar(month, name);
    const process = works ? scalar("process") : 0, learned = works ? record.learned(month) : 0;
    const found = works ? sources.reduce((sum, source) => sum + scalar(`found_by_${source}`), 0) : 0;
    const dug = works ? scalar("structural") : 0;
    return {
        talk: { lit: process, value: percent(process) },
        worked: { lit: Math.min(1, learned / usualLearning), value: `${number(100 * learned, 1)}%` },
        found: { lit: Math.min(1, found), value: number(found, 0), by: works ? record.events(month).sources : [] },
        dug: { lit: Math.min(1, dug), value: number(dug, 0) },
        symptom: { lit: month > 0 ? 1 - scalar("symptom") : 0, value: percent(scalar("symptom")) },
        relevance: { lit: works ? scalar("relevance") : 0, value: percent(scalar("relevance")) },
    };
}

export class Chain {
    constructor() {
        this.items = Object.fromEntries(links.map((name) => {
            const icon = make("span", { className: "sign" }), label = make("span", { className: "what" }), value = make("b");
            return [name, { icon, label, value, element: make("li", { "data-link": name }, icon, label, value) }];
        }));
        this.element = make("ol", { className: "chain" }, ...links.map((name) => this.items[name].element));
    }

    show(record, month) {
        const state = chainOf(record, month);
        this.element.setAttribute("aria-label", text("chain"));
        this.element.classList.toggle("over", month > 0 && !record.works(month));
        for (const name of links) {
            const { icon, label, value, element } = this.items[name], { lit, by = [] } = state[name];
            label.textContent = text(`chain_${name}`);
            value.textContent = state[name].value;
            element.style.setProperty("--lit", lit.toFixed(2));
            element.classList.toggle("on", lit > 0.05);
            const wanted = by.length ? by.join(" ") : name;
            if (icon.dataset.sign !== wanted) {
                icon.dataset.sign = wanted;
                icon.replaceChildren(...(by.length ? by.map((source) => signIcon(source)) : [chainIcon(name)]));
            }
            element.title = by.length ? by.map((source) => text(`sign_${source}`)).join(", ") : text(`chain_${name}_about`);
        }
    }
}
