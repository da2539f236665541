"""The grader: what passes, what fails and in which words, whatever the code does."""

from collections.abc import Iterator

import pytest
from guide.read.exercises import starter
from guide.run.grading import grade
from guide.run.runner import Runner

from tests.guide.sitekit import CHECKS, SOLUTION


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    runner = Runner(tmp_path_factory.mktemp("cache"))
    yield runner
    runner.close()


def test_the_solution_passes_and_the_starter_fails(runner: Runner) -> None:
    good, bad = grade(CHECKS, [SOLUTION, starter(SOLUTION)], runner)
    assert all(result.passed for result in good)
    assert not any(result.passed for result in bad)
    assert bad[0].message == "NotImplementedError"


def test_a_wrong_result_fails_the_checks_about_it_and_no_other(runner: Runner) -> None:
    (results,) = grade(CHECKS, [SOLUTION.replace("3 * x", "4 * x")], runner)
    assert [result.name for result in results if not result.passed] == [f"check_thrice_{n}" for n in (1, 2, 3)]
    assert results[-1].message == "wrong"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("x = ", "the code does not run: SyntaxError"),
        ("import nothing_of_the_kind", "the code does not run: ModuleNotFoundError"),
        ("raise SystemExit(0)", "the code does not run: SystemExit"),
        ("import os\nos._exit(0)", "the code ended the process"),
        ("print('[]')\nraise ValueError('no')", "the code does not run: ValueError: no"),
        ("x = bytearray(10**11)", "the code does not run: MemoryError"),
    ],
)
def test_code_that_does_not_run_fails_every_check(code: str, message: str, runner: Runner) -> None:
    (results,) = grade(CHECKS, [code], runner)
    assert len(results) == 6
    assert all(not result.passed and message in result.message for result in results)


def test_code_without_end_is_stopped_and_the_rest_goes_on(runner: Runner) -> None:
    endless = "while True:\n    pass\n"
    first, second = grade(CHECKS, [endless, SOLUTION], runner, time_limit=2)
    assert all("did not finish within 2 seconds" in result.message for result in first)
    assert all(result.passed for result in second)


def test_one_code_cannot_disturb_the_next(runner: Runner) -> None:
    spoiler = "import numpy\nnumpy.array = None\n" + SOLUTION
    results = grade(CHECKS, [SOLUTION, spoiler, SOLUTION], runner)
    assert all(result.passed for result in results[0])
    assert all(result.passed for result in results[2])


def test_the_code_does_not_see_the_environment(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_SECRET", "1")
    spy = "import os\nassert 'SOME_SECRET' not in os.environ\n" + SOLUTION
    (results,) = grade(CHECKS, [spy], Runner(runner.cache_directory))
    assert all(result.passed for result in results)
