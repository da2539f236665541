"""What the coding gym gets of an exercise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from guide.model.catalogue import Exercise
from guide.publish import gym, python

from tests.guide.sitekit import EXERCISE, SITE, SOLUTION, read
from tests.guide.sitekit import exercise as exercise_page

PAGE = '<p>The task</p><section class="tl-section">\n<h2 id="take-it-to-your-own-machine">Take it</h2></section>'


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    catalogue, _ = read(tmp_path, SITE)
    return catalogue.exercises[0]


def part(name: str) -> python.Part:
    return python.Part(name, f"assets/{name}", b"", "", 1_000_000)


def test_the_checks_are_those_that_the_tests_run(exercise: Exercise) -> None:
    data = json.loads(gym.gym_json(exercise) or "")
    assert data["checks"] == exercise.checks_source
    assert [each["name"] for each in data["names"]] == [check.name for check in exercise.checks]
    assert data["names"][0]["limit"] == gym.SLOWER * exercise.checks[0].limit


def test_the_solution_is_not_among_it(exercise: Exercise) -> None:
    assert "_helper(x)" in SOLUTION
    assert "_helper(x)" not in (gym.gym_json(exercise) or "")


def test_signatures_are_the_starter_without_its_explanations() -> None:
    starter = '"""A module."""\n\n\ndef f(x: int) -> int:\n    """Return x."""\n    raise NotImplementedError\n'
    assert gym.signatures(starter) == "def f(x: int) -> int:\n    raise NotImplementedError\n"


def test_a_program_to_repair_is_what_the_editor_begins_with_also_in_an_interview(tmp_path: Path) -> None:
    broken = SOLUTION.replace("3 * x", "2 * x")
    files = SITE | {f"{EXERCISE}/index.md": exercise_page(pattern="debugging"), f"{EXERCISE}/broken.py": broken}
    data = json.loads(gym.gym_json(read(tmp_path, files)[0].exercises[0]) or "")
    assert data["starter"] == broken
    assert data["signatures"] == broken


def test_a_debug_twin_of_another_exercise_is_not_its_starter(tmp_path: Path) -> None:
    files = SITE | {f"{EXERCISE}/broken.py": SOLUTION.replace("3 * x", "2 * x")}
    data = json.loads(gym.gym_json(read(tmp_path, files)[0].exercises[0]) or "")
    assert "2 * x" not in data["starter"]


def test_the_gym_stands_before_other_places_to_write(exercise: Exercise) -> None:
    view = gym.gym_view(exercise, python.Python("1", (), {}, {}), PAGE, 0)
    assert view is not None
    assert view.before == "<p>The task</p>"
    assert view.before + view.after == PAGE


def test_what_the_site_does_not_have_is_known_before_anything_is_fetched(exercise: Exercise) -> None:
    without = python.Python("1", (part("core"),), {}, {})
    having = python.Python("1", (part("core"),), {"numpy": (part("numpy"),)}, {})
    missing, there = (gym.gym_view(exercise, each, PAGE, 200_000) for each in (without, having))
    assert missing is not None
    assert missing.missing == "NumPy"
    assert there is not None
    assert there.missing == ""
    assert there.megabytes == "2.2"


def test_the_policy_of_the_room_lets_its_own_script_and_a_worker_run_and_nothing_else() -> None:
    page = python.room("start()")
    assert "default-src 'none'; script-src 'wasm-unsafe-eval' 'sha256-" in page
    assert "worker-src blob:" in page
    assert "connect-src" not in page
    assert "'self'" not in page
