// SPDX-License-Identifier: GPL-3.0-or-later
// The page's worker without a browser: the same core and the same code, called by its name.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";
import vm from "node:vm";

// Starts the worker of the folder LAB; gives call(kind, content).
export function startWorker(lab) {
    const waiting = new Map(), self = {};
    self.postMessage = ({ id, result, error, share }) => {
        if (share === undefined) {
            const { resolve, reject } = waiting.get(id);
            waiting.delete(id);
            error === undefined ? resolve(result) : reject(new Error(error));
        }
    };
    const source = `${readFileSync(join(lab, "core.js"), "utf8")}\n${readFileSync(new URL("../../src/lab/page/worker.js", import.meta.url), "utf8")}`;
    const run = vm.runInThisContext(`(function (self, require, __filename, __dirname, module, exports) {${source}\n})`, { filename: "worker.js" });
    run(self, createRequire(import.meta.url), join(lab, "core.js"), lab, { exports: {} }, {});
    let next = 1;
    return (kind, content) => new Promise((resolve, reject) => {
        const id = next++;
        waiting.set(id, { resolve, reject });
        self.onmessage({ data: { id, kind, content } });
    });
}
