/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a term means, for who cannot hover: a term becomes a button that unfolds its definition below it. */
function startTerms() {
    document.querySelectorAll("main th span[title]").forEach((span) => {
        const button = element("button", { type: "button", class: "term", "aria-expanded": "false", title: span.title }, span.textContent);
        let meaning = null;
        button.addEventListener("click", () => {
            if (meaning) {
                meaning.remove();
                meaning = null;
            } else {
                meaning = element("small", { class: "meaning" }, button.title);
                button.parentElement.append(meaning);
            }
            button.setAttribute("aria-expanded", meaning !== null);
        });
        span.replaceWith(button);
    });
}
