"""One page of the site → one chapter of the book: what only a screen can do is taken out, and what was closed is open.

Buttons, islands and links to take things away go; closed answers, hints and solutions are ordinary text; the static
picture stands for a figure that answers back; tabs follow each other. Formulas stay MathML and pictures SVG, which
books have as well. Where links lead is a matter of the whole book (guide.publish.book_links).
"""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from selectolax.lexbor import LexborNode

from guide.publish.book_styles import Palette
from guide.publish.book_tree import MATHML, SVG, XLINK, classes, element, new, parents, words

# What is of no use on paper. An island is its program, except that a figure which answers back has its static picture.
GONE: Final = """
    .headerlink, .tl-permalink, .tl-needs-js, .tl-without-js, .tl-island-note, .tl-gym, .tl-onward, .tl-actions,
    .tl-figure-code, .tl-explore__controls, .tl-explore__static, .tl-copy, .tl-hidden, .tl-now, .tl-diagram__phone,
    script, style, template, button, input, select, textarea, dialog, link, iframe, [hidden],
    [data-island]:not([data-island="explore"])
"""
# Attributes that serve scripts, the keyboard or the search of the site.
_SPARE: Final = {"tabindex", "translate", "role", "type", "start", "value", "reversed", "title"}
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
# Blocks in which a line of text cannot stand as a paragraph.
_BLOCKS: Final = {"p", "div", "ul", "ol", "dl", "table", "figure", "pre", "section", "blockquote", "aside", *_HEADINGS}


def chapter(page: LexborNode, name: str, palette: Palette) -> Element:
    """Return the `section` of a book that an article of the site becomes; `name` is unique in the book."""
    article = element(page, GONE)
    for parent, child in parents(article):
        _opened(child)
        _set(child, palette)
        _scaled(parent, child)
    kind = next((name[9:] for name in classes(article) if name.startswith("tl-page--")), "page")
    section = new("section", f"b-chapter b-{kind}", article.text or "", *article, id=name)
    for each in list(section.iter())[1:]:
        _own_ids(each, name)
    return section


# ---- helpers -------------------------------------------------------------------------------------------------


def _opened(each: Element) -> None:
    """Turn what opens, and what is chosen among, into text that stands there."""
    if each.tag == "details":
        each.tag = "div"
        each.attrib.pop("open", None)
    elif each.tag == "summary":
        # "Answer" says nothing where the answer follows.
        each.tag = "div" if any(child.tag in _BLOCKS for child in each) else "p"
        each.attrib.pop("aria-labelledby", None)
        each.set("class", "b-summary b-summary--answer" if words(each) == "Answer" else "b-summary")
    elif each.tag == "label":
        each.tag = "p"
        each.attrib.pop("for", None)
        each.set("class", "b-summary")
    elif each.tag == "output":
        each.tag = "span"
    elif each.tag in _HEADINGS:
        each.set("class", f"b-{each.tag} {each.get('class', '')}".strip())


def _set(each: Element, palette: Palette) -> None:
    """Leave of the attributes those that a book understands; give formulas and pictures what XML asks for."""
    term = each.get("data-term") if each.tag == "abbr" else None
    if each.tag == "math":
        each.set("xmlns", MATHML)
        if tex := each.get("data-tex"):
            each.set("alttext", tex)
    elif each.tag == "svg":
        each.set("xmlns", SVG)
        each.set("xmlns:xlink", XLINK)
        each.attrib.pop("style", None)
        if "aria-label" in each.attrib:
            each.set("role", "img")
        for used in each.iter():
            if used.tag in ("use", "image") and "href" in used.attrib:
                used.set("xlink:href", used.attrib.pop("href"))
    elif "style" in each.attrib:
        each.set("style", palette.resolve(each.attrib["style"]))
    meant = {"start", "reversed"} if each.tag == "ol" else {"role"} if each.get("role") == "img" else set()
    for name in list(each.attrib):
        if name.startswith("data-") or name in _SPARE - meant:
            del each.attrib[name]
    if each.tag not in ("svg", "math") and "aria-label" in each.attrib and "role" not in each.attrib:
        del each.attrib["aria-label"]
    if term:
        each.set("data-term", term)


def _scaled(parent: Element, child: Element) -> None:
    """Say the size of a sign by an element around it: only with that element does the MathML of books know it."""
    if "scriptlevel" in child.attrib and child.tag != "mstyle":
        around = new("mstyle", scriptlevel=child.attrib.pop("scriptlevel"))
        around.tail, child.tail = child.tail, None
        parent[list(parent).index(child)] = around
        around.append(child)


def _own_ids(each: Element, name: str) -> None:
    """Put the name of the chapter before every id, and where an id is meant."""
    for attribute in ("id", "aria-labelledby", "aria-describedby", "headers", "for"):
        if value := each.get(attribute):
            each.set(attribute, " ".join(f"{name}--{one}" for one in value.split()))
    if (used := each.get("xlink:href", "")).startswith("#"):
        each.set("xlink:href", f"#{name}--{used[1:]}")
    for attribute in ("clip-path", "fill", "stroke", "mask", "filter", "marker-end", "marker-start", "style"):
        if "url(#" in (value := each.get(attribute, "")):
            each.set(attribute, value.replace("url(#", f"url(#{name}--"))
