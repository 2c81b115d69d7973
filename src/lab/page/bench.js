// SPDX-License-Identifier: GPL-3.0-or-later
// The workbench: a study is opened, changed and run here, with the mistakes at their lines, the report inside, and everything to
// take home.
import { Stopped } from "./core.js";
import { fileButton, make } from "./dom.js";
import { Ensemble } from "./ensemble.js";
import { baseName, chosenFiles, droppedFiles, folderOf, isStudy } from "./files.js";
import { faultLines, setKey } from "./study_text.js";
import { number, text } from "./text.js";
import { theories } from "./voyage.js";
import { makeZip } from "./zip.js";

const patience = 350; // milliseconds after the last key
const mostListed = 12; // files that the study does not name

// Keys with a field of their own; what they are now comes from the study as the core read it.
const fields = ["replicates", "months", "aftercare_months", "recognition", "convener.skill", "funder.target", "funder.room", "divergence"];

const download = () => make("a", { className: "button", hidden: true });

const rowsTogether = 1000;
const stem = (name) => name.replace(/\.ya?ml$/, "");

// A table of all runs, as `dredge export` writes it, in parts that are not put together: it may be long.
function runsTable(found, { values, status, columns }) {
    const { points, replicates, regimes, factors } = found, plain = (value) => (Number.isFinite(value) ? String(value) : "");
    const quoted = (word) => (/[",\n]/.test(word) ? `"${word.replaceAll('"', '""')}"` : word);
    const named = ({ name, place }) => (place ? `${name}_${place}` : name).replaceAll("-", "_");
    const parts = [], rows = [["point", ...factors.map((key) => key.replaceAll(".", "_")), "regime", "replicate", "status", ...found.columns.map(named)].map(quoted).join(",")];
    for (let run = 0; run < points * regimes.length * replicates; run++) {
        if (status[run] > 0) {
            const replicate = run % replicates, regime = Math.floor(run / replicates) % regimes.length, point = Math.floor(run / (replicates * regimes.length));
            rows.push([point, ...factors.map((_, factor) => plain(values[point * factors.length + factor])), quoted(regimes[regime]), replicate,
                status[run] === 1 ? "done" : "failed", ...columns.map((column) => plain(column[run]))].join(","));
        }
        if (rows.length >= rowsTogether) {
            parts.push(`${rows.splice(0).join("\n")}\n`);
        }
    }
    parts.push([...rows, ""].join("\n"));
    return parts;
}

export class BenchView {
    constructor(app) {
        this.app = app;
        this.name = "study.yaml";
        this.inside = ""; // the study's folder among the files: "" or "x/"
        this.files = []; // { path, file, bytes }: what the study may name; bytes once they were needed
        this.title = make("h2");
        this.about = make("p");
        this.example = make("select", { id: "bench-example", onchange: () => this.takeExample() });
        this.exampleLabel = make("span");
        this.file = make("input", { id: "bench-file", multiple: true, accept: ".yaml,.yml,.csv,.tsv,.txt", onchange: () => this.takeChosen() });
        this.list = make("ul", { className: "files", id: "bench-files" });
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
        this.saves.study.onclick = (event) => this.save(event, "study", () => this.madeStudy());
        this.saves.table.onclick = (event) => this.save(event, "table", () => this.madeTable());
        this.saves.study.href = this.saves.table.href = "#";
        this.frame = make("iframe", { id: "bench-report", hidden: true, sandbox: "allow-scripts allow-downloads allow-popups" });
        this.element = make("section", { className: "view", id: "view-bench", ondragover: (event) => this.dragged(event), ondragleave: () => this.element.classList.remove("over"),
            ondrop: (event) => this.dropped(event) }, make("div", { className: "card" }, this.title, this.about,
            make("div", { className: "choices" }, make("label", { className: "field" }, this.exampleLabel, this.example),
                fileButton(this.fileLabel, this.file), this.saves.study), this.list),
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

    // A study begins with the files that came with it.
    take({ name, text: study, inside = "", files = [] }) {
        this.name = isStudy({ path: name }) ? name : `${name}.yaml`;
        this.inside = inside;
        this.files = files;
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

    async takeChosen() {
        const found = chosenFiles(this.file.files);
        this.file.value = "";
        await this.takeFiles(found);
    }

    dragged(event) {
        if (event.dataTransfer.types.includes("Files")) {
            event.preventDefault();
            this.element.classList.add("over");
        }
    }

    async dropped(event) {
        this.element.classList.remove("over");
        if (event.dataTransfer.types.includes("Files")) {
            const name = event.dataTransfer.files[0]?.name ?? "?";
            event.preventDefault();
            try {
                await this.takeFiles(await droppedFiles(event.dataTransfer));
            } catch (problem) {
                this.said.textContent = text("bench_unreadable", { file: name, problem: problem.message });
            }
        }
    }

    // The study nearest to the top is opened; files without a study join those that are there.
    async takeFiles(found) {
        const depth = ({ path }) => path.split("/").length, files = found.filter((one) => !isStudy(one));
        const studies = found.filter(isStudy).sort((one, other) => depth(one) - depth(other) || (one.path < other.path ? -1 : 1));
        this.said.textContent = studies.length > 1 ? text("bench_studies", { n: studies.length, name: studies[0].path }) : "";
        try {
            if (studies.length) {
                const [{ path, file }] = studies;
                this.example.value = "";
                this.take({ name: baseName(path), text: await file.text(), inside: folderOf(path), files });
            } else {
                const added = files.map(({ path, file }) => ({ path: `${this.inside}${path}`, file }));
                this.files = [...this.files.filter(({ path }) => !added.some((one) => one.path === path)), ...added];
                this.edited(0);
            }
        } catch (problem) {
            this.said.textContent = text("bench_unreadable", { file: studies[0].path, problem: problem.message });
        }
    }

    remove(file) {
        this.files = this.files.filter((one) => one !== file);
        this.edited(0);
    }

    isNamed({ path }) {
        const name = baseName(path).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
        return new RegExp(`(^|[\\s/"',:{[])${name}($|[\\s"',}\\]])`, "m").test(this.words.value);
    }

    // The study, with the files that its text names.
    async study() {
        const { name, inside } = this, study = this.words.value, files = this.files.filter((one) => this.isNamed(one));
        for (const one of files) {
            try {
                one.bytes ??= new Uint8Array(await one.file.arrayBuffer());
            } catch (problem) {
                throw new Error(text("bench_unreadable", { file: one.path, problem: problem.message }));
            }
        }
        return { name, text: study, inside, files: files.map(({ path, bytes }) => ({ path, bytes })) };
    }

    showFiles() {
        const shown = [...this.files.filter((one) => this.isNamed(one)), ...this.files.filter((one) => !this.isNamed(one)).slice(0, mostListed)];
        const more = this.files.length - shown.length;
        this.list.replaceChildren(...shown.map((one) => {
            const path = one.path.startsWith(this.inside) ? one.path.slice(this.inside.length) : one.path;
            return make("li", {}, make("span", { className: this.isNamed(one) ? "named" : "" },
                text(this.isNamed(one) ? "bench_named" : "bench_unnamed", { file: path, bytes: number(one.file.size, 0) })),
            make("button", { onclick: () => this.remove(one), "aria-label": text("bench_remove", { file: path }) }, "✕"));
        }), ...(more > 0 ? [make("li", {}, text("bench_more", { n: more }))] : []));
    }

    // Checks a moment after the last change; an answer to an older text is not shown. "Run" stays as it is meanwhile: a field
    // changes when it is left, also for that button, which reads the study itself.
    edited(wait = patience) {
        const turn = ++this.turn;
        this.isRight = false;
        this.faults.replaceChildren();
        this.number();
        this.showFiles();
        clearTimeout(this.clock);
        this.clock = setTimeout(async () => {
            try {
                const about = await this.app.core.call("bench_check", await this.study());
                if (turn === this.turn) {
                    this.right(about);
                }
            } catch (problem) {
                if (turn === this.turn) {
                    this.wrong(faultLines(problem.message, this.name));
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
        const ensemble = new Ensemble(() => this.app.newCore(), (share) => { this.bar.value = Math.floor(100 * share) / 100; }); // each change is painted
        this.ensemble?.end();
        this.gathered?.end();
        this.ensemble = ensemble;
        this.run.disabled = true;
        this.bar.value = 0;
        this.bar.hidden = this.stop.hidden = false;
        this.saves.report.hidden = this.saves.table.hidden = this.frame.hidden = true;
        this.said.textContent = "";
        this.said.dataset.digest = "";
        try {
            const study = await this.study(), found = { ...await ensemble.run(study), name: stem(study.name) };
            this.found = found;
            this.tell();
            this.said.dataset.digest = found.digest;
            const { page } = await ensemble.call("bench_report", { language: this.app.settings.language });
            this.frame.srcdoc = page;
            this.frame.hidden = false;
            this.offer("report", [page], "text/html", `${found.name}.html`);
            this.saves.report.hidden = this.saves.table.hidden = false;
            this.gathered = ensemble; // its table may still be asked for
            this.app.say(this.said.textContent);
        } catch (problem) {
            this.found = null;
            ensemble.end();
            this.said.textContent = problem instanceof Stopped ? text("bench_stopped") : problem.message;
        } finally {
            this.ensemble = null;
            this.bar.hidden = this.stop.hidden = true;
            this.run.disabled = false;
        }
    }

    tell() {
        const { done, failed, milliseconds, workers, digest } = this.found;
        this.said.textContent = text("bench_said", { done: number(done, 0), failed: number(failed, 0), seconds: number(milliseconds / 1000, 1), workers, digest });
    }

    offer(name, parts, type, file) {
        const link = this.saves[name];
        URL.revokeObjectURL(link.href);
        link.href = URL.createObjectURL(new Blob(parts, { type }));
        link.download = file;
    }

    // What is saved is made when it is asked for: the click waits for it, and comes again.
    async save(event, name, made) {
        if (this.isMade) {
            this.isMade = false;
            return;
        }
        event.preventDefault();
        try {
            this.offer(name, ...await made());
            this.isMade = true;
            this.saves[name].click();
        } catch (problem) {
            if (!(problem instanceof Stopped)) {
                this.said.textContent = problem.message;
            }
        }
    }

    // The study alone, or with the files that it names, as they stand together: [parts, type, file].
    async madeStudy() {
        const { name, text: words, inside, files } = await this.study();
        return files.length
            ? [[makeZip([{ path: `${inside}${name}`, bytes: new TextEncoder().encode(words) }, ...files])], "application/zip", `${stem(name)}.zip`]
            : [[words], "text/yaml", name];
    }

    async madeTable() {
        const { found } = this;
        return [runsTable(found, await this.gathered.call("bench_table", found)), "text/csv", `${found.name}.csv`];
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
        this.showFiles();
        if (this.isRight) {
            this.right(this.known);
        }
        if (this.found) {
            this.tell();
        }
    }
}
