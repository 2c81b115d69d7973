// SPDX-License-Identifier: GPL-3.0-or-later
// The bar above: scenario, luck, conditions, link, reproduce.
import { byId, make } from "./dom.js";
import { eventKinds, lastEventMonth, mostEvents } from "./events.js";
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
        const { events = [], ...others } = settings.conditions, changed = Object.keys(others).length + events.length;
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
        this.panel.replaceChildren(...sliders, this.eventList(settings.conditions.events ?? [], study), reset);
        if (focus?.startsWith("condition-")) {
            (byId(focus) ?? byId("condition-event-add")).focus();
        }
    }

    // The events that the reader adds, a row each.
    eventList(events, study) {
        const change = (next) => {
            const { events: _, ...others } = this.app.settings.conditions;
            this.app.update({ conditions: next.length ? { ...others, events: next } : others });
        };
        const replace = (index, part) => change(events.map((event, other) => (other === index ? { ...event, ...part } : event)));
        const rows = events.map((event, index) => this.eventRow(event, index, study, replace,
            () => change(events.filter((_, other) => other !== index))));
        const add = make("button", { id: "condition-event-add", disabled: events.length >= mostEvents, onclick: () => change([...events,
            { kind: "scandal", month: Math.min(24, study.parameters.months), size: eventKinds.scandal.usual }]) }, text("add_event"));
        return make("fieldset", { className: "event-list" }, make("legend", {}, text("events")), ...rows, add);
    }

    eventRow(event, index, study, replace, remove) {
        const id = (part) => `condition-event-${index}-${part}`, { low, high, step } = eventKinds[event.kind];
        const last = Math.min(study.parameters.months, lastEventMonth);
        const kinds = Object.keys(eventKinds).map((kind) => make("option", { value: kind, selected: kind === event.kind,
            disabled: kind === "newcomer" && !study.parameters["seats.outside.private"] }, text(`kind_${kind}`)));
        const select = make("select", { id: id("kind"), "aria-label": text("event_kind"),
            onchange: () => replace(index, { kind: select.value, size: eventKinds[select.value].usual }) }, ...kinds);
        const month = make("input", { type: "number", id: id("month"), min: 1, max: last, step: 1, value: event.month,
            onchange: () => replace(index, { month: Math.max(1, Math.min(last, Math.round(Number(month.value)) || event.month)) }) });
        const show = (size) => (eventKinds[event.kind].share ? percent(size) : number(size, eventKinds[event.kind].whole ? 0 : 1));
        const output = make("output", {}, show(event.size));
        const size = make("input", { type: "range", id: id("size"), min: low, max: high, step, value: event.size,
            oninput: () => { output.textContent = show(Number(size.value)); },
            onchange: () => replace(index, { size: Number(size.value) }) });
        const words = text("remove_event", { name: text(`kind_${event.kind}`), month: event.month });
        return make("div", { className: "event-row" }, select, make("label", {}, make("span", {}, text("month")), month),
            make("label", { className: "slider" }, make("span", { className: "head" }, make("span", {}, text(`size_${event.kind}`)), output), size),
            make("button", { id: id("remove"), className: "plain", "aria-label": words, title: words, onclick: remove }, "✕"));
    }

    slider(condition, settings, study) {
        const { key, low, high, step } = condition, changed = key in settings.conditions;
        const value = changed ? settings.conditions[key] : study.parameters[key];
        const output = make("output", {}, show(condition, value));
        const input = make("input", { type: "range", id: `condition-${key}`, min: low, max: high, step, value,
            oninput: () => { output.textContent = show(condition, Number(input.value)); },
            onchange: () => {
                const next = { ...this.app.settings.conditions, [key]: Number(input.value) };
                if (key === "months" && next.events) { // none after the end
                    next.events = next.events.map((event) => ({ ...event, month: Math.min(event.month, next.months) }));
                }
                this.app.update({ conditions: next });
            } });
        return make("label", { className: changed ? "slider changed" : "slider" },
            make("span", { className: "head" }, make("span", {}, text(`condition_${key}`)), output), input);
    }
}
