"""What an SVG image may hold: shapes and text, and nothing that links, loads, reacts or moves.

One policy for the pictures in docs/ and for what code draws in notebooks and figures. The XML is read by a parser, and
each element of SVG is compared with a list of those that draw; what editors add in other namespaces does nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from xml.parsers import expat

from guide.model.problems import FileProblems, Problem

_SVG: Final = ("", "http://www.w3.org/2000/svg")
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_DRAWS = re.compile(
    "svg|g|defs|symbol|marker|mask|pattern|style|path|use|clipPath|rect|image|text|tspan|textPath|title|desc|metadata|"
    "linearGradient|radialGradient|stop|circle|ellipse|line|polygon|polyline|switch|filter|feBlend|feColorMatrix|"
    "feComponentTransfer|feComposite|feConvolveMatrix|feDiffuseLighting|feDisplacementMap|feDistantLight|feDropShadow|"
    "feFlood|feFuncA|feFuncB|feFuncG|feFuncR|feGaussianBlur|feMerge|feMergeNode|feMorphology|feOffset|fePointLight|"
    "feSpecularLighting|feSpotLight|feTile|feTurbulence"
)
_OWN_PARTS = re.compile(r"#|data:image/(?:png|jpeg);base64,")
_LOADS = re.compile(r"@import|url\(\s*[\"']?\s*(?![\"'#\s])|expression\s*\(|javascript\s*:|\\", re.IGNORECASE)


class _Reader:
    """Looks at one image while the parser goes through it."""

    def __init__(self, path: str) -> None:
        self.problems = FileProblems(path)
        # A space parts the namespace of a name from its own part.
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.ProcessingInstructionHandler = self.instruction
        self.style: str | None = None
        self.begun = False

    def bad(self, message: str, fix: str) -> None:
        self.problems.add(max(1, self.parser.CurrentLineNumber), message, fix)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if not self.begun and local != "svg":
            self.bad(f"this is not an SVG image (`<{local[:40]}>`)", "Export the picture as SVG")
        elif (space in _SVG and not _DRAWS.fullmatch(local)) or space == _XHTML:
            self.bad(f"an SVG image may not hold `<{local[:40]}>`", "Remove the element; draw with shapes and text")
        self.begun = True
        if local == "style":
            self.style = ""
        for key, value in attributes.items():
            self.attribute(key.rpartition(" ")[2].lower(), re.sub(r"[\x00-\x20]", "", value), value)

    def attribute(self, key: str, squeezed: str, value: str) -> None:
        if key.startswith("on"):
            self.bad(f"an SVG image may not have the event handler `{key[:40]}`", "Remove the attribute")
        elif key in ("href", "src", "base") and squeezed and not _OWN_PARTS.match(squeezed):
            self.bad(
                f"an SVG image may not load or link to `{value.strip()[:40]}`", "Remove it, or refer to a part by `#id`"
            )
        elif _LOADS.search(value) and ("url" in squeezed.lower() or key == "style"):
            said = f"the attribute `{key[:40]}` loads something from elsewhere"
            self.bad(said, "Refer to parts of the image by `url(#id)`")

    def text(self, data: str) -> None:
        if self.style is not None:
            self.style += data

    def end(self, name: str) -> None:
        if self.style is not None:
            if _LOADS.search(self.style):
                self.bad("the style of this SVG image loads something from elsewhere", "Remove `@import` and `url(…)`")
            self.style = None

    def doctype(self, name: str, system: str | None, public: str | None, has_entities: bool) -> None:
        if has_entities:
            self.bad("an SVG image may not declare entities", "Delete the `<!DOCTYPE …>`")
            # They must not be expanded.
            raise _EntitiesError

    def instruction(self, target: str, _: str) -> None:
        self.bad(f"an SVG image may not hold `<?{target[:40]}?>`", "Delete it")


class _EntitiesError(Exception):
    """The document declares entities."""


def svg_problems(text: str, path: str = "") -> list[Problem]:
    """Return what is wrong with an SVG image."""
    reader = _Reader(path)
    try:
        reader.parser.Parse(text.encode("utf-8", "replace"), True)
    except _EntitiesError:
        pass
    except expat.ExpatError as error:
        said = f"this is not well-formed SVG ({expat.ErrorString(error.code)})"
        reader.problems.add(max(1, error.lineno), said, "Export it again")
    return list(reader.problems)
