"""What an author wrote as keys and values → valid values, and Problems in plain words with the line of the key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from guide.model.problems import Problem, one_of, suggestion
from guide.model.types import PAGE_ID, SLUG, Noun
from guide.read.yaml import Path, Yaml

Model = TypeVar("Model", bound=Noun)

# What a line with the key looks like, for the advice when it is missing.
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
    "hue": 'hue: "250"',
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
    problems: tuple[Problem, ...] = ()


def check_matter(model: type[Noun], data: Mapping[str, Any], source: Yaml, at: Path = (), what: str = "") -> Checked:
    """Validate a mapping against a model that says what may be written; keep what is valid.

    `at` is the path of the mapping in its YAML source, `what` names it in messages ("the front matter").
    """
    made, problems, bad = _validated(model, data, source, at, what)
    kept = {key: value for key, value in data.items() if key not in bad}
    if made is None:
        filled = {key: value for key, value in _PLACEHOLDERS.items() if key in model.model_fields and key not in kept}
        try:
            made = model.model_validate({**filled, **kept})
        except ValidationError:
            return Checked({}, problems)
    return Checked({key: getattr(made, key) for key in made.model_fields_set if key in kept or not bad}, problems)


def check_entry(
    model: type[Model], data: Any, source: Yaml, at: Path, what: str
) -> tuple[Model | None, tuple[Problem, ...]]:
    """Validate one entry of a data file; there is no entry unless all of it is valid."""
    if not isinstance(data, Mapping):
        said = f"{what} must be written as `key: value` lines"
        return None, (Problem(source.path, source.line(*at), said, "See the entries next to it"),)
    made, problems, _ = _validated(model, data, source, at, what)
    return made, problems


def _validated(
    model: type[Model], data: Mapping[str, Any], source: Yaml, at: Path, what: str
) -> tuple[Model | None, tuple[Problem, ...], set[str]]:
    """Return what was made of the data, else what is wrong with it, and the keys that are."""
    try:
        return model.model_validate(data), (), set()
    except ValidationError as error:
        errors = error.errors(include_url=False)
    problems = tuple(
        Problem(source.path, source.line(*at, *_known(item)), *explain(model, item, what))
        for item in _without_repeats(errors)
    )
    return None, problems, {str(item["loc"][0]) for item in errors if item["loc"]}


def _known(item: ErrorDetails) -> Path:
    """Return where an error is; a missing key has no line of its own."""
    return item["loc"][:-1] if item["type"] == "missing" else item["loc"]


def _without_repeats(errors: Iterable[ErrorDetails]) -> list[ErrorDetails]:
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
    """Return a pydantic error in plain words: what is wrong, and how to fix it."""
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
        return f"{name} may not be `{str(value)[:60]}`", one_of(str(value), choices)
    if kind in ("tuple_type", "list_type"):
        return f"{name} must be a list", "Write the values in brackets: `[first, second]`"
    if kind == "string_type":
        return f"{name} must be text", "Put the value into quotes"
    if kind == "string_too_long":
        return (f"{name} has {len(str(value))} characters, more than {context.get('max_length')}", "Shorten it")
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
        fix = re.sub(r"[^a-z0-9/]+", "-", value.lower()).strip("-/")
        for end in ("-md", "/index"):
            fix = fix.removesuffix(end)
        said = f"{name} holds `{value[:60]}`, which is not an id" if key != "id" else f"`{value[:60]}` is not an id"
        return said, f"Ids are small letters, digits and hyphens; write `{fix}`" if fix else "Use small letters"
    if key == "summary":
        return "`summary` must be a sentence", "End it with a period"
    if key == "url":
        return (
            "`url` is not an https:// address",
            "Give the full address, or leave the line out when it cannot be confirmed",
        )
    return f"{name} is not written as it should be", f"Write it like `{EXAMPLES[key]}`" if key in EXAMPLES else ""
