"""When a file last changed, and the day of the build: the only two dates that what is built may hold.

A date that is read off a clock would make every build another. The history of the repository gives the same dates on
every machine; SOURCE_DATE_EPOCH, as everywhere, overrides them.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path


def day_of_build() -> date:
    """Return today, or the day of SOURCE_DATE_EPOCH."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)).date()


@dataclass(frozen=True)
class History:
    """When each file last changed, in seconds since 1970; `other` is for files that the history does not know."""

    changes: Mapping[str, int]
    other: int

    def changed(self, *paths: str) -> int:
        """Return when the last of these files changed; paths are relative to the repository."""
        return max((self.changes.get(path, self.other) for path in paths), default=self.other)


def history(root: Path, *folders: str) -> History:
    """Return the history of the files below some folders, as they came to the branch that is built.

    A change counts from the day on which it was merged, because nobody had it before. In a shallow clone every file is
    as old as the commit that was fetched; without a history, as old as the day of the build.
    """
    day = day_of_build()
    midnight = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    if "SOURCE_DATE_EPOCH" in os.environ:
        return History({}, midnight)
    options = ["--first-parent", "-m", "--name-only", "--relative", "--format=%x00%ct"]
    command = ["git", "-c", "core.quotePath=off", "log", *options, "--", *folders]
    try:
        said = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return History({}, midnight)
    changes: dict[str, int] = {}
    for commit in said.split("\0")[1:]:
        time, *paths = commit.split("\n")
        for path in filter(None, paths):
            changes[path] = max(int(time), changes.get(path, 0))
    return History(changes, midnight)
