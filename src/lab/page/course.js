// SPDX-License-Identifier: GPL-3.0-or-later
// A course: the decisions of a hand, half a year each, as a link and the browser's memory keep them: "60.100-0.100".

export const longestCourse = 20;

export function formatCourse(course) {
    return course.map(({ process, depth }) => `${Math.round(100 * process)}.${Math.round(100 * depth)}`).join("-");
}

// The decisions of a course, or null when the text is none.
export function parseCourse(source) {
    if (source === "") {
        return [];
    }
    const course = source.split("-").map((part) => {
        const found = /^(\d{1,2})\.(\d{1,3})$/.exec(part);
        return found && Number(found[1]) <= 95 && Number(found[2]) <= 100
            ? { process: Number(found[1]) / 100, depth: Number(found[2]) / 100 } : null;
    });
    return course.length <= longestCourse && !course.includes(null) ? course : null;
}
