"""Rendered content → what in it a browser could run. No script written in content may reach the site.

HTML cannot be written in Markdown here (guide.render.blocks takes the reading of it out), and the checks refuse links
and attributes that run script. This is the last lock, on what was actually rendered, so that neither an oversight in
those checks nor an extension that emits more than it should puts a script before readers. It looks at the HTML of a
page's content before formulas, diagrams and figures are put in place: what is drawn by the build itself is not written
by authors.

The HTML is parsed as a browser parses it (Lexbor, by selectolax), within a page of which the parser must find the end
again: half a tag would swallow it. Elements and attributes of the tree are compared with lists of what the guide's
Markdown can emit; all else is refused, known or not. Tags repeat a lot (highlighted code), so each different tag is
judged once for the whole build. On the same way the text is looked over for Markdown that was not read
(guide.render.leftovers).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from guide.model.problems import Problem
from guide.render.leftovers import APART, FORMULA, leftover

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
    "blockquote": frozenset({"cite"}),
    "button": frozenset({"type", "disabled"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "del": frozenset({"datetime"}),
    "details": frozenset({"open", "name"}),
    "img": frozenset({"src", "alt", "width", "height", "loading", "decoding", "align"}),
    # Task lists are shown with boxes that cannot be used, tabs are chosen with radio buttons.
    "input": frozenset({"type", "disabled", "checked", "name"}),
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
# Elements of which these types alone are let through.
_TYPES: Final = {"input": ("checkbox", "radio"), "button": ("button",)}
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
READ: Final = "Close it, or put it in backticks if they are meant literally"
_FIX: Final = "Write it in Markdown; show HTML as code, in backticks or a fence"

Attributes = tuple[tuple[str, str | None], ...]


class Finding(NamedTuple):
    """Something that must not be published: the tag, what is wrong with it, and how to fix it."""

    markup: str
    message: str
    fix: str = _FIX


def findings(page: str) -> list[Finding]:
    """Return everything in the HTML of a page's content that must not be published."""
    return list(_findings(page))


def is_shown(found: Iterable[Problem]) -> bool:
    """Tell whether a preview may show a page with these problems: signs that are left over harm nobody."""
    return all(problem.fix == READ for problem in found)


def problems(page: str, path: str, source: str) -> list[Problem]:
    """Return the findings as Problems of a page, with the line of its source that most likely caused each."""
    return [
        Problem(path, _line_of(finding.markup, source), f"{finding.message} (`{_brief(finding.markup)}`)", finding.fix)
        for finding in findings(page)
    ]


def _findings(page: str) -> Iterator[Finding]:
    if "\0" in page:
        yield Finding("\\0", "the page holds a NUL character", "Delete it")
    html = LexborHTMLParser(f"<!doctype html><body><div>{page}<hr></div><p id='end'></p>").root
    body = html.last_child if html is not None else None
    assert html is not None
    assert body is not None
    for node in body.traverse(include_text=True):
        tag, attributes = node.tag or "", tuple(node.attributes.items())
        said = ("content may not hold comments and declarations", _FIX) if node.is_comment_node else None
        if node.is_element_node and tag != "body":
            said = _judge(tag, attributes)
        if said is not None:
            yield Finding(_written(tag, attributes) if node.is_element_node else node.html or "", *said)
        elif node.is_text_node and (left := leftover(node.text_content or "")) and not _apart(node):
            yield Finding(left[0], f"the text shows Markdown syntax: {left[1]}", READ)
    parts = [(part.tag, part.attributes) for part in body.iter(include_text=True)]
    end = body.first_child.last_child if body.first_child is not None else None
    whole = parts == [("div", {}), ("p", {"id": "end"})] and end is not None and end.tag == "hr"
    if not whole or body.attributes or html.attributes:
        yield Finding(page[-40:], "a tag is not ended, or the content ends the page")


def _apart(node: LexborNode) -> bool:
    """Tell whether a text is code or a formula, where signs mean themselves."""
    parent = node.parent
    while parent is not None:
        if parent.tag in APART or FORMULA in (parent.attributes.get("class") or "").split():
            return True
        parent = parent.parent
    return False


@lru_cache(maxsize=100_000)
def _judge(name: str, attributes: Attributes) -> tuple[str, str] | None:
    """Return what is wrong with a tag, and how to fix it, or None."""
    if name not in _ELEMENTS:
        return _WHY.get(name, f"content may not hold the element `{name[:40]}`"), _FIX
    if name in _TYPES and dict(attributes).get("type") not in _TYPES[name]:
        return _WHY["form"], _FIX
    return next((said for key, value in attributes if (said := _attribute(name, key, value or ""))), None)


def _attribute(element: str, key: str, value: str) -> tuple[str, str] | None:
    """Return what is wrong with an attribute, and how to fix it, or None."""
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


def _written(name: str, attributes: Attributes) -> str:
    return " ".join([f"<{name}", *(key if value is None else f'{key}="{value}"' for key, value in attributes)]) + ">"


def _line_of(markup: str, source: str) -> int:
    """Return the line of the source where a value of some markup stands, or the markup; 1 when neither is there."""
    lowered = source.lower()
    for text in [markup, *re.findall(r'"([^"]{4,})"', markup), markup.split(" ")[0].rstrip(">")]:
        at = lowered.find(text.lower())
        if at >= 0:
            return source.count("\n", 0, at) + 1
    return 1


def _brief(markup: str) -> str:
    flat = " ".join(markup.replace("`", "'").split())
    return flat if len(flat) <= 60 else flat[:59] + "…"
