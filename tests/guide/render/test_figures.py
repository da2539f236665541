"""Figures: drawn from code at build, themed, named, and reported by page and line when they cannot be drawn."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from guide.render import figures
from guide.render.figures import Drawn, Figure
from guide.run.runner import Runner
from guide.run.worker import PALETTE
from guide.tools.cache import Cache

from tests.guide.executedsite import BuildFailedError, build_site, contents, write

TOKENS = Path(__file__).parents[3] / "overrides" / "styles" / "tokens.css"
PLOT = "x = np.arange(5)\nplt.plot(x, label='a')\nplt.scatter(x, x, c='white', ec='0.5')\nplt.title('T')\nplt.legend()"


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    runner = Runner(tmp_path_factory.mktemp("cache"))
    yield runner
    runner.close()


def draw(source: str, runner: Runner, folder: Path) -> Drawn:
    figure = Figure(source, "alt")
    return figures.draw([figure], runner, Cache(folder, "figures"))[figure]


def themed(source: str, runner: Runner, folder: Path, prefix: str = "f1") -> str:
    drawn = draw(source, runner, folder)
    assert drawn.fault == ""
    return figures.themed(drawn.svg, prefix, "What is seen")


def fence(code: str, options: str = 'alt="A line"') -> str:
    return f"```figure {options}\n{code}\n```\n"


def test_the_palette_is_that_of_the_theme() -> None:
    light = re.findall(r"--tl-plot-\d: light-dark\((#[0-9a-f]{6}),", TOKENS.read_text(encoding="utf-8"))
    assert list(PALETTE) == light


@pytest.mark.parametrize(
    ("color", "published"),
    [
        (PALETTE[0], "var(--tl-plot-1)"),
        (PALETTE[7], "var(--tl-plot-8)"),
        ("#ff7f0e", "var(--tl-plot-2)"),
        ("#000000", "currentColor"),
        ("#ffffff", "var(--tl-paper)"),
        ("#808080", "color-mix(in srgb,currentColor 50%,var(--tl-paper))"),
        ("#440154", "#440154"),
        ("none", "none"),
    ],
)
def test_colors_follow_the_scheme(color: str, published: str) -> None:
    assert figures.themed_color(color) == published


def test_a_plot_takes_colors_and_font_from_the_page(runner: Runner, tmp_path: Path) -> None:
    svg = themed(PLOT, runner, tmp_path)
    assert re.findall("#[0-9a-f]{6}", svg) == []
    assert "font-family" not in svg
    assert "var(--tl-plot-1)" in svg
    assert "<text" in svg


def test_a_plot_has_a_name_and_a_size(runner: Runner, tmp_path: Path) -> None:
    root = ElementTree.fromstring(themed(PLOT, runner, tmp_path))
    assert root.get("role") == "img"
    assert root.get("aria-label") == "What is seen"
    _, _, width, height = (float(number) for number in root.get("viewBox", "").split())
    assert float(root.get("width", "")) / float(root.get("height", "")) == pytest.approx(width / height, abs=0.01)


def test_a_plot_holds_no_styles_scripts_or_background(runner: Runner, tmp_path: Path) -> None:
    svg = themed(PLOT, runner, tmp_path)
    for unwanted in ("<style", "<script", "<metadata", "<title", "xmlns", "#fffffe"):
        assert unwanted not in svg


def test_every_reference_in_a_plot_leads_to_an_id_of_the_same_plot(runner: Runner, tmp_path: Path) -> None:
    svg = themed(PLOT, runner, tmp_path, prefix="f7")
    ids = re.findall(r'\bid="([^"]+)"', svg)
    assert len(ids) == len(set(ids))
    assert all(identity.startswith("f7-") for identity in ids)
    assert set(re.findall(r'(?:url\(|href=")#([^)"]+)', svg)) == set(ids)


def test_formulas_in_a_plot_keep_their_order_and_their_superscripts(runner: Runner, tmp_path: Path) -> None:
    svg = themed("plt.plot([1])\nplt.xlabel(r'loss $x^2$ here')", runner, tmp_path)
    runs = re.findall(r'<tspan x="([^"]+)" y="([^"]+)"[^>]*>([^<]*)<', svg)
    assert [text.strip() for _, _, text in runs] == ["loss", "x", "2", "here"]
    heights = {text.strip(): float(y) for _, y, text in runs}
    assert heights["2"] < heights["x"] == heights["loss"]


def test_coordinates_keep_their_sign(runner: Runner, tmp_path: Path) -> None:
    svg = themed("plt.plot([1], marker='o')\nplt.axis('off')", runner, tmp_path)
    circle = re.search(r'<path id="[^"]+" d="([^"]+)"', svg)
    assert circle is not None
    numbers = {float(number) for number in re.findall(r"-?[\d.]+", circle[1])}
    assert numbers == {-number for number in numbers}


def test_points_of_a_scatter_plot_share_their_style(runner: Runner, tmp_path: Path) -> None:
    svg = themed("plt.scatter(range(50), range(50), color='C1')\nplt.axis('off')", runner, tmp_path)
    assert svg.count("<use") == 50
    assert svg.count("var(--tl-plot-2)") < 5


@pytest.mark.parametrize(
    ("code", "line", "fault"),
    [
        ("x = 1\nplt.plot(undefined)", 2, "NameError"),
        ("plt.plot([1)", 1, "SyntaxError"),
        ("x = 1", 0, "no figures"),
        ("plt.figure()\nplt.plot([1])\nplt.figure()\nplt.plot([1])", 0, "2 figures"),
        ("plt.figure()", 0, "empty"),
        ("n = np.linspace(0, 1, 4000)\nplt.scatter(n, n)", 0, "draw fewer points"),
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
    assert "tl-figure-source" not in page


def test_figures_of_typed_blocks_and_lists_are_drawn(tmp_path: Path) -> None:
    inner = "\n".join("    " + line for line in fence("plt.plot([1])").splitlines())
    text = f"# Home\n\n!!! note\n\n{inner}\n\n1. Step\n\n{inner}\n"
    page = (build_site(write(tmp_path, {"docs/index.md": text})) / "index.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 2


def test_all_faults_are_reported_at_once_with_page_and_line(tmp_path: Path) -> None:
    files = {
        "docs/index.md": "# Home\n\n" + fence("x = 1\nplt.plot(undefined)"),
        "docs/other.md": f"# Other\n\n{fence('plt.plot([1])', '')}\n" + fence("plt.plot([2])", 'alt="a" captoin="b"'),
    }
    with pytest.raises(BuildFailedError) as failed:
        build_site(write(tmp_path, files))
    said = str(failed.value)
    assert "docs/index.md:5: the figure cannot be drawn: NameError: name 'undefined' is not defined." in said
    assert "docs/other.md:3: the figure has no alt text." in said
    assert "docs/other.md:7: a figure has no option `captoin`." in said


def test_a_cached_build_equals_a_clean_one(tmp_path: Path) -> None:
    write(tmp_path, {"docs/index.md": "# Home\n\n" + fence(PLOT)})
    clean = contents(build_site(tmp_path))
    assert contents(build_site(tmp_path)) == clean


@pytest.mark.parametrize(
    "code",
    [
        "plt.scatter([1], [1]).set_urls(['javascript:alert(1)'])",
        "plt.plot([1, 2])\nplt.title('x').set_url('https://example.org')",
    ],
)
def test_a_plot_with_links_is_refused(code: str, runner: Runner, tmp_path: Path) -> None:
    assert "without links" in draw(code, runner, tmp_path).fault


@pytest.mark.parametrize(
    "inside",
    [
        "<script>1</script>",
        "<x:script xmlns:x='http://www.w3.org/2000/svg'/>",
        "<path onclick='x'/>",
        "<use href='https://example.org/a.svg#b'/>",
        "<image href='data:image/svg+xml;base64,x'/>",
        "<rect fill='url(https://example.org)'/>",
        "<foreignObject/>",
    ],
)
def test_svg_that_does_more_than_draw_is_refused(inside: str) -> None:
    assert figures.unpublishable(f"<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>")
