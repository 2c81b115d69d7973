# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of bench/run, for a terminal of 80 columns and for docs/performance.md."""

BEGIN, END = "<!-- figures: bench/run --update-docs -->\n", "<!-- end of figures -->\n"


def digits(value):
    """Three digits that count."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def cells(row):
    """Figure, value, unit, ratio, reference, target, verdict: texts."""
    ratio = f"{row['ratio']:.2f}x" if "ratio" in row else ""
    verdict = {True: "yes", False: "no", None: ""}[row.get("met")]
    return [row["name"], digits(row["value"]), row["unit"], ratio, row.get("reference", ""), row.get("target", ""),
            verdict]


def conditions(result):
    machine, versions = result["machine"], result["versions"]
    return (f"{machine['processor']}, {machine['cores']} cores, load {machine['load']} at the start and "
            f"{result['load_at_the_end']} at the end; {'; '.join(versions[k] for k in versions if k != 'commit')}; "
            f"commit {versions['commit']}, {result['made']}" + (", quick" if result["quick"] else ""))


def plain(result):
    """At most 80 columns: the reference goes on a line of its own. Ratios are medians over rounds, so not always the
    ratio of the two values."""
    lines = [f"{'figure':<32}{'value':>8} {'unit':<16}{'ratio':>8} {'target':>8} {'met':>4}"]
    values = {row["name"]: row["value"] for row in result["figures"]}
    for row in result["figures"]:
        name, value, unit, ratio, reference, target, verdict = cells(row)
        lines.append(f"{name:<32}{value:>8} {unit:<16}{ratio:>8} {target:>8} {verdict:>4}".rstrip())
        if reference:
            lines.append(f"  / {reference} = {digits(values[reference])}")
    lines += [f"skipped: {sentence}" for sentence in result["skipped"]]
    return "\n".join([*lines, "", *wrap(conditions(result))])


def wrap(text, width=80):
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > width:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    return lines


def markdown(result):
    lines = ["| figure | value | unit | ratio | to | target | met |", "|---|---:|---|---:|---|---|---|"]
    lines += ["| " + " | ".join(cells(row)) + " |" for row in result["figures"]]
    lines += ["", *(f"Skipped: {sentence}.  " for sentence in result["skipped"]), "", conditions(result) + "."]
    return "\n".join(lines)


def update_docs(result, path):
    text = path.read_text(encoding="utf-8")
    head, rest = text.split(BEGIN)
    tail = rest.split(END)[1]
    path.write_text(f"{head}{BEGIN}\n{markdown(result)}\n\n{END}{tail}", encoding="utf-8")
