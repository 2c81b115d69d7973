// SPDX-License-Identifier: GPL-3.0-or-later
// What happened in a month, in sentences with the names of people and the numbers of causes.
import { eventName } from "./events.js";
import { personAt } from "./people.js";
import { tieSeats } from "./record.js";
import { text } from "./text.js";

function called({ name, role }) {
    return text("person_called", { name, role });
}

// One sentence per kind: the first by name, the others counted.
function told(key, list, values) {
    if (list.length === 0) {
        return [];
    }
    const more = list.length > 1 ? ` ${text("event_more", { n: list.length - 1 })}` : "";
    return [`${text(`event_${key}`, values(list[0]))}${more}`];
}

export function tellEvents(record, month) {
    const found = record.events(month), pairs = found.escalated.length ? tieSeats(record.plan.seats) : [];
    const at = (seat) => called(personAt(record, month - 1, seat));
    const cause = (index) => ({ cause: index + 1 });
    const outside = (record.plan.events ?? []).filter((event) => event.month === month).map(({ name }) => text("event_outside", { name: eventName(name) }));
    return [
        ...outside,
        ...told("escalated", found.escalated, (tie) => ({ one: at(pairs[tie][0]), other: at(pairs[tie][1]) })),
        ...told("left", found.left, (seat) => ({ one: at(seat), other: called(personAt(record, month, seat)) })),
        ...told("joined", found.joined, (seat) => ({ one: called(personAt(record, month, seat)) })),
        ...told(`found_${found.sources.length === 1 ? found.sources[0] : "several"}`, found.diagnosed, cause),
        ...told("removed", found.removed, cause),
        ...told("relapsed", found.relapsed, cause),
        ...(found.ended ? [text("event_ended")] : []),
    ];
}

// The line under a picture: the last month up to `month` in which something happened.
export function lastEvents(record, month) {
    if (month > record.plan.months) {
        const slid = tellEvents(record, month);
        return [text("event_support_over"), ...slid].join(" ");
    }
    for (let back = Math.min(month, record.last); back >= 1; back--) {
        const sentences = tellEvents(record, back);
        if (sentences.length) {
            return text("in_month", { month: back, sentence: sentences.join(" ") });
        }
    }
    return text("event_none");
}
