"""Code blocks of pages: which are run, how they are compared with what the page shows, and how outputs are mended."""

from pathlib import Path

import pytest
from guide.model.catalogue import Page
from guide.read.markdown import parse
from guide.run import codeblocks
from guide.run.runner import Runner
from guide.tools.cache import Cache


def page(text: str, path: str = "docs/page.md") -> Page:
    return Page(id="page", path=path, src="page.md", url="page/", title="Page", body=parse(text))


def check(text: str, folder: Path, runner: Runner, cache: Cache | None = None) -> list[str]:
    (run,) = codeblocks.run_pages([page(text)], folder, runner, cache or Cache(folder, "code"))
    return [str(problem) for problem in codeblocks.compare(page(text), run)]


def mended(text: str, folder: Path, runner: Runner) -> str:
    (run,) = codeblocks.run_pages([page(text)], folder, runner, Cache(folder, "code"))
    return codeblocks.rewritten(text, page(text), run)


def block(code: str, output: str | None = None) -> str:
    shown = "" if output is None else f"```output\n{output}\n```\n"
    return f"```python\n{code}\n```\n{shown}"


def test_blocks_of_a_page_share_a_namespace(tmp_path: Path, runner: Runner) -> None:
    assert check(block("x = 3") + "\nText.\n\n" + block("print(x)", "3"), tmp_path, runner) == []


def test_pages_do_not_share_a_namespace(tmp_path: Path, runner: Runner) -> None:
    check(block("leaked = 1"), tmp_path, runner)
    (problem,) = check(block("leaked"), tmp_path, runner)
    assert "NameError" in problem


def test_a_difference_names_the_line_and_shows_both(tmp_path: Path, runner: Runner) -> None:
    (problem,) = check("# Page\n\n" + block("print(1)\nprint(2)", "1\n3"), tmp_path, runner)
    assert problem.startswith("docs/page.md:7: ")
    assert "Line 2: expected `3`, actual `2`" in problem
    assert "run-code docs/page.md --fix" in problem


def test_a_block_that_prints_must_show_it(tmp_path: Path, runner: Runner) -> None:
    (problem,) = check("\n" + block("print('hidden')") + block("print(1)", "1"), tmp_path, runner)
    assert problem.startswith("docs/page.md:2: this block prints, but no output fence follows it")
    assert "`hidden`" in problem


def test_an_error_is_reported_at_its_line_in_the_page(tmp_path: Path, runner: Runner) -> None:
    (problem,) = check("Text.\n\n" + block("x = 1\ny = x / 0"), tmp_path, runner)
    assert problem.startswith("docs/page.md:5: ZeroDivisionError: division by zero.")


def test_a_syntax_error_is_reported_at_its_line(tmp_path: Path, runner: Runner) -> None:
    (problem,) = check(block("x = 1\ny = = 2"), tmp_path, runner)
    assert problem.startswith("docs/page.md:3: SyntaxError")


def test_what_printed_before_an_error_is_still_compared(tmp_path: Path, runner: Runner) -> None:
    problems = check(block("print(1)", "2") + block("undefined"), tmp_path, runner)
    assert [problem.split(": ")[0] for problem in problems] == ["docs/page.md:4", "docs/page.md:8"]


def test_blocks_inside_typed_blocks_and_lists_are_run(tmp_path: Path, runner: Runner) -> None:
    text = f"/// computed\n{block('print(1)', '1')}///\n\n1. Step\n\n    ```python\n    print(2)\n    ```\n"
    (problem,) = check(text, tmp_path, runner)
    assert problem.startswith("docs/page.md:12: ")


def test_a_fence_shown_inside_a_fence_is_not_run(tmp_path: Path, runner: Runner) -> None:
    assert check("````markdown\n```python\nraise SystemExit\n```\n````\n", tmp_path, runner) == []


def test_other_languages_are_not_run(tmp_path: Path, runner: Runner) -> None:
    assert check("```text\nnot python\n```\n\n```bash\nexit 1\n```\n", tmp_path, runner) == []


def test_output_that_begins_with_blanks_is_compared_as_it_is(tmp_path: Path, runner: Runner) -> None:
    assert check(block("print('  a')", "  a"), tmp_path, runner) == []


def test_a_page_can_import_the_solution_beside_it(tmp_path: Path, runner: Runner) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "solution.py").write_text("def two():\n    return 2\n", encoding="utf-8")
    assert check(block("from solution import two\nprint(two())", "2"), tmp_path, runner) == []


def test_a_page_that_exits_is_a_problem_and_not_the_end(tmp_path: Path, runner: Runner) -> None:
    (problem,) = check(block("raise SystemExit(0)"), tmp_path, runner)
    assert "SystemExit" in problem


def test_mending_rewrites_outputs_and_adds_missing_ones(tmp_path: Path, runner: Runner) -> None:
    text = "Text.\n\n" + block("print(1)", "0") + "\nMore.\n\n" + block("print(2)\nprint(3)") + "End.\n"
    after = mended(text, tmp_path, runner)
    expected = "Text.\n\n" + block("print(1)", "1") + "\nMore.\n\n" + block("print(2)\nprint(3)", "2\n3") + "End.\n"
    assert after == expected


def test_mending_drops_the_output_of_a_block_that_prints_nothing(tmp_path: Path, runner: Runner) -> None:
    assert mended(block("x = 1", "1") + "End.\n", tmp_path, runner) == block("x = 1") + "End.\n"


def test_mending_keeps_the_indent_of_a_fence(tmp_path: Path, runner: Runner) -> None:
    text = "1. Step\n\n    ```python\n    print('a')\n    print('b')\n    ```\n"
    after = mended(text, tmp_path, runner)
    assert after == text + "    ```output\n    a\n    b\n    ```\n"


def test_mending_wraps_an_output_that_holds_a_fence(tmp_path: Path, runner: Runner) -> None:
    after = mended(block("print('```')"), tmp_path, runner)
    assert after.endswith("````output\n```\n````\n")
    assert check(after, tmp_path, runner) == []


def test_a_page_that_did_not_change_is_not_run_again(tmp_path: Path, runner: Runner) -> None:
    cache = Cache(tmp_path, "code")
    check(block("print(1)", "1"), tmp_path, runner, cache)
    before = runner.started
    (problem,) = check("New text.\n\n" + block("print(1)", "2"), tmp_path, runner, cache)
    assert "expected `2`, actual `1`" in problem
    assert runner.started == before


@pytest.mark.parametrize("lead", ["> ", "> > ", ">     "])
def test_code_and_output_in_a_quotation_are_run_and_rewritten(lead: str, tmp_path: Path, runner: Runner) -> None:
    text = "".join(f"{lead}{line}\n" for line in block("print(1)\n\nprint(2)", "1\n3").splitlines())
    (problem,) = check(text, tmp_path, runner)
    assert "Line 2: expected `3`, actual `2`" in problem
    assert check(mended(text, tmp_path, runner), tmp_path, runner) == []


def test_a_page_is_run_again_when_the_solution_beside_it_changes(tmp_path: Path, runner: Runner) -> None:
    folder, cache = tmp_path / "docs", Cache(tmp_path, "code")
    folder.mkdir()
    printed = []
    for number in (1, 2):
        (folder / "solution.py").write_text(f"n = {number}\n", encoding="utf-8")
        code = page(block("from solution import n\nprint(n)"))
        printed += codeblocks.run_pages([code], tmp_path, runner, cache)[0].printed
    assert printed == ["1\n", "2\n"]
