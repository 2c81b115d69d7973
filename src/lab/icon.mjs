// SPDX-License-Identifier: GPL-3.0-or-later
// The page's icon, a dredger on water, as SVG and as PNG (RFC 2083), drawn from the same polygons.
import { deflateSync } from "node:zlib";
import { checksum } from "./page/zip.js";

// In a box of 100, inside the middle 80 that a maskable icon shows. A wave is sampled as a polygon.
const wave = [...Array(33)].map((_, step) => [10 + 2.5 * step, 68 + 3.2 * Math.sin((step / 32) * 6 * Math.PI)]);
const shapes = [
    { colour: "#ffffff", points: [[20, 48], [62, 48], [74, 34], [80, 34], [72, 60], [24, 60]] },
    { colour: "#ffffff", points: [[30, 30], [44, 30], [44, 48], [30, 48]] },
    { colour: "#f5c400", points: [[56, 46], [78, 20], [81, 22.5], [59, 48.5]] },
    { colour: "#c9a063", points: [...wave, [90, 82], [10, 82]] },
];

export function iconSvg({ ground }) {
    const drawn = shapes.map(({ colour, points }) => `<polygon fill="${colour}" points="${points.map(([x, y]) => `${x},${y.toFixed(2)}`).join(" ")}"/>`);
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" fill="${ground}"/>${drawn.join("")}</svg>\n`;
}

// Is (x, y) inside? By the even number of crossings to its right.
function inside(points, x, y) {
    let odd = false;
    for (let at = 0, before = points.length - 1; at < points.length; before = at++) {
        const [ax, ay] = points[at], [bx, by] = points[before];
        if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) {
            odd = !odd;
        }
    }
    return odd;
}

const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

function chunk(type, data) {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]), length = Buffer.alloc(4), sum = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(checksum(body));
    return Buffer.concat([length, body, sum]);
}

// Three samples a side to a pixel.
export function iconPng(size, { ground }) {
    const samples = 3, rows = Buffer.alloc(size * (1 + 3 * size)), base = channels(ground);
    const filled = shapes.map(({ colour, points }) => {
        const across = points.map(([x]) => x), down = points.map(([, y]) => y);
        return { colour: channels(colour), points, box: [Math.min(...across), Math.max(...across), Math.min(...down), Math.max(...down)] };
    });
    const covers = ({ points, box: [left, right, top, bottom] }, x, y) => x >= left && x <= right && y >= top && y <= bottom && inside(points, x, y);
    for (let row = 0; row < size; row++) {
        for (let column = 0; column < size; column++) {
            const sum = [0, 0, 0];
            for (let sample = 0; sample < samples * samples; sample++) {
                const x = ((column + ((sample % samples) + 0.5) / samples) / size) * 100;
                const y = ((row + (Math.floor(sample / samples) + 0.5) / samples) / size) * 100;
                const top = filled.findLast((shape) => covers(shape, x, y));
                (top?.colour ?? base).forEach((value, channel) => { sum[channel] += value; });
            }
            sum.forEach((value, channel) => { rows[row * (1 + 3 * size) + 1 + 3 * column + channel] = Math.round(value / (samples * samples)); });
        }
    }
    const head = Buffer.alloc(13);
    head.writeUInt32BE(size, 0);
    head.writeUInt32BE(size, 4);
    head.set([8, 2, 0, 0, 0], 8); // eight bits, true colour
    return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}
