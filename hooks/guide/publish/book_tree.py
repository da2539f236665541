"""HTML of the built site → trees that can be changed → XHTML, which is what books are made of.

The pages are read by selectolax, whose parser follows the HTML standard and keeps the case of SVG's names. The trees
are those of the standard library with plain names: `svg` and `math` say their namespace in an attribute, as they are
written. A child that is taken out leaves the text that follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from selectolax.lexbor import LexborNode

XHTML: Final = "http://www.w3.org/1999/xhtml"
SVG: Final = "http://www.w3.org/2000/svg"
MATHML: Final = "http://www.w3.org/1998/Math/MathML"
XLINK: Final = "http://www.w3.org/1999/xlink"
OPS: Final = "http://www.idpf.org/2007/ops"

# What XML 1.0 cannot hold at all.
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def element(node: LexborNode) -> Element:
    """Return a node of a page with all that is in it, less comments."""
    made = Element(str(node.tag), {name: _CONTROL.sub("", value or "") for name, value in node.attributes.items()})
    last: Element | None = None
    for child in node.iter(include_text=True):
        if child.is_text_node:
            text = _CONTROL.sub("", child.text_content or "")
            if last is None:
                made.text = (made.text or "") + text
            else:
                last.tail = (last.tail or "") + text
        elif child.is_element_node:
            last = element(child)
            made.append(last)
    return made


def new(tag: str, classes: str = "", text: str = "", **attributes: str) -> Element:
    """Return a new element."""
    made = Element(tag, {"class": classes} if classes else {}, **attributes)
    made.text = text or None
    return made


def classes(each: Element) -> set[str]:
    """Return the classes of an element."""
    return set(each.get("class", "").split())


def words(each: Element) -> str:
    """Return the text of an element on one line."""
    return " ".join("".join(each.itertext()).split())


def drop(parent: Element, child: Element) -> None:
    """Take a child out, and leave the text that follows it."""
    _splice(parent, child, None, [])


def unwrap(parent: Element, child: Element) -> None:
    """Put what is in a child in its place."""
    _splice(parent, child, child.text, list(child))


def parents(root: Element) -> Iterator[tuple[Element, Element]]:
    """Yield every element below a root with its parent, what is inside first; either may be taken out meanwhile."""
    for child in list(root):
        yield from parents(child)
        yield root, child


def xhtml(root: Element) -> str:
    """Return a tree as XML. Only what HTML lets stand empty is written without an end tag."""
    return ElementTree.tostring(_closed(root), encoding="unicode", short_empty_elements=True)


# ---- helpers -------------------------------------------------------------------------------------------------

# Elements that may have no content; any other empty one gets an end tag, for readers that take XHTML for HTML.
_VOID: Final = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_MAY_CLOSE: Final = {
    "path",
    "use",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polygon",
    "polyline",
    "image",
    "item",
    "itemref",
}


def _closed(root: Element) -> Element:
    for each in root.iter():
        if not len(each) and each.text is None and each.tag not in _VOID | _MAY_CLOSE:
            each.text = ""
    return root


def _splice(parent: Element, child: Element, text: str | None, inside: list[Element]) -> None:
    at = list(parent).index(child)
    tail = child.tail
    parent.remove(child)
    for offset, each in enumerate(inside):
        parent.insert(at + offset, each)
    _after(parent, at - 1, text)
    _after(parent, at + len(inside) - 1, tail)


def _after(parent: Element, at: int, text: str | None) -> None:
    """Add a text after the child at a place; before all children when there is none."""
    if not text:
        return
    if at < 0:
        parent.text = (parent.text or "") + text
    else:
        parent[at].tail = (parent[at].tail or "") + text
