// SPDX-License-Identifier: GPL-3.0-or-later
// Makes a folder for a web host of the page: site.mjs LAB.html FOLDER VERSION. Beside the page it holds a manifest and icons, so
// that it can be installed, and a service worker, so that it then works without a network.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { iconPng, iconSvg } from "./icon.mjs";

const [pagePath, folder, version] = process.argv.slice(2);
const colours = { ground: "#0b6e86", paper: "#f4f1e9" };

function fail(sentence) {
    process.stderr.write(`build-lab: ${sentence}\n`);
    process.exit(4);
}

// Replaces what must be there exactly once.
function change(text, from, to) {
    if (text.split(from).length !== 2) {
        fail(`${pagePath}: not the page that this script knows (no single ${JSON.stringify(from)})`);
    }
    return text.replace(from, () => to);
}

function hosted(page) {
    let made = change(page, '<link rel="icon" href="data:,">', [
        '<link rel="icon" href="icon.svg" type="image/svg+xml">', '<link rel="apple-touch-icon" href="icon-192.png">',
        '<link rel="manifest" href="manifest.webmanifest">', `<meta name="theme-color" content="${colours.ground}">`].join("\n"));
    made = change(made, "worker-src blob:;", "worker-src 'self' blob:; manifest-src 'self';");
    made = change(made, "img-src data: blob:;", "img-src 'self' data: blob:;");
    return change(made, "</body>", '<script>navigator.serviceWorker?.register("service-worker.js").catch(() => {});</script>\n</body>');
}

const icon = (file, size, purpose) => ({ src: file, sizes: size, type: file.endsWith(".svg") ? "image/svg+xml" : "image/png", purpose });
const manifest = {
    name: "dredge lab", short_name: "dredge lab", description: "Dredging or quick results? A classroom laboratory of collaboration.",
    id: "./", start_url: "./", scope: "./", display: "standalone", theme_color: colours.ground, background_color: colours.paper,
    icons: [icon("icon-192.png", "192x192", "any"), icon("icon-512.png", "512x512", "any"), icon("icon-512.png", "512x512", "maskable"),
        icon("icon.svg", "any", "any")],
};

// What was fetched at installation is served from then on; another version of the page is another cache. A link's fragment
// never reaches the worker, so that every link opens the one page.
const worker = (name, files) => `// SPDX-License-Identifier: GPL-3.0-or-later
const name = ${JSON.stringify(name)}, files = ${JSON.stringify(files)};
self.addEventListener("install", (event) => event.waitUntil(caches.open(name).then((cache) => cache.addAll(files)).then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((other) => other.startsWith("dredge-lab ") && other !== name).map((other) => caches.delete(other))))
    .then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
    if (event.request.method === "GET") {
        const wanted = event.request.mode === "navigate" ? "./" : event.request;
        event.respondWith(caches.open(name).then((cache) => cache.match(wanted, { ignoreSearch: true })).then((kept) => kept ?? fetch(event.request)));
    }
});
`;

const index = join(folder, "index.html");
if (existsSync(index) && !readFileSync(index, "utf8").includes('<meta name="generator" content="dredge ')) {
    fail(`${index}: another page stands there; give an empty folder`);
}
const page = hosted(readFileSync(pagePath, "utf8"));
const files = {
    "index.html": page, "manifest.webmanifest": `${JSON.stringify(manifest, null, 2)}\n`, "icon.svg": iconSvg(colours),
    "icon-192.png": iconPng(192, colours), "icon-512.png": iconPng(512, colours),
};
const hash = createHash("sha256");
Object.values(files).forEach((content) => hash.update(content));
files["service-worker.js"] = worker(`dredge-lab ${version} ${hash.digest("hex").slice(0, 16)}`,
    ["./", ...Object.keys(files).filter((file) => file !== "index.html")]);
try {
    mkdirSync(folder, { recursive: true });
    Object.entries(files).forEach(([file, content]) => writeFileSync(join(folder, file), content));
} catch (problem) {
    fail(`${folder}: ${problem.message}`);
}
process.stdout.write(`${folder}: ${Object.keys(files).length} files\n`);
