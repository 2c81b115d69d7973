// SPDX-License-Identifier: GPL-3.0-or-later
// "Reproduce": the study, the command that runs it outside the browser, and the digest that both must give.
import { byId, make } from "./dom.js";
import { overrides } from "./settings.js";
import { number, text } from "./text.js";

export function openDialog(title, ...content) {
    const dialog = byId("dialog");
    const close = make("button", { onclick: () => dialog.close(), "aria-label": text("close"), title: text("close") }, "✕");
    dialog.replaceChildren(make("div", { className: "head" }, make("h2", { id: "dialog-title" }, title), close), ...content);
    if (!dialog.open) {
        dialog.showModal();
    }
    return dialog;
}

// Words of a shell command, quoted where they need it.
function quote(word) {
    return /^[\w./=:-]+$/.test(word) ? word : `'${word}'`;
}

export function commandLines(settings) {
    const file = `${settings.scenario}.yaml`, sets = overrides(settings).map((line) => `--set ${quote(line)}`);
    const run = ["dredge run", `scenarios/${file}`, `-o ${settings.scenario}.h5`, ...sets].join(" ");
    return [run, `dredge digest ${settings.scenario}.h5`];
}

export function openReproduce(app) {
    const { settings, study } = app, content = app.studyContent();
    const commands = commandLines(settings);
    const inStudy = [settings.left, settings.right].filter((name) => study.regimes.includes(name));
    for (const name of new Set(inStudy)) {
        if (settings.replicate < study.replicates) {
            commands.push(`dredge replay ${settings.scenario}.h5 --point 0 --regime ${quote(name)} --replicate ${settings.replicate}`);
        }
    }
    const result = make("output", { id: "digest" });
    const bar = make("progress", { max: 1, value: 0, hidden: true });
    const compute = make("button", { className: "main", id: "digest-start", onclick: async () => {
        compute.disabled = true;
        bar.hidden = false;
        const core = app.newCore();
        dialog.onclose = () => core.end();
        try {
            const answer = await core.call("digest", { study: content }, (share) => { bar.value = share; });
            result.textContent = `${answer.digest} (${number(answer.milliseconds / 1000, 1)} s)`;
            result.dataset.digest = answer.digest;
        } catch (problem) {
            result.textContent = problem.message;
        }
        core.end();
        bar.hidden = true;
        compute.disabled = false;
    } }, text("digest_compute"));
    const save = make("button", { onclick: () => {
        const link = make("a", { href: URL.createObjectURL(new Blob([content.text], { type: "text/yaml" })),
            download: content.name });
        link.click();
        URL.revokeObjectURL(link.href);
    } }, text("save_study"));
    const dialog = openDialog(text("reproduce"),
        make("p", {}, text("reproduce_about")),
        make("h3", {}, text("the_command")), make("pre", { id: "command", tabIndex: 0 }, commands.join("\n")),
        make("p", { className: "choices" }, compute, bar, result),
        make("h3", {}, content.name), make("pre", { id: "study-text", tabIndex: 0 }, content.text), make("p", {}, save));
}
