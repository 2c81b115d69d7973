// SPDX-License-Identifier: GPL-3.0-or-later
// The workbench: a study is opened, changed and run here, with the mistakes at their lines, the report inside, and everything to
// take home.
import { Stopped } from "./core.js";
import { make } from "./dom.js";
import { Ensemble } from "./ensemble.js";
import { faultLines, setKey } from "./study_text.js";
import { number, text } from "./text.js";
import { theories } from "./voyage.js";

const patience = 350; // milliseconds after the last key

// Keys with a field of their own; what they are now comes from the study as the core read it.
const fields = ["replicates", "months", "aftercare_months", "recognition", "convener.skill", "funder.target", "funder.room", "divergence"];

const download = () => make("a", { className: "button", hidden: true });

// A table of all runs, as `dredge export` writes it.
function runsTable(found, { values, status, columns }) {
    const { points, replicates, regimes, factors } = found, plain = (value) => (Number.isFinite(value) ? String(value) : "");
    const quoted = (word) => (/[",\n]/.test(word) ? `"${word.replaceAll('"', '""')}"` : word);
    const named = ({ name, place }) => (place ? `${name}_${place}` : name).replaceAll("-", "_");
    const rows = [["point", ...factors.map((key) => key.replaceAll(".", "_")), "regime", "replicate", "status", ...found.columns.map(named)].map(quoted).join(",")];
    for (let run = 0; run < points * regimes.length * replicates; run++) {
        if (status[run] > 0) {
            const replicate = run % replicates, regime = Math.floor(run / replicates) % regimes.length, point = Math.floor(run / (replicates * regimes.length));
            rows.push([point, ...factors.map((_, factor) => plain(values[point * factors.length + factor])), quoted(regimes[regime]), replicate,
                status[run] === 1 ? "done" : "failed", ...columns.map((column) => plain(column[run]))].join(","));
        }
    }
    return `${rows.join("\n")}\n`;
}

export class BenchView {
    constructor(app) {
        this.app = app;
        this.name = "study.yaml";
        this.title = make("h2");
        this.about = make("p");
        this.example = make("select", { id: "bench-example", onchange: () => this.takeExample() });
        this.exampleLabel = make("span");
        this.file = make("input", { type: "file", id: "bench-file", accept: ".yaml,.yml,text/yaml", onchange: () => this.takeFile() });
        this.fileLabel = make("span");
        this.gutter = make("pre", { className: "gutter", "aria-hidden": "true" });
        this.words = make("textarea", { id: "bench-text", rows: 22, spellcheck: false, wrap: "off", oninput: () => this.edited(),
            onscroll: () => { this.gutter.scrollTop = this.words.scrollTop; } });
        this.faults = make("ul", { className: "faults", id: "bench-faults" });
        this.theory = make("select", { id: "bench-theory", onchange: () => this.setField("theory", this.theory.value) });
        this.theoryLabel = make("span");
        this.fields = fields.map((key) => {
            const label = make("span"), input = make("input", { type: "number", step: "any", id: `bench-${key}`, onchange: () => this.setField(key, input.value) });
            return { key, label, input, element: make("label", { className: "field" }, label, input) };
        });
        this.run = make("button", { className: "main", id: "bench-run", onclick: () => this.start() });
        this.stop = make("button", { id: "bench-stop", hidden: true, onclick: () => this.ensemble?.end() });
        this.bar = make("progress", { id: "bench-bar", max: 1, value: 0, hidden: true });
        this.size = make("span", { id: "bench-size" });
        this.said = make("p", { id: "bench-said", role: "status" });
        this.saves = { study: download(), report: download(), table: download() };
        Object.entries(this.saves).forEach(([name, link]) => { link.id = `bench-save-${name}`; });
        this.frame = make("iframe", { id: "bench-report", hidden: true, sandbox: "allow-scripts allow-downloads allow-popups" });
        this.element = make("section", { className: "view", id: "view-bench" }, make("div", { className: "card" }, this.title, this.about,
            make("div", { className: "choices" }, make("label", { className: "field" }, this.exampleLabel, this.example),
                make("label", { className: "field" }, this.fileLabel, this.file), this.saves.study)),
        make("div", { className: "bench" }, make("div", { className: "card" }, make("div", { className: "editor" }, this.gutter, this.words), make("div", { role: "status" }, this.faults)),
            make("div", { className: "card form" }, make("label", { className: "field" }, this.theoryLabel, this.theory), ...this.fields.map(({ element }) => element),
                make("div", { className: "choices" }, this.run, this.stop, this.bar, this.size), this.said,
                make("div", { className: "choices" }, this.saves.report, this.saves.table))), this.frame);
        this.turn = 0;
        this.isRight = false;
    }

    async load() {
        if (!this.words.value) {
            this.take(this.app.scenarios.find(({ name }) => name === "pothole") ?? this.app.scenarios[0]);
        }
    }

    take({ name, text: study }) {
        this.name = name.endsWith(".yaml") ? name : `${name}.yaml`;
        this.words.value = study;
        this.words.scrollTop = 0;
        this.edited(0);
    }

    takeExample() {
        const chosen = this.app.scenarios.find(({ name }) => name === this.example.value);
        if (chosen) {
            this.take(chosen);
        }
    }

    async takeFile() {
        const [file] = this.file.files;
        if (file) {
            this.take({ name: file.name, text: await file.text() });
            this.file.value = "";
        }
    }

    study() {
        return { name: this.name, text: this.words.value };
    }

    // Checks a moment after the last change; an answer to an older text is not shown. "Run" stays as it is meanwhile: a field
    // changes when it is left, also for that button, which reads the study itself.
    edited(wait = patience) {
        const turn = ++this.turn;
        this.isRight = false;
        this.faults.replaceChildren();
        this.number();
        clearTimeout(this.clock);
        this.clock = setTimeout(async () => {
            try {
                const about = await this.app.core.call("bench_check", this.study());
                if (turn === this.turn) {
                    this.right(about);
                }
            } catch (problem) {
                if (turn === this.turn) {
                    this.wrong(faultLines(problem.message));
                }
            }
        }, wait);
    }

    number(wrong = []) {
        this.gutter.replaceChildren(...this.words.value.split("\n").map((_, index) =>
            make("span", { className: wrong.includes(index + 1) ? "wrong" : "" }, `${index + 1}\n`)));
        this.gutter.scrollTop = this.words.scrollTop;
    }

    right(about) {
        this.isRight = true;
        this.known = about;
        this.number();
        this.faults.replaceChildren(make("li", { className: "right" }, text("bench_right")));
        this.run.disabled = Boolean(this.ensemble);
        this.showFields();
    }

    wrong(faults) {
        this.run.disabled = true;
        this.number(faults.map(({ line }) => line));
        this.faults.replaceChildren(...faults.map(({ line, sentence }) => make("li", {},
            line ? make("button", { onclick: () => this.goTo(line) }, sentence) : sentence)));
    }

    // Selects a line of the text.
    goTo(line) {
        const lines = this.words.value.split("\n"), from = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
        this.words.focus();
        this.words.setSelectionRange(from, from + (lines[line - 1] ?? "").length);
        this.words.scrollTop = ((line - 5) / lines.length) * this.words.scrollHeight;
    }

    showFields() {
        const { parameters, runs, points, regimes } = this.known;
        for (const { key, input } of this.fields) {
            if (input !== document.activeElement) {
                input.value = key === "replicates" ? this.known.replicates : parameters[key];
            }
        }
        this.size.textContent = text("bench_size", { runs: number(runs, 0), points: number(points, 0), regimes });
    }

    setField(key, value) {
        const changed = String(value).trim() === "" ? null : setKey(this.words.value, key, value);
        if (changed === null) {
            this.said.textContent = text("bench_by_hand", { key });
        } else {
            this.words.value = changed;
            this.edited(0);
        }
    }

    async start() {
        const study = this.study(), ensemble = new Ensemble(() => this.app.newCore(), (share) => { this.bar.value = share; });
        this.ensemble?.end();
        this.ensemble = ensemble;
        this.run.disabled = true;
        this.bar.value = 0;
        this.bar.hidden = this.stop.hidden = false;
        this.saves.report.hidden = this.saves.table.hidden = this.frame.hidden = true;
        this.said.textContent = "";
        this.said.dataset.digest = "";
        try {
            const found = await ensemble.run(study);
            this.found = found;
            this.tell();
            this.said.dataset.digest = found.digest;
            const { page } = await ensemble.call("bench_report", { language: this.app.settings.language });
            this.frame.srcdoc = page;
            this.frame.hidden = false;
            const table = runsTable(found, await ensemble.call("bench_table", found));
            this.offer("report", page, "text/html", "html");
            this.offer("table", table, "text/csv", "csv");
            this.app.say(this.said.textContent);
        } catch (problem) {
            this.found = null;
            this.said.textContent = problem instanceof Stopped ? text("bench_stopped") : problem.message;
        } finally {
            ensemble.end();
            this.ensemble = null;
            this.bar.hidden = this.stop.hidden = true;
            this.run.disabled = false;
        }
    }

    tell() {
        const { done, failed, milliseconds, workers, digest } = this.found;
        this.said.textContent = text("bench_said", { done: number(done, 0), failed: number(failed, 0), seconds: number(milliseconds / 1000, 1), workers, digest });
    }

    offer(name, content, type, ending) {
        const link = this.saves[name];
        URL.revokeObjectURL(link.href);
        link.href = URL.createObjectURL(new Blob([content], { type }));
        link.download = this.name.replace(/\.ya?ml$/, `.${ending}`);
        link.hidden = false;
    }

    refresh() {
        this.title.textContent = text("bench_title");
        this.about.textContent = text("bench_about");
        this.exampleLabel.textContent = text("rule_example");
        this.fileLabel.textContent = text("bench_open");
        const chosen = this.example.value;
        this.example.replaceChildren(make("option", { value: "" }, text("bench_own")), ...this.app.scenarios.map(({ name }) => make("option", { value: name }, name)));
        this.example.value = chosen;
        this.words.setAttribute("aria-label", text("bench_text"));
        this.frame.title = text("bench_report");
        this.theoryLabel.textContent = text("helm_world");
        const theory = this.theory.value;
        this.theory.replaceChildren(make("option", { value: "" }, text("bench_theory")), ...theories.map((name) => make("option", { value: name }, text(`theory_${name}`))));
        this.theory.value = theory;
        this.fields.forEach(({ key, label }) => { label.textContent = text(`bench_field_${key}`); });
        this.run.textContent = text("bench_run");
        this.stop.textContent = text("stop");
        this.bar.setAttribute("aria-label", text("bench_bar"));
        for (const name of Object.keys(this.saves)) {
            this.saves[name].textContent = text(`bench_save_${name}`);
        }
        this.saves.study.hidden = false;
        this.saves.study.onclick = () => this.offer("study", this.words.value, "text/yaml", "yaml");
        this.saves.study.href ||= "#";
        if (this.isRight) {
            this.right(this.known);
        }
        if (this.found) {
            this.tell();
        }
    }
}
