"""Plots: themed for both color schemes, named and sized, and refused when they are more than a drawing."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from guide.render import figures
from guide.render.fences import Picture
from guide.render.figures import Drawn
from guide.run import plots
from guide.run.runner import Runner
from guide.run.worker_plots import PALETTE
from guide.tools.cache import Cache

TOKENS = Path(__file__).parents[3] / "overrides" / "styles" / "tokens.css"
PLOT = "x = np.arange(5)\nplt.plot(x, label='a')\nplt.scatter(x, x, c='white', ec='0.5')\nplt.title('T')\nplt.legend()"


def draw(source: str, runner: Runner, folder: Path) -> Drawn:
    figure = Picture(source, "alt")
    return figures.draw([figure], runner, Cache(folder, "figures"))[figure]


def themed(source: str, runner: Runner, prefix: str = "f1") -> str:
    (outcome,) = runner.run([figures.job(Picture(source, "alt"))])
    assert outcome.result is not None
    assert outcome.result["fault"] is None
    return plots.themed(outcome.result["svg"], prefix, "What is seen")


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
    assert plots.themed_color(color) == published


def test_a_plot_takes_colors_and_font_from_the_page(runner: Runner) -> None:
    svg = themed(PLOT, runner)
    assert re.findall("#[0-9a-f]{6}", svg) == []
    assert "font-family" not in svg
    assert "var(--tl-plot-1)" in svg
    assert "<text" in svg


def test_a_plot_has_a_name_and_a_size(runner: Runner) -> None:
    root = ElementTree.fromstring(themed(PLOT, runner))
    assert root.get("role") == "img"
    assert root.get("aria-label") == "What is seen"
    _, _, width, height = (float(number) for number in root.get("viewBox", "").split())
    assert float(root.get("width", "")) / float(root.get("height", "")) == pytest.approx(width / height, abs=0.01)


def test_a_plot_holds_no_styles_scripts_or_background(runner: Runner) -> None:
    svg = themed(PLOT, runner)
    for unwanted in ("<style", "<script", "<metadata", "<title", "xmlns", "#fffffe"):
        assert unwanted not in svg


def test_every_reference_in_a_plot_leads_to_an_id_of_the_same_plot(runner: Runner) -> None:
    svg = themed(PLOT, runner, prefix="f7")
    ids = re.findall(r'\bid="([^"]+)"', svg)
    assert len(ids) == len(set(ids))
    assert all(identity.startswith("f7-") for identity in ids)
    assert set(re.findall(r'(?:url\(|href=")#([^)"]+)', svg)) == set(ids)


def test_formulas_in_a_plot_keep_their_order_and_their_superscripts(runner: Runner) -> None:
    svg = themed("plt.plot([1])\nplt.xlabel(r'loss $x^2$ here')", runner)
    runs = re.findall(r'<tspan x="([^"]+)" y="([^"]+)"[^>]*>([^<]*)<', svg)
    assert [text.strip() for _, _, text in runs] == ["loss", "x", "2", "here"]
    heights = {text.strip(): float(y) for _, y, text in runs}
    assert heights["2"] < heights["x"] == heights["loss"]


def test_coordinates_keep_their_sign(runner: Runner) -> None:
    svg = themed("plt.plot([1], marker='o')\nplt.axis('off')", runner)
    circle = re.search(r'<path id="[^"]+" d="([^"]+)"', svg)
    assert circle is not None
    numbers = {float(number) for number in re.findall(r"-?[\d.]+", circle[1])}
    assert numbers == {-number for number in numbers}


def test_points_of_a_scatter_plot_are_the_vertices_of_one_path(runner: Runner) -> None:
    svg = themed("plt.scatter(range(50), range(50), color='C1')\nplt.axis('off')", runner)
    root = ElementTree.fromstring(svg)
    (path,) = (e for e in root.iter("path") if "marker:url(#" in e.get("style", ""))
    assert len(re.findall(r"-?[\d.]+", path.get("d", ""))) == 100
    assert [e.get("style") for e in root.iter("marker")] == ["fill:var(--tl-plot-2);stroke:var(--tl-plot-2)"]


def test_points_of_different_colors_stay_apart(runner: Runner) -> None:
    svg = themed("plt.scatter(range(50), range(50), c=range(50))\nplt.axis('off')", runner)
    assert svg.count("<use") == 50


@pytest.mark.parametrize(
    "code",
    [
        "plt.scatter([1], [1]).set_urls(['javascript:alert(1)'])",
        "plt.plot([1, 2])\nplt.title('x').set_url('https://example.org')",
    ],
)
def test_a_plot_with_links_is_refused(code: str, runner: Runner, tmp_path: Path) -> None:
    assert "may not hold `<a>`" in draw(code, runner, tmp_path).fault


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
    assert plots.unpublishable(f"<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>")
