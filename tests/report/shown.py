# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page shows, as text and as numbers."""
import html
import re


class Wrong(AssertionError):
    pass


def plain(page):
    """A page in English with its numbers as Python writes them: "1,234" as "1234"."""
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", page)


def number(text):
    return float(text.replace("\N{MINUS SIGN}", "-"))


def near(shown, value, what):
    """A number as it is shown, with its decimals, against the value."""
    decimals = len(shown.split(".")[1]) if "." in shown else 0
    if not abs(number(shown) - value) <= 0.5000001 * 10 ** -decimals:
        raise Wrong(f"{what}: shown {shown}, computed {value}")


def text_of(page):
    return html.unescape(re.sub(r"<[^>]+>", "", page)).strip()


def element(page, pattern):
    return [text_of(found) for found in re.findall(pattern, page, re.DOTALL)]
