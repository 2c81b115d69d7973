// SPDX-License-Identifier: GPL-3.0-or-later
// Two regimes side by side on the same luck.
import { Charts } from "./charts.js";
import { make } from "./dom.js";
import { Record } from "./record.js";
import { Side, regimeName } from "./side.js";
import { tellEvents } from "./tell.js";
import { hasText, text } from "./text.js";
import { Transport } from "./transport.js";
import { legendKey } from "./legend.js";

export class CompareView {
    constructor(app) {
        this.app = app;
        this.choices = ["left", "right"].map((side) => make("select", { id: `regime-${side}`,
            onchange: (event) => app.update({ [side]: event.target.value }) }));
        this.sides = this.choices.map((choice, lane) => new Side(lane, make("h2", {}, choice)));
        this.charts = new Charts(["symptom", "structural_share", "trust", "process"]);
        this.transport = new Transport((time) => this.draw(time), (time) => this.rest(time));
        this.key = make("div", { className: "legend card key" });
        this.element = make("section", { className: "view", id: "view-compare" },
            make("div", { className: "stage" }, ...this.sides.map(({ element }) => element), this.charts.element),
            this.transport.element, this.key);
        this.records = null;
        this.told = -1;
    }

    // Runs both regimes again; the month shown stays where it was when it can.
    async load() {
        const { app } = this, { settings, study } = app;
        this.fillChoices();
        const regimes = [settings.left, settings.right];
        const content = { study: app.studyContent(), regimes, replicate: settings.replicate };
        const key = JSON.stringify(content);
        if (key !== this.loadedKey) {
            const { plan, data } = await app.core.call("record", content);
            plan.events = app.study.events;
            this.records = data.map((rows, lane) => new Record(plan, regimes[lane], rows));
            this.loadedKey = key;
            const keep = this.keepTime ? this.transport.time : 0;
            this.keepTime = true;
            this.loadCharts(plan);
            this.transport.load(plan.months, plan.months + plan.aftercare, keep);
        }
        this.study = study;
    }

    loadCharts(plan) {
        this.charts.load(this.records.map((record, lane) => ({ label: regimeName(record.name), lane })), plan.months,
            plan.months + plan.aftercare, plan.events);
        this.charts.stale = true;
    }

    fillChoices() {
        const { settings, regimes } = this.app;
        this.choices.forEach((choice, lane) => {
            choice.replaceChildren(...regimes.map((name) => make("option", { value: name }, regimeName(name))));
            choice.value = lane === 0 ? settings.left : settings.right;
            choice.setAttribute("aria-label", text(lane === 0 ? "left_regime" : "right_regime"));
            this.sides[lane].about.textContent = hasText(`about_${choice.value}`) ? text(`about_${choice.value}`) : "";
            choice.title = this.sides[lane].about.textContent;
        });
    }

    draw(time) {
        if (!this.records) {
            return;
        }
        this.sides.forEach((side, lane) => side.draw(this.records[lane], time));
        this.charts.draw(this.records, Math.floor(time));
        if (Math.floor(time) % 12 === 0 && this.transport.playing) {
            this.tell(Math.floor(time), false);
        }
    }

    rest(time) {
        if (!this.records) {
            return;
        }
        this.sides.forEach((side) => side.describe());
        this.tell(Math.floor(time), true);
    }

    // Says in the live region what stands in the pictures; while playing once a year.
    tell(month, detail) {
        if (month === this.told) {
            return;
        }
        this.told = month;
        const parts = this.records.map((record) => {
            const events = detail ? tellEvents(record, month) : [];
            return text("tell", {
                name: regimeName(record.name), symptom: Math.round(100 * record.scalar(month, "symptom")),
                share: Math.round(100 * record.scalar(month, "structural_share")), events: events.join(" ") });
        });
        this.app.say(`${text("month")} ${month}. ${parts.join(" ")}`);
    }

    refresh() {
        this.transport.fill();
        this.charts.fill();
        this.key.replaceChildren(...legendKey());
        if (this.records) {
            this.fillChoices();
            this.loadCharts(this.records[0].plan);
            this.draw(this.transport.time);
            this.sides.forEach((side) => {
                side.fillPhase();
                side.describe();
            });
        }
    }

    hide() {
        this.transport.pause();
    }

    keyDown(event) {
        return this.transport.key(event);
    }
}
