/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What readers weigh for themselves. */

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

/* ---- what support costs, at other prices ---- */

/* A field for a number; `changed` is called with it whenever it is one. */
function field(parent, label, value, changed) {
    const wrap = element("label", {}, label);
    const input = element("input", { type: "number", min: 0, step: "any", value: value });
    input.addEventListener("input", () => {
        if (input.value !== "" && Number(input.value) >= 0) {
            changed(Number(input.value));
        }
    });
    wrap.append(input);
    parent.append(wrap);
}

function startCost() {
    const controls = document.getElementById("cost-controls");
    const rows = Array.from(document.querySelectorAll("table.cost tbody tr"));
    if (!controls) {
        return;
    }
    const years = (row, key) => row.dataset[key].split(" ").map(Number);
    const prices = { hours: Number(controls.dataset.hours), euro: Number(controls.dataset.euro),
        convener: Number(controls.dataset.convener), discount: Number(controls.dataset.discount) };
    const costOf = (row) => {
        const months = years(row, "months");
        return years(row, "hours").reduce((sum, hours, year) => sum +
            (hours * prices.hours * prices.euro + months[year] * prices.convener) / (1 + prices.discount / 100) ** (year + 0.5), 0);
    };
    const put = (row, which, value, decimals, signed) => {
        const text = number(value, decimals);
        row.querySelector("[data-cost=" + which + "]").textContent = (signed && value > 0 && /[1-9]/.test(text) ? "+" : "") + text;
    };
    function show() {
        const base = costOf(rows.find((row) => Number(row.dataset.regime) === data.baseline));
        rows.forEach((row) => {
            const own = costOf(row);
            const lasting = Number(row.dataset.lasting);
            put(row, "all", own / 1000, 0, false);
            put(row, "difference", (own - base) / 1000, 0, true);
            put(row, "each", lasting > 0 ? own / 1000 / (100 * lasting) : NaN, 1, false);
        });
    }
    ["hours", "euro", "convener", "discount"].forEach((key) => field(controls, texts["cost_" + key], prices[key], (value) => {
        prices[key] = value;
        show();
    }));
}

/* ---- another smallest difference that matters ---- */

function startMatters() {
    const holder = document.getElementById("matters");
    const rows = Array.from(document.querySelectorAll("#outcomes tr[data-share]")).filter((row) => row.querySelector("td.interval[data-low]"));
    if (!holder || rows.length === 0) {
        return;
    }
    const verdictOf = (row, matters) => {
        const cell = row.querySelector("td.interval");
        const [low, high] = [Number(cell.dataset.low), Number(cell.dataset.high)];
        const better = Number(row.dataset.share);
        if (matters > 0 && low > -matters && high < matters) {
            return "small";
        }
        return low > 0 || high < 0 ? (low * better > 0 ? "better" : "worse") : "unclear";
    };
    field(holder, texts.matters_label, "", (matters) => rows.forEach((row) => {
        const shown = row.querySelector(".verdict");
        if (shown.textContent !== texts.word_equal) {
            const verdict = verdictOf(row, matters);
            shown.textContent = texts["word_" + verdict];
            shown.className = "verdict " + (verdict === "small" ? "unclear" : verdict);
        }
    }));
}

/* ---- regimes to copy ---- */

function startRecipes() {
    document.querySelectorAll("pre.recipes").forEach((recipes) => {
        const button = element("button", { type: "button" }, texts.recipes_copy);
        button.addEventListener("click", () => {
            const chosen = getSelection();
            chosen.removeAllRanges();
            chosen.selectAllChildren(recipes);
            document.execCommand("copy"); /* pages that are opened from a file have no other clipboard */
        });
        recipes.after(button);
    });
}
