"""The code blocks of pages: run in page order, and their printed output compared with what the page shows.

Every ```` ```python ```` fence of a page runs in one namespace for the page; what it prints must stand in the
```` ```output ```` fence that follows it. The same functions check (in the tests) and rewrite (`python -m guide
run-code PAGE --fix`): a writer never types an output by hand, and a number on a page is always a computed one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Final

from guide.model.catalogue import Catalogue, Page
from guide.model.problems import Problem
from guide.read.fences import no_output
from guide.run.runner import Job, Outcome, Runner
from guide.tools.cache import Cache, hash_of_files

# A page shall run in under five seconds; this is where a runaway one is stopped, on the slowest machine.
PAGE_LIMIT: Final = 60.0
REWRITE: Final = "Run `.venv/bin/python -m guide run-code {} --fix`"


@dataclass(frozen=True)
class Run:
    """What came of the code of a page: the text that each fence printed, and why it stopped early, if it did.

    `fault` is the line within the page and the message.
    """

    printed: tuple[str, ...]
    fault: tuple[int, str] | None = None


def pages_with_code(catalogue: Catalogue, *languages: str) -> list[Page]:
    """Return the Markdown pages and fragments that hold a fence in one of these languages (by default, Python)."""
    wanted = set(languages or ("python", "output"))
    texts = [page for page in (*catalogue.pages, *catalogue.fragments) if page.path.endswith(".md")]
    return [page for page in texts if any(fence.lang in wanted for fence in page.body.fences)]


def run_pages(pages: Sequence[Page], root: Path, runner: Runner, cache: Cache) -> list[Run]:
    """Run the python fences of each page. A page that ran without a fault is not run again while nothing changed."""
    jobs = {page.path: _job(page, (root / page.path).parent) for page in pages if page.body.snippets()}
    outcomes = runner.run_kept(jobs, cache)
    return [_run(page, outcomes[page.path]) if page.path in outcomes else Run(()) for page in pages]


def _job(page: Page, folder: Path) -> Job:
    codes = [code.text for code, _ in page.body.snippets()]
    more = {"folder": str(folder.resolve())}
    # The code of an exercise's page may import the solution, which stands beside it.
    beside = hash_of_files(sorted(folder.glob("*.py")))
    return Job("page", codes, PAGE_LIMIT, f"the code of {page.src}", more, beside)


def _run(page: Page, outcome: Outcome) -> Run:
    lines = [code.line for code, _ in page.body.snippets()]
    if outcome.result is None:
        return Run((), (lines[0], f"the code of this page failed: {outcome.error}"))
    fault = outcome.result["fault"]
    said = None if fault is None else (lines[fault["block"]] + fault["line"], fault["message"])
    return Run(tuple(outcome.result["printed"]), said)


def compare(page: Page, run: Run) -> Iterator[Problem]:
    """Yield what does not agree between a page and what its code printed."""
    rewrite = REWRITE.format(page.path)
    for (code, output), printed in zip(page.body.snippets(), run.printed, strict=False):
        actual = printed.rstrip()
        if output is None and actual:
            said = f"this block prints, but no output fence follows it. It prints: {_quoted(actual)}"
            yield page.problem(code.line, said, rewrite)
        elif output is not None and output.text.rstrip() != actual:
            said = f"the output differs. {_difference(output.text.rstrip(), actual)}"
            yield page.problem(output.line, said, f"If the new one is right: {rewrite}")
    if run.fault is not None:
        yield Problem(page.path, *run.fault, "Correct the code; a page's blocks share one namespace")


def rewritten(text: str, page: Page, run: Run) -> str:
    """Return the text of a page's file with its outputs as printed; missing ones are added, idle ones dropped."""
    lines = text.split("\n")
    for (code, output), printed in reversed(list(zip(page.body.snippets(), run.printed, strict=False))):
        if output is not None and no_output(output.text.splitlines()) is not None:
            continue  # It was not closed, and what follows is its author's text.
        actual = printed.rstrip()
        body = [code.lead + line if line else code.lead.rstrip() for line in actual.split("\n")] if actual else []
        if output is not None and body:
            lines[output.line : output.end_line - 1] = body
        elif output is not None:
            lines[output.line - 1 : output.end_line] = []
        elif body:
            # A longer run of ticks, should the output itself hold a fence.
            ticks = "`" * max(3, max(map(len, re.findall(r"`+", actual)), default=0) + 1)
            lines[code.end_line : code.end_line] = [f"{code.lead}{ticks}output", *body, f"{code.lead}{ticks}"]
    return "\n".join(lines)


def _difference(expected: str, actual: str) -> str:
    """Say where two texts part, with both lines."""
    for number, (left, right) in enumerate(zip_longest(expected.splitlines(), actual.splitlines()), start=1):
        if left != right:
            return f"Line {number}: expected {_quoted(left)}, actual {_quoted(right)}"
    return "Only the white space at line ends differs"


def _quoted(text: str | None) -> str:
    if text is None:
        return "nothing"
    flat = text.replace("\n", " ⏎ ")
    return f"`{flat if len(flat) <= 200 else flat[:200] + ' …'}`"
