// SPDX-License-Identifier: GPL-3.0-or-later
// One side of a comparison: a regime's table and river bed, with its numbers as a table for who does not see the picture.
import { dataTable, make, prefersStill } from "./dom.js";
import { RiverView } from "./river.js";
import { TableView } from "./table.js";
import { hasText, number, percent, text } from "./text.js";

const sectorKeys = ["public", "private", "nonprofit", "knowledge"];

export function regimeName(name) {
    return hasText(`regime_${name}`) ? text(`regime_${name}`) : name;
}

export function sectorName(sector) {
    return text(sectorKeys[sector]);
}

export class Side {
    // heading: an element (a title or a select) that names the regime.
    constructor(lane, heading) {
        this.lane = lane;
        this.about = make("p", { className: "about hidden" });
        this.phase = make("span", { className: "chip", hidden: true });
        this.table = make("canvas", { className: "table", role: "img" });
        this.river = make("canvas", { className: "river", role: "img" });
        this.numbers = make("div");
        this.summary = make("summary");
        this.details = make("details", { ontoggle: () => this.fillNumbers() }, this.summary, this.numbers);
        this.element = make("article", { className: "card side", "data-lane": lane },
            make("header", {}, heading, this.phase), this.about, this.table, this.river, this.details);
        this.tableView = new TableView(this.table);
        this.riverView = new RiverView(this.river);
        this.month = -1;
    }

    draw(record, time) {
        const still = prefersStill();
        const shown = still ? Math.round(time) : time;
        if (this.table.clientWidth > 0 && this.river.clientWidth > 0) { // a view that is hidden has no size
            this.tableView.draw(record, shown, still);
            this.riverView.draw(record, shown, still);
        }
        const month = Math.floor(shown);
        if (this.record !== record || this.month !== month) {
            this.record = record;
            this.month = month;
            this.fillPhase();
        }
    }

    // What the pictures say, for screen readers; called when the picture stands still.
    describe() {
        const { record, month } = this;
        if (!record) {
            return;
        }
        const scalar = (name) => record.scalar(month, name);
        const values = {
            name: regimeName(record.name), month, process: percent(scalar("process")), trust: percent(scalar("trust")),
            latent: percent(scalar("latent")), open: percent(scalar("open")), momentum: percent(scalar("momentum")),
            pressure: percent(scalar("pressure")), symptom: percent(scalar("symptom")),
            share: percent(scalar("structural_share")),
        };
        this.table.setAttribute("aria-label", text("table_label", values));
        this.river.setAttribute("aria-label", text("river_label", values));
        this.summary.textContent = text("numbers_of", { month });
        this.fillNumbers();
    }

    fillPhase() {
        const { record, month } = this, { plan } = record;
        let key = "";
        if (!record.scalar(month, "alive")) {
            key = "phase_ended";
        } else if (month > plan.months) {
            key = "phase_aftercare";
        } else if (month > 0 && record.scalar(month, "formation")) {
            key = "phase_formation";
        }
        this.phase.hidden = key === "";
        this.phase.textContent = key ? text(key) : "";
        this.phase.classList.toggle("strong", key === "phase_ended");
    }

    fillNumbers() {
        if (!this.details.open || !this.record) {
            return;
        }
        const { record, month } = this, { plan } = record;
        const scalars = ["process", "depth", "trust", "latent", "open", "momentum", "pressure", "budget", "inclusion",
            "symptom", "structural_share"];
        const state = scalars.map((name) => [text(`scalar_${name}`), percent(record.scalar(month, name))]);
        const causes = Array.from({ length: plan.causes }, (_, cause) => [text("cause_number", { number: cause + 1 }),
            number(record.value(month, "diagnosed", cause), 0), number(record.value(month, "addressed", cause), 0),
            number(plan.layers, 0)]);
        const people = Array.from({ length: plan.seats }, (_, seat) => [
            `${sectorName(plan.sectors[seat])} ${seat + 1}`,
            text(record.value(month, "inside", seat) ? "inside" : "outside"), percent(record.value(month, "momentum", seat))]);
        this.numbers.replaceChildren(
            dataTable(text("state_caption", { month }), [text("quantity"), text("value")], state),
            dataTable(text("causes_caption"), [text("cause"), text("diagnosed"), text("addressed"), text("layers")], causes),
            dataTable(text("people_caption"), [text("person"), text("place"), text("momentum")], people));
    }
}

// What happened in a month, in sentences.
export function tellEvents(record, month) {
    const found = record.events(month), told = [];
    const count = (key, list) => {
        if (list.length) {
            told.push(text(list.length === 1 ? `event_${key}_one` : `event_${key}`, { n: list.length }));
        }
    };
    count("escalated", found.escalated);
    count("left", found.left);
    count("joined", found.joined);
    count("diagnosed", found.diagnosed);
    count("removed", found.removed);
    count("relapsed", found.relapsed);
    if (found.ended) {
        told.push(text("event_ended"));
    }
    return told;
}
