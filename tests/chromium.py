"""The browser that the tests drive: one from the system if there is one, else Playwright's own, else the system's
package manager's, else a clear message. `python -m tests.chromium` sees to it that there is one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# Nothing that the tests do not ask for: no updates, no background requests, no sandbox that containers refuse.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str | None:
    """Return the path of a Chromium, or None. CHROME_PATH names one and goes before all."""
    named = os.environ.get("CHROME_PATH")
    if named and Path(named).exists():
        return named
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return next((path for path in (*MAC, _playwrights_own()) if path and Path(path).exists()), None)


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _run(*command: str) -> bool:
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


def install() -> str | None:
    """Try to get a Chromium, from Playwright, then from the system's packages; return its path or None."""
    print("No browser found for the tests; trying Playwright's own.", flush=True)
    _run(sys.executable, "-m", "playwright", "install", "chromium")
    if found := find():
        return found
    print("That failed; trying the system's packages.", flush=True)
    if shutil.which("apt-get"):
        as_root = () if os.geteuid() == 0 else ("sudo", "-n")
        _run(*as_root, "apt-get", "update", "-qq")
        _run(*as_root, "apt-get", "install", "-y", "-qq", "chromium")
    elif shutil.which("brew"):
        _run("brew", "install", "--cask", "chromium")
    return find()


def main() -> int:
    """See to it that there is a browser; say how to get one when there is none."""
    if find() or install():
        return 0
    print(
        "The tests need Chromium or Chrome, and none could be installed.\n"
        "Install one (Debian and Ubuntu: apt-get install chromium) or name one: CHROME_PATH=/path/to/chrome make test",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
