"""How far long work has come: on a terminal one line, written over, with the time left; else a line for each step.

The first build executes every notebook and draws every figure, which takes a while, and whoever waits in silence
believes that it hangs.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Final, TextIO

_CLEAR: Final = "\r\x1b[K"


class Progress:
    """Tells of the steps of one piece of work after the other: call it with how many are done, of how many, and which.

    `say` gets the lines that are kept; they go where the messages of the program go.
    """

    def __init__(
        self, say: Callable[[str], None], terminal: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Write to `terminal`, by default standard error, if it is one."""
        terminal = sys.stderr if terminal is None else terminal
        self._terminal = terminal if terminal.isatty() else None
        self._say = say
        self._clock = clock
        self._began = clock()

    def __call__(self, done: int, total: int, name: str) -> None:
        """Say that `name` was done, as the `done`th of `total`; nothing is done yet when the work begins."""
        if done == 0:
            self._began = self._clock()
        passed = self._clock() - self._began
        if self._terminal is None:
            if done:
                self._say(f"{done} of {total}: {name} (after {passed:.0f} s)")
            return
        left = f", about {passed / done * (total - done):.0f} s left" if done else ""
        line = f"{done} of {total} done{left}{f': {name}' if name else ''}"[:79]
        self._terminal.write(f"{_CLEAR}{line}" if done < total else _CLEAR)
        self._terminal.flush()
