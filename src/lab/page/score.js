// SPDX-License-Identifier: GPL-3.0-or-later
// The score at the end of a voyage: both yardsticks, the funder's verdicts, who got what, and what no indicator counted.
import { dataTable, make } from "./dom.js";
import { palette } from "./palette.js";
import { regimeName } from "./side.js";
import { number, percent, text } from "./text.js";
import { roles, verdictMonths } from "./voyage.js";

function bars(rows) {
    const colours = palette(), most = Math.max(...rows.map(({ value }) => Math.abs(value)), 1e-9);
    return rows.map(({ label, lane, value, share, write }) => {
        const wide = Math.round(100 * Math.min(1, share ? value / 100 : value / most));
        return make("div", { className: "bar" }, make("span", {}, label),
            make("div", { className: "track" }, make("div", { className: "fill", style: `width:${wide}%;background:${colours.lanes[lane]}` })),
            make("b", {}, write(value)));
    });
}

// What happened over the months of support in one record, that nobody counted.
export function tally(record) {
    const { plan } = record, months = Math.min(plan.months, record.last);
    const sum = { quick: 0, structural: 0, process: 0, diagnosed: 0, escalated: 0 };
    for (let month = 1; month <= months; month++) {
        const events = record.events(month), people = record.scalar(month, "inclusion") * plan.seats;
        sum.quick += record.scalar(month, "quick");
        sum.structural += record.scalar(month, "structural");
        sum.process += record.scalar(month, "process") * people;
        sum.diagnosed += events.diagnosed.length;
        sum.escalated += events.escalated.length;
    }
    return sum;
}

export function scoreCards(records, names, lanes) {
    const tallies = records.map(tally), points = (value) => number(value, 0);
    const rows = (field, share) => lanes.map((lane, index) => ({ label: regimeName(names[index]), lane: index, value: lane[field], share, write: points }));
    const counts = (field) => tallies.map((sum, lane) => ({ label: regimeName(names[lane]), lane, value: sum[field], share: false, write: points }));
    const card = (key, ...content) => make("section", { className: "card" }, make("h3", {}, text(key)), ...content);
    const sums = lanes.map(({ relief, lasting }, lane) => ({ label: regimeName(names[lane]), lane, value: relief + lasting, share: false, write: points }));
    const verdicts = lanes.map((lane, index) => [regimeName(names[index]), ...verdictMonths.map((month, which) => {
        const verdict = lane.verdicts[which];
        return verdict ? `${percent(verdict.value)} → ${verdict.grant > 0 ? percent(verdict.grant) : text("stopped_short")}` : "–";
    })]);
    return [
        card("score_quick", make("p", {}, text("score_quick_about")), ...bars(rows("relief", true)),
            make("h4", {}, text("score_after")), ...bars(rows("relief_after", true))),
        card("score_structural", make("p", {}, text("score_structural_about")), ...bars(rows("lasting", true)),
            make("h4", {}, text("score_sum")), ...bars(sums)),
        card("score_funder", make("p", {}, text("score_funder_about")),
            dataTable(text("score_funder_caption"), ["", ...verdictMonths.map((month) => text("in_month_short", { month }))], verdicts),
            make("p", {}, text("score_says"))),
        card("score_roles", make("p", {}, text("score_roles_about")), make("ul", { className: "roles" }, ...roles.map((role, index) => {
            const met = lanes[2].roles[index] > 0;
            return make("li", { className: met ? "met" : "" }, make("b", {}, `${met ? "✓" : "✗"} ${text(`role_${role}`)}: `), text(`goal_${role}`));
        }))),
        card("score_unseen", make("p", {}, text("score_unseen_about")),
            make("h4", {}, text("unseen_process")), ...bars(counts("process")),
            make("h4", {}, text("unseen_diagnosed")), ...bars(counts("diagnosed")),
            make("h4", {}, text("unseen_escalated")), ...bars(counts("escalated")),
            make("p", {}, text("unseen_counted", { quick: number(tallies[2].quick, 0), structural: number(tallies[2].structural, 0),
                hours: number(tallies[2].process, 0) }))),
    ];
}
