"""What the set-up promises: any Python from 3.11.0 on will do, and make says what is missing."""

from __future__ import annotations

import re
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
OLDEST = "3.11.0"
PINS = [
    Requirement(line)
    for name in ("requirements.txt", "requirements-dev.txt")
    for line in (ROOT / name).read_text("utf-8").splitlines()
    if line and not line.startswith(("#", "-r "))
]
INSTALLED = [pin for pin in PINS if pin.marker is None or pin.marker.evaluate()]


def test_every_package_is_pinned_exactly_for_each_python() -> None:
    assert [str(pin) for pin in PINS if not re.fullmatch(r"==[\w.]+", str(pin.specifier))] == []
    for marked in {pin.name for pin in PINS if pin.marker}:
        pins = [pin for pin in PINS if pin.name == marked and pin.marker]
        for version in (OLDEST, "3.11.4", "3.11.5", "3.12.0", "3.14.0"):
            chosen = [pin for pin in pins if pin.marker and pin.marker.evaluate({"python_full_version": version})]
            assert len(chosen) == 1, f"{marked} on Python {version}"


@pytest.mark.parametrize("pin", INSTALLED, ids=lambda pin: pin.name)
def test_a_pinned_package_takes_the_oldest_python_or_says_from_which_it_is_used(pin: Requirement) -> None:
    needed = distribution(pin.name).metadata["Requires-Python"] or ""
    if pin.marker is None:
        allowed = Requirement(f"x{needed}").specifier
        assert allowed.contains(OLDEST), f"{pin.name} needs Python {needed}"


def test_no_expression_of_the_library_is_one_that_early_releases_of_python_get_wrong() -> None:
    # Until 3.11.4, a possessive quantifier on a group skips what the group's last attempt has looked at.
    possessive = re.compile(r"(?<!\\)\)(?:[*+?]|\{[\d,]+\})\+")
    lines = [
        f"{path.name}:{number}"
        for path in sorted((ROOT / "hooks").rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if possessive.search(line) and not line.lstrip().startswith("#")
    ]
    assert lines == []
