// SPDX-License-Identifier: GPL-3.0-or-later
// The lesson: five guided steps of together 45 minutes, each with its questions and what to set. While a step is under way it
// stands beside every view (dock.js).
import { make, prose } from "./dom.js";
import { text } from "./text.js";

// The run that the lesson looks at: one in which everything shows that its words point at (tests/lab/hints.test.mjs). How
// typical it is, the lesson asks.
export const lessonRun = { scenario: "energy_transition", left: "linear_kpi", right: "iterative", replicate: 6 };
const pair = { ...lessonRun, conditions: {} };

export const steps = [
    { key: "predict", minutes: 8, go: { view: "compare", ...pair } },
    { key: "run", minutes: 8, go: { view: "compare", ...pair } },
    { key: "explain", minutes: 9, go: { view: "suez" } },
    { key: "change", minutes: 12, go: { view: "helm", world: "mixed", replicate: 7 } },
    { key: "debate", minutes: 8, go: { view: "worlds" } },
];

export class LessonView {
    constructor(app) {
        this.app = app;
        this.chosen = 0;
        this.list = make("ol", { className: "steps" });
        this.reading = make("div", { className: "card reading" });
        this.element = make("section", { className: "view", id: "view-lesson" },
            make("div", { className: "lesson" }, make("nav", { id: "lesson-steps" }, this.list), this.reading));
    }

    // What a step sets; a page without its scenario keeps its own.
    settingsOf(index) {
        const { go } = steps[index];
        return !go.scenario || this.app.scenarios.some(({ name }) => name === go.scenario) ? go : { view: go.view };
    }

    refresh() {
        this.element.querySelector("nav").setAttribute("aria-label", text("view_lesson"));
        this.list.replaceChildren(...steps.map(({ key, minutes }, index) => make("li", {}, make("button", {
            onclick: () => this.choose(index), ...(index === this.chosen ? { "aria-current": "step" } : {}) },
        make("span", {}, `${index + 1}. ${text(`step_${key}`)}`), make("span", {}, text("minutes", { n: minutes }))))));
        const step = steps[this.chosen];
        this.reading.replaceChildren(
            make("h2", {}, `${this.chosen + 1}. ${text(`step_${step.key}`)}`),
            prose(text(`lesson_${step.key}`)),
            make("h3", {}, text("questions")), prose(text(`questions_${step.key}`)),
            make("p", { className: "choices" },
                make("button", { className: "main", id: "lesson-go", onclick: () => this.app.update({ ...this.settingsOf(this.chosen), step: this.chosen + 1 }) },
                    text("lesson_begin", { view: text(`view_${step.go.view}`) })),
                make("button", { disabled: this.chosen === steps.length - 1, onclick: () => this.choose(this.chosen + 1) }, text("next_step"))),
            make("p", {}, make("button", { onclick: () => this.app.update({ view: "teacher" }) }, text("to_teacher"))));
    }

    choose(index) {
        this.chosen = index;
        this.refresh();
        this.element.querySelector('[aria-current="step"]').focus();
    }
}
