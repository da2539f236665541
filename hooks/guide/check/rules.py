"""The contracts of the guide, one function a rule.

A rule takes the catalogue and yields Problems; it never stops at the first, never raises, and knows nothing of the
other rules. What a file's syntax got wrong was already reported by `load`; rules are about what the content says. To
add one, write a function with a docstring that says what it demands, and name it in RULES.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from guide.check import blocks, data, exercises, files, links, notebooks, references, sections, twists, wording
from guide.model.catalogue import Catalogue
from guide.model.problems import Problem, ordered

RULES: Final[tuple[Callable[[Catalogue], Iterable[Problem]], ...]] = (
    sections.sections,
    sections.minimums,
    sections.minutes,
    sections.dates,
    blocks.questions,
    blocks.blocks,
    blocks.pictures,
    blocks.explorables,
    blocks.gaps,
    references.unique_ids,
    references.references,
    references.cycles,
    links.links,
    links.includes,
    files.file_kinds,
    files.drawings,
    exercises.exercises,
    exercises.pages,
    notebooks.notebooks,
    data.glossary,
    data.coverage,
    data.banks,
    data.allocation,
    data.activities,
    data.weights,
    data.choices,
    twists.twists,
    wording.wording,
)


def check(catalogue: Catalogue) -> list[Problem]:
    """Run every rule and return all Problems, in the order of their places."""
    return ordered(problem for rule in RULES for problem in rule(catalogue))
