"""What the search finds: an entry for each page, section, question, term and resource, from the catalogue.

The entries become three indexes (overrides/app/core/search.ts, run by Node at build), published below data/search/ and
fetched only when a reader begins to search. Entries come from the catalogue and not from rendered pages, so that they
say what they are and no markup has to be removed twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from guide.model.catalogue import Catalogue, Chapter, Exercise, Notebook, Page
from guide.model.labels import term_anchor
from guide.model.vocabulary import AREAS, SECTIONS
from guide.publish.readable import readable
from guide.tools.cache import Cache, key_of
from guide.tools.code import hash_of_library
from guide.tools.node import Drawing, Node

# The indexes in the order in which a browser fetches them (PARTS of search.ts).
FILES = {part: f"data/search/{part}.json" for part in ("names", "titles", "text")}

_FENCE = re.compile(r"^(?P<indent>[ >]*)(?P<marks>`{3,}|~{3,}).*?^(?P=indent)(?P=marks)\s*$", re.DOTALL | re.MULTILINE)
# What is neither markup nor words: code as it is typed, formulas as they are read.
_CODE = r"(?<!`)(?P<ticks>`+)(?P<code>[^`](?:.*?[^`])??)(?P=ticks)(?!`)"
_FORMULA = r"\$\$(?P<block>.+?)\$\$|(?<![\\$])\$(?P<inline>[^\s$](?:(?:\\\$|[^$])*?[^\s$\\])?)\$"
_LITERAL = re.compile(f"{_CODE}|{_FORMULA}", re.DOTALL)
_MARKUP: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^\s*/{3,}.*$|^ {4}(?:id|kind|level|rounds|phrasing|aliases):.*$", re.MULTILINE), " "),
    (re.compile(r"^\[\[listing .*?\]\]$|\{!.*?!\}|^\[\^[^\]]+\]:|\[\^[^\]]+\]", re.MULTILINE), " "),
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"^#+\s.*$", re.MULTILINE), " "),
    (re.compile(r"[*_`]+|\$(?!\d)"), ""),
    (re.compile(r"[|\\{}^~]+|^\s*(?:[-+>]|\d+\.)\s", re.MULTILINE), " "),
)
# A row of a table, which is read as a sentence.
_ROW = re.compile(r"^[ >]*\|(?P<cells>.*)\|[ ]*$", re.MULTILINE)
# Stands for something literal while markup is removed: a sign that no text holds, around its number.
_HELD = re.compile("\ue000(\\d+)\ue001")


def plain(markdown: str) -> str:
    """Return the words of a piece of Markdown: no blocks of code, no markup, no headings, one line.

    A row of a table becomes a sentence: `| batch norm | vision | its batches |` → “batch norm: vision; its batches.”
    """
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        formula = match["block"] or match["inline"]
        held.append(match["code"] if formula is None else readable(formula))
        return f"\ue000{len(held) - 1}\ue001"

    text = _ROW.sub(_sentence, _LITERAL.sub(hold, _FENCE.sub(" ", markdown)))
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    text = _HELD.sub(lambda match: held[int(match[1])], text)
    return re.sub(r" (?=[,.;:?!](?:\s|$))", "", " ".join(text.split()))


def _sentence(row: re.Match[str]) -> str:
    """Return a row of a table as a sentence; the rule below its head says nothing."""
    cells = [cell.strip().rstrip(".;:") for cell in re.split(r"(?<!\\)\|", row["cells"])]
    said = [cell for cell in cells if cell.strip("-: ")]
    if not said:
        return ""
    first, *others = said
    colon = "" if first.endswith("?") else ":"
    return f"{first}{colon} {'; '.join(others)}." if others else f"{first}."


def entries(catalogue: Catalogue, cache_directory: Path) -> list[dict[str, Any]]:
    """Return every entry, numbered in the order of the catalogue, with the keys of `Entry` in search.ts."""
    pages = {page.id: page for page in catalogue.pages}
    cache = Cache(cache_directory, "search-entries", hash_of_library())
    # A page that has not changed is not read again.
    keys = {name: _key(page) for name, page in pages.items()}
    parts = cache.filled(keys, lambda ids: ([*_sections(pages[name]), *_questions(pages[name])] for name in ids))
    return [{"id": number, **entry} for number, entry in enumerate(_entries(catalogue, parts))]


def indexes(catalogue: Catalogue, node: Node, cache_directory: Path) -> dict[str, str]:
    """Return the published files, by their path in the site. Raises RuntimeError when the index cannot be made."""
    source = json.dumps(entries(catalogue, cache_directory), ensure_ascii=False, sort_keys=True)
    (answer,) = node.draw("search", [Drawing(source)])
    if answer.error:
        raise RuntimeError(f"the search index cannot be made: {answer.error}")
    made = json.loads(answer.html)
    return {
        name: json.dumps(made[part], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        for part, name in FILES.items()
    }


def _entry(url: str, kind: str, title: str, *, page: str = "", keywords: str = "", text: str = "") -> dict[str, Any]:
    names = {"url": url, "kind": kind, "title": plain(title), "page": page}
    return {**names, "keywords": keywords.strip(), "text": text}


def _key(page: Page) -> str:
    """Return a hash of all that is read of a page for its sections and questions."""
    cells = [(cell.kind, cell.source) for cell in page.cells] if isinstance(page, Notebook) else []
    asked = [(each.slug, each.title, each.short, each.full) for each in page.questions]
    return key_of(
        page.kind, page.url, page.title, page.body.text, repr((page.body.line, page.body.headings, asked, cells))
    )


def _entries(catalogue: Catalogue, parts: Mapping[str, list[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    names_of: dict[str, list[str]] = {}
    for term in catalogue.glossary:
        if term.page:
            names_of.setdefault(term.page, []).extend([term.term, *term.aliases])
    for page in catalogue.pages:
        if page.template == "404.html":
            continue
        area = AREAS.get(page.area, "") if isinstance(page, Chapter) else ""
        # A round is a kind of interview, whatever its title says.
        kind = "interview" if page.kind == "round" else ""
        other_names = " ".join([area, kind, page.summary, *names_of.get(page.id, [])])
        yield _entry(page.url, page.kind, page.title, keywords=other_names, text=page.summary)
        yield from parts[page.id]
    urls = {page.id: page.url for page in catalogue.pages}
    for term in catalogue.glossary:
        names = " ".join(term.aliases)
        leads = {"leads": urls[term.page]} if term.page in urls else {}
        yield {"aliases": list(term.aliases), **leads} | _entry(
            f"glossary/#{term_anchor(term.term)}",
            "term",
            term.term,
            page="Glossary",
            keywords=names,
            text=term.definition,
        )
    for resource in catalogue.resources:
        text = f"{resource.author}. {resource.good_for}"
        yield _entry(f"resources/#{resource.id}", "resource", resource.title, page="Resources", text=text)


def _questions(page: Page) -> Iterator[dict[str, Any]]:
    for question in page.questions:
        url = f"{page.url}#{question.slug}"
        text = f"{plain(question.short)} {plain(question.full)}"
        yield _entry(url, "question", question.title, page=page.title, text=text)


def _sections(page: Page) -> Iterator[dict[str, Any]]:
    if isinstance(page, Notebook):
        prose = "\n\n".join(cell.source for cell in page.cells if cell.kind == "markdown")
        # Its title is an entry already; this adds what the text says.
        yield _entry(page.url, page.kind, page.title, text=plain(prose)) | {"generic": True}
        return
    lines = page.body.text.split("\n")
    headings = [heading for heading in page.body.headings if heading.level in (2, 3)]
    for index, heading in enumerate(headings):
        start = heading.line - page.body.line + 1
        end = headings[index + 1].line - page.body.line if index + 1 < len(headings) else len(lines)
        own = "\n".join(lines[start:end])
        if heading.text in ("Questions", "Sources"):
            continue  # Questions have entries of their own; nobody looks for a list of sources.
        if isinstance(page, Exercise) and heading.text in ("Solution", "Hints"):
            continue  # A search must not give a solution away.
        entry = _entry(f"{page.url}#{heading.anchor}", "section", heading.text, page=page.title, text=plain(own))
        yield entry | ({"generic": True} if heading.text in SECTIONS.get(page.kind, ()) else {})
