// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the page together: bundle.mjs LAB OUTPUT.html VERSION SCENARIO.yaml... The folder LAB holds core.js, uplot/ and qr/.
// Each module becomes a function of its own; imports become its arguments' names. No minifier: the page stays readable. A module
// of a library is imported by its path in LAB, and carries its licence.
import { readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = join(dirname(fileURLToPath(import.meta.url)), "page");
const [lab, output, version, ...scenarioPaths] = process.argv.slice(2);

const read = (path) => readFileSync(path, "utf8");
const renamed = (names) => names.replace(/ as /g, ": ").replace(/[,\s]+$/, "").trim();

// Modules in order of their imports, main last.
function collect(path, modules) {
    if (modules.has(path)) {
        return;
    }
    const imports = [];
    const body = read(path).replace(/^import \{([^}]*)\} from ["']([^"']+)["'];$/gm, (whole, names, from) => {
        imports.push({ names: renamed(names), from: from.startsWith(".") ? resolve(dirname(path), from) : resolve(lab, from) });
        return "";
    });
    modules.set(path, null);
    imports.forEach(({ from }) => collect(from, modules));
    modules.delete(path);
    modules.set(path, { imports, body });
}

// What a module gives to others: the names of its declarations, and those in its lists ("own as other").
function exportsOf(body) {
    const declared = [...body.matchAll(/^export (?:async )?(?:const|let|function|class) (\w+)/gm)].map((match) => match[1]);
    const listed = [...body.matchAll(/^export \{([^}]*)\};$/gm)].flatMap((match) => renamed(match[1]).split(/,\s*/))
        .map((pair) => pair.split(": ").reverse().join(": "));
    return [...declared, ...listed].join(", ");
}

function heading(path) {
    const own = relative(here, path);
    return own.startsWith("..") ? `/* ${relative(lab, path)}, inlined.\n${read(join(dirname(path), "LICENSE-MIT")).trim()}\n*/` : `// ${own}`;
}

function bundle(entry) {
    const modules = new Map();
    collect(join(here, entry), modules);
    const numbers = new Map([...modules.keys()].map((path, number) => [path, number]));
    const parts = [...modules].map(([path, { imports, body }]) => {
        const lines = imports.map(({ names, from }) => `const { ${names} } = module${numbers.get(from)};`);
        const plain = body.replace(/^export (?:\{[^}]*\}|default \w+);$/gm, "").replace(/^export (?=(?:async )?(?:const|let|function|class) )/gm, "");
        return `${heading(path)}\nconst module${numbers.get(path)} = (() => {\n${lines.join("\n")}\n${plain}\n`
            + `return { ${exportsOf(body)} };\n})();`;
    });
    return `"use strict";\n${parts.join("\n")}`;
}

// Inside a script element nothing may look like its end.
const quiet = (source) => source.replace(/<\/script/gi, "<\\/script").replace(/<!--/g, "<\\!--");

const scenarios = scenarioPaths.map((path) => ({ name: basename(path, ".yaml"), text: read(path) }));
const license = read(join(lab, "uplot/LICENSE")).trim();
const fill = {
    STYLE: read(join(lab, "uplot/dist/uPlot.min.css")) + read(join(here, "style.css")),
    SCENARIOS: quiet(JSON.stringify(scenarios).replace(/</g, "\\u003c")),
    WORKER: quiet(`${read(join(lab, "core.js"))}\n${read(join(here, "worker.js"))}`),
    UPLOT: quiet(`/* uPlot, inlined.\n${license}\n*/\n${read(join(lab, "uplot/dist/uPlot.iife.min.js"))}`),
    PAGE: quiet(bundle("main.js")),
    VERSION: version,
};
const page = read(join(here, "index.html")).replace(/%%([A-Z]+)%%/g, (whole, name) => fill[name]);
writeFileSync(output, page);
