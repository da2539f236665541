"""The verbs run-code and run-notebooks of `python -m guide`."""

import json
from pathlib import Path

import pytest
from guide.__main__ import main

from tests.guide.executedsite import notebook, write

WRONG = "# Home\n\n```python\nprint(2)\n```\n```output\n1\n```\n"


def test_run_code_reports_by_page_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, {"docs/index.md": WRONG, "docs/other.md": '```figure alt="a"\nx = 1\nplt.plot(y)\n```\n'})
    assert main(["run-code", "--root", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "docs/index.md:6: the output differs. Line 1: expected `1`, actual `2`." in said
    assert "docs/other.md:3: the figure cannot be drawn: NameError" in said


def test_run_code_mends_outputs(tmp_path: Path) -> None:
    write(tmp_path, {"docs/index.md": WRONG})
    assert main(["run-code", "--root", str(tmp_path), "--fix", str(tmp_path / "docs/index.md")]) == 0
    assert (tmp_path / "docs/index.md").read_text(encoding="utf-8") == WRONG.replace("\n1\n", "\n2\n")


def test_run_code_leaves_what_follows_an_output_that_is_not_closed(tmp_path: Path) -> None:
    text = WRONG.replace("1\n```\n", "1\n\n## What follows\n\nText.\n\n```python\nprint(3)\n```\n")
    write(tmp_path, {"docs/index.md": text})
    assert main(["run-code", "--root", str(tmp_path), "--fix", str(tmp_path / "docs/index.md")]) == 1
    assert (tmp_path / "docs/index.md").read_text(encoding="utf-8") == text


def test_run_code_names_a_page_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run-code", "--root", str(write(tmp_path, {})), "nowhere.md"]) == 2
    assert "nowhere.md" in capsys.readouterr().err


def test_run_notebooks_reports_all_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, {"notebooks/a.ipynb": notebook([("code", "assert False")]), "notebooks/b.ipynb": "{"})
    assert main(["run-notebooks", "--root", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "notebooks/a.ipynb:1: cell 1, line 1: AssertionError" in said
    assert "notebooks/b.ipynb:1: this is not valid JSON" in said


def test_run_notebooks_writes_the_committed_form(tmp_path: Path) -> None:
    content = json.loads(notebook([("code", "assert True")]))
    content["cells"][0]["execution_count"] = 3
    write(tmp_path, {"notebooks/a.ipynb": json.dumps(content)})
    assert main(["run-notebooks", "--root", str(tmp_path), "--normalize"]) == 0
    assert '"execution_count": null' in (tmp_path / "notebooks/a.ipynb").read_text(encoding="utf-8")


def test_one_page_is_checked_run_and_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = "---\ntitle: Home\nsummary: What this is.\n---\n\n# Home\n\n$\\frac{1$ and [nowhere](gone.md)\n"
    diagram = '\n```mermaid alt="A to B"\nflowchart TD\n    A -> B\n```\n'
    write(tmp_path, {"docs/index.md": page + diagram + WRONG.removeprefix("# Home\n"), "docs/other.md": "# Other\n"})
    assert main(["page", "--root", str(tmp_path), "index"]) == 1
    said = capsys.readouterr().out
    assert "docs/index.md:8: the formula `\\frac{1` cannot be set" in said
    assert "docs/index.md:8: the link `gone.md`" in said
    assert "docs/index.md:12: in the diagram" in said
    assert "the output differs" in said
    assert "docs/other.md" not in said


def test_one_page_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["page", "--root", str(write(tmp_path, {"docs/index.md": "# Home\n"})), "indx"]) == 2
    assert "Did you mean `index`?" in capsys.readouterr().err


def test_one_page_runs_a_notebook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, {"notebooks/a.ipynb": notebook([("code", "assert False")])})
    assert main(["page", "--root", str(tmp_path), "notebooks/a"]) == 1
    assert "notebooks/a.ipynb:1: cell 1, line 1: AssertionError" in capsys.readouterr().out
