// SPDX-License-Identifier: GPL-3.0-or-later
// Who sits where: each seat has a person with a name and a role, made up by the page; who takes over a seat is somebody else.
import { text } from "./text.js";

export const sectorKeys = ["public", "private", "nonprofit", "knowledge"];

export function sectorName(sector) {
    return text(sectorKeys[sector]);
}

let language = "";
let lists = [];

// The people of each sector in the language of the page: [[{ name, role }]].
function peopleOf(sector) {
    if (language !== document.documentElement.lang) {
        language = document.documentElement.lang;
        lists = sectorKeys.map((key) => text(`people_${key}`).map((line) => {
            const [name, role] = line.split(", ");
            return { name, role };
        }));
    }
    return lists[sector];
}

// Who sits in `seat` after `month`: the list of the sector in order of seats, and on from there for whoever comes after.
export function personAt(record, month, seat) {
    const { sectors } = record.plan, sector = sectors[seat], list = peopleOf(sector);
    const place = sectors.slice(0, seat).filter((other) => other === sector).length;
    const seats = sectors.filter((other) => other === sector).length;
    const index = place + seats * record.along(month).changes[seat], round = Math.floor(index / list.length);
    const { name, role } = list[index % list.length];
    return { name: round ? `${name} ${round + 1}` : name, role };
}
