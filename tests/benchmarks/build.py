"""What a build costs as the guide grows: `python -m tests.benchmarks.build 400 1600`.

Writes so many chapters of about 1,000 words, as valid as real ones (eight questions, formulas, a table, a diagram,
links to each other), beside the project's own settings, templates and hooks, and builds them in a process of its own:
without a cache, with nothing changed, and with one line of one chapter changed. Processor seconds are those of the
whole process and of what it starts; unlike seconds on the clock, they hold on a busy machine.
"""

from __future__ import annotations

import math
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from guide.vocabulary import AREAS

from tests.guide.sitekit import ITEM, MERMAID, MISTAKE, SITE, WHY, make_site, page

ROOT = Path(__file__).resolve().parents[2]
WORDS = """
the a of and to in is that model data error variance bias sample training validation loss feature label threshold recall
precision estimate weight gradient step noise signal tree split depth leaf boosting penalty ridge lasso when why because
so more fewer large small grows falls stays measured compared expected observed every one
"""
FORMULAS = (r"$\hat y = w^\top x + b$", r"$\lambda \lVert w \rVert_2^2$", "$p(y \\mid x)$")


def area(number: int) -> str:
    """Return the area of a chapter: they take turns."""
    return list(AREAS)[number % len(AREAS)]


def prose(chance: random.Random, count: int) -> str:
    """Return so many words in sentences."""
    words = chance.choices(WORDS.split(), k=count)
    return " ".join(" ".join(words[at : at + 14]).capitalize() + "." for at in range(0, count, 14))


def question(chance: random.Random, number: int) -> str:
    """Return one question with its answers."""
    kind, computed = ("explain", "") if number else ("compute", "\n```python\nprint(1 + 1)\n```\n```output\n2\n```\n")
    return f"""//// question | {prose(chance, 9)[:-1]}?
    id: question-{number}
    kind: {kind}
    level: entry
    rounds: [ml-breadth]

/// short
{prose(chance, 20)}
///

/// full
{prose(chance, 40)}
{computed}
///

/// follow-ups
- {prose(chance, 7)} — {prose(chance, 10)}
///
////
"""


def chapter(number: int, total: int) -> tuple[str, str]:
    """Return path and text of a chapter."""
    chance = random.Random(number)
    name = f"topics/{area(number)}/chapter-{number:04}"
    other = (number * 7 + 1) % total
    link = f"[a neighbor](../{area(other)}/chapter-{other:04}.md#questions)"
    own = rf"$$\sum_{{i=1}}^{{{number}}} (y_i - \hat y_i)^2$$"
    bodies = {
        "In short": prose(chance, 50),
        "The idea": f"{prose(chance, 60)}\n\n{MERMAID}\nSee {link}.\n",
        "The mathematics": f"{prose(chance, 40)} {' and '.join(FORMULAS)}.\n\n{own}\n\n{prose(chance, 30)}",
        "A worked number": f"{prose(chance, 30)}\n\n```python\nprint({number})\n```\n```output\n{number}\n```\n",
        "When to use it": "| method | cost | bias |\n|---|---|---|\n" + f"| {prose(chance, 3)} | low | high |\n" * 4,
        "How it fails": "\n".join(f"- {prose(chance, 12)}" for _ in range(3)),
        "Common mistakes": "\n".join([MISTAKE] * 3),
        "Why-ladder": "\n".join([WHY] * 3),
        "Questions": "\n".join(question(chance, each) for each in range(8)),
        "Sources": f"- {prose(chance, 8)}",
    }
    return f"docs/{name}.md", page({**ITEM, "title": f"Chapter {number}", "minutes": "6"}, bodies)


def guide(folder: Path, count: int) -> Path:
    """Write a guide of so many chapters."""
    home = "---\ntitle: Home\nsummary: The home of a made-up guide.\n---\n\nWelcome.\n"
    chapters = dict(chapter(number, count) for number in range(count))
    make_site(folder, {**SITE, "docs/index.md": home, **chapters})
    for name in ("hooks", "overrides", "node_modules"):
        (folder / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(
        ROOT / "docs/rounds", folder / "docs/rounds", ignore=shutil.ignore_patterns("*.md"), dirs_exist_ok=True
    )
    (folder / "docs/plan").mkdir(exist_ok=True)
    shutil.copy(ROOT / "docs/plan/allocation.yml", folder / "docs/plan")
    return folder


def build(folder: Path) -> float:
    """Build and return the processor seconds."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": "https://example.org/"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    subprocess.run(command, cwd=folder, env=environment, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(counts: list[int]) -> None:
    """Print one line for each size."""
    known: list[tuple[int, float]] = []
    print("chapters  cold  unchanged  one line  output MB  growth")
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            folder = guide(Path(name), count)
            cold, warm = build(folder), build(folder)
            path = folder / chapter(0, count)[0]
            path.write_text(path.read_text("utf-8").replace("Because of this.", "Because of that.", 1), "utf-8")
            touched = build(folder)
            size = sum(each.stat().st_size for each in (folder / "site").rglob("*") if each.is_file()) / 1e6
        growth = math.log(cold / known[-1][1]) / math.log(count / known[-1][0]) if known else math.nan
        known.append((count, cold))
        print(f"{count:8}{cold:6.1f}{warm:11.1f}{touched:10.1f}{size:11.0f}{growth:8.2f}", flush=True)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [400, 1600])
