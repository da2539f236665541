"""Notebooks: executed when their code changed, published as pages, refused in plain words."""

import gzip
import json
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from guide.model.catalogue import Notebook
from guide.publish.notebooks import normalized
from guide.read.load import load
from guide.render import notebooks
from guide.run import notebooks as executing
from guide.run.notebooks import Execution
from guide.run.runner import Runner
from guide.tools.cache import Cache
from hypothesis import example, given
from hypothesis import strategies as st

from tests.guide.executedsite import BuildFailedError, Cells, build_site, contents, notebook, write

TEMPLATES = Path(__file__).parents[3] / "overrides" / "notebook"
PLOT = (
    "# alt: A line that rises.\nimport matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2])\n"
    "ax.set(title='One line', xlabel='x', ylabel='y')\nplt.show()"
)
GOOD: Cells = [
    ("markdown", "# One question\n\nSee [home](../index.md) and [its end](../index.md#the-end)."),
    ("code", "import pandas as pd\nx = 3\nprint('x is', x)"),
    ("markdown", "## A formula\n\nIt is $x^2$.\n\n!!! note\n\n    Noted."),
    ("code", PLOT),
    ("code", "assert x == 3\npd.DataFrame({'a': [1, 2]})"),
]
HOME = "# Home\n\nTo [the notebook](notebooks/one.ipynb#a-formula).\n\n## The end\n"


def execute(root: Path, runner: Runner, *cells: tuple[str, str]) -> Execution:
    write(root, {"notebooks/one.ipynb": notebook(cells)})
    return executing.execute([one(root)], runner, Cache(root, "notebooks"))["one"]


def one(root: Path) -> Notebook:
    (read,) = load(root)[0].notebooks
    return read


def problems(root: Path, runner: Runner, *code: str) -> list[str]:
    return [str(problem) for problem in execute(root, runner, *(("code", source) for source in code)).problems]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write(tmp_path_factory.mktemp("site"), {"docs/index.md": HOME, "notebooks/one.ipynb": notebook(GOOD)})
    return build_site(root, repo_url="https://github.com/someone/guide")


@pytest.fixture(scope="module")
def page(site: Path) -> str:
    return (site / "notebooks/one/index.html").read_text(encoding="utf-8")


# ---- what is refused -----------------------------------------------------------------------------------------------


def test_a_failing_assertion_is_named_by_cell_and_line(tmp_path: Path, runner: Runner) -> None:
    execution = execute(
        tmp_path, runner, ("markdown", "# Title"), ("code", "x = 1"), ("code", "y = 2\nassert x > y, 'x is small'")
    )
    assert [str(problem) for problem in execution.problems] == [
        "notebooks/one.ipynb:1: cell 3, line 2: AssertionError: x is small in `assert x > y, 'x is small'`."
    ]


def test_an_assertion_without_a_message_shows_its_line(tmp_path: Path, runner: Runner) -> None:
    (problem,) = problems(tmp_path, runner, "assert 1 > 2")
    assert problem == "notebooks/one.ipynb:1: cell 1, line 1: AssertionError in `assert 1 > 2`."


def test_an_error_in_a_function_of_an_earlier_cell_names_both_places(tmp_path: Path, runner: Runner) -> None:
    (problem,) = problems(tmp_path, runner, "\n\ndef f(x):\n    return 1 / x", "\nf(0)")
    assert problem.startswith("notebooks/one.ipynb:1: cell 2, line 2: ZeroDivisionError: division by zero in `f(0)`")
    assert problem.endswith("raised in the function of cell 1, line 4.")


def test_an_error_in_a_library_is_named_by_the_line_that_called_it(tmp_path: Path, runner: Runner) -> None:
    (problem,) = problems(tmp_path, runner, "import numpy as np\nnp.linalg.inv(np.zeros((2, 2)))")
    assert problem.startswith("notebooks/one.ipynb:1: cell 1, line 2: LinAlgError: Singular matrix")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("x = 1\ny = = 2", "cell 1, line 2: SyntaxError"),
        ("import sys\nsys.exit(0)", "cell 1, line 2: SystemExit"),
        ("raise KeyboardInterrupt", "cell 1, line 1: KeyboardInterrupt"),
        ("%nosuchmagic", "cell 1"),
        ("import warnings\nwarnings.warn('careful')", "standard error: `<cell 1>:2: UserWarning: careful`"),
        ("object()", "the output holds a memory address"),
        (
            "import pandas as pd\npd.DataFrame({'a': [1]}).style.highlight_max()",
            "the page cannot show a styled table. Show the DataFrame without `.style`",
        ),
        ("print('\\x1b[31mred\\x1b[0m')", "the output holds the colors of a terminal"),
        ("import matplotlib.pyplot as plt\nplt.plot([1])", "the plot has no title"),
        ("# alt: x\nimport matplotlib.pyplot as plt\nplt.plot([1])\nplt.title('t')", "no label on its horizontal axis"),
        (PLOT.split("\n", 1)[1], "cell 1: the cell draws 1 plot and describes none"),
        ("# alt: A plot.\nx = 1", "cell 1: the cell draws no plots and describes 1"),
        ("from IPython.display import HTML\nHTML('<script>alert(1)</script>')", "the page cannot show text/html"),
        ("from IPython.display import Markdown\nMarkdown('a')", "the page cannot show text/markdown"),
        ("import matplotlib.pyplot as plt\nplt.plot([1])\nplt.title('$\\\\nosuch{$')", "cell 1"),
    ],
)
def test_what_cannot_be_published_is_refused(code: str, said: str, tmp_path: Path, runner: Runner) -> None:
    found = problems(tmp_path, runner, code)
    assert any(said in problem for problem in found), found
    assert all(problem.startswith("notebooks/one.ipynb:1: cell 1") for problem in found)


def test_a_warning_names_no_path_of_the_machine(tmp_path: Path, runner: Runner) -> None:
    code = (
        "from sklearn.linear_model import LogisticRegression\nimport numpy as np\n"
        "LogisticRegression(max_iter=1).fit(np.random.default_rng(0).normal(size=(50, 3)), np.arange(50) % 2);"
    )
    (problem,) = problems(tmp_path, runner, code)
    assert "ConvergenceWarning" in problem
    assert "site-packages" not in problem


def test_a_notebook_that_runs_on_is_stopped(tmp_path: Path, runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executing, "NOTEBOOK_LIMIT", 0.5)
    (problem,) = problems(tmp_path, runner, "while True:\n    pass")
    assert problem.startswith("notebooks/one.ipynb:1: the notebook failed: it was still running after 0.5 s")


def test_a_build_reports_the_problems_of_all_notebooks_at_once(tmp_path: Path) -> None:
    files = {
        "notebooks/bad.ipynb": notebook([("markdown", "# Bad"), ("code", "assert False, 'no'")]),
        "notebooks/good.ipynb": notebook([("markdown", "# Good"), ("code", "x = 1")]),
        "notebooks/worse.ipynb": notebook([("markdown", "# Worse"), ("code", "undefined")]),
    }
    with pytest.raises(BuildFailedError) as failed:
        build_site(write(tmp_path, files), strict=False)
    said = str(failed.value)
    assert "notebooks/bad.ipynb:1: cell 2, line 1: AssertionError: no" in said
    assert "notebooks/worse.ipynb:1: cell 2, line 1: NameError: name 'undefined' is not defined" in said
    assert "good" not in said


# ---- what is executed ----------------------------------------------------------------------------------------------


def test_only_changed_code_is_executed(tmp_path: Path, runner: Runner) -> None:
    def started(first: Cells, second: Cells) -> int:
        write(tmp_path, {"notebooks/a.ipynb": notebook(first), "notebooks/b.ipynb": notebook(second)})
        before = runner.started
        read = load(tmp_path)[0].notebooks
        executions = executing.execute(read, runner, Cache(tmp_path, "notebooks"))
        assert not any(execution.problems for execution in executions.values())
        return runner.started - before

    assert started([("code", "print(1)")], [("code", "print(2)")]) == 2
    assert started([("code", "print(1)")], [("code", "print(2)")]) == 0
    assert started([("code", "print(3)")], [("code", "print(2)")]) == 1
    assert started([("markdown", "New"), ("code", "print(3)")], [("code", "print(2)")]) == 0


def test_outputs_from_the_cache_go_to_the_right_cells(tmp_path: Path, runner: Runner) -> None:
    execute(tmp_path, runner, ("code", "print(1)"), ("code", "print(2)"))
    text = ("markdown", "Text")
    moved = execute(tmp_path, runner, text, ("code", "print(1)"), text, ("code", "print(2)"))
    assert {number: outputs[0]["text"] for number, outputs in moved.outputs.items()} == {2: "1\n", 4: "2\n"}


def test_a_failure_is_tried_again(tmp_path: Path, runner: Runner) -> None:
    before = runner.started
    problems(tmp_path, runner, "undefined")
    problems(tmp_path, runner, "undefined")
    assert runner.started == before + 2


def test_what_is_refused_stays_refused_on_a_warm_build(tmp_path: Path, runner: Runner) -> None:
    first = problems(tmp_path, runner, "object()")
    assert first
    assert problems(tmp_path, runner, "object()") == first


def test_a_cached_build_equals_a_clean_one(tmp_path: Path) -> None:
    write(tmp_path, {"docs/index.md": HOME, "notebooks/one.ipynb": notebook(GOOD)})
    clean = contents(build_site(tmp_path))
    assert contents(build_site(tmp_path)) == clean
    shutil.rmtree(tmp_path / ".cache")
    assert contents(build_site(tmp_path)) == clean


# ---- the page --------------------------------------------------------------------------------------------------------


def test_a_notebook_is_a_page_at_its_own_address(site: Path, page: str) -> None:
    assert "<title>One question - Tiny</title>" in page
    assert 'href="notebooks/one/#a-formula"' in (site / "index.html").read_text(encoding="utf-8")


def test_text_cells_are_rendered_by_the_markdown_of_the_site(page: str) -> None:
    assert '<span class="arithmatex">\\(x^2\\)</span>' in page
    assert '<div class="admonition note">' in page
    assert re.search(r'<h2 id="a-formula">A formula<a class="headerlink"', page)


def test_headings_stand_in_the_table_of_contents(page: str) -> None:
    assert re.search(r'<a href="#a-formula" class="nav-link">A formula</a>', page)


def test_links_of_text_cells_are_rewritten(page: str) -> None:
    assert '<a href="../../">home</a>' in page
    assert '<a href="../../#the-end">its end</a>' in page


@pytest.mark.parametrize("target", ["../nowhere.md", "../index.md#nowhere", "#nowhere", "other.ipynb"])
def test_a_dead_link_fails_the_build(target: str, tmp_path: Path) -> None:
    write(tmp_path, {"notebooks/one.ipynb": notebook([("markdown", f"# One\n\n[Dead]({target}).")])})
    with pytest.raises(BuildFailedError, match=r"'notebooks/one\.ipynb' contains a link"):
        build_site(tmp_path)


def test_cells_stand_in_order_with_their_outputs_labeled(page: str) -> None:
    marks = ("x is", 'id="a-formula"', 'aria-label="One line: A line that rises."', "tl-table")
    places = [page.index(mark) for mark in marks]
    assert places == sorted(places)
    assert page.count('<div class="tl-cell">') == 3
    assert page.count('aria-label="Output"') == 3
    assert '<pre tabindex="0" translate="no"><samp>x is 3</samp></pre>' in page


def test_code_is_highlighted_like_a_fence_and_hides_the_description_of_its_plot(page: str) -> None:
    assert '<div class="language-python highlight">' in page
    assert "# alt:" not in page


def test_a_page_holds_no_scripts_or_styles_of_its_own(page: str) -> None:
    body = page[page.index("<h1") : page.index("<footer")]
    assert "<style" not in body
    assert "<script" not in body


def test_ids_on_a_page_are_unique(tmp_path: Path) -> None:
    cells = [("markdown", "# One"), ("code", PLOT), ("code", PLOT)]
    site = build_site(write(tmp_path, {"notebooks/one.ipynb": notebook(cells)}))
    ids = re.findall(r'\bid="([^"]+)"', (site / "notebooks/one/index.html").read_text(encoding="utf-8"))
    assert len(ids) == len(set(ids))


def test_a_page_is_light(page: str) -> None:
    body = re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    assert len(gzip.compress(body.encode())) < 60_000


def test_data_frames_are_tables_of_the_site(page: str) -> None:
    table = re.search(r'<div class="tl-scroll"[^>]*><table class="tl-table">.*?</table></div>', page, re.DOTALL)
    assert table is not None
    assert "border=" not in table[0]
    assert "<td>2</td>" in table[0]


def test_other_html_gives_way_to_its_text(tmp_path: Path) -> None:
    code = "from sklearn.linear_model import LogisticRegression\nLogisticRegression(C=3)"
    site = build_site(write(tmp_path, {"notebooks/one.ipynb": notebook([("markdown", "# One"), ("code", code)])}))
    page = (site / "notebooks/one/index.html").read_text(encoding="utf-8")
    assert "LogisticRegression(C=3)" in page
    assert "sk-container" not in page


def test_an_object_with_a_rich_form_is_shown_as_its_text(tmp_path: Path) -> None:
    code = "import numpy as np\nnp.polynomial.Polynomial([1.0, 2.0])"
    site = build_site(
        write(tmp_path, {"docs/index.md": HOME, "notebooks/one.ipynb": notebook([*GOOD, ("code", code)])})
    )
    assert "Polynomial([1., 2.]" in (site / "notebooks/one/index.html").read_text(encoding="utf-8")


def test_html_in_a_table_is_harmless(tmp_path: Path) -> None:
    code = (
        "class Table:\n    def __repr__(self):\n        return 'a table'\n    def _repr_html_(self):\n"
        "        return '<table onclick=go()><tr><td><img src=x onerror=go()>cell</td></tr></table>'\nTable()"
    )
    cells = [("markdown", "# One"), ("code", code)]
    site = build_site(write(tmp_path, {"notebooks/one.ipynb": notebook(cells)}))
    page = (site / "notebooks/one/index.html").read_text(encoding="utf-8")
    output = page[page.index('class="tl-output') :]
    assert "<td>cell</td>" in output
    assert "go()" not in output


def test_a_page_offers_the_executed_notebook(site: Path, page: str) -> None:
    assert '<a class="md-button" href="one.ipynb" download>' in page
    loaded = nbformat.read(site / "notebooks/one/one.ipynb", as_version=4)
    nbformat.validate(loaded)
    assert loaded.cells[1].outputs[0].text == "x is 3\n"
    assert loaded.cells[3].outputs[0].data["image/svg+xml"].startswith("<?xml")
    assert "<table" in loaded.cells[4].outputs[0].data["text/html"]
    assert [cell.execution_count for cell in loaded.cells if cell.cell_type == "code"] == [1, 2, 3]


def test_links_of_the_downloaded_notebook_lead_to_the_site(site: Path) -> None:
    loaded = nbformat.read(site / "notebooks/one/one.ipynb", as_version=4)
    assert "[home](https://example.org/guide/)" in loaded.cells[0].source
    assert "[its end](https://example.org/guide/#the-end)" in loaded.cells[0].source


@pytest.mark.parametrize(
    ("repository", "address"),
    [
        ("https://github.com/a/b", "https://colab.research.google.com/github/a/b/blob/main/notebooks/one.ipynb"),
        ("https://github.com/a/b.git", "https://colab.research.google.com/github/a/b/blob/main/notebooks/one.ipynb"),
        ("https://gitlab.com/a/b", None),
        ("https://example.org/github.com/a/b", None),
        ("", None),
    ],
)
def test_colab_opens_only_what_is_on_github(repository: str, address: str | None, tmp_path: Path) -> None:
    write(tmp_path, {"notebooks/one.ipynb": notebook(GOOD)})
    links = notebooks.actions(one(tmp_path), repository)
    assert re.findall(r'href="(https:[^"]+)"', links) == ([address] if address else [])


def test_the_page_is_edited_where_the_notebook_is(tmp_path: Path) -> None:
    write(tmp_path, {"docs/index.md": HOME, "notebooks/one.ipynb": notebook(GOOD)})
    site = build_site(tmp_path, repo_url="https://github.com/a/b", edit_uri="edit/main/docs/")
    page = (site / "notebooks/one/index.html").read_text(encoding="utf-8")
    assert "https://github.com/a/b/edit/main/notebooks/one.ipynb" in page


def test_the_metadata_of_a_notebook_is_that_of_its_page(tmp_path: Path) -> None:
    guide = {"summary": "What it: shows.", "rounds": ["ml-breadth"], "minutes": 5}
    write(tmp_path, {"notebooks/one.ipynb": notebook(GOOD, guide=guide)})
    text = notebooks.markdown(one(tmp_path))
    from mkdocs.utils.meta import get_data

    assert get_data(text)[1] == guide


def test_templates_of_cells_are_not_published(tmp_path: Path) -> None:
    theme = {"name": "mkdocs", "custom_dir": str(TEMPLATES)}
    site = build_site(write(tmp_path, {}), theme=theme)
    assert not (site / "mkdocs_html").exists()


def test_descriptions_can_stand_in_the_metadata(tmp_path: Path) -> None:
    content = json.loads(notebook([("code", "x = 1")]))
    content["cells"][0]["metadata"] = {"alt": "From the metadata."}
    write(tmp_path, {"notebooks/one.ipynb": json.dumps(content)})
    read = one(tmp_path)
    assert read.cells[0].alts == ("From the metadata.",)


# ---- the committed form ------------------------------------------------------------------------------------------


def test_the_committed_form_holds_no_outputs_and_passes_the_format() -> None:
    cells = [("code", "print(1)  \n"), ("markdown", "Text")]
    content = json.loads(notebook(cells, guide={"minutes": 5}, editor={"x": 1}))
    content["cells"][0] |= {"execution_count": 7, "outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}]}
    content["cells"][0]["metadata"] = {"collapsed": True, "tags": ["keep"]}
    normal = normalized(json.dumps(content))
    loaded = nbformat.reads(normal, as_version=4)
    nbformat.validate(loaded)
    assert loaded.cells[0].outputs == []
    assert loaded.cells[0].execution_count is None
    assert loaded.cells[0].metadata == {"tags": ["keep"]}
    assert loaded.cells[0].source == "print(1)"
    assert set(loaded.metadata) == {"guide", "kernelspec", "language_info"}


def test_the_committed_form_has_a_line_for_each_line_of_code() -> None:
    normal = normalized(notebook([("code", "a = 1\nb = 2")]))
    assert '    "a = 1\\n",\n    "b = 2"\n' in normal


def test_sound_ids_are_kept_and_others_are_made_of_the_text() -> None:
    content = json.loads(notebook([("code", "a"), ("code", "b"), ("code", "c"), ("code", "c")]))
    for cell, identity in zip(content["cells"], ["own", "own", "not sound", None], strict=True):
        cell["id"] = identity
    ids = [cell["id"] for cell in json.loads(normalized(json.dumps(content)))["cells"]]
    assert ids[0] == "own"
    assert len(set(ids)) == 4
    assert ids == [cell["id"] for cell in json.loads(normalized(json.dumps(content)))["cells"]]


@given(st.lists(st.tuples(st.sampled_from(["code", "markdown"]), st.text(max_size=60)), max_size=5))
@example([("code", "0\n ")])
def test_normalizing_twice_changes_nothing_more(cells: list[tuple[str, str]]) -> None:
    once = normalized(notebook(cells))
    assert normalized(once) == once
