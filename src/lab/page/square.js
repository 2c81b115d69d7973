// SPDX-License-Identifier: GPL-3.0-or-later
// A code as a QR picture, which a phone or the teacher's camera reads.
import { encodeQR } from "qr/index.js";
import { draw } from "./dom.js";

const border = 4; // modules, as the standard asks

// The picture as SVG, black on white in every theme; `label` says what it is.
export function codePicture(code, label) {
    const rows = encodeQR(code, "raw", { ecc: "low", border, encoding: "byte" });
    const path = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
    const svg = draw("svg", { viewBox: `0 0 ${rows.length} ${rows.length}`, role: "img", "aria-label": label });
    svg.append(draw("rect", { width: rows.length, height: rows.length, fill: "#ffffff" }), draw("path", { d: path.join(""), fill: "#000000", "shape-rendering": "crispEdges" }));
    return svg;
}
