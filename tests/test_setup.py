"""What the set-up promises: any Python from 3.11.0 on will do, and make says what is missing."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
OLDEST = "3.11.0"
FILES = {"requirements.in": "requirements.txt", "requirements-dev.in": "requirements-dev.txt"}


def requirements(name: str) -> list[Requirement]:
    """Return what a list asks for, without the hashes."""
    lines = (ROOT / name).read_text("utf-8").splitlines()
    return [Requirement(line.rstrip(" \\")) for line in lines if re.match(r"\w", line)]


ASKED = [each for name in FILES for each in requirements(name)]
SET_UP = (".venv/bin/python", ".venv/site.stamp", "node_modules/.stamp")
INSTALLED = [each for each in ASKED if each.marker is None or each.marker.evaluate()]


@pytest.mark.parametrize("name", FILES.values())
def test_every_package_is_pinned_exactly_and_with_hashes(name: str) -> None:
    pins = requirements(name)
    assert [str(pin) for pin in pins if not re.fullmatch(r"==[\w.]+", str(pin.specifier))] == []
    text = (ROOT / name).read_text("utf-8")
    unhashed = re.findall(r"^(\w.*(?:\n(?!\w).*)*)", text, re.MULTILINE)
    assert [pin.splitlines()[0] for pin in unhashed if "--hash=sha256:" not in pin] == []
    # Whoever installs takes them from the index of their own settings.
    assert "://" not in text
    assert "index-url" not in text


@pytest.mark.parametrize("version", [OLDEST, "3.11.4", "3.11.5", "3.12.0", "3.13.0", "3.14.0"])
def test_what_is_asked_for_is_what_is_pinned_for_each_python(version: str) -> None:
    """A line that was changed by hand alone: `make pins` writes the other."""
    on = {"python_full_version": version, "python_version": ".".join(version.split(".")[:2])}

    def here(requirement: Requirement) -> bool:
        return requirement.marker is None or requirement.marker.evaluate(on)

    for asked, pinned in FILES.items():
        pins = [pin for pin in requirements(pinned) if here(pin)]
        for wanted in filter(here, requirements(asked)):
            found = [pin for pin in pins if canonicalize_name(pin.name) == canonicalize_name(wanted.name)]
            assert len(found) == 1, f"{wanted} on Python {version}: run `make pins`"
            assert wanted.specifier.contains(str(found[0].specifier).removeprefix("==")), f"{wanted}: run `make pins`"


@pytest.mark.parametrize("asked", INSTALLED, ids=lambda asked: asked.name)
def test_a_package_takes_the_oldest_python_or_says_from_which_it_is_used(asked: Requirement) -> None:
    needed = distribution(asked.name).metadata["Requires-Python"] or ""
    if asked.marker is None:
        allowed = Requirement(f"x{needed}").specifier
        assert allowed.contains(OLDEST), f"{asked.name} needs Python {needed}"


def test_no_expression_of_the_library_is_one_that_early_releases_of_python_get_wrong() -> None:
    # Until 3.11.4, a possessive quantifier on a group skips what the group's last attempt has looked at.
    possessive = re.compile(r"(?<!\\)\)(?:[*+?]|\{[\d,]+\})\+")
    lines = [
        f"{path.name}:{number}"
        for path in sorted((ROOT / "hooks").rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if possessive.search(line) and not line.lstrip().startswith("#")
    ]
    assert lines == []


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make on the project's Makefile in another folder."""
    shutil.copy(ROOT / "Makefile", folder)
    environment = {key: value for key, value in os.environ.items() if key not in ("KIND", "SLUG", "MAKEFLAGS")}
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def set_up(folder: Path) -> None:
    """Lay out a folder as the set-up leaves it, its Python replaced by one that tells what it was asked."""
    for name in ("requirements.txt", "package.json", "package-lock.json"):
        (folder / name).touch()
    for name in SET_UP:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f'#!{sys.executable}\nimport sys\nprint("asked:", sys.argv[1:])\n', "utf-8")
        (folder / name).chmod(0o755)


@pytest.mark.parametrize("given", [[], ["KIND=chapter"], ["SLUG=attention"], ["KIND=case", "SLUG="]])
def test_a_page_is_begun_only_when_kind_and_name_are_given(given: list[str], tmp_path: Path) -> None:
    set_up(tmp_path)
    done = make(tmp_path, "new", *given)
    assert done.returncode != 0
    assert "make new KIND=chapter SLUG=" in done.stdout
    assert "asked" not in done.stdout


@pytest.mark.parametrize("slug", ["two words", "; touch hurt", "`touch hurt`", "'", '"', "*"])
def test_what_is_given_to_make_stays_text(slug: str, tmp_path: Path) -> None:
    set_up(tmp_path)
    done = make(tmp_path, "new", "KIND=case", f"SLUG={slug}")
    assert f"asked: {['-m', 'guide', 'new', 'case', slug]}" in done.stdout, done.stderr
    assert not (tmp_path / "hurt").exists()


def test_nothing_is_set_up_again_when_nothing_changed(tmp_path: Path) -> None:
    set_up(tmp_path)
    done = make(tmp_path, "check")
    assert done.stdout == "asked: ['-m', 'guide', 'check']\n"
    os.utime(tmp_path / "requirements.txt", (2**31, 2**31))
    assert "Installing the Python packages" in make(tmp_path, "check").stdout


def test_a_python_that_is_too_old_is_named(tmp_path: Path) -> None:
    old = tmp_path / "old-python"
    old.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    old.chmod(0o755)
    (tmp_path / "requirements.txt").touch()
    done = make(tmp_path, "check", f"PYTHON={old}")
    assert done.returncode != 0
    assert f"{old} is not Python 3.11 or newer" in done.stdout


def test_an_environment_that_lost_its_python_is_made_anew(tmp_path: Path) -> None:
    set_up(tmp_path)
    (tmp_path / ".venv/bin/python").unlink()
    (tmp_path / ".venv/bin/python").symlink_to(tmp_path / "gone")
    python = tmp_path / "new-python"
    told = (
        f"#!{sys.executable}\nimport os, shutil, sys\n"
        "if sys.argv[1] == '-c': sys.exit(0)\n"
        "os.makedirs('.venv/bin', exist_ok=True)\n"
        f"shutil.copy({str(tmp_path / 'venv-python')!r}, '.venv/bin/python')\n"
    )
    (tmp_path / "venv-python").write_text(f"#!{sys.executable}\nimport sys\nprint('asked:', sys.argv[1:])\n", "utf-8")
    python.write_text(told, "utf-8")
    for path in (python, tmp_path / "venv-python"):
        path.chmod(0o755)
    done = make(tmp_path, "check", f"PYTHON={python}")
    assert "'pip', 'install'" in done.stdout, done.stderr
    assert done.returncode == 0


def build_of_the_tests(folder: Path, *arguments: str) -> str:
    """Return the line with which `make test` builds the site."""
    set_up(folder)
    shutil.copy(ROOT / "requirements-dev.txt", folder)
    lines = make(folder, "-n", "test", *arguments).stdout.splitlines()
    (build,) = [line for line in lines if "mkdocs build" in line]
    return build


def test_the_build_of_the_tests_hears_every_warning(tmp_path: Path) -> None:
    build = build_of_the_tests(tmp_path)
    assert build.endswith("mkdocs build"), "with --quiet, MkDocs counts no warning, and `strict` lets all of them pass"


def test_the_build_of_the_tests_is_below_a_path_unless_an_address_is_given(tmp_path: Path) -> None:
    setting = build_of_the_tests(tmp_path).partition(" ")[0]

    def address(**given: str) -> str:
        environment = {key: value for key, value in os.environ.items() if key != "SITE_URL"} | given
        command = ["sh", "-c", f'{setting}; printf %s "$SITE_URL"']
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    assert re.fullmatch(r"https?://[^/]+/[\w-]+/", address())
    assert address(SITE_URL="https://example.org/") == "https://example.org/"


def test_a_port_that_is_taken_is_told_before_anything_is_built(tmp_path: Path) -> None:
    set_up(tmp_path)
    (tmp_path / ".venv/bin/python").unlink()
    (tmp_path / ".venv/bin/python").symlink_to(sys.executable)
    shutil.copy(tmp_path / ".venv/site.stamp", tmp_path / ".venv/bin/mkdocs")
    for name in ("requirements.txt", ".venv/site.stamp", "node_modules/.stamp"):
        os.utime(tmp_path / name, (2**31, 2**31))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = make(tmp_path, "serve", f"PORT={port}")
    assert done.returncode != 0
    assert f"127.0.0.1:{port} is taken" in done.stdout
    assert "asked" not in done.stdout
    assert "asked: ['serve'," in make(tmp_path, "serve", f"PORT={port}").stdout
