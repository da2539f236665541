"""The code blocks of pages: found, run in page order, and their printed output compared with what the page shows.

Every ```` ```python ```` fence of a page runs in one namespace for the page; what it prints must stand in the
```` ```output ```` fence that follows it. The same functions check (in the tests) and mend (`python -m guide
run-code PAGE --fix`): a writer never types an output by hand, and a number on a page is always a computed one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from guide.model.problems import Problem
from guide.run.runner import Job, Runner, fingerprint, why
from guide.tools.cache import Cache, hash_of_files, key_of

# A page shall run in under five seconds; this is where a runaway one is stopped, on the slowest machine.
PAGE_LIMIT: Final = 60.0
MEND: Final = "Run `.venv/bin/python -m guide run-code {} --fix`"

_OPENING: Final = re.compile(r"^(?P<indent>[ \t]*)(?P<ticks>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)$")


@dataclass(frozen=True)
class Fence:
    """One fenced block: `line` is that of its opening, `last` that of its closing, both counted from 1."""

    language: str
    info: str
    body: str
    line: int
    last: int
    indent: str


@dataclass(frozen=True)
class Example:
    """A python fence with the output fence that follows it, if one does before the next python fence."""

    code: Fence
    output: Fence | None


@dataclass(frozen=True)
class Run:
    """What came of the examples of a page: the text that each printed, and why it stopped early, if it did.

    `fault` is the line within the page and the message.
    """

    printed: tuple[str, ...]
    fault: tuple[int, str] | None = None


def fences(text: str) -> list[Fence]:
    """Return the fenced blocks of a Markdown text, outermost only: what stands inside a fence is its body."""
    lines = text.splitlines()
    found: list[Fence] = []
    number = 0
    while number < len(lines):
        opening = _OPENING.match(lines[number])
        if opening is None:
            number += 1
            continue
        ticks, info = opening["ticks"], opening["info"].strip()
        closing = re.compile(rf"^[ \t]*{re.escape(ticks[0])}{{{len(ticks)},}}[ \t]*$")
        end = next((n for n in range(number + 1, len(lines)) if closing.match(lines[n])), len(lines))
        # Only the fence's own indent goes: an output may start with blanks that belong to it.
        indent = re.compile(rf"^[ \t]{{0,{len(opening['indent'])}}}")
        body = "\n".join(indent.sub("", line) for line in lines[number + 1 : end])
        found.append(Fence(_language(info), info, body, number + 1, end + 1, opening["indent"]))
        number = end + 1
    return found


def _language(info: str) -> str:
    """Return the language of a fence: the first word, or the first class of `{ .python … }`."""
    word = re.match(r"\{?\s*\.?(?P<language>[\w+-]+)", info)
    return word["language"].lower() if word else ""


def examples(text: str) -> list[Example]:
    """Return the python fences of a page, each with its output fence."""
    wanted = [fence for fence in fences(text) if fence.language in ("python", "output")]
    return [
        Example(fence, after if after is not None and after.language == "output" else None)
        for fence, after in zip(wanted, [*wanted[1:], None], strict=False)
        if fence.language == "python"
    ]


def strays(text: str) -> list[Fence]:
    """Return the output fences that no python fence stands before."""
    wanted = [fence for fence in fences(text) if fence.language in ("python", "output")]
    return [
        fence
        for fence, earlier in zip(wanted, [None, *wanted], strict=False)
        if fence.language == "output" and (earlier is None or earlier.language != "python")
    ]


def run_pages(paths: Sequence[Path], runner: Runner, cache: Cache | None = None) -> list[Run]:
    """Run the python fences of each page. A page that ran without a fault is not run again while nothing changed."""
    sources = [[example.code for example in examples(path.read_text(encoding="utf-8"))] for path in paths]
    tools = fingerprint()
    keys = [
        key_of(tools, hash_of_files(sorted(path.parent.glob("*.py"))), *(code.body for code in codes))
        for path, codes in zip(paths, sources, strict=True)
    ]
    known = {} if cache is None else cache.get_many(keys)
    missing = [n for n, codes in enumerate(sources) if codes and keys[n] not in known]
    jobs = []
    for n in missing:
        content = {"blocks": [code.body for code in sources[n]], "folder": str(paths[n].parent.resolve())}
        jobs.append(Job("page", content, PAGE_LIMIT, f"the code of {paths[n].parent.name}/{paths[n].name}"))
    outcomes = runner.run(jobs)
    runs = [Run(tuple(json.loads(known[key])) if key in known else ()) for key in keys]
    fresh: dict[str, bytes] = {}
    for n, outcome in zip(missing, outcomes, strict=True):
        if outcome.result is None:
            message = f"the code of this page did not end well: {why(outcome, PAGE_LIMIT)}"
            runs[n] = Run((), (sources[n][0].line, message))
            continue
        printed, fault = tuple(outcome.result["printed"]), outcome.result["fault"]
        if fault is None:
            fresh[keys[n]] = json.dumps(printed).encode()
            runs[n] = Run(printed)
        else:
            runs[n] = Run(printed, (sources[n][fault["block"]].line + fault["line"], fault["message"]))
    if cache is not None:
        cache.put_many(fresh)
    return runs


def compare(path: str, text: str, run: Run) -> list[Problem]:
    """Return what does not agree between a page and what its code printed."""
    problems = [
        Problem(path, stray.line, "this output fence follows no python fence", "Put it behind the code that prints it")
        for stray in strays(text)
    ]
    for example, printed in zip(examples(text), run.printed, strict=False):
        actual = printed.rstrip()
        if example.output is None:
            if actual:
                problems.append(
                    Problem(
                        path,
                        example.code.line,
                        f"this block prints, but no output fence follows it. It prints: {_quoted(actual)}",
                        MEND.format(path),
                    )
                )
        elif example.output.body.rstrip() != actual:
            problems.append(
                Problem(
                    path,
                    example.output.line,
                    f"the output differs. {_difference(example.output.body.rstrip(), actual)}",
                    "If the new one is right: " + MEND.format(path),
                )
            )
    if run.fault is not None:
        problems.append(Problem(path, run.fault[0], run.fault[1], "Mend the code; a page's blocks share one namespace"))
    return problems


def _difference(expected: str, actual: str) -> str:
    """Say where two texts part, with both lines."""
    old, new = expected.splitlines(), actual.splitlines()
    for number in range(max(len(old), len(new))):
        left = old[number] if number < len(old) else None
        right = new[number] if number < len(new) else None
        if left != right:
            return f"Line {number + 1}: expected {_quoted(left)}, actual {_quoted(right)}"
    return "Only the white space at line ends differs"


def _quoted(text: str | None) -> str:
    if text is None:
        return "nothing"
    flat = text.replace("\n", " ⏎ ")
    return f"`{flat if len(flat) <= 200 else flat[:200] + ' …'}`"


def mend(text: str, run: Run) -> str:
    """Return a page with its output fences rewritten to what was printed; missing ones are added, idle ones dropped."""
    lines = text.split("\n")
    for example, printed in reversed(list(zip(examples(text), run.printed, strict=False))):
        code, output, actual = example.code, example.output, printed.rstrip()
        body = [code.indent + line if line else "" for line in actual.split("\n")] if actual else []
        if output is not None and body:
            lines[output.line : output.last - 1] = body
        elif output is not None:
            lines[output.line - 1 : output.last] = []
        elif body:
            # A longer run of ticks, should the output itself hold a fence.
            ticks = "`" * max(3, max(map(len, re.findall(r"`+", actual)), default=0) + 1)
            lines[code.last : code.last] = [f"{code.indent}{ticks}output", *body, f"{code.indent}{ticks}"]
    return "\n".join(lines)


def pages_with_code(root: Path, languages: Collection[str] = ("python", "output")) -> list[Path]:
    """Return the Markdown files below docs/ (fragments among them) that hold a fence in one of these languages."""
    return [
        path
        for path in sorted((root / "docs").rglob("*.md"))
        if any(fence.language in languages for fence in fences(path.read_text(encoding="utf-8", errors="replace")))
    ]


def check_pages(paths: Iterable[Path], root: Path, runner: Runner, cache: Cache | None = None) -> list[Problem]:
    """Run pages and return everything that does not agree."""
    chosen = list(paths)
    runs = run_pages(chosen, runner, cache)
    return [
        problem
        for path, run in zip(chosen, runs, strict=True)
        for problem in compare(shown(path, root), path.read_text(encoding="utf-8"), run)
    ]


def shown(path: Path, root: Path) -> str:
    """Return a path as reports show it: relative to the repository."""
    absolute = path.resolve()
    return absolute.relative_to(root.resolve()).as_posix() if absolute.is_relative_to(root.resolve()) else str(path)
