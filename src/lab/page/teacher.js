// SPDX-License-Identifier: GPL-3.0-or-later
// The teacher's page: aims, plan, what to look for, what the model cannot say. Prints well.
import { ClassBoard } from "./class.js";
import { dataTable, make, prose } from "./dom.js";
import { steps } from "./lesson.js";
import { text } from "./text.js";

export class TeacherView {
    constructor(app) {
        this.app = app;
        this.reading = make("div", { className: "card reading" });
        this.board = new ClassBoard(app);
        this.element = make("section", { className: "view", id: "view-teacher" }, this.reading, this.board.element);
    }

    // The camera is off where it is not seen.
    hide() {
        this.board.scanner.stop();
    }

    refresh() {
        this.board.refresh();
        let from = 0;
        const rows = steps.map(({ key, minutes }) => {
            const row = [text(`step_${key}`), `${from}–${from + minutes}`, text(`plan_${key}`)];
            from += minutes;
            return row;
        });
        const part = (key) => [make("h3", {}, text(`${key}_title`)), prose(text(key))];
        this.reading.replaceChildren(make("h2", {}, text("teacher_title")), prose(text("teacher_intro")),
            ...part("teacher_aims"), dataTable(text("teacher_plan"), [text("step"), text("minutes_head"), text("what_happens")], rows),
            ...part("teacher_watch"), ...part("teacher_answers"), ...part("teacher_limits"), ...part("teacher_keys"), ...part("teacher_sources"),
            make("p", { className: "noprint" }, make("button", { onclick: () => print() }, text("print"))));
    }
}
