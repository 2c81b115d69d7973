// SPDX-License-Identifier: GPL-3.0-or-later
// A hand on the helm: the class steers month by month, against the two regimes chosen, on the same luck.
import { Charts } from "./charts.js";
import { make } from "./dom.js";
import { legendKey } from "./legend.js";
import { Record } from "./record.js";
import { scoreCards } from "./score.js";
import { Side, regimeName, tellEvents } from "./side.js";
import { percent, text } from "./text.js";

const futuresCount = 200;

export class HelmView {
    constructor(app) {
        this.app = app;
        this.title = make("span");
        this.side = new Side(2, make("h2", {}, this.title));
        this.charts = new Charts(["symptom", "structural_share", "trust", "momentum"]);
        this.process = this.makeLever("process", 30, 95);
        this.depth = this.makeLever("depth", 50, 100);
        this.kpi = make("select", { id: "helm-kpi", onchange: () => this.restart() },
            make("option", { value: 0.2 }), make("option", { value: 0.8 }));
        this.kpiLabel = make("span");
        this.showOthers = make("input", { type: "checkbox", checked: true, onchange: () => this.draw() });
        this.showLabel = make("span");
        this.buttons = [["helm_month", 1], ["helm_half_year", 6], ["helm_year", 12]].map(([key, months]) => {
            const button = make("button", { className: months === 1 ? "main" : "", id: key, onclick: () => this.advance(months) });
            button.key = key;
            return button;
        });
        this.undo = make("button", { onclick: () => this.retake(), id: "helm-undo" });
        this.again = make("button", { onclick: () => this.restart(), id: "helm-restart" });
        this.when = make("strong", { className: "when" });
        this.news = make("p", { className: "news" });
        this.score = make("div", { className: "scores", id: "helm-score" });
        this.key = make("div", { className: "legend card key" });
        const controls = make("div", { className: "card helm" }, this.process.element, this.depth.element,
            make("div", { className: "buttons" }, ...this.buttons, this.undo, this.again),
            make("div", { className: "state" }, this.when, make("label", { className: "field" }, this.kpiLabel, this.kpi),
                make("label", { className: "field" }, this.showOthers, this.showLabel)), this.news);
        this.element = make("section", { className: "view", id: "view-helm" }, controls,
            make("div", { className: "stage two" }, this.side.element, this.charts.element), this.score, this.key);
        this.records = null;
    }

    makeLever(name, value, max) {
        const output = make("output"), label = make("span");
        const left = make("span"), right = make("span");
        const input = make("input", { type: "range", id: `lever-${name}`, min: 0, max, step: 5, value,
            oninput: () => { output.textContent = percent(Number(input.value) / 100); } });
        return { input, output, label, left, right, element: make("label", { className: "slider" },
            make("span", { className: "head" }, label, output), input, make("span", { className: "ends" }, left, right)) };
    }

    async load() {
        const { settings } = this.app;
        const key = JSON.stringify([this.app.studyContent(), settings.left, settings.right, settings.replicate]);
        if (key !== this.loadedKey) {
            this.loadedKey = key;
            await this.restart();
        }
    }

    async restart() {
        const { app } = this, { settings } = app;
        this.names = [settings.left, settings.right, "hand"];
        this.decisions = [];
        this.animated = null;
        this.score.replaceChildren();
        const { plan, frames } = await app.core.call("helm_begin", { study: app.studyContent(), regimes: this.names,
            replicate: settings.replicate, kpi: Number(this.kpi.value) });
        this.records = frames.map((frame, lane) => new Record(plan, this.names[lane], frame));
        this.time = 0;
        this.loadCharts();
        this.refresh();
    }

    get plan() {
        return this.records[0].plan;
    }

    get month() {
        return this.records[2].last;
    }

    loadCharts() {
        this.charts.load(this.names.map((name, lane) => ({ label: regimeName(name), lane })), this.plan.months,
            this.plan.months + this.plan.aftercare);
        this.charts.stale = true;
    }

    // Steers the next months with the levers as they stand; the last month of support runs on through aftercare.
    async advance(months) {
        if (this.busy || this.month >= this.plan.months) {
            return;
        }
        this.busy = true;
        const decision = { process: Number(this.process.input.value) / 100, depth: Number(this.depth.input.value) / 100 };
        const from = this.month;
        let goal = Math.min(this.plan.months, from + months);
        while (this.month < goal) {
            if (this.month < this.plan.months) {
                this.decisions.push(decision);
            }
            const answer = await this.app.core.call("helm_step", decision);
            answer.frames.forEach((frame, lane) => this.records[lane].push(frame));
            if (this.month === this.plan.months) {
                goal = this.plan.months + this.plan.aftercare;
            }
        }
        await this.glide(from, this.month);
        this.busy = false;
        this.tell(from);
        if (this.month >= this.plan.months) {
            await this.finish();
        }
    }

    // Shows the months that were steered, about a quarter of a second each at first, never more than three in all.
    glide(from, to) {
        if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
            this.time = to;
            this.draw();
            return Promise.resolve();
        }
        const length = Math.min(3000, 450 * (to - from));
        return new Promise((resolve) => {
            const started = performance.now();
            const frame = (now) => {
                const share = Math.min(1, Math.max(0, (now - started) / length));
                this.time = from + share * (to - from);
                this.draw();
                if (share < 1) {
                    requestAnimationFrame(frame);
                } else {
                    resolve();
                }
            };
            requestAnimationFrame(frame);
        });
    }

    // Takes the last year back: begins again and repeats the decisions before it. Luck has an address, so it comes out the
    // same.
    async retake() {
        if (this.busy) {
            return;
        }
        const kept = this.decisions.slice(0, Math.max(0, this.decisions.length - 12));
        await this.restart();
        this.busy = true;
        for (const decision of kept) {
            const answer = await this.app.core.call("helm_step", decision);
            answer.frames.forEach((frame, lane) => this.records[lane].push(frame));
            this.decisions.push(decision);
        }
        this.busy = false;
        this.time = this.month;
        this.refresh();
    }

    tell(from) {
        const told = [];
        for (let month = from + 1; month <= Math.min(this.month, this.plan.months) && told.length < 6; month++) {
            for (const sentence of tellEvents(this.records[2], month)) {
                told.push(text("in_month", { month, sentence }));
            }
        }
        this.news.textContent = told.length ? told.join(" ") : text("nothing_happened");
        this.app.say(`${this.when.textContent}. ${this.news.textContent}`);
        this.side.describe();
    }

    // The score on both yardsticks, and what the same decisions would have brought in other futures.
    async finish() {
        const hand = { process: new Float32Array(this.decisions.map((d) => d.process)),
            depth: new Float32Array(this.decisions.map((d) => d.depth)) };
        const futures = await this.app.core.call("futures", { study: this.app.studyContent(), regimes: this.names,
            count: this.app.futuresCount(futuresCount), kpi: Number(this.kpi.value), hand });
        this.futures = futures;
        this.showScore();
        this.app.say(this.score.textContent);
        this.score.scrollIntoView({ block: "nearest" });
    }

    showScore() {
        if (this.futures && this.records && this.month >= this.plan.months) {
            this.score.replaceChildren(...scoreCards(this.records, this.names, this.futures));
        }
    }

    draw() {
        if (!this.records) {
            return;
        }
        this.side.draw(this.records[2], this.time);
        const shown = this.showOthers.checked ? this.records : this.records.map((record, lane) => (lane === 2 ? record
            : new Record(record.plan, record.name, record.data.slice(0, record.stride))));
        this.charts.stale = true;
        this.charts.draw(shown, Math.floor(this.time));
        const month = Math.floor(this.time);
        this.when.textContent = month > this.plan.months ? text("when_aftercare", { month: month - this.plan.months })
            : text("when", { month, months: this.plan.months, year: Math.max(1, Math.ceil(month / 12)) });
        const over = this.month >= this.plan.months;
        this.buttons.forEach((button) => { button.disabled = over; });
    }

    refresh() {
        this.title.textContent = text("regime_hand");
        for (const [lever, name] of [[this.process, "process"], [this.depth, "depth"]]) {
            lever.label.textContent = text(`lever_${name}`);
            lever.left.textContent = text(`lever_${name}_low`);
            lever.right.textContent = text(`lever_${name}_high`);
            lever.output.textContent = percent(Number(lever.input.value) / 100);
        }
        this.kpiLabel.textContent = text("helm_kpi");
        [...this.kpi.options].forEach((option, index) => { option.textContent = text(["kpi_light", "kpi_heavy"][index]); });
        this.showLabel.textContent = text("helm_show");
        this.buttons.forEach((button) => { button.textContent = text(button.key); });
        this.undo.textContent = text("helm_retake");
        this.again.textContent = text("helm_restart");
        this.charts.fill();
        this.key.replaceChildren(...legendKey());
        if (this.records) {
            this.loadCharts();
            this.draw();
            this.side.fillPhase();
            this.side.describe();
            this.showScore();
            if (this.month === 0) {
                this.news.textContent = text("helm_about");
            }
        }
    }

    keyDown(event) {
        const levers = { ArrowRight: [this.process, 5], ArrowLeft: [this.process, -5], ArrowUp: [this.depth, 5],
            ArrowDown: [this.depth, -5] };
        if (event.key === " " || event.key === "Enter") {
            this.advance(1);
            return true;
        }
        const [lever, change] = levers[event.key] ?? [];
        if (lever) {
            lever.input.value = Number(lever.input.value) + change;
            lever.input.dispatchEvent(new Event("input"));
            return true;
        }
        return false;
    }
}
