/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any series at any design point. */

const STATISTICS = 6; /* mean, q05, q25, q50, q75, q95 */

function axes(unit) {
    const line = { stroke: css("--muted"), grid: { stroke: css("--rule"), width: 1 }, ticks: { stroke: css("--rule") } };
    return [
        Object.assign({ label: texts.time_month }, line),
        Object.assign({ label: unit, size: 62, values: (u, ticks) => ticks.map((t) => number(t, ticks.length > 1 && ticks[1] - ticks[0] < 0.1 ? 2 : ticks[1] - ticks[0] < 1 ? 1 : 0)) }, line),
    ];
}

/* A line where support ends and aftercare begins. */
function supportLine(month) {
    return {
        hooks: {
            draw: (u) => {
                const x = u.valToPos(month, "x", true);
                if (x <= u.bbox.left || x >= u.bbox.left + u.bbox.width) {
                    return;
                }
                const draw = u.ctx;
                draw.save();
                draw.strokeStyle = css("--muted");
                draw.fillStyle = css("--muted");
                draw.setLineDash([4, 4]);
                draw.beginPath();
                draw.moveTo(x, u.bbox.top);
                draw.lineTo(x, u.bbox.top + u.bbox.height);
                draw.stroke();
                draw.font = 11 * devicePixelRatio + "px sans-serif";
                draw.textAlign = "right";
                draw.fillText(texts.time_support_ends, x - 5, u.bbox.top + 13 * devicePixelRatio);
                draw.restore();
            },
        },
    };
}

function startFans() {
    const fans = data.fans;
    const holder = document.getElementById("fan");
    const reading = document.getElementById("fan-reading");
    const controls = document.getElementById("time-controls");
    const state = { series: 0, point: 0, shown: data.regimes.map(() => true), chart: null };

    function values() {
        const all = unpack(fans.series[state.series].values[state.point]);
        const n = fans.months.length;
        return data.regimes.map((name, regime) =>
            Array.from({ length: STATISTICS }, (unused, s) => all.slice((regime * STATISTICS + s) * n, (regime * STATISTICS + s + 1) * n)));
    }

    function say(chart) {
        const at = chart.cursor.idx;
        const series = fans.series[state.series];
        if (at === null || at === undefined) {
            reading.textContent = "";
            return;
        }
        const parts = data.regimes.map((name, regime) => {
            const first = 1 + regime * STATISTICS;
            const value = (s) => chart.data[first + s][at];
            const decimals = decimalsFor(Math.abs(value(0) || 0) * 3);
            return name + " " + number(value(0), decimals) + " (" + number(value(1), decimals) + " – " + number(value(5), decimals) + ")";
        });
        reading.textContent = texts.time_month + " " + fans.months[at] + ", " + series.label + ": " +
            parts.filter((part, regime) => state.shown[regime]).join("; ");
    }

    function draw() {
        const series = fans.series[state.series];
        const columns = [fans.months];
        const lines = [{}];
        const bands = [];
        values().forEach((statistics, regime) => {
            const first = columns.length;
            const own = colour(regime);
            statistics.forEach((column, s) => {
                columns.push(column);
                lines.push({
                    label: data.regimes[regime], show: state.shown[regime], points: { show: false },
                    stroke: s === 0 ? own : "transparent", width: s === 0 ? 2.5 : 0, spanGaps: true,
                });
            });
            bands.push({ series: [first + 5, first + 1], fill: faded(own, 0.13) });
            bands.push({ series: [first + 4, first + 2], fill: faded(own, 0.22) });
        });
        if (state.chart) {
            state.chart.destroy();
        }
        state.chart = new uPlot({
            width: holder.clientWidth, height: Math.max(280, Math.min(420, holder.clientWidth * 0.5)),
            scales: { x: { time: false } }, series: lines, bands: bands, axes: axes(series.unit),
            legend: { show: false }, cursor: { drag: { x: false, y: false }, points: { show: false } },
            hooks: { setCursor: [say] }, plugins: [supportLine(fans.support_ends)],
        }, columns, holder);
        holder.setAttribute("aria-label", series.label + ": " + data.regimes.map((name, regime) => {
            const mean = columns[1 + regime * STATISTICS];
            return name + " " + number(mean[mean.length - 1], 2);
        }).join(", "));
    }

    choice(controls, texts.time_series, fans.series.map((series) => series.label), 0, (chosen) => {
        state.series = chosen;
        draw();
    });
    if (fans.points.length > 1) {
        choice(controls, texts.time_point, fans.points, 0, (chosen) => {
            state.point = chosen;
            draw();
        });
    }
    data.regimes.forEach((name, regime) => {
        const button = element("button", { type: "button", class: "regime", "aria-pressed": "true", "data-regime-colour": regime % COLOURS }, name);
        button.addEventListener("click", () => {
            state.shown[regime] = !state.shown[regime];
            button.setAttribute("aria-pressed", state.shown[regime]);
            draw();
        });
        controls.append(button);
    });
    holder.addEventListener("keydown", (event) => {
        const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: 12, PageDown: -12 }[event.key];
        if (step === undefined || !state.chart) {
            return;
        }
        const last = fans.months.length - 1;
        const now = state.chart.cursor.idx === null || state.chart.cursor.idx === undefined ? (step > 0 ? -1 : last + 1) : state.chart.cursor.idx;
        const at = Math.max(0, Math.min(last, now + step));
        state.chart.setCursor({ left: state.chart.valToPos(fans.months[at], "x"), top: 10 });
        event.preventDefault();
    });
    return draw;
}
