// SPDX-License-Identifier: GPL-3.0-or-later
// One side of a comparison: a regime's table and river bed, with its numbers as a table for who does not see the picture.
import { Chain } from "./chain.js";
import { dataTable, make, prefersStill } from "./dom.js";
import { personAt, sectorName } from "./people.js";
import { RiverView } from "./river.js";
import { TableView } from "./table.js";
import { lastEvents } from "./tell.js";
import { hasText, number, percent, text } from "./text.js";

export function regimeName(name) {
    return hasText(`regime_${name}`) ? text(`regime_${name}`) : name;
}

export class Side {
    // heading: an element (a title or a select) that names the regime.
    constructor(lane, heading) {
        this.lane = lane;
        this.about = make("p", { className: "about hidden" });
        this.phase = make("span", { className: "chip", hidden: true });
        this.table = make("canvas", { className: "table", role: "img" });
        this.river = make("canvas", { className: "river", role: "img" });
        this.chain = new Chain();
        this.events = make("p", { className: "events" });
        this.numbers = make("div");
        this.summary = make("summary");
        this.details = make("details", { ontoggle: () => this.fillNumbers() }, this.summary, this.numbers);
        this.element = make("article", { className: "card side", "data-lane": lane },
            make("header", {}, heading, this.phase), this.about, this.table, this.chain.element, this.river, this.events, this.details);
        this.tableView = new TableView(this.table);
        this.riverView = new RiverView(this.river);
        this.month = -1;
        this.table.addEventListener("pointermove", ({ offsetX, offsetY }) => {
            this.table.title = this.record ? this.tableView.whoIsAt(this.record, this.month, offsetX, offsetY) : "";
        });
    }

    // Words first: the pictures take the room that they leave.
    draw(record, time) {
        const still = prefersStill();
        const shown = still ? Math.round(time) : time;
        const month = Math.floor(shown);
        if (this.record !== record || this.month !== month) {
            this.record = record;
            this.month = month;
            this.fillPhase();
            this.tell();
        }
        if (this.table.clientWidth > 0 && this.river.clientWidth > 0) { // a view that is hidden has no size
            this.tableView.draw(record, shown, still);
            this.riverView.draw(record, shown, still);
        }
    }

    // The chain, and the line of events under the pictures.
    tell() {
        const { record, month } = this;
        this.summary.textContent = text("numbers_of", { month });
        this.chain.show(record, month);
        this.events.textContent = this.events.title = lastEvents(record, month);
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
        this.tell();
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
        const people = Array.from({ length: plan.seats }, (_, seat) => {
            const { name, role } = personAt(record, month, seat);
            return [name, role, sectorName(plan.sectors[seat]), text(record.value(month, "inside", seat) ? "inside" : "outside"), percent(record.value(month, "momentum", seat))];
        });
        this.numbers.replaceChildren(
            dataTable(text("state_caption", { month }), [text("quantity"), text("value")], state),
            dataTable(text("causes_caption"), [text("cause"), text("diagnosed"), text("addressed"), text("layers")], causes),
            dataTable(text("people_caption"), [text("person"), text("role"), text("sector"), text("place"), text("momentum")], people));
    }
}
