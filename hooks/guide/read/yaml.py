"""YAML → Python values with the line of every key, and Problems in plain words.

YAML is read with the safe C loader, through its node tree, because that is where the line numbers are. Things that are
legal YAML and never wanted here are refused: a key written twice (the last would win in silence) and anchors with
aliases (a few lines of them can stand for gigabytes).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import yaml

from guide.model.problems import FileProblems, Problem

try:  # The C loader is about ten times as fast; PyYAML is installed without it on a few platforms.
    from yaml import CSafeLoader as _Loader
except ImportError:  # pragma: no cover
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

Path = tuple[str | int, ...]

# How deep the lines of values are remembered: entry, key, list inside it.
_DEPTH: Final = 4
_MAX_DEPTH: Final = 20
_TOO_DEEP: Final = ("the YAML is nested too deeply", "Write it flat")
_CONTROLS: Final = ("the YAML holds a control character", "Delete it and type the text again")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Yaml:
    """A YAML text as Python values; `lines` gives the line of every key and list entry by its path."""

    value: Any = None
    lines: Mapping[Path, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    path: str = ""

    def line(self, *path: str | int, default: int = 1) -> int:
        """Return the line of the value at this path, or of the nearest thing around it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return self.lines.get((), default)


def read_yaml(text: str, first_line: int = 1, path: str = "") -> Yaml:
    """Read one YAML document of a file. Whatever is wrong with it becomes Problems; nothing is raised."""
    problems = FileProblems(path)
    lines: dict[Path, int] = {(): first_line}
    value = None
    try:
        value = _value(text, first_line, lines, problems)
    except yaml.YAMLError as error:
        _explain(error, text, first_line, problems)
    except RecursionError:
        problems.add(first_line, *_TOO_DEEP)
    except (ValueError, TypeError, OverflowError, AttributeError, KeyError, IndexError) as error:
        # A date such as 2026-13-45 or a number of ten thousand digits fails in Python, below the loader.
        line = _line_of_bad_value(text) + first_line - 1
        reason = str(error).split(";")[0][:80]
        problems.add(line, f"a value cannot be read ({reason})", "Write dates as YYYY-MM-DD")
    return Yaml(value, lines, tuple(problems), path)


def _value(text: str, first: int, lines: dict[Path, int], problems: FileProblems) -> Any:
    """Return the value of a document, unless there is a problem with it."""
    loader = _Loader(text)
    try:
        if (deep := _too_deep(text)) is not None:
            problems.add(deep + first, *_TOO_DEEP)
            return None
        node = loader.get_single_node()
        if node is not None:
            _walk(node, (), first, lines, problems, set())
        return None if node is None or problems else loader.construct_document(node)
    finally:
        loader.dispose()


def _too_deep(text: str) -> int | None:
    """Return the line, counted from 0, on which the YAML is nested deeper than anything that is meant, if it is.

    The C loader composes recursively and would overflow the stack of the process, which no exception reports. Its
    events come one by one. They are looked at only when there are enough signs for nesting that deep.
    """
    if sum(text.count(sign) for sign in "[{-?:") < 300:
        return None
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _MAX_DEPTH + 1:
                return event.start_mark.line if event.start_mark is not None else 0
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def _walk(
    node: yaml.Node, path: Path, first: int, lines: dict[Path, int], problems: FileProblems, seen: set[int]
) -> None:
    """Remember the line of every key, and refuse repeated keys, aliases and needless depth."""
    line = node.start_mark.line + first
    if id(node) in seen:
        problems.add(line, "the YAML uses an anchor and an alias (`&`, `*`)", "Write the value out each time")
        return
    seen.add(id(node))
    if len(path) > _MAX_DEPTH:
        problems.add(line, *_TOO_DEEP)
        return
    if len(path) <= _DEPTH:
        lines.setdefault(path, line)
    if isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            at = key.start_mark.line + first
            if not isinstance(key, yaml.ScalarNode):
                problems.add(at, "a key must be a plain word", "Write `key: value`")
                continue
            name = str(key.value)
            if name in keys:
                problems.add(at, f"the key `{name}` is written twice", "Keep one of the two")
            keys.add(name)
            if len(path) < _DEPTH:
                lines[(*path, name)] = at
            _walk(value, (*path, name), first, lines, problems, seen)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(value, (*path, index), first, lines, problems, seen)
    elif _CONTROL.search(str(node.value)):
        # YAML's escapes can write what the file itself does not hold.
        problems.add(line, *_CONTROLS)


def _line_of_bad_value(text: str) -> int:
    """Return the line of the first value that looks like a date or number and is none."""
    for number, line in enumerate(text.split("\n"), start=1):
        match = re.search(r"(\d{4})-(\d{1,2})-(\d{1,2})", line)
        if match:
            try:
                date(int(match[1]), int(match[2]), int(match[3]))
            except ValueError:
                return number
        if len(line) > 4000:
            return number
    return 1


# What the loader says → what is wrong, and how to fix it.
_SAID: Final = (
    ("mapping values are not allowed", "a colon in this value confuses YAML", "Put the whole value into double quotes"),
    ("alias", "the YAML uses an anchor or an alias (`&`, `*`)", "Put a value with these signs into quotes"),
    ("anchor", "the YAML uses an anchor or an alias (`&`, `*`)", "Put a value with these signs into quotes"),
    (
        "could not determine a constructor",
        "YAML tags (`!…`) are not allowed",
        "Write a plain value, or put it into quotes",
    ),
    ("special characters", *_CONTROLS),
    ("control characters", *_CONTROLS),
)


def _explain(error: yaml.YAMLError, text: str, first_line: int, problems: FileProblems) -> None:
    """Tell what the loader could not read."""
    problem = str(getattr(error, "problem", "") or getattr(error, "reason", "") or error)
    mark = getattr(error, "problem_mark", None)
    if "end of stream" in problem:
        # What was opened and never closed is the mistake, not the end of the text.
        mark = getattr(error, "context_mark", None) or mark
    line = mark.line if mark is not None else text[: max(0, getattr(error, "position", 0))].count("\n")
    line = min(line, text.count("\n"))
    if "\t" in text.split("\n")[line] or "'\\t'" in problem:
        problems.add(line + first_line, "YAML does not allow tabs", "Indent with spaces")
        return
    reason = " ".join(problem.split())[:120] or "it is not valid"
    unknown = (f"the YAML cannot be read ({reason})", "Write `key: value`, one on each line")
    problems.add(line + first_line, *next((told for sign, *told in _SAID if sign in problem), unknown))
