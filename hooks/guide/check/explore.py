"""The contract of figures that answer back: a known figure, once on a page, with all of its words."""

from __future__ import annotations

from collections.abc import Iterator

from guide.model.catalogue import Catalogue
from guide.model.problems import Problem
from guide.read import explore


def explorables(catalogue: Catalogue) -> Iterator[Problem]:
    """An explore fence names a figure that there is, once on its page, and says what it asks and what is to be seen."""
    for page in catalogue.texts:
        taken = {heading.anchor: f"the heading on line {heading.line}" for heading in page.body.headings}
        taken |= {question.slug: f"the question on line {question.line}" for question in page.questions}
        for fence in page.body.fences:
            if fence.lang != "explore":
                continue
            figure, faults = explore.read(fence.attrs, fence.text)
            for fault in faults:
                yield page.problem(fence.line + fault.line, fault.message, fault.fix)
            if figure.name in taken:
                said = f"the name `{figure.name}` is also that of {taken[figure.name]}"
                yield page.problem(fence.line, said, "A name is an address on its page; keep one of the two")
            taken[figure.name] = f"the figure on line {fence.line}"
