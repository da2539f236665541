"""The command, run as people run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from guide.__main__ import VERBS, main
from guide.publish.schemas import schemas

from tests.guide.sitekit import CASE_PATH, PLAN, SITE, case, make_site

ROOT = Path(__file__).resolve().parents[3]


def run(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "guide", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT / "hooks"), **environment},
        check=False,
    )


def test_a_guide_without_problems_ends_with_0(tmp_path: Path) -> None:
    done = run("check", "--root", str(make_site(tmp_path, SITE | PLAN)))
    assert (done.returncode, done.stdout, done.stderr) == (0, "no problems\n", "")


def test_problems_are_told_one_a_line_with_their_number(tmp_path: Path) -> None:
    site = make_site(tmp_path, SITE | PLAN | {CASE_PATH: case(level="junoir")})
    done = run("check", "--root", str(site))
    assert done.returncode == 1
    assert done.stdout == (
        f"{CASE_PATH}:5: `level` may not be `junoir`. Use one of: entry, mid, senior, staff.\n1 problem\n"
    )


def test_the_folder_at_hand_is_checked_when_none_is_named(tmp_path: Path) -> None:
    assert run("check", cwd=make_site(tmp_path, SITE | PLAN)).returncode == 0


def test_a_console_without_unicode_shows_problems_all_the_same(tmp_path: Path) -> None:
    site = make_site(tmp_path, SITE | PLAN | {CASE_PATH: case(level="müde")})
    done = run("check", "--root", str(site), PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (1, "")
    assert "m\\xfcde" in done.stdout


def test_checking_again_imports_neither_the_site_generator_nor_the_scientific_stack(tmp_path: Path) -> None:
    site = make_site(tmp_path, SITE | PLAN)
    # Pages are rendered when they are new, to find their formulas and diagrams.
    main(["check", "--root", str(site)])
    code = (
        f"import sys; from guide.__main__ import main; main(['check', '--root', {str(site)!r}]);"
        "print([name for name in ('mkdocs', 'markdown', 'numpy', 'nbformat', 'jinja2') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")},
        check=True,
    )
    assert done.stdout.split("\n")[-2] == "[]"


def test_new_writes_a_page_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_site(tmp_path, {})
    assert main(["new", "--root", str(tmp_path), "case", "ads"]) == 0
    assert capsys.readouterr().out.split("\n")[0] == str(tmp_path / "docs/system-design/cases/ads.md")


def test_new_says_why_it_cannot(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "--root", str(tmp_path), "chapter", "ads"]) == 1
    assert "needs its area" in capsys.readouterr().err


def test_schemas_are_written_for_everything_that_authors_write(tmp_path: Path) -> None:
    assert main(["schemas", str(tmp_path)]) == 0
    assert {path.stem for path in tmp_path.glob("*.json")} == set(schemas())
    chapter = json.loads((tmp_path / "chapter.json").read_text())
    assert chapter["additionalProperties"] is False
    assert chapter["properties"]["level"]["enum"] == ["entry", "mid", "senior", "staff"]
    assert "uses" not in chapter["required"]


def test_a_schema_of_a_data_file_is_about_its_list() -> None:
    assert schemas()["resources"]["type"] == "array"


def test_every_verb_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    for verb in VERBS:
        with pytest.raises(SystemExit) as left:
            main([verb, "--help"])
        assert left.value.code == 0
    assert "usage:" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["chekc"], ["new", "poem", "x"]])
def test_a_command_that_is_none_is_refused_in_one_line(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_the_allocation_is_checked_with_the_pages(tmp_path: Path) -> None:
    site = make_site(tmp_path, SITE | PLAN | {"docs/plan/allocation.yml": "a: [\n", CASE_PATH: case(level="junoir")})
    done = run("check", "--root", str(site))
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == [
        "docs/plan/allocation.yml",
        CASE_PATH,
        "2 problems",
    ]
