// SPDX-License-Identifier: GPL-3.0-or-later
// Five hundred futures at once: fan charts by month and distributions of outcomes.
import { eventKey, markEvents } from "./charts.js";
import { dataTable, fitCanvas, make } from "./dom.js";
import { laneDashes, palette } from "./palette.js";
import { regimeName } from "./side.js";
import { number, percent, text } from "./text.js";

const mostFutures = 500;
const fans = ["symptom", "structural_share", "trust", "process_share", "latent", "open", "momentum", "pressure", "budget",
    "inclusion", "survival"];
const distributions = ["structural_share", "symptom_burden", "quick_results", "symptom_after", "solved_share", "trust_end",
    "momentum_end", "turnover_count", "escalations_per_tie"];
const shares = ["structural_share", "symptom_burden", "symptom_after", "solved_share", "trust_end", "momentum_end"];

function chooser(keys, prefix, value, onchange) {
    const select = make("select", { onchange });
    select.refill = () => {
        const kept = select.value || value;
        select.replaceChildren(...keys.map((key) => make("option", { value: key }, text(`${prefix}_${key}`))));
        select.value = kept;
        select.setAttribute("aria-label", text("chart_shows"));
    };
    select.refill();
    return select;
}

export class FuturesView {
    constructor(app) {
        this.app = app;
        this.run = make("button", { className: "main", id: "futures-run", onclick: () => app.apply() });
        this.bar = make("progress", { max: 1, value: 0, hidden: true });
        this.time = make("span", { id: "futures-time" });
        this.about = make("p", {});
        this.legend = make("div", { className: "legend" });
        this.panels = ["symptom", "structural_share"].map((series) => {
            const select = chooser(fans, "scalar", series, () => this.draw()), plot = make("div", { className: "plot" });
            return { select, plot, chart: null, element: make("section", { className: "card chart" }, make("label", {}, select), plot) };
        });
        this.spreads = ["structural_share", "symptom_burden"].map((outcome) => {
            const select = chooser(distributions, "outcome", outcome, () => this.draw());
            const canvas = make("canvas", { className: "spread", role: "img" });
            return { select, canvas, element: make("section", { className: "card chart" }, make("label", {}, select), canvas) };
        });
        this.table = make("div", { className: "card" });
        this.element = make("section", { className: "view", id: "view-futures" },
            make("div", { className: "card choices" }, this.run, this.bar, this.time, this.legend),
            make("div", { className: "fans" }, ...this.panels.map((p) => p.element), ...this.spreads.map((p) => p.element)),
            this.about, this.table);
        this.watcher = new ResizeObserver(() => requestAnimationFrame(() => this.draw()));
        this.panels.forEach(({ plot }) => this.watcher.observe(plot));
        this.result = null;
        this.count = mostFutures;
    }

    async load() {
        const { app } = this, { settings } = app;
        this.regimes = [settings.left, settings.right];
        this.count = app.futuresCount(mostFutures);
        const content = { study: app.studyContent(), regimes: this.regimes, count: this.count };
        const key = JSON.stringify(content);
        if (key === this.loadedKey) {
            return;
        }
        this.bar.hidden = false;
        this.run.disabled = true;
        this.core ??= app.newCore();
        try {
            this.result = await this.core.call("futures", content, (share) => { this.bar.value = share; });
            this.events = app.study.events;
            this.loadedKey = key;
        } finally {
            this.bar.hidden = true;
            this.run.disabled = false;
        }
        this.refresh();
        app.say(this.time.textContent);
    }

    // Ends what is being computed: it is no longer wanted.
    interrupt() {
        if (!this.bar.hidden) {
            this.core?.end();
            this.core = null;
        }
    }

    hide() {
        this.interrupt();
    }

    refresh() {
        this.run.textContent = text("futures_run", { n: this.count });
        this.about.textContent = text("futures_about", { n: this.count });
        this.panels.forEach(({ select }) => select.refill());
        this.spreads.forEach(({ select }) => select.refill());
        if (this.result) {
            const colours = palette();
            this.time.textContent = text("futures_time", { n: 2 * this.count, seconds: number(this.result.milliseconds / 1000, 2) });
            this.time.dataset.milliseconds = Math.round(this.result.milliseconds);
            this.legend.replaceChildren(...this.regimes.map((name, lane) => make("span", {},
                make("i", { style: `border-color:${colours.lanes[lane]};border-top-style:${["solid", "dashed"][lane]}` }), regimeName(name))), ...eventKey(this.events));
            this.fillTable();
            this.draw();
        }
    }

    draw() {
        if (!this.result) {
            return;
        }
        this.panels.forEach((panel) => this.drawFan(panel));
        this.spreads.forEach((spread) => this.drawSpread(spread));
    }

    drawFan(panel) {
        const { months, series } = this.result, colours = palette(), name = panel.select.value;
        const x = Array.from({ length: months }, (_, m) => m + 1), data = [x], lines = [{}], bands = [];
        series[name].forEach((statistics, lane) => {
            const colour = colours.lanes[lane], from = data.length;
            for (const row of ["q05", "q95", "q25", "q75", "q50"]) {
                data.push(Array.from(statistics[row]));
                lines.push({ stroke: row === "q50" ? colour : "transparent", width: row === "q50" ? 3 : 0,
                    dash: laneDashes[lane], points: { show: false } });
            }
            bands.push({ series: [from + 1, from], fill: `${colour}2e` }, { series: [from + 3, from + 2], fill: `${colour}55` });
        });
        const axis = { stroke: colours.soft, grid: { stroke: colours.line, width: 1 }, ticks: { show: false }, font: "13px system-ui, sans-serif" };
        panel.chart?.destroy();
        panel.chart = new uPlot({
            width: Math.max(150, panel.plot.clientWidth), height: Math.max(150, panel.plot.clientHeight), padding: [8, 10, 0, 0], legend: { show: false },
            scales: { x: { time: false }, y: { range: [0, 1] } }, bands,
            axes: [{ ...axis, size: 24 }, { ...axis, size: 48, values: (_, ticks) => ticks.map((tick) => percent(tick)) }],
            series: lines, hooks: { drawClear: [(chart) => markEvents(chart, this.events, colours.soft)] },
        }, data, panel.plot);
    }

    // Two histograms, one upwards and one downwards, on the same bins; the line marks the mean.
    drawSpread({ select, canvas }) {
        const name = select.value, rows = this.result.outcomes[name].map((values) => Array.from(values).filter(Number.isFinite));
        const { context, width, height } = fitCanvas(canvas), colours = palette();
        const everything = rows.flat();
        const low = shares.includes(name) ? 0 : Math.min(...everything), high = shares.includes(name) ? 1 : Math.max(...everything);
        const bins = 25, span = high - low || 1, foot = height / 2 - 8, left = 8, wide = (width - 16) / bins;
        context.clearRect(0, 0, width, height);
        const counts = rows.map((values) => {
            const bin = new Array(bins).fill(0);
            values.forEach((value) => bin[Math.min(bins - 1, Math.floor(((value - low) / span) * bins))]++);
            return bin;
        });
        const most = Math.max(1, ...counts.flat());
        counts.forEach((bin, lane) => {
            context.fillStyle = colours.lanes[lane];
            bin.forEach((value, index) => {
                const tall = (value / most) * (foot - 6);
                context.fillRect(left + index * wide + 1, lane === 0 ? foot - tall : foot + 18, wide - 2, tall);
            });
            const mean = rows[lane].reduce((sum, value) => sum + value, 0) / rows[lane].length;
            const x = left + ((mean - low) / span) * (width - 16);
            context.fillStyle = colours.ink;
            context.fillRect(x - 1, lane === 0 ? 2 : foot + 18, 2, foot - 4);
        });
        context.font = "12px system-ui, sans-serif";
        context.fillStyle = colours.ink;
        context.textBaseline = "middle";
        for (const share of [0, 0.25, 0.5, 0.75, 1]) {
            context.textAlign = share === 0 ? "left" : share === 1 ? "right" : "center";
            const value = low + share * span;
            context.fillText(shares.includes(name) ? percent(value) : number(value, span > 20 ? 0 : 1), left + share * (width - 16), foot + 9);
        }
        canvas.setAttribute("aria-label", `${text(`outcome_${name}`)}: ${text("see_table")}`);
    }

    fillTable() {
        const { outcomes, better } = this.result, [left, right] = this.regimes;
        const rows = distributions.map((name) => {
            const [a, b] = outcomes[name], pairs = [];
            a.forEach((value, index) => {
                if (Number.isFinite(value) && Number.isFinite(b[index])) {
                    pairs.push([value, b[index]]);
                }
            });
            const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
            const differences = pairs.map(([x, y]) => y - x), difference = mean(differences);
            const spread = Math.sqrt(mean(differences.map((d) => (d - difference) ** 2)) / (pairs.length - 1));
            const wins = differences.filter((d) => d * better[name] > 0).length / pairs.length;
            const write = shares.includes(name) ? percent : (value) => number(value, 2);
            return [text(`outcome_${name}`), write(mean(pairs.map(([x]) => x))), write(mean(pairs.map(([, y]) => y))),
                `${difference > 0 ? "+" : ""}${shares.includes(name) ? number(100 * difference, 1) : number(difference, 2)} ± ${
                    shares.includes(name) ? number(196 * spread, 1) : number(1.96 * spread, 2)}`, better[name] ? percent(wins) : "–"];
        });
        this.table.replaceChildren(dataTable(text("futures_caption", { n: this.count }),
            [text("outcome"), regimeName(left), regimeName(right), text("difference"), text("better_share", { name: regimeName(right) })], rows));
    }
}
