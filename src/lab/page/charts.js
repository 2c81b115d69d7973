// SPDX-License-Identifier: GPL-3.0-or-later
// Line charts that grow with a run, one line per lane; what each shows can be chosen.
import { make, textScale } from "./dom.js";
import { eventName } from "./events.js";
import { laneDashes, palette } from "./palette.js";
import { percent, text } from "./text.js";

const shown = ["symptom", "structural_share", "trust", "latent", "open", "momentum", "process", "depth", "pressure", "budget",
    "inclusion"];

// Upright dashed lines over a chart at the months of events: [{ month, name }].
export function markEvents(chart, events, colour) {
    const { ctx, bbox } = chart;
    ctx.save();
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1.5;
    ctx.setLineDash([3, 3]);
    for (const { month } of events) {
        const x = Math.round(chart.valToPos(month, "x", true)) + 0.5;
        ctx.beginPath();
        ctx.moveTo(x, bbox.top);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
    }
    ctx.restore();
}

// The same as words, for a legend.
export function eventKey(events) {
    return events.map(({ month, name }) => make("span", { className: "event-key" }, make("i", {}), text("event_at", { month, name: eventName(name) })));
}

export class Charts {
    constructor(defaults, onchange) {
        this.panels = defaults.map((scalar) => {
            const select = make("select", { onchange: () => this.redraw() });
            const plot = make("div", { className: "plot" });
            const panel = { select, plot, chosen: scalar, chart: null };
            panel.element = make("section", { className: "card chart" }, make("label", {}, select), plot);
            return panel;
        });
        this.onchange = onchange;
        this.legend = make("div", { className: "legend card" });
        this.element = make("div", { className: "charts" }, this.legend, ...this.panels.map(({ element }) => element));
        this.watcher = new ResizeObserver(() => requestAnimationFrame(() => this.fit()));
        this.panels.forEach(({ plot }) => this.watcher.observe(plot));
        this.records = [];
        this.month = 0;
        this.fill();
    }

    fill() {
        for (const panel of this.panels) {
            const value = panel.select.value || panel.chosen;
            panel.select.replaceChildren(...shown.map((scalar) => make("option", { value: scalar }, text(`scalar_${scalar}`))));
            panel.select.value = value;
            panel.select.setAttribute("aria-label", text("chart_shows"));
        }
    }

    // lanes: [{ label, lane }] in the order of the records; events: [{ month, name }].
    load(lanes, months, end, events = []) {
        this.events = events;
        this.lanes = lanes;
        this.months = months;
        this.end = end;
        const colours = palette();
        this.legend.replaceChildren(...lanes.map(({ label, lane }) => make("span", {},
            make("i", { style: `border-color:${colours.lanes[lane]};border-top-style:${["solid", "dashed", "dotted"][lane]}` }), label)), ...eventKey(events));
        for (const panel of this.panels) {
            panel.chart?.destroy();
            panel.chart = this.makeChart(panel);
        }
    }

    makeChart(panel) {
        const colours = palette(), { width, height } = this.sizeOf(panel);
        const axis = { stroke: colours.soft, grid: { stroke: colours.line, width: 1 }, ticks: { show: false },
            font: `${Math.round(12 * textScale())}px system-ui, sans-serif` };
        const shade = (chart) => {
            const from = chart.valToPos(this.months, "x", true), to = chart.bbox.left + chart.bbox.width;
            if (this.end > this.months) {
                chart.ctx.fillStyle = colours.line;
                chart.ctx.globalAlpha = 0.4;
                chart.ctx.fillRect(from, chart.bbox.top, to - from, chart.bbox.height);
                chart.ctx.globalAlpha = 1;
            }
        };
        return new uPlot({
            width, height, padding: [6, 8, 0, 0], legend: { show: false }, cursor: { show: true, drag: { x: false, y: false } },
            scales: { x: { time: false, range: [0, this.end] }, y: { range: [0, 1] } },
            axes: [{ ...axis, size: 8 + 14 * textScale(), space: 40 }, { ...axis, size: 8 + 36 * textScale(), space: 24, values: (_, ticks) => ticks.map((tick) => percent(tick)) }],
            series: [{}, ...this.lanes.map(({ lane }) => ({
                stroke: colours.lanes[lane], width: 2.5, dash: laneDashes[lane], points: { show: false } }))],
            hooks: { drawClear: [shade, (chart) => markEvents(chart, this.events, colours.soft)] },
        }, [[0], ...this.lanes.map(() => [null])], panel.plot);
    }

    sizeOf({ plot }) {
        return { width: Math.max(120, plot.clientWidth), height: Math.max(70, plot.clientHeight) };
    }

    fit() {
        for (const panel of this.panels) {
            panel.chart?.setSize(this.sizeOf(panel));
        }
    }

    draw(records, month) {
        if (this.records === records && this.month === month && !this.stale) {
            return;
        }
        this.records = records;
        this.month = month;
        this.stale = false;
        const x = Array.from({ length: month + 1 }, (_, m) => m);
        for (const panel of this.panels) {
            const name = panel.select.value, flow = name === "process" || name === "depth";
            const rows = records.map((record) => x.map((m) => (m > record.last || (flow && (m === 0 || m > this.months))
                ? null : record.scalar(m, name))));
            panel.chart?.setData([x, ...rows]);
        }
    }

    redraw() {
        this.stale = true;
        this.draw(this.records, this.month);
        this.onchange?.();
    }
}
