"""What published code may not do: reach the network, change files of others, take all memory, print without end."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable
from typing import Any, Final

try:
    import resource
except ImportError:  # pragma: no cover - not on Windows
    resource = None  # type: ignore[assignment]

# More printed text than this is a loop that does not end, not an output.
MOST_TEXT: Final = 1_000_000

# What a job may take of the memory, in bytes: several times what any of ours needs, and less than a machine has.
MOST_MEMORY: Final = 6 * 1024**3


class RefusedError(RuntimeError):
    """The code does what published code may not do."""


def close_network() -> None:
    """Refuse connections from now on in this process: what is published must not hang on what is elsewhere."""

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            host = str(arguments[1][0])
            if host not in ("127.0.0.1", "::1", "localhost"):
                raise RefusedError(f"the code connects to {host}; published code has no network")
        elif event == "socket.getaddrinfo" and arguments[0] not in (None, "127.0.0.1", "::1", "localhost"):
            raise RefusedError(f"the code looks up {arguments[0]}; published code has no network")

    sys.addaudithook(refuse)


# What changes files, as Python's audit events call it, and how many of the first arguments are paths.
_WRITES: Final = {
    "os.chmod": 1,
    "os.link": 2,
    "os.mkdir": 1,
    "os.remove": 1,
    "os.rename": 2,
    "os.rmdir": 1,
    "os.symlink": 2,
    "os.truncate": 1,
}
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def close_files(*folders: str) -> None:
    """Refuse changes outside these folders from now on in this process: a build leaves nothing behind."""
    allowed = tuple(os.path.join(os.path.realpath(folder), "") for folder in (*folders, "/dev"))

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            paths = arguments[:1] if isinstance(arguments[2], int) and arguments[2] & _WRITING else ()
        else:
            paths = arguments[: _WRITES.get(event, 0)]
        for path in paths:
            if isinstance(path, str | bytes | os.PathLike):
                name = os.fsdecode(path)
                if not os.path.realpath(name).startswith(allowed):
                    raise RefusedError(f"the code changes the file {name}; published code keeps to its own folder")

    sys.addaudithook(refuse)


def limit_memory() -> None:
    """Let this process ask for so much memory and no more, so that it fails and not the machine."""
    if resource is not None:
        # Some systems know no such limit.
        with contextlib.suppress(OSError, ValueError):
            _, most = resource.getrlimit(resource.RLIMIT_AS)
            least = MOST_MEMORY if most == resource.RLIM_INFINITY else min(MOST_MEMORY, most)
            resource.setrlimit(resource.RLIMIT_AS, (least, most))


class Text(io.TextIOBase):
    """A stream that hands what is written to a function, and stops code that writes without end."""

    encoding = "utf-8"

    def __init__(self, write: Callable[[str], None]) -> None:
        self._hand = write
        self._count = 0

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._count += len(text)
        if self._count > MOST_TEXT:
            raise RefusedError(f"the code prints more than {MOST_TEXT:,} characters")
        if text:
            self._hand(text)
        return len(text)
