"""The sections of a page, each in an element of its own, so that a browser need not lay out what is out of sight.

A chapter with its formulas and plots is nine thousand elements, of which a phone shows a hundred. The styles
(overrides/styles/page.css) let the browser pass over the sections below the screen until the reader nears them.
"""

from __future__ import annotations

import re

# What may stand around a heading; a section can begin only where none of these is open.
_CONTAINERS = ("div", "section", "details", "aside", "blockquote", "figure", "li", "dd", "td")


def sectioned(html: str) -> str:
    """Return the HTML of a page with each heading of level 2, and all that belongs to it, in a section."""
    parts: list[str] = []
    for part in re.split(r"(?=<h2\b)", html):
        if parts and _is_open(parts[-1]):
            parts[-1] += part
        else:
            parts.append(part)
    return "".join(
        f'<section class="tl-section">\n{part.rstrip()}\n</section>\n' if part.startswith("<h2") else part
        for part in parts
    )


def _is_open(html: str) -> bool:
    """Tell whether an element that may hold a heading is begun in this HTML and not ended."""
    return any(html.count(f"<{tag}>") + html.count(f"<{tag} ") > html.count(f"</{tag}>") for tag in _CONTAINERS)
