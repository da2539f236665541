"""The verb try of `python -m guide`: one's own code against the checks of an exercise."""

from __future__ import annotations

from pathlib import Path

import pytest
from guide.__main__ import main

from tests.guide.sitekit import SITE, SOLUTION, make_site


def attempt(root: Path, code: str | bytes, name: str = "twice") -> int:
    make_site(root, SITE | {"mine.py": code})
    return main(["try", "--root", str(root), name, str(root / "mine.py")])


def test_right_code_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert attempt(tmp_path, SOLUTION) == 0
    assert capsys.readouterr().out.endswith("twice: 6 of 6 checks passed\n")


def test_wrong_code_is_told_what_failed_why_and_what_it_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert attempt(tmp_path, SOLUTION.replace("return 3 * x", "print('here')\n    return 4 * x")) == 1
    said = capsys.readouterr().out
    assert said.startswith(
        "failed  check_thrice_1\n        The result of thrice for 1 is wrong.\n        wrong\n"
        "        your code printed:\n        here\n"
    )
    assert "passed  check_twice_1" in said
    assert said.endswith("twice: 3 of 6 checks passed\n")


def test_code_that_is_no_python_fails_every_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert attempt(tmp_path, "def twice(:\n") == 1
    assert "the code does not run: SyntaxError" in capsys.readouterr().out


def test_an_unknown_exercise_is_told_with_the_one_that_was_meant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert attempt(tmp_path, SOLUTION, "twise") == 2
    assert "Did you mean `twice`?" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_site(tmp_path, SITE)
    assert main(["try", "--root", str(root), "twice", str(root / "nowhere.py")]) == 2
    assert "nowhere.py cannot be read: No such file" in capsys.readouterr().out


def test_a_file_that_is_no_text_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert attempt(tmp_path, b"\xff\xfe\x00") == 2
    assert "UTF-8" in capsys.readouterr().out
