// SPDX-License-Identifier: GPL-3.0-or-later
// Files and folders that are chosen or dropped, as [{ path, file }]: a path begins at what was dropped.

const mostFiles = 2000; // of a folder; a study has a few

// Two ways into a dropped folder; a page opened from a file has one in Chromium and the other in Firefox. Each gives a file's
// File, or the parts of a folder, under one pair of names.
const ofHandle = (handle) => ({
    name: handle.name,
    file: handle.kind === "file" ? () => handle.getFile() : null,
    async parts() {
        const found = [];
        for await (const one of handle.values()) {
            found.push(ofHandle(one));
        }
        return found;
    },
});

const ofEntry = (entry) => ({
    name: entry.name,
    file: entry.isFile ? () => new Promise((resolve, reject) => { entry.file(resolve, reject); }) : null,
    async parts() {
        const reader = entry.createReader(), found = [];
        for (let piece = null; piece === null || piece.length > 0;) { // a reader ends with an empty piece
            piece = await new Promise((resolve, reject) => { reader.readEntries(resolve, reject); });
            found.push(...piece.map(ofEntry));
        }
        return found;
    },
});

async function collect(part, folder, found) {
    if (found.length >= mostFiles) {
        return;
    }
    if (part.file) {
        found.push({ path: `${folder}${part.name}`, file: await part.file() });
        return;
    }
    for (const one of await part.parts()) {
        await collect(one, `${folder}${part.name}/`, found);
    }
}

// Must be called in the event itself: a browser forgets what was dropped.
export async function droppedFiles(transfer) {
    const items = [...transfer.items].filter(({ kind }) => kind === "file"), found = [];
    const parts = await Promise.all(items.map((item) => (item.getAsFileSystemHandle ? item.getAsFileSystemHandle().then(ofHandle) : ofEntry(item.webkitGetAsEntry()))));
    for (const part of parts) {
        await collect(part, "", found);
    }
    return found;
}

export function chosenFiles(files) {
    return [...files].map((file) => ({ path: file.name, file }));
}

export const isStudy = ({ path }) => /\.ya?ml$/i.test(path);
export const baseName = (path) => path.slice(path.lastIndexOf("/") + 1);
export const folderOf = (path) => path.slice(0, path.lastIndexOf("/") + 1);
