"""Questions of rendered pages → the fields of cards.

A card holds what the page holds, taken from its HTML before formulas are set. That HTML was rendered by us from
Markdown in which no HTML can be written, and it has been through `guide.render.safety`; only its form changes here.

Formulas stay TeX between `\\(…\\)` and `\\[…\\]`, which the MathJax of every Anki sets: on old phones too, whose web
views have no MathML; in the reader's size and color; and as text that can be searched and edited. Pictures are inline
SVG, since an image file could not follow Anki's night mode. Code keeps its classes, for which the note type has the
colors of both schemes. Links lead to the site.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

# What a card is made of, in this order. Anki knows fields by their names and numbers: add at the end, rename never.
FIELDS: Final = (
    "Question",
    "Shown",
    "Short",
    "Points",
    "Full",
    "Computed",
    "Weak",
    "Strong",
    "Follow-ups",
    "Kind",
    "Level",
    "Rounds",
    "Chapter",
    "Address",
    "Id",
)
# Which part of a question goes into which field, the inner parts first: the full answer is what they leave behind.
_PARTS: Final = {
    "Computed": (".tl-computed", ".tl-computed__body"),
    "Points": (".tl-answer--points", ".tl-answer__body"),
    "Weak": (".tl-answer--weak", ".tl-answer__body"),
    "Strong": (".tl-answer--strong", ".tl-answer__body"),
    "Follow-ups": (".tl-answer--follow-ups", ".tl-answer__body"),
    "Full": (".tl-answer--full", ".tl-answer__body"),
    "Short": (".tl-answer--short", ".tl-answer__body"),
}
# Around a question stand its head and its tags, which other fields say; the code of a figure is on the page.
_ASIDE: Final = ".tl-permalink, .tl-tags, .tl-figure-code, span[id]:empty"
_NOT_HERE: Final = (
    *("tabindex", "role", "translate", "id", "title", "loading"),
    *("aria-label", "aria-labelledby", "aria-hidden"),
)
_SCHEMES: Final = ("http", "https", "mailto")

_FORMULA = re.compile(r'<span class="arithmatex">(.*?)</span>', re.DOTALL)
# What Anki would take for a sound, for LaTeX of its own or for a voice.
_ANKIS = re.compile(r"\[(?=sound:|latex\]|/latex\]|/?\$|anki:|/anki:)")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def cards_of(page: str, address: str) -> dict[str, dict[str, str]]:
    """Return the fields that the HTML of a page fills, by the anchor of each question; `address` is that of the page.

    Figures and diagrams must be in place, formulas must not be set.
    """
    sections = LexborHTMLParser(page).css("section.tl-question[id]")
    return {section.attributes["id"] or "": _fields(section, address) for section in sections}


def _fields(section: Any, address: str) -> dict[str, str]:
    for aside in section.css(_ASIDE):
        aside.decompose()
    section.unwrap_tags(["abbr"])
    _tidy(section, address)
    fields: dict[str, str] = {}
    for name, (part, body) in _PARTS.items():
        # An answer may hold more than one computation.
        nodes = section.css(part)
        fields[name] = "".join(_html(node.css_first(body)) for node in nodes)
        for node in nodes:
            node.decompose()
    for node in section.css(".tl-answers"):
        node.decompose()
    title = section.css_first(".tl-question__title")
    fields["Question"] = _html(title)
    section.css_first(".tl-question__head").decompose()
    fields["Shown"] = _html(section)
    return fields


def _tidy(section: Any, address: str) -> None:
    """Drop what only a page needs, and lead links to the site."""
    drawn = {node.mem_id for node in section.css("svg, svg *")}
    for picture in section.css("img"):
        # A package holds no files, and a card fetches none: the picture is behind the link.
        alt = picture.attributes.get("alt") or "Picture"
        link: Any = LexborHTMLParser(f'<a href="{escape(address)}">{escape(alt)}</a>').css_first("a")
        picture.replace_with(link)
    for node in section.traverse():
        if node.mem_id in drawn or not node.is_element_node:
            continue
        attributes = node.attributes
        for name in attributes:
            if name in _NOT_HERE or name.startswith("data-"):
                del node.attrs[name]
        if node.tag == "a":
            target = urljoin(address, attributes.get("href") or "")
            node.attrs["href"] = target if urlsplit(target).scheme in _SCHEMES else address
        elif node.tag == "summary":
            # AnkiMobile hands on the taps on such elements, which it would take for its own.
            node.attrs["class"] = "tappable tl-ask"


def _html(node: Any) -> str:
    """Return what stands in a node as a field holds it."""
    html: str = node.inner_html if node is not None else ""
    html = _FORMULA.sub(r"\1", html).replace('<div class="arithmatex">', '<div class="tl-math">')
    html = html.replace("<pre><span></span>", "<pre>")
    return _guarded(html.strip())


def fields_of(facts: Mapping[str, str]) -> dict[str, str]:
    """Return plain texts as fields of the same names."""
    return {name.capitalize(): _guarded(escape(text)) for name, text in facts.items()}


def _guarded(text: str) -> str:
    """Return HTML in which Anki finds no command of its own, and no end of a field."""
    return _CONTROLS.sub(" ", _ANKIS.sub("&#91;", text))
