"""Words that an American engineer would not write, with what the field says, and lines too long to review or to show.

The list of words grows by what reviewers keep correcting; a word is in it only when it is wrong in nearly every
sentence. Code, formulas and the titles of sources (sections called Sources) are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guide.model.catalogue import Catalogue, Notebook, Page
from guide.model.problems import Problem

INSTEAD: Final[dict[str, str]] = {
    "for ever": "forever",
    "mended": "fixed",
    "afterwards": "afterward",
    "whilst": "while",
    "learnt": "learned",
    "colour": "color",
    "behaviour": "behavior",
    "neighbour": "neighbor",
    "neighbours": "neighbors",
    "licence": "license",
    "optimise": "optimize",
    "analyse": "analyze",
    "favourite": "favorite",
    "modelling": "modeling",
    "labelled": "labeled",
    "labelling": "labeling",
    "half as large again": "1.5×",
    "in the small hours": "at night",
    "ad showings": "impressions",
    "too dear": "too expensive",
    "are dear": "are expensive",
    "is dear": "is expensive",
}
_WORD: Final = re.compile(rf"\b(?:{'|'.join(map(re.escape, INSTEAD))})\b", re.IGNORECASE)
_PERCENT: Final = re.compile(r"\d (?=%)")
# A reviewer compares lines. What cannot be broken may be longer: heads of blocks, rows of
# tables, formulas, notes, addresses.
_LONGEST: Final = 120
# A page shows so many columns of code beside its contents; longer lines would have to be scrolled.
_COLUMNS: Final = 72
_WHOLE: Final = re.compile(r"\s*(?:/{3}|\||\$\$|#|\[\^)|.*https?://")
_CODE: Final = re.compile(r"`[^`\n]*`|\$[^$\n]*\$|\]\([^)\n]*\)|https?://\S+")


def wording(catalogue: Catalogue) -> Iterator[Problem]:
    """Pages, notebooks and the glossary use American words, write `24%` and break their lines."""
    for page in catalogue.pages:
        lines = list(prose(page))
        # Few pages hold any of it, and looking at each line takes time.
        whole = "\n".join(text for _, text in lines).lower()
        suspect = _PERCENT.search(whole) or any(word in whole for word in INSTEAD)
        for line, text in lines:
            if suspect and (_WORD.search(text) or _PERCENT.search(text)):
                yield from _faults(page.path, line, text)
            if len(text) > _LONGEST and not isinstance(page, Notebook) and not _WHOLE.match(text):
                yield _too_long(page.path, line, len(text), _LONGEST)
        for line, text in _python(page):
            if len(text) > _COLUMNS and not text.startswith("# alt:"):
                yield _too_long(page.path, line, len(text), _COLUMNS)
    for term in catalogue.glossary:
        origin = catalogue.origin(f"term:{term.term}")
        yield from _faults(origin.path, origin.lines.get("definition", origin.line), term.definition)


def _too_long(path: str, line: int, length: int, limit: int) -> Problem:
    return Problem(path, line, f"the line has {length} characters", f"Break it before {limit + 1}")


def _faults(path: str, line: int, text: str) -> Iterator[Problem]:
    shown = _CODE.sub("", text)
    for match in _WORD.finditer(shown):
        said = f"“{match[0]}” is not how an American engineer writes it"
        yield Problem(path, line, said, f"Write “{INSTEAD[match[0].lower()]}”")
    if _PERCENT.search(shown):
        yield Problem(path, line, "there is a space before a percent sign", "Write `24%`")


def prose(page: Page) -> Iterator[tuple[int, str]]:
    """Yield the lines of a page that are prose, with their numbers."""
    if isinstance(page, Notebook):
        cells = (cell for cell in page.cells if cell.kind == "markdown")
        yield from ((cell.line, text) for cell in cells for text in cell.source.split("\n"))
        return
    code = {
        number for fence in page.body.fences for number in range(fence.line, fence.line + fence.text.count("\n") + 3)
    }
    sources = False
    for number, text in enumerate(page.body.text.split("\n"), start=page.body.line):
        if text.startswith("## "):
            sources = text.strip() == "## Sources"
        if not sources and number not in code:
            yield number, text


def _python(page: Page) -> Iterator[tuple[int, str]]:
    """Yield the lines of Python that a page shows; those of a notebook's cell have the number of the cell."""
    if isinstance(page, Notebook):
        yield from ((cell.line, text) for cell in page.cells if cell.kind == "code" for text in cell.source.split("\n"))
        return
    for fence in page.body.fences:
        if fence.lang == "python":
            yield from enumerate(fence.text.split("\n"), start=fence.line + 1)
