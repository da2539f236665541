"""Tiny sites for the tests: one valid page of every kind, and a helper that writes them to disk.

`SITE` passes every check. A test changes one thing in it and says which Problem that must give, so that each rule is
shown to pass what is right and to refuse what is wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from guide.check.rules import check
from guide.model.catalogue import Catalogue
from guide.model.problems import Problem
from guide.model.vocabulary import ROUNDS, SECTIONS
from guide.read.load import load

Content = str | bytes


def make_site(root: Path, files: Mapping[str, Content]) -> Path:
    """Write files below a folder and return it."""
    (root / "docs").mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def read(root: Path, files: Mapping[str, Content]) -> tuple[Catalogue, list[Problem]]:
    """Write a site, load it and run every rule."""
    catalogue, problems = load(make_site(root, files))
    return catalogue, sorted({*problems, *check(catalogue)})


def problems_of(root: Path, files: Mapping[str, Content]) -> list[Problem]:
    """Return what is wrong with a site."""
    return read(root, files)[1]


def line_of(text: str, needle: str, occurrence: int = 1) -> int:
    """Return the line on which a text stands."""
    position = -1
    for _ in range(occurrence):
        position = text.index(needle, position + 1)
    return text.count("\n", 0, position) + 1


def question(identifier: str, kind: str = "explain", level: str = "entry", phrasing: str = "direct") -> str:
    code = "\n/// computed\n```python\nprint(1 + 1)\n```\n```output\n2\n```\n///\n"
    computed = code if kind in ("compute", "estimate") else ""
    return f"""//// question | What is {identifier}?
    id: {identifier}
    kind: {kind}
    level: {level}
    rounds: [ml-breadth]
    phrasing: {phrasing}

/// short
A short answer to {identifier}.
///

/// full
A full answer to {identifier}.
///

/// points
- It says one thing
- It says another
- It says a third
///
{computed}
/// follow-ups
- And then? — Then this.
///
////
"""


def page(matter: Mapping[str, str], sections: Mapping[str, str]) -> str:
    """Return a page with this front matter and these sections."""
    front = "".join(f"{key}: {value}\n" for key, value in matter.items())
    return f"---\n{front}---\n\n" + "\n".join(f"## {name}\n\n{body}" for name, body in sections.items())


ITEM = {
    "title": "A page",
    "summary": "A sentence that says what this is.",
    "rounds": "[ml-breadth]",
    "level": "entry",
    "importance": "core",
    "minutes": "2",
    "prerequisites": "[]",
    "tracks": "[general]",
    "reviewed": "2026-01-31",
}
MISTAKE = "/// mistake | A pitfall\n**Why it is wrong.** Because.\n\n**What it costs.** A lot.\n///\n"
WHY = "/// why | Why is that?\nBecause of this.\n///\n"
HINT = "/// hint | A hint\nLook closer.\n///\n"
FOLLOW_UPS = "- And then? — Then this.\n- Why is that? — Because of\n  this.\n- How often? — Once.\n"
TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n"
MERMAID = '```mermaid alt="A leads to B"\nflowchart TD\n    A --> B\n```\n'


def chapter(**changes: str) -> str:
    """Return a valid chapter; `changes` are front matter keys."""
    bodies = dict.fromkeys(SECTIONS["chapter"], "Some text.\n")
    bodies["The idea"] = MERMAID
    bodies["When to use it"] = TABLE
    bodies["Common mistakes"] = "\n".join([MISTAKE] * 3)
    bodies["Why-ladder"] = "\n".join([WHY] * 3)
    bodies["Questions"] = "\n".join(
        [
            question("computed", "compute"),
            question("diagnosed", "diagnose", level="mid", phrasing="indirect"),
            question("compared", "compare"),
            *(question(f"question-{number}") for number in range(2, 11)),
        ]
    )
    return page({**ITEM, **changes}, bodies)


def round_chapter(**changes: str) -> str:
    """Return a valid round chapter."""
    bodies = dict.fromkeys(SECTIONS["round"], "Some text.\n")
    bodies["Rubric"] = f"/// rubric\n{TABLE}///\n"
    bodies["Questions"] = "\n".join(question(f"question-{number}") for number in range(1, 11))
    matter = {key: ITEM[key] for key in ("title", "summary", "minutes", "reviewed")}
    return page({**matter, "round": "ml-breadth", "topics": "[topics/statistics/tests]", **changes}, bodies)


def case(**changes: str) -> str:
    """Return a valid case."""
    bodies = dict.fromkeys(SECTIONS["case"], "Some text.\n")
    bodies["Rubric"] = TABLE
    bodies["Questions"] = "\n".join(question(f"question-{number}") for number in range(1, 7))
    index = {"product": "search", "techniques": "[embeddings, graphs]", "tension": "Fast or right, not both."}
    return page({**ITEM, **index, **changes}, bodies)


def exercise(**changes: str) -> str:
    """Return the page of a valid exercise."""
    bodies = dict.fromkeys(SECTIONS["exercise"], "Some text.\n")
    bodies["Hints"] = "\n".join([HINT] * 3)
    bodies["Follow-ups"] = FOLLOW_UPS
    return page({**ITEM, **changes}, bodies)


SOLUTION = '''"""Twice and thrice."""

import numpy as np


def _helper(x: np.ndarray) -> np.ndarray:
    return x + x


def twice(x: np.ndarray) -> np.ndarray:
    """Return 2x, shape (n,). O(n)."""
    # The helper does it.
    return _helper(x)


def thrice(x: np.ndarray) -> np.ndarray:
    """Return 3x, shape (n,). O(n)."""
    return 3 * x
'''
CHECKS = '"""What goes wrong."""\n\nimport numpy as np\n' + "".join(
    f'''

def check_{name}_{number}(candidate):
    """The result of {name} for {number} is wrong."""
    assert candidate.{name}(np.array([{number}]))[0] == {factor * number}, "wrong"
'''
    for name, factor in (("twice", 2), ("thrice", 3))
    for number in (1, 2, 3)
)
MUTANTS = "".join(
    f"- name: bug {number}\n  symptom: wrong\n  replace: {old}\n  with: {new}\n"
    for number, (old, new) in enumerate(
        [
            ("x + x", "x - x"),
            ("x + x", "x * x"),
            ("return x + x", "return x"),
            ("3 * x", "3 - x"),
            ("3 * x", "3 + x"),
            ("return 3 * x", "return x"),
        ]
    )
)


def notebook(cells: list[tuple[str, str]] | None = None, **changes: Any) -> str:
    """Return a valid notebook as JSON."""
    matter = {
        "summary": "What one experiment shows.",
        "rounds": ["ml-breadth"],
        "level": "entry",
        "importance": "core",
        "minutes": 5,
        "prerequisites": [],
        "tracks": ["general"],
        "reviewed": "2026-01-31",
        **changes,
    }
    cells = cells or [
        ("markdown", "# One question\n\nSee [the chapter](../topics/statistics/tests.md)."),
        ("code", "total = 1 + 1\nassert total == 2"),
        ("markdown", "## Try it yourself\n\nChange it."),
    ]
    made: list[dict[str, Any]] = [
        {"cell_type": kind, "id": f"c{number}", "metadata": {}, "source": source}
        | ({"execution_count": None, "outputs": []} if kind == "code" else {})
        for number, (kind, source) in enumerate(cells)
    ]
    data = {"cells": made, "metadata": {"guide": matter}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(data, indent=1) + "\n"


ROUNDS_YML = "".join(
    f"- id: {name}\n  name: A round\n  minutes: [30, 45]\n  interviewer: An engineer\n  judged: What is said\n"
    f'  hue: "{index * 20}"\n  allocation: breadth\n  reported: {{source: An article, date: "2024"}}\n'
    for index, name in enumerate(ROUNDS)
)
RESOURCES_YML = """- id: a-book
  title: A book
  author: A writer
  url: https://example.org/book
  kind: book
  cost: free
  level: entry
  hours: 12
  rounds: [ml-breadth]
  topics: [statistics, topics/statistics/tests]
  good_for: One line.
"""
GLOSSARY_YML = """- term: Precision
  definition: The share of what was flagged that is right.
  aliases: [positive predictive value]
  page: topics/statistics/tests
- term: Recall
  definition: The share of what is right that was flagged.
"""
HOME = page({"title": "Home", "summary": "What this guide is about."}, {"Welcome": "Some text.\n"})

CHAPTER_PATH = "docs/topics/statistics/tests.md"
OTHER_PATH = "docs/topics/statistics/power.md"
ROUND_PATH = "docs/rounds/ml-breadth.md"
CASE_PATH = "docs/system-design/cases/ranking.md"
EXERCISE = "docs/practice/coding/twice"
NOTEBOOK_PATH = "notebooks/one-question.ipynb"

SITE: dict[str, Content] = {
    "docs/index.md": HOME,
    CHAPTER_PATH: chapter(),
    OTHER_PATH: chapter(prerequisites="[topics/statistics/tests]"),
    ROUND_PATH: round_chapter(),
    CASE_PATH: case(),
    f"{EXERCISE}/index.md": exercise(),
    f"{EXERCISE}/solution.py": SOLUTION,
    f"{EXERCISE}/checks.py": CHECKS,
    f"{EXERCISE}/mutants.yml": MUTANTS,
    NOTEBOOK_PATH: notebook(),
    "docs/rounds/rounds.yml": ROUNDS_YML,
    "docs/resources/books.yml": RESOURCES_YML,
    "docs/glossary.yml": GLOSSARY_YML,
}


def allocation_alone() -> str:
    """Return the project's own allocation without the pages that it names, for a guide that has others."""
    text = (Path(__file__).resolve().parents[2] / "docs/plan/allocation.yml").read_text("utf-8")
    # Pages that count more are a list below their key, and a weight has to name something.
    text = re.sub(r"^    pages:\n(?:      - .*\n)+", "    tracks: other\n", text, flags=re.MULTILINE)
    return re.sub(r"^    pages: .*\n", "", text, flags=re.MULTILINE)


# The project's own allocation, with the rounds that it is about: a whole guide has both.
PLAN: dict[str, Content] = {
    "docs/plan/allocation.yml": allocation_alone(),
    "docs/rounds/rounds.yml": (Path(__file__).resolve().parents[2] / "docs/rounds/rounds.yml").read_bytes(),
}
