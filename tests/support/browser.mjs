// SPDX-License-Identifier: GPL-3.0-or-later
// Browsers for the tests of pages: Chromium by playwright-core, Firefox by puppeteer-core. Variables: LAB_NODE holds both,
// LAB_CHROMIUM and LAB_FIREFOX are the browsers.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-quic", "--no-first-run"];
const installed = createRequire(`${process.env.LAB_NODE}/`);
const firefox = process.env.LAB_FIREFOX || "/usr/bin/firefox-esr";

export const hasFirefox = existsSync(firefox);

export function launch(more = []) {
    const { chromium } = installed("playwright-core");
    return chromium.launch({ executablePath: process.env.LAB_CHROMIUM ?? "/usr/bin/chromium", args: [...flags, ...more] });
}

// `preferences` are those of about:config.
export async function launchFirefox(preferences = {}) {
    const { default: puppeteer } = await import(pathToFileURL(installed.resolve("puppeteer-core")).href);
    return puppeteer.launch({ browser: "firefox", executablePath: firefox, headless: true, protocolTimeout: 1800000,
        extraPrefsFirefox: preferences });
}

// What a page of either browser complains of or asks the network for, from now on.
export function watch(page) {
    const faults = [];
    page.on("console", (message) => {
        if (["error", "warning", "warn"].includes(message.type())) {
            faults.push(`console: ${message.text()}`);
        }
    });
    page.on("pageerror", (error) => faults.push(`page: ${error.message}`));
    page.on("request", (request) => {
        if (!/^(file|blob|data):/.test(request.url())) {
            faults.push(`network: ${request.url()}`);
        }
    });
    return faults;
}
