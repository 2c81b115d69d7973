// SPDX-License-Identifier: GPL-3.0-or-later
// Several files as one to take home: a ZIP archive without compression (PKWARE's APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.16).

const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) {
        rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
    }
    return rest;
});

export function checksum(bytes) {
    let rest = 0xffffffff;
    for (const byte of bytes) {
        rest = (rest >>> 8) ^ remainders[(rest ^ byte) & 0xff];
    }
    return ~rest >>> 0;
}

// Little-endian numbers of 2 or 4 bytes: [[size, value], ...].
function numbers(...pairs) {
    return Uint8Array.from(pairs.flatMap(([size, value]) => Array.from({ length: size }, (_, byte) => (value >>> (8 * byte)) & 0xff)));
}

// files: [{ path, bytes }]. Gives a Blob; all files have one date (1 January 1980), so that the same files are the same archive.
export function makeZip(files) {
    const parts = [], directory = [];
    let offset = 0;
    for (const { path, bytes } of files) {
        const name = new TextEncoder().encode(path);
        // What both headers hold: version 2.0, names in UTF-8, stored, date, checksum, sizes, length of the name, nothing more.
        const about = numbers([2, 20], [2, 0x0800], [2, 0], [2, 0], [2, 0x0021], [4, checksum(bytes)], [4, bytes.length], [4, bytes.length], [2, name.length], [2, 0]);
        parts.push(numbers([4, 0x04034b50]), about, name, bytes);
        directory.push(numbers([4, 0x02014b50], [2, 20]), about, numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), name);
        offset += 4 + about.length + name.length + bytes.length;
    }
    const size = directory.reduce((sum, part) => sum + part.length, 0);
    const end = numbers([4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, offset], [2, 0]);
    return new Blob([...parts, ...directory, end], { type: "application/zip" });
}
