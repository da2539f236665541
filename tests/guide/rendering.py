"""Markdown rendered for the tests as the site renders it: the extensions of mkdocs.yml and those of the library."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import yaml
from guide.render import blocks, diagrams
from markdown import Markdown

ROOT = Path(__file__).parents[2]


def _settings() -> list[Any]:
    """Return `markdown_extensions` of mkdocs.yml, without includes, which need a folder."""
    listed = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), Loader=_Loader)["markdown_extensions"]
    return [each for each in listed if "include" not in str(each)]


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml, whose `!ENV` and `!!python/name` values do not matter here."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def markdown(**configs: dict[str, Any]) -> Markdown:
    """Return a converter; `configs` are those of the library's extensions (`blocks`, `glossary`)."""
    extensions: list[str] = []
    settings: dict[str, dict[str, Any]] = {}
    for each in _settings():
        name, options = next(iter(each.items())) if isinstance(each, dict) else (each, {})
        extensions.append(name)
        settings[name] = dict(options)
    settings.setdefault("pymdownx.superfences", {})["custom_fences"] = [
        blocks.output_fence(),
        diagrams.fence(),
        {"name": "figure", "class": "", "validator": lambda *_: True, "format": lambda *_, **__: ""},
    ]
    for name in ("blocks:TypedBlocks", "glossary:Tooltips", "inline:Inline"):
        extensions.append(f"guide.render.{name}")
        settings[f"guide.render.{name}"] = configs.get(name.partition(":")[0], {})
    return Markdown(extensions=extensions, extension_configs=settings)


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
