"""docs/plan/allocation.yml: it is sound, a slip is told with its line and a fix, and browsers get what they expect.

Each fault is a small edit of the file itself, and names the one Problem that this must give.
"""

from __future__ import annotations

import ast
import copy
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from guide.check.data import activities as leads
from guide.check.data import allocation as against_rounds
from guide.check.data import weights
from guide.model.allocation import NAMES, PATH, Allocation
from guide.model.catalogue import Catalogue
from guide.model.problems import Problem
from guide.model.vocabulary import COMPANIES, LEVELS, ROLES, ROUNDS, TRACKS
from guide.publish.data import allocation_data, compact
from guide.read import allocation as module
from guide.read.allocation import parse_allocation
from guide.read.load import load
from guide.tools.node import node_executable

from tests.guide.rendering import ROOT
from tests.guide.sitekit import line_of, make_site

TEXT = (ROOT / PATH).read_text("utf-8")
ROUNDS_PATH = "docs/rounds/rounds.yml"
ROUNDS_TEXT = (ROOT / ROUNDS_PATH).read_text("utf-8")


def part(pattern: str) -> str:
    """Return the one piece of the file that begins with a line and holds what is indented below it."""
    found = re.findall(rf"^{pattern}.*\n(?:    .*\n)*", TEXT, re.MULTILINE)
    assert len(found) == 1, pattern
    return str(found[0])


def entry(name: str) -> str:
    """Return an entry of a list by its id, round or company."""
    return part(f"  - (?:id|round|company): {name}$")


def step(name: str) -> str:
    return part(f"  {name}:$")


def ready(name: str) -> str:
    """Return the line of a ready-made plan."""
    return part(f"    - {{ id: {name},")


def section(key: str) -> str:
    """Return all that stands under a key of the file."""
    (found,) = re.findall(rf"^{key}:.*\n(?:(?:[ #].*)?\n)*", TEXT, re.MULTILINE)
    return str(found)


@cache
def problems(text: str) -> tuple[Problem, ...]:
    allocation, found = parse_allocation(text)
    assert (allocation is None) == bool(found)
    return tuple(found)


class Fault(NamedTuple):
    """A replacement inside one piece of the file, the text on whose line the Problem must be, and what it must say."""

    name: str
    piece: str
    old: str
    new: str
    at: str
    message: str
    fix: str

    def into(self, text: str) -> str:
        """Return a text with this fault in it."""
        assert self.old in self.piece, self.name
        assert self.piece in text, self.name
        return text.replace(self.piece, self.piece.replace(self.old, self.new, 1), 1)


def twice(name: str, old: str, new: str) -> tuple[str, str, str]:
    """Return the replacement that writes an entry twice, the second time with something else in it."""
    block = entry(name)
    assert old in block
    return block, block, block + block.replace(old, new)


SOME = "    reason: This is a reason.\n    source: ours\n"

FAULTS = [
    # keys
    Fault(
        "unknown key",
        TEXT,
        "\nshares:\n",
        "\nshars: []\nshares:\n",
        "shars:",
        "there is no key `shars` in the allocation",
        "Did you mean `shares`?",
    ),
    Fault(
        "unknown key of an entry",
        entry("breadth"),
        "    percent:",
        "    per_cent: 3\n    percent:",
        "per_cent",
        "there is no key `per_cent` in `breadth`",
        "Did you mean `percent`?",
    ),
    Fault(
        "unknown key of a step",
        step("faced"),
        "    reason:",
        "    resaon: x\n    reason:",
        "resaon",
        "there is no key `resaon` in `faced`",
        "Did you mean `reason`?",
    ),
    Fault(
        "missing limit",
        section("outside_at_most"),
        "outside_at_most: 40\n",
        "",
        "# How the planner",
        "the allocation has no `outside_at_most`",
        "Add `outside_at_most`",
    ),
    Fault(
        "missing date",
        section("reviewed"),
        section("reviewed"),
        "\n",
        "# How the planner",
        "the allocation has no `reviewed`",
        "Add `reviewed`",
    ),
    Fault(
        "missing section",
        section("mocks"),
        section("mocks"),
        "",
        "# How the planner",
        "the allocation has no `mocks`",
        "Add `mocks`",
    ),
    Fault(
        "missing key of an entry",
        entry("breadth"),
        "    percent: 35\n",
        "",
        "- id: breadth",
        "`breadth` has no `percent`",
        "Add `percent`",
    ),
    Fault(
        "missing reason of a step",
        step("slider"),
        "    reason:",
        "    judged:",
        "slider:",
        "`slider` has no `reason`",
        "Add `reason`",
    ),
    Fault(
        "key twice",
        entry("breadth"),
        "    percent: 35\n",
        "    percent: 35\n    percent: 30\n",
        "percent: 30",
        "the key `percent` is written twice",
        "Keep one of the two",
    ),
    Fault(
        "an entry that is a word",
        entry("speciality"),
        "  - id:",
        "  - nonsense\n  - id:",
        "- nonsense",
        "an entry of `weights` must be written as `key: value` lines",
        "See the entries next to it",
    ),
    Fault(
        "a source that is a word",
        section("sources"),
        "  playbook:",
        "  blog: somewhere\n  playbook:",
        "blog:",
        "`blog` must be written as `key: value` lines",
        "See the entries next to it",
    ),
    # values
    Fault(
        "a date in words",
        section("reviewed"),
        section("reviewed"),
        "reviewed: yesterday\n",
        "reviewed:",
        "`reviewed` is not a date",
        "Write it as YYYY-MM-DD",
    ),
    Fault(
        "a date with an hour",
        section("reviewed"),
        section("reviewed"),
        "reviewed: 2026-11-20 10:00:00\n",
        "reviewed:",
        "`reviewed` is not a date",
        "Write it as YYYY-MM-DD",
    ),
    Fault(
        "a date that does not exist",
        section("reviewed"),
        section("reviewed"),
        "reviewed: 2026-13-45\n",
        "reviewed:",
        "a value cannot be read (month must be in 1..12",
        "Write dates as YYYY-MM-DD",
    ),
    *(
        Fault(
            f"the limit {value}",
            section("outside_at_most"),
            "outside_at_most: 40",
            f"outside_at_most: {value}",
            "outside_at_most:",
            "`outside_at_most` is not a percentage",
            "Write 0 to 100",
        )
        for value in ("much", "101", "-1", ".nan", "true", "[40]", "")
    ),
    Fault(
        "a share above 100",
        entry("breadth"),
        "percent: 35",
        "percent: 101",
        "percent: 101",
        "`percent` is out of range",
        "See the entries next to it",
    ),
    Fault(
        "a share that is no number",
        entry("breadth"),
        "percent: 35",
        "percent: a third",
        "percent: a third",
        "`percent` must be a number",
        "See the entries next to it",
    ),
    Fault(
        "a factor of nothing",
        entry("speciality"),
        "factor: 1.25",
        "factor: 0.0",
        "factor: 0.0",
        "`factor` is out of range",
        "See the entries next to it",
    ),
    Fault(
        "a reason that is no sentence",
        step("slider"),
        "reason: You set this share yourself, and the others followed.",
        "reason: You set this share yourself",
        "reason: You set this share yourself",
        "`reason` is not written as it should be",
        "See the entries next to it",
    ),
    Fault(
        "an unknown level",
        entry("entry-breadth"),
        "levels: [entry]",
        "levels: [entri]",
        "levels: [entri]",
        "may not be `entri`",
        "Use one of: entry, mid, senior, staff",
    ),
    Fault(
        "a level without brackets",
        entry("entry-breadth"),
        "levels: [entry]",
        "levels: entry",
        "levels: entry",
        "must be a list",
        "Write the values in brackets",
    ),
    Fault(
        "an unknown share",
        entry("entry-breadth"),
        "from: depth",
        "from: depht",
        "from: depht",
        "may not be `depht`",
        "Use one of: breadth, depth, design, ml-coding",
    ),
    Fault(
        "an unknown round",
        entry("mock-system"),
        "rounds: [system-design]",
        "rounds: [systems-design]",
        "rounds: [systems-design]",
        "`rounds` may not be `systems-design`",
        "Did you mean `system-design`?",
    ),
    Fault(
        "markup in a title",
        entry("mock-system"),
        'title: "Mock interview',
        'title: "<b>Mock</b> interview',
        "<b>Mock</b>",
        "`title` holds HTML",
        "Write plain text",
    ),
    Fault(
        "a rule that lengthens no booking",
        entry("coding-research"),
        "rounds: [coding]",
        "rounds: []",
        "rounds: []\n    factor: 0.75",
        "`rounds` needs at least one value",
        "Write it like",
    ),
    # sources
    Fault(
        "unknown source of a rule",
        entry("entry-breadth"),
        "source: playbook",
        "source: playbok",
        "source: playbok",
        "no source is called `playbok`",
        "Did you mean `playbook`?",
    ),
    Fault(
        "unknown source of a step",
        step("strength"),
        "source: ours",
        "source: our",
        "source: our\n",
        "no source is called `our`",
        "Did you mean `ours`?",
    ),
    Fault(
        "unknown source of the mock interviews",
        section("mocks"),
        "source: cloudxlab",
        "source: cloudlab",
        "source: cloudlab",
        "no source is called `cloudlab`",
        "Did you mean `cloudxlab`?",
    ),
    # shares and rules
    Fault(
        "shares that do not add up",
        entry("breadth"),
        "percent: 35",
        "percent: 36.5",
        "shares:\n",
        "the shares add up to 101.5, not to 100",
        "Make them add up to 100",
    ),
    Fault(
        "a share missing",
        entry("ml-coding"),
        entry("ml-coding"),
        "",
        "shares:\n",
        "`shares` has no entry for `ml-coding`",
        "Add one for `ml-coding`",
    ),
    Fault(
        "a share twice",
        *twice("ml-coding", "name: ML coding", "name: Once more"),
        "- id: ml-coding\n    name: Once more",
        "`ml-coding` is written twice in `shares`",
        "Keep one of the two",
    ),
    Fault(
        "a rule that moves nothing anywhere",
        entry("entry-breadth"),
        "to: breadth",
        "to: depth",
        "- id: entry-breadth",
        "`entry-breadth` takes from the share it gives to",
        "Name two shares",
    ),
    # steps
    Fault(
        "unknown step",
        section("steps"),
        "steps:\n",
        f"steps:\n  luck:\n{SOME}",
        "luck:",
        "there is no step `luck`",
        "Use one of: faced, certainty, strength, slider, loop",
    ),
    Fault("a step missing", step("slider"), step("slider"), "", "steps:\n", "`steps` has no `slider`", "Add `slider`"),
    *(
        Fault(
            f"a step without {key}",
            step(name),
            written,
            "",
            f"  {name}:\n",
            f"the step `{name}` has no `{key}`",
            f"Add `{key}: 1`",
        )
        for name, key, written in (
            ("certainty", "maybe", "    maybe: 0.5\n"),
            ("strength", "weak", "    weak: 1.4\n"),
            ("strength", "strong", "    strong: 0.6\n"),
        )
    ),
    # ids
    Fault(
        "an id twice in one section",
        entry("mock-system"),
        "id: mock-system",
        "id: mock-coding",
        "id: mock-coding\n    kind: mock\n    rounds: [system-design]",
        "`mock-coding` is written twice",
        "Give each an id of its own",
    ),
    Fault(
        "an id twice across sections",
        entry("speciality"),
        "id: speciality",
        "id: entry-breadth",
        "id: entry-breadth\n    when: { speciality",
        "`entry-breadth` is written twice",
        "Give each an id of its own",
    ),
    # weights
    Fault(
        "a weight of nothing",
        entry("statistics-data-scientist"),
        "    areas: [statistics]\n",
        "",
        "- id: statistics-data-scientist",
        "`statistics-data-scientist` must name either areas, pages, activities or tracks",
        "Keep one",
    ),
    Fault(
        "a weight of two things",
        entry("statistics-data-scientist"),
        "    areas: [statistics]\n",
        "    areas: [statistics]\n    tracks: other\n",
        "- id: statistics-data-scientist",
        "`statistics-data-scientist` must name either areas, pages, activities or tracks",
        "Keep one",
    ),
    Fault(
        "unknown area",
        entry("statistics-data-scientist"),
        "areas: [statistics]",
        "areas: [statistic]",
        "- id: statistics-data-scientist",
        "there is no area `statistic`",
        "Did you mean `statistics`?",
    ),
    Fault(
        "unknown activity",
        entry("papers-researcher"),
        "activities: [paper-reading]",
        "activities: [paper-readings]",
        "- id: papers-researcher",
        "there is no activity `paper-readings`",
        "Did you mean `paper-reading`?",
    ),
    # bookings
    Fault(
        "weekly without sessions",
        entry("system-design"),
        "    sessions: 1\n",
        "",
        "- round: system-design",
        "`system-design` must say its sessions a week if it is weekly",
        "Add or remove `sessions`",
    ),
    Fault(
        "sessions of what is booked once",
        entry("take-home"),
        "    how: once\n",
        "    how: once\n    sessions: 2\n",
        "- round: take-home",
        "`take-home` must say its sessions a week if it is weekly, and only then",
        "Add or remove `sessions`",
    ),
    Fault(
        "a round booked twice",
        *twice("take-home", "minutes: 120", "minutes: 240"),
        "- round: take-home\n    how: once\n    minutes: 240",
        "`take-home` is booked twice",
        "Keep one of the two",
    ),
    # loops
    Fault(
        "a loop missing",
        entry("research-lab"),
        entry("research-lab"),
        "",
        "loops:\n",
        "`loops` has no entry for `research-lab`",
        "Add one for `research-lab`",
    ),
    Fault(
        "a loop twice",
        *twice("research-lab", "name: Research lab", "name: Another lab"),
        "- company: research-lab\n    name: Another lab",
        "`research-lab` is written twice in `loops`",
        "Keep one of the two",
    ),
    # activities
    Fault(
        "an activity for no round",
        entry("mock-system"),
        "rounds: [system-design]",
        "rounds: []",
        "- id: mock-system",
        "`mock-system` serves no round",
        "Name the rounds that it serves",
    ),
    *(
        Fault(
            f"after {name}",
            entry("redo-problems"),
            "after: timed-problems",
            f"after: {name}",
            f"after: {name}\n",
            f"no activity above this one is called `{name}`",
            "Name one that comes earlier in the file",
        )
        for name in ("timed-problem", "redo-problems", "mock-coding")
    ),
    Fault(
        "rather after an activity that is not there",
        entry("recall-stories"),
        "rather_after: six-stories",
        "rather_after: six-story",
        "rather_after: six-story\n",
        "no other activity is called `six-story`",
        "Did you mean `six-stories`?",
    ),
    # values
    Fault(
        "unknown value",
        section("values"),
        "values:\n",
        "values:\n  luck:\n    usual: 1\n    brief: 1\n" + SOME,
        "luck:",
        "there is no value `luck`",
        "Use one of: short, first-questions, reading",
    ),
    Fault("a value missing", step("case"), step("case"), "", "values:\n", "`values` has no `case`", "Add `case`"),
    # ready-made plans
    Fault(
        "a ready-made plan twice",
        ready("1-week-full"),
        "1-week-full",
        "1-week-light",
        ready("1-week-full").replace("1-week-full", "1-week-light"),
        "`1-week-light` is written twice",
        "Rename one",
    ),
    Fault(
        "a ready-made plan without minutes",
        ready("one-evening-full"),
        "minutes: [180, 0, 0",
        "minutes: [0, 0, 0",
        "id: one-evening-full",
        "`one-evening-full` has no minutes",
        "Give it some",
    ),
    Fault(
        "a week of six days",
        ready("one-evening-full"),
        "minutes: [180, 0, 0",
        "minutes: [180, 0",
        "id: one-evening-full",
        "`one-evening-full` has minutes for 6 days",
        "Give seven numbers, from Monday to Sunday",
    ),
    Fault(
        "a week of eight days",
        ready("one-evening-full"),
        "minutes: [180, 0, 0",
        "minutes: [180, 0, 0, 0",
        "id: one-evening-full",
        "`one-evening-full` has minutes for 8 days",
        "Give seven numbers, from Monday to Sunday",
    ),
    # YAML
    Fault(
        "a tab",
        entry("breadth"),
        "    percent: 35",
        "\tpercent: 35",
        "\tpercent: 35",
        "YAML does not allow tabs",
        "Indent with spaces",
    ),
    Fault(
        "a bracket that is never closed",
        entry("entry-breadth"),
        "levels: [entry] }",
        "levels: [entry }",
        "levels: [entry }",
        "the YAML cannot be read",
        "Write `key: value`, one on each line",
    ),
    Fault(
        "a colon in a text",
        step("slider"),
        "reason: You set",
        "reason: Your own: you set",
        "reason: Your own: you set",
        "a colon in this value confuses YAML",
        "Put the whole value into double quotes",
    ),
    Fault(
        "an alias",
        entry("breadth"),
        "name: ML breadth",
        "name: *share",
        "name: *share",
        "the YAML uses an anchor or an alias",
        "Put a value with these signs into quotes",
    ),
    Fault(
        "a tag",
        entry("breadth"),
        "name: ML breadth",
        "name: !!python/name:os.system ''",
        "name: !!python",
        "YAML tags (`!…`) are not allowed",
        "Write a plain value",
    ),
    Fault(
        "a control character",
        entry("breadth"),
        "name: ML breadth",
        'name: "ML \\0 breadth"',
        'name: "ML',
        "holds a control character",
        "Delete it",
    ),
]


# --- The file itself ----------------------------------------------------------------------------------------------


def test_the_file_of_the_repository_is_sound() -> None:
    catalogue, problems = load(ROOT)
    assert [problem for problem in problems if problem.path == PATH] == []
    assert isinstance(catalogue.allocation, Allocation)
    assert list(against_rounds(catalogue)) == []


def test_everything_that_has_a_reason_can_be_walked() -> None:
    allocation = sound()
    found = list(allocation.reasoned())
    raw = yaml.safe_load(TEXT)
    for path, thing in found:
        written = raw
        for key in path:
            written = written[key]
        assert written["reason"] == thing.reason
        assert written["source"] == thing.source
    assert len(found) == len(re.findall(r"^ +reason: ", TEXT, re.MULTILINE))


def test_a_reason_on_several_lines_becomes_one_line() -> None:
    fault = "reason: |\n      You set this share yourself,\n\n      and the others followed."
    text = TEXT.replace("reason: You set this share yourself, and the others followed.", fault)
    allocation, _ = parse_allocation(text)
    assert text != TEXT
    assert allocation is not None
    assert allocation.steps["slider"].reason == "You set this share yourself, and the others followed."


# --- What is wrong with it ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_told_once_with_its_line_and_a_cure(fault: Fault) -> None:
    text = fault.into(TEXT)
    found = problems(text)
    assert len(found) == 1, f"told instead: {[str(problem) for problem in found]}"
    assert found[0].path == PATH
    assert found[0].line == line_of(text, fault.at), found[0]
    assert fault.message in found[0].message
    assert fault.fix in found[0].fix, found[0]


@pytest.mark.parametrize(
    "key", ["shares", "rules", "weights", "bookings", "booking_rules", "loops", "fields", "activities", "floors"]
)
def test_a_section_that_must_be_a_list_is_told(key: str) -> None:
    text = TEXT.replace(section(key), f"{key}: everything\n")
    at = line_of(text, f"{key}: everything")
    assert problems(text) == (Problem(PATH, at, f"`{key}` must be a list", "Begin each entry with `- `"),)


@pytest.mark.parametrize("key", ["sources", "steps"])
def test_a_section_that_must_hold_names_is_told(key: str) -> None:
    text = TEXT.replace(section(key), f"{key}: []\n")
    at = line_of(text, f"{key}: []")
    assert problems(text) == (Problem(PATH, at, f"`{key}` must hold `name:` entries", "Indent its entries"),)


@pytest.mark.parametrize("key", ["mocks", "thorough", "ready_made"])
def test_a_section_that_must_hold_keys_is_told(key: str) -> None:
    text = TEXT.replace(section(key), f"{key}: 3\n")
    at = line_of(text, f"{key}: 3")
    expected = Problem(PATH, at, f"`{key}` must be written as `key: value` lines", "See the entries next to it")
    assert problems(text) == (expected,)


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a list\n", "a sentence\n", "null\n"])
def test_a_file_that_holds_something_else_is_told(text: str) -> None:
    (found,) = problems(text)
    assert found == Problem(PATH, 1, "the allocation must be written as `key: value` lines", "See its history")


def test_a_missing_file_is_told_when_there_are_pages_of_the_plan(tmp_path: Path) -> None:
    assert list(against_rounds(Catalogue())) == []
    catalogue, _ = load(make_site(tmp_path, {"docs/plan/index.md": "# Plan\n"}))
    assert list(against_rounds(catalogue)) == [Problem(PATH, 1, "the allocation is missing", "Restore the file")]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    fault = next(fault for fault in FAULTS if fault.name == "an unknown level")
    for text, problem in ((TEXT, ()), (fault.into(TEXT), problems(fault.into(TEXT)))):
        data = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
        catalogue, found = load(make_site(tmp_path, {PATH: data}))
        assert tuple(found) == problem
        assert catalogue.allocation == (None if problem else sound())


@pytest.mark.parametrize(
    "names",
    [
        (
            "unknown key",
            "missing key of an entry",
            "a date in words",
            "the limit 101",
            "an unknown round",
            "missing section",
        ),
        ("unknown source of a rule", "a share missing", "a step missing", "a loop twice", "a weight of nothing"),
    ],
    ids=["in entries", "between entries"],
)
def test_all_problems_come_at_once_in_the_order_of_the_file(names: tuple[str, ...]) -> None:
    faults = [fault for fault in FAULTS if fault.name in names]
    assert len(faults) == len(names)
    text = TEXT
    # Those of the whole text first, which stand in the text as it was.
    for fault in sorted(faults, key=lambda fault: fault.piece is not TEXT):
        text = fault.into(text)
    found = problems(text)
    assert len(found) == len(faults)
    for fault in faults:
        (told,) = [problem for problem in found if fault.message in problem.message]
        assert told.line == line_of(text, fault.at)
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)


def test_every_message_of_the_validation_has_a_fault_here() -> None:
    """A rule that no fault of this file reaches is not tested."""
    told = [problem.message for fault in FAULTS for problem in problems(fault.into(TEXT))]
    fragments = list(messages())
    assert len(fragments) > 20
    elsewhere = {
        # Whole files and sections: each has a test of its own.
        "the allocation must be written as `key: value` lines",
        "` must hold `name:` entries",
    }
    assert {text for text in fragments if not any(text in message for message in told)} == elsewhere


def messages() -> Iterator[str]:
    """Yield the longest fixed piece of every message that guide/allocation.py can give."""
    for node in ast.walk(ast.parse(Path(module.__file__).read_text("utf-8"))):
        value: ast.expr | None = None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "add":
            value = node.args[1]
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "said":
            value = node.value
        parts = ast.walk(value) if value is not None else ()
        fixed = [str(each.value) for each in parts if isinstance(each, ast.Constant)]
        if fixed:
            yield max(fixed, key=len)


def test_a_lost_line_is_no_traceback() -> None:
    lines = TEXT.splitlines(keepends=True)
    for index in range(0, len(lines), 17):
        for problem in problems("".join(lines[:index] + lines[index + 1 :])):
            assert problem.path == PATH
            assert 1 <= problem.line <= len(lines)
            assert problem.message
            assert problem.fix, problem


@pytest.mark.parametrize("key", list(Allocation.model_fields))
def test_a_section_of_nonsense_is_no_traceback(key: str) -> None:
    for nonsense in (
        "",
        "3",
        "x",
        "[]",
        "{}",
        "[[]]",
        "[null]",
        "[{}]",
        "{1: 2}",
        "{a: {1: 2}}",
        "[{id: [1]}]",
        "1e999",
    ):
        for problem in problems(f"# Before it\n{key}: {nonsense}\n"):
            assert problem.path == PATH
            assert problem.line in (1, 2)
            assert problem.fix, problem


# --- Against the rounds -------------------------------------------------------------------------------------------


@cache
def sound() -> Allocation:
    allocation, _ = parse_allocation(TEXT)
    assert allocation is not None
    return allocation


def rounds(root: Path, name: str = "", pot: str = "") -> Catalogue:
    """Return the rounds of the guide, one of them paid for by another share."""
    text = ROUNDS_TEXT
    if name:
        text, count = re.subn(rf"(?s)(- id: {name}\n.*?  allocation: )[a-z-]+", rf"\g<1>{pot}", text, count=1)
        assert count == 1
    return load(make_site(root, {ROUNDS_PATH: text, PATH: TEXT}))[0]


def test_a_round_outside_the_shares_must_be_booked(tmp_path: Path) -> None:
    (found,) = against_rounds(rounds(tmp_path, "ml-depth", "outside"))
    assert (found.path, found.message) == (PATH, "`ml-depth` is outside the shares but is not booked")
    assert found.fix == "Add it to `bookings`"


def test_a_round_that_a_share_pays_for_must_not_be_booked(tmp_path: Path) -> None:
    (found,) = against_rounds(rounds(tmp_path, "coding", "breadth"))
    assert (found.path, found.message) == (PATH, "`coding` is booked although a share pays for it")
    assert found.fix == "Remove it from `bookings`"


def test_a_guide_without_rounds_contradicts_nothing() -> None:
    assert list(against_rounds(Catalogue(allocation=sound()))) == []


# --- Where sessions without a page lead ----------------------------------------------------------------------------


def test_every_session_without_a_page_leads_to_one_that_is_there() -> None:
    assert list(leads(load(ROOT)[0])) == []


def test_the_last_place_that_is_named_has_to_be_there_and_the_first_may_come_later() -> None:
    catalogue = load(ROOT)[0]
    assert catalogue.allocation is not None
    first = catalogue.allocation.activities[0]
    changed = catalogue.allocation.model_copy(
        update={"activities": (first.model_copy(update={"pages": ("no/such-page", "rounds/codin")}),)}
    )
    (found,) = leads(catalogue.model_copy(update={"allocation": changed}))
    assert found.path == PATH
    assert f"- id: {first.id}" in TEXT.splitlines()[found.line - 1]
    assert found.message == f"`{first.id}` leads to `rounds/codin`, which the guide does not have"
    assert "rounds/coding" in found.fix


def test_a_page_that_counts_more_to_some_has_to_be_there() -> None:
    catalogue = load(ROOT)[0]
    assert catalogue.allocation is not None
    weight = next(one for one in catalogue.allocation.weights if one.pages)
    changed = weight.model_copy(update={"pages": ("topics/statistics/ab-testin",)})
    allocation = catalogue.allocation.model_copy(update={"weights": (changed,)})
    (found,) = weights(catalogue.model_copy(update={"allocation": allocation}))
    assert f"- id: {weight.id}" in TEXT.splitlines()[found.line - 1]
    assert found.message == f"`{weight.id}` weighs `topics/statistics/ab-testin`, which the guide does not have"
    assert "topics/statistics/ab-testing" in found.fix


def test_a_section_that_a_session_leads_to_has_to_be_there() -> None:
    catalogue = load(ROOT)[0]
    assert catalogue.allocation is not None
    first = catalogue.allocation.activities[0]
    changed = catalogue.allocation.model_copy(
        update={"activities": (first.model_copy(update={"pages": ("rounds/coding#how-to-prepar",)}),)}
    )
    (found,) = leads(catalogue.model_copy(update={"allocation": changed}))
    assert found.message == f"`{first.id}` leads to `rounds/coding#how-to-prepar`, and there is no such section"
    assert "how-to-prepare" in found.fix


# --- What is published --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return allocation_data(sound(), rounds(tmp_path_factory.mktemp("rounds")))


def typed(data: dict[str, Any], folder: Path) -> subprocess.CompletedProcess[str]:
    """Let the type checker of the browser application judge what is published."""
    types = ROOT / "overrides/app/core/plan/types.ts"
    # The version is for whoever stores or migrates the file; the planner does not read it.
    written = json.dumps({key: value for key, value in data.items() if key != "version"}, ensure_ascii=False)
    lines = f'import type {{ Allocation }} from "{types}";\nexport const data: Allocation = {written};\n'
    (folder / "published.ts").write_text(lines, "utf-8")
    options = {"extends": str(ROOT / "tsconfig.json"), "files": ["published.ts"], "include": []}
    (folder / "tsconfig.json").write_text(json.dumps(options), "utf-8")
    command = [node_executable(), str(ROOT / "node_modules/typescript/bin/tsc"), "--project", str(folder)]
    return subprocess.run(command, capture_output=True, text=True)


def test_the_published_allocation_is_of_the_type_that_the_planner_expects(data: dict[str, Any], tmp_path: Path) -> None:
    judged = typed(data, tmp_path)
    assert judged.returncode == 0, judged.stdout


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data.pop("pots"), "'pots' is missing"),
        (lambda data: data["mocks"].update(a_day=1), "'\"a_day\"' does not exist"),
        (lambda data: data["ready_made"].update(level=None), "'null' is not assignable"),
    ],
    ids=["a key less", "a key more", "a null"],
)
def test_an_allocation_of_another_type_would_be_told(
    data: dict[str, Any], tmp_path: Path, change: Callable[[dict[str, Any]], None], said: str
) -> None:
    other = copy.deepcopy(data)
    change(other)
    judged = typed(other, tmp_path)
    assert judged.returncode != 0
    assert said in judged.stdout


def test_the_published_allocation_has_a_version_and_its_date(data: dict[str, Any]) -> None:
    assert data["version"] == 1
    assert data["reviewed"] == yaml.safe_load(TEXT)["reviewed"].isoformat()


def test_pots_say_which_share_pays_for_each_round(data: dict[str, Any]) -> None:
    assert tuple(data["pots"]) == ROUNDS
    assert {share["id"] for share in data["shares"]} | {"outside"} == set(data["pots"].values())
    assert {name for name, pot in data["pots"].items() if pot == "outside"} == {
        booking["round"] for booking in data["bookings"]
    }


@pytest.mark.parametrize(
    ("key", "values"), [("levels", LEVELS), ("companies", COMPANIES), ("roles", ROLES), ("tracks", TRACKS)]
)
def test_every_value_of_a_closed_list_has_a_name_in_its_order(
    data: dict[str, Any], key: str, values: tuple[str, ...]
) -> None:
    assert tuple(data["names"][key]) == values
    assert all(data["names"][key].values())
    assert set(data["names"]) == set(NAMES)


def test_null_is_never_published(data: dict[str, Any]) -> None:
    assert "null" not in re.sub(r'"(?:[^"\\]|\\.)*"', '""', json.dumps(data))


def test_the_published_text_says_the_same_on_one_line(data: dict[str, Any], tmp_path: Path) -> None:
    text = compact(allocation_data(sound(), rounds(tmp_path)))
    assert json.loads(text) == data
    assert "Başak Tuğçe Eskili" in text
    assert text.count("\n") == 1


def test_published_entries_are_those_of_the_file(data: dict[str, Any]) -> None:
    raw = yaml.safe_load(TEXT)
    for key in ("shares", "rules", "weights", "bookings", "booking_rules", "loops", "fields", "activities", "floors"):
        assert len(data[key]) == len(raw[key]) > 0
        for published, written in zip(data[key], raw[key], strict=True):
            assert covers(published, written), written
    for key in ("sources", "steps", "mocks", "thorough", "ready_made", "outside_at_most"):
        assert covers(data[key], raw[key]), key


def covers(published: Any, written: Any) -> bool:
    """Return whether everything that is written is published; defaults may be published besides."""
    if isinstance(written, dict):
        return all(key in published and covers(published[key], value) for key, value in written.items())
    if isinstance(written, list):
        return len(published) == len(written) and all(map(covers, published, written))
    return bool(published == written)
