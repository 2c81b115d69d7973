// SPDX-License-Identifier: GPL-3.0-or-later
// The bar above: scenario, luck, conditions, link, reproduce.
import { byId, make } from "./dom.js";
import { conditions, highestReplicate } from "./settings.js";
import { hasText, number, percent, text } from "./text.js";

function show(condition, value) {
    return condition.share ? percent(value) : number(value, condition.key === "months" ? 0 : 1);
}

export class Setup {
    constructor(app) {
        this.app = app;
        this.scenario = byId("scenario");
        this.scenario.onchange = () => app.update({ scenario: this.scenario.value, left: "", right: "", conditions: {} });
        this.replicate = byId("replicate");
        this.replicate.onchange = () => {
            const value = Math.max(0, Math.min(highestReplicate, Math.round(Number(this.replicate.value)) || 0));
            app.update({ replicate: value });
        };
        byId("dice").onclick = () => app.update({ replicate: Math.floor(Math.random() * 1000) });
        this.opener = byId("conditions-open");
        this.panel = byId("conditions");
        this.opener.onclick = () => {
            this.panel.hidden = !this.panel.hidden;
            this.opener.setAttribute("aria-expanded", String(!this.panel.hidden));
            window.dispatchEvent(new Event("resize"));
        };
        byId("link").onclick = () => this.copyLink();
    }

    async copyLink() {
        const button = byId("link");
        try {
            await navigator.clipboard.writeText(location.href);
            button.textContent = text("copied");
        } catch {
            this.app.openText(text("copy_link"), text("copy_by_hand"), location.href);
        }
        setTimeout(() => {
            button.textContent = text("copy_link");
        }, 1500);
    }

    fill() {
        const { settings, scenarios, titles, study } = this.app;
        const own = (key, otherwise) => (hasText(key) ? text(key) : otherwise); // a translation, where there is one
        this.scenario.replaceChildren(...scenarios.map(({ name }) =>
            make("option", { value: name }, own(`scenario_${name}`, titles[name]))));
        this.scenario.value = settings.scenario;
        this.replicate.value = settings.replicate;
        byId("question").textContent = own(`question_${settings.scenario}`, study?.question ?? "");
        byId("question").title = byId("question").textContent;
        const changed = Object.keys(settings.conditions).length;
        byId("conditions-count").textContent = changed ? `(${changed})` : "";
        this.fillConditions();
    }

    fillConditions() {
        const { app } = this, { settings, study } = app;
        if (!study) {
            return;
        }
        const sliders = conditions.map((condition) => this.slider(condition, settings, study));
        const reset = make("button", { onclick: () => app.update({ conditions: {} }),
            disabled: Object.keys(settings.conditions).length === 0 }, text("reset_conditions"));
        const focus = document.activeElement?.id;
        this.panel.replaceChildren(...sliders, reset);
        if (focus?.startsWith("condition-")) {
            byId(focus)?.focus();
        }
    }

    slider(condition, settings, study) {
        const { key, low, high, step } = condition, changed = key in settings.conditions;
        const value = changed ? settings.conditions[key] : study.parameters[key];
        const output = make("output", {}, show(condition, value));
        const input = make("input", { type: "range", id: `condition-${key}`, min: low, max: high, step, value,
            oninput: () => { output.textContent = show(condition, Number(input.value)); },
            onchange: () => this.app.update({ conditions: { ...this.app.settings.conditions, [key]: Number(input.value) } }) });
        return make("label", { className: changed ? "slider changed" : "slider" },
            make("span", { className: "head" }, make("span", {}, text(`condition_${key}`)), output), input);
    }
}
