// SPDX-License-Identifier: GPL-3.0-or-later
// The score at the end of a game: both yardsticks, what was luck, and what work no indicator counted.
import { make, rich } from "./dom.js";
import { palette } from "./palette.js";
import { regimeName } from "./side.js";
import { number, percent, text } from "./text.js";

function bars(rows) {
    const colours = palette(), most = Math.max(...rows.map(({ value }) => Math.abs(value)), 1e-9);
    return rows.map(({ label, lane, value, share, write }) => {
        const wide = Math.round(100 * Math.min(1, share ? value : value / most));
        return make("div", { className: "bar" }, make("span", {}, label),
            make("div", { className: "track" }, make("div", { className: "fill", style: `width:${wide}%;background:${colours.lanes[lane]}` })),
            make("b", {}, write(value)));
    });
}

function mean(values) {
    const real = Array.from(values).filter(Number.isFinite);
    return real.length ? real.reduce((sum, value) => sum + value, 0) / real.length : NaN;
}

// What happened over the months of support in one record.
export function tally(record) {
    const { plan } = record, months = Math.min(plan.months, record.last);
    const sum = { relief: 0, quick: 0, structural: 0, process: 0, diagnosed: 0, escalated: 0, left: 0 };
    for (let month = 1; month <= months; month++) {
        const events = record.events(month), people = record.scalar(month, "inclusion") * plan.seats;
        sum.relief += (1 - record.scalar(month, "symptom")) / months;
        sum.quick += record.scalar(month, "quick");
        sum.structural += record.scalar(month, "structural");
        sum.process += record.scalar(month, "process") * people;
        sum.diagnosed += events.diagnosed.length;
        sum.escalated += events.escalated.length;
        sum.left += events.left.length;
    }
    sum.solved = record.scalar(months, "structural_share");
    sum.after = 1 - record.scalar(record.last, "symptom");
    sum.trust = record.scalar(months, "trust") - record.scalar(0, "trust");
    return sum;
}

export function scoreCards(records, names, futures) {
    const tallies = records.map(tally);
    const rows = (field, share, write) => tallies.map((sum, lane) => ({ label: regimeName(names[lane]), lane, value: sum[field], share, write }));
    const whole = (value) => number(value, 0);
    const card = (key, ...content) => make("section", { className: "card" }, make("h3", {}, text(key)), ...content);
    return [
        card("score_quick", make("p", {}, text("score_quick_about")), ...bars(rows("relief", true, percent)),
            make("h4", {}, text("score_quick_count")), ...bars(rows("quick", false, whole))),
        card("score_structural", make("p", {}, text("score_structural_about")), ...bars(rows("solved", true, percent)),
            make("h4", {}, text("score_after")), ...bars(rows("after", true, percent))),
        luckCard(tallies[2], names, futures, card),
        card("score_unseen", make("p", {}, text("score_unseen_about")),
            make("h4", {}, text("unseen_process")), ...bars(rows("process", false, whole)),
            make("h4", {}, text("unseen_diagnosed")), ...bars(rows("diagnosed", false, whole)),
            make("h4", {}, text("unseen_escalated")), ...bars(rows("escalated", false, whole)),
            make("p", {}, text("unseen_counted", { quick: number(tallies[2].quick, 0), structural: number(tallies[2].structural, 0),
                hours: number(tallies[2].process, 0) }))),
    ];
}

// The same decisions in other futures: what of the result was the luck of this one?
function luckCard(mine, names, futures, card) {
    const n = futures.outcomes.structural_share[2].length, lines = [];
    for (const [outcome, value, key] of [["symptom_burden", 1 - mine.relief, "luck_quick"], ["structural_share", mine.solved, "luck_structural"]]) {
        const values = Array.from(futures.outcomes[outcome][2]), sign = outcome === "symptom_burden" ? -1 : 1;
        const write = (x) => percent(sign < 0 ? 1 - x : x);
        const worse = values.filter((x) => sign * (value - x) > 1e-6).length / values.length;
        lines.push(make("p", {}, ...rich(text(key, { n, yours: write(value), usual: write(mean(values)), worse: percent(worse),
            left: write(mean(futures.outcomes[outcome][0])), leftName: regimeName(names[0]),
            right: write(mean(futures.outcomes[outcome][1])), rightName: regimeName(names[1]) }))));
    }
    return card("score_luck", make("p", {}, text("score_luck_about", { n })), ...lines);
}
