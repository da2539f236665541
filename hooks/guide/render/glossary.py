"""Glossary terms → tooltips wherever a page uses them, as a Python-Markdown extension.

A term is marked at its first use in a section, and in a question once more, since a question is read alone; never in
headings, tables, sources, links, code, formulas or the titles of questions: there it would disturb what the reader came
for. All forms of all terms are one compiled expression, made of
a tree of their letters, so that a page costs the same however long the glossary grows. The longest form wins
(`precision-recall curve` before `precision`). Words are found in any case; forms with a capital or a digit beyond their
first letter (AUC, k-NN, F1 score) only as they are written, so that `RAG` does not turn up in rags. Plurals are found
without being listed.

A page that defines terms (the glossary itself, whose entries have the class `tl-term`) is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from guide.model.catalogue import GlossaryTerm
from guide.model.labels import plural, term_anchor

_SKIPPED_TAGS: Final = frozenset(
    {"a", "abbr", "button", "code", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "label", "math", "pre", "samp"}
    | {"script", "style", "summary", "svg", "table", "textarea"}
)
_SKIPPED_CLASSES: Final = frozenset(
    {
        "admonition-title",
        "arithmatex",
        "tl-heading",
        "tl-kind",
        "tl-problem",
        "tl-rubric__title",
        "tl-speaker",
        "tl-tags",
    }
    | {"tl-transcript__title"}
)
# Where a term may be marked anew, and the section in which none is.
_ALONE: Final = "tl-question"
_SOURCES: Final = "Sources"


class Glossary:
    """All forms of all terms, ready to be found in text."""

    def __init__(self, terms: Iterable[GlossaryTerm]) -> None:
        """Compile the terms; where two claim the same form, the first keeps it."""
        self._exact: dict[str, GlossaryTerm] = {}
        self._folded: dict[str, GlossaryTerm] = {}
        tree: dict[str, Any] = {}
        listed = [(form, term) for term in terms for form in (term.term, *term.aliases)]
        # What is listed goes before plurals that are made up.
        made = [(form, term) for form, term in listed] + [(plural(form), term) for form, term in listed]
        for form, term in made:
            key = " ".join(form.split())
            if len(key) < 2:
                continue
            (self._exact if _is_exact(key) else self._folded).setdefault(key if _is_exact(key) else key.lower(), term)
            node = tree
            for letter in key.lower():
                node = node.setdefault(letter, {})
            node[""] = {}
        self._pattern = re.compile(rf"(?<!\w)(?<!\w-){_expression(tree)}(?!-?\w)") if tree else None

    def find(self, text: str) -> Iterator[tuple[int, int, GlossaryTerm]]:
        """Yield where terms stand in a text: start, end and the term."""
        if self._pattern is None:
            return
        lower = text.lower()
        if len(lower) != len(text):  # a few letters grow when they are made small
            lower = text
        for match in self._pattern.finditer(lower):
            written = " ".join(text[match.start() : match.end()].split())
            term = self._exact.get(written) or self._folded.get(written.lower())
            if term is not None:
                yield match.start(), match.end(), term


def _is_exact(form: str) -> bool:
    """Tell whether the case of a form matters."""
    return any(letter.isupper() or letter.isdigit() for letter in form[1:]) or form[0].isdigit()


def _expression(tree: dict[str, Any]) -> str:
    """Return an expression that matches the longest form in the tree."""
    branches = []
    for letter in sorted(key for key in tree if key):
        said = r"\s+" if letter == " " else re.escape(letter)
        branches.append(said + _expression(tree[letter]))
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{joined})?" if "" in tree else joined


@lru_cache(maxsize=2)
def compiled(terms: tuple[GlossaryTerm, ...]) -> Glossary:
    """Return the glossary of these terms, compiled once for all pages."""
    return Glossary(terms)


class _Tooltips(Treeprocessor):
    """Mark the terms of a page."""

    def __init__(self, md: Markdown, glossary: Glossary) -> None:
        super().__init__(md)
        self.glossary = glossary

    def run(self, root: Element) -> None:
        """Walk the page, unless it defines terms itself."""
        if any("tl-term" in element.get("class", "").split() for element in root.iter("dt")):
            return
        seen: set[str] = set()
        sources = False
        for child in root:
            if child.tag == "h2":
                seen, sources = set(), "".join(child.itertext()).strip() == _SOURCES
            elif not sources and not self.skips(child):
                self.walk(child, seen)

    def walk(self, element: Element, seen: set[str]) -> None:
        """Mark the terms in an element that were not yet seen in the section around it."""
        if _ALONE in (element.get("class") or "").split():
            seen = set()
        position = 0
        position += self.mark(element, position, element.text, seen, None)
        for child in list(element)[position:]:
            position += 1
            if not self.skips(child):
                self.walk(child, seen)
            position += self.mark(element, position, child.tail, seen, child)

    def skips(self, element: Element) -> bool:
        """Tell whether nothing is marked inside an element."""
        if not isinstance(element.tag, str) or element.tag in _SKIPPED_TAGS:
            return True
        classes = element.get("class")
        return classes is not None and not _SKIPPED_CLASSES.isdisjoint(classes.split())

    def mark(self, parent: Element, position: int, text: str | None, seen: set[str], before: Element | None) -> int:
        """Replace new terms in a text by elements; return how many were put into the parent at the position."""
        if not text or isinstance(text, AtomicString) or not text.strip():
            return 0
        end = 0
        count = 0
        for start, stop, term in self.glossary.find(text):
            if term.term in seen:
                continue
            seen.add(term.term)
            between = text[end:start]
            if before is None:
                parent.text = between
            else:
                before.tail = between
            before = Element("abbr", {"title": term.definition, "data-term": term_anchor(term.term)})
            before.text = text[start:stop]
            parent.insert(position + count, before)
            count += 1
            end = stop
        if count and before is not None:
            before.tail = text[end:]
        return count


class Tooltips(Extension):
    """The extension: `terms` are the GlossaryTerm entries of docs/glossary.yml."""

    def __init__(self, **kwargs: Any) -> None:
        """Declare the option."""
        self.config: dict[str, list[Any]] = {"terms": [(), "The entries of the glossary."]}
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the interface of Python-Markdown)
        """Register the treeprocessor after attribute lists (8) and abbreviations (7)."""
        terms = tuple(self.getConfig("terms"))
        if terms:
            md.treeprocessors.register(_Tooltips(md, compiled(terms)), "tl-glossary", 6.2)
