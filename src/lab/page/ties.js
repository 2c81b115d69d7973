// SPDX-License-Identifier: GPL-3.0-or-later
// What lies between those at the table: latent tension glows under the surface of the table, trust lies on it, open conflict
// runs over it as a jagged line. Painted on a canvas of its own, a few times a second while playing, since tables of thirty
// have hundreds of ties; the people and the flashes over it move with every frame.

const TURN = 2 * Math.PI;
const repaintMilliseconds = 110;
const levels = 14; // ties of about equal strength are one path

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
        drawLatent(scene, this.sort(scene, table, "latent", 0.01));
        drawSurface(scene);
        drawTrust(scene, this.sort(scene, table, "trust", 0));
        drawOpen(scene, this.sort(scene, table, "open", 0.03));
        scene.context.globalAlpha = 1;
    }

    // The ties by strength: [{ value, lines: [[ax, ay, bx, by], ...] }]. Ends lie on the edge of the table, so that
    // crossing lines stay readable.
    sort({ record, time, x, y, table: radius }, { plan, angles, pairs, presence }, field, least) {
        const groups = Array.from({ length: levels }, () => ({ sum: 0, lines: [] }));
        for (let tie = 0; tie < plan.ties; tie++) {
            const [first, second] = pairs[tie], present = Math.min(presence[first], presence[second]);
            const value = present < 0.02 ? 0 : record.between(time, field, tie) * present;
            if (value >= least && present >= 0.02) {
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
