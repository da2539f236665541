"""What a reader takes home: the file and the notebook run anywhere, and say what the page would say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from guide.model.catalogue import Exercise
from guide.publish.exercise_files import notebook_file, published, python_file
from guide.read.exercises import starter
from guide.run.runner import Job, Runner

from tests.guide.sitekit import CHECKS, EXERCISE, SITE, SOLUTION, read
from tests.guide.sitekit import exercise as exercise_page

ADDRESS = "https://example.org/guide/"
BODY = SOLUTION.split('"""', 2)[2].strip()
BEGUN = starter(SOLUTION).split('"""', 2)[2].strip()
KITTED = CHECKS.replace("import numpy as np\n", "import numpy as np\nfrom kit import expect\n")


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Exercise:
    files = SITE | {f"{EXERCISE}/checks.py": KITTED}
    return read(tmp_path_factory.mktemp("site"), files)[0].exercises[0]


def run_pytest(folder: Path, text: str) -> str:
    (folder / "twice.py").write_text(text, "utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rA", "twice.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


def test_the_solution_passes_in_the_file(exercise: Exercise, tmp_path: Path) -> None:
    said = run_pytest(tmp_path, python_file(exercise, ADDRESS).replace(BEGUN, BODY))
    assert re.search(r"6 passed", said)
    assert "failed" not in said


def test_the_starter_fails_every_check_in_the_file(exercise: Exercise, tmp_path: Path) -> None:
    said = run_pytest(tmp_path, python_file(exercise, ADDRESS))
    assert "6 failed" in said
    assert " passed" not in said


def test_a_program_to_repair_is_taken_home_with_its_bugs(tmp_path: Path) -> None:
    broken = SOLUTION.replace("3 * x", "2 * x")
    files = SITE | {f"{EXERCISE}/index.md": exercise_page(pattern="debugging"), f"{EXERCISE}/broken.py": broken}
    found = read(tmp_path, files)[0].exercises[0]
    said = run_pytest(tmp_path, python_file(found, ADDRESS))
    assert "3 failed, 3 passed" in said
    assert "".join(json.loads(notebook_file(found, ADDRESS))["cells"][1]["source"]) == broken.strip()


def test_a_failure_tells_its_symptom_without_the_code_of_the_check(exercise: Exercise, tmp_path: Path) -> None:
    said = run_pytest(tmp_path, python_file(exercise, ADDRESS).replace(BEGUN, BODY.replace("3 * x", "4 * x")))
    assert "The result of thrice for 1 is wrong.\nwrong" in said
    assert "candidate.thrice" not in said


def test_a_helper_that_the_checks_would_hide_is_told(exercise: Exercise, tmp_path: Path) -> None:
    mine = BODY.replace("_helper", "expect")
    assert "rename yours: expect" in run_pytest(tmp_path, python_file(exercise, ADDRESS).replace(BEGUN, mine))


def test_the_file_says_where_its_task_stands(exercise: Exercise) -> None:
    assert f"{ADDRESS}practice/coding/twice/" in python_file(exercise, ADDRESS)


@pytest.mark.parametrize(("code", "passed"), [(SOLUTION, 6), (starter(SOLUTION), 0)], ids=["solution", "starter"])
def test_the_notebook_prints_what_passed(exercise: Exercise, runner: Runner, code: str, passed: int) -> None:
    cells = json.loads(notebook_file(exercise, ADDRESS))["cells"]
    assert "".join(cells[1]["source"]) == starter(SOLUTION).strip()
    sources = [code, "".join(cells[2]["source"])]
    job = Job("notebook", sources, 20, more={"numbers": list(range(len(sources)))})
    (outcome,) = runner.run([job])
    assert outcome.result is not None
    assert outcome.result["fault"] is None
    assert f"{passed} of 6 checks passed" in outcome.result["cells"][1]["outputs"][0]["text"]


def test_every_exercise_has_both_files_beside_its_page(tmp_path: Path) -> None:
    catalogue = read(tmp_path, SITE)[0]
    paths = [path for path, _ in published(catalogue, ADDRESS)]
    assert paths == ["practice/coding/twice/twice.py", "practice/coding/twice/twice.ipynb"]


def test_an_exercise_that_cannot_be_read_has_no_files(tmp_path: Path) -> None:
    catalogue = read(tmp_path, SITE | {f"{EXERCISE}/solution.py": "def twice(:\n"})[0]
    assert list(published(catalogue, ADDRESS)) == []
