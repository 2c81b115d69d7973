// SPDX-License-Identifier: GPL-3.0-or-later
// What lies between those at the table: latent tension glows under the surface of the table, trust lies on it, open conflict
// runs over it as a jagged line. Of trust and tension only the strongest ties are lines, and of trust those in conflict too;
// the mean of tension is the glow of the whole table. Painted on a canvas of its own, a few times a second while playing, since tables of thirty
// have hundreds of ties; the people and the flashes over it move with every frame.

const TURN = 2 * Math.PI;
const repaintMilliseconds = 110;
const levels = 14; // ties of about equal strength are one path
export const leastOpen = 0.2; // a tie with less is not in conflict to the eye

// The ties that are drawn, a flag for each: the `wanted` strongest and those with `also`.
export function strongest(values, wanted, also = () => false) {
    const sorted = [...values].sort((a, b) => b - a), least = sorted[Math.min(wanted, sorted.length) - 1] ?? 0;
    let room = wanted - values.filter((value) => value > least).length;
    return values.map((value, tie) => {
        const taken = value > least || (value === least && room-- > 0);
        return value > 0 && (taken || also(tie));
    });
}

export class TieLayer {
    constructor() {
        this.canvas = document.createElement("canvas");
        this.painted = 0;
    }

    // table: { plan, angles, pairs, presence } of the TableView.
    paint(scene, table) {
        const { context, record, time, part, width, height, colours } = scene;
        const ratio = context.canvas.width / width;
        const key = `${width} ${height} ${ratio} ${colours.ink}`;
        const now = performance.now();
        const fresh = record === this.record && key === this.key && (time === this.time
            || (part > 0 && Math.abs(time - this.time) < 12 && now - this.painted < repaintMilliseconds));
        if (!fresh) {
            Object.assign(this, { record, key, time, painted: now });
            this.canvas.width = context.canvas.width;
            this.canvas.height = context.canvas.height;
            const own = this.canvas.getContext("2d");
            own.setTransform(ratio, 0, 0, ratio, 0, 0);
            this.repaint({ ...scene, context: own }, table);
        }
        context.drawImage(this.canvas, 0, 0, width, height);
    }

    repaint(scene, table) {
        drawGround(scene);
        const trust = this.values(scene, table, "trust"), latent = this.values(scene, table, "latent"), open = this.values(scene, table, "open");
        const { seats } = table.plan;
        drawGlow(scene);
        drawLatent(scene, this.sort(scene, table, latent, strongest(latent, Math.ceil(seats / 2))));
        drawSurface(scene);
        drawTrust(scene, this.sort(scene, table, trust, strongest(trust, seats, (tie) => open[tie] >= leastOpen)));
        drawOpen(scene, this.sort(scene, table, open, open.map((value) => value >= leastOpen)));
        scene.context.globalAlpha = 1;
    }

    // A field of every tie, 0 where one of the two is not at the table.
    values({ record, time }, { plan, pairs, presence }, field) {
        return Array.from({ length: plan.ties }, (_, tie) => {
            const present = Math.min(presence[pairs[tie][0]], presence[pairs[tie][1]]);
            return present < 0.02 ? 0 : record.between(time, field, tie) * present;
        });
    }

    // The ties by strength: [{ value, lines: [[ax, ay, bx, by], ...] }]. Ends lie on the edge of the table, so that
    // crossing lines stay readable.
    sort({ x, y, table: radius }, { plan, angles, pairs }, values, drawn) {
        const groups = Array.from({ length: levels }, () => ({ sum: 0, lines: [] }));
        for (let tie = 0; tie < plan.ties; tie++) {
            const [first, second] = pairs[tie], value = values[tie];
            if (drawn[tie]) {
                const group = groups[Math.min(levels - 1, Math.floor(value * levels))];
                const a = angles[first], b = angles[second];
                group.sum += value;
                group.lines.push([x + radius * Math.cos(a), y + radius * Math.sin(a), x + radius * Math.cos(b), y + radius * Math.sin(b)]);
            }
        }
        return groups.filter(({ lines }) => lines.length > 0).map(({ sum, lines }) => ({ value: sum / lines.length, lines }));
    }
}

function drawGround({ context, colours, x, y, table, rim }) {
    context.lineWidth = 1;
    context.strokeStyle = colours.line;
    context.setLineDash([2, 6]);
    context.beginPath();
    context.arc(x, y, rim, 0, TURN);
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = colours.deep;
    context.globalAlpha = 0.35;
    context.beginPath();
    context.arc(x, y, table, 0, TURN);
    context.fill();
    context.globalAlpha = 1;
}

// Mean tension under the whole table.
function drawGlow({ context, colours, record, time, x, y, table }) {
    const latent = record.scalarBetween(time, "latent"), glow = context.createRadialGradient(x, y, table * 0.1, x, y, table * 1.12);
    glow.addColorStop(0, colours.latent);
    glow.addColorStop(0.75, colours.latent);
    glow.addColorStop(1, "transparent");
    context.globalAlpha = Math.min(0.6, 0.9 * latent);
    context.fillStyle = glow;
    context.beginPath();
    context.arc(x, y, table * 1.12, 0, TURN);
    context.fill();
    context.globalAlpha = 1;
}

function drawSurface({ context, colours, x, y, table }) {
    context.fillStyle = colours.water;
    context.globalAlpha = 0.35;
    context.beginPath();
    context.arc(x, y, table, 0, TURN);
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = colours.deep;
    context.lineWidth = 2;
    context.stroke();
}

function straight(context, lines) {
    context.beginPath();
    for (const [ax, ay, bx, by] of lines) {
        context.moveTo(ax, ay);
        context.lineTo(bx, by);
    }
}

function drawLatent({ context, colours, size }, groups) {
    context.strokeStyle = colours.latent;
    context.lineCap = "round";
    for (const { value, lines } of groups) {
        straight(context, lines);
        context.globalAlpha = Math.min(0.5, 0.08 + 0.5 * value);
        context.lineWidth = size * (0.006 + 0.05 * value);
        context.stroke();
        context.globalAlpha = Math.min(0.7, 0.1 + 0.9 * value);
        context.lineWidth = size * (0.002 + 0.014 * value);
        context.stroke();
    }
}

function drawTrust({ context, colours, size }, groups) {
    context.strokeStyle = colours.trust;
    for (const { value, lines } of groups) {
        straight(context, lines);
        context.globalAlpha = 0.08 + 0.8 * value * value;
        context.lineWidth = size * (0.0008 + 0.0075 * value * value);
        context.stroke();
    }
}

function drawOpen({ context, colours, size }, groups) {
    context.strokeStyle = colours.open;
    context.lineJoin = "round";
    for (const { value, lines } of groups) {
        const reach = size * (0.004 + 0.028 * value);
        context.beginPath();
        lines.forEach((line) => jagged(context, line, reach, size * 0.022));
        context.globalAlpha = Math.min(1, 0.12 + 1.9 * value);
        context.lineWidth = size * (0.0016 + 0.008 * value);
        context.stroke();
    }
}

function jagged(context, [ax, ay, bx, by], reach, stride) {
    const length = Math.hypot(bx - ax, by - ay), steps = Math.max(4, Math.round(length / stride));
    const nx = -(by - ay) / length, ny = (bx - ax) / length;
    context.moveTo(ax, ay);
    for (let step = 1; step < steps; step++) {
        const along = step / steps, side = (step % 2 ? 1 : -1) * reach * Math.sin(Math.PI * along);
        context.lineTo(ax + (bx - ax) * along + nx * side, ay + (by - ay) * along + ny * side);
    }
    context.lineTo(bx, by);
}
