"""Which browsers the tests take, and what is said when there is none."""

import os
import sys
from pathlib import Path

import pytest

from tests import browsers


def program(folder: Path, name: str, text: str = "") -> Path:
    """Write a program."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of all programs of a machine that has no browser, and no way to install one."""
    monkeypatch.setenv("PATH", str(tmp_path))
    for kind in (browsers.CHROMIUM, browsers.FIREFOX):
        monkeypatch.delenv(kind.variable, raising=False)
    return tmp_path


def test_the_shell_without_a_screen_goes_first(machine: Path) -> None:
    program(machine, "chromium")
    shell = program(machine, "chromium-headless-shell")
    assert browsers.find() == str(shell)


def test_the_one_that_is_named_goes_before_all(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(machine, "firefox-esr")
    monkeypatch.setenv("FIREFOX_PATH", sys.executable)
    assert browsers.find(browsers.FIREFOX) == sys.executable


def test_a_missing_browser_is_asked_of_the_package_manager(machine: Path) -> None:
    firefox = machine / "firefox"
    # Debian's name is tried first; this machine knows the other one alone.
    program(
        machine,
        "apt-get",
        f'case "$*" in *install*firefox) : > {firefox}; /bin/chmod 755 {firefox};; *) exit 100;; esac',
    )
    if os.geteuid() != 0:
        program(machine, "sudo", 'shift; exec "$@"')
    assert browsers.install(browsers.FIREFOX) == str(firefox)


@pytest.mark.skipif(sys.platform == "darwin", reason="a Mac may have one where no path leads")
def test_what_cannot_be_installed_is_said_with_the_cure(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CHROME_PATH", sys.executable)
    assert browsers.main() == 1
    said = capsys.readouterr().err
    assert "need Firefox" in said
    assert "FIREFOX_PATH=" in said
    assert "Chromium" not in said
