// SPDX-License-Identifier: GPL-3.0-or-later
// Shows time passing from one month to another.
import { prefersStill } from "./dom.js";

// Calls show(time) as time goes from `from` to `to` within `length` milliseconds; at once where nobody looks, motion is not
// wanted, or still() says so meanwhile. The promise is kept when show(to) was called.
export function glide({ from, to, length, still, show }) {
    const started = performance.now();
    return new Promise((resolve) => {
        const move = () => {
            const share = (performance.now() - started) / length;
            if (share >= 1 || document.hidden || prefersStill() || still()) {
                show(to);
                resolve();
                return;
            }
            show(from + share * (to - from));
            // A page that is not looked at gets no frames: the clock ends it.
            const clock = setTimeout(move, 100);
            requestAnimationFrame(() => {
                clearTimeout(clock);
                move();
            });
        };
        move();
    });
}
