// SPDX-License-Identifier: GPL-3.0-or-later
// The first five minutes: one idea a screen. Each asks for a bet, then shows what happens, and sets the bet beside it. The
// doors to everything else stand on the last screen.
import { make, prose } from "./dom.js";
import { glide } from "./glide.js";
import { lessonRun } from "./lesson.js";
import { Record } from "./record.js";
import { Side, regimeName } from "./side.js";
import { number, text } from "./text.js";

const regimes = ["results_only", lessonRun.left, lessonRun.right];
const guideFutures = 100;

const layersGone = (record, month) => Math.round(record.scalar(month, "structural_share") * record.plan.causes * record.plan.layers);
const water = (record, month) => Math.round(100 * record.scalar(month, "symptom"));
const layers = ({ plan }) => plan.causes * plan.layers;

// Each idea: whose picture, up to which month it plays, the unit of the bet and its highest value, and what came of it.
export const ideas = [
    { key: "quick", lane: 0, unit: "%", most: () => 100, until: (plan) => plan.months + plan.aftercare, outcome: ([quick], end) => water(quick, end) },
    { key: "linear", lane: 1, unit: "", most: layers, until: (plan) => plan.months, outcome: ([, linear], end) => layersGone(linear, end) },
    { key: "iterative", lane: 2, unit: "", most: layers, until: (plan) => plan.months, outcome: ([, , iterative], end) => layersGone(iterative, end) },
    { key: "early", lane: 2, unit: "%", most: () => 100, until: () => 36, outcome: ([, , iterative], end) => water(iterative, end) },
    { key: "luck", lane: 2, unit: "", most: () => guideFutures, until: () => 0, outcome: null },
];

const doors = ["compare", "helm", "lesson"];

export class GuideView {
    constructor(app) {
        this.app = app;
        this.title = make("span");
        this.side = new Side(2, make("h2", {}, this.title));
        this.card = make("div", { className: "card reading idea", id: "guide-card" });
        this.element = make("section", { className: "view", id: "view-guide" },
            make("div", { className: "guide" }, this.side.element, this.card));
        this.at = 0;
        this.bets = {}; // by key: what was typed, and what came once it was shown
        this.bet = make("input", { type: "number", id: "guide-bet", min: 0, step: 1, inputMode: "numeric", oninput: () => this.typed(),
            onkeydown: (event) => this.keyOfBet(event) });
        this.show = make("button", { className: "main", id: "guide-show", onclick: () => this.reveal() });
        this.turn = 0;
    }

    get idea() {
        return ideas[this.at];
    }

    study() {
        const { scenarios } = this.app, own = scenarios.find(({ name }) => name === lessonRun.scenario) ?? scenarios[0];
        return { name: `${own.name}.yaml`, text: own.text, overrides: [] };
    }

    async load() {
        if (!this.records) {
            const { plan, data } = await this.app.core.call("record", { study: this.study(), regimes, replicate: lessonRun.replicate });
            this.records = data.map((rows, lane) => new Record(plan, regimes[lane], rows));
            this.go(this.at, false);
        }
    }

    // Opens a screen; the picture stands where its bet has come to.
    go(at, focus = true) {
        this.turn++;
        this.at = at;
        this.time = this.idea && this.bets[this.idea.key]?.came !== undefined ? this.idea.until(this.records[0].plan) : 0;
        this.refresh();
        if (focus) {
            (this.card.querySelector("input, button.main") ?? this.card).focus();
        }
    }

    // Whole numbers from 0 to the most that can be.
    read() {
        const value = this.bet.value.trim() === "" ? NaN : Number(this.bet.value);
        return Number.isInteger(value) && value >= 0 && value <= this.idea.most(this.records[0]) ? value : null;
    }

    // Enter shows; the key must not also press what gets the focus then.
    keyOfBet(event) {
        if (event.key === "Enter") {
            event.preventDefault();
            this.reveal();
        }
    }

    typed() {
        this.show.disabled = this.read() === null;
    }

    // Shows what happens; the bet can no longer be changed.
    async reveal() {
        const bet = this.read(), { idea, records } = this, turn = ++this.turn;
        if (bet === null || this.bet.disabled) {
            return;
        }
        this.show.disabled = this.bet.disabled = true;
        const until = idea.until(records[0].plan);
        await glide({ from: 0, to: until, length: Math.min(7000, 70 * until), still: () => turn !== this.turn || this.element.hidden,
            show: (time) => turn === this.turn && this.draw(time) });
        this.bets[idea.key] = { bet, ...(idea.outcome ? { came: idea.outcome(records, until) } : await this.countFutures()) };
        if (turn === this.turn) {
            this.time = until;
            this.refresh();
            this.card.querySelector("#guide-next").focus();
            this.app.say(this.card.querySelector(".beside").textContent);
        }
    }

    // In how many futures going back and forth removes more causes than the linear way, and in how many fewer.
    async countFutures() {
        const { outcomes } = await this.app.core.call("futures", { study: this.study(), regimes: regimes.slice(1), count: guideFutures });
        const [linear, iterative] = outcomes.structural_share;
        const count = (wins) => iterative.reduce((sum, value, index) => sum + wins(value, linear[index]), 0);
        return { came: count((back, straight) => back > straight), fewer: count((back, straight) => back < straight) };
    }

    draw(time) {
        this.time = time;
        this.side.draw(this.records[this.idea?.lane ?? 2], time);
    }

    values() {
        const [quick, linear, iterative] = this.records, { months, aftercare } = quick.plan;
        return { layers: layers(quick), pumped: number(quick.along(months).quick, 0), water_end: water(quick, months),
            water_after: water(quick, months + aftercare), linear_gone: layersGone(linear, months), linear_water: water(linear, 36),
            iterative_gone: layersGone(iterative, months), n: guideFutures };
    }

    // The bet and the outcome, as bars beside each other.
    beside({ bet, came }, { unit, most }) {
        const bar = (label, value, name) => make("div", { className: "bar" }, make("span", {}, label),
            make("div", { className: "track" }, make("div", { className: `fill ${name}`, style: `width:${(100 * value) / most(this.records[0])}%` })),
            make("b", {}, `${value}${unit}`));
        return make("div", { className: "beside" }, bar(text("guide_your_bet"), bet, "bet"), bar(text("guide_came"), came, "came"));
    }

    refresh() {
        if (!this.records) {
            return;
        }
        this.title.textContent = this.idea ? regimeName(regimes[this.idea.lane]) : regimeName("iterative");
        this.card.replaceChildren(...(this.idea ? this.screen(this.idea) : this.lastScreen()));
        this.draw(this.time);
        this.side.fillPhase();
        this.side.describe();
    }

    screen(idea) {
        const { key, unit, most } = idea, known = this.bets[key], values = this.values();
        this.bet.max = most(this.records[0]);
        this.bet.disabled = known !== undefined;
        this.bet.value = known ? known.bet : "";
        this.show.textContent = text("guide_show");
        this.show.disabled = this.read() === null || known !== undefined;
        return [
            make("p", { className: "where" }, text("guide_where", { at: this.at + 1, of: ideas.length + 1 })),
            make("h2", {}, text(`guide_${key}_title`)), prose(text(`guide_${key}`, values)),
            make("div", { className: "ask" }, make("label", { className: "question" }, make("span", {}, text(`guide_${key}_bet`, values)),
                make("span", { className: "choices" }, this.bet, unit)), this.show),
            ...(known ? [this.beside(known, idea), prose(text(`guide_${key}_after`, { ...values, ...known }))] : []),
            make("p", { className: "choices" },
                make("button", { disabled: this.at === 0, id: "guide-back", onclick: () => this.go(this.at - 1) }, text("guide_back")),
                make("button", { className: known ? "main" : "", id: "guide-next", onclick: () => this.go(this.at + 1) }, text(known ? "guide_next" : "guide_skip"))),
        ];
    }

    lastScreen() {
        const made = ideas.filter(({ key }) => this.bets[key]);
        return [
            make("p", { className: "where" }, text("guide_where", { at: ideas.length + 1, of: ideas.length + 1 })),
            make("h2", {}, text("guide_end_title")), prose(text("guide_end")),
            ...made.flatMap((idea) => [make("h3", {}, text(`guide_${idea.key}_title`)), this.beside(this.bets[idea.key], idea)]),
            make("p", { className: "choices" }, ...doors.map((view, index) => make("button", { className: index === 0 ? "main" : "",
                id: `guide-to-${view}`, onclick: () => this.app.update({ view }) }, text("lesson_go", { view: text(`view_${view}`) })))),
            make("p", { className: "choices" },
                make("button", { id: "guide-back", onclick: () => this.go(this.at - 1) }, text("guide_back")),
                make("button", { id: "guide-again", onclick: () => { this.bets = {}; this.go(0); } }, text("guide_again"))),
        ];
    }

    hide() {
        this.turn++;
        if (this.records) {
            this.bet.disabled = false;
        }
    }
}
