"""The contracts of links and of what a page includes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import unquote

from guide.check.references import meant
from guide.model.body import Link
from guide.model.catalogue import Catalogue, Notebook, Page
from guide.model.problems import Problem, nearest
from guide.read.includes import expand
from guide.read.includes import texts as included_texts
from guide.read.markdown import included
from guide.read.markup import is_address


def links(catalogue: Catalogue) -> Iterator[Problem]:
    """Every relative link leads to a file that is published, and every anchor to something on that page."""
    fragments = {fragment.src: fragment for fragment in catalogue.fragments}
    for page in catalogue.pages:
        for link in page.body.links:
            yield from _link(catalogue, fragments, page, page.path, link)
        for fragment in _fragments_in(fragments, page):
            for link in fragment.body.links:
                yield from _link(catalogue, fragments, page, fragment.path, link)


# Files that the build makes and pages may link to; MkDocs looks whether they are there.
_MADE_BY_THE_BUILD: Final = frozenset({"assets/licenses.txt"})


def _link(catalogue: Catalogue, fragments: Mapping[str, Page], page: Page, path: str, link: Link) -> Iterator[Problem]:
    target = link.target.strip()
    if link.image and re.match(r"https?:", target, re.IGNORECASE):
        said = "this picture comes from another site"
        fix = "Put the file into the folder of the page and link to it there; readers' browsers ask nobody else"
        yield Problem(path, link.line, said, fix)
    # Formulas are blank here: screen readers do not read them as the name of a link.
    if not link.image and not link.text.strip():
        yield Problem(path, link.line, "no word names this link", "Put one into the brackets: `[the rate $r$](…)`")
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", target):
        if not is_address(target):
            yield Problem(path, link.line, f"`{target[:80]}` is not an address", "Correct what follows the `//`")
        return  # An address, or something that the rule about markup refuses.
    shown = target if len(target) <= 80 else target[:77] + "…"
    src, anchor = resolved(page, target), unquote(target.partition("#")[2])
    found = catalogue.page_at(src)
    if not target:
        yield Problem(path, link.line, "this link leads nowhere", "Write where it goes between the parentheses")
    elif target.startswith("/"):
        said = f"the link `{shown}` begins with a slash"
        fix = "Write https:// for another site, or the path from this file to a page of the guide"
        yield Problem(path, link.line, said, fix)
    elif src.startswith(".."):
        yield Problem(path, link.line, f"the link `{shown}` leads out of docs/", "Link to a page of the guide")
    elif found is None and src in catalogue.files:
        if src.endswith((".py", ".yml", ".yaml")) or src.startswith("_includes/"):
            said = f"the link `{shown}` leads to a file that is not published"
            yield Problem(path, link.line, said, "Link to its page")
    elif found is None and src not in _MADE_BY_THE_BUILD:
        yield Problem(path, link.line, f"the link `{shown}` leads to no file", _link_fix(catalogue, page, src))
    elif found is not None and anchor and not _has_anchor(fragments, found, anchor):
        where = "this page" if found.id == page.id else found.path
        near = nearest(anchor, found.anchors)
        said = f"there is no anchor `#{anchor[:60]}` in {where}"
        fix = f"Did you mean `#{near}`?" if near else "Link to the id of a question or to a heading"
        yield Problem(path, link.line, said, fix)


def resolved(page: Page, target: str) -> str:
    """Return the path below docs/ that a relative link of a page leads to."""
    name = unquote(re.split("[?#]", target, maxsplit=1)[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.src), name)) if name else page.src


def _has_anchor(fragments: Mapping[str, Page], page: Page, anchor: str) -> bool:
    if anchor in page.anchors or anchor.startswith(("fn:", "fnref:")):
        return True
    if any(anchor in question.aliases for question in page.questions):
        return True
    if page.body.listings:
        return True  # What a listing becomes is not known here; the check of the built site sees it.
    if isinstance(page, Notebook):
        return any(anchor == heading.text.replace(" ", "-") for heading in page.body.headings)
    return any(anchor in fragment.anchors for fragment in _fragments_in(fragments, page))


def _fragments_in(fragments: Mapping[str, Page], page: Page) -> list[Page]:
    """Return the fragments that a page includes itself."""
    paths = (posixpath.normpath(path) for path, _ in page.body.includes)
    return [fragments[path] for path in paths if path in fragments]


def _link_fix(catalogue: Catalogue, page: Page, src: str) -> str:
    """Return a fix for a link to a file that is not there: the file most likely meant, as it must be written."""
    stem = re.sub(r"(?:/index)?\.(?:md|ipynb|html)$|/$", "", src)
    guesses = (f"{src}.md", f"{src}/index.md", f"{src.removesuffix('.md')}/index.md", f"{src}.ipynb")
    there = next((guess for guess in guesses if guess in catalogue.files), None)
    if there is None and (moved := catalogue.page(stem)) is not None:
        there = moved.src
    if there is not None:
        return f"Write `{_relative(page, there)}`"
    near = catalogue.page(meant(stem, [other.id for other in catalogue.pages if other.id != page.id]) or "")
    return f"Did you mean `{_relative(page, near.src)}`?" if near else "Check the path; it is relative to this file"


def _relative(page: Page, src: str) -> str:
    return posixpath.relpath(src, posixpath.dirname(page.src) or ".")


def includes(catalogue: Catalogue) -> Iterator[Problem]:
    """What is included is a fragment of docs/_includes/, by a page; fragments hold text, and not themselves."""
    fragments = {fragment.src: fragment for fragment in catalogue.fragments}
    texts = included_texts(catalogue)
    for page in catalogue.texts:
        sound = True
        for path, line in page.body.includes:
            src = posixpath.normpath(path)
            if src not in fragments:
                sound = False
                near = nearest(src, fragments)
                said = f"`{path[:80]}` is not a fragment in docs/_includes/"
                yield page.problem(line, said, f"Did you mean `{near}`?" if near else "Write `{!_includes/name.md!}`")
            elif page.src in fragments and page.src in _reached(fragments, src):
                sound = False
                yield page.problem(line, "the fragment includes itself", "Remove one of the includes")
        if page.body.includes and sound and page.src not in fragments:
            # Every include leads to a fragment, so what is left to go wrong is how they come together.
            for fault in expand(page.body.text, texts)[1]:
                if fault.endswith(("includes itself", "docs/_includes/")):
                    continue  # Told of the fragment that does it.
                yield page.problem(page.body.includes[0][1], fault, "Write the text out, or include less")
    for exercise in catalogue.exercises:
        for name, source in exercise.sources.items():
            for path, line in included(source):
                said = f"`{{!{path[:60]}!}}` would include a file when the code is shown"
                yield Problem(f"{exercise.folder}/{name}", line, said, "Write it in another way")
    for fragment in catalogue.fragments:
        for block in fragment.body.blocks:
            if block.name == "question":
                said = "a question is in a fragment, where lists and drills do not find it"
                yield fragment.problem(block.line, said, "Move it into the chapter that answers it")


def _reached(fragments: Mapping[str, Page], start: str) -> set[str]:
    seen: set[str] = set()
    work = [start]
    while work:
        src = work.pop()
        if src not in seen and src in fragments:
            seen.add(src)
            work.extend(fragment.src for fragment in _fragments_in(fragments, fragments[src]))
    return seen
