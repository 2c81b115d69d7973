/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a report shows on request: any series at any design point, and the map of two factors. Everything else is in the
 * page already. */
(function () {
    "use strict";

    const data = JSON.parse(document.getElementById("data").textContent);
    const texts = data.texts;
    const COLOURS = 8;

    function css(name) {
        return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    }

    function colour(regime) {
        return css("--s" + (regime % COLOURS));
    }

    function faded(hex, opacity) {
        const n = parseInt(hex.slice(1), 16);
        return "rgba(" + (n >> 16) + "," + ((n >> 8) & 255) + "," + (n & 255) + "," + opacity + ")";
    }

    function number(value, decimals) {
        if (value === null || !isFinite(value)) {
            return "–";
        }
        const text = value.toFixed(decimals);
        return (Number(text) === 0 ? text.replace("-", "") : text).replace(".", texts.decimal_sign);
    }

    function decimalsFor(scale) {
        return scale < 1 ? 3 : scale < 10 ? 2 : scale < 100 ? 1 : 0;
    }

    function fill(words, places) {
        return words.replace(/\{(\w+)\}/g, (whole, name) => (name in places ? places[name] : whole));
    }

    /* The numbers that report/packed.c wrote; missing ones are null. */
    function unpack(packed) {
        const bytes = atob(packed.bytes);
        const values = new Array(packed.n);
        for (let i = 0; i < packed.n; i++) {
            const code = bytes.charCodeAt(2 * i) | (bytes.charCodeAt(2 * i + 1) << 8);
            values[i] = code === 65535 ? null : packed.low + ((packed.high - packed.low) * code) / 65534;
        }
        return values;
    }

    function element(name, attributes, text) {
        const made = document.createElement(name);
        for (const key in attributes) {
            made.setAttribute(key, attributes[key]);
        }
        if (text !== undefined) {
            made.textContent = text;
        }
        return made;
    }

    function choice(parent, label, options, selected, changed) {
        const wrap = element("label", {}, label);
        const select = element("select", {});
        options.forEach((option, i) => {
            const item = element("option", { value: i }, option);
            item.selected = i === selected;
            select.append(item);
        });
        select.addEventListener("change", () => changed(Number(select.value)));
        wrap.append(select);
        parent.append(wrap);
        return select;
    }

    /* ---- fans ---- */

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

    /* ---- the map ---- */

    const CELLS = 8; /* most rows and columns; a factor with more values is cut into bins */

    function binsOf(values) {
        const different = Array.from(new Set(values)).sort((a, b) => a - b);
        if (different.length <= CELLS) {
            return { labels: different.map((v) => Number(v.toPrecision(3)).toString().replace(".", texts.decimal_sign)), of: (v) => different.indexOf(v) };
        }
        const low = different[0];
        const width = (different[different.length - 1] - low) / CELLS;
        return {
            labels: Array.from({ length: CELLS }, (unused, i) => number(low + (i + 0.5) * width, decimalsFor(Math.abs(low) + width * CELLS))),
            of: (v) => Math.min(CELLS - 1, Math.floor((v - low) / width)),
        };
    }

    /* Blue-green where the regime is better, red-brown where it is worse; for means a scale of one colour. */
    function shade(value, most, better, isDifference, low) {
        if (!isDifference) {
            const share = most > low ? (value - low) / (most - low) : 0.5;
            return faded(css("--map-good"), 0.08 + 0.37 * share);
        }
        const side = better === 0 ? value : value * better;
        return faded(side >= 0 ? css("--map-good") : css("--map-bad"), 0.08 + 0.37 * Math.min(1, Math.abs(value) / most));
    }

    function startMap() {
        const map = data.map;
        const holder = document.getElementById("phase");
        const controls = document.getElementById("map-controls");
        const others = data.regimes.map((name, regime) => regime).filter((regime) => regime !== data.baseline);
        const factors = map.factors.map((factor) => unpack(factor.values));
        const bins = factors.map(binsOf);
        const shows = others.map((regime) => fill(texts.map_difference, { regime: data.regimes[regime], baseline: data.regimes[data.baseline] }))
            .concat(data.regimes.map((regime) => fill(texts.map_mean, { regime: regime })));
        const state = { x: 0, y: map.factors.length > 1 ? 1 : 0, outcome: 0, show: Math.max(0, others.length - 1) };

        function cells() {
            const outcome = map.outcomes[state.outcome];
            const isDifference = state.show < others.length;
            const means = unpack(outcome.values[isDifference ? data.regimes.length + state.show : state.show - others.length]);
            const errors = isDifference ? unpack(outcome.values[2 * data.regimes.length - 1 + state.show]) : [];
            const found = {};
            means.forEach((value, i) => {
                if (value === null) {
                    return;
                }
                const key = bins[state.y].of(factors[state.y][i]) + "," + bins[state.x].of(factors[state.x][i]);
                const cell = (found[key] = found[key] || { sum: 0, variance: 0, n: 0 });
                cell.sum += value;
                cell.variance += errors[i] ? errors[i] * errors[i] : 0;
                cell.n++;
            });
            return { found: found, isDifference: isDifference, better: outcome.better };
        }

        function draw() {
            const made = cells();
            const list = Object.values(made.found);
            const most = Math.max.apply(null, list.map((cell) => (made.isDifference ? Math.abs(cell.sum / cell.n) : cell.sum / cell.n)));
            const low = Math.min.apply(null, list.map((cell) => cell.sum / cell.n));
            const flat = state.x === state.y;
            const table = element("table", {});
            table.append(element("caption", {}, "→ " + map.factors[state.x].name + (flat ? "" : ", ↑ " + map.factors[state.y].name)));
            const rows = flat ? [0] : bins[state.y].labels.map((unused, i) => i).reverse();
            rows.forEach((y) => {
                const row = element("tr", {});
                row.append(element("th", { scope: "row" }, flat ? "" : bins[state.y].labels[y]));
                bins[state.x].labels.forEach((unused, x) => {
                    const cell = made.found[(flat ? x : y) + "," + x];
                    if (!cell) {
                        row.append(element("td", { class: "empty", "aria-label": texts.map_empty }));
                        return;
                    }
                    const mean = cell.sum / cell.n;
                    const unclear = made.isDifference && Math.abs(mean) <= (1.96 * Math.sqrt(cell.variance)) / cell.n;
                    const digits = number(mean, decimalsFor(most) - (most < 1 ? 1 : 0));
                    const shown = (made.isDifference && mean > 0 && /[1-9]/.test(digits) ? "+" : "") + digits;
                    const made_cell = element("td", { title: cell.n + " " + texts.map_points + (unclear ? ", " + texts.word_unclear : "") }, shown);
                    made_cell.style.backgroundColor = shade(mean, most, made.better, made.isDifference, low);
                    made_cell.style.color = css("--ink");
                    made_cell.classList.toggle("unclear", unclear);
                    row.append(made_cell);
                });
                table.append(row);
            });
            const foot = element("tr", {});
            foot.append(element("td", { class: "corner" }));
            bins[state.x].labels.forEach((label) => foot.append(element("th", { scope: "col" }, label)));
            table.append(foot);
            holder.replaceChildren(element("div", { class: "scroll" }));
            holder.firstChild.append(table);
            holder.setAttribute("aria-label", map.outcomes[state.outcome].label + ", " + shows[state.show]);
        }

        const names = map.factors.map((factor) => factor.name);
        choice(controls, texts.map_outcome, map.outcomes.map((outcome) => outcome.label), 0, (chosen) => { state.outcome = chosen; draw(); });
        choice(controls, texts.map_show, shows, state.show, (chosen) => { state.show = chosen; draw(); });
        if (names.length > 1) {
            choice(controls, texts.map_across, names, state.x, (chosen) => { state.x = chosen; draw(); });
            choice(controls, texts.map_up, names, state.y, (chosen) => { state.y = chosen; draw(); });
        }
        return draw;
    }

    /* ---- weighing early against lasting results ---- */

    function startWeigh() {
        const holder = document.getElementById("weigh");
        const cells = Array.from(document.querySelectorAll("table.ranking td[data-cell]"));
        if (!holder || data.regimes.length < 2 || cells.length === 0) {
            return;
        }
        const lasting = cells[0].dataset.outcome;
        const values = (wanted) => {
            const found = {};
            cells.filter((cell) => (cell.dataset.outcome === lasting) === wanted).forEach((cell) => { found[cell.dataset.regime] = Number(cell.dataset.value); });
            return found;
        };
        const gain = values(true);
        const burden = values(false);
        const label = element("label", {});
        const caption = element("span", {});
        const slider = element("input", { type: "range", min: 0, max: 100, step: 1, value: 50 });
        const order = element("p", { "aria-live": "polite" });
        function show() {
            const weight = slider.value / 100;
            const worth = (regime) => weight * gain[regime] - (1 - weight) * burden[regime];
            const sorted = Object.keys(gain).filter((regime) => isFinite(worth(regime))).sort((a, b) => worth(b) - worth(a));
            caption.textContent = fill(texts.weigh_label, { weight: slider.value });
            order.textContent = fill(texts.weigh_order, { order: sorted.map((regime) => data.regimes[regime]).join(" › ") });
        }
        slider.addEventListener("input", show);
        label.append(caption, slider);
        holder.append(label, order);
        show();
    }

    /* ---- taking charts and tables along ---- */

    function save(name, blob) {
        const link = element("a", { href: URL.createObjectURL(blob), download: name });
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    }

    function savePicture(svg, name) {
        const box = svg.viewBox.baseVal;
        const picture = new Image();
        picture.onload = () => {
            const canvas = element("canvas", { width: box.width * 2, height: box.height * 2 });
            const draw = canvas.getContext("2d");
            draw.fillStyle = "#ffffff";
            draw.fillRect(0, 0, canvas.width, canvas.height);
            draw.drawImage(picture, 0, 0, canvas.width, canvas.height);
            canvas.toBlob((blob) => save(name, blob));
        };
        picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(svg));
    }

    /* A cell as it is shown; where the decimal sign is a comma the columns are parted by semicolons, as a spreadsheet of
     * that language expects. */
    function csvOf(table) {
        const separator = texts.decimal_sign === "," ? ";" : ",";
        const quoted = (text) => (/[",;\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text);
        return Array.from(table.rows, (row) => Array.from(row.cells, (cell) => quoted(cell.textContent.trim().replace(/\s+/g, " "))).join(separator)).join("\r\n");
    }

    function takeButton(parent, text, act) {
        const button = element("button", { type: "button" }, text);
        button.addEventListener("click", act);
        parent.append(button);
    }

    function startTaking() {
        document.querySelectorAll("figure.chart-figure").forEach((figure) => {
            const svg = figure.querySelector("svg");
            const bar = element("div", { class: "controls take" });
            takeButton(bar, texts.take_svg, () => save(svg.id + ".svg", new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" })));
            takeButton(bar, texts.take_png, () => savePicture(svg, svg.id + ".png"));
            figure.append(bar);
        });
        document.querySelectorAll("main table").forEach((table, i) => {
            if (!table.closest(".phase")) {
                const bar = element("div", { class: "controls take" });
                takeButton(bar, texts.take_csv, () => save("table-" + (i + 1) + ".csv", new Blob(["\ufeff" + csvOf(table)], { type: "text/csv" })));
                table.closest(".scroll").after(bar);
            }
        });
    }

    /* ---- start ---- */

    startWeigh();
    startTaking();

    const drawings = [];
    document.querySelectorAll(".interactive").forEach((part) => { part.hidden = false; });
    if (data.fans) {
        drawings.push(startFans());
    }
    if (data.map) {
        drawings.push(startMap());
    }
    const drawAll = () => drawings.forEach((draw) => draw());
    drawAll();
    let waiting = null;
    let width = document.documentElement.clientWidth;
    window.addEventListener("resize", () => {
        if (document.documentElement.clientWidth !== width) {
            width = document.documentElement.clientWidth;
            clearTimeout(waiting);
            waiting = setTimeout(drawAll, 120);
        }
    });
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
    window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((details) => { details.open = true; }));

    const provenance = document.querySelector("#provenance code");
    try {
        provenance.textContent = JSON.stringify(JSON.parse(provenance.textContent), null, 2);
    } catch (error) {
        provenance.parentElement.dataset.plain = "true"; /* it stays as it was written */
    }
})();
