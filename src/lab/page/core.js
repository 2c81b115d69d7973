// SPDX-License-Identifier: GPL-3.0-or-later
// The page's side of the worker: each call is a message, each answer settles a promise.

// What a call fails with when it was no longer wanted.
export class Stopped extends Error {}

let address = null; // of the worker's source, which is one

export class Core {
    constructor(source) {
        this.pending = new Map();
        this.next = 1;
        address ??= URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
        this.worker = new Worker(address);
        this.worker.onmessage = (event) => this.receive(event.data);
        this.worker.onerror = (event) => this.failAll(new Error(event.message || "worker"));
    }

    // Asks the worker for `kind`; `progress` hears of the share done (0 .. 1) of long calls.
    call(kind, content, progress) {
        if (this.broken) {
            return Promise.reject(this.broken);
        }
        const id = this.next++;
        return new Promise((resolve, reject) => {
            this.pending.set(id, { resolve, reject, progress });
            this.worker.postMessage({ id, kind, content });
        });
    }

    receive({ id, result, error, share }) {
        const call = this.pending.get(id);
        if (!call) {
            return;
        }
        if (share !== undefined) {
            call.progress?.(share);
            return;
        }
        this.pending.delete(id);
        if (error !== undefined) {
            call.reject(new Error(error));
        } else {
            call.resolve(result);
        }
    }

    // Stops whatever it computes; its calls fail with a Stopped.
    end() {
        this.worker.terminate();
        this.failAll(new Stopped());
    }

    // The worker itself failed: nothing will be answered any more.
    failAll(problem) {
        this.broken = problem;
        for (const { reject } of this.pending.values()) {
            reject(problem);
        }
        this.pending.clear();
    }
}
