"""What writers know from Material (`!!! note`, `??? question`, `=== "NumPy"`), in the form that the guide gives it.

pymdown-extensions reads it. Tabs are radio buttons, so that they work without a script; their ids leave the prefix that
belongs to the theme. What folds gets the body that the guide's own folds have.
"""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor

_THEIRS: Final = "__tabbed_"
_OURS: Final = "tl-tab-"


class Material(Treeprocessor):
    """Puts notes, folds and tabs into the guide's form."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for element in list(root.iter()):
            names = element.get("class", "").split()
            if element.tag == "div" and "tabbed-set" in names:
                _tabs(element)
            elif element.tag == "div" and "admonition" in names:
                element.set("role", "note")
            elif element.tag == "details" and names and not names[0].startswith("tl-"):
                _fold(element)


def _tabs(tabs: Element) -> None:
    """Name the buttons of tabs."""
    tabs.set("role", "group")
    tabs.set("aria-label", "Versions")
    del tabs.attrib["data-tabs"]
    for child in tabs:
        for key in ("id", "name", "for"):
            if child.get(key, "").startswith(_THEIRS):
                child.set(key, child.get(key, "").replace(_THEIRS, _OURS, 1))


def _fold(details: Element) -> None:
    """Wrap what is folded away into one element."""
    details.set("class", "tl-fold")
    inside = [child for child in details if child.tag != "summary"]
    body = SubElement(details, "div")
    for child in inside:
        details.remove(child)
        body.append(child)
