"""HTML of the built site → trees that can be changed → XHTML, which is what books are made of.

The pages are read by selectolax, whose parser follows the HTML standard and keeps the case of SVG's names. The trees
are those of the standard library with plain names: `svg` and `math` say their namespace in an attribute, as they are
written.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
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
# Elements that may end where they begin; any other empty one gets an end tag, for readers that take XHTML for HTML.
_MAY_CLOSE: Final = {
    *("area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"),
    *("circle", "ellipse", "image", "line", "path", "polygon", "polyline", "rect", "use"),
    *("item", "itemref"),
}


def element(node: LexborNode, without: str = "") -> Element:
    """Return a node of a page with all that is in it, less comments and what a selector names."""
    gone = {each.mem_id for each in node.css(without)} if without else set()
    return _element(node, gone)


def _element(node: LexborNode, gone: Collection[int]) -> Element:
    made = Element(str(node.tag), {name: _CONTROL.sub("", value or "") for name, value in node.attributes.items()})
    for child in node.iter(include_text=True):
        if child.is_text_node:
            _say(made, len(made), _CONTROL.sub("", child.text_content or ""))
        elif child.is_element_node and child.mem_id not in gone:
            made.append(_element(child, gone))
    return made


def new(tag: str, classes: str = "", *inside: Element | str, **attributes: str) -> Element:
    """Return a new element. In the name of an attribute `_` is a dash and `__` a colon; an empty one is left out."""
    made = Element(tag, {"class": classes} if classes else {})
    for name, value in attributes.items():
        if value:
            made.set(name.replace("__", ":").replace("_", "-"), value)
    for each in inside:
        if isinstance(each, str):
            _say(made, len(made), each)
        else:
            made.append(each)
    return made


def classes(each: Element) -> set[str]:
    """Return the classes of an element."""
    return set(each.get("class", "").split())


def words(each: Element) -> str:
    """Return the text of an element on one line."""
    return " ".join("".join(each.itertext()).split())


def unwrap(parent: Element, child: Element) -> None:
    """Put what is in a child in its place."""
    at, inside = list(parent).index(child), list(child)
    parent[at : at + 1] = inside
    _say(parent, at, child.text)
    _say(parent, at + len(inside), child.tail)


def parents(root: Element) -> Iterator[tuple[Element, Element]]:
    """Yield every element below a root with its parent, what is inside first; either may be taken out meanwhile."""
    for child in list(root):
        yield from parents(child)
        yield root, child


def xhtml(root: Element) -> str:
    """Return a tree as XML. Only what HTML lets stand empty is written without an end tag."""
    for each in root.iter():
        if not len(each) and each.text is None and each.tag not in _MAY_CLOSE:
            each.text = ""
    return ElementTree.tostring(root, encoding="unicode")


def _say(parent: Element, at: int, text: str | None) -> None:
    """Add a text before the child at a place."""
    if text and at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + text
    elif text:
        parent.text = (parent.text or "") + text
