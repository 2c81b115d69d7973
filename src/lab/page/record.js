// SPDX-License-Identifier: GPL-3.0-or-later
// A run month by month, as the core packs it: frame 0 is the start, frame m the state after month m. A frame is a row of
// floats: scalars, then per seat, per tie and per cause.

// What a cause can come up by, in the core's order.
export const sources = ["conflict", "analysis", "doing"];

export class Record {
    // plan: what does not change (seats, ties, causes, names of scalars); name: the regime; data: frames so far.
    constructor(plan, name, data) {
        this.plan = plan;
        this.name = name;
        this.stride = plan.scalars.length + 3 * plan.seats + 4 * plan.ties + 2 * plan.causes;
        this.data = data;
        this.length = data.length / this.stride;
        this.scalarIndex = new Map(plan.scalars.map((scalar, index) => [scalar, index]));
        let offset = plan.scalars.length;
        this.offset = {};
        for (const [field, size] of [["momentum", plan.seats], ["inside", plan.seats], ["left", plan.seats],
            ["trust", plan.ties], ["latent", plan.ties], ["open", plan.ties], ["escalated", plan.ties],
            ["diagnosed", plan.causes], ["addressed", plan.causes]]) {
            this.offset[field] = offset;
            offset += size;
        }
    }

    get last() {
        return this.length - 1;
    }

    push(frame) {
        const grown = new Float32Array(this.data.length + this.stride);
        grown.set(this.data);
        grown.set(frame, this.data.length);
        this.data = grown;
        this.length++;
    }

    scalar(month, name) {
        return this.data[month * this.stride + this.scalarIndex.get(name)];
    }

    value(month, field, index) {
        return this.data[month * this.stride + this.offset[field] + index];
    }

    // Linear between months, for drawing.
    between(time, field, index) {
        const month = Math.min(Math.floor(time), this.last), next = Math.min(month + 1, this.last);
        const here = this.value(month, field, index);
        return here + (this.value(next, field, index) - here) * (time - month);
    }

    scalarBetween(time, name) {
        const month = Math.min(Math.floor(time), this.last), next = Math.min(month + 1, this.last);
        const here = this.scalar(month, name);
        return here + (this.scalar(next, name) - here) * (time - month);
    }

    // The values of a scalar for months 1 .. month.
    series(name, month) {
        const values = [];
        for (let m = 1; m <= Math.min(month, this.last); m++) {
            values.push(this.scalar(m, name));
        }
        return values;
    }

    // Does anybody work in this month? Not at the start, not after support, not once the collaboration has ended.
    works(month) {
        return month >= 1 && month <= this.plan.months && this.scalar(month, "alive") > 0;
    }

    // How much conflict was worked through in this month.
    learned(month) {
        return month < 1 ? 0 : this.scalar(month, "worked_through") - this.scalar(month - 1, "worked_through");
    }

    // What came up along the run, kept so that pictures need not look back: quick results so far; the cause that was diagnosed
    // last (0 while there is none); how often each seat changed hands; and by what each diagnosed layer of a cause was found
    // (a list of sources: more than one where several found something in that month).
    along(month) {
        const { plan } = this;
        this.trail ??= [{ quick: 0, digging: 0, changes: new Uint8Array(plan.seats), found: Array.from({ length: plan.causes }, () => []) }];
        this.trail.length = Math.min(this.trail.length, this.length);
        while (this.trail.length <= Math.min(month, this.last)) {
            const next = this.trail.length, before = this.trail[next - 1], events = this.events(next);
            let { changes } = before;
            if (events.left.length) {
                changes = changes.slice();
                events.left.forEach((seat) => { changes[seat]++; });
            }
            const found = before.found.map((layers, cause) => {
                const known = this.value(next, "diagnosed", cause);
                const more = Array(Math.max(0, known - layers.length)).fill(events.sources);
                return more.length || known < layers.length ? [...layers.slice(0, known), ...more] : layers;
            });
            this.trail.push({ quick: before.quick + this.scalar(next, "quick"), digging: events.diagnosed[0] ?? before.digging, changes, found });
        }
        return this.trail[Math.min(month, this.last)];
    }

    // What happened in a month, as counts and indices.
    events(month) {
        const { plan } = this;
        const found = { escalated: [], left: [], joined: [], removed: [], relapsed: [], diagnosed: [], sources: [], ended: false };
        if (month < 1 || month > this.last) {
            return found;
        }
        for (let tie = 0; tie < plan.ties; tie++) {
            if (this.value(month, "escalated", tie) > 0) {
                found.escalated.push(tie);
            }
        }
        for (let seat = 0; seat < plan.seats; seat++) {
            if (this.value(month, "left", seat) > 0) {
                found.left.push(seat);
            }
            if (this.value(month, "inside", seat) > this.value(month - 1, "inside", seat)) {
                found.joined.push(seat);
            }
        }
        for (let cause = 0; cause < plan.causes; cause++) {
            const change = this.value(month, "addressed", cause) - this.value(month - 1, "addressed", cause);
            if (change !== 0) {
                (change > 0 ? found.removed : found.relapsed).push(cause);
            }
            if (this.value(month, "diagnosed", cause) > this.value(month - 1, "diagnosed", cause)) {
                found.diagnosed.push(cause);
            }
        }
        found.sources = sources.filter((source) => this.scalar(month, `found_by_${source}`) > 0);
        found.ended = this.scalar(month, "alive") < this.scalar(month - 1, "alive");
        return found;
    }
}

// The two seats of a tie: ties are numbered (0,1), (0,2), (1,2), (0,3), ...
export function tieSeats(seats) {
    const pairs = [];
    for (let second = 1; second < seats; second++) {
        for (let first = 0; first < second; first++) {
            pairs.push([first, second]);
        }
    }
    return pairs;
}
