"""The contracts of files: which may stand in docs/, and what a picture may hold."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Final

from guide.model.catalogue import Catalogue
from guide.model.problems import Problem
from guide.read.svg import svg_problems

# Everything else is refused: what a browser makes of an ending is decided by servers, and they do not agree.
_FILES: Final = frozenset({".md", ".yml", ".py", ".csv", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"})
_NAMED_FILES: Final = frozenset({"robots.txt"})
# Data and code are read at these places alone; elsewhere a file would lie unread, and its author would not know.
_READ = re.compile(
    r"(?:.*/)?\.nav\.yml|(?:glossary|banks)\.yml|rounds/rounds\.yml|plan/(?:allocation|postings)\.yml|resources/.+\.yml"
    r"|practice/choices/[^/]+\.yml"
    r"|practice/coding/[^/]+/(?:mutants\.yml|(?:solution|torch_solution|checks|broken)\.py)"
)

_WHAT_IS_READ: Final = (
    "What is read: glossary.yml, banks.yml, rounds/rounds.yml, plan/allocation.yml, plan/postings.yml,"
    " resources/*.yml, practice/choices/*.yml, and in the folder of an exercise mutants.yml, solution.py,"
    " checks.py, broken.py and torch_solution.py"
)


def file_kinds(catalogue: Catalogue) -> Iterator[Problem]:
    """docs/ holds pages, their data and pictures, notebooks/ holds notebooks: nothing that a browser might run."""
    for src in sorted(catalogue.files - _NAMED_FILES):
        ending = posixpath.splitext(src)[1] or posixpath.basename(src)
        path = f"docs/{src}"
        if ending == ".ipynb" or _READ.fullmatch(src):
            continue  # `load` says where a notebook may stand.
        if ending in (".yml", ".py"):
            yield Problem(path, 1, "nothing reads this file", _WHAT_IS_READ)
        elif ending in _FILES:
            continue
        elif ending.lower() in _FILES:
            said = f"the ending `{ending}` is in capitals"
            yield Problem(path, 1, said, f"Rename the file so that it ends in `{ending.lower()}`")
        else:
            said = f"a file of kind `{ending}` does not belong in the content"
            yield Problem(path, 1, said, f"What may: {', '.join(sorted(_FILES))}; write pages in Markdown")


def drawings(catalogue: Catalogue) -> Iterator[Problem]:
    """SVG images draw and nothing else: no script, no foreign content, no handlers, nothing from elsewhere."""
    for asset in catalogue.assets:
        yield from svg_problems(asset.text, asset.path)
