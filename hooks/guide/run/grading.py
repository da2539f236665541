"""The checks of an exercise, run against any code by the warm process.

The code may loop forever, fill the machine or call `exit`: it runs in a process of its own, with a limit on time and
memory, without network and without the user's environment. In the reader's browser a worker plays that part.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from guide.read.exercises import read_checks
from guide.run.runner import Job, Runner

TIME_LIMIT: Final = 20.0
# What a check may say before it is cut: a message is for people.
_MESSAGE: Final = 2000


@dataclass(frozen=True, slots=True)
class Result:
    """What one check found."""

    name: str
    symptom: str
    passed: bool
    message: str = ""


def grade(
    checks_source: str, codes: Iterable[str], runner: Runner, time_limit: float = TIME_LIMIT
) -> list[list[Result]]:
    """Run every check against each code; when the code hangs or dies, every check has failed."""
    checks = read_checks(checks_source)
    names = [check.name for check in checks]
    jobs = [
        Job("exercise", {"checks": checks_source, "names": names, "source": code}, time_limit, "the checks of a code")
        for code in codes
    ]
    graded = []
    for outcome in runner.run(jobs):
        late = f"the code did not finish within {time_limit:g} seconds"
        why = late if outcome.error == "timeout" else "the code ended the process"
        messages = outcome.result["messages"] if outcome.result is not None else [why] * len(checks)
        graded.append(
            [
                Result(check.name, check.symptom, not message, message[:_MESSAGE])
                for check, message in zip(checks, messages, strict=True)
            ]
        )
    return graded
