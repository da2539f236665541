"""Figures: drawn from code at build, themed, named, and reported by page and line when they cannot be drawn."""

import re
from pathlib import Path

import pytest
from guide.render import figures
from guide.render.fences import Picture
from guide.render.figures import Drawn
from guide.run.runner import Runner
from guide.tools.cache import Cache

from tests.guide.executedsite import BuildFailedError, build_site, contents, write

PLOT = "x = np.arange(5)\nplt.plot(x, label='a')\nplt.scatter(x, x, c='white', ec='0.5')\nplt.title('T')\nplt.legend()"


def draw(source: str, runner: Runner, folder: Path) -> Drawn:
    figure = Picture(source, "alt")
    return figures.draw([figure], runner, Cache(folder, "figures"))[figure]


def fence(code: str, options: str = 'alt="A line"') -> str:
    return f"```figure {options}\n{code}\n```\n"


@pytest.mark.parametrize(
    ("code", "line", "fault"),
    [
        ("x = 1\nplt.plot(undefined)", 2, "NameError"),
        ("plt.plot([1)", 1, "SyntaxError"),
        ("x = 1", 0, "no figures"),
        ("plt.figure()\nplt.plot([1])\nplt.figure()\nplt.plot([1])", 0, "2 figures"),
        ("plt.figure()", 0, "empty"),
        ("n = np.linspace(0, 1, 40000)\nplt.scatter(n, n)", 0, "draw fewer points"),
    ],
)
def test_what_cannot_be_drawn_is_said(code: str, line: int, fault: str, runner: Runner, tmp_path: Path) -> None:
    drawn = draw(code, runner, tmp_path)
    assert fault in drawn.fault
    assert drawn.line == line


def test_a_figure_is_drawn_once(runner: Runner, tmp_path: Path) -> None:
    before = runner.started
    first = draw("plt.plot([3])", runner, tmp_path)
    assert draw("plt.plot([3])", runner, tmp_path) == first
    assert runner.started == before + 1


def test_a_fault_is_not_remembered(runner: Runner, tmp_path: Path) -> None:
    before = runner.started
    draw("undefined", runner, tmp_path)
    draw("undefined", runner, tmp_path)
    assert runner.started == before + 2


def test_a_page_shows_its_figures_with_caption_and_code(tmp_path: Path) -> None:
    code = "plt.plot([1, 2], color=CYCLE[2])\nplt.title('x < y')"
    text = "# Home\n\n" + fence(code, 'alt="Up & on" caption="It <rises>"') + "\n" + fence(code)
    site = build_site(write(tmp_path, {"docs/index.md": text}))
    page = (site / "index.html").read_text(encoding="utf-8")
    assert page.count('<figure class="tl-figure">') == 2
    assert 'aria-label="Up &amp; on"' in page
    assert "<figcaption>It &lt;rises&gt;</figcaption>" in page
    assert page.count("<details") == 2
    assert '<div class="language-python highlight">' in page
    assert "x &lt; y" in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "tl-waiting" not in page


def test_figures_of_typed_blocks_and_lists_are_drawn(tmp_path: Path) -> None:
    inner = "\n".join("    " + line for line in fence("plt.plot([1])").splitlines())
    text = f"# Home\n\n!!! note\n\n{inner}\n\n1. Step\n\n{inner}\n"
    page = (build_site(write(tmp_path, {"docs/index.md": text})) / "index.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 2


def test_all_faults_are_reported_at_once_with_page_and_line(tmp_path: Path) -> None:
    files = {
        "docs/index.md": "# Home\n\n" + fence("x = 1\nplt.plot(undefined)"),
        "docs/other.md": "# Other\n\n> " + fence("plt.plot([1)").strip().replace("\n", "\n> ") + "\n",
    }
    with pytest.raises(BuildFailedError) as failed:
        build_site(write(tmp_path, files))
    said = str(failed.value)
    assert "docs/index.md:5: the figure cannot be drawn: NameError: name 'undefined' is not defined." in said
    assert "docs/other.md:4: the figure cannot be drawn: SyntaxError" in said


def test_a_cached_build_equals_a_clean_one(tmp_path: Path) -> None:
    write(tmp_path, {"docs/index.md": "# Home\n\n" + fence(PLOT)})
    clean = contents(build_site(tmp_path))
    assert contents(build_site(tmp_path)) == clean
