/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ---- taking charts and tables along ---- */

function save(name, blob) {
    const link = element("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function savePicture(svg, name) {
    const box = svg.viewBox.baseVal;
    const picture = new Image();
    picture.onload = () => {
        const canvas = element("canvas", { width: box.width * 2, height: box.height * 2 });
        const draw = canvas.getContext("2d");
        draw.fillStyle = "#ffffff";
        draw.fillRect(0, 0, canvas.width, canvas.height);
        draw.drawImage(picture, 0, 0, canvas.width, canvas.height);
        canvas.toBlob((blob) => save(name, blob));
    };
    picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(svg));
}

/* A cell as it is shown, without what was unfolded; numbers without signs between thousands. */
function shownText(cell) {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll(".meaning").forEach((meaning) => meaning.remove());
    const text = copy.textContent.trim().replace(/\s+/g, " ");
    return cell.tagName === "TH" ? text : text.replace(/(?<=\d)[.,](?=\d{3}(?!\d))/g, (sign) => (sign === texts.thousands_sign ? "" : sign));
}

/* Where the decimal sign is a comma the columns are parted by semicolons, as a spreadsheet of
 * that language expects. */
function csvOf(table) {
    const separator = texts.decimal_sign === "," ? ";" : ",";
    const quoted = (text) => (/[",;\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text);
    return Array.from(table.rows, (row) => Array.from(row.cells, (cell) => quoted(shownText(cell))).join(separator)).join("\r\n");
}

function takeButton(parent, text, act) {
    const button = element("button", { type: "button" }, text);
    button.addEventListener("click", act);
    parent.append(button);
}

function startTaking() {
    document.querySelectorAll("figure.chart-figure").forEach((figure) => {
        const svg = figure.querySelector("svg");
        const bar = element("div", { class: "controls take" });
        takeButton(bar, texts.take_svg, () => save(svg.id + ".svg", new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" })));
        takeButton(bar, texts.take_png, () => savePicture(svg, svg.id + ".png"));
        figure.append(bar);
    });
    document.querySelectorAll("main table").forEach((table, i) => {
        if (!table.closest(".phase")) {
            const bar = element("div", { class: "controls take" });
            takeButton(bar, texts.take_csv, () => save("table-" + (i + 1) + ".csv", new Blob(["\ufeff" + csvOf(table)], { type: "text/csv" })));
            table.closest(".scroll").after(bar);
        }
    });
}
