// SPDX-License-Identifier: GPL-3.0-or-later
// The lesson: five guided steps of together 45 minutes, each with its question, what to set, and a timer.
import { make, prose } from "./dom.js";
import { text } from "./text.js";

export const steps = [
    { key: "predict", minutes: 8, go: { view: "compare", scenario: "energy_transition", left: "linear_kpi", right: "iterative", replicate: 7, conditions: {} } },
    { key: "run", minutes: 8, go: { view: "compare", scenario: "energy_transition", left: "linear_kpi", right: "iterative", replicate: 7, conditions: {} } },
    { key: "explain", minutes: 9, go: { view: "suez" } },
    { key: "change", minutes: 12, go: { view: "helm", world: "mixed", replicate: 7 } },
    { key: "debate", minutes: 8, go: { view: "futures", scenario: "energy_transition", left: "linear_kpi", right: "iterative", replicate: 7, conditions: {} } },
];

export class LessonView {
    constructor(app) {
        this.app = app;
        this.chosen = 0;
        this.left = 0;
        this.timerRuns = false;
        this.list = make("ol", { className: "steps" });
        this.reading = make("div", { className: "card reading" });
        this.element = make("section", { className: "view", id: "view-lesson" },
            make("div", { className: "lesson" }, make("nav", { id: "lesson-steps" }, this.list), this.reading));
        this.clock = make("span", { className: "timer", role: "timer" });
        this.start = make("button", { onclick: () => this.toggleTimer() });
        setInterval(() => this.second(), 1000);
    }

    refresh() {
        this.list.replaceChildren(...steps.map(({ key, minutes }, index) => make("li", {}, make("button", {
            onclick: () => this.choose(index), ...(index === this.chosen ? { "aria-current": "step" } : {}) },
        make("span", {}, `${index + 1}. ${text(`step_${key}`)}`), make("span", {}, text("minutes", { n: minutes }))))));
        const step = steps[this.chosen], go = Object.values(this.app.scenarios).some(({ name }) => name === step.go.scenario)
            ? step.go : { view: step.go.view };
        this.reading.replaceChildren(
            make("h2", {}, `${this.chosen + 1}. ${text(`step_${step.key}`)}`),
            prose(text(`lesson_${step.key}`)),
            make("h3", {}, text("questions")), prose(text(`questions_${step.key}`)),
            make("p", { className: "choices" },
                make("button", { className: "main", id: "lesson-go", onclick: () => this.app.update(go) }, text("lesson_go", { view: text(`view_${step.go.view}`) })),
                make("button", { disabled: this.chosen === steps.length - 1, onclick: () => this.choose(this.chosen + 1) }, text("next_step")),
                this.start, this.clock),
            make("p", {}, make("button", { onclick: () => this.app.update({ view: "teacher" }) }, text("to_teacher"))));
        this.showClock();
    }

    choose(index) {
        this.chosen = index;
        this.timerRuns = false;
        this.left = 0;
        this.refresh();
        this.element.querySelector('[aria-current="step"]').focus();
    }

    toggleTimer() {
        this.timerRuns = !this.timerRuns;
        if (this.timerRuns && this.left <= 0) {
            this.left = steps[this.chosen].minutes * 60;
        }
        this.showClock();
    }

    second() {
        if (this.timerRuns) {
            this.left = Math.max(0, this.left - 1);
            this.timerRuns = this.left > 0;
            this.showClock();
            if (this.left === 0) {
                this.app.say(text("time_is_up"));
            }
        }
    }

    showClock() {
        const seconds = this.left || steps[this.chosen].minutes * 60;
        this.clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
        this.start.textContent = text(this.timerRuns ? "timer_stop" : "timer_start");
    }
}
