/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map of two factors, over any of those that the page holds; the first one stands on it already. */

/* The hue of a cell: better, worse, or none; for means a scale of one colour. */
function paint(cell, value, most, low, better, isDifference) {
    const share = isDifference ? (most > 0 ? Math.min(1, Math.abs(value) / most) : 0) : most > low ? (value - low) / (most - low) : 0.5;
    const isBad = isDifference && (better === 0 ? value < 0 : value * better < 0);
    cell.classList.add(isBad ? "bad" : "good");
    cell.style.setProperty("--share", share.toFixed(3));
}

/* Does an interval leave 0 out, and is it surely smaller than what matters? */
function isUnclear(low, high) {
    return low === null || (low <= 0 && high >= 0);
}

function startMap() {
    const map = data.map;
    const holder = document.getElementById("phase");
    const controls = document.getElementById("map-controls");
    const reading = document.getElementById("map-reading");
    const others = data.regimes.map((name, regime) => regime).filter((regime) => regime !== data.baseline);
    const shows = others.map((regime) => fill(texts.map_difference, { regime: data.regimes[regime], baseline: data.regimes[data.baseline] }))
        .concat(data.regimes.map((regime) => fill(texts.map_mean, { regime: regime })));
    const offered = Array.from(new Set(map.pairs.flatMap((pair) => [pair.across, pair.up]))).filter((factor) => factor >= 0);
    const state = { x: map.pairs[0].across, y: map.pairs[0].up, outcome: 0, show: map.show };

    /* The cells of the chosen factors: their index in the numbers, whichever way round these are. */
    function arrange() {
        const number = map.pairs.findIndex((pair) => (pair.across === state.x && pair.up === state.y) || (pair.across === state.y && pair.up === state.x));
        const pair = map.pairs[number];
        const nAcross = map.axes[pair.across].levels.length;
        return { number: number, pair: pair, index: (x, y) => (pair.across === state.x ? x + nAcross * y : y + nAcross * x) };
    }

    function numbersOf(arranged) {
        const packed = map.outcomes[state.outcome].values[arranged.number];
        const n = arranged.pair.points.length;
        const take = (all, k) => all.slice(k * n, (k + 1) * n);
        if (state.show < others.length) {
            const all = unpack(packed.differences);
            return { isDifference: true, mean: take(all, 3 * state.show), low: take(all, 3 * state.show + 1), high: take(all, 3 * state.show + 2) };
        }
        const mean = take(unpack(packed.means), state.show - others.length);
        return { isDifference: false, mean: mean, low: mean, high: mean };
    }

    function axisName(factor) {
        return map.axes[factor].name + (map.axes[factor].is_log ? " (" + texts.map_log + ")" : "");
    }

    function draw() {
        const arranged = arrange();
        const numbers = numbersOf(arranged);
        const better = map.outcomes[state.outcome].better;
        const known = numbers.mean.filter((value) => value !== null);
        const most = Math.max(...known.map((value) => (numbers.isDifference ? Math.abs(value) : value)));
        const low = Math.min(...known);
        const decimals = Math.max(0, decimalsFor(most) - (most < 1 ? 1 : 0));
        const signed = (value) => (numbers.isDifference && value > 0 && /[1-9]/.test(number(value, decimals)) ? "+" : "") + number(value, decimals);
        const across = map.axes[state.x].levels;
        const up = state.y < 0 ? [""] : map.axes[state.y].levels;
        const table = element("table", {});
        table.append(element("caption", {}, map.outcomes[state.outcome].label + ", " + shows[state.show] + ". → " + axisName(state.x) +
            (state.y < 0 ? "" : ", ↑ " + axisName(state.y))));
        const body = element("tbody", {});
        up.map((unused, y) => up.length - 1 - y).forEach((y) => {
            const row = element("tr", {});
            row.append(element("th", { scope: "row" }, up[y]));
            across.forEach((unused, x) => {
                const at = arranged.index(x, y);
                const value = numbers.mean[at];
                if (value === null) {
                    row.append(element("td", { class: "empty" }, "–"));
                    return;
                }
                const unclear = numbers.isDifference && isUnclear(numbers.low[at], numbers.high[at]);
                const cell = element("td", { tabindex: -1 }, signed(value));
                paint(cell, value, most, low, better, numbers.isDifference);
                cell.classList.toggle("unclear", unclear);
                cell.dataset.reading = map.axes[state.x].name + " " + across[x] + (state.y < 0 ? "" : ", " + map.axes[state.y].name + " " + up[y]) + ": " +
                    signed(value) + (numbers.isDifference && numbers.low[at] !== null ? " [" + signed(numbers.low[at]) + "; " + signed(numbers.high[at]) + "]" : "") +
                    ", " + texts.map_points + ": " + number(arranged.pair.points[at], 0) + (unclear ? ", " + texts.word_unclear : "");
                row.append(cell);
            });
            body.append(row);
        });
        const foot = element("tr", {});
        foot.append(element("td", { class: "corner" }));
        across.forEach((label) => foot.append(element("th", { scope: "col" }, label)));
        body.append(foot);
        table.append(body);
        const scroll = element("div", { class: "scroll", tabindex: 0 });
        scroll.append(table);
        holder.replaceChildren(scroll);
    }

    /* Cells tell their interval when they are pointed at, touched, or reached with the arrow keys. */
    const tell = (event) => {
        const cell = event.target.closest("td[data-reading]");
        reading.textContent = cell ? cell.dataset.reading : "";
    };
    ["pointerover", "click", "focusin"].forEach((name) => holder.addEventListener(name, tell));
    holder.addEventListener("keydown", (event) => {
        const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
        if (!step) {
            return;
        }
        const cell = event.target.closest("td");
        const rows = Array.from(holder.querySelectorAll("tbody tr"));
        const row = cell ? rows.indexOf(cell.parentElement) + step[1] : 0;
        const column = cell ? cell.cellIndex + step[0] : 1;
        const next = rows[row] && rows[row].cells[column];
        if (next && next.dataset.reading) {
            next.focus();
            event.preventDefault();
        }
    });

    const names = offered.map((factor) => map.axes[factor].name);
    choice(controls, texts.map_outcome, map.outcomes.map((outcome) => outcome.label), 0, (chosen) => { state.outcome = chosen; draw(); });
    choice(controls, texts.map_show, shows, state.show, (chosen) => { state.show = chosen; draw(); });
    if (state.y >= 0) {
        const selects = [];
        const choose = (own, other, which) => (chosen) => {
            if (state[other] === offered[chosen]) { /* the two change places */
                state[other] = state[own];
                selects[1 - which].value = offered.indexOf(state[other]);
            }
            state[own] = offered[chosen];
            draw();
        };
        selects.push(choice(controls, texts.map_across, names, offered.indexOf(state.x), choose("x", "y", 0)));
        selects.push(choice(controls, texts.map_up, names, offered.indexOf(state.y), choose("y", "x", 1)));
    }
    return draw;
}
