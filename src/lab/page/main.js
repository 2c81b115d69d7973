// SPDX-License-Identifier: GPL-3.0-or-later
// The page: settings, views, and what they share.
import { BenchView } from "./bench.js";
import { CompareView } from "./compare.js";
import { Core, Stopped } from "./core.js";
import { Dock } from "./dock.js";
import { byId, make } from "./dom.js";
import { FuturesView } from "./futures.js";
import { GuideView } from "./guide.js";
import { HelmView } from "./helm.js";
import { LessonView } from "./lesson.js";
import { openDialog, openReproduce } from "./reproduce.js";
import { formatLink, overrides, parseLink, views } from "./settings.js";
import { Setup } from "./setup.js";
import { SuezView } from "./suez.js";
import { TeacherView } from "./teacher.js";
import { fillTexts, languages, setLanguage, text } from "./text.js";
import { examples } from "./voyage.js";
import { WorldsView } from "./worlds.js";

class App {
    constructor() {
        this.scenarios = JSON.parse(byId("scenarios").textContent);
        this.titles = Object.fromEntries(this.scenarios.map(({ name, text: study }) =>
            [name, /^title: *(.*)$/m.exec(study)?.[1] ?? name]));
        const { settings, problems } = parseLink(location.hash, this.scenarios);
        if (!location.hash.includes("language=") && (navigator.language ?? "").toLowerCase().startsWith("nl")) {
            settings.language = "nl";
        }
        if (location.hash === "") {
            settings.view = "guide"; // who comes without a link is shown around
        }
        this.settings = settings;
        this.knownHash = location.hash;
        this.problems = problems;
        this.rule = examples.constant; // the written rule, of the helm and of the worlds
        this.regimes = [];
        this.study = null;
        this.turn = Promise.resolve();
        this.core = this.newCore();
        this.wanted = 0; // counts the changes of settings
    }

    // A worker of its own, for what takes long: it can be ended without harm to the rest.
    newCore() {
        return new Core(byId("worker").textContent);
    }

    start() {
        setLanguage(this.settings.language);
        this.applyTheme(window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
        this.views = {
            guide: new GuideView(this), compare: new CompareView(this), helm: new HelmView(this), worlds: new WorldsView(this),
            futures: new FuturesView(this), suez: new SuezView(this), lesson: new LessonView(this), bench: new BenchView(this), teacher: new TeacherView(this),
        };
        this.lesson = this.views.lesson;
        this.dock = new Dock(this, byId("dock"));
        this.setup = new Setup(this);
        byId("main").replaceChildren(...views.map((name) => this.views[name].element));
        const language = byId("language");
        language.replaceChildren(...Object.entries(languages).map(([code, words]) => make("option", { value: code }, words.language_name)));
        language.onchange = () => this.update({ language: language.value });
        byId("theme").onclick = () => this.applyTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
        byId("big").onclick = () => this.toggleBig();
        byId("reproduce").onclick = () => openReproduce(this);
        window.addEventListener("hashchange", () => this.followLink());
        window.addEventListener("resize", () => this.redraw());
        document.addEventListener("keydown", (event) => this.keyDown(event));
        this.fillFrame();
        return this.apply();
    }

    get view() {
        return this.views[this.settings.view];
    }

    // What the worker needs to read the study.
    studyContent() {
        const { name, text: study } = this.scenarios.find((scenario) => scenario.name === this.settings.scenario);
        return { name: `${name}.yaml`, text: study, overrides: overrides(this.settings) };
    }

    // How many futures to run: worlds of many collaborations take longer.
    futuresCount(count) {
        return this.study.parameters["programme.collaborations"] > 1 ? 8 : count;
    }

    // Changes settings; what follows from them comes one after the other, and is left out where a later change waits.
    update(change) {
        if (change.view && change.view !== this.settings.view) {
            this.view.hide?.();
        } else {
            this.view.interrupt?.();
        }
        this.settings = { ...this.settings, ...change };
        return this.apply();
    }

    // The document says in data-ready which view shows the settings as they are; nothing while they are being applied.
    apply() {
        const wanted = ++this.wanted, { dataset } = document.documentElement;
        delete dataset.ready;
        this.turn = this.turn.then(() => wanted === this.wanted && this.applyNow())
            .catch((problem) => problem instanceof Stopped || this.complain([`${text("broken")} (${problem.message})`]))
            .finally(() => {
                if (wanted === this.wanted) {
                    dataset.ready = this.settings.view;
                }
            });
        return this.turn;
    }

    async applyNow() {
        setLanguage(this.settings.language);
        byId("language").value = this.settings.language;
        const complaints = this.problems.map((problem) => problem());
        this.problems = [];
        try {
            this.study = await this.core.call("study", this.studyContent());
        } catch (problem) {
            // An impossible combination of settings: say so and go back to the scenario as it is.
            complaints.push(...problem.message.split("\n"));
            this.settings.conditions = {};
            this.study = await this.core.call("study", this.studyContent());
        }
        this.chooseRegimes(complaints);
        this.complain(complaints);
        this.fill();
        await this.view.load?.();
        this.saveLink();
    }

    chooseRegimes(complaints) {
        const { settings, study } = this;
        this.regimes = [...new Set([...study.regimes, ...study.builtin])];
        const usual = { left: study.regimes[0], right: study.regimes[1] ?? "iterative" };
        for (const side of ["left", "right"]) {
            if (settings[side] !== "" && !this.regimes.includes(settings[side])) {
                complaints.push(text("link_choice", { key: side, value: settings[side], allowed: this.regimes.join(", ") }));
                settings[side] = "";
            }
            settings[side] = settings[side] || usual[side];
        }
    }

    // What does not need a study: words and tabs.
    fillFrame() {
        const { settings } = this;
        fillTexts(document);
        document.title = text("page_title");
        byId("tabs").setAttribute("aria-label", text("views"));
        byId("tabs").replaceChildren(...views.map((name) => make("button", {
            id: `tab-${name}`, onclick: () => this.update({ view: name }), ...(name === settings.view ? { "aria-current": "page" } : {}) },
        text(`view_${name}`))));
    }

    fill() {
        const { settings } = this;
        this.fillFrame();
        byId("setup").hidden = !["compare", "futures"].includes(settings.view);
        this.dock.refresh();
        this.setup.fill();
        for (const name of views) {
            this.views[name].element.hidden = name !== settings.view;
        }
        this.view.refresh();
    }

    redraw() {
        this.view.refresh();
    }

    // Not over an address that somebody changed a moment ago: it is followed soon.
    saveLink() {
        const link = formatLink(this.settings);
        if (link !== location.hash && location.hash === this.knownHash) {
            location.replace(link);
            this.knownHash = location.hash;
        }
    }

    // Somebody changed the address; our own changes come back here too and are left.
    followLink() {
        if (location.hash === this.knownHash) {
            return;
        }
        this.knownHash = location.hash;
        const { settings, problems } = parseLink(location.hash, this.scenarios);
        this.view.hide?.();
        this.settings = settings;
        this.problems = problems;
        this.apply();
    }

    complain(sentences) {
        const banner = byId("banner");
        banner.hidden = sentences.length === 0;
        banner.replaceChildren(make("ul", {}, ...sentences.map((sentence) => make("li", {}, sentence))),
            make("button", { onclick: () => this.complain([]), "aria-label": text("close") }, "✕"));
    }

    say(sentence) {
        byId("live").textContent = sentence;
    }

    openText(title, about, words) {
        openDialog(title, make("p", {}, about), make("pre", { tabIndex: 0 }, words));
    }

    applyTheme(theme) {
        document.documentElement.dataset.theme = theme;
        if (this.study) {
            this.fill();
        }
    }

    toggleBig() {
        const big = document.documentElement.dataset.big !== "true";
        document.documentElement.dataset.big = String(big);
        byId("big").setAttribute("aria-pressed", String(big));
        this.redraw();
    }

    // Keys of the view, unless somebody types or chooses.
    keyDown(event) {
        const busy = event.target.closest("input, select, textarea, button, a, dialog, summary, pre");
        if (!busy && !event.ctrlKey && !event.metaKey && !event.altKey && this.view.keyDown?.(event)) {
            event.preventDefault();
        }
    }
}

// Whatever goes wrong, there is a sentence and never a blank page.
function fail(problem) {
    const banner = byId("banner");
    banner.hidden = false;
    banner.textContent = `${text("broken")} (${problem?.message ?? problem})`;
}

window.addEventListener("error", (event) => fail(event.error ?? event.message));
window.addEventListener("unhandledrejection", (event) => fail(event.reason));
try {
    const app = new App();
    app.start();
} catch (problem) {
    fail(problem);
}
