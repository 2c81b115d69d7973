// SPDX-License-Identifier: GPL-3.0-or-later
// The lesson beside every view: the step, its clock, what to do and the questions. When time is up it is seen, and heard by
// who wishes so.
import { make, prose } from "./dom.js";
import { steps } from "./lesson.js";
import { text } from "./text.js";

// Three short tones.
function ring() {
    const audio = new AudioContext();
    [0, 0.35, 0.7].forEach((at) => {
        const tone = audio.createOscillator(), loudness = audio.createGain();
        tone.frequency.value = 880;
        loudness.gain.setValueAtTime(0.25, audio.currentTime + at);
        loudness.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + at + 0.3);
        tone.connect(loudness).connect(audio.destination);
        tone.start(audio.currentTime + at);
        tone.stop(audio.currentTime + at + 0.3);
    });
    setTimeout(() => audio.close(), 1500);
}

export class Dock {
    constructor(app, element) {
        this.app = app;
        this.element = element;
        this.title = make("h2", { id: "dock-title", tabIndex: -1 });
        this.fold = make("button", { id: "dock-fold", "aria-expanded": "true", onclick: () => this.toggleFold() }, "▾");
        this.shut = make("button", { id: "dock-close", onclick: () => this.close() }, "✕");
        this.clock = make("span", { className: "timer", role: "timer", id: "dock-clock" });
        this.start = make("button", { id: "dock-start", onclick: () => this.toggleTimer() });
        this.sound = make("input", { type: "checkbox", id: "dock-sound" });
        this.soundLabel = make("span");
        this.alarm = make("p", { className: "alarm", role: "alert" });
        this.content = make("div", { className: "content" });
        this.element.setAttribute("aria-labelledby", "dock-title");
        this.element.append(make("div", { className: "head" }, this.title, this.fold, this.shut),
            make("div", { className: "choices" }, this.clock, this.start, make("label", { className: "field" }, this.sound, this.soundLabel)),
            this.alarm, this.content);
        this.shown = 0;
        this.stopClock();
        this.folded = window.innerWidth < 900;
        setInterval(() => this.second(), 500);
    }

    // Nothing of a clock that ran: the next start takes the whole time of the step.
    stopClock() {
        this.endsAt = 0; // while it runs
        this.left = 0;   // seconds, while it waits
        this.isUp = false;
    }

    get runs() {
        return this.endsAt > 0;
    }

    close() {
        this.stopClock();
        this.app.update({ step: 0 });
    }

    toggleFold() {
        this.folded = !this.folded;
        this.refresh();
    }

    toggleTimer() {
        if (this.runs) {
            this.left = this.seconds();
            this.endsAt = 0;
        } else {
            this.endsAt = Date.now() + 1000 * (this.left || steps[this.shown - 1].minutes * 60);
            this.isUp = false;
        }
        this.showClock();
    }

    // What is left, by the time of day: a page in the background counts on.
    seconds() {
        if (this.isUp) {
            return 0;
        }
        return this.runs ? Math.max(0, Math.ceil((this.endsAt - Date.now()) / 1000)) : this.left || (steps[this.shown - 1]?.minutes ?? 0) * 60;
    }

    second() {
        if (this.runs && this.seconds() === 0) {
            this.stopClock();
            this.isUp = true;
            if (this.sound.checked) {
                ring();
            }
        }
        if (this.shown) {
            this.showClock();
        }
    }

    showClock() {
        const seconds = this.seconds(), words = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
        if (this.clock.textContent !== words) {
            this.clock.textContent = words;
        }
        this.start.textContent = text(this.runs ? "timer_stop" : "timer_start");
        this.element.classList.toggle("up", this.isUp);
        const alarm = this.isUp ? text("time_is_up") : "";
        if (this.alarm.textContent !== alarm) {
            this.alarm.textContent = alarm;
        }
    }

    // Opens a step in its view.
    go(step) {
        this.app.update({ ...this.app.lesson.settingsOf(step - 1), step });
        this.title.focus();
    }

    refresh() {
        const { step, view } = this.app.settings;
        this.element.hidden = step === 0 || view === "lesson";
        document.documentElement.dataset.dock = String(!this.element.hidden);
        if (step !== this.shown) {
            this.shown = step;
            this.stopClock();
        }
        if (step === 0) {
            return;
        }
        const { key } = steps[step - 1];
        this.title.textContent = text("dock_title", { step, of: steps.length, name: text(`step_${key}`) });
        this.fold.setAttribute("aria-expanded", String(!this.folded));
        this.fold.setAttribute("aria-label", text("dock_fold"));
        this.fold.textContent = this.folded ? "▸" : "▾";
        this.shut.setAttribute("aria-label", text("dock_close"));
        this.soundLabel.textContent = text("dock_sound");
        this.content.hidden = this.folded;
        this.content.replaceChildren(prose(text(`lesson_${key}`)), make("h3", {}, text("questions")), prose(text(`questions_${key}`)),
            make("p", { className: "choices" },
                make("button", { id: "dock-back", disabled: step === 1, onclick: () => this.go(step - 1) }, text("previous_step")),
                make("button", { id: "dock-next", className: "main", disabled: step === steps.length, onclick: () => this.go(step + 1) }, text("next_step"))));
        this.showClock();
    }
}
