"""The checks of an exercise, run against any code by the warm process.

The code may loop forever, fill the machine or call `exit`: it runs in a process of its own, with a limit on time and
memory, without network and without the user's environment. In the reader's browser a worker plays that part.

Each check has seconds of its own (`LIMITS` in checks.py), so code that is right and slow fails what asks for speed and
nothing else. Where code cannot be interrupted, or ends its process, every check is run in a process of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from guide.model.exercises import Check
from guide.read.exercises import read_checks
from guide.read.mutation import Slip, slips
from guide.run.runner import Job, Outcome, Runner, why

# Seconds for all the checks of a code together, when none of them stands still.
TIME_LIMIT: Final = 60.0
# What a check may say before it is cut: a message is for people.
_MESSAGE: Final = 2000


@dataclass(frozen=True, slots=True)
class Result:
    """What one check found, and what the code printed meanwhile."""

    name: str
    symptom: str
    passed: bool
    message: str = ""
    printed: str = ""


def grade(
    checks_source: str, codes: Iterable[str], runner: Runner, time_limit: float = TIME_LIMIT
) -> list[list[Result]]:
    """Run every check against each code. A code that stands still or dies fails the checks in which it does."""
    checks = read_checks(checks_source)
    sources = list(codes)
    outcomes = runner.run([_job(checks_source, checks, code, time_limit) for code in sources])
    graded = []
    for code, outcome in zip(sources, outcomes, strict=True):
        if outcome.result is not None:
            graded.append(_results(checks, outcome))
            continue
        # Twice the seconds, since those of a busy machine are shorter.
        alone = runner.run([_job(checks_source, [check], code, 2 * check.limit) for check in checks])
        graded.append(
            [
                _results([check], each)[0]
                if each.result is not None
                else Result(check.name, check.symptom, False, _stopped(each, 2 * check.limit))
                for check, each in zip(checks, alone, strict=True)
            ]
        )
    return graded


def _job(checks_source: str, checks: Sequence[Check], code: str, limit: float) -> Job:
    return Job("exercise", {**_content(checks_source, checks), "source": code}, limit, "the checks of a code")


def _content(checks_source: str, checks: Sequence[Check]) -> dict[str, Any]:
    limits = [check.limit for check in checks]
    return {"checks": checks_source, "names": [check.name for check in checks], "limits": limits}


def _results(checks: Sequence[Check], outcome: Outcome) -> list[Result]:
    assert outcome.result is not None
    said = zip(outcome.result["messages"], outcome.result["printed"], strict=True)
    return [
        Result(check.name, check.symptom, not message, message[:_MESSAGE], printed)
        for check, (message, printed) in zip(checks, said, strict=True)
    ]


def _stopped(outcome: Outcome, limit: float) -> str:
    return why(outcome, limit) if outcome.error == "timeout" else "the code ended the process"


def first_failures(checks_source: str, solution: str, mutants: Sequence[str], runner: Runner) -> list[str]:
    """Return the name of a check that each mutant fails, "" where it passes them all: one process for all of them."""
    content = _content(checks_source, read_checks(checks_source))

    def caught(sources: Sequence[str]) -> Outcome:
        job = Job("mutants", {**content, "sources": [solution, *sources]}, 10 * TIME_LIMIT, "the mutants of a code")
        return runner.run([job])[0]

    together = caught(mutants)
    if together.result is not None:
        return list(together.result["caught"][1:])
    # One of them has ended the process, or stands still where it cannot be interrupted.
    apart = (caught([mutant]) for mutant in mutants)
    return [each.result["caught"][1] if each.result is not None else "the process" for each in apart]


def survivors(checks_source: str, solution: str, runner: Runner) -> tuple[list[Slip], int]:
    """Return the slips in a solution that pass every check, and how many there were in all."""
    made = slips(solution)
    failed = first_failures(checks_source, solution, [slip.source for slip in made], runner)
    return [slip for slip, name in zip(made, failed, strict=True) if not name], len(made)
