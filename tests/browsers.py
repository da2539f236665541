"""The browsers that the tests drive: Chromium for everything, Firefox for the flows of a reader.

Each is one from the system if there is one, else Playwright's own (Chromium), else the system's package manager's, else
a clear message. `python -m tests.browsers` sees to it that both are there; with the argument `chromium`, that this one
is, whose path it prints. Of Chromium's builds, the shell without a screen goes first: it needs half the processor time
of the whole browser for the same tests.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

# Nothing that the tests do not ask for: no updates, no background requests, no sandbox that containers refuse.
FLAGS = (
    "--headless",
    # Letters as wide as on a screen of today: hinting, on by default here, would round each to whole pixels.
    "--font-render-hinting=none",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class Kind:
    """How a browser is called: for people, by the environment, as a command, on a Mac, by apt-get and by brew."""

    name: str
    variable: str
    commands: tuple[str, ...]
    mac: tuple[str, ...]
    packages: tuple[str, ...]
    cask: str


CHROMIUM = Kind(
    "Chromium or Chrome",
    "CHROME_PATH",
    (
        *("chromium-headless-shell", "chromium", "chromium-browser"),
        *("google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"),
    ),
    (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ),
    # Ubuntu's package of this name needs snap, and there is no shell; whichever of them installs will do.
    ("chromium-headless-shell", "chromium"),
    "chromium",
)
FIREFOX = Kind(
    "Firefox",
    "FIREFOX_PATH",
    ("firefox-esr", "firefox"),
    ("/Applications/Firefox.app/Contents/MacOS/firefox",),
    ("firefox-esr", "firefox"),
    "firefox",
)


def find(kind: Kind = CHROMIUM) -> str | None:
    """Return the path of a browser, or None. The environment's choice goes before all."""
    named = os.environ.get(kind.variable)
    if named and Path(named).exists():
        return named
    for name in kind.commands:
        if path := shutil.which(name):
            return path
    own = _playwrights_own() if kind is CHROMIUM else None
    return next((path for path in (*kind.mac, own) if path and Path(path).exists()), None)


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _run(*command: str) -> bool:
    try:
        # What an installer tells is for people; what is printed, for programs.
        return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False).returncode == 0
    except OSError:
        return False


def _from_playwright() -> None:
    _run(sys.executable, "-m", "playwright", "install", "chromium")


def _from_packages(kind: Kind) -> None:
    if shutil.which("apt-get"):
        as_root = () if os.geteuid() == 0 else ("sudo", "-n")
        _run(*as_root, "apt-get", "update", "-qq")
        for package in kind.packages:
            if _run(*as_root, "apt-get", "install", "-y", "-qq", package):
                return
    elif shutil.which("brew"):
        _run("brew", "install", "--cask", kind.cask)


def install(kind: Kind) -> str | None:
    """Try to get a browser, from Playwright if it has it, then from the system's packages; return its path or None."""
    ways: list[tuple[str, Callable[[], None]]] = [("the system's packages", lambda: _from_packages(kind))]
    if kind is CHROMIUM:
        ways.insert(0, ("Playwright's own", _from_playwright))
    for name, attempt in ways:
        print(f"No {kind.name} found; trying {name}.", file=sys.stderr, flush=True)
        attempt()
        if found := find(kind):
            return found
    return None


def main(arguments: Sequence[str] = ()) -> int:
    """See to it that there are both browsers, or Chromium alone; say how to get one that is missing."""
    alone = list(arguments) == ["chromium"]
    found = {kind: find(kind) or install(kind) for kind in ((CHROMIUM,) if alone else (CHROMIUM, FIREFOX))}
    for kind in (kind for kind, path in found.items() if path is None):
        print(
            f"{'The book needs' if alone else 'The tests need'} {kind.name}, and none could be installed.\n"
            f"Install one (Debian and Ubuntu: apt-get install {kind.packages[-1]}) or name one: "
            f"{kind.variable}=/path/to/it make {'book' if alone else 'test'}",
            file=sys.stderr,
        )
    if alone and found[CHROMIUM]:
        print(found[CHROMIUM])
    return 0 if all(found.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
