"""A tiny guide with exercises in plain Python and with NumPy, built as the guide is built, for the tests of the gym.

There is no NumPy for a browser on the machines that run the tests. In its place stands a package of that name, small
and in plain Python, which takes the way of the real one: named in Pyodide's lock file with its hash, fetched into
wheels/, checked at build, published, fetched by the page, and loaded by Pyodide.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

from tests.builtsite import ROOT, address
from tests.guide.sitekit import EXERCISE, SITE, allocation_alone, exercise, make_site, page

PLAIN = "docs/practice/coding/running-sum"
PLAIN_URL = "practice/coding/running-sum/"
NUMPY_URL = f"{EXERCISE.removeprefix('docs/')}/"

SOLUTION = '''"""Running sums of a list."""


def running_sum(values: list[float]) -> list[float]:
    """Return the sums of the first 1, 2, … values. O(n)."""
    total, sums = 0.0, []
    for value in values:
        total += value
        sums.append(total)
    return sums


def largest(values: list[float]) -> float:
    """Return the largest running sum. O(n)."""
    return max(running_sum(values))
'''
CHECKS = '''"""What goes wrong with running sums."""

from kit import expect

LIMITS = {"check_long_lists_take_too_long": 1}


def check_sums_are_wrong(candidate):
    """The sums are not those of the values so far."""
    expect(candidate.running_sum([1.0, 2.0, 3.0]), [1.0, 3.0, 6.0], values=[1.0, 2.0, 3.0])


def check_an_empty_list_fails(candidate):
    """An empty list has sums."""
    expect(candidate.running_sum([]), [], values=[])


def check_the_argument_is_changed(candidate):
    """The list that was passed in is another afterward."""
    values = [1.0, 1.0]
    candidate.running_sum(values)
    expect(values, [1.0, 1.0])


def check_the_largest_is_the_last(candidate):
    """The largest sum is taken for the last."""
    expect(candidate.largest([1.0, -1.0]), 1.0)


def check_the_largest_is_positive(candidate):
    """The largest sum of negative values is not found."""
    expect(candidate.largest([-2.0, -1.0]), -2.0)


def check_long_lists_take_too_long(candidate):
    """Long lists take too long."""
    candidate.running_sum([1.0] * 3000)
'''
MUTANTS = "".join(
    f"- name: bug {number}\n  symptom: wrong\n  replace: {old}\n  with: {new}\n"
    for number, (old, new) in enumerate(
        [
            ("total += value", "total -= value"),
            ("total, sums = 0.0, []", "total, sums = 0.0, [0.0]"),
            ("sums.append(total)", "sums.append(value)"),
            ("return max(running_sum(values))", "return running_sum(values)[-1]"),
            ("return max(running_sum(values))", "return max(0.0, *running_sum(values))"),
            ("total, sums = 0.0, []", "total, sums = 1.0, []"),
        ]
    )
)
INDEX = page(
    {"title": "Coding from scratch", "summary": "Exercises to be written.", "template": "gym.html"},
    {"Exercises": "[[listing exercises]]\n"},
)

NUMPY = '''"""A stand-in for NumPy: as much of it as the tiny guide's exercise needs."""

__version__ = "0"


class ndarray:
    def __init__(self, values):
        self.values = list(values)

    def __add__(self, other):
        return ndarray(a + b for a, b in zip(self.values, other.values))

    def __rmul__(self, factor):
        return ndarray(factor * value for value in self.values)

    def __getitem__(self, at):
        return self.values[at]


def array(values):
    return ndarray(values)
'''


def wheel() -> bytes:
    """Return the stand-in as a wheel; the same bytes every time."""
    data = io.BytesIO()
    about = "numpy-0.dist-info"
    files = {
        "numpy/__init__.py": NUMPY,
        f"{about}/METADATA": "Metadata-Version: 2.1\nName: numpy\nVersion: 0\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: a test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},,\n" for name in [*files, f"{about}/RECORD"])
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in {**files, f"{about}/RECORD": record}.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)
    return data.getvalue()


NAME = "numpy-0-py3-none-any.whl"


def with_stand_in(root: Path) -> None:
    """Give a repository packages of npm of its own, in which Pyodide's lock file means the stand-in."""
    modules = root / "node_modules"
    modules.mkdir()
    for path in (ROOT / "node_modules").iterdir():
        if path.name != "pyodide":
            (modules / path.name).symlink_to(path)
    shutil.copytree(ROOT / "node_modules/pyodide", modules / "pyodide")
    path = modules / "pyodide/pyodide-lock.json"
    lock = json.loads(path.read_text("utf-8"))
    lock["packages"]["numpy"] |= {
        "file_name": NAME,
        "sha256": hashlib.sha256(wheel()).hexdigest(),
        "version": "0",
        "depends": [],
        "imports": ["numpy"],
    }
    path.write_text(json.dumps(lock), encoding="utf-8")


def build(root: Path, more: Mapping[str, str] | None = None) -> Path:
    """Lay out the tiny guide with both exercises and the stand-in, build it, and return the folder of the site."""
    files = {
        **SITE,
        "docs/practice/coding/index.md": INDEX,
        f"{PLAIN}/index.md": exercise(title="Running sums"),
        f"{PLAIN}/solution.py": SOLUTION,
        f"{PLAIN}/checks.py": CHECKS,
        f"{PLAIN}/mutants.yml": MUTANTS,
        **(more or {}),
    }
    make_site(root, files)
    for name in ("hooks", "overrides"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", ".*_cache"))
    with_stand_in(root)
    (root / "wheels").mkdir()
    (root / "wheels" / NAME).write_bytes(wheel())
    for name in ("mkdocs.yml", "package-lock.json", "tsconfig.json"):
        shutil.copy(ROOT / name, root)
    pages = shutil.ignore_patterns("*.md", ".nav.yml")
    shutil.copytree(ROOT / "docs/rounds", root / "docs/rounds", ignore=pages, dirs_exist_ok=True)
    (root / "docs/plan").mkdir()
    (root / "docs/plan/allocation.yml").write_text(allocation_alone(), encoding="utf-8")
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": address()}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return root / "site"
