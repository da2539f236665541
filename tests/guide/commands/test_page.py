"""The verb page of `python -m guide`: what it says of the slips in an exercise's solution."""

from __future__ import annotations

from pathlib import Path

import pytest
from guide.__main__ import main

from tests.guide.sitekit import EXERCISE, MUTANTS, SITE, SOLUTION, make_site

# A size is never negative, so the comparison may slip.
UNNOTICED = SOLUTION.replace("return _helper(x)", "return _helper(x) if x.size > -1 else x")


def said_of(root: Path, solution: str, argued: str, capsys: pytest.CaptureFixture[str]) -> str:
    make_site(root, SITE | {f"{EXERCISE}/solution.py": solution, f"{EXERCISE}/mutants.yml": MUTANTS + argued})
    main(["page", "--root", str(root), "practice/coding/twice"])
    return capsys.readouterr().out


def test_a_slip_that_no_check_notices_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = said_of(tmp_path, UNNOTICED, "", capsys)
    assert "with this line no check fails: `return _helper(x) if x.size >= -1 else x`" in said


def test_more_than_one_argued_slip_in_twenty_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    argued = "- equivalent: return _helper(x) if x.size >= -1 else x\n  reason: An array has no negative size.\n"
    said = said_of(tmp_path, UNNOTICED, argued, capsys)
    assert "`return _helper(x) if x.size >= -1 else x`" not in said
    assert "slips are argued away, and one in 20 is the most" in said


def test_an_argued_slip_that_is_none_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    argued = "- equivalent: return x + x + x\n  reason: None.\n"
    assert "this is no slip of the solution" in said_of(tmp_path, SOLUTION, argued, capsys)


def test_a_solution_that_cannot_be_read_is_told_once_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = said_of(tmp_path, SOLUTION + "\ndef f(:\n", "", capsys)
    assert f"{EXERCISE}/solution.py:" in said
    assert "Traceback" not in said
