// SPDX-License-Identifier: GPL-3.0-or-later
// Play, pause, step, speed and scrubbing: a clock in months, with its buttons.
import { make } from "./dom.js";
import { text } from "./text.js";

const speeds = [1, 2, 4, 8, 16, 32];

export class Transport {
    // draw(time) is called for every frame; rest(time) when the clock stands still on a month.
    constructor(draw, rest) {
        this.draw = draw;
        this.rest = rest;
        this.time = 0;
        this.end = 0;
        this.months = 0;
        this.playing = false;
        this.play = make("button", { className: "main play", onclick: () => this.toggle() });
        this.back = make("button", { onclick: () => this.step(-1) }, "◀");
        this.next = make("button", { onclick: () => this.step(1) }, "▶");
        this.first = make("button", { onclick: () => this.seek(0) }, "|◀");
        this.scrub = make("input", { type: "range", className: "scrub", min: 0, step: 1,
            oninput: () => this.seek(Number(this.scrub.value)) });
        this.speed = make("select", { onchange: () => {} }, ...speeds.map((speed) => make("option", { value: speed }, `${speed}`)));
        this.speed.value = 4;
        this.when = make("span", { className: "when" });
        this.speedLabel = make("span");
        this.element = make("div", { className: "card transport", role: "group" }, this.first, this.back, this.play,
            this.next, this.scrub, this.when, make("label", { className: "field" }, this.speedLabel, this.speed));
        this.fill();
    }

    fill() {
        this.element.setAttribute("aria-label", text("transport"));
        for (const [button, key] of [[this.back, "step_back"], [this.next, "step_on"], [this.first, "to_start"]]) {
            button.setAttribute("aria-label", text(key));
            button.title = text(key);
        }
        this.scrub.setAttribute("aria-label", text("month"));
        this.speedLabel.textContent = text("speed");
        this.show();
    }

    // A run of `months` with aftercare up to `end`.
    load(months, end, time = 0) {
        this.pause();
        this.months = months;
        this.end = end;
        this.scrub.max = end;
        this.seek(Math.min(time, end));
    }

    toggle() {
        if (this.playing) {
            this.pause();
            this.seek(Math.round(this.time));
        } else {
            this.start();
        }
    }

    start() {
        if (this.time >= this.end) {
            this.time = 0;
        }
        this.playing = true;
        this.lastStamp = 0;
        this.show();
        requestAnimationFrame((stamp) => this.frame(stamp));
    }

    pause() {
        this.playing = false;
        this.show();
    }

    frame(stamp) {
        if (!this.playing) {
            return;
        }
        if (this.lastStamp) {
            this.time = Math.min(this.end, this.time + (Math.min(stamp - this.lastStamp, 250) / 1000) * Number(this.speed.value));
        }
        this.lastStamp = stamp;
        this.draw(this.time);
        this.showTime();
        if (this.time >= this.end) {
            this.pause();
            this.rest(this.time);
        } else {
            requestAnimationFrame((next) => this.frame(next));
        }
    }

    step(by) {
        this.pause();
        this.seek(by > 0 ? Math.floor(this.time) + by : Math.ceil(this.time) + by);
    }

    seek(time) {
        this.time = Math.max(0, Math.min(this.end, time));
        this.draw(this.time);
        this.showTime();
        if (!this.playing) {
            this.rest(this.time);
        }
    }

    show() {
        this.play.textContent = this.playing ? `❚❚ ${text("pause")}` : `▶ ${text("play")}`;
        this.showTime();
    }

    showTime() {
        const month = Math.floor(this.time);
        this.scrub.value = month;
        const words = month > this.months ? text("when_aftercare", { month: month - this.months }) : text("when", {
            month, months: this.months, year: Math.max(1, Math.ceil(month / 12)) });
        if (this.when.textContent !== words) {
            this.when.textContent = words;
            this.scrub.setAttribute("aria-valuetext", words);
        }
    }

    // Keys that work everywhere in a view: space plays, arrows step.
    key(event) {
        if (event.key === " ") {
            this.toggle();
        } else if (event.key === "ArrowRight") {
            this.step(1);
        } else if (event.key === "ArrowLeft") {
            this.step(-1);
        } else if (event.key === "Home") {
            this.seek(0);
        } else if (event.key === "End") {
            this.seek(this.end);
        } else {
            return false;
        }
        return true;
    }
}
