"""Fences that become something else than code, as pymdownx.superfences takes them."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")


def fence(name: str, make: Callable[[str, Mapping[str, str]], str], *known: str) -> dict[str, Any]:
    """Return a custom fence: `make` returns its HTML, from its text and from the options that are `known`.

    Every option is accepted, because a fence that is refused here would be shown as code, and the checks tell what is
    wrong with it. The names of those that are not known are the option `unknown`.
    """

    def validate(language: str, inputs: dict[str, str], options: dict[str, Any], attrs: Any, md: Any) -> bool:
        options.update({key: inputs.pop(key, "") for key in known})
        options["unknown"] = ", ".join(inputs)
        inputs.clear()
        return True

    def form(source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **_: Any) -> str:
        return make(source, options)

    return {"name": name, "class": "", "validator": validate, "format": form}


@dataclass(frozen=True)
class Picture:
    """What an author wrote for a diagram or a figure: its source, its words, and options that there are not."""

    source: str
    alt: str
    caption: str = ""
    unknown: str = ""

    def figcaption(self) -> str:
        """Return the caption as HTML, if there is one."""
        return f"<figcaption>{html.escape(self.caption)}</figcaption>" if self.caption else ""


def picture_fence(name: str, waiting: Callable[[Picture], str]) -> dict[str, Any]:
    """Return a custom fence for pictures: `waiting` returns what stands in the page until one is drawn."""

    def make(source: str, options: Mapping[str, str]) -> str:
        return waiting(Picture(source.rstrip(), options["alt"], options["caption"], options["unknown"]))

    return fence(name, make, "alt", "caption")


class Placeholders(Generic[Item]):
    """What stands in a page until something is drawn: it carries along the item, a dataclass of texts.

    So pages whose rendering was kept need no second look at their source.
    """

    def __init__(self, name: str, made: Callable[..., Item]) -> None:
        self._name, self._made = name, made
        self._pattern = re.compile(
            rf'<figure class="tl-{name}" data-{name}="(?P<packed>[^"]*)"[^>]*>.*?</figure>', re.DOTALL
        )

    def mark(self, item: Any, inside: str = "", attributes: str = "") -> str:
        """Return the placeholder of an item; what is `inside` can be read before anything is drawn."""
        packed = base64.b64encode(json.dumps(astuple(item)).encode()).decode()
        return f'<figure class="tl-{self._name}" data-{self._name}="{packed}"{attributes}>{inside}</figure>'

    def found(self, page: str) -> list[Item]:
        """Return the items that wait in a rendered page, in order."""
        return [self._item(match) for match in self._pattern.finditer(page)]

    def replaced(self, page: str, shown: Callable[[Item], str | None]) -> str:
        """Return the page with each item as it is shown; where that is None, the placeholder stays."""

        def put(match: re.Match[str]) -> str:
            drawn = shown(self._item(match))
            return match[0] if drawn is None else drawn

        return self._pattern.sub(put, page)

    def _item(self, match: re.Match[str]) -> Item:
        return self._made(*json.loads(base64.b64decode(match["packed"])))
