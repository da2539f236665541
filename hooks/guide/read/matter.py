"""What an author wrote in YAML → valid values, and Problems in plain words with the line of the key.

YAML is read with the safe C loader, through its node tree, because that is where the line numbers are. Things that are
legal YAML and never wanted here are refused: a key written twice (the last would win in silence) and anchors with
aliases (a few lines of them can stand for gigabytes).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, TypeVar

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from guide.model.catalogue import PAGE_ID, SLUG, Noun, Slip
from guide.model.problems import suggestion

try:  # The C loader is about ten times as fast; PyYAML is installed without it on a few platforms.
    from yaml import CSafeLoader as _Loader
except ImportError:  # pragma: no cover
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

Path = tuple[str | int, ...]
Model = TypeVar("Model", bound=Noun)

# How deep the lines of values are remembered: entry, key, list inside it.
_DEPTH: Final = 4
_MAX_DEPTH: Final = 20
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Yaml:
    """A YAML text as Python values; `lines` gives the line of every key and list entry by its path."""

    value: Any = None
    lines: Mapping[Path, int] = field(default_factory=dict)
    slips: tuple[Slip, ...] = ()

    def line(self, *path: str | int, default: int = 1) -> int:
        """Return the line of the value at this path, or of the nearest thing around it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return self.lines.get((), default)


def read_yaml(text: str, first_line: int = 1) -> Yaml:
    """Read one YAML document. Whatever is wrong with it becomes slips; nothing is raised."""
    try:
        loader = _Loader(text)
    except (yaml.YAMLError, ValueError) as error:
        return Yaml(slips=(_yaml_slip(error, text, first_line),))
    try:
        if (deep := _too_deep(text)) is not None:
            return Yaml(slips=(Slip(deep + first_line, "the YAML is nested too deeply", "Write it flat"),))
        node = loader.get_single_node()
        if node is None:
            return Yaml(lines={(): first_line})
        lines: dict[Path, int] = {}
        slips: list[Slip] = []
        _walk(node, (), first_line, lines, slips, set())
        if slips:
            return Yaml(lines=lines, slips=tuple(slips))
        return Yaml(loader.construct_document(node), lines)
    except yaml.YAMLError as error:
        return Yaml(slips=(_yaml_slip(error, text, first_line),))
    except RecursionError:
        return Yaml(slips=(Slip(first_line, "the YAML is nested too deeply", "Write it flat"),))
    except (ValueError, TypeError, OverflowError, AttributeError, KeyError, IndexError) as error:
        # A date such as 2026-13-45 or a number of ten thousand digits fails in Python, below the loader.
        line = _line_of_bad_value(text) + first_line - 1
        reason = str(error).split(";")[0][:80]
        return Yaml(slips=(Slip(line, f"a value cannot be read ({reason})", "Write dates as YYYY-MM-DD"),))
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


def _walk(node: yaml.Node, path: Path, first: int, lines: dict[Path, int], slips: list[Slip], seen: set[int]) -> None:
    """Remember the line of every key, and refuse repeated keys, aliases and needless depth."""
    line = node.start_mark.line + first
    if id(node) in seen:
        slips.append(Slip(line, "the YAML uses an anchor and an alias (`&`, `*`)", "Write the value out each time"))
        return
    seen.add(id(node))
    if len(path) > _MAX_DEPTH:
        slips.append(Slip(line, "the YAML is nested too deeply", "Write it flat"))
        return
    if len(path) <= _DEPTH:
        lines.setdefault(path, line)
    if isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            at = key.start_mark.line + first
            if not isinstance(key, yaml.ScalarNode):
                slips.append(Slip(at, "a key must be a plain word", "Write `key: value`"))
                continue
            name = str(key.value)
            if name in keys:
                slips.append(Slip(at, f"the key `{name}` is written twice", "Keep one of the two"))
            keys.add(name)
            if len(path) < _DEPTH:
                lines[(*path, name)] = at
            _walk(value, (*path, name), first, lines, slips, seen)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(value, (*path, index), first, lines, slips, seen)
    elif _CONTROL.search(str(node.value)):
        # YAML's escapes can write what the file itself does not hold.
        slips.append(Slip(line, "the YAML holds a control character", "Delete it and type the text again"))


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


def _yaml_slip(error: Exception, text: str, first_line: int) -> Slip:
    problem = str(getattr(error, "problem", "") or getattr(error, "reason", "") or error)
    mark = getattr(error, "problem_mark", None)
    if "end of stream" in problem:
        # What was opened and never closed is the mistake, not the end of the text.
        mark = getattr(error, "context_mark", None) or mark
    line = mark.line if mark is not None else text[: max(0, getattr(error, "position", 0))].count("\n")
    line = min(line, text.count("\n"))
    written = text.split("\n")[line]
    if "\t" in written or "'\\t'" in problem:
        return Slip(line + first_line, "YAML does not allow tabs", "Indent with spaces")
    if "mapping values are not allowed" in problem:
        return Slip(line + first_line, "a colon in this value confuses YAML", "Put the whole value into double quotes")
    if "undefined alias" in problem or "anchor" in problem:
        return Slip(
            line + first_line,
            "the YAML uses an anchor or an alias (`&`, `*`)",
            "Put a value with these signs into quotes",
        )
    if "could not determine a constructor" in problem:
        return Slip(line + first_line, "YAML tags (`!…`) are not allowed", "Write a plain value, or put it into quotes")
    if "special characters" in problem or "control characters" in problem:
        return Slip(line + first_line, "the YAML holds a control character", "Delete it and type the text again")
    reason = " ".join(problem.split())[:120] or "it is not valid"
    return Slip(line + first_line, f"the YAML cannot be read ({reason})", "Write `key: value`, one on each line")


# --- Values -------------------------------------------------------------------------------------------------------

# What a line with the key looks like, for the cure when it is missing.
EXAMPLES: Final[Mapping[str, str]] = {
    "title": "title: Logistic regression",
    "summary": "summary: One sentence, at most 160 characters, that ends with a period.",
    "rounds": "rounds: [ml-breadth, phone-screen]",
    "round": "round: ml-breadth",
    "level": "level: entry",
    "importance": "importance: core",
    "minutes": "minutes: 20",
    "prerequisites": "prerequisites: []",
    "tracks": "tracks: [general]",
    "topics": "topics: [topics/model-evaluation/bias-variance]",
    "reviewed": "reviewed: 2026-11-20",
    "id": "id: what-is-asked",
    "kind": "kind: explain",
    "url": "url: https://example.org/page",
    "cost": "cost: free",
    "hours": "hours: 12",
    "good_for": "good_for: One line.",
    "author": "author: Name of the author",
    "term": "term: Precision",
    "definition": "definition: One sentence.",
    "name": "name: ML breadth",
    "interviewer": "interviewer: An engineer of the team",
    "judged": "judged: What is written down",
    "hue": "hue: 250",
    "allocation": "allocation: breadth",
    "reported": "reported: {source: Title of the article, date: 2024}",
    "symptom": "symptom: What the reader sees go wrong",
    "replace": 'replace: "text that stands once in solution.py"',
    "with": 'with: "the broken text"',
}

# Values that pass, one for each required key: what was valid can then be kept although something else was not.
_PLACEHOLDERS: Final[Mapping[str, Any]] = {
    "title": "x",
    "summary": "A summary that passes.",
    "rounds": ["ml-breadth"],
    "round": "ml-breadth",
    "level": "entry",
    "importance": "occasional",
    "minutes": 10,
    "prerequisites": [],
    "tracks": ["general"],
    "topics": [],
    "reviewed": date(2000, 1, 1),
    "id": "x",
    "kind": "explain",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """The valid values of some matter by field name, and what is wrong with the others."""

    values: Mapping[str, Any]
    slips: tuple[Slip, ...] = ()


def check_matter(model: type[Noun], data: Mapping[str, Any], source: Yaml, at: Path = (), what: str = "") -> Checked:
    """Validate a mapping against a model that says what may be written; keep what is valid.

    `at` is the path of the mapping in its YAML source, `what` names it in messages ("the front matter").
    """
    try:
        made = model.model_validate(data)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        bad = {str(item["loc"][0]) for item in errors if item["loc"]}
        slips = tuple(Slip(source.line(*at, *_known(item)), *explain(model, item, what)) for item in _told_once(errors))
        kept = {key: value for key, value in data.items() if key not in bad}
        filled = {key: value for key, value in _PLACEHOLDERS.items() if key in model.model_fields and key not in kept}
        try:
            made = model.model_validate({**filled, **kept})
        except ValidationError:
            return Checked({}, slips)
        return Checked({key: getattr(made, key) for key in made.model_fields_set if key in kept}, slips)
    return Checked({key: getattr(made, key) for key in made.model_fields_set})


def check_entry(model: type[Model], data: Any, source: Yaml, at: Path, what: str) -> tuple[Model | None, list[Slip]]:
    """Validate one entry of a data file; there is no entry unless all of it is valid."""
    if not isinstance(data, Mapping):
        return None, [Slip(source.line(*at), f"{what} must be written as `key: value` lines", "See its neighbors")]
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
        return None, [Slip(source.line(*at, *_known(item)), *explain(model, item, what)) for item in _told_once(errors)]


def _known(item: ErrorDetails) -> Path:
    """Return where an error is; a missing key has no line of its own."""
    return item["loc"][:-1] if item["type"] == "missing" else item["loc"]


def _told_once(errors: Iterable[ErrorDetails]) -> list[ErrorDetails]:
    """Keep one error for each value: a union reports one for every way in which the value does not fit."""
    seen: set[tuple[str | int, ...]] = set()
    kept: list[ErrorDetails] = []
    for item in errors:
        place = tuple(
            part for part in item["loc"] if not (isinstance(part, str) and ("[" in part or part[:1].isupper()))
        )
        if place not in seen:
            seen.add(place)
            kept.append(item)
    return kept


def explain(model: type[Noun], item: ErrorDetails, what: str = "") -> tuple[str, str]:
    """Return a pydantic error in plain words: what is wrong, and how to mend it."""
    loc = list(item["loc"])
    key = str(loc[0]) if loc else ""
    name = f"`{key}`" if key else (what or "this")
    kind, value, context = item["type"], item["input"], item.get("ctx", {})
    example = f"Write it like `{EXAMPLES[key]}`" if key in EXAMPLES else ""
    names = [field_info.alias or field_name for field_name, field_info in model.model_fields.items()]
    if kind == "missing":
        missing = str(loc[-1])
        return (
            f"{what or 'this'} has no `{missing}`",
            f"Add a line like `{EXAMPLES[missing]}`" if missing in EXAMPLES else f"Add `{missing}`",
        )
    if kind == "extra_forbidden":
        extra = str(loc[-1])[:60]
        return f"there is no key `{extra}` in {what or 'this'}", suggestion(extra, names)
    if value is None:
        return f"{name} is empty", example or "Give it a value or remove the line"
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        return f"{name} may not be `{str(value)[:60]}`", suggestion(str(value), choices)
    if kind in ("tuple_type", "list_type"):
        return f"{name} must be a list", "Write the values in brackets: `[first, second]`"
    if kind == "string_type":
        return f"{name} must be text", "Put the value into quotes"
    if kind == "string_too_long":
        return (
            f"{name} has {len(str(value))} characters, more than {context.get('max_length')}",
            "Shorten it",
        )
    if kind == "string_too_short":
        return f"{name} is too short", example or "Say more"
    if kind == "too_short":
        return f"{name} needs at least one value", example
    if kind == "string_pattern_mismatch":
        return _pattern(name, key, str(value), str(context.get("pattern", "")))
    if kind.startswith("date"):
        return f"{name} is not a date", "Write it as YYYY-MM-DD"
    if kind.startswith(("int", "float")):
        return f"{name} must be a number", example
    if kind in ("greater_than_equal", "less_than_equal", "greater_than"):
        return f"{name} is out of range ({item['msg'].removeprefix('Input should be ')})", example
    if kind == "value_error" and "HTML" in item["msg"]:
        return f"{name} holds HTML", "Write plain text"
    if kind == "value_error" and item["msg"].endswith("twice"):
        return f"{name} {item['msg'].removeprefix('Value error, ')}", "Keep one of the two"
    return f"{name} is not valid ({item['msg'][:100]})", example


def _pattern(name: str, key: str, value: str, pattern: str) -> tuple[str, str]:
    if pattern in (SLUG, PAGE_ID):
        cure = re.sub(r"[^a-z0-9/]+", "-", value.lower()).strip("-/")
        for end in ("-md", "/index"):
            cure = cure.removesuffix(end)
        said = f"{name} holds `{value[:60]}`, which is not an id" if key != "id" else f"`{value[:60]}` is not an id"
        return said, f"Ids are small letters, digits and hyphens; write `{cure}`" if cure else "Use small letters"
    if key == "summary":
        return "`summary` must be a sentence", "End it with a period"
    if key == "url":
        return (
            "`url` is not an https:// address",
            "Give the full address, or leave the line out when it cannot be confirmed",
        )
    if key == "hue":
        return "`hue` is not a color of the theme", "Give an angle (`250`), `oklch(…)` or the name of a pair"
    return f"{name} is not written as it should be", f"Write it like `{EXAMPLES[key]}`" if key in EXAMPLES else ""
