"""Fences that become something else than code, as pymdownx.superfences takes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


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
