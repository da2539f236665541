"""What counts as unchanged: nothing that a build reads differs, and the site is as the build left it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from guide.tools import unchanged


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a repository with a built site."""
    for name in (
        "docs/a.md",
        "docs/topics/b.md",
        "hooks/speed.py",
        "mkdocs.yml",
        "site/index.html",
        "site/a/index.html",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"This is {name}.\n", encoding="utf-8")
    return tmp_path


def inputs(root: Path, *settings: str) -> str:
    return unchanged.inputs(root, [root / "docs", root / "hooks"], *settings)


def test_nothing_has_changed_after_a_build(root: Path) -> None:
    cache = root / ".cache"
    assert not unchanged.is_unchanged(cache, inputs(root), root / "site")
    unchanged.remember(cache, inputs(root), root / "site")
    assert unchanged.is_unchanged(cache, inputs(root), root / "site")
    unchanged.forget(cache)
    assert not unchanged.is_unchanged(cache, inputs(root), root / "site")


@pytest.mark.parametrize("path", ["docs/a.md", "docs/topics/b.md", "hooks/speed.py", "mkdocs.yml", "site/a/index.html"])
@pytest.mark.parametrize("how", ["edited", "deleted", "renamed"])
def test_a_change_of_one_file_is_seen_even_when_its_time_stamp_lies(path: str, how: str, root: Path) -> None:
    unchanged.remember(root / ".cache", inputs(root), root / "site")
    file = root / path
    before = file.stat()
    if how == "edited":
        file.write_text(file.read_text("utf-8").upper(), encoding="utf-8")
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    elif how == "deleted":
        file.unlink()
    else:
        file.rename(file.with_suffix(".other"))
    assert not unchanged.is_unchanged(root / ".cache", inputs(root), root / "site")


def test_a_new_file_and_other_settings_are_changes(root: Path) -> None:
    unchanged.remember(root / ".cache", inputs(root, "a setting"), root / "site")
    assert not unchanged.is_unchanged(root / ".cache", inputs(root, "another"), root / "site")
    (root / "docs/topics/c.md").touch()
    assert not unchanged.is_unchanged(root / ".cache", inputs(root, "a setting"), root / "site")


def test_what_python_keeps_of_modules_is_no_change(root: Path) -> None:
    before = inputs(root)
    (root / "hooks/__pycache__").mkdir()
    (root / "hooks/__pycache__/speed.pyc").write_bytes(b"bytecode")
    assert inputs(root) == before
