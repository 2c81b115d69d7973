// SPDX-License-Identifier: GPL-3.0-or-later
// The canal seen from above, and the tide.
import { fitCanvas, prefersStill, textScale } from "./dom.js";
import { palette } from "./palette.js";
import { rules, tide, workingLines } from "./suez_rules.js";
import { text } from "./text.js";

const stacks = ["#7aa6c2", "#b5533c", "#d9a441", "#5b8a72", "#8b6f9c", "#c9c3b4"];

export class CanalView {
    constructor(canvas, tides) {
        this.canvas = canvas;
        this.tides = tides;
        this.angle = 1;
    }

    reset(state) {
        this.state = state;
        this.angle = 1;
        this.draw(1);
    }

    show(state) {
        this.state = state;
        this.angle = state.freed ? 0 : 1;
        this.draw(1);
    }

    // From one tick to the next in under a second.
    move(state) {
        this.state = state;
        const length = state.freed ? 1800 : 700;
        if (prefersStill()) {
            this.show(state);
            return;
        }
        const started = performance.now();
        const frame = (now) => {
            const part = Math.min(1, Math.max(0, (now - started) / length));
            this.angle = state.freed ? 1 - part : 1;
            this.draw(part);
            if (part < 1 && this.state === state) {
                requestAnimationFrame(frame);
            }
        };
        requestAnimationFrame(frame);
    }

    draw(part) {
        const { state } = this;
        const { context, width, height } = fitCanvas(this.canvas), colours = palette();
        const [last] = state.log.slice(-1), level = tide(state.tick);
        const half = height * (0.27 + 0.05 * level), y = height / 2;
        const scene = { context, width, height, colours, state, last, part, half, y, x: width / 2, level };
        context.fillStyle = colours.sand;
        context.fillRect(0, 0, width, height);
        context.fillStyle = colours.loose;
        context.fillRect(0, y - height * 0.34, width, height * 0.68);
        context.fillStyle = colours.deep;
        context.fillRect(0, y - half, width, 2 * half);
        context.fillStyle = colours.water;
        context.globalAlpha = 0.35;
        context.fillRect(0, y - half * 0.72, width, half * 1.44);
        context.globalAlpha = 1;
        this.drawQueue(scene);
        this.drawGrip(scene);
        this.drawShip(scene);
        this.drawDredger(scene);
        this.drawTugs(scene);
        this.drawWords(scene);
        this.drawTide();
    }

    // The ship lies across the canal, bow in the far bank; once free she swings along the canal.
    ship({ x, y, half, width }) {
        const length = Math.min(width * 0.42, half * 2.75);
        const turn = 0.93 * this.angle;
        return { length, beam: length * 0.148, turn, bow: [x + (length / 2) * Math.cos(turn), y - (length / 2) * Math.sin(turn)],
            stern: [x - (length / 2) * Math.cos(turn), y + (length / 2) * Math.sin(turn)] };
    }

    drawShip(scene) {
        const { context, x, y, colours } = scene, { length, beam, turn } = this.ship(scene);
        context.save();
        context.translate(x, y);
        context.rotate(-turn);
        context.fillStyle = "#2c5b3f";
        context.beginPath();
        context.moveTo(-length / 2, -beam / 2);
        context.lineTo(length * 0.4, -beam / 2);
        context.quadraticCurveTo(length * 0.5, -beam * 0.35, length * 0.52, 0);
        context.quadraticCurveTo(length * 0.5, beam * 0.35, length * 0.4, beam / 2);
        context.lineTo(-length / 2, beam / 2);
        context.closePath();
        context.fill();
        context.strokeStyle = colours.paper;
        context.lineWidth = 1.5;
        context.stroke();
        const columns = 18, rows = 5, wide = (length * 0.84) / columns, tall = (beam * 0.82) / rows;
        for (let column = 0; column < columns; column++) {
            if (column === 4 || column === 13) {
                context.fillStyle = "#e8e6df";
                context.fillRect(-length * 0.46 + column * wide, -beam * 0.45, wide * 0.9, beam * 0.9);
                continue;
            }
            for (let row = 0; row < rows; row++) {
                context.fillStyle = stacks[(column * 7 + row * 5 + column * row) % stacks.length];
                context.fillRect(-length * 0.46 + column * wide, -beam * 0.41 + row * tall, wide * 0.9, tall * 0.86);
            }
        }
        context.restore();
    }

    // The sand at the bow: as much as was dredged is loose or gone; what is left nobody sees exactly.
    drawGrip(scene) {
        const { context, state, colours } = scene;
        if (state.freed) {
            return;
        }
        const { bow, length } = this.ship(scene);
        const radius = length * 0.17, cleared = Math.min(1, state.dredged / 30000);
        context.fillStyle = colours.rock;
        context.globalAlpha = 0.9 - 0.65 * cleared;
        context.beginPath();
        context.arc(bow[0], bow[1], radius, 0, 2 * Math.PI);
        context.fill();
        context.globalAlpha = 1;
        context.fillStyle = colours.deep;
        const bites = Math.round(cleared * 16);
        for (let bite = 0; bite < bites; bite++) {
            const angle = 2.4 * bite, reach = radius * Math.sqrt((bite + 0.5) / 16);
            context.beginPath();
            context.arc(bow[0] + reach * Math.cos(angle), bow[1] + reach * Math.sin(angle), radius * 0.24, 0, 2 * Math.PI);
            context.fill();
        }
        if (cleared < 1) {
            context.fillStyle = colours.ink;
            context.font = `700 ${Math.max(14, radius * 0.6)}px system-ui, sans-serif`;
            context.textAlign = "center";
            context.textBaseline = "middle";
            context.fillText("?", bow[0] + radius * 1.25, bow[1] - radius * 0.3);
        }
    }

    drawDredger(scene) {
        const { context, state, last, part, colours } = scene, { bow, length } = this.ship(scene);
        if (state.freed) {
            return;
        }
        const works = last?.action === "dredge" && part < 1, x = bow[0] - length * 0.3, y = bow[1] + length * 0.07;
        boat(context, x, y, length * 0.13, 0.25, colours.process);
        context.strokeStyle = colours.ink;
        context.lineWidth = works ? 4 : 1.5;
        context.beginPath();
        context.moveTo(x + length * 0.05, y);
        context.lineTo(bow[0] - length * 0.05, bow[1] + length * 0.02);
        context.stroke();
        if (works) {
            context.strokeStyle = colours.loose;
            context.lineWidth = 6;
            context.beginPath();
            context.moveTo(x - length * 0.04, y);
            context.quadraticCurveTo(x - length * 0.12, y - length * 0.22 * Math.sin(Math.PI * part), x - length * 0.2, bow[1] - length * 0.16);
            context.stroke();
        }
    }

    drawTugs(scene) {
        const { context, state, last, part, colours } = scene, { stern, length } = this.ship(scene);
        const pulling = last?.action === "tug" && part < 1, working = workingLines(state);
        for (let tug = 0; tug < rules.lines; tug++) {
            const reach = length * (pulling ? 0.27 + 0.03 * Math.sin(9 * part + tug) : 0.24);
            const angle = 2.75 + 0.3 * (tug - 1.5), x = stern[0] + reach * Math.cos(angle), y = stern[1] - reach * Math.sin(angle) * 0.6;
            const broken = tug >= working;
            context.strokeStyle = broken ? colours.open : colours.ink;
            context.lineWidth = pulling && !broken ? 3 : 1.5;
            context.setLineDash(broken ? [4, 7] : []);
            context.beginPath();
            context.moveTo(x, y);
            context.lineTo(broken ? (x + stern[0]) / 2 : stern[0], broken ? (y + stern[1]) / 2 + 8 : stern[1]);
            context.stroke();
            context.setLineDash([]);
            boat(context, x, y, length * 0.065, 0, colours.lanes[0]);
        }
    }

    drawQueue({ context, state, width, half, y, colours }) {
        const ships = Math.min(120, Math.round(state.queue / 4));
        for (let ship = 0; ship < ships; ship++) {
            const left = ship % 2 === 0, place = Math.floor(ship / 2), column = Math.floor(place / 8), row = place % 8;
            const x = left ? 10 + column * 17 : width - 10 - column * 17;
            context.fillStyle = colours.ink;
            context.globalAlpha = 0.6;
            context.fillRect(x - 6, y - half * 0.85 + (row * half * 1.7) / 8 + 4, 12, 5);
        }
        context.globalAlpha = 1;
    }

    drawWords({ context, colours, width, height, state }) {
        context.font = `600 ${Math.max(13 * textScale(), width * 0.016)}px system-ui, sans-serif`;
        context.fillStyle = "#14232b";
        context.textBaseline = "top";
        context.textAlign = "left";
        context.fillText(text("suez_queue_picture", { n: Math.round(state.queue) }), 12, 10);
        context.textAlign = "right";
        context.fillText(text("suez_removed_picture", { n: state.dredged.toLocaleString(document.documentElement.lang) }), width - 12, height - 28);
        if (state.freed) {
            context.textAlign = "center";
            context.font = `700 ${Math.max(22, width * 0.035)}px system-ui, sans-serif`;
            context.fillStyle = colours.ink;
            context.fillText(text("suez_afloat"), width / 2, height * 0.05);
        }
    }

    // The tide of the whole game, with the tick that is now.
    drawTide() {
        const { context, width, height } = fitCanvas(this.tides), colours = palette();
        context.clearRect(0, 0, width, height);
        const place = (tick) => 14 + ((width - 28) * tick) / rules.ticks, level = (tick) => height - 22 - (height - 34) * tide(tick);
        context.strokeStyle = colours.surface;
        context.lineWidth = 2;
        context.beginPath();
        for (let step = 0; step <= rules.ticks * 8; step++) {
            const tick = step / 8, low = Math.floor(tick), part = (1 - Math.cos(Math.PI * (tick - low))) / 2;
            context.lineTo(place(tick), level(low) + (level(low + 1) - level(low)) * part);
        }
        context.stroke();
        context.fillStyle = colours.lanes[0];
        context.beginPath();
        context.arc(place(this.state.tick), level(this.state.tick), 6, 0, 2 * Math.PI);
        context.fill();
        context.fillStyle = colours.soft;
        context.font = `${12 * textScale()}px system-ui, sans-serif`;
        context.textBaseline = "bottom";
        context.textAlign = "left";
        for (let tick = 0; tick < rules.ticks; tick += 4) {
            context.fillText(text("suez_day_short", { day: tick / 4 + 1 }), place(tick), height - 2);
        }
    }
}

function boat(context, x, y, size, turn, colour) {
    context.save();
    context.translate(x, y);
    context.rotate(turn);
    context.fillStyle = colour;
    context.strokeStyle = "#14232b";
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(-size / 2, -size * 0.22);
    context.lineTo(size * 0.3, -size * 0.22);
    context.lineTo(size / 2, 0);
    context.lineTo(size * 0.3, size * 0.22);
    context.lineTo(-size / 2, size * 0.22);
    context.closePath();
    context.fill();
    context.stroke();
    context.fillStyle = "#f4f1e9";
    context.fillRect(-size * 0.3, -size * 0.12, size * 0.25, size * 0.24);
    context.restore();
}
