"""Markdown rendered for the tests as the site renders it: the extensions of mkdocs.yml and those of the library."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from guide.render import blocks, diagrams, drawing
from markdown import Markdown

ROOT = Path(__file__).parents[2]


def markdown(**configs: dict[str, Any]) -> Markdown:
    """Return a converter; `configs` are those of the library's extensions (`blocks`, `glossary`)."""
    settings = {name: dict(options) for name, options in drawing.extensions().items()}
    settings["pymdownx.superfences"]["custom_fences"] = [
        blocks.output_fence(),
        diagrams.fence(),
        {"name": "figure", "class": "", "validator": lambda *_: True, "format": lambda *_, **__: ""},
    ]
    for name in ("blocks:TypedBlocks", "glossary:Tooltips", "inline:Inline"):
        settings[f"guide.render.{name}"] = configs.get(name.partition(":")[0], {})
    return Markdown(extensions=list(settings), extension_configs=settings)


def render(text: str, **configs: dict[str, Any]) -> str:
    """Return the HTML of a page."""
    return markdown(**configs).convert(text)


def tree(html: str) -> Element:
    """Return what a browser makes of the HTML."""
    return html5lib.parse(f"<!doctype html><body>{html}", namespaceHTMLElements=False).find("body")


def words(element: Element) -> str:
    """Return the text of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def with_class(root: Element, name: str) -> list[Element]:
    """Return the elements with this class."""
    return [element for element in root.iter() if name in element.get("class", "").split()]
