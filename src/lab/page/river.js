// SPDX-License-Identifier: GPL-3.0-or-later
// The problem as a river bed: the symptom is the water that stands too high, the causes are sediment, layer on layer.
// Diagnosed layers are dredged loose, addressed ones are gone, a relapse slides back. Quick results pump water out.
import { fitCanvas, textScale } from "./dom.js";
import { palette, traceShape } from "./palette.js";
import { drawSigns } from "./signs.js";
import { number, percent, text } from "./text.js";

const TURN = 2 * Math.PI;

export class RiverView {
    constructor(canvas) {
        this.canvas = canvas;
    }

    draw(record, time, still) {
        const { context, width, height } = fitCanvas(this.canvas);
        const { plan } = record;
        const month = Math.min(Math.floor(time), record.last);
        const left = Math.max(76, width * 0.15), right = width - Math.max(44, width * 0.07);
        const scene = {
            record, plan, time, still, context, colours: palette(), width, height, month, part: time - Math.floor(time),
            left, right, top: height * 0.1, bar: height * 0.5, floor: height,
            column: (right - left) / plan.causes, layer: (height - 4 - height * 0.5) / plan.layers,
        };
        context.clearRect(0, 0, width, height);
        this.drawBanks(scene);
        this.drawWater(scene);
        for (let cause = 0; cause < plan.causes; cause++) {
            this.drawCause(scene, cause);
        }
        this.drawDredger(scene);
        this.drawPumps(scene);
        this.drawLabels(scene);
    }

    level({ bar, top }, symptom) {
        return bar - (bar - top) * symptom;
    }

    // The banks, with houses whose doors the water reaches when the symptom is half.
    drawBanks({ context, colours, left, right, bar, floor, width, height, top }) {
        context.fillStyle = colours.sky;
        context.fillRect(0, 0, width, height);
        context.fillStyle = colours.rock;
        const quay = bar - (bar - top) * 0.3;
        context.fillRect(0, quay, left - 4, floor - quay + 6);
        context.fillRect(right + 4, quay, width - right, floor - quay + 6);
        const unit = Math.min((left - 8) / 3.4, (quay - 4) / 2.2);
        for (let house = 0; house < 3; house++) {
            const x = 4 + house * unit * 1.08, tall = unit * [1.15, 1.5, 1][house];
            context.fillStyle = colours.wall;
            context.fillRect(x, quay - tall, unit, tall);
            context.beginPath();
            context.moveTo(x - 1, quay - tall);
            context.lineTo(x + unit / 2, quay - tall - unit * 0.55);
            context.lineTo(x + unit + 1, quay - tall);
            context.fill();
            context.fillStyle = colours.sky;
            context.fillRect(x + unit * 0.2, quay - tall * 0.8, unit * 0.22, unit * 0.22);
            context.fillRect(x + unit * 0.58, quay - tall * 0.8, unit * 0.22, unit * 0.22);
            context.fillStyle = colours.rock;
            context.fillRect(x + unit * 0.4, quay - unit * 0.38, unit * 0.22, unit * 0.38);
        }
    }

    drawWater(scene) {
        const { context, colours, record, time, still, width, floor, left, right, bar } = scene;
        const symptom = record.scalarBetween(time, "symptom"), surface = this.level(scene, symptom);
        context.fillStyle = colours.deep;
        context.globalAlpha = 0.75;
        context.beginPath();
        const wave = still ? 0 : 1.6;
        context.moveTo(0, surface);
        for (let x = 0; x <= width; x += 6) {
            context.lineTo(x, surface + wave * Math.sin(x * 0.05 + time * 2.5));
        }
        const over = surface < bar - (bar - scene.top) * 0.3;
        if (!over) {
            // Below the quay: only between the banks.
            context.lineTo(width, surface);
            context.closePath();
            context.save();
            context.beginPath();
            context.rect(left - 4, 0, right - left + 8, floor);
            context.clip();
            context.fillRect(left - 4, surface, right - left + 8, floor - surface);
            context.restore();
        } else {
            const quay = bar - (bar - scene.top) * 0.3;
            context.lineTo(width, quay);
            context.lineTo(right + 4, quay);
            context.lineTo(right + 4, floor);
            context.lineTo(left - 4, floor);
            context.lineTo(left - 4, quay);
            context.lineTo(0, quay);
            context.closePath();
            context.fill();
        }
        context.globalAlpha = 1;
        this.drawReturn(scene);
    }

    // Where the water returns to when nobody pumps: what is left of the causes.
    drawReturn(scene) {
        const { context, colours, record, time, left, right } = scene;
        const rest = this.level(scene, 1 - record.scalarBetween(time, "structural_share"));
        context.strokeStyle = colours.ink;
        context.globalAlpha = 0.7;
        context.lineWidth = 1.5;
        context.setLineDash([7, 5]);
        context.beginPath();
        context.moveTo(left, rest);
        context.lineTo(right, rest);
        context.stroke();
        context.setLineDash([]);
        context.globalAlpha = 1;
    }

    drawCause(scene, cause) {
        const { record, month, part, plan } = scene;
        const addressed = record.value(month, "addressed", cause), diagnosed = record.value(month, "diagnosed", cause);
        const next = Math.min(month + (part > 0 ? 1 : 0), record.last);
        const after = record.value(next, "addressed", cause), found = record.value(next, "diagnosed", cause);
        for (let layer = 0; layer < plan.layers; layer++) {
            const gone = layer < addressed, going = layer < after;
            const loose = layer < diagnosed, loosening = layer < found;
            // 1: in place; 0: gone. Removed layers rise and fade, relapsed ones sink back.
            const presence = gone === going ? (gone ? 0 : 1) : gone ? part : 1 - part;
            const looseness = loose === loosening ? Number(loose) : loose ? 1 - part : part;
            this.drawLayer(scene, cause, layer, presence, gone || going ? 1 : looseness, gone && !going);
            if (presence > 0.5 && loosening && looseness > 0.4) {
                this.drawFound(scene, cause, layer, next);
            }
        }
    }

    // By what a layer was found.
    drawFound({ context, record, left, column, bar, layer: tall }, cause, layer, month) {
        const by = record.along(month).found[cause][layer] ?? [];
        if (tall > 13 && by.length) {
            const size = Math.min(15, tall * 0.62);
            drawSigns(context, by, left + (cause + 0.5) * column - size * (0.9 + 0.4 * by.length), bar + (layer + 0.5) * tall, size);
        }
    }

    drawLayer(scene, cause, layer, presence, looseness, back) {
        const { context, colours, left, column, bar, layer: tall, plan } = scene;
        const x = left + cause * column, y = bar + layer * tall, lift = (1 - presence) * tall * (back ? 1.6 : 1.2);
        if (presence < 1) {
            context.strokeStyle = colours.soft;
            context.globalAlpha = 0.55;
            context.lineWidth = 1;
            context.setLineDash([2, 4]);
            context.strokeRect(x + 1.5, y + 1.5, column - 3, tall - 3);
            context.setLineDash([]);
        }
        if (presence > 0) {
            context.globalAlpha = presence;
            context.fillStyle = colours.sand;
            context.fillRect(x + 1, y + 1 - lift, column - 2, tall - 2);
            if (looseness > 0) {
                context.globalAlpha = presence * looseness;
                this.drawLoose(scene, x + 1, y + 1 - lift, column - 2, tall - 2);
            } else {
                context.globalAlpha = presence * 0.8;
                context.fillStyle = colours.rock;
                context.fillRect(x + 1, y + tall - 4 - lift, column - 2, 3);
            }
            context.globalAlpha = presence;
            const middle = y + tall / 2 - lift;
            if (tall > 13) {
                const owner = plan.owners[cause * plan.layers + layer];
                traceShape(context, owner, x + column / 2 + (looseness < 0.5 ? 9 : 0), middle, Math.min(6, tall * 0.25));
                context.fillStyle = colours.sectors[owner];
                context.fill();
                context.strokeStyle = colours.paper;
                context.lineWidth = 1.5;
                context.stroke();
                if (looseness < 0.5) {
                    context.fillStyle = colours.ink;
                    context.font = `700 ${Math.min(15, tall * 0.55)}px system-ui, sans-serif`;
                    context.textAlign = "center";
                    context.textBaseline = "middle";
                    context.fillText("?", x + column / 2 - 8, middle);
                }
            }
        }
        context.globalAlpha = 1;
    }

    // Dredged loose: a lighter layer, cracked and grainy.
    drawLoose({ context, colours }, x, y, wide, tall) {
        context.fillStyle = colours.loose;
        context.fillRect(x, y, wide, tall);
        context.fillStyle = colours.rock;
        const grains = Math.max(4, Math.round(wide / 9));
        for (let grain = 0; grain < grains * 2; grain++) {
            const gx = x + ((grain * 37) % 100) * 0.01 * (wide - 4) + 2, gy = y + ((grain * 61 + 17) % 100) * 0.01 * (tall - 4) + 2;
            context.fillRect(gx, gy, 2, 2);
        }
        context.strokeStyle = colours.rock;
        context.lineWidth = 1.2;
        context.setLineDash([6, 4]);
        context.strokeRect(x + 1, y + 1, wide - 2, tall - 2);
        context.setLineDash([]);
    }

    // The dredger works while effort goes to process; it lies over the cause that came up last. When nobody works it lies
    // moored at the bank, without its arm.
    drawDredger(scene) {
        const { context, colours, record, time, month, part, still, left, column, bar, layer, plan } = scene;
        const works = month === 0 ? part > 0 || record.scalar(0, "alive") > 0 : record.works(month);
        const cause = record.along(month + 1).digging;
        const process = works ? record.scalarBetween(time, "process") : 0;
        const x = works ? left + (cause + 0.5) * column : left + Math.min(26, column * 0.36), bob = still ? 0 : Math.sin(time * 2.5) * 1.2;
        const y = this.level(scene, record.scalarBetween(time, "symptom")) + bob, unit = Math.min(9, column * 0.13);
        if (process > 0.02) {
            const depth = bar + (record.value(month, "addressed", cause) + 0.4) * layer;
            const reach = Math.min(depth, bar + layer * (plan.layers - 0.5));
            context.strokeStyle = colours.ink;
            context.lineWidth = 1 + 3 * process;
            context.beginPath();
            context.moveTo(x + unit * 0.6, y - unit);
            context.lineTo(x + unit * 1.4, reach);
            context.stroke();
            context.fillStyle = colours.process;
            context.beginPath();
            context.arc(x + unit * 1.4, reach, 2 + 6 * process, 0, TURN);
            context.fill();
        }
        context.fillStyle = works ? colours.process : colours.soft;
        context.beginPath();
        context.moveTo(x - unit * 2.6, y - unit * 0.7);
        context.lineTo(x + unit * 2.6, y - unit * 0.7);
        context.lineTo(x + unit * 1.9, y + unit * 0.6);
        context.lineTo(x - unit * 2, y + unit * 0.6);
        context.fill();
        context.fillRect(x - unit * 1.8, y - unit * 1.9, unit * 1.3, unit * 1.3);
    }

    // One jet per quick result of the month.
    drawPumps(scene) {
        const { context, colours, record, month, part, right, still } = scene;
        const shown = part > 0 ? month + 1 : month;
        if (!record.works(Math.min(shown, record.last))) {
            return;
        }
        const jets = Math.min(8, Math.round(record.scalar(shown, "quick")));
        const y = this.level(scene, record.scalarBetween(scene.time, "symptom"));
        context.strokeStyle = colours.quick;
        context.lineWidth = 3;
        context.globalAlpha = part > 0 && !still ? Math.sin(Math.PI * part) : 0.85;
        for (let jet = 0; jet < jets; jet++) {
            context.beginPath();
            context.moveTo(right - 4 - jet * 5, y);
            context.quadraticCurveTo(right + 4 + jet, y - 22 - jet * 5, right + 18 + jet * 3, y + 4);
            context.stroke();
        }
        context.globalAlpha = 1;
    }

    drawLabels(scene) {
        const { context, colours, record, time, month, left, right, top, bar, width } = scene;
        const symptom = record.scalarBetween(time, "symptom"), size = Math.max(12, Math.min(15, width * 0.026)) * textScale();
        context.font = `600 ${size}px system-ui, sans-serif`;
        context.textBaseline = "top";
        context.textAlign = "left";
        this.tag(scene, `${text("symptom")} ${percent(symptom)}`, left + 6, this.level(scene, symptom) + 7, colours.water);
        context.textBaseline = "bottom";
        context.textAlign = "right";
        this.tag(scene, `${text("pumped")} ${number(record.along(month).quick, 0)}`, right - 2, Math.max(size + 4, top + size));
        context.textAlign = "left";
        context.textBaseline = "alphabetic";
        context.font = `${size - 1}px system-ui, sans-serif`;
        context.fillStyle = colours.ink;
        const rest = this.level(scene, 1 - record.scalarBetween(time, "structural_share"));
        if (Math.abs(rest - this.level(scene, symptom)) > size * 1.4) {
            context.textAlign = "right";
            this.tag(scene, text("returns_to"), right - 2, Math.min(bar - 2, Math.max(top + 2 * size + 4, rest - 2)));
        }
    }

    tag({ context, colours }, words, x, y, ground = colours.sky) {
        context.strokeStyle = ground;
        context.lineWidth = 4;
        context.lineJoin = "round";
        context.strokeText(words, x, y);
        context.fillStyle = colours.ink;
        context.fillText(words, x, y);
    }
}
