// SPDX-License-Identifier: GPL-3.0-or-later
// The table: who sits at it, and what lies between them (ties.js). An escalation flashes.
import { fitCanvas, textScale } from "./dom.js";
import { palette, traceShape } from "./palette.js";
import { personAt } from "./people.js";
import { tieSeats } from "./record.js";
import { percent, text } from "./text.js";
import { TieLayer } from "./ties.js";

const TURN = 2 * Math.PI;

// Places: seats by sector around the table, each sector's outsiders after its insiders, public from the top left.
export function seatAngles(plan) {
    const order = [...Array(plan.seats).keys()].sort((a, b) => plan.sectors[a] - plan.sectors[b] || a - b);
    const angles = new Float64Array(plan.seats);
    order.forEach((seat, place) => {
        angles[seat] = -0.75 * Math.PI + (TURN * (place + 0.5)) / plan.seats;
    });
    return angles;
}

export class TableView {
    constructor(canvas) {
        this.canvas = canvas;
        this.plan = null;
        this.ties = new TieLayer();
    }

    use(plan) {
        if (plan !== this.plan) {
            this.plan = plan;
            this.angles = seatAngles(plan);
            this.pairs = tieSeats(plan.seats);
        }
    }

    // Draws the record at `time` (months, fractions while playing); `still` leaves out all that moves by itself.
    draw(record, time, still) {
        this.use(record.plan);
        const { context, width, height } = fitCanvas(this.canvas);
        const size = Math.min(width, height * 1.12);
        const scene = {
            record, time, still, context, colours: palette(), width, height, size,
            x: width / 2, y: height / 2, table: size * 0.285, seat: size * 0.335, rim: size * 0.445,
            month: Math.min(Math.floor(time), record.last), part: time - Math.floor(time),
            person: Math.min(size * 0.05, size / this.plan.seats), scale: textScale(),
        };
        scene.works = record.works(scene.month) || (scene.month === 0 && record.scalar(0, "alive") > 0);
        context.clearRect(0, 0, width, height);
        this.canvas.classList.toggle("over", !scene.works);
        this.places(scene);
        this.ties.paint(scene, this);
        this.drawHelm(scene);
        this.drawFlashes(scene);
        this.drawSeats(scene);
        this.drawNames(scene);
        this.drawFunder(scene);
        if (!scene.works) {
            this.drawOver(scene);
        }
    }

    // Names beside the seats, where there is room for them; roles too where there is more.
    drawNames({ record, month, context, colours, size, seat, person, scale, x, y, width, height }) {
        const room = (TURN * seat) / this.plan.seats, letter = Math.max(9.5, Math.min(15, size * 0.026)) * scale;
        if (room < 3.4 * letter) {
            return;
        }
        context.save();
        context.textAlign = "center";
        context.textBaseline = "middle";
        context.lineJoin = "round";
        for (let index = 0; index < this.plan.seats; index++) {
            const { name, role } = personAt(record, month, index), [px, py] = this.points[index];
            const far = Math.hypot(px - x, py - y), out = person * 1.15 + letter * 0.75;
            const lines = room > 8.5 * letter ? [name, role] : [name], lowest = height - (1.1 * lines.length - 0.5) * letter;
            const wanted = px + ((px - x) / far) * out * 1.35, ny = Math.max(0.6 * letter, Math.min(lowest, py + ((py - y) / far) * out));
            lines.forEach((line, row) => {
                context.font = `${row === 0 ? 600 : 400} ${letter - row}px system-ui, sans-serif`;
                const half = context.measureText(line).width / 2, nx = Math.max(half, Math.min(width - half, wanted));
                context.strokeStyle = colours.paper;
                context.lineWidth = 3;
                context.globalAlpha = 0.85;
                context.strokeText(line, nx, ny + row * letter * 1.1);
                context.globalAlpha = 1;
                context.fillStyle = row === 0 ? colours.ink : colours.soft;
                context.fillText(line, nx, ny + row * letter * 1.1);
            });
        }
        context.restore();
    }

    // Nobody works any more: a veil over the table, and words that say why.
    drawOver({ record, month, context, colours, x, y, width, height, size, scale }) {
        context.save();
        context.fillStyle = colours.paper;
        context.globalAlpha = 0.55;
        context.fillRect(0, 0, width, height);
        context.globalAlpha = 1;
        context.font = `700 ${Math.max(13 * scale, size * 0.04)}px system-ui, sans-serif`;
        context.textAlign = "center";
        context.textBaseline = "middle";
        context.lineJoin = "round";
        context.strokeStyle = colours.paper;
        context.lineWidth = 6;
        const words = text(month > record.plan.months ? "phase_aftercare" : "phase_ended");
        context.strokeText(words, x, y);
        context.fillStyle = colours.ink;
        context.fillText(words, x, y);
        context.restore();
    }

    // Who sits near a point of the canvas, as words; "" when nobody does.
    whoIsAt(record, month, px, py) {
        const near = (this.points ?? []).findIndex(([ax, ay]) => Math.hypot(ax - px, ay - py) < 24);
        if (near < 0) {
            return "";
        }
        const { name, role } = personAt(record, Math.min(month, record.last), near);
        return `${text("person_called", { name, role })}, ${text("momentum").toLowerCase()} ${percent(record.value(Math.min(month, record.last), "momentum", near))}`;
    }

    places(scene) {
        const { record, time, x, y, seat, rim } = scene;
        this.points = [];
        this.presence = [];
        for (let index = 0; index < this.plan.seats; index++) {
            const inside = record.between(time, "inside", index);
            const radius = rim + (seat - rim) * inside;
            this.presence.push(inside);
            this.points.push([x + radius * Math.cos(this.angles[index]), y + radius * Math.sin(this.angles[index])]);
        }
    }

    // Escalations of the month that is running (or, standing still, of the month shown): a star that bursts and fades.
    drawFlashes(scene) {
        const { record, month, part, context, colours, size, x, y, table } = scene;
        const shown = part > 0 ? month + 1 : month;
        if (shown < 1 || shown > record.last) {
            return;
        }
        const glow = part > 0 ? Math.sin(Math.PI * part) : 0.75;
        for (let tie = 0; tie < this.plan.ties; tie++) {
            if (record.value(shown, "escalated", tie) <= 0) {
                continue;
            }
            const [first, second] = this.pairs[tie];
            // In the middle of the tie, or, where the convener's ring is, nearer to the first of the two.
            const cos = [Math.cos(this.angles[first]), Math.cos(this.angles[second])];
            const sin = [Math.sin(this.angles[first]), Math.sin(this.angles[second])];
            const weight = Math.hypot(cos[0] + cos[1], sin[0] + sin[1]) * table < size * 0.26 ? 0.74 : 0.5;
            const mx = x + table * (weight * cos[0] + (1 - weight) * cos[1]);
            const my = y + table * (weight * sin[0] + (1 - weight) * sin[1]);
            context.globalAlpha = 0.25 + 0.75 * glow;
            star(context, mx, my, size * (0.018 + 0.02 * glow));
            context.fillStyle = colours.flash;
            context.fill();
            context.strokeStyle = colours.open;
            context.lineWidth = 1.5;
            context.stroke();
        }
        context.globalAlpha = 1;
    }

    drawSeats(scene) {
        const { record, month, part, time, context } = scene;
        const shown = part > 0 ? month + 1 : month;
        for (let seat = 0; seat < this.plan.seats; seat++) {
            const [px, py] = this.points[seat], inside = this.presence[seat];
            const momentum = record.between(time, "momentum", seat);
            const leaves = shown >= 1 && shown <= record.last && record.value(shown, "left", seat) > 0;
            if (!leaves || part === 0) {
                this.drawPerson(scene, seat, px, py, momentum, inside, 1);
                if (leaves) {
                    this.drawNewMark(scene, px, py);
                }
            } else {
                // The one who leaves walks off outwards, the new one comes in behind.
                const away = part * scene.size * 0.12, angle = this.angles[seat];
                const before = record.value(month, "momentum", seat), after = record.value(shown, "momentum", seat);
                this.drawPerson(scene, seat, px + away * Math.cos(angle), py + away * Math.sin(angle), before, inside,
                    Math.max(0, 1 - 1.5 * part));
                this.drawPerson(scene, seat, px, py, after * part, inside, part);
                this.drawNewMark(scene, px, py);
            }
        }
        context.globalAlpha = 1;
    }

    drawPerson({ context, colours, person }, seat, px, py, momentum, inside, presence) {
        const sector = this.plan.sectors[seat], radius = person * (0.45 + 0.75 * momentum);
        context.globalAlpha = presence * (0.45 + 0.55 * inside);
        traceShape(context, sector, px, py, radius);
        context.fillStyle = inside > 0.5 ? colours.sectors[sector] : colours.paper;
        context.fill();
        context.lineWidth = inside > 0.5 ? 2 : 2.5;
        context.setLineDash(inside > 0.5 ? [] : [4, 3]);
        context.strokeStyle = inside > 0.5 ? colours.paper : colours.sectors[sector];
        context.stroke();
        context.setLineDash([]);
        context.globalAlpha = 1;
    }

    drawNewMark({ context, colours, person }, px, py) {
        context.strokeStyle = colours.ink;
        context.lineWidth = 1.5;
        context.setLineDash([3, 3]);
        context.beginPath();
        context.arc(px, py, person * 1.55, 0, TURN);
        context.stroke();
        context.setLineDash([]);
    }

    // The convener in the middle: how effort is divided now.
    drawHelm({ context, colours, record, time, month, works, x, y, size, scale }) {
        if (!works) {
            return;
        }
        const radius = size * 0.086, process = record.scalarBetween(time, "process"), depth = record.scalarBetween(time, "depth");
        const parts = [[process, colours.process], [(1 - process) * depth, colours.causes],
            [(1 - process) * (1 - depth), colours.quick]];
        context.globalAlpha = 0.94;
        context.fillStyle = colours.paper;
        context.beginPath();
        context.arc(x, y, radius * 1.28, 0, TURN);
        context.fill();
        context.globalAlpha = 1;
        let from = -Math.PI / 2;
        if (month > 0 || process > 0) {
            for (const [share, colour] of parts) {
                context.strokeStyle = colour;
                context.lineWidth = radius * 0.36;
                context.lineCap = "butt";
                context.beginPath();
                context.arc(x, y, radius, from, from + TURN * share);
                context.stroke();
                from += TURN * share;
            }
        }
        context.fillStyle = colours.ink;
        context.textAlign = "center";
        context.textBaseline = "middle";
        context.font = `600 ${Math.max(11 * scale, size * 0.034)}px system-ui, sans-serif`;
        context.fillText(percent(process), x, y - size * 0.008);
        context.font = `${Math.max(9 * scale, size * 0.02)}px system-ui, sans-serif`;
        context.fillStyle = colours.soft;
        context.fillText(text("process_short"), x, y + size * 0.024);
    }

    // The funder at the top right: an arrow whose width is its pressure, coins for the budget.
    drawFunder({ context, colours, record, time, works, width, size, x, y, table, scale }) {
        if (!works) {
            return;
        }
        const pressure = record.scalarBetween(time, "pressure"), budget = record.scalarBetween(time, "budget");
        const fx = Math.min(width - size * 0.09, x + size * 0.47), fy = Math.max(size * 0.07, y - size * 0.38);
        const dx = x - fx, dy = y - fy, far = Math.hypot(dx, dy);
        if (pressure > 0.01) {
            const from = size * 0.06, to = far - table * 1.28;
            context.strokeStyle = colours.pressure;
            context.globalAlpha = 0.35 + 0.6 * pressure;
            context.lineWidth = size * (0.004 + 0.045 * pressure);
            context.lineCap = "butt";
            context.beginPath();
            context.moveTo(fx + (dx / far) * from, fy + (dy / far) * from);
            context.lineTo(fx + (dx / far) * to, fy + (dy / far) * to);
            context.stroke();
            arrowHead(context, fx + (dx / far) * to, fy + (dy / far) * to, Math.atan2(dy, dx),
                size * (0.02 + 0.045 * pressure), colours.pressure);
            context.globalAlpha = 1;
        }
        const coins = Math.max(1, Math.round(budget * 6));
        for (let coin = 0; coin < 6; coin++) {
            context.beginPath();
            context.ellipse(fx, fy + size * (0.022 - 0.013 * coin), size * 0.034, size * 0.012, 0, 0, TURN);
            context.fillStyle = coin < coins ? colours.quick : "transparent";
            context.fill();
            context.strokeStyle = coin < coins ? colours.ink : colours.line;
            context.lineWidth = 1;
            context.stroke();
        }
        context.fillStyle = colours.ink;
        context.textAlign = "center";
        context.textBaseline = "top";
        context.font = `600 ${Math.max(11 * scale, size * 0.024)}px system-ui, sans-serif`;
        context.fillText(text("funder"), fx, fy + size * 0.045);
    }
}

function star(context, x, y, radius) {
    context.beginPath();
    for (let point = 0; point < 14; point++) {
        const reach = point % 2 ? radius * 0.45 : radius, angle = (TURN * point) / 14;
        context.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
    }
    context.closePath();
}

function arrowHead(context, x, y, angle, size, colour) {
    context.fillStyle = colour;
    context.beginPath();
    context.moveTo(x + size * Math.cos(angle), y + size * Math.sin(angle));
    context.lineTo(x + size * Math.cos(angle + 2.3), y + size * Math.sin(angle + 2.3));
    context.lineTo(x + size * Math.cos(angle - 2.3), y + size * Math.sin(angle - 2.3));
    context.closePath();
    context.fill();
}
