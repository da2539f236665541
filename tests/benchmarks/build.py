"""What a build costs as the guide grows: `python -m tests.benchmarks.build [--stock] 400 1600`.

Writes so many chapters of about 1,000 words, as valid as real ones (questions, formulas, a table, a diagram,
links to each other) and no notebooks, beside the project's own settings, templates and hooks, and builds them in a
process of its own: without a cache, with nothing changed, and with one line of one chapter changed. Processor seconds
are those of the whole process and of what it starts; unlike seconds on the clock, they hold on a busy machine, but not
from one machine to another: `--stock` measures beside each size what MkDocs with the theme and search that come with
it, and none of our hooks, takes for as many chapters of as many words in plain Markdown, and what ours takes for those.
"""

from __future__ import annotations

import math
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from guide.model.vocabulary import AREA_SECTIONS, AREAS

from tests.guide.sitekit import ITEM, MERMAID, MISTAKE, NOTEBOOK_PATH, SITE, WHY, allocation_alone, make_site, page
from tests.guide.sitekit import chapter as valid_chapter

ROOT = Path(__file__).resolve().parents[2]
WORDS = """
the a of and to in is that model data error variance bias sample training validation loss feature label threshold recall
precision estimate weight gradient step noise signal tree split depth leaf boosting penalty ridge lasso when why because
so more fewer large small grows falls stays measured compared expected observed every one
"""
# The line of a chapter that is changed to see what one line costs.
LINE = "Because of this."
FORMULAS = (r"$\hat y = w^\top x + b$", r"$\lambda \lVert w \rVert_2^2$", "$p(y \\mid x)$")


# The areas whose chapters have the common sections, as those written here do.
COMMON_AREAS = [area for area in AREAS if area not in AREA_SECTIONS]


def area(number: int) -> str:
    """Return the area of a chapter: they take turns."""
    return COMMON_AREAS[number % len(COMMON_AREAS)]


def prose(chance: random.Random, count: int) -> str:
    """Return so many words in sentences, each on a line."""
    words = chance.choices(WORDS.split(), k=count)
    return "\n".join(" ".join(words[at : at + 10]).capitalize() + "." for at in range(0, count, 10))


def questions(chance: random.Random) -> str:
    """Return as many questions, and of such kinds, as a chapter has to have: those of the tests, in other words."""
    text = valid_chapter().partition("\n## Questions\n\n")[2].partition("\n## ")[0]
    text = re.sub(r"What is [\w-]+\?", lambda _: f"{prose(chance, 8)[:-1]}?", text)
    text = re.sub(r"A short answer to [\w-]+\.", lambda _: prose(chance, 12), text)
    text = re.sub(r"A full answer to [\w-]+\.", lambda _: prose(chance, 24), text)
    return text.replace("And then? — Then this.", f"{prose(chance, 5)} — {prose(chance, 7)}")


def chapter(number: int, total: int) -> tuple[str, str]:
    """Return path and text of a chapter."""
    chance = random.Random(number)
    name = f"topics/{area(number)}/chapter-{number:04}"
    other = (number * 7 + 1) % total
    link = f"[a neighbor](../{area(other)}/chapter-{other:04}.md#questions)"
    own = rf"$$\sum_{{i=1}}^{{{number}}} (y_i - \hat y_i)^2$$"
    bodies = {
        "In short": prose(chance, 36),
        "The idea": f"{prose(chance, 36)}\n\n{MERMAID}\nSee {link}.\n",
        "The mathematics": f"{prose(chance, 24)}\n{' and '.join(FORMULAS)}.\n\n{own}\n\n{prose(chance, 18)}",
        "A worked number": f"{prose(chance, 18)}\n\n```python\nprint({number})\n```\n```output\n{number}\n```\n",
        "When to use it": "| method | cost | bias |\n|---|---|---|\n" + f"| {prose(chance, 3)} | low | high |\n" * 4,
        "How it fails": "\n".join(f"- {prose(chance, 10)}" for _ in range(3)),
        "Common mistakes": "\n".join([MISTAKE] * 3),
        "Why-ladder": "\n".join([WHY] * 3),
        "Questions": questions(chance),
        "Sources": f"- {prose(chance, 8)}",
    }
    return f"docs/{name}.md", page(
        {**ITEM, "title": f"Chapter {number}", "minutes": "2", "importance": "occasional"}, bodies
    )


def guide(folder: Path, count: int) -> Path:
    """Write a guide of so many chapters."""
    home = "---\ntitle: Home\nsummary: The home of a made-up guide.\n---\n\nWelcome.\n"
    chapters = dict(chapter(number, count) for number in range(count))
    # Without the tiny guide's notebook: for the first one, a cold build starts a Python with the scientific stack.
    others = {path: text for path, text in SITE.items() if path != NOTEBOOK_PATH}
    make_site(folder, {**others, "docs/index.md": home, **chapters})
    for name in ("hooks", "overrides", "node_modules"):
        (folder / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    # Without the pages, and the orders that name them.
    ignored = shutil.ignore_patterns("*.md", ".nav.yml")
    shutil.copytree(ROOT / "docs/rounds", folder / "docs/rounds", ignore=ignored, dirs_exist_ok=True)
    (folder / "docs/plan").mkdir(exist_ok=True)
    (folder / "notebooks").mkdir()
    (folder / "docs/plan/allocation.yml").write_text(allocation_alone(), encoding="utf-8")
    return folder


def plain(folder: Path, count: int) -> Path:
    """Add as many plain chapters."""
    for number in range(count):
        chance = random.Random(number)
        sections = (f"## Section {each}\n\n{prose(chance, 100)}\n" for each in range(10))
        path = folder / f"docs/plain/{area(number)}/chapter-{number:04}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        head = f"---\ntitle: Chapter {number}\nsummary: A chapter of nothing but words.\n---\n\n"
        path.write_text(head + "\n".join(sections), "utf-8")
    return folder


def stock(folder: Path) -> Path:
    """Write what MkDocs as it comes needs."""
    (folder / "docs").mkdir()
    (folder / "docs/index.md").write_text("# Home\n\nWelcome.\n", "utf-8")
    (folder / "mkdocs.yml").write_text("site_name: Stock\ntheme: material\nplugins: [search]\n", "utf-8")
    return folder


def build(folder: Path) -> float:
    """Build and return the processor seconds."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": "https://example.org/"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    subprocess.run(command, cwd=folder, env=environment, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(counts: list[int], beside_stock: bool) -> None:
    """Print one line for each size."""
    known: list[tuple[int, float]] = []
    print("chapters  cold  unchanged  one line  output MB  growth" + "  stock  same in ours" * beside_stock)
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            folder = guide(Path(name), count)
            cold, warm = build(folder), build(folder)
            path = folder / chapter(0, count)[0]
            path.write_text(path.read_text("utf-8").replace(LINE, "Because of that.", 1), "utf-8")
            touched = build(folder)
            size = sum(each.stat().st_size for each in (folder / "site").rglob("*") if each.is_file()) / 1e6
        growth = math.log(cold / known[-1][1]) / math.log(count / known[-1][0]) if known else math.nan
        known.append((count, cold))
        print(f"{count:8}{cold:6.1f}{warm:11.1f}{touched:10.1f}{size:11.0f}{growth:8.2f}", end="", flush=True)
        if beside_stock:
            with tempfile.TemporaryDirectory() as theirs, tempfile.TemporaryDirectory() as ours:
                print(f"{build(plain(stock(Path(theirs)), count)):7.1f}", end="", flush=True)
                print(f"{build(plain(guide(Path(ours), 1), count)):14.1f}", end="")
        print(flush=True)


if __name__ == "__main__":
    sizes = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    main(sizes or [400, 1600], "--stock" in sys.argv)
