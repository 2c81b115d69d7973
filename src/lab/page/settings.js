// SPDX-License-Identifier: GPL-3.0-or-later
// What a link encodes: the view, the scenario, the two regimes, the luck, the conditions and the events among them; of the helm its world and the
// decisions so far; of the lesson the step under way.
import { parseCourse } from "./course.js";
import { eventsValue, formatEvents, mostEvents, parseEvents } from "./events.js";
import { languages, text } from "./text.js";
import { theories } from "./voyage.js";

export const views = ["guide", "compare", "helm", "worlds", "futures", "suez", "lesson", "bench", "teacher"];

// The conditions that have a slider: a key of the study, its range, and how its value reads.
export const conditions = [
    { key: "recognition", low: 0, high: 1, step: 0.05, share: true },
    { key: "convener.skill", low: 0, high: 1, step: 0.05, share: true },
    { key: "funder.room", low: 0, high: 1, step: 0.05, share: true },
    { key: "funder.target", low: 0.1, high: 3, step: 0.1, share: false },
    { key: "divergence", low: 0, high: 2, step: 0.1, share: false },
    { key: "months", low: 12, high: 240, step: 12, share: false },
];

export const highestReplicate = 999999;

const defaults = { world: "mixed", course: "", step: 0 };
const lessonSteps = 5;

export function defaultSettings(scenarios) {
    const first = scenarios.find((scenario) => scenario.name === "energy_transition") ?? scenarios[0];
    return { view: "compare", language: "en", scenario: first.name, left: "", right: "", replicate: 0, conditions: {}, ...defaults };
}

// Reads a link's fragment. Whatever is wrong is left out and explained in a sentence.
export function parseLink(fragment, scenarios) {
    const settings = defaultSettings(scenarios), problems = [];
    const pairs = new URLSearchParams(fragment.replace(/^#/, ""));
    const names = scenarios.map((scenario) => scenario.name);
    for (const [key, value] of pairs) {
        const condition = conditions.find((candidate) => candidate.key === key);
        if (condition) {
            readCondition(settings, problems, condition, value);
        } else if (key === "events") {
            readEvents(settings, problems, value);
        } else if (key === "view") {
            readChoice(settings, problems, "view", value, views);
        } else if (key === "language") {
            readChoice(settings, problems, "language", value, Object.keys(languages));
        } else if (key === "scenario") {
            readChoice(settings, problems, "scenario", value, names);
        } else if (key === "left" || key === "right") {
            settings[key] = value.slice(0, 64);
        } else if (key === "world") {
            readChoice(settings, problems, "world", value, theories);
        } else if (key === "course") {
            readCourse(settings, problems, value);
        } else if (key === "step") {
            readStep(settings, problems, value);
        } else if (key === "replicate") {
            readReplicate(settings, problems, value);
        } else {
            const known = ["view", "language", "scenario", "left", "right", "replicate", "world", "course", "step", "events", ...conditions.map((c) => c.key)];
            problems.push(() => text("link_unknown", { key: key.slice(0, 40), known: known.join(", ") }));
        }
    }
    return { settings, problems };
}

function readChoice(settings, problems, key, value, allowed) {
    if (allowed.includes(value)) {
        settings[key] = value;
    } else {
        problems.push(() => text("link_choice", { key, value: value.slice(0, 40), allowed: allowed.join(", ") }));
    }
}

function readCondition(settings, problems, { key, low, high }, value) {
    const read = value.trim() === "" ? NaN : Number(value);
    const whole = key !== "months" || Number.isInteger(read);
    if (whole && read >= low && read <= high) {
        settings.conditions[key] = read + 0; // no negative zero, which a link does not keep
    } else {
        problems.push(() => text("link_range", { key, value: value.slice(0, 40), low, high }));
    }
}

function readEvents(settings, problems, value) {
    const events = parseEvents(value);
    if (events) {
        settings.conditions.events = events;
    } else {
        problems.push(() => text("link_events", { value: value.slice(0, 40), most: mostEvents }));
    }
}

function readCourse(settings, problems, value) {
    if (parseCourse(value)) {
        settings.course = value;
    } else {
        problems.push(() => text("link_course", { value: value.slice(0, 40) }));
    }
}

function readStep(settings, problems, value) {
    if (/^\d$/.test(value) && Number(value) <= lessonSteps) {
        settings.step = Number(value);
    } else {
        problems.push(() => text("link_range", { key: "step", value: value.slice(0, 40), low: 0, high: lessonSteps }));
    }
}

function readReplicate(settings, problems, value) {
    if (/^\d{1,6}$/.test(value)) {
        settings.replicate = Number(value);
    } else {
        problems.push(() => text("link_range", { key: "replicate", value: value.slice(0, 40), low: 0, high: highestReplicate }));
    }
}

export function formatLink(settings) {
    const pairs = new URLSearchParams();
    for (const key of ["view", "language", "scenario", "left", "right", "replicate"]) {
        if (settings[key] !== "") {
            pairs.set(key, settings[key]);
        }
    }
    for (const key of ["world", "course", "step"]) {
        if (settings[key] !== defaults[key]) {
            pairs.set(key, settings[key]);
        }
    }
    for (const { key } of conditions) {
        if (key in settings.conditions) {
            pairs.set(key, settings.conditions[key]);
        }
    }
    if (settings.conditions.events) {
        pairs.set("events", formatEvents(settings.conditions.events));
    }
    return `#${pairs}`;
}

// The overrides that the command would get with --set.
export function overrides(settings) {
    const { events } = settings.conditions;
    return [...conditions.filter(({ key }) => key in settings.conditions).map(({ key }) => `${key}=${settings.conditions[key]}`),
        ...(events ? [`events=${eventsValue(events)}`] : [])];
}
