// SPDX-License-Identifier: GPL-3.0-or-later
// A hand at the helm for ten years, half a year at a time, beside the two poles, on the same luck and under the same funder.
import { Charts } from "./charts.js";
import { formatCourse, parseCourse } from "./course.js";
import { make } from "./dom.js";
import { Gauges } from "./gauges.js";
import { glide } from "./glide.js";
import { legendKey } from "./legend.js";
import { Record } from "./record.js";
import { Sail } from "./sail.js";
import { scoreCards } from "./score.js";
import { Side, regimeName } from "./side.js";
import { tellEvents } from "./tell.js";
import { hold, theories, worldOverrides } from "./voyage.js";
import { percent, text } from "./text.js";

const names = ["linear_kpi", "iterative", "hand"], hand = 2;

export class HelmView {
    constructor(app) {
        this.app = app;
        this.title = make("span");
        this.side = new Side(hand, make("h2", {}, this.title));
        this.charts = new Charts(["symptom", "structural_share", "momentum", "process"]);
        this.gauges = new Gauges();
        this.sail = new Sail(app, () => this.world.value);
        this.process = this.makeLever("process", 30, 95);
        this.depth = this.makeLever("depth", 50, 100);
        this.world = make("select", { id: "helm-world", onchange: () => this.begin([]) });
        this.worldLabel = make("span");
        this.future = make("input", { type: "number", id: "helm-future", min: 0, max: 999999, step: 1,
            onchange: () => this.chooseFuture() });
        this.futureLabel = make("span");
        this.showOthers = make("input", { type: "checkbox", checked: true, onchange: () => this.draw() });
        this.showLabel = make("span");
        this.go = make("button", { className: "main", id: "helm-go", onclick: () => this.advance() });
        this.undo = make("button", { id: "helm-undo", onclick: () => this.begin(this.course.slice(0, -1)) });
        this.again = make("button", { id: "helm-restart", onclick: () => this.begin([]) });
        this.when = make("strong", { className: "when" });
        this.news = make("p", { className: "news" });
        this.score = make("div", { className: "scores", id: "helm-score" });
        this.key = make("div", { className: "legend card key" });
        const controls = make("div", { className: "card helm" }, this.process.element, this.depth.element,
            make("div", { className: "buttons" }, this.go, this.undo, this.again, this.when));
        const state = make("div", { className: "card state" }, this.news,
            make("label", { className: "field" }, this.worldLabel, this.world), make("label", { className: "field" }, this.futureLabel, this.future),
            make("label", { className: "field" }, this.showOthers, this.showLabel));
        this.element = make("section", { className: "view", id: "view-helm" }, controls, this.gauges.element, state,
            make("div", { className: "stage" }, this.side.element, this.charts.element), this.score, this.sail.element, this.key);
        this.course = [];
        this.turn = 0; // counts what was begun, so that an answer to an older question is not shown
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
        const { settings } = this.app, key = `${settings.world}|${settings.replicate}`;
        if (key !== this.loadedKey) {
            this.fillWorlds();
            this.world.value = settings.world;
            await this.begin(parseCourse(settings.course) ?? [], false);
        }
    }

    chooseFuture() {
        const value = Number(this.future.value);
        const replicate = Number.isInteger(value) && value >= 0 && value <= 999999 ? value : this.app.settings.replicate;
        this.app.update({ replicate, course: "" });
    }

    // Begins again and repeats the decisions of `course`; luck has an address, so they come out the same.
    async begin(course, keep = true) {
        const { app } = this, turn = ++this.turn;
        const change = { world: this.world.value, course: formatCourse(course) };
        Object.assign(app.settings, change);
        this.loadedKey = `${app.settings.world}|${app.settings.replicate}`;
        const { plan, months } = await app.core.call("helm_begin", { overrides: worldOverrides(app.settings.world),
            replicate: app.settings.replicate, course });
        if (turn !== this.turn) {
            return;
        }
        this.course = course;
        this.records = names.map((name, lane) => new Record(plan, name, months[0].frames[lane]));
        this.state = months[0].state;
        months.slice(1).forEach((month) => this.push(month));
        this.time = this.month;
        this.score.replaceChildren();
        this.holdLast();
        this.loadCharts();
        this.refresh();
        if (keep) {
            app.saveLink();
        }
        if (this.month >= this.plan.months) {
            await this.afterSupport(turn);
        }
    }

    // The levers stand where the last decision put them.
    holdLast() {
        const last = this.course[this.course.length - 1];
        if (last) {
            this.process.input.value = Math.round(100 * last.process);
            this.depth.input.value = Math.round(100 * last.depth);
        }
    }

    push({ frames, state }) {
        frames.forEach((frame, lane) => this.records[lane].push(frame));
        this.state = state;
    }

    get plan() {
        return this.records[0].plan;
    }

    get month() {
        return this.records[hand].last;
    }

    get over() {
        return !this.records || this.month >= this.plan.months;
    }

    loadCharts() {
        this.charts.load(names.map((name, lane) => ({ label: regimeName(name), lane })), this.plan.months,
            this.plan.months + this.plan.aftercare);
        this.charts.stale = true;
    }

    // Half a year with the levers as they stand; the last one runs on through the years without support.
    async advance() {
        if (this.busy || this.over) {
            return;
        }
        this.busy = true;
        const turn = this.turn, from = this.month;
        const decision = { process: Number(this.process.input.value) / 100, depth: Number(this.depth.input.value) / 100 };
        try {
            const { months } = await this.app.core.call("helm_step", { ...decision, count: hold });
            if (turn !== this.turn) {
                return;
            }
            this.course = [...this.course, decision];
            months.forEach((month) => this.push(month));
            this.app.settings.course = formatCourse(this.course);
            this.app.saveLink();
            await this.glide(from, this.month);
            this.tell(from);
            if (turn === this.turn && this.over) {
                await this.afterSupport(turn);
            }
        } finally {
            this.busy = false;
            this.draw();
        }
    }

    async afterSupport(turn) {
        const from = this.month, count = this.plan.months + this.plan.aftercare - from;
        const { months } = await this.app.core.call("helm_step", { process: 0, depth: 0, count });
        if (turn !== this.turn) {
            return;
        }
        months.forEach((month) => this.push(month));
        await this.glide(from, this.month);
        this.showScore();
        this.app.say(this.score.textContent);
    }

    // Shows the months that passed, never longer than two seconds.
    glide(from, to) {
        return glide({ from, to, length: Math.min(2000, 250 * (to - from)), still: () => this.element.hidden,
            show: (time) => {
                this.time = time;
                this.draw();
            } });
    }

    tell(from) {
        const told = [];
        for (const { month, value, grant } of this.state.lanes[hand].verdicts) {
            if (month > from && month <= this.month) {
                told.push(text(grant > 0 ? "verdict_news" : "verdict_stopped", { month, value: percent(value), grant: percent(grant) }));
            }
        }
        for (let month = from + 1; month <= Math.min(this.month, this.plan.months) && told.length < 7; month++) {
            for (const sentence of tellEvents(this.records[hand], month)) {
                told.push(text("in_month", { month, sentence }));
            }
        }
        this.news.textContent = told.length ? told.join(" ") : text("nothing_happened");
        this.app.say(`${this.when.textContent}. ${this.news.textContent}`);
        this.side.describe();
    }

    showScore() {
        if (this.records && this.month > this.plan.months) {
            this.score.replaceChildren(...scoreCards(this.records, names, this.state.lanes));
        }
    }

    draw() {
        if (!this.records) {
            return;
        }
        this.side.draw(this.records[hand], this.time);
        const shown = this.showOthers.checked ? this.records : this.records.map((record, lane) => (lane === hand ? record
            : new Record(record.plan, record.name, record.data.slice(0, record.stride))));
        this.charts.stale = true;
        this.charts.draw(shown, Math.floor(this.time));
        const month = Math.floor(this.time);
        this.when.textContent = month > this.plan.months ? text("when_aftercare", { month: month - this.plan.months })
            : text("when", { month, months: this.plan.months, year: Math.max(1, Math.ceil(month / 12)) });
        this.gauges.show(this.state, this.records[hand], this.month);
        this.go.disabled = this.over || Boolean(this.busy);
        this.undo.disabled = this.course.length === 0;
    }

    fillWorlds() {
        const chosen = this.world.value || this.app.settings.world;
        this.world.replaceChildren(...theories.map((name) => make("option", { value: name }, text(`theory_${name}`))));
        this.world.value = chosen;
    }

    refresh() {
        this.title.textContent = text("regime_hand");
        for (const [lever, name] of [[this.process, "process"], [this.depth, "depth"]]) {
            lever.label.textContent = text(`lever_${name}`);
            lever.left.textContent = text(`lever_${name}_low`);
            lever.right.textContent = text(`lever_${name}_high`);
            lever.output.textContent = percent(Number(lever.input.value) / 100);
        }
        this.worldLabel.textContent = text("helm_world");
        this.fillWorlds();
        this.futureLabel.textContent = text("helm_future");
        this.future.value = this.app.settings.replicate;
        this.showLabel.textContent = text("helm_show");
        this.go.textContent = text("helm_go");
        this.undo.textContent = text("helm_retake");
        this.again.textContent = text("helm_restart");
        this.charts.fill();
        this.gauges.fill();
        this.sail.refresh();
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
            this.advance();
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
