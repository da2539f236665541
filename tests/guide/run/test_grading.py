"""The grader: what passes, what fails and in which words, whatever the code does."""

import pytest
from guide.read.exercises import read_checks, starter
from guide.run.grading import first_failures, grade
from guide.run.runner import Runner

from tests.guide.sitekit import CHECKS, SOLUTION


def test_the_solution_passes_and_the_starter_fails(runner: Runner) -> None:
    good, bad = grade(CHECKS, [SOLUTION, starter(SOLUTION)], runner)
    assert all(result.passed for result in good)
    assert not any(result.passed for result in bad)
    assert bad[0].message == "NotImplementedError (line 8 of the code)"


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


# Seconds of the processor for each check, as few as a loop without end needs to be told.
SHORT = CHECKS + "\n\nLIMITS = {" + ", ".join(f'"{check.name}": 0.2' for check in read_checks(CHECKS)) + "}\n"


def test_code_that_runs_on_when_it_is_read_is_stopped_and_the_rest_goes_on(runner: Runner) -> None:
    first, second = grade(SHORT, ["while True:\n    pass\n", SOLUTION], runner)
    assert all("still running after 0.2 seconds" in result.message for result in first)
    assert all("(line " in result.message for result in first)
    assert all(result.passed for result in second)


def test_a_slow_function_fails_the_checks_that_call_it_and_no_other(runner: Runner) -> None:
    slow = SOLUTION.replace("    return 3 * x", "    while True:\n        pass")
    (results,) = grade(SHORT, [slow], runner)
    assert [result.name for result in results if not result.passed] == [f"check_thrice_{n}" for n in (1, 2, 3)]


def test_code_cannot_swallow_the_end_of_its_time(runner: Runner) -> None:
    stubborn = "    while True:\n        try:\n            pass\n        except Exception:\n            pass"
    (results,) = grade(SHORT, [SOLUTION.replace("    return 3 * x", stubborn)], runner)
    assert [result.passed for result in results] == [True] * 3 + [False] * 3


def test_code_that_cannot_be_interrupted_fails_where_it_stands_still(runner: Runner) -> None:
    # One call that ends in no time that anybody waits for, and in which Python hears no signal.
    still = SOLUTION.replace("    return 3 * x", "    return sum(range(10**12))")
    (results,) = grade(SHORT, [still], runner, time_limit=1)
    assert [result.passed for result in results] == [True] * 3 + [False] * 3
    assert "stopped" in results[-1].message


def test_code_that_ends_the_process_fails_where_it_does(runner: Runner) -> None:
    (results,) = grade(CHECKS, [SOLUTION.replace("    return 3 * x", "    import os\n    os._exit(0)")], runner)
    assert [result.passed for result in results] == [True] * 3 + [False] * 3
    assert results[-1].message == "the code ended the process"


def test_what_the_code_prints_is_kept_with_the_check(runner: Runner) -> None:
    (results,) = grade(CHECKS, [SOLUTION.replace("    return 3 * x", "    print('x is', x)\n    return 3 * x")], runner)
    assert [result.printed for result in results[2:4]] == ["", "x is [1]\n"]


def test_a_mutant_is_told_by_a_check_that_it_fails(runner: Runner) -> None:
    mutants = [SOLUTION.replace("3 * x", "4 * x"), SOLUTION, "x = ", SOLUTION.replace("x + x", "x - x")]
    caught = first_failures(CHECKS, SOLUTION, mutants, runner)
    assert caught[0].startswith("check_thrice_")
    assert caught[1] == ""
    assert caught[2] in [check.name for check in read_checks(CHECKS)]
    assert caught[3].startswith("check_twice_")


def test_mutants_are_told_apart_when_one_ends_the_process(runner: Runner) -> None:
    caught = first_failures(CHECKS, SOLUTION, ["import os\nos._exit(1)\n", SOLUTION], runner)
    assert caught == ["the process", ""]


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
