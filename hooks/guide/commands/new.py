"""`new KIND SLUG`: a page with everything that its kind owes the reader, as gaps to be filled.

The sections, the number of blocks and the options come from the vocabulary and the models, so that a scaffold cannot
demand less than the checks do. A gap is `<!-- gap: … -->` in Markdown and `# gap: …` in YAML and Python; `check`
reports each one with its line until it is filled.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from guide.model import vocabulary
from guide.model.problems import suggestion
from guide.model.vocabulary import PageKind, QuestionKind
from guide.publish.notebooks import cell, file_of

KINDS: Final[tuple[PageKind, ...]] = ("chapter", "round", "case", "exercise", "notebook")
# A name is part of an address, and people type it.
_MAX_NAME: Final = 80
_SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")

_PATTERN: Final = f"pattern: {vocabulary.PATTERNS[0]} # or {', '.join(vocabulary.PATTERNS[1:])}"
# What belongs under a heading, for those whose name does not say it.
_WANTED: Final[dict[str, str]] = {
    "In short": "what you would say in 30 seconds",
    "The idea": "the idea in words, around the picture below",
    "The mathematics": "the derivation, with every symbol defined",
    "The patterns": "how to recognize each pattern, with a template that runs",
    "Worked problems": "five problems in your own words, solved by code that runs, each with its complexity",
    "A worked number": "an example small enough for a whiteboard, computed in a python fence with its output fence",
    "When to use it": "one sentence with your recommendation",
    "When the product generates": "what this step is when the product is built on a language model",
    "How it fails": "how it fails in practice, and how you would notice",
    "Sources": "a list of what this rests on",
    "What happens": "the round, minute by minute, with date and `reported`",
    "Who sits there": "who asks, and what they write down",
    "How to prepare": "what to do, in order and with time",
    "On the day": "a checklist: `- [ ] …`",
    "The prompt": "the prompt as it is put",
    "Clarifying questions": "each with why it matters and the answer assumed",
    "Framing": "the ML problem, and the alternatives rejected",
    "Metrics": "business, online, offline and guardrail metrics, and how they are tied",
    "Scale": "assumptions, calculation, conclusion, computed in a python fence",
    "Models": "baseline, better, best, with a trade-off table",
    "Serving": "the path of a request, with a latency budget that adds up",
    "Failures": "failure, detection, recovery, as a table",
    "Now imagine": "twists: what changes when a constraint does",
    "Timeline": "how the 45 minutes are spent",
    "The task": "the task in words, with the signatures",
    "Example": "an input and its output, in a python fence with its output fence",
    "Complexity": "time and memory, and why",
    "Say this aloud": "what to say while writing",
    "Extension": "the follow-up that an interviewer would ask",
}


class ScaffoldError(Exception):
    """The page cannot be begun; the message says why and what to do."""


def scaffold(root: Path, kind: PageKind, slug: str) -> list[Path]:
    """Write the files of a new page and return their paths. Never overwrites."""
    area, _, name = slug.rpartition("/")
    if not _SLUG.match(name) or (area and kind != "chapter"):
        form = "AREA/SLUG" if kind == "chapter" else "a name"
        raise ScaffoldError(f"`{slug}` is not {form} in small letters, digits and hyphens, such as `k-means`.")
    if name == "index" or len(name) > _MAX_NAME:
        why = "stands for its whole folder" if name == "index" else f"is longer than {_MAX_NAME} signs"
        raise ScaffoldError(f"`{name[:60]}` {why}. Name the page after what it is about.")
    if kind == "chapter" and area not in vocabulary.AREAS:
        said = f"There is no area `{area}`." if area else "A chapter needs its area: AREA/SLUG."
        raise ScaffoldError(f"{said} {suggestion(area, vocabulary.AREAS)}")
    if not (root / "docs").is_dir():
        raise ScaffoldError(f"There is no guide in {root.resolve()}. Run this in the repository, or say --root DIR.")
    files = _FILES[kind](area, name)
    taken = [path for path in files if os.path.lexists(root / path)]
    if taken:
        raise ScaffoldError(f"{taken[0]} exists already. Choose another name, or edit that file.")
    try:
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ScaffoldError(f"{error.filename} cannot be written ({error.strerror}).") from None
    return [root / path for path in files]


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _gap(what: str) -> str:
    return f"<!-- gap: {what} -->"


def _item(name: str, minutes: str) -> list[str]:
    """Return the front matter that every booked page has."""
    return [
        f"title: {_title(name)}",
        "summary: # gap: one sentence, at most 160 characters, that ends with a period",
        f"rounds: # gap: a list such as [ml-breadth, phone-screen]; of {', '.join(vocabulary.ROUNDS)}",
        f"level: # gap: at which it is expected; one of {', '.join(vocabulary.LEVELS)}",
        f"importance: # gap: one of {', '.join(vocabulary.IMPORTANCE)}",
        f"minutes: # gap: {minutes}",
        "prerequisites: []",
        f"tracks: [general] # of {', '.join(vocabulary.TRACKS)}",
        f"reviewed: {date.today().isoformat()}",
    ]


# The kinds that new questions begin with: what a chapter owes, in turn.
_KINDS: Final[tuple[QuestionKind, ...]] = ("explain", "compare", "compute", "diagnose")
_COMPUTED: Final = """
/// computed
```python
print(2**10)
```
```output
1024
```
///
"""


def _question(number: int) -> str:
    kind = _KINDS[number % len(_KINDS)]
    return f"""//// question | {_gap("the question, as an interviewer says it")}
    id: # gap: a short name in kebab-case, that never changes once published
    kind: {kind} # or {", ".join(other for other in vocabulary.QUESTION_KINDS if other != kind)}
    level: {vocabulary.LEVELS[number % 2]} # or another of {", ".join(vocabulary.LEVELS)}
    rounds: [ml-breadth]
    phrasing: {"direct" if number % 2 else "indirect"}

/// short
{_gap("what you say in 30 seconds, 40 to 85 words")}
///

/// full
{_gap("what you say in two minutes, 150 to 300 words; numbers are computed by a python fence with its output")}
///

/// points
- {_gap("a claim that a listener would tick")}
- {_gap("another")}
- {_gap("a third; up to six")}
///
{_COMPUTED if kind in vocabulary.COMPUTED_KINDS else ""}
/// follow-ups
- {_gap("the next question")} — {_gap("its answer, in a sentence or two")}
///
////
"""


def _table(first: str, *columns: str) -> str:
    head = " | ".join([first, *columns])
    row = " | ".join(_gap("say it") for _ in range(len(columns) + 1))
    return f"| {head} |\n|{'---|' * (len(columns) + 1)}\n| {row} |\n"


def _section(kind: PageKind, name: str) -> str:
    """Return a section with what its kind owes the reader there."""
    prose = _gap(_WANTED.get(name, f"what belongs under “{name}”")) + "\n"
    match name:
        case "The idea":
            body = (
                prose + '\n```mermaid alt="gap: what is to be seen"\nflowchart TD\n    A[Draw] --> B[the idea]\n```\n'
            )
        case "When to use it":
            body = prose + "\n" + _table("Method", "Use it when", "Do not when")
        case "Common mistakes":
            costs = f"**What it costs.** {_gap('what follows')}\n///\n"
            one = f"/// mistake | {_gap('the pitfall')}\n**Why it is wrong.** {_gap('why')}\n\n{costs}"
            body = "\n".join([one] * vocabulary.MIN_MISTAKES)
        case "Why-ladder":
            one = f"/// why | {_gap('why, one step deeper than the last')}\n{_gap('two to five sentences')}\n///\n"
            body = "\n".join([one] * vocabulary.MIN_WHYS)
        case "Hints":
            one = f"/// hint | {_gap('what it is about')}\n{_gap('stronger than the one before')}\n///\n"
            body = "\n".join([one] * vocabulary.HINTS)
        case "Follow-ups":
            body = f"- {_gap('what is asked next')} — {_gap('its answer')}\n" * vocabulary.MIN_FOLLOW_UPS
        case "Rubric":
            levels = map(str.capitalize, vocabulary.LEVELS)
            body = f"/// rubric\n{_table('What is judged', *levels)}///\n"
        case "Questions":
            least = vocabulary.MIN_QUESTIONS.get(kind, vocabulary.MIN_CHAPTER_QUESTIONS["common"])
            body = "\n".join(_question(number) for number in range(1, least + 1))
        case "A sample session":
            interviewer, candidate = _gap("what is asked"), _gap("what you answer")
            body = f"//// transcript\n**Interviewer:** {interviewer}\n\n**You:** {candidate}\n////\n"
        case "Sources":
            body = "- " + prose
        case _:
            body = prose
    return f"## {name}\n\n{body}"


def _page(kind: PageKind, matter: list[str], sections: Sequence[str] = ()) -> str:
    """Return a page with these sections, or with those of its kind."""
    return "\n".join(
        ["---", *matter, "---", "", *(_section(kind, name) for name in sections or vocabulary.SECTIONS[kind])]
    )


def _chapter(area: str, name: str) -> dict[str, str]:
    matter = _item(name, "to read it; `check` says what the text takes")
    folder = area if area == vocabulary.FRAMEWORK_AREA else f"topics/{area}"
    return {f"docs/{folder}/{name}.md": _page("chapter", matter, vocabulary.AREA_SECTIONS.get(area, ()))}


def _round(_: str, name: str) -> dict[str, str]:
    about = name if name in vocabulary.ROUNDS else f"# gap: one of {', '.join(vocabulary.ROUNDS)}"
    matter = [
        f"title: {_title(name)}",
        "summary: # gap: one sentence, at most 160 characters, that ends with a period",
        f"round: {about}",
        "minutes: # gap: to read it; `check` says what the text takes",
        "topics: # gap: a list of the page ids that it draws on, such as [topics/model-evaluation/bias-variance]",
        f"reviewed: {date.today().isoformat()}",
    ]
    return {f"docs/rounds/{name}.md": _page("round", matter)}


def _case(_: str, name: str) -> dict[str, str]:
    matter = [
        *_item(name, "to read it; `check` says what the text takes"),
        f"product: # gap: one of {', '.join(vocabulary.PRODUCTS)}",
        f"techniques: # gap: a list of {', '.join(vocabulary.TECHNIQUES)}",
        "tension: # gap: what pulls in two directions here and in no other case, in at most 90 characters",
    ]
    return {f"docs/system-design/cases/{name}.md": _page("case", matter)}


def _exercise(_: str, name: str) -> dict[str, str]:
    folder = f"docs/practice/coding/{name}"
    solution = f'''"""{_title(name)}, in NumPy."""

import numpy as np


def solve(x: np.ndarray) -> np.ndarray:
    """Return the answer for x (n,), shape (n,). O(n)."""
    # gap: the name, the signature, the docstring with shapes and complexity, and the solution
    return x
'''
    check = '''

def check_symptom_{number}(candidate):
    """What the reader would see go wrong."""
    # gap: name the function after the symptom, say it in the docstring, and compare
    x = np.zeros(1)
    expect(candidate.solve(x), x, x=x)
'''
    checks = (
        f'"""What {_title(name).lower()} written by hand gets wrong."""\n\nimport numpy as np\nfrom kit import expect\n'
        + "".join(check.format(number=number) for number in range(1, vocabulary.MIN_CHECKS + 1))
    )
    mutant = (
        "- name: # gap: the bug\n"
        "  symptom: # gap: what it looks like\n"
        "  replace: # gap: text that stands exactly once in solution.py\n"
        "  with: # gap: the broken text\n"
    )
    return {
        f"{folder}/index.md": _page("exercise", [*_item(name, "to write it in an interview"), _PATTERN]),
        f"{folder}/solution.py": solution,
        f"{folder}/checks.py": checks,
        f"{folder}/mutants.yml": "\n".join([mutant] * vocabulary.MIN_MUTANTS),
    }


def _notebook(_: str, name: str) -> dict[str, str]:
    cells = [
        ("markdown", f"# {_title(name)}\n\n{_gap('the one question that the experiment answers')}"),
        ("markdown", _gap("a link to the chapter: [title](../topics/area/slug.md)")),
        (
            "code",
            "import numpy as np\n\nrng = np.random.default_rng(0)\n# gap: the experiment, seeded, under 20 seconds",
        ),
        ("markdown", _gap("what to see in the plot")),
        ("code", "# gap: assert what the notebook claims"),
        ("markdown", f"## Try it yourself\n\n{_gap('two or three changes to make, each with a question')}"),
    ]
    guide = dict.fromkeys(("importance", "level", "minutes", "rounds", "summary"))
    guide |= {"prerequisites": [], "reviewed": date.today().isoformat(), "tracks": ["general"]}
    made = [cell(kind, f"cell-{number:02}", source) for number, (kind, source) in enumerate(cells)]
    return {f"notebooks/{name}.ipynb": file_of(made, guide)}


_FILES: Final[dict[PageKind, Callable[[str, str], dict[str, str]]]] = {
    "chapter": _chapter,
    "round": _round,
    "case": _case,
    "exercise": _exercise,
    "notebook": _notebook,
}


def new_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare kind and name."""
    parser.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("slug", metavar="SLUG", help="kebab-case; a chapter is named AREA/SLUG")


def new_page(options: argparse.Namespace) -> int:
    """Begin a page; return the exit code."""
    try:
        written = scaffold(options.root, options.kind, options.slug)
    except ScaffoldError as error:
        print(error, file=sys.stderr)
        return 1
    for path in written:
        print(path)
    print("Fill the gaps; `make check` names those that are left.")
    return 0
