// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the page together: bundle.mjs LAB OUTPUT.html VERSION SCENARIO.yaml... The folder LAB holds core.js, uplot/ and qrcode/.
// Each module becomes a function of its own; imports become its arguments' names. No minifier: the page stays readable.
import { readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = join(dirname(fileURLToPath(import.meta.url)), "page");
const [lab, output, version, ...scenarioPaths] = process.argv.slice(2);

// Modules in order of their imports, main last.
function collect(path, modules) {
    if (modules.has(path)) {
        return;
    }
    const source = readFileSync(path, "utf8"), imports = [];
    const body = source.replace(/^import \{([^}]*)\} from "([^"]+)";$/gm, (whole, names, from) => {
        imports.push({ names: names.trim(), from: resolve(dirname(path), from) });
        return "";
    });
    modules.set(path, null);
    imports.forEach(({ from }) => collect(from, modules));
    modules.delete(path);
    modules.set(path, { imports, body });
}

function bundle(entry) {
    const modules = new Map();
    collect(join(here, entry), modules);
    const numbers = new Map([...modules.keys()].map((path, number) => [path, number]));
    const parts = [...modules].map(([path, { imports, body }]) => {
        const exported = [...body.matchAll(/^export (?:async )?(?:const|let|function|class) (\w+)/gm)].map((match) => match[1]);
        const lines = imports.map(({ names, from }) => `const { ${names} } = module${numbers.get(from)};`);
        const plain = body.replace(/^export (?=(?:async )?(?:const|let|function|class) )/gm, "");
        return `// ${path.slice(here.length + 1)}\nconst module${numbers.get(path)} = (() => {\n${lines.join("\n")}\n${plain}\n`
            + `return { ${exported.join(", ")} };\n})();`;
    });
    return `"use strict";\n${parts.join("\n")}`;
}

// Inside a script element nothing may look like its end.
const quiet = (source) => source.replace(/<\/script/gi, "<\\/script").replace(/<!--/g, "<\\!--");
const read = (path) => readFileSync(path, "utf8");

const scenarios = scenarioPaths.map((path) => ({ name: basename(path, ".yaml"), text: read(path) }));
const license = read(join(lab, "uplot/LICENSE")).trim();
const fill = {
    STYLE: read(join(lab, "uplot/dist/uPlot.min.css")) + read(join(here, "style.css")),
    SCENARIOS: quiet(JSON.stringify(scenarios).replace(/</g, "\\u003c")),
    WORKER: quiet(`${read(join(lab, "core.js"))}\n${read(join(here, "worker.js"))}`),
    UPLOT: quiet(`/* uPlot, inlined.\n${license}\n*/\n${read(join(lab, "uplot/dist/uPlot.iife.min.js"))}`),
    QRCODE: quiet(read(join(lab, "qrcode/dist/qrcode.js"))), // its licence stands at its head
    PAGE: quiet(bundle("main.js")),
    VERSION: version,
};
const page = read(join(here, "index.html")).replace(/%%([A-Z]+)%%/g, (whole, name) => fill[name]);
writeFileSync(output, page);
