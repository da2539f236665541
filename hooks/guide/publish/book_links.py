"""Where the links of a book lead: within it, to the published site, or nowhere.

A page of the site that is a chapter is linked to as such, at the place that is meant if the chapter still has it. What
is not in the book (the planner, a file to take away) is reached on the site, if that has an address that the world can
reach; otherwise the words stay and the link goes. Other sites stay as they are. A term leads to its entry in the
glossary, in place of the tooltip that a screen shows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from typing import Final
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from guide.publish.book_tree import parents, unwrap

GLOSSARY: Final = "glossary/"
# Hosts at which a site is built to be tested or looked at.
_PRIVATE: Final = re.compile(r"^(?:localhost|127\.|\[::1\]|0\.0\.0\.0|example\.)")
_OTHER: Final = ("http", "https", "mailto")
# Stands for the address of the site while links are resolved.
_SITE: Final = "https://site.invalid/"
_HELD: Final = {"a", "h1", "h2", "h3", "h4", "h5", "h6"}


def name_of(url: str) -> str:
    """Return the name of the chapter that a page becomes: `topics/x/y/` is `topics-x-y`."""
    return url.strip("/").replace("/", "-") or "home"


def public(address: str) -> str:
    """Return an address if readers of the book can be expected to reach it, else nothing."""
    host = urlsplit(address).netloc
    return address if host and not _PRIVATE.match(host) else ""


def within(href: str, url: str) -> str:
    """Return where a link on the page at `url` leads: below the root of the site, or the address of another site."""
    return urljoin(_SITE + url, href).removeprefix(_SITE)


class Links:
    """Rewrites the links of chapters, knowing the ids of all of them by the address of their page."""

    def __init__(self, ids: Mapping[str, Set[str]], address: str = "") -> None:
        """`address` is where the site is published."""
        self._ids = ids
        self._address = address

    def rewrite(self, section: Element, url: str) -> None:
        """Rewrite the links of the chapter that was the page at `url`."""
        held = {id(below) for each in section.iter() if each.tag in _HELD for below in each.iter() if below is not each}
        for parent, child in parents(section):
            if child.tag == "abbr":
                entry = self.entry(child.attrib.pop("data-term", ""))
                if entry and url != GLOSSARY and id(child) not in held:
                    child.tag = "a"
                    child.attrib.update({"class": "b-term", "href": entry})
                else:
                    unwrap(parent, child)
            elif child.tag == "a" and "href" in child.attrib:
                for name in ("download", "target", "rel"):
                    child.attrib.pop(name, None)
                if leads := self.leads(child.get("href", ""), url):
                    child.set("href", leads)
                else:
                    unwrap(parent, child)

    def entry(self, term: str) -> str:
        """Return the link to a term of the glossary, or nothing."""
        name = name_of(GLOSSARY)
        return f"{name}.xhtml#{name}--{term}" if f"{name}--{term}" in self._ids.get(GLOSSARY, ()) else ""

    def leads(self, href: str, url: str) -> str:
        """Return where a link on the page at `url` leads in the book, or nothing."""
        if self._address and href.startswith(self._address):
            href = _SITE + href.removeprefix(self._address)
        to = within(href, url)
        parts = urlsplit(to)
        if parts.scheme:
            return to if parts.scheme in _OTHER else ""
        page = parts.path.removesuffix("index.html")
        if page in self._ids and not parts.query:
            name = name_of(page)
            place = f"{name}--{parts.fragment}"
            return f"{name}.xhtml#{place}" if parts.fragment and place in self._ids[page] else f"{name}.xhtml"
        return self._address + to if self._address else ""
