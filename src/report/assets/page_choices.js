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
