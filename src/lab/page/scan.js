// SPDX-License-Identifier: GPL-3.0-or-later
// QR pictures, read from files and from the camera: by the browser where it can, else by the library that also draws them.
import { decodeQR } from "qr/decode.js";
import { fileButton, make } from "./dom.js";
import { text } from "./text.js";

// Pixels of the longest side at which a picture is tried, one after the other, and how many guesses the library may make at each;
// no limit of time, so that a slow machine reads what a fast one does.
const ofPictures = { sides: [1600, 800, 400], guesses: { effort: 12, timeLimit: Infinity } };
const ofFrames = { sides: [800], guesses: {} };
const leastSide = 320; // smaller pictures are enlarged
const pause = 120; // milliseconds between two looks through the camera

// The pixels of a picture or of a frame, `side` long, with the white rim that a QR picture needs where it was cut off.
function pixels(image, width, height, side) {
    const scale = side / Math.max(width, height), wide = Math.max(1, Math.round(width * scale)), high = Math.max(1, Math.round(height * scale));
    const rim = Math.round(side / 16), canvas = make("canvas", { width: wide + 2 * rim, height: high + 2 * rim });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingEnabled = scale < 1;
    context.drawImage(image, rim, rim, wide, high);
    return context.getImageData(0, 0, canvas.width, canvas.height);
}

// The browser's own reader of QR pictures, or null.
async function ownReader() {
    try {
        const formats = await window.BarcodeDetector.getSupportedFormats();
        return formats.includes("qr_code") ? new window.BarcodeDetector({ formats: ["qr_code"] }) : null;
    } catch {
        return null;
    }
}

// The texts of the QR pictures in an image: several where the browser reads them, else one.
async function readImage(image, width, height, { sides, guesses }) {
    const own = await ownReader(), found = own ? await own.detect(image).catch(() => []) : [];
    if (found.length) {
        return found.map(({ rawValue }) => rawValue);
    }
    const longest = Math.max(leastSide, width, height);
    for (const side of new Set(sides.map((most) => Math.min(most, longest)))) {
        try {
            return [decodeQR(pixels(image, width, height, side), guesses)];
        } catch {
            // none at this size
        }
    }
    return [];
}

const refusals = { NotAllowedError: "scan_refused", SecurityError: "scan_refused", NotFoundError: "scan_none", OverconstrainedError: "scan_none" };

export class Scanner {
    // take(words): uses the text of a QR picture, and gives the sentence about it.
    constructor(take) {
        this.take = take;
        this.turn = 0;
        this.begin = make("button", { id: "scan-start", onclick: () => this.start() });
        this.end = make("button", { id: "scan-stop", onclick: () => this.stop() });
        this.file = make("input", { id: "scan-file", accept: "image/*", multiple: true, onchange: () => this.takeFiles() });
        this.fileLabel = make("span");
        this.video = make("video", { muted: true, playsInline: true });
        this.said = make("p", { id: "scan-said", role: "status" });
        this.element = make("div", { className: "scan noprint" }, make("p", { className: "choices" }, this.begin, this.end,
            fileButton(this.fileLabel, this.file)), this.video, this.said);
    }

    refresh() {
        this.begin.textContent = text("scan_start");
        this.end.textContent = text("scan_stop");
        this.fileLabel.textContent = text("scan_file");
        this.video.setAttribute("aria-label", text("scan_video"));
        this.show();
    }

    // Where pages cannot use a camera there is no button for it.
    show() {
        const isOn = Boolean(this.video.srcObject);
        this.video.hidden = this.end.hidden = !isOn;
        this.begin.hidden = isOn || !navigator.mediaDevices?.getUserMedia;
    }

    say(sentence) {
        if (this.said.textContent !== sentence) {
            this.said.textContent = sentence;
        }
    }

    async takeFiles() {
        const sentences = [];
        for (const file of [...this.file.files]) {
            const picture = await createImageBitmap(file).catch(() => null);
            if (!picture) {
                sentences.push(text("scan_no_picture", { file: file.name }));
                continue;
            }
            const found = await readImage(picture, picture.width, picture.height, ofPictures);
            sentences.push(...found.map((words) => this.take(words)));
            if (!found.length) {
                sentences.push(text("scan_nothing", { file: file.name }));
            }
            picture.close();
        }
        this.file.value = "";
        this.say(sentences.join(" "));
    }

    // What was stopped meanwhile does not begin.
    async start() {
        const turn = ++this.turn;
        this.begin.disabled = true;
        try {
            const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
            if (turn !== this.turn) {
                stream.getTracks().forEach((track) => track.stop());
                return;
            }
            stream.getTracks().forEach((track) => track.addEventListener("ended", () => turn === this.turn && this.fail("scan_ended")));
            this.video.srcObject = stream;
            this.show();
            this.say(text("scan_looking"));
            await this.video.play();
            await this.look(turn);
        } catch (problem) {
            if (turn === this.turn) {
                this.fail(refusals[problem.name] ?? "scan_failed");
            }
        }
    }

    async look(turn) {
        let last = "";
        while (turn === this.turn) {
            const { videoWidth, videoHeight } = this.video;
            const found = videoWidth ? await readImage(this.video, videoWidth, videoHeight, ofFrames) : [];
            if (turn === this.turn && found.length && found.join("\n") !== last) { // once, not in every frame
                last = found.join("\n");
                this.say(found.map((words) => this.take(words)).join(" "));
            }
            await new Promise((resolve) => { setTimeout(resolve, pause); });
        }
    }

    fail(key) {
        this.stop();
        this.say(text(key));
    }

    stop() {
        this.turn++;
        this.video.srcObject?.getTracks().forEach((track) => track.stop());
        this.video.srcObject = null;
        this.begin.disabled = false;
        this.show();
    }
}
