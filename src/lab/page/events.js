// SPDX-License-Identifier: GPL-3.0-or-later
// Events that a reader adds to a study: what may happen, in which month and how hard; as a link keeps them
// ("scandal-24-0.2_election-48-0.5") and as the study's own key `events` has them.

import { text } from "./text.js";

// The size of each kind: its range, the usual one, whether it reads as a share, and what of the study it stands for.
export const eventKinds = {
    cuts: { low: 0.05, high: 1, step: 0.05, usual: 0.3, share: true, act: (size) => `shock: {budget: -${size}}` },
    scandal: { low: 0.05, high: 1, step: 0.05, usual: 0.2, share: true, act: (size) => `shock: {trust: -${size}}` },
    crisis: { low: 0.05, high: 1, step: 0.05, usual: 0.2, share: true, act: (size) => `shock: {symptom: ${size}}` },
    stricter: { low: 0.1, high: 3, step: 0.1, usual: 1.5, act: (size) => `set: {funder.target: ${size}}` },
    election: { low: 0.05, high: 1, step: 0.05, usual: 0.5, share: true, act: (size) => `replace: {sector: public, share: ${size}}` },
    newcomer: { low: 1, high: 3, step: 1, usual: 1, whole: true, act: (size) => `join: {sector: private, seats: ${size}}` },
    convener: { low: 0, high: 1, step: 0.05, usual: 0.3, share: true, act: (size) => `convener: {skill: ${size}}` },
};

export const mostEvents = 12;
export const lastEventMonth = 240;

export function formatEvents(events) {
    return events.map(({ kind, month, size }) => `${kind}-${month}-${size}`).join("_");
}

function readEvent(source) {
    const found = /^([a-z]+)-(\d{1,3})-(\d(?:\.\d{1,4})?)$/.exec(source);
    const kind = found && Object.hasOwn(eventKinds, found[1]) ? eventKinds[found[1]] : null;
    const event = kind && { kind: found[1], month: Number(found[2]), size: Number(found[3]) };
    return event && event.month >= 1 && event.month <= lastEventMonth && event.size >= kind.low && event.size <= kind.high
        && (!kind.whole || Number.isInteger(event.size)) ? event : null;
}

// The events of a link, or null when the text is none.
export function parseEvents(source) {
    const events = source.split("_").map(readEvent);
    return events.length <= mostEvents && !events.includes(null) ? events : null;
}

// The value that the study's key `events` gets. A name stands for its kind; more of one kind are counted.
export function eventsValue(events) {
    const seen = {};
    const entries = events.map(({ kind, month, size }) => {
        seen[kind] = (seen[kind] ?? 0) + 1;
        return `{month: ${month}, name: ${kind}${seen[kind] > 1 ? `_${seen[kind]}` : ""}, ${eventKinds[kind].act(size)}}`;
    });
    return `[${entries.join(", ")}]`;
}

// The kind that a name stands for, "" when it is a name of the study's own.
export function kindOf(name) {
    const kind = name.replace(/_\d+$/, "");
    return Object.hasOwn(eventKinds, kind) ? kind : "";
}

// What an event is called: of a kind that the page knows, in its words, else as the study names it.
export function eventName(name) {
    const kind = kindOf(name);
    return kind ? text(`kind_${kind}`) : name;
}
