// SPDX-License-Identifier: GPL-3.0-or-later
// Tables that a spreadsheet of the page's language reads: semicolons and decimal commas in Dutch.

export function makeTable(heads, rows, language) {
    const dutch = language === "nl", separator = dutch ? ";" : ",";
    const cell = (value) => {
        if (typeof value === "number") {
            const digits = String(Math.round(value * 1000) / 1000);
            return dutch ? digits.replace(".", ",") : digits;
        }
        // A text that looks like a formula is no formula.
        const plain = /^[=+@-]/.test(value) ? `'${value}` : value;
        return /[";,\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
    };
    return `\ufeff${[heads, ...rows].map((row) => row.map(cell).join(separator)).join("\r\n")}\r\n`;
}
