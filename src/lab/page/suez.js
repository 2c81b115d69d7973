// SPDX-License-Identifier: GPL-3.0-or-later
// The Suez game: the page around the rules.
import { dataTable, make, prose } from "./dom.js";
import { CanalView } from "./canal.js";
import { act, actions, gripSand, playOut, rules, startGame, strategies, tide, workingLines } from "./suez_rules.js";
import { number, percent, text } from "./text.js";

export class SuezView {
    constructor(app) {
        this.app = app;
        this.scene = make("canvas", { className: "scene", role: "img" });
        this.tides = make("canvas", { className: "tides", role: "img" });
        this.canal = new CanalView(this.scene, this.tides);
        this.grip = make("select", { id: "suez-grip", onchange: () => this.restart(this.number) });
        this.gripLabel = make("span");
        this.fresh = make("button", { id: "suez-new", onclick: () => this.restart(Math.floor(Math.random() * 10000)) });
        this.buttons = actions.map((action) => make("button", { className: action === "wait" ? "" : "main", id: `suez-${action}`,
            onclick: () => this.act(action) }));
        this.meters = make("div", { className: "meters" });
        this.log = make("ol", { className: "log", reversed: true });
        this.outcome = make("div", { id: "suez-outcome" });
        this.facts = make("details", { className: "card reading", open: false });
        this.title = make("h2");
        this.about = make("p");
        const panel = make("div", { className: "card" }, this.title, this.about,
            make("div", { className: "choices" }, make("label", { className: "field" }, this.gripLabel, this.grip), this.fresh),
            make("p", { className: "choices actions" }, ...this.buttons), this.meters, this.outcome, this.log);
        this.element = make("section", { className: "view", id: "view-suez" },
            make("div", { className: "suez" }, make("div", {}, this.scene, this.tides, this.facts), panel));
        this.number = 2021;
        this.state = startGame(this.number, "unknown");
    }

    restart(gameNumber) {
        this.number = gameNumber;
        this.state = startGame(gameNumber, this.grip.value);
        this.canal.reset(this.state);
        this.refresh();
    }

    act(action) {
        if (this.state.over) {
            return;
        }
        this.state = act(this.state, action);
        this.canal.move(this.state);
        this.show();
        const [last] = this.state.log.slice(-1);
        this.app.say(`${this.entryText(last)} ${this.state.over ? this.outcome.textContent : ""}`);
    }

    entryText(entry) {
        const when = text("suez_when", { day: Math.floor((entry.tick * rules.hours) / 24) + 1, hour: (entry.tick * rules.hours) % 24 });
        if (entry.action === "dredge") {
            return `${when}: ${text("suez_dredged", { sand: number(entry.removed, 0) })}`;
        }
        if (entry.action === "wait") {
            return `${when}: ${text("suez_waited")}`;
        }
        return `${when}: ${text(entry.freed ? "suez_freed" : entry.broke ? "suez_broke" : "suez_failed")}`;
    }

    show() {
        const { state } = this;
        const meter = (key, value) => make("div", { className: "meter" }, text(key), make("b", {}, value));
        const now = tide(state.tick);
        this.meters.replaceChildren(
            meter("suez_time", text("suez_day", { day: Math.floor((state.tick * rules.hours) / 24) + 1, hour: (state.tick * rules.hours) % 24 })),
            meter("suez_tide", text(now > 0.85 ? "tide_spring" : now > 0.4 ? "tide_high" : "tide_low")),
            meter("suez_removed", `${number(state.dredged, 0)} m³`),
            meter("suez_lines", `${workingLines(state)} / ${rules.lines}`),
            meter("suez_queue", number(state.queue, 0)),
            meter("suez_trade", `$ ${number(state.trade, 1)} ${text("billion")}`));
        this.buttons.forEach((button) => { button.disabled = state.over; });
        this.log.replaceChildren(...state.log.slice().reverse().map((entry) => make("li", {}, this.entryText(entry))));
        this.scene.setAttribute("aria-label", text("suez_scene", { tide: percent(now), lines: workingLines(state), queue: number(state.queue, 0) }));
        this.tides.setAttribute("aria-label", text("suez_tides"));
        this.showOutcome();
    }

    // At the end: what it took, how firmly she sat, and how others would have fared on the same luck.
    showOutcome() {
        const { state } = this;
        if (!state.over) {
            this.outcome.replaceChildren();
            return;
        }
        const days = (tick) => text("days", { n: number((tick * rules.hours) / 24, 1) });
        const rows = Object.keys(strategies).map((name) => {
            const other = playOut(this.number, state.grip, name);
            return [text(`strategy_${name}`), other.freed ? days(other.tick) : text("suez_never"), `${number(other.dredged, 0)} m³`,
                number(other.lost, 0)];
        });
        rows.unshift([text("suez_you"), state.freed ? days(state.tick) : text("suez_never"), `${number(state.dredged, 0)} m³`, number(state.lost, 0)]);
        const grip = state.start < 8000 ? "light" : state.start < 42000 ? "real" : "deep";
        this.outcome.replaceChildren(
            make("p", {}, make("strong", {}, text(state.freed ? "suez_won" : "suez_lost", { days: days(state.tick) }))),
            make("p", {}, text("suez_grip_was", { sand: number(state.start, 0), grip: text(`grip_${grip}`) })),
            dataTable(text("suez_compare"), [text("strategy"), text("suez_free_after"), text("suez_removed"), text("suez_lost_lines")], rows),
            make("p", {}, text("suez_lesson")));
    }

    refresh() {
        this.title.textContent = text("suez_title");
        this.about.textContent = text("suez_about");
        this.gripLabel.textContent = text("suez_grip");
        const grip = this.grip.value || "unknown";
        this.grip.replaceChildren(...["unknown", ...Object.keys(gripSand)].map((key) => make("option", { value: key }, text(`grip_${key}`))));
        this.grip.value = grip;
        this.fresh.textContent = text("suez_new");
        this.buttons.forEach((button, index) => { button.textContent = text(`action_${actions[index]}`); });
        const open = this.facts.open;
        this.facts.replaceChildren(make("summary", {}, text("suez_facts_title")), prose(text("suez_facts")),
            make("h3", {}, text("suez_rules_title")), prose(text("suez_rules")));
        this.facts.open = open;
        this.show();
        this.canal.show(this.state);
    }

    keyDown(event) {
        const action = { d: "dredge", b: "dredge", t: "tug", s: "tug", w: "wait" }[event.key.toLowerCase()];
        if (action) {
            this.act(action);
            return true;
        }
        return false;
    }
}
