// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a study on all cores of the browser: a worker for each runs its shard; one gathers, and makes report and table.
import { Stopped } from "./core.js";

const mostWorkers = 16;

export class Ensemble {
    // newCore: makes a worker. tell(share): hears of the share done.
    constructor(newCore, tell) {
        this.newCore = newCore;
        this.tell = tell;
        this.cores = [];
    }

    // study: { name, text }. Gives what the results hold, with digest and milliseconds.
    async run(study) {
        const started = performance.now(), gatherer = this.newCore();
        this.cores.push(gatherer);
        const about = await gatherer.call("bench_check", study);
        const wanted = Math.min(navigator.hardwareConcurrency || 2, mostWorkers, Math.ceil(about.chunks));
        const shares = Array(wanted).fill(0);
        await Promise.all(shares.map(async (_, shard) => {
            const core = this.newCore();
            this.cores.push(core);
            const { bytes } = await core.call("bench_run", { ...study, shard, shards: wanted }, (share) => {
                shares[shard] = share;
                this.tell(shares.reduce((sum, one) => sum + one, 0) / wanted);
            });
            core.end();
            await gatherer.call("bench_add", { bytes });
        }));
        const found = await gatherer.call("bench_finish", {});
        return { ...found, milliseconds: performance.now() - started, workers: wanted };
    }

    call(kind, content) {
        return this.cores.length ? this.cores[0].call(kind, content) : Promise.reject(new Stopped());
    }

    end() {
        this.cores.forEach((core) => core.end());
        this.cores = [];
    }
}
