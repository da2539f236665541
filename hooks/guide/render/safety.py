"""Rendered content → what in it a browser could run. No script written in content may reach the site.

The checks of the source already refuse raw HTML; this is the second lock, on what was actually rendered, so that
neither an oversight in those checks nor an extension that emits more than it should puts a script before readers. It
looks at the HTML of a page's content before formulas, diagrams and figures are put in place: what is drawn by the build
itself is not written by authors.

How it can be exact and fast. HTML hides script in two ways: by what elements and attributes mean, and by parts in which
the tokenizer reads otherwise (raw text such as <textarea>, foreign content such as <svg>, half a tag at the end that
swallows what follows). Everything of the second kind is refused, so what is left is read by one small grammar, that of
the tags of the HTML standard, written below as one expression. Elements and attributes are compared with lists of what
the guide's Markdown can emit; all else is refused, known or not. Tags repeat a lot (highlighted code), so each
different tag is judged once for the whole build.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from guide.model.problems import Problem

_SPACE: Final = r"[\t\n\f\r ]"
_VALUE: Final = rf"{_SPACE}*={_SPACE}*(?:\"[^\"]*\"|'[^']*'|[^\t\n\f\r >\"'][^\t\n\f\r >]*|(?=>))"
_ATTRIBUTE: Final = rf"[^\t\n\f\r />][^\t\n\f\r />=]*+(?:{_VALUE})?"
# Everything that begins with `<` and is not text. A tag that is not ended before the text ends is not matched.
_MARKUP = re.compile(
    r"<!--(?:-?>|.*?--!?>)"
    r"|<(?:!(?!--)|\?|/(?![A-Za-z>]))[^>]*>"
    # An atomic group and not `(…)*+`: until Python 3.11.4, that one may skip characters that it has not matched.
    rf"|</?[A-Za-z][^\t\n\f\r />]*+(?>(?:{_SPACE}|/|{_ATTRIBUTE})*)>"
    r"|<(?=[!?/A-Za-z])",
    re.DOTALL,
)
_NAME = re.compile(r"</?([A-Za-z][^\t\n\f\r />]*)")
_ATTRIBUTES = re.compile(
    rf"(?P<name>[^\t\n\f\r />][^\t\n\f\r />=]*+)"
    rf"(?:{_SPACE}*={_SPACE}*"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\t\n\f\r >\"'][^\t\n\f\r >]*)|(?=>)))?"
)

# fmt: off
_ELEMENTS: Final = frozenset({
    "a", "abbr", "aside", "b", "blockquote", "br", "button", "caption", "cite", "code", "col", "colgroup", "dd", "del",
    "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i",
    "img", "input", "ins", "kbd", "label", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span",
    "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul",
    "var", "wbr",
})
# fmt: on
_GLOBAL: Final = frozenset({"id", "class", "title", "lang", "dir", "role", "tabindex", "hidden", "style", "translate"})
_OF_ELEMENT: Final[dict[str, frozenset[str]]] = {
    "a": frozenset({"href", "rel", "name", "target", "hreflang", "download"}),
    "abbr": frozenset(),
    "blockquote": frozenset({"cite"}),
    "button": frozenset({"type", "disabled"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "del": frozenset({"datetime"}),
    "details": frozenset({"open", "name"}),
    "img": frozenset({"src", "alt", "width", "height", "loading", "decoding", "align"}),
    # Task lists are shown with boxes that cannot be used.
    "input": frozenset({"type", "disabled", "checked"}),
    "ins": frozenset({"datetime"}),
    "label": frozenset({"for"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "type", "reversed"}),
    "q": frozenset({"cite"}),
    "table": frozenset({"border"}),
    "td": frozenset({"colspan", "rowspan", "align", "valign", "headers"}),
    "th": frozenset({"colspan", "rowspan", "align", "valign", "headers", "scope", "abbr"}),
    "time": frozenset({"datetime"}),
}
_ADDRESSES: Final = frozenset({"href", "src", "cite"})
_SCHEMES: Final = frozenset({"https", "http", "mailto"})
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
# A style may set sizes and alignment; it may load nothing and hide nothing behind escapes.
_STYLE = re.compile(r"[\w\s.,%#+:;-]*")
_CLOAK = re.compile(r"\b(?:position|behavior|content|z-index|-moz-binding)\s*:", re.IGNORECASE)

_WHY: Final[dict[str, str]] = {
    "script": "content may not bring a script",
    "iframe": "content may not embed another page",
    "svg": "content may not bring SVG of its own",
    "form": "content may not bring a form",
    "meta": "content may not set page information",
    "base": "content may not move the base of links",
    "style": "content may not bring styles",
    "link": "content may not load styles",
}
_CURE: Final = "Write it in Markdown; show HTML as code, in backticks or a fence"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that must not be published: where it stands in the HTML, what it is, and how to mend it."""

    position: int
    markup: str
    message: str
    cure: str = _CURE


def findings(page: str) -> list[Finding]:
    """Return everything in the HTML of a page's content that must not be published."""
    return list(_findings(page))


def problems(page: str, path: str, source: str) -> list[Problem]:
    """Return the findings as Problems of a page, with the line of its source that most likely caused each."""
    return [
        Problem(path, _line_of(finding.markup, source), f"{finding.message} (`{_brief(finding.markup)}`)", finding.cure)
        for finding in findings(page)
    ]


def _findings(page: str) -> Iterator[Finding]:
    if "\0" in page:
        yield Finding(page.index("\0"), "\\0", "the page holds a NUL character", "Delete it")
    for match in _MARKUP.finditer(page):
        markup = match[0]
        said = _judge(markup)
        if said is not None:
            if markup == "<":
                # Half a tag would swallow what the template puts after the content.
                markup = page[match.start() : match.start() + 40]
            yield Finding(match.start(), markup, said[0], said[1])


@lru_cache(maxsize=100_000)
def _judge(markup: str) -> tuple[str, str] | None:
    """Return what is wrong with a tag, comment or declaration, and its cure, or None."""
    if markup.startswith("<!--"):
        return None
    name_match = _NAME.match(markup)
    if name_match is None:
        if markup == "<":
            return "a tag is not ended", _CURE
        return "content may not hold declarations", _CURE
    name = name_match[1].lower()
    if name not in _ELEMENTS:
        return _WHY.get(name, f"content may not hold the element `{name[:40]}`"), _CURE
    if markup.startswith("</"):
        return None
    for attribute in _ATTRIBUTES.finditer(markup, name_match.end(), len(markup) - 1):
        key = attribute["name"].lower()
        value = next((text for text in (attribute["double"], attribute["single"], attribute["bare"]) if text), "")
        if said := _attribute(name, key, html.unescape(value)):
            return said
    if name == "input" and not re.search(r"\stype=\"?checkbox\b", markup, re.IGNORECASE):
        return "content may not bring a form", _CURE
    if name == "button" and not re.search(r"\stype=\"?button\b", markup, re.IGNORECASE):
        return "content may not bring a form", _CURE
    return None


def _attribute(element: str, key: str, value: str) -> tuple[str, str] | None:
    """Return what is wrong with an attribute, and its cure, or None."""
    if key.startswith("on"):
        return f"content may not react to events (`{key[:40]}`)", "Remove the attribute"
    if not (key in _GLOBAL or key in _OF_ELEMENT.get(element, ()) or re.fullmatch(r"(?:aria|data)-[a-z0-9_.-]+", key)):
        return f"content may not set the attribute `{key[:40]}` of `{element}`", "Remove the attribute"
    if key.startswith("data-md-") or (key in ("id", "name", "for") and value.startswith("__")):
        # The theme's script looks its settings and parts up by these.
        return f"`{key[:40]}={value[:40]}` belongs to the theme", "Choose another name"
    if key == "style" and (not _STYLE.fullmatch(value) or _CLOAK.search(value)):
        return "a style attribute may set sizes and alignment only", "Remove the style"
    if key in _ADDRESSES:
        # Browsers drop these characters from addresses before they read the scheme.
        address = re.sub(r"[\x00-\x20\x7f]+", "", value)
        scheme = re.match(r"([^/?#:]*):", address)
        if element == "img" and (address.startswith(("//", "\\\\")) or (scheme and scheme[1].lower() in _SCHEMES)):
            return "a picture may not come from another site", "Put the file into the folder of the page"
        if scheme and scheme[1].lower() not in _SCHEMES:
            if element == "img" and _PICTURE.fullmatch(value.strip()):
                return None
            return (
                f"an address may not begin with `{scheme[1][:20].lower()}:`",
                "Link to a page of the guide or to an https:// address",
            )
    return None


def _line_of(markup: str, source: str) -> int:
    """Return the line of the source where the text of some markup stands, or 1 when it is not there."""
    wanted = [markup, *re.findall(r"[\"']([^\"']{4,})[\"']", markup)]
    if (name := _NAME.match(markup)) is not None:
        wanted.append(f"<{name[1]}")
    lowered = source.lower()
    for text in wanted:
        at = lowered.find(html.unescape(text).lower())
        if at >= 0:
            return source.count("\n", 0, at) + 1
    return 1


def _brief(markup: str) -> str:
    flat = " ".join(markup.replace("`", "'").split())
    return flat if len(flat) <= 60 else flat[:59] + "…"
