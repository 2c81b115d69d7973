// SPDX-License-Identifier: GPL-3.0-or-later
// A code as a QR picture, which a phone or the teacher's camera reads.
import { draw } from "./dom.js";

const margin = 4; // modules, as the standard asks

// The picture as SVG, black on white in every theme; `label` says what it is.
export function codePicture(code, label) {
    const made = qrcode(0, "L"); // the smallest that holds it
    made.addData(code, "Byte");
    made.make();
    const count = made.getModuleCount(), size = count + 2 * margin, path = [];
    for (let row = 0; row < count; row++) {
        for (let column = 0; column < count; column++) {
            if (made.isDark(row, column)) {
                path.push(`M${column + margin} ${row + margin}h1v1h-1z`);
            }
        }
    }
    const svg = draw("svg", { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": label });
    svg.append(draw("rect", { width: size, height: size, fill: "#ffffff" }), draw("path", { d: path.join(""), fill: "#000000", "shape-rendering": "crispEdges" }));
    return svg;
}
