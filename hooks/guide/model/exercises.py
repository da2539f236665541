"""What stands in the files beside the page of an exercise: its checks, its planted bugs, its slips without effect."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from guide.model.types import Noun, Plain


class Mutant(Noun):
    """A planted bug: the text of solution.py to replace, and the symptom that a check must show."""

    name: str
    symptom: str
    replace: str
    with_: str = Field(alias="with")
    line: int = 1

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Equivalent(Noun):
    """A slip that behaves like the solution: the statement that it makes, and why no check can notice it."""

    equivalent: str
    reason: Plain
    line: int = 1


class Check(Noun):
    """A check of an exercise: the function's name, and the symptom that its docstring tells the reader."""

    name: str
    symptom: str
    line: int
    # Whether it can be called with the module under check alone.
    takes_candidate: bool = True
    # Seconds that it may take.
    limit: float = 5.0
